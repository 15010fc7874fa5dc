"""What projects are called, as tables: telling words by their rarity, and keys under which equal names meet."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log2
from typing import Any, NamedTuple

from overt.resolve.names import fold
from overt.resolve.projects.project_model import Words
from overt.resolve.projects.project_name_reader import Call, NameReader, Reading

Rows = Iterator[tuple[Any, ...]]
_DEMONYM = 5
"""A word that shares so many letters with a country's name is the country's: Mauritian, Nigerian."""


class Named(NamedTuple):
    """The names of all projects, read and weighed."""

    projects: list[str]
    readings: Mapping[str, list[Reading]]
    weights: Mapping[str, Mapping[str, int]]
    """Project → telling word → thousandths of a bit."""
    keys: Mapping[str, Mapping[str, tuple[int, bool]]]
    """Project → key → its weight, and whether a source calls the project so (or they are only its initials)."""


def rarity(count: int, whole: int, words: Words) -> int:
    """How much it says that two of `whole` share what `count` have, in thousandths of a bit (inverse document frequency).

    The share is estimated as if the model's number of further names had been seen, so that what is rare among few is not
    taken for rare in the world.
    """
    return round(-1000 * log2((count + words.unseen * words.unseen_share) / (whole + words.unseen)))


def read_names(
    projects: list[str],
    names: Mapping[str, set[str]],
    own: Mapping[str, frozenset[str]],
    where: frozenset[str],
    reader: NameReader,
    words: Words,
) -> Named:
    """`own`: the words of the countries that each project lies in; `where`: those of all countries, and
    others that say where something is."""
    readings = {project: [reader.read(name) for name in sorted(names.get(project, ()))] for project in projects}
    said = {project: frozenset().union(*(one.words for one in held)) for project, held in readings.items()}
    written = frozenset().union(*said.values())
    said = {project: said[project].union(*(one.initials & written for one in held)) for project, held in readings.items()}
    counts = _most(said)
    plain, most = frozenset(words.plain), round(1000 * words.country_bits)
    bits = {word: rarity(count, len(projects), words) for word, count in counts.items()}
    bits |= {word: min(bits[word], round(1000 * words.plain_bits)) for word in plain & bits.keys()}
    weights = {
        project: {
            word: min(bits[word], most) if word in where or is_of(word, own[project]) else bits[word] for word in sorted(held)
        }
        for project, held in said.items()
    }
    return Named(projects, readings, weights, _keys(projects, readings, weights, own, plain, words))


def is_of(word: str, country: frozenset[str]) -> bool:
    """Whether a word is a word of the country's name or made from it."""
    return word in country or any(word[:_DEMONYM] == one[:_DEMONYM] for one in country if len(one) >= _DEMONYM <= len(word))


def own_words(labels: Iterable[str]) -> frozenset[str]:
    """The words of the names of countries."""
    return frozenset(word for label in labels for word in fold(label).split())


def _most(held: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """How many projects of one source have each at most: what five sources say of one project is not common."""
    by_source: dict[str, Counter[str]] = {}
    for project, values in held.items():
        by_source.setdefault(project.partition(":")[0], Counter()).update(list(values))
    counts: Counter[str] = Counter()
    for one in by_source.values():
        counts |= one
    return counts


def _keys(
    projects: list[str],
    readings: Mapping[str, list[Reading]],
    weights: Mapping[str, Mapping[str, int]],
    own: Mapping[str, frozenset[str]],
    plain: frozenset[str],
    words: Words,
) -> dict[str, dict[str, tuple[int, bool]]]:
    """Keys of all that each project is called; one weighs as its words do, and initials by how many have that name."""
    made: dict[str, dict[str, int]] = {
        project: {
            key: sum(weights[project][word] for word in told)
            for one in readings[project]
            for call in one.calls
            for key, told in call_keys(call, own[project], plain)
        }
        for project in projects
    }
    counts = _most(made)
    found: dict[str, dict[str, tuple[int, bool]]] = {}
    for project in projects:
        short = {letters for one in readings[project] for letters in one.initials & counts.keys()} - made[project].keys()
        found[project] = {
            **{letters: (rarity(counts[letters], len(projects), words), False) for letters in sorted(short)},
            **{key: (bits, True) for key, bits in made[project].items()},
        }
    return found


def call_keys(call: Call, own: frozenset[str], plain: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """The keys of a name, each with the words that it weighs by: what is telling in any order, the same without the project's own
    country, and its words written as one (SeaMeWe-5, SEA-ME-WE 5). Words for kinds of things count only where it has no other.
    """
    telling = call.words - plain or call.words
    foreign = frozenset(word for word in telling if not is_of(word, own))
    for kept in dict.fromkeys((telling, foreign or telling)):
        dropped = call.words - kept
        tokens = [token for token in call.tokens if token not in dropped]
        yield " ".join(sorted(set(tokens))), kept
        yield "".join(tokens), kept


def word_rows(named: Named) -> Rows:
    """(project, word, weight)"""
    yield from ((project, word, bits) for project in named.projects for word, bits in named.weights[project].items())


def key_rows(named: Named) -> Rows:
    """(project, key, weight, whether it is called so)"""
    yield from ((project, key, *held) for project in named.projects for key, held in named.keys[project].items())


def call_rows(named: Named) -> Rows:
    """(project, number of the name, word, weight, weight of the whole name)"""
    for project in named.projects:
        calls = dict.fromkeys(call.words for one in named.readings[project] for call in one.calls)
        weights = named.weights[project]
        for at, words in enumerate(sorted(calls, key=sorted)):
            whole = sum(weights[word] for word in words)
            yield from ((project, at, word, weights[word], whole) for word in sorted(words))


def told_rows(named: Named, what: str) -> list[tuple[str, str]]:
    """(project, value) of `numbers`, `sides`, `acts` or `mentions`; a mention is a key of its source."""
    found = set()
    for project in named.projects:
        source = project.partition(":")[0]
        for one in named.readings[project]:
            found |= {(project, f"{source}:{value}" if what == "mentions" else value) for value in getattr(one, what)}
    return sorted(found)
