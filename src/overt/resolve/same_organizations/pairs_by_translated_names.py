"""Pairs of organisations in one country whose names in two languages or scripts have the same meaning or sound."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from overt.resolve.names.consonant_comparison import consonants, sound_alike, without_article
from overt.resolve.names.folding_and_scripts import script_of
from overt.resolve.names.institution_name_meanings import TranslatedName
from overt.resolve.names.translated_name_comparison import compare_translated
from overt.resolve.same_organizations.organization_clusters_by_country import Body

_TRANSLATED = frozenset({"state", "science"})
"""Groups of kinds of bodies whose entire names are translated. Names of companies are transliterated instead."""
_COMPARED_ELSEWHERE = frozenset({"han", "hangul", "kana"})
"""Scripts in which names of companies are left to `cross_script_scorer`."""
_MIN_BRAND = 3
"""Minimum number of consonants of a brand that can be recognised in another script."""
_MAX_CANDIDATES = 40
"""Maximum number of bodies in a country that are compared because they share a word. Translations also share rarer words."""


def translated_pairs(bodies: Sequence[Body]) -> Iterator[tuple[Body, Body]]:
    """Yield pairs of bodies with the same name in two languages or scripts. Bodies with two such partners are left out."""
    partners: dict[int, set[int]] = defaultdict(set)
    for left, right in candidates(bodies):
        if not bodies[left].excludes(bodies[right]) and _is_translation(bodies[left], bodies[right]):
            partners[left].add(right)
            partners[right].add(left)
    for left, matches in sorted(partners.items()):
        (right, *more) = sorted(matches)
        if not more and len(partners[right]) == 1 and left < right:
            yield bodies[left], bodies[right]


def candidates(bodies: Sequence[Body]) -> list[tuple[int, int]]:
    """Return pairs of bodies, by index, whose names have a word of the same meaning or sound that few other bodies have."""
    items = [
        [*(_items(name) for name in body.full.values()), *({f"sound {consonants(brand)}"} for brand in body.brands)]
        for body in bodies
    ]
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, names in enumerate(items):
        for item in set().union(*names):
            bearers[item].add(number)
    pairs = set()
    for numbers in bearers.values():
        if len(numbers) <= _MAX_CANDIDATES:
            pairs |= set(combinations(sorted(numbers), 2))
    return sorted(pairs)


def _items(name: TranslatedName) -> set[str]:
    return {*name.meanings, *(f"sound {consonants(without_article(name.written.get(word, word)))}" for word in name.unknown)}


def _is_translation(left: Body, right: Body) -> bool:
    are_translated = bool(left.groups & _TRANSLATED and right.groups & _TRANSLATED)
    results = [
        (first, second)
        for (key, first), (other_key, second) in product(left.full.items(), right.full.items())
        if (key in left.own_names or other_key in right.own_names)  # a group and its subsidiary can share aliases
        and (first.words or first.unknown or second.words)
        and compare_translated(first, second) == "equal"
    ]
    return any(are_translated or _is_transliterated(first, second) for first, second in results) or any(
        _is_one_brand(first, second) for first, second in product(left.brands, right.brands)
    )


def _is_one_brand(left: str, right: str) -> bool:
    """Return whether two words are the same brand in two scripts: სილქნეტი, Silknet."""
    scripts = {script_of(left[0]), script_of(right[0])}
    is_long = min(len(consonants(left)), len(consonants(right))) >= _MIN_BRAND
    return len(scripts) == 2 and not scripts & _COMPARED_ELSEWHERE and is_long and sound_alike(left, right)


def _is_transliterated(left: TranslatedName, right: TranslatedName) -> bool:
    """Return whether names with the same meaning are in two scripts, and share a brand or the sounds of the shorter name."""
    if left.script == right.script or {left.script, right.script} & _COMPARED_ELSEWHERE:
        return False
    short, full = sorted((left.tokens, right.tokens), key=len)
    return bool(left.unknown) or all(any(sound_alike(word, other) for other in full) for word in short)
