"""Answer the two halves of a question one by one: “Who supplied the cameras in Bishkek, and did Huawei build anything there?”

If such a question were read as one, the answer would have to meet the conditions of both halves. A second half that names no
place, list or organisation gets those of the first.
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
"""A second half with a part of one of these types needs no place, kind or organisation from the first."""
_NAMES = frozenset({"organization", "service", "area", "place"})
"""Types of parts that name something. With such a part, “those” in a half needn't mean the results of the first half."""
_LISTS, _YEAR = "lists", "year"
_SENTENCE = re.compile(r"(?<=[.!?]) (?=\S)|(?<=[。！？])")
"""Matches the gap between two sentences."""


class HalfPatterns(NamedTuple):
    """Patterns of words that join two halves of a question (`QuestionGrammar.halves`)."""

    halves: re.Pattern[str]
    """Matches a question with two halves. Each half is a group of the match."""
    there: re.Pattern[str]
    """Matches a word that refers to the place of the first half, such as “there”."""
    back: re.Pattern[str]
    """Matches a word that refers back to something in the first half."""
    meant: re.Pattern[str]
    """Matches a word that refers back to the organisation of the first half."""


def half_patterns(lexicon: Lexicon) -> HalfPatterns:
    """Return the patterns for the grammar's words for halves of questions. They are cached in the lexicon."""
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
    """Return a pattern that matches any of some words, trying the longest first; it matches nothing if there are no words."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) if IS_HAN.search(word) else rf"\b{re.escape(word)}\b" for word in longest_first) or r"(?!)"


Answer = Callable[[str], dict[str, Any]]
"""A function that returns the fields of the answer to a text."""


def answered_in_halves(reader: Reader, lexicon: Lexicon, language: Language, text: str, answer: Answer) -> dict[str, Any] | None:
    """Return an answer that joins the answers to both halves of a question.

    Return None if the question has no halves, or if a half isn't understood or has no answer of its own. A second half about an
    organisation “there” is answered for the first half's place.
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
        return None  # “Those” means the results of the first half.
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
    """Return whether a question as a whole wasn't understood, or whether its answer leaves out words of the question.

    An answer about lists counts as leaving something out if the question asks for added entries, because a question that also
    asks for removed entries gets only those.
    """
    adds = answer["intent"] == _LISTS and any(word in str(answer["question"]) for word in lexicon.answer_words.additions)
    return adds or not answer["understood"] or bool(answer["limits_left_out"] or answer["unweighed"])


def _is_answerable(question: Question) -> bool:
    return question.understood and question.intent not in NAME_INTENTS


def _completed(first: Question, second: Question, text: str) -> Iterator[str]:
    """Yield versions of a second half, completed with the first half's lists, years, places, kinds or organisations."""
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
    """Return a second half in which the name of the first half's only organisation replaces “it”."""
    named = [part.text for part in first.parts if part.type == "organization"]
    return patterns.meant.sub(named[0], text) if len(named) == 1 else text


def with_words(text: str, words: Sequence[str]) -> str:
    """Add words to a text: at the beginning of a Chinese text, and otherwise at the end."""
    return "".join([*words, text]) if IS_HAN.search(text) else " ".join([text, *words])


def _without_sentences_of(first: str, second: str, gap: str) -> str:
    """Return the second of two answers without the sentences that are also in the first."""
    known = {*_SENTENCE.split(first)}
    return gap.join(sentence for sentence in _SENTENCE.split(second) if sentence not in known)


def joined(language: Language, text: str, first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer to a question that joins the answers to two of its parts, such as halves or pairs.

    `first`, `second`: the fields of the two answers. Items and notes of the second follow those of the first.
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
