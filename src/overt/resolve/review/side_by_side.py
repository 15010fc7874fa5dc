"""Two things property by property: what both say, what only one says, where they differ."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from overt.model.schema import RecordType
from overt.resolve.explanation_text import percent, stated
from overt.resolve.review.evidence import Said, Side
from overt.resolve.review.review_queue import Question

_BARE = ("level", "says")
"""Words of a part that say enough without their name."""
Agreement = Literal["equal", "differ", "one side"]


@dataclass(frozen=True)
class Value:
    """One value of a side, with everybody who says it."""

    value: str
    unit: str | None
    lang: str | None
    said: tuple[Said, ...]
    shared: bool
    """Whether the other side has the same value."""

    @property
    def retracted(self) -> bool:
        """Whether everybody's claim of it was taken back."""
        return all(one.retracted for one in self.said)


@dataclass(frozen=True)
class Row:
    """One property of the two."""

    name: str
    label: str
    left: tuple[Value, ...]
    right: tuple[Value, ...]

    @property
    def agreement(self) -> Agreement:
        """`equal`: one of the values is on the other side too; `differ`: both sides have values, and none is."""
        if any(value.shared for value in (*self.left, *self.right)):
            return "equal"
        return "differ" if self.left and self.right else "one side"


def compare(kind: RecordType, left: Side, right: Side) -> list[Row]:
    """The rows of a table of both, in the order of the schema. Values are equal when their canonical text and unit are; a name of
    one is looked for among all names of the other, for one source's alias is the next one's name.
    """
    pools = [_pools(kind, side) for side in (left, right)]
    names = [name for name in kind.properties if name in left.said or name in right.said]
    names += sorted((left.said.keys() | right.said.keys()) - kind.properties.keys())
    rows = []
    for name in names:
        common = pools[0][_pool(kind, name)] & pools[1][_pool(kind, name)]
        label = kind.properties[name].label if name in kind.properties else name
        one, other = (
            tuple(Value(value, unit, said[0].lang, tuple(said), (value, unit) in common) for (value, unit), said in held.items())
            for held in (_values(side.said.get(name, ())) for side in (left, right))
        )
        rows.append(Row(name, label, one, other))
    return rows


def _pool(kind: RecordType, name: str) -> str:
    return "names" if name in kind.properties and kind.properties[name].type == "name" else name


def _pools(kind: RecordType, side: Side) -> dict[str, set[tuple[str, str | None]]]:
    """The values of each property, those of all names together."""
    found: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for name, said in side.said.items():
        found[_pool(kind, name)] |= _values(said).keys()
    return found


def _values(said: Sequence[Said]) -> dict[tuple[str, str | None], list[Said]]:
    found: dict[tuple[str, str | None], list[Said]] = {}
    for one in said:
        found.setdefault((one.value, one.unit), []).append(one)
    return found


def parts_in_words(parts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a probability is made of: each comparison with what it says, strongest first."""
    return [(name, _part(held)) for name, held in sorted(parts.items(), key=lambda part: (-abs(_weight(part[1])), part[0]))]


def why_asked(question: Question) -> str:
    """One sentence: why the pair is a question."""
    chance = f"{question.probability:.0%}".replace("%", " %")
    if question.refused is not None:
        score = f"scored {chance}; " if question.parts else ""
        return f"{score}{question.refused}"
    return f"scored {chance}; {'published as one thing now' if question.joined else 'published as two things now'}"


def proposed_words(question: Question, left: str, right: str) -> str:
    """What the machine proposes of how the two stand to each other, by what they are called; nothing where it does not."""
    held = question.proposal
    if held is None:
        return ""
    one, other = (left, right) if held.from_ == question.left.record else (right, left)
    return f"proposed with {percent(held.probability)}: {stated(held.kind, one, other)}"


def _weight(held: Any) -> float:
    weight = held.get("weight") if isinstance(held, dict) else held
    return float(weight) if isinstance(weight, int | float) else 0.0


def _part(held: Any) -> str:
    if isinstance(held, dict):
        more = [_plain(value) if name in _BARE else f"{name} {_plain(value)}" for name, value in held.items() if name != "weight"]
        return "; ".join([*([_bits(_weight(held))] if "weight" in held else []), *more])
    return _bits(held) if isinstance(held, int | float) and not isinstance(held, bool) else _plain(held)


def _bits(weight: float) -> str:
    return f"{weight:+.2f} bits".replace("-", "−")


def _plain(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
