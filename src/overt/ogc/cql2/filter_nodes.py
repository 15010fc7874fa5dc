"""The parts of a parsed filter. All are immutable."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

FilterValue = str | int | float | bool | date
"""A value in a filter."""
Operator = Literal["=", "<>", "<", "<=", ">", ">="]
ArrayFunction = Literal["A_CONTAINS", "A_CONTAINEDBY", "A_EQUALS", "A_OVERLAPS"]


@dataclass(frozen=True)
class Constant:
    """`TRUE` or `FALSE`."""

    value: bool


@dataclass(frozen=True)
class Comparison:
    """A queryable compared with a value."""

    name: str
    operator: Operator
    value: FilterValue


@dataclass(frozen=True)
class Like:
    """A queryable compared with a pattern: `%` matches any characters, `_` matches one, and a backslash escapes the next."""

    name: str
    pattern: str


@dataclass(frozen=True)
class Between:
    """A queryable between two values, both included."""

    name: str
    low: FilterValue
    high: FilterValue


@dataclass(frozen=True)
class In:
    """A queryable that is equal to one of several values."""

    name: str
    values: tuple[FilterValue, ...]


@dataclass(frozen=True)
class IsNull:
    """A queryable without a value."""

    name: str


@dataclass(frozen=True)
class ArrayComparison:
    """A queryable that is a list, compared with a list of values."""

    function: ArrayFunction
    name: str
    values: tuple[FilterValue, ...]


@dataclass(frozen=True)
class Not:
    """The negation of a condition."""

    condition: "Condition"


@dataclass(frozen=True)
class And:
    """A conjunction: all conditions are true."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True)
class Or:
    """A disjunction: at least one condition is true."""

    conditions: tuple["Condition", ...]


Predicate = Comparison | Like | Between | In | IsNull | ArrayComparison
Condition = Constant | Predicate | Not | And | Or


def rename_queryables(condition: Condition, names: Mapping[str, str]) -> Condition:
    """Return the condition with the names of its queryables replaced. `names`: new names by name; others stay unchanged."""
    match condition:
        case Constant():
            return condition
        case Not(inner):
            return Not(rename_queryables(inner, names))
        case And(parts):
            return And(tuple(rename_queryables(part, names) for part in parts))
        case Or(parts):
            return Or(tuple(rename_queryables(part, names) for part in parts))
    return replace(condition, name=names.get(condition.name, condition.name))
