"""Clues about how two organisations are related, from their names, seats and home pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from overt.resolve.names import fold
from overt.resolve.names.abbreviations.abbreviations_without_parsing import plain_initials
from overt.resolve.names.folding_and_scripts import has_han
from overt.resolve.names.name_comparison import compare_names
from overt.resolve.names.name_parser import ParsedName, parse_name
from overt.resolve.relations.relation_model import RelationModel

GENERIC = "generic"
NONE = "none"
"""The level of an absent clue, which has no weight."""
_GROUPS = {"group", "holding"}
_PLACES = {"country", "region", "city"}
MAX_NAMES = 12
"""Maximum number of names, and of aliases, to compare for each organisation."""
Words = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Organization:
    """An organisation, in the form that the classifier compares. Raises ValueError if it has no name."""

    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    identifiers: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    """Keys of its home pages (`overt.resolve.home_pages`)."""
    record: str | None = None
    """Record id, for looking up the relations that sources state."""
    all_names: tuple[str, ...] = field(init=False)
    """Names and aliases."""

    def __post_init__(self) -> None:
        if not self.names:
            raise ValueError("an organisation needs a name")
        for side in ("names", "aliases"):
            object.__setattr__(self, side, getattr(self, side)[:MAX_NAMES])
        object.__setattr__(self, "all_names", (*self.names, *self.aliases))


def find_clues(pairs: Sequence[tuple[Organization, Organization]], model: RelationModel) -> list[dict[str, str]]:
    """Return the level of each clue for each pair. If the sides are swapped, only `left` and `right` change places.

    The names of all pairs (`_name_pairs`) are compared in one call, because a call has a high fixed cost.
    """
    name_pairs = [(row, *names) for row, (left, right) in enumerate(pairs) for names in _name_pairs(left, right)]
    scores = compare_names([left for _, left, _ in name_pairs], [right for _, _, right in name_pairs])
    best: dict[int, tuple[float, list[str], str, str]] = {}
    for (row, left, right), score in zip(name_pairs, scores.tolist(), strict=True):
        candidate = (-round(score, 9), sorted((left, right)), left, right)
        if row not in best or candidate[:2] < best[row][:2]:
            best[row] = candidate
    units = frozenset(model.units)
    return [
        _pair_clues(*pair, -best[row][0], parse_name(best[row][2]), parse_name(best[row][3]), units, model)
        for row, pair in enumerate(pairs)
    ]


def _name_pairs(left: Organization, right: Organization) -> list[tuple[str, str]]:
    """Return the pairs of names to compare.

    Only pairs in which both or neither have Chinese characters are returned, because comparing a Chinese with a Latin name is
    less reliable. If there are no such pairs, all are returned.
    """
    pairs = [(ours, theirs) for ours in left.names for theirs in right.names]
    one_script = [(ours, theirs) for ours, theirs in pairs if has_han(ours) == has_han(theirs)]
    return one_script or pairs


def _pair_clues(
    left: Organization,
    right: Organization,
    score: float,
    left_name: ParsedName,
    right_name: ParsedName,
    units: frozenset[str],
    model: RelationModel,
) -> dict[str, str]:
    """Return the clues of a pair. `left_name` and `right_name` are its most similar names, with the similarity `score`."""
    within, seat, alias, initials = _within(left, right), _seat(left, right), _alias(left, right), _initials(left, right)
    return {
        # If one name contains the other, they are similar whatever the relation, so the additional words are better evidence.
        "name": _similarity(score, left_name, right_name, model) if within == "apart" else NONE,
        "alias": alias,
        "initials": initials,
        "within": within,
        "brand": _compare_sets(_words(left_name, {"brand"}), _words(right_name, {"brand"})),
        "field": _compare_sets(_words(left_name, {"field", "scope"}), _words(right_name, {"field", "scope"})),
        "place": _compare_sets(_words(left_name, _PLACES), _words(right_name, _PLACES)),
        "number": _compare_sets(_words(left_name, {"number"}), _words(right_name, {"number"})),
        "group": _side(_is_group(left_name), _is_group(right_name)),
        "unit": _side(bool(units & set(left_name.industry)), bool(units & set(right_name.industry))),
        "seat": seat,
        "site": "same" if left.sites & right.sites else NONE,
        "homonym": "yes" if seat == "differ" and alias != NONE else NONE,
        # Initials can stand for many names. Unless both seats are known, these may be two bodies in different countries.
        "unplaced": "yes" if seat == NONE and initials != NONE and within == "apart" else NONE,
    }


def _similarity(score: float, left: ParsedName, right: ParsedName, model: RelationModel) -> str:
    if left.words and sorted(left.words) == sorted(right.words):
        return "equal"
    reached = sum(score >= bound for bound in model.alike)
    return ("little", "some", "much", "most")[reached]


def _alias(left: Organization, right: Organization) -> str:
    """Return `shared` if two organisations have a name or alias with the same specific words, otherwise `none`."""
    ours, theirs = ({_specific_words(parse_name(name)) for name in side.all_names} - {frozenset()} for side in (left, right))
    return "shared" if ours & theirs else NONE


def _words(name: ParsedName, kinds: set[str]) -> Words:
    return frozenset((word.kind, word.meaning) for word in name.words if word.kind in kinds)


def _compare_sets(left: Words, right: Words) -> str:
    if not left and not right:
        return NONE
    if left == right:
        return "same"
    if not left or not right:
        return "left-alone" if left else "right-alone"
    if left < right:
        return "right"
    if right < left:
        return "left"
    return "some" if left & right else "apart"


def _within(left: Organization, right: Organization) -> str:
    """Return which side has a name that contains all words of a name of the other side, and more.

    `both`: each side has one. `apart`: neither does. Otherwise, the result is `left-` or `right-` with an ending: `abroad` if a
    country or region is among the additional words; else `brand` if the contained name has a brand; else `words`.
    """
    in_right, in_left = _containment(left, right), _containment(right, left)
    if in_right and in_left:
        return "both"
    return f"right{in_right}" if in_right else f"left{in_left}" if in_left else "apart"


def _containment(contained: Organization, container: Organization) -> str:
    """Return the suffix of `_within`'s result if a name of `container` has all words of a name of `contained` and more.

    Otherwise, return an empty string. Legal forms and generic words (group, enterprise, products) are ignored. The contained name
    must have a word whose kind is not in `_PLACES`.
    """
    heads = {_specific_words(parse_name(name)) for name in contained.all_names}
    tails = {_specific_words(parse_name(name)) for name in container.all_names}
    matches = [(head, tail) for head in heads for tail in tails if head < tail and any(kind not in _PLACES for kind, _ in head)]
    if not matches:
        return ""
    if any(kind in ("country", "region") for head, tail in matches for kind, _ in tail - head):
        return "-abroad"
    return "-brand" if any(kind == "brand" for head, _ in matches for kind, _ in head) else "-words"


def _initials(left: Organization, right: Organization) -> str:
    """Return `yes` if a name of one organisation consists of the initials of a name of the other, otherwise `none`."""
    return "yes" if _abbreviates(left, right) or _abbreviates(right, left) else NONE


def _abbreviates(short: Organization, full: Organization) -> bool:
    initials = frozenset[str]().union(*map(plain_initials, full.all_names))
    return any(fold(name) in initials for name in short.all_names)


def _specific_words(name: ParsedName) -> Words:
    return frozenset((word.kind, word.meaning) for word in name.words if word.kind != GENERIC)


def _is_group(name: ParsedName) -> bool:
    return any(word.meaning in _GROUPS for word in name.words)


def _side(left: bool, right: bool) -> str:
    return "both" if left and right else "left" if left else "right" if right else NONE


def _seat(left: Organization, right: Organization) -> str:
    if not left.countries or not right.countries:
        return NONE
    return "same" if left.countries & right.countries else "differ"
