"""What two organisations' names, seats and identifiers say of how they stand to each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from overt.resolve.names import fold
from overt.resolve.names.folding import has_han
from overt.resolve.names.initials import plain_initials
from overt.resolve.names.name_comparison import compare
from overt.resolve.names.parsed_name import ParsedName, parse_name
from overt.resolve.relations.relation_model import RelationModel

GENERIC = "generic"
NONE = "none"
"""The level of a clue that neither side gives; it weighs nothing."""
_GROUPS = {"group", "holding"}
_PLACES = {"country", "region", "city"}
MOST = 12
"""Names, and aliases, of one organisation that are looked at: every one is compared with every one of the other."""
Words = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Organization:
    """What is known of one organisation."""

    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    identifiers: frozenset[str] = frozenset()
    record: str | None = None
    """Its record, where relations are stated of it."""
    called: tuple[str, ...] = field(init=False)
    """Names and aliases."""

    def __post_init__(self) -> None:
        if not self.names:
            raise ValueError("an organisation needs a name")
        for side in ("names", "aliases"):
            object.__setattr__(self, side, getattr(self, side)[:MOST])
        object.__setattr__(self, "called", (*self.names, *self.aliases))


def clues(pairs: Sequence[tuple[Organization, Organization]], model: RelationModel) -> list[dict[str, str]]:
    """The level of each clue, for each pair. Exchanging the sides exchanges `left` and `right` and nothing else.

    All names are compared at once: one call costs as much as some hundred pairs. Names of one script are compared with each
    other where both sides have such.
    """
    crossed = [(at, one, other) for at, (left, right) in enumerate(pairs) for one, other in _beside(left, right)]
    scores = compare([one for _, one, _ in crossed], [other for _, _, other in crossed])
    best: dict[int, tuple[float, list[str], str, str]] = {}
    for (at, one, other), score in zip(crossed, scores.tolist(), strict=True):
        found = (-round(score, 9), sorted((one, other)), one, other)
        if at not in best or found[:2] < best[at][:2]:
            best[at] = found
    units = frozenset(model.units)
    return [
        _clues(*pair, -best[at][0], parse_name(best[at][2]), parse_name(best[at][3]), units, model)
        for at, pair in enumerate(pairs)
    ]


def _beside(left: Organization, right: Organization) -> list[tuple[str, str]]:
    """Names to compare: what a Chinese name and a Latin one have in common says less than two of one script do."""
    pairs = [(one, other) for one in left.names for other in right.names]
    alike = [(one, other) for one, other in pairs if has_han(one) == has_han(other)]
    return alike or pairs


def _clues(
    left: Organization,
    right: Organization,
    score: float,
    one: ParsedName,
    other: ParsedName,
    units: frozenset[str],
    model: RelationModel,
) -> dict[str, str]:
    """The clues of a pair; `one` and `other` are the two names that are most alike, by `score`."""
    within, seat, alias, initials = _within(left, right), _seat(left, right), _alias(left, right), _initials(left, right)
    return {
        # A name in a name is alike however the two stand to each other; what is more in it tells.
        "name": _alike(score, one, other, model) if within == "apart" else NONE,
        "alias": alias,
        "initials": initials,
        "within": within,
        "brand": _sets(_words(one, {"brand"}), _words(other, {"brand"})),
        "field": _sets(_words(one, {"field", "scope"}), _words(other, {"field", "scope"})),
        "place": _sets(_words(one, _PLACES), _words(other, _PLACES)),
        "number": _sets(_words(one, {"number"}), _words(other, {"number"})),
        "group": _has(_is_group(one), _is_group(other)),
        "unit": _has(bool(units & set(one.industry)), bool(units & set(other.industry))),
        "seat": seat,
        "homonym": "yes" if seat == "differ" and alias != NONE else NONE,
        # Three letters stand for many names, and nothing says that these two are even in one country.
        "unplaced": "yes" if seat == NONE and initials != NONE and within == "apart" else NONE,
    }


def _alike(score: float, one: ParsedName, other: ParsedName, model: RelationModel) -> str:
    if one.words and sorted(one.words) == sorted(other.words):
        return "equal"
    reached = sum(score >= bound for bound in model.alike)
    return ("little", "some", "much", "most")[reached]


def _alias(left: Organization, right: Organization) -> str:
    """Whether one is called as the other is, by a name or an alias."""
    one, other = ({_telling(parse_name(name)) for name in side.called} - {frozenset()} for side in (left, right))
    return "shared" if one & other else NONE


def _words(name: ParsedName, kinds: set[str]) -> Words:
    return frozenset((word.kind, word.meaning) for word in name.words if word.kind in kinds)


def _sets(one: Words, other: Words) -> str:
    """How two sets of words lie to each other."""
    if not one and not other:
        return NONE
    if one == other:
        return "same"
    if not one or not other:
        return "left-alone" if one else "right-alone"
    if one < other:
        return "right"
    if other < one:
        return "left"
    return "some" if one & other else "apart"


def _within(left: Organization, right: Organization) -> str:
    """Whose name stands whole in the other's: `right` when the right one's name has the left one's and more; `-abroad` when a
    country is among what is more, else `-brand` when a brand is in it, and not only a country and a field of work.
    """
    in_right, in_left = _stands_in(left, right), _stands_in(right, left)
    if in_right and in_left:
        return "both"
    return f"right{in_right}" if in_right else f"left{in_left}" if in_left else "apart"


def _stands_in(whole: Organization, part: Organization) -> str:
    """Whether a name of `whole`, without form and group words, stands in a name of `part` beside other words."""
    heads = {_telling(parse_name(name)) for name in whole.called}
    tails = {_telling(parse_name(name)) for name in part.called}
    found = [(head, tail) for head in heads for tail in tails if head < tail and any(kind not in _PLACES for kind, _ in head)]
    if not found:
        return ""
    if any(kind in ("country", "region") for head, tail in found for kind, _ in tail - head):
        return "-abroad"
    return "-brand" if any(kind == "brand" for head, _ in found for kind, _ in head) else "-words"


def _initials(left: Organization, right: Organization) -> str:
    """Whether one is called by the initials of the other's name."""
    return "yes" if _shortens(left, right) or _shortens(right, left) else NONE


def _shortens(short: Organization, full: Organization) -> bool:
    heads = frozenset[str]().union(*map(plain_initials, full.called))
    return any(fold(name) in heads for name in short.called)


def _telling(name: ParsedName) -> Words:
    return frozenset((word.kind, word.meaning) for word in name.words if word.kind != GENERIC)


def _is_group(name: ParsedName) -> bool:
    return any(word.meaning in _GROUPS for word in name.words)


def _has(one: bool, other: bool) -> str:
    return "both" if one and other else "left" if one else "right" if other else NONE


def _seat(left: Organization, right: Organization) -> str:
    if not left.countries or not right.countries:
        return NONE
    return "same" if left.countries & right.countries else "differ"
