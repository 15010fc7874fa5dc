"""Answer a question with two halves one by one: “Who supplied the cameras in Bishkek, and did Huawei build anything there?”

Read as one question, it would be about both at once. A half that names no place, list or organisation has that of the first.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from overt.language.language import Language
from overt.queries.database import Reader
from overt.queries.questions.question_intent import NAME_INTENTS
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.understood_question import Question
from overt.site.search.reply import MAX_ITEMS

_HALVES = re.compile(
    r"(.+?)(?:,? and (?=(?:did|does|do|has|have|had|is|was|are|were|what|which|when|who|how)\b)"
    r"|[?？;；。]\s*|[，,]\s*(?=.*(?:那里|那儿|当地)))(.+)",
    re.I,
)
_THERE = re.compile(r"\bthere\b|在那里|在那儿|那里|那儿|在当地|当地", re.I)
_BACK = re.compile(r"\b(?:it|its|they|them|their|these|those|that)\b|它|其中|这些|那些|他们", re.I)
_MEANT = re.compile(r"\bit\b|它", re.I)
"""Matches a word for the organisation of the first half."""
_PLACES = frozenset({"place", "area", "region"})
_OWN = frozenset({*_PLACES, "organization", "service", "seat", "project_name"})
"""Types of parts that say by themselves what a half is about."""
_NAMES = frozenset({"organization", "service", "area", "place"})
"""Types of parts that name something, so that “those” needn't mean what the first half finds."""
_LISTS, _YEAR = "lists", "year"

Answer = Callable[[str], dict[str, Any]]
"""Returns the fields of the answer to a text."""


def answered_in_halves(reader: Reader, lexicon: Lexicon, language: Language, text: str, answer: Answer) -> dict[str, Any] | None:
    """Return one answer from those to both halves of a question; None for other questions, and if a half isn't understood.

    If the second half is about an organisation “there”, both are answered one by one. Any other question is answered as a whole
    if that answer leaves nothing out.
    """
    match = _HALVES.fullmatch(text.strip().rstrip("?？ "))
    if match is None:
        return None
    first = read_question(reader, lexicon, match[1])
    if _THERE.search(match[2]):
        second = read_question(reader, lexicon, _THERE.sub(" ", match[2]))
        place = next((part.text for part in first.parts if part.type in _PLACES), "")
        if not place or _has_organization(first) or not _has_organization(second):
            return None
        inside = f" in {place} " if place.isascii() else f"在{place}"
        return _joined(language, text, answer(match[1]), answer(_THERE.sub(inside, match[2]).strip()))
    if not _is_answerable(first):
        return None
    later = _with_meant_name(first, match[2])
    second = read_question(reader, lexicon, later)
    if _BACK.search(later) and not any(part.type in _NAMES for part in second.parts):
        return None  # “those” are what the first half finds
    for half in _completed(first, second, later):
        if _is_answerable(read_question(reader, lexicon, half)):
            own, other = answer(match[1]), answer(half)
            is_answer = other["understood"] and other["sentence"] and not other["limits_left_out"]
            if own["total"] and is_answer and other["items"] != own["items"]:
                return _joined(language, text, own, other)
    return None


def asks_about_there(text: str) -> bool:
    """Return whether a question has a second half about “there”."""
    match = _HALVES.fullmatch(text.strip().rstrip("?？ "))
    return match is not None and bool(_THERE.search(match[2]))


def leaves_out(lexicon: Lexicon, answer: Mapping[str, Any]) -> bool:
    """Return whether an answer to a whole question isn't understood, or leaves words of the question out.

    An answer about lists also does if the question asks for entries that were added: it has only those that were removed.
    """
    adds = answer["intent"] == _LISTS and any(word in str(answer["question"]) for word in lexicon.answer_words.additions)
    return adds or not answer["understood"] or bool(answer["limits_left_out"] or answer["unweighed"])


def _is_answerable(question: Question) -> bool:
    return question.understood and question.intent not in NAME_INTENTS


def _completed(first: Question, second: Question, text: str) -> Iterator[str]:
    """Yield the second half of a question, with the lists, years and places of the first if it lacks them."""
    listed = [part.text for part in first.parts if (part.type, part.id) == ("intent", _LISTS)]
    has_list = _LISTS in second.ids("intent")
    own = [part for part in second.parts if part.type in _OWN]
    if listed and not has_list:
        carried = [part.text for part in first.parts if part.type in (_YEAR, "organization")] if not own else []
        yield _with(text, [*listed, *carried])
    if own or has_list:
        yield text
    elif places := [part.text for part in first.parts if part.type in _PLACES]:
        kinds = [part.text for part in first.parts if part.type == "kind"] if not second.ids("kind") else []
        yield _with(text, [*places[:1], *kinds, *(part.text for part in first.parts if part.type == "organization")])


def _with_meant_name(first: Question, text: str) -> str:
    """Return a second half with the name of the only organisation of the first in place of “it”."""
    named = [part.text for part in first.parts if part.type == "organization"]
    return _MEANT.sub(named[0], text) if len(named) == 1 else text


def _with(text: str, words: Sequence[str]) -> str:
    return " ".join([text, *words]) if text.isascii() else "".join([*words, text])


def _joined(language: Language, text: str, first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return one answer to a question from those to its halves; None unless both are understood.

    `first`, `second`: the fields of the answers. Items and notes of the second follow those of the first.
    """
    if not (first["understood"] and second["understood"]):
        return None
    items = [*first["items"], *(item for item in second["items"] if item not in first["items"])]
    lists = ("readings", "unweighed", "limits_left_out", "excluded")
    joined = {name: [*first[name], *(entry for entry in second[name] if entry not in first[name])] for name in lists}
    notes = {note["text"]: note for note in (*first["notes"], *second["notes"])}
    known = {(part["type"], part["id"]) for part in first["parts"]}
    return {
        **first,
        **joined,
        "question": text,
        "parts": [*first["parts"], *(part for part in second["parts"] if (part["type"], part["id"]) not in known)],
        "sentence": language.gap.join(filter(None, [first["sentence"], second["sentence"]])),
        "items": items[:MAX_ITEMS],
        "total": first["total"] + second["total"] - (len(first["items"]) + len(second["items"]) - len(items)),
        "notes": [*notes.values()],
    }


def _has_organization(question: Question) -> bool:
    return any(part.type == "organization" for part in question.parts)
