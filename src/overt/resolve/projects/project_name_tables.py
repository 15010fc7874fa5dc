"""Rows about project names: words and their rarity, and keys that equal names share."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log2
from typing import Any, NamedTuple

from overt.model.record_ids import list_of
from overt.resolve.names import fold
from overt.resolve.names.country_words import is_country_word
from overt.resolve.projects.project_model import ProjectNameRules
from overt.resolve.projects.project_name_reader import NameVariant, ParsedProjectName, ProjectNameReader

Rows = Iterator[tuple[Any, ...]]


class ProjectNames(NamedTuple):
    """The parsed and weighted names of all projects."""

    projects: list[str]
    names: Mapping[str, list[ParsedProjectName]]
    weights: Mapping[str, Mapping[str, int]]
    """Project → word → thousandths of a bit."""
    keys: Mapping[str, Mapping[str, tuple[int, bool]]]
    """Project → key → the key's weight, and whether it comes from a name that a source gives (otherwise only from initials)."""


def rarity(count: int, total: int, rules: ProjectNameRules) -> int:
    """Return the weight of a value that `count` of `total` projects share, in thousandths of a bit.

    This is the inverse document frequency, smoothed by the model's number of unseen names. Without smoothing, a value that
    occurs once among few projects would count as rare in the world.
    """
    return round(-1000 * log2((count + rules.unseen * rules.unseen_share) / (total + rules.unseen)))


def read_project_names(
    projects: list[str],
    names: Mapping[str, set[str]],
    own_countries: Mapping[str, frozenset[str]],
    location_words: frozenset[str],
    reader: ProjectNameReader,
    rules: ProjectNameRules,
) -> ProjectNames:
    """Parse and weight the names of all projects.

    `own_countries`: words of the names of each project's countries. `location_words`: words of all countries, and other words for
    locations.
    """
    parsed = {project: [reader.read(name) for name in sorted(names.get(project, ()))] for project in projects}
    words = {project: frozenset().union(*(name.words for name in parsed[project])) for project in projects}
    all_words = frozenset().union(*words.values())
    words = {project: words[project].union(*(name.initials & all_words for name in parsed[project])) for project in projects}
    counts = _largest_counts(words)
    generic, max_bits = frozenset(rules.plain), round(1000 * rules.country_bits)
    bits = {word: rarity(count, len(projects), rules) for word, count in counts.items()}
    bits |= {word: min(bits[word], round(1000 * rules.plain_bits)) for word in generic & bits.keys()}
    weights = {
        project: {
            word: min(bits[word], max_bits)
            if word in location_words or is_country_word(word, own_countries[project])
            else bits[word]
            for word in sorted(words[project])
        }
        for project in projects
    }
    return ProjectNames(projects, parsed, weights, _keys(projects, parsed, weights, own_countries, generic, rules))


def label_words(labels: Iterable[str]) -> frozenset[str]:
    """Return the folded words of labels."""
    return frozenset(word for label in labels for word in fold(label).split())


def _largest_counts(values: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return, for each value, the number of projects that have it in the source where it is most frequent.

    Projects of different sources are not added up, because a project that five sources list would make its values look common.
    """
    by_source: dict[str, Counter[str]] = {}
    for project, project_values in values.items():
        by_source.setdefault(list_of(project), Counter()).update(list(project_values))
    largest: Counter[str] = Counter()
    for counts in by_source.values():
        largest |= counts
    return largest


def _keys(
    projects: list[str],
    parsed: Mapping[str, list[ParsedProjectName]],
    weights: Mapping[str, Mapping[str, int]],
    own_countries: Mapping[str, frozenset[str]],
    generic: frozenset[str],
    rules: ProjectNameRules,
) -> dict[str, dict[str, tuple[int, bool]]]:
    """Return the keys of each project, with their weights (`ProjectNames.keys`).

    A name weighs as much as its words together. The weight of initials depends on the number of projects with that key.
    """
    by_name: dict[str, dict[str, int]] = {
        project: {
            key: sum(weights[project][word] for word in words)
            for name in parsed[project]
            for variant in name.variants
            for key, words in variant_keys(variant, own_countries[project], generic)
        }
        for project in projects
    }
    counts = _largest_counts(by_name)
    keys: dict[str, dict[str, tuple[int, bool]]] = {}
    for project in projects:
        initials = {letters for name in parsed[project] for letters in name.initials & counts.keys()} - by_name[project].keys()
        keys[project] = {
            **{letters: (rarity(counts[letters], len(projects), rules), False) for letters in sorted(initials)},
            **{key: (bits, True) for key, bits in by_name[project].items()},
        }
    return keys


def variant_keys(
    variant: NameVariant, own_country: frozenset[str], generic: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the keys of a name variant, each with the words that give it its weight.

    The keys are its words in any order, the same words without the project's own country, and both as a single word (SeaMeWe-5,
    SEA-ME-WE 5). Generic words count only if the name has no other words.
    """
    specific = variant.words - generic or variant.words
    foreign = frozenset(word for word in specific if not is_country_word(word, own_country))
    for words in dict.fromkeys((specific, foreign or specific)):
        dropped = variant.words - words
        tokens = [token for token in variant.tokens if token not in dropped]
        yield " ".join(sorted(set(tokens))), words
        yield "".join(tokens), words


def word_rows(names: ProjectNames) -> Rows:
    """Yield rows of project, word and weight."""
    yield from ((project, word, bits) for project in names.projects for word, bits in names.weights[project].items())


def key_rows(names: ProjectNames) -> Rows:
    """Yield rows of project, key, weight, and whether the key is a name (otherwise initials)."""
    yield from ((project, key, *weight) for project in names.projects for key, weight in names.keys[project].items())


def variant_rows(names: ProjectNames) -> Rows:
    """Yield rows of project, number of the name variant, word, weight, and total weight of the variant."""
    for project in names.projects:
        variants = dict.fromkeys(variant.words for name in names.names[project] for variant in name.variants)
        weights = names.weights[project]
        for number, words in enumerate(sorted(variants, key=sorted)):
            total = sum(weights[word] for word in words)
            yield from ((project, number, word, weights[word], total) for word in sorted(words))


def attribute_rows(names: ProjectNames, attribute: str) -> list[tuple[str, Any]]:
    """Return rows of project and value of an attribute: `numbers`, `bound`, `ordinals`, `sides` or `acts`.

    An act counts only if all names in Latin letters have it, because a single alias may call the entire cable a spur.
    """
    if attribute == "acts":
        return sorted((project, act) for project in names.projects for act in _common_acts(names.names[project]))
    return sorted(
        {(project, value) for project in names.projects for name in names.names[project] for value in getattr(name, attribute)}
    )


def _common_acts(names: Iterable[ParsedProjectName]) -> frozenset[str]:
    acts = [name.acts for name in names if any(token.isascii() for variant in name.variants for token in variant.tokens)]
    return frozenset.intersection(*acts) if acts else frozenset()
