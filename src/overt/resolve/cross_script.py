"""Organisations that one source writes in Chinese characters only and another in Latin letters only."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from overt.resolve.linkage.linkage_model import LinkageModel
from overt.resolve.names.folding import has_han
from overt.resolve.names.han_comparison import cross_score, explain_cross
from overt.resolve.names.han_pairs import cross_pairs
from overt.resolve.names.han_words import han_model
from overt.resolve.review.review_queue import Part
from overt.resolve.scored_pair import Scored, odds_in_bits, probability_of

MOST_NAMES = 50_000
"""More names than these are not laid beside one another: that takes a minute. They meet by their consonants alone."""
Said = Mapping[str, Mapping[str, Sequence[str]]]
"""record → property → values"""
Called = tuple[str, str, str]
"""A name, the cluster that it is a name of, and the record that says so."""
Names = tuple[float, str, str]
"""How likely a Latin and a Chinese name are of one organisation, and both."""


def across_scripts(named: Said, things: Mapping[str, str], linkage: LinkageModel) -> list[Scored]:
    """Pairs by what Chinese names mean and how they sound (`names.han_pairs`) and by their countries, sorted.

    `things`: record → the cluster that it is in already. A cluster that has names in both scripts is found by either, so
    it is not looked at here.
    """
    best = _best(*_sides(named, things), han_model().review)
    return [_scored(key, best[key], named, linkage) for key in sorted(best)]


def across_asked(
    named: Said, things: Mapping[str, str], linkage: LinkageModel, asked: tuple[str, str], *, alone: bool = True
) -> list[Scored]:
    """What `across_scripts` makes of one pair, also where that is too little to be found.

    A pair that is not laid beside each other there, because others share more or because a cluster has names in both scripts,
    is by itself (`alone`): without what its rivals take from it, and never joined by that. Nothing where both are called in
    one script.
    """
    key = min(asked), max(asked)
    if held := _best(*_sides(named, things), 0.0).get(key):
        return [_scored(key, held, named, linkage)]
    by_record = {record: record for record in key}
    latin, han = _sides({record: named[record] for record in key}, by_record)
    if not alone or not latin or not han:
        return []
    held = _best(latin, han, 0.0).get(key) or max((cross_score(one, other), one, other) for one, *_ in latin for other, *_ in han)
    return [_scored(key, held, named, linkage, "looked at by themselves")._replace(same=False)]


def _best(latin: Sequence[Called], han: Sequence[Called], least: float) -> dict[tuple[str, str], Names]:
    """The likeliest names of each pair of records."""
    best: dict[tuple[str, str], Names] = {}
    if not latin or not han or len(latin) + len(han) > MOST_NAMES:
        return best
    for pair in cross_pairs([held[:2] for held in latin], [held[:2] for held in han], least):
        (one, _, left), (other, _, right) = latin[pair.latin], han[pair.han]
        key = (left, right) if left < right else (right, left)
        best[key] = max(best.get(key, (0.0, "", "")), (round(pair.probability, 6), one, other))
    return best


def _sides(named: Said, things: Mapping[str, str]) -> tuple[list[Called], list[Called]]:
    """The names of clusters that are called in Latin letters alone, and of those in Chinese alone."""
    latin: dict[str, set[Called]] = defaultdict(set)
    han: dict[str, set[Called]] = defaultdict(set)
    for record in named:
        for held in ("name", "alias"):
            for name in named[record].get(held, ()):
                side = han if has_han(name) else latin
                side[things[record]].add((name, things[record], record))
    both = latin.keys() & han.keys()
    found = [sorted(called for thing in side.keys() - both for called in side[thing]) for side in (latin, han)]
    return found[0], found[1]


def _scored(
    key: tuple[str, str], held: Names, named: Said, linkage: LinkageModel, beside: str = "beside all other names"
) -> Scored:
    countries = [set(named[record].get("country", ())) for record in key]
    parts = [*_by_names(*held, beside), *_by_country(countries[0], countries[1], linkage)]
    probability = round(probability_of(sum(part.bits for part in parts)), 6)
    return Scored(*key, probability, tuple(parts), probability >= han_model().same)


def _by_names(probability: float, latin: str, han: str, beside: str) -> Iterator[Part]:
    """What the names say, a part for each way in which they answer each other; what is left is what their rivals make of it."""
    told: dict[str, tuple[float, list[str]]] = {}
    for name, bits, words in explain_cross(latin, han):
        before, said = told.get(name, (0.0, []))
        told[name] = before + bits, [*said, words] if words else said
    rest = odds_in_bits(probability)
    for name, (bits, said) in told.items():
        rest -= round(bits, 3)
        yield Part(name, round(bits, 3), ", ".join(said) or None)
    yield Part("rivals", round(rest, 3), f"“{latin}” and “{han}” {beside}")


def _by_country(left: set[str], right: set[str], linkage: LinkageModel) -> Iterator[Part]:
    """What their countries say, by the weights of the model that compares names of one script."""
    if not left or not right:
        return
    for held in linkage.comparisons:
        if held.name == "country":
            level = held.levels[0 if left & right else -1]
            yield Part("country", round(level.weight, 3), level.label)
