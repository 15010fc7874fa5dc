"""Answer questions about pairs one by one: “Did Huawei sell to Kenya and ZTE to Uganda?”

If such a question were read as one, the answer would be about every name in every place.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial, reduce
from typing import Any

from overt.index.search_text import IS_HAN
from overt.language.language import Language
from overt.queries.database import Reader
from overt.queries.questions.question_intent import NAME_INTENTS
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_reader import read_question
from overt.queries.questions.question_tokens import join
from overt.queries.questions.understood_question import PLACES, Part, Question
from overt.site.search.answers_part_by_part.question_halves import Answer, joined, with_words

_NAMES, _KIND = frozenset({"organization", "seat", "service"}), "kind"
_MARKS = r"[,，、;；?？。]"
_PAIR = 2


def answered_by_pair(
    reader: Reader, lexicon: Lexicon, language: Language, as_one: dict[str, Any], answer: Answer
) -> dict[str, Any] | None:
    """Return an answer that joins the answers to the pairs of a question; None for questions without pairs.

    A pair is one or several names, or kinds, with their places. If a pair can't be answered by itself, return the answer to the
    entire question, preceded by a sentence saying that it doesn't tell the pairs apart. `as_one`: the fields of that answer.
    `answer`: returns the fields of the answer to another text.
    """
    types = [part["type"] for part in as_one["parts"]]
    if sum(kind in PLACES for kind in types) < _PAIR or sum(kind in PLACES | _NAMES | {_KIND} for kind in types) < 2 * _PAIR:
        return None
    text = str(as_one["question"]).strip().rstrip("?？。 ")
    by_name = _pairs(reader, lexicon, text, _NAMES)
    pairs = by_name or _pairs(reader, lexicon, text, frozenset({_KIND}))
    if not pairs:
        return None
    are_alike = all(bool(pair.years) == bool(pairs[0].years) and (by_name or _share_names(pair, pairs[0])) for pair in pairs)
    if are_alike and all(pair.understood and pair.intent not in NAME_INTENTS for pair in pairs):
        answers = [answer(pair.text) for pair in pairs]
        if all(own["understood"] and own["sentence"] for own in answers):
            return reduce(partial(joined, language, as_one["question"]), answers)
    if not as_one["sentence"]:
        return None
    caution = language.gettext("The question has several pairs, each with its own place; this answer doesn’t tell them apart.")
    return {**as_one, "sentence": language.gap.join([caution, as_one["sentence"]])}


def _pairs(reader: Reader, lexicon: Lexicon, text: str, names: frozenset[str]) -> list[Question]:
    """Return a question for each pair of a name and a place; an empty list unless names and places differ between pairs.

    `names`: the types of parts that count as names.
    """
    clauses = _clauses(reader, lexicon, text, names)
    if len(clauses) < _PAIR or any(clause.has("comparison") or clause.has("most") for clause in clauses):
        return []
    first, *later = clauses
    pairs = [first, *(read_question(reader, lexicon, _completed(first, clause, names)) for clause in later)]
    return pairs if all(_is_pair(pair, names) for pair in pairs) and _are_unlike(pairs, names) else []


def _clauses(reader: Reader, lexicon: Lexicon, text: str, names: frozenset[str]) -> list[Question]:
    """Split a question into clauses, each with names and their places, and return them as read.

    A clause that has a name and a place ends before a punctuation mark or “and” if the next words have both, too, or if they
    begin like the first clause: with a name or with a place.
    """
    clauses: list[tuple[int, Question]] = []
    is_full, leads_with_name = False, False
    for start, end in _segments(lexicon, text):
        clause = read_question(reader, lexicon, text[start:end])
        types = [part.type in names for part in _pairable(clause, names)]
        is_next = len(types) >= _PAIR or (bool(types) and types[0] == leads_with_name)
        if clauses and not (is_full and is_next):
            start, _ = clauses.pop()
            clause = read_question(reader, lexicon, text[start:end])
            types = [part.type in names for part in _pairable(clause, names)]
        clauses.append((start, clause))
        is_full = len({*types}) == _PAIR or (len(clauses) > 1 and len(types) >= _PAIR)
        if len(clauses) == 1 and types:
            leads_with_name = types[0]
    return [clause for _, clause in clauses]


def _segments(lexicon: Lexicon, text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each segment of a text. Punctuation marks and words for “and” separate segments."""
    words = lexicon.grammar.halves.joints
    english = "|".join(re.escape(word) for word in words if not IS_HAN.search(word)) or "(?!)"
    chinese = "|".join(re.escape(word) for word in words if IS_HAN.search(word)) or "(?!)"
    start = 0
    for match in re.finditer(rf"(?:\s*{_MARKS})+\s*(?:(?:{english})\s+)?|\s+(?:{english})\s+|{chinese}", text, re.IGNORECASE):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _pairable(question: Question, names: frozenset[str]) -> list[Part]:
    """Return the names and places of a question in their order, each once."""
    parts = [part for part in question.parts if part.type in names | PLACES]
    return [*{(part.start, part.end): part for part in sorted(parts, key=lambda part: part.start)}.values()]


def _completed(first: Question, clause: Question, names: frozenset[str]) -> str:
    """Return the complete text of a later clause.

    A clause with only a name and a place, such as “ZTE to Uganda”, replaces these in the first clause, and also the kind, if
    both clauses have one. Of two places without a name, as in “Did China sell to Kenya and Israel to Uganda?”, the first counts
    as a home country. Any other clause stays as it is, except that one without an organisation gets that of the first clause if
    the pairs are of kinds and places.
    """
    replaced = names | {_KIND} if clause.ids(_KIND) else names
    own, other = _pairable(first, replaced), _pairable(clause, replaced)
    has_more = clause.verbs or clause.years or any(part not in other for part in clause.parts)
    number = _PAIR + (replaced != names)
    if has_more or len(own) != number or len(other) != number:
        shared = [part.text for part in first.parts if part.type == "organization" and not names & _NAMES]
        return clause.text if clause.ids("organization") else with_words(clause.text, shared)
    if [part.type in names for part in own] == [part.type in names for part in reversed(other)]:
        other.reverse()
    if [part.type == _KIND for part in own] != [part.type == _KIND for part in other]:
        return clause.text
    words = list(first.tokens)
    for part, instead in sorted(zip(own, other, strict=True), key=lambda both: -both[0].start):
        words[part.start : part.end] = clause.tokens[instead.start : instead.end]
    return join(words)


def _share_names(pair: Question, first: Question) -> bool:
    """Return whether two pairs of a kind and a place have the same names.

    In “Did Huawei sell cameras to Kenya and 5G to Uganda?”, both pairs have Huawei.
    """
    own, other = ({(part.type, part.id) for part in question.parts if part.type in _NAMES} for question in (pair, first))
    return own == other


def _is_pair(question: Question, names: frozenset[str]) -> bool:
    types = {part.type for part in _pairable(question, names)}
    return bool(types & names) and bool(types & PLACES)


def _are_unlike(pairs: Sequence[Question], names: frozenset[str]) -> bool:
    """Return whether the pairs differ in their names and in their places."""
    for types in (names, PLACES):
        if len({frozenset(part.id for part in pair.parts if part.type in types) for pair in pairs}) < _PAIR:
            return False
    return True
