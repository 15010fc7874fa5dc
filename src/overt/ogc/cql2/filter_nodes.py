"""The parts of a parsed filter. All are hashable, so that the result of a filter can be cached."""

from dataclasses import dataclass
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
    """A text that matches a pattern, with `%` for any characters and `_` for one."""

    name: str
    pattern: str


@dataclass(frozen=True)
class Between:
    """A value between two others, both included."""

    name: str
    low: FilterValue
    high: FilterValue


@dataclass(frozen=True)
class In:
    """One of several values."""

    name: str
    values: tuple[FilterValue, ...]


@dataclass(frozen=True)
class IsNull:
    """No value."""

    name: str


@dataclass(frozen=True)
class ArrayComparison:
    """A list compared with another one."""

    function: ArrayFunction
    name: str
    values: tuple[FilterValue, ...]


@dataclass(frozen=True)
class Not:
    """The opposite of a condition."""

    condition: "Condition"


@dataclass(frozen=True)
class And:
    """All of several conditions."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True)
class Or:
    """At least one of several conditions."""

    conditions: tuple["Condition", ...]


Predicate = Comparison | Like | Between | In | IsNull | ArrayComparison
Condition = Constant | Predicate | Not | And | Or
