"""Pairs of organisations of one country whose names in two languages or scripts have the same meaning or sound."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

from overt.resolve.names.translated_names import TranslatedName, compare_translated
from overt.resolve.names.word_sounds import consonants, sound_alike
from overt.resolve.organization_bodies import Body

_TRANSLATED = frozenset({"state", "science"})
"""Groups of kinds whose names are translated as a whole. A company's name stays what it is, but is written in other letters."""
_COMPARED_ELSEWHERE = frozenset({"han", "hangul", "kana"})
"""Scripts in which names of companies are left to `cross_script_scorer`."""
_MAX_CANDIDATES = 60
"""Maximum number of bodies that share the rarest word of a name. More have names of common words only."""


def translated_pairs(bodies: Sequence[Body]) -> Iterator[tuple[Body, Body]]:
    """Yield pairs of bodies of one country of which one name translates the other, if neither has a second such partner."""
    partners: dict[int, set[int]] = defaultdict(set)
    for left, right in _candidates(bodies):
        if not bodies[left].excludes(bodies[right]) and _is_translation(bodies[left], bodies[right]):
            partners[left].add(right)
            partners[right].add(left)
    for left, others in sorted(partners.items()):
        (right, *more) = sorted(others)
        if not more and len(partners[right]) == 1 and left < right:
            yield bodies[left], bodies[right]


def _candidates(bodies: Sequence[Body]) -> list[tuple[int, int]]:
    """Return the bodies, by number, of which one has the rarest word of a name of the other."""
    items = [[_items(name) for name in body.full.values()] for body in bodies]
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, names in enumerate(items):
        for item in set().union(*names):
            bearers[item].add(number)
    counts = Counter({item: len(numbers) for item, numbers in bearers.items()})
    pairs = set()
    for number, names in enumerate(items):
        for name in names:
            rarest = min(name, key=lambda item: (counts[item], item), default="")
            if rarest and counts[rarest] <= _MAX_CANDIDATES:
                pairs |= {(min(number, other), max(number, other)) for other in bearers[rarest] if other != number}
    return sorted(pairs)


def _items(name: TranslatedName) -> set[str]:
    return {*name.meanings, *(f"sound {consonants(name.written.get(word, word))}" for word in name.unknown)}


def _is_translation(left: Body, right: Body) -> bool:
    are_translated = bool(left.groups & _TRANSLATED and right.groups & _TRANSLATED)
    pairs = product(left.full.values(), right.full.values())
    results = [
        (first, second)
        for first, second in pairs
        if (first.words or first.unknown or second.words) and compare_translated(first, second) == "equal"
    ]
    return any(are_translated or _is_transliterated(first, second) for first, second in results)


def _is_transliterated(left: TranslatedName, right: TranslatedName) -> bool:
    """Return whether two names of one meaning are in two scripts, and have a brand or all words of the shorter in common."""
    if left.script == right.script or {left.script, right.script} & _COMPARED_ELSEWHERE:
        return False
    short, full = sorted((left.tokens, right.tokens), key=len)
    return bool(left.unknown) or all(any(sound_alike(word, other) for other in full) for word in short)
