"""Answer a question with two halves one by one: “Who supplied the cameras in Bishkek, and did Huawei build anything there?”

Read as one question, it would be about both at once. A half that names no place, list or organisation has that of the first.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from overt.index.search_text import IS_HAN
from overt.language.language import Language
from overt.queries.database import Reader
from overt.queries.questions.question_intent import NAME_INTENTS
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.understood_question import Question
from overt.site.search.reply import MAX_ITEMS

_PLACES = frozenset({"place", "area", "region"})
_OWN = frozenset({*_PLACES, "organization", "service", "seat", "project_name"})
"""Types of parts that say by themselves what a half is about."""
_NAMES = frozenset({"organization", "service", "area", "place"})
"""Types of parts that name something, so that “those” needn't mean what the first half finds."""
_LISTS, _YEAR = "lists", "year"
_SENTENCE = re.compile(r"(?<=[.!?]) (?=\S)|(?<=[。！？])")
"""Matches between two sentences."""


class HalfPatterns(NamedTuple):
    """Patterns of words that join two halves of a question (`QuestionGrammar.halves`)."""

    halves: re.Pattern[str]
    """Matches a question with two halves, which are its groups."""
    there: re.Pattern[str]
    back: re.Pattern[str]
    """Matches a word for something in the first half."""
    meant: re.Pattern[str]
    """Matches a word for the organisation of the first half."""


def half_patterns(lexicon: Lexicon) -> HalfPatterns:
    """Return the patterns of the grammar's words for halves of questions. The lexicon keeps them."""
    key = "half patterns"
    if key not in lexicon.derived:
        words = lexicon.grammar.halves
        asking, there = _either(words.asking), _either(words.there)
        in_chinese = "|".join(re.escape(word) for word in words.there if IS_HAN.search(word))
        comma = f"|[，,]\\s*(?=.*(?:{in_chinese}))" if in_chinese else ""
        halves = f"(.+?)(?:,? and (?=(?:{asking}))|[?？;；。]\\s*{comma})(.+)"
        patterns = (halves, there, _either([*words.back, *words.meant]), _either(words.meant))
        lexicon.derived[key] = HalfPatterns(*(re.compile(pattern, re.I) for pattern in patterns))
    patterns_of_lexicon: HalfPatterns = lexicon.derived[key]
    return patterns_of_lexicon


def _either(words: Sequence[str]) -> str:
    """Return a pattern for any of some words, the longest first; it matches nothing without words."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) if IS_HAN.search(word) else rf"\b{re.escape(word)}\b" for word in longest_first) or r"(?!)"


Answer = Callable[[str], dict[str, Any]]
"""Returns the fields of the answer to a text."""


def answered_in_halves(reader: Reader, lexicon: Lexicon, language: Language, text: str, answer: Answer) -> dict[str, Any] | None:
    """Return one answer from those to both halves of a question; None for other questions, and if a half isn't understood.

    If the second half is about an organisation “there”, both are answered one by one. Any other question is answered as a whole
    if that answer leaves nothing out.
    """
    patterns = half_patterns(lexicon)
    match = patterns.halves.fullmatch(text.strip().rstrip("?？ "))
    if match is None:
        return None
    first = read_question(reader, lexicon, match[1])
    if patterns.there.search(match[2]):
        second = read_question(reader, lexicon, patterns.there.sub(" ", match[2]))
        place = next((part.text for part in first.parts if part.type in _PLACES), "")
        if not place or _has_organization(first) or not _has_organization(second):
            return None
        inside = f"在{place}" if IS_HAN.search(match[2]) else f" in {place} "
        own, other = answer(match[1]), answer(patterns.there.sub(inside, match[2]).strip())
        return joined(language, text, own, other) if own["understood"] and other["understood"] else None
    if not _is_answerable(first):
        return None
    later = _with_meant_name(patterns, first, match[2])
    second = read_question(reader, lexicon, later)
    if patterns.back.search(later) and not any(part.type in _NAMES for part in second.parts):
        return None  # “those” are what the first half finds
    for half in _completed(first, second, later):
        if _is_answerable(read_question(reader, lexicon, half)):
            own, other = answer(match[1]), answer(half)
            is_answer = other["understood"] and other["sentence"] and not other["limits_left_out"]
            if own["total"] and is_answer and other["items"] != own["items"]:
                return joined(language, text, own, other)
    return None


def asks_about_there(lexicon: Lexicon, text: str) -> bool:
    """Return whether a question has a second half about “there”."""
    patterns = half_patterns(lexicon)
    match = patterns.halves.fullmatch(text.strip().rstrip("?？ "))
    return match is not None and bool(patterns.there.search(match[2]))


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
        yield with_words(text, [*listed, *carried])
    if own or has_list:
        yield text
    elif places := [part.text for part in first.parts if part.type in _PLACES]:
        kinds = [part.text for part in first.parts if part.type == "kind"] if not second.ids("kind") else []
        yield with_words(text, [*places[:1], *kinds, *(part.text for part in first.parts if part.type == "organization")])


def _with_meant_name(patterns: HalfPatterns, first: Question, text: str) -> str:
    """Return a second half with the name of the only organisation of the first in place of “it”."""
    named = [part.text for part in first.parts if part.type == "organization"]
    return patterns.meant.sub(named[0], text) if len(named) == 1 else text


def with_words(text: str, words: Sequence[str]) -> str:
    """Return a text with more words: before it in Chinese, and otherwise after it."""
    return "".join([*words, text]) if IS_HAN.search(text) else " ".join([text, *words])


def _without_sentences_of(first: str, second: str, gap: str) -> str:
    """Return the second of two answers without sentences that the first has."""
    known = {*_SENTENCE.split(first)}
    return gap.join(sentence for sentence in _SENTENCE.split(second) if sentence not in known)


def joined(language: Language, text: str, first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return one answer to a question from those to its halves.

    `first`, `second`: the fields of the answers. Items and notes of the second follow those of the first.
    """
    later = _without_sentences_of(first["sentence"] or "", second["sentence"] or "", language.gap)
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
        "sentence": language.gap.join(filter(None, [first["sentence"], later])),
        "items": items[:MAX_ITEMS],
        "total": first["total"] + second["total"] - (len(first["items"]) + len(second["items"]) - len(items)),
        "notes": [*notes.values()],
    }


def _has_organization(question: Question) -> bool:
    return any(part.type == "organization" for part in question.parts)
