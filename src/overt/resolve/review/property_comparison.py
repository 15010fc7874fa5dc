"""Compare two entities property by property: shared values, values of only one side, and values that differ."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from overt.model.schema import RecordType
from overt.resolve.review.evidence import EvidenceSide, SourceClaim

Agreement = Literal["equal", "differ", "one side"]


@dataclass(frozen=True)
class PropertyValue:
    """A value on one side, with the claims that state it."""

    value: str
    unit: str | None
    lang: str | None
    claims: tuple[SourceClaim, ...]
    shared: bool
    """Whether the other side has the same value; for a name, under any property for names."""

    @property
    def retracted(self) -> bool:
        """Whether all its claims were retracted."""
        return all(claim.retracted for claim in self.claims)


@dataclass(frozen=True)
class PropertyRow:
    """The values of a property on both sides."""

    name: str
    label: str
    left: tuple[PropertyValue, ...]
    right: tuple[PropertyValue, ...]

    @property
    def agreement(self) -> Agreement:
        """`equal` if any value is on both sides; `differ` if both sides have values but share none; otherwise `one side`."""
        if any(value.shared for value in (*self.left, *self.right)):
            return "equal"
        return "differ" if self.left and self.right else "one side"


def compare_sides(record_type: RecordType, left: EvidenceSide, right: EvidenceSide) -> list[PropertyRow]:
    """Return one row for each property that either side has, in the order of the schema.

    Values are equal if their canonical text and unit are equal. Names are compared across all name properties, because a name in
    one source may be an alias in another.
    """
    pools = [_value_pools(record_type, side) for side in (left, right)]
    names = [name for name in record_type.properties if name in left.claims or name in right.claims]
    names += sorted((left.claims.keys() | right.claims.keys()) - record_type.properties.keys())
    rows = []
    for name in names:
        common = pools[0][_pool(record_type, name)] & pools[1][_pool(record_type, name)]
        label = record_type.properties[name].label if name in record_type.properties else name
        left_values, right_values = (
            tuple(
                PropertyValue(value, unit, claims[0].lang, tuple(claims), (value, unit) in common)
                for (value, unit), claims in _by_value(side.claims.get(name, ())).items()
            )
            for side in (left, right)
        )
        rows.append(PropertyRow(name, label, left_values, right_values))
    return rows


def _pool(record_type: RecordType, name: str) -> str:
    return "names" if name in record_type.properties and record_type.properties[name].type == "name" else name


def _value_pools(record_type: RecordType, side: EvidenceSide) -> dict[str, set[tuple[str, str | None]]]:
    """Return the values of each property; properties for names share one set."""
    pools: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for name, claims in side.claims.items():
        pools[_pool(record_type, name)] |= _by_value(claims).keys()
    return pools


def _by_value(claims: Sequence[SourceClaim]) -> dict[tuple[str, str | None], list[SourceClaim]]:
    by_value: dict[tuple[str, str | None], list[SourceClaim]] = {}
    for claim in claims:
        by_value.setdefault((claim.value, claim.unit), []).append(claim)
    return by_value
