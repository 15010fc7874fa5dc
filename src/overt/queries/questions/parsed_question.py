"""Reads a question: which organisations, places, kinds, services and years it names, and what it wants to know of them.

Every word must be understood. A question with an unknown word, or a name that could mean several things, is not understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson

from overt.index.search_text import IS_HAN, LONGEST_QUERY
from overt.queries.database import Reader
from overt.queries.name_search import search
from overt.queries.name_search.name_fit import Fit
from overt.queries.questions.question_words import Lexicon, Sense, join, tokens

_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_NAME, _LONGEST_HAN = 8, 12
"""Maximum number of words, and of Chinese characters, of a name of an organisation or town."""
_MOST_TOKENS = 32
"""Maximum number of tokens of a question; longer ones are not read, because each could begin a name."""
_MOST_ALTERNATIVES = 5
SINGLE = ("organization", "area", "region", "kind")
"""Types of parts that are a question by themselves."""
_INTENTS = ("lists", "agreements", "blocked", "money", "suppliers", "places", "projects")
"""Intents, the most specific first."""


class Part(NamedTuple):
    """A part of a question that was understood."""

    type: str
    id: str
    text: str
    """The words, as they were read."""
    start: int
    """Number of its first token, and of the token after it."""
    end: int
    label: str = ""
    alternatives: tuple[tuple[str, str], ...] = ()
    """Id and label of other things of this name."""


@dataclass
class Question:
    """What was understood of a question."""

    text: str
    tokens: tuple[str, ...]
    parts: list[Part] = field(default_factory=list)
    """Everything with a meaning, in order, without fillers."""
    unknown: list[str] = field(default_factory=list)
    """Words without a meaning here."""
    years: tuple[int | None, int | None] | None = None
    has_verb: bool = False
    """Whether a word says what an organisation does."""
    intent: str = ""
    """What is asked; empty if that is not understood."""
    reason: str = ""
    """Why it is not understood: words, ambiguous, combination or nothing; empty if it is understood."""

    @property
    def understood(self) -> bool:
        """Whether the question was understood."""
        return bool(self.intent)

    def ids(self, kind: str) -> list[str]:
        """Return the ids of the parts of a type, each once."""
        return list(dict.fromkeys(part.id for part in self.parts if part.type == kind))

    def known(self) -> str:
        """Return the question without the words that were not understood."""
        return join(token for token in self.tokens if token not in self.unknown)

    def without(self, part: Part, instead: str = "") -> str:
        """Return the question without a part, or with other words in its place."""
        return join([*self.tokens[: part.start], *([instead] if instead else []), *self.tokens[part.end :]])


def read_question(reader: Reader, lexicon: Lexicon, text: str) -> Question:
    """Return what is understood of a question."""
    question = Question(text, tokens(text[:LONGEST_QUERY]))
    if len(question.tokens) > _MOST_TOKENS:
        question.reason = "nothing"
        return question
    years, year_words = list[int](), list[str]()
    position = 0
    while position < len(question.tokens):
        token = question.tokens[position]
        if _YEAR.fullmatch(token):
            years.append(int(token))
            question.parts.append(Part("year", token, token, position, position + 1, token))
            position += 1
            continue
        senses, end, entries = _longest(reader, lexicon, question.tokens, position)
        if not senses:
            question.unknown.append(token)
            position += 1
            continue
        phrase = join(question.tokens[position:end])
        if senses[0].type == "years":
            year_words.append(senses[0].id)
        elif senses[0].type == "verb":
            question.has_verb = True
        elif senses[0].type != "filler":
            question.parts.append(_part(senses, phrase, position, end, entries))
        position = end
    question.years = _years(years, year_words)
    _decide(question, years)
    return question


def _longest(reader: Reader, lexicon: Lexicon, words: Sequence[str], start: int) -> tuple[list[Sense], int, list[search.Entry]]:
    """Return the meanings of the longest phrase that begins at a token, its end, and the entries of the index with that name."""
    han = bool(IS_HAN.match(words[start]))
    most = max(lexicon.longest, _LONGEST_HAN if han else _LONGEST_NAME)
    for end in range(min(len(words), start + most), start, -1):
        phrase = tuple(words[start:end])
        senses = lexicon.senses(phrase)
        entries = [] if _common(senses) or (han and len(phrase) == 1) else _named(reader, join(phrase))
        senses = [*senses, *(Sense(entry.type, entry.id) for entry in entries)]
        if senses:
            return senses, end, entries
    return [], start + 1, []


def _common(senses: Sequence[Sense]) -> bool:
    """Return whether a phrase is a country, a region or a word of the grammar, which no organisation’s name overrides."""
    return bool(senses) and senses[0].type != "service"


def _named(reader: Reader, text: str) -> list[search.Entry]:
    """Return the organisations with exactly this name; if there are none, the towns."""
    matches = [match.entry for match in search.full_name_matches(reader, text) if match.fit is Fit.WHOLE]
    organizations = [entry for entry in matches if entry.type == "organization"]
    return organizations or [entry for entry in matches if entry.type == "place" and _country(entry)]


def _country(entry: search.Entry) -> str:
    codes = orjson.loads(entry.countries or "[]")
    return str(codes[0]) if codes else ""


def _part(senses: Sequence[Sense], text: str, start: int, end: int, entries: Sequence[search.Entry]) -> Part:
    first, labels = senses[0], {entry.id: entry.label or entry.id for entry in entries}
    other_names = tuple((sense.id, labels.get(sense.id, "")) for sense in senses[1:] if sense.type == first.type)
    return Part(first.type, first.id, text, start, end, labels.get(first.id, ""), other_names[:_MOST_ALTERNATIVES])


def _years(years: Sequence[int], words: Sequence[str]) -> tuple[int | None, int | None] | None:
    if not years or len(years) > 2:
        return None
    if len(years) == 2:
        return min(years), max(years)
    shifts: dict[str, tuple[int | None, int | None]] = {
        "since": (years[0], None), "after": (years[0] + 1, None), "until": (None, years[0]), "before": (None, years[0] - 1),
    }  # fmt: skip
    return next((shifts[word] for word in words if word in shifts), (years[0], years[0]))


def _decide(question: Question, years: Sequence[int]) -> None:
    """Set what is asked, or why the question is not understood."""
    if question.unknown:
        question.reason = "words"
    elif not question.parts:
        question.reason = "nothing"
    elif any(part.alternatives and part.type in ("area", "organization") for part in question.parts):
        question.reason = "ambiguous"
    elif len(years) > 2 or not (intent := _intent(question, bool(years))):
        question.reason = "combination"
    else:
        question.intent = intent


def _intent(question: Question, dated: bool) -> str:
    """Return what is asked; empty for a combination of parts that means nothing here."""
    has = {part.type for part in question.parts} - {"intent", "year"}
    intents = [intent for intent in _INTENTS if intent in question.ids("intent")]
    where = has & {"area", "region", "place"}
    if question.has_verb and not (has & {"organization", "seat"} or "suppliers" in intents):
        return ""
    for intent in intents:
        if intent == "lists":
            return intent if has == {"organization"} and not dated else ""
        if intent == "agreements":
            return intent if has == {"area"} and not dated and len(question.ids("area")) == 1 else ""
        if intent == "blocked":
            return intent if has and has <= {"area", "region", "service", "restriction"} and not dated else ""
        if intent == "money":
            return intent if has and has <= {"area", "region", "organization", "kind", "seat"} else ""
    if has & {"service", "restriction"}:
        return "blocked" if has <= {"area", "region", "service", "restriction"} and not dated else ""
    if "organization" in has and "seat" not in has and has <= {"organization", "kind", "area", "region", "place"}:
        if where:
            return "answer"
        if intents or "kind" in has or dated or len(question.ids("organization")) > 1:
            return "places"
        return "organization"
    if "organization" in has:
        return ""
    if "suppliers" in intents or "seat" in has:
        return "suppliers" if has & {"kind", "area", "region"} and "place" not in has else ""
    if "places" in intents:
        return "places" if "kind" in has and "place" not in has else ""
    if has and has <= {"kind", "area", "region", "place"}:
        if len(question.parts) == 1 and (kind := question.parts[0].type) in SINGLE:
            return {"area": "country"}.get(kind, kind)
        return "projects"
    return ""
