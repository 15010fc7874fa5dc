"""All words of questions except names of organisations and towns, which the search index has."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from overt.index.search_text import IS_HAN, written
from overt.model.questions.grammar import QuestionGrammar
from overt.queries.labels import Words

_PARENTHESES = re.compile("[()（）]")
_PIECES = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff]|\d+|[^\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\d]+")
_SHORTEST_AREA, _PRONOUN = 2, "us"
_SHORTEST_NAME = 3
"""Least number of Latin letters of a service’s name that counts by itself: `X` and `VK` are too common as words."""


class Sense(NamedTuple):
    """A meaning of a word or phrase."""

    type: str
    """intent, area, region, kind, service, restriction, seat, years, verb or filler; in the index, organization or place."""
    id: str


class Lexicon:
    """Meanings by phrase. A phrase is a tuple of tokens."""

    def __init__(self, grammar: QuestionGrammar, words: Words) -> None:
        self._senses: dict[tuple[str, ...], list[Sense]] = defaultdict(list)
        self._words = words
        years = {name: getattr(grammar.years, name) for name in type(grammar.years).model_fields}
        by_type: dict[str, Mapping[Any, list[str]]] = {
            "intent": grammar.intents, "kind": grammar.kinds, "restriction": grammar.restrictions, "seat": grammar.seats,
            "service": grammar.services, "years": years,
        }  # fmt: skip
        for kind, by_id in by_type.items():
            for identity, phrases in by_id.items():
                self._add(kind, identity, phrases)
        self._add("verb", "", grammar.verbs)
        self._add("filler", "", grammar.fillers)
        for row in words.regions.values():
            self._add("region", row.id, (row.label, row.label_zh or "", row.other, *row.names))
        for vocabulary, kind in (("project-kinds", "kind"), ("platforms", "service"), ("services", "service")):
            for term in words.terms.get(vocabulary, {}).values():
                names = [name for label in (term.label, term.other, term.label_zh or "") for name in _names(label)]
                self._add(kind, term.id, names if kind == "kind" else filter(_is_long, names))
        self.longest = max(map(len, self._senses), default=1)

    def senses(self, phrase: tuple[str, ...]) -> list[Sense]:
        """Return the meanings of a phrase; those of a country come first."""
        return [*self._areas(phrase), *self._senses.get(phrase, ())]

    def phrases(self) -> Iterable[str]:
        """Return all phrases with a meaning, as text."""
        return (join(phrase) for phrase, senses in self._senses.items() if senses[0].type not in ("filler", "verb", "years"))

    def _areas(self, phrase: tuple[str, ...]) -> list[Sense]:
        text, names = join(phrase), self._words.country_names
        if names is None or len(text) < _SHORTEST_AREA or text == _PRONOUN:
            return []
        return [Sense("area", code) for code in names.candidates(text) if code in self._words.areas]

    def _add(self, kind: str, identity: str, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            if (key := tokens(phrase)) and (sense := Sense(kind, identity)) not in self._senses[key]:
                self._senses[key].append(sense)


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded; each Chinese character is a word."""
    return tuple(piece for word in written(text).split() for piece in _pieces(word))


def join(phrase: Iterable[str]) -> str:
    """Return tokens as text, without spaces between Chinese characters."""
    text = " ".join(phrase)
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff0-9])|(?<=[0-9]) (?=[\u3400-\u9fff])", "", text)


def _pieces(word: str) -> list[str]:
    return [word] if word.isascii() else _PIECES.findall(word)


def _is_long(name: str) -> bool:
    return len(name) >= _SHORTEST_NAME or IS_HAN.search(name) is not None


def _names(label: str) -> list[str]:
    """Return a label and, of `X (Twitter)`, each of its two names."""
    return list(dict.fromkeys(name for part in (label, *_PARENTHESES.split(label)) if (name := part.strip())))
