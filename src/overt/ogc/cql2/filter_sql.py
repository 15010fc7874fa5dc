"""Translates a parsed filter into SQL over queryables. Every value is bound; the SQL contains only our own expressions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from overt.ogc.cql2.filter_nodes import (
    And,
    ArrayComparison,
    Between,
    Comparison,
    Condition,
    Constant,
    FilterValue,
    In,
    IsNull,
    Like,
    Not,
    Or,
    Predicate,
)

_EPOCH = date(1970, 1, 1)
_WORDS = {
    "text": "a text in apostrophes",
    "number": "a number",
    "integer": "a number",
    "date": "a date, as in DATE('2019-05-01')",
}
Bound = str | int | float


@dataclass(frozen=True)
class Queryable:
    """A property by which features can be filtered."""

    kind: Literal["text", "number", "integer", "date"]
    """Type of the values. A date is compared as a number of days since 1970."""
    sql: str
    """SQL expression for the value; for a list, a query with the columns `value` and `id`."""
    description: str
    key: str = ""
    """For a list, the SQL expression for the feature's id, to compare with the query's `id`."""

    @property
    def is_list(self) -> bool:
        """Whether a feature can have several values."""
        return bool(self.key)


class BadFilter(ValueError):
    """Raised for an unknown queryable, or for an operator or value that doesn't fit its queryable."""


def filter_sql(condition: Condition, queryables: Mapping[str, Queryable]) -> tuple[str, list[Bound]]:
    """Return the condition as SQL, with a `?` for each of the returned values.

    Raises BadFilter if the condition doesn't fit the queryables.
    """
    match condition:
        case Constant(value):
            return ("1" if value else "0"), []
        case Not(inner):
            sql, values = filter_sql(inner, queryables)
            return f"(NOT {sql})", values
        case And(conditions) | Or(conditions):
            parts = [filter_sql(part, queryables) for part in conditions]
            word = " AND " if isinstance(condition, And) else " OR "
            return f"({word.join(sql for sql, _ in parts)})", [value for _, values in parts for value in values]
    queryable = queryables.get(condition.name)
    if queryable is None:
        raise BadFilter(f"there is no queryable “{condition.name[:40]}”; there are {', '.join(queryables)}")
    if queryable.is_list:
        return _list_condition(condition, queryable)
    if isinstance(condition, ArrayComparison):
        raise BadFilter(f"{condition.function}: {condition.name} is not a list")
    if isinstance(condition, IsNull):
        return f"({queryable.sql} IS NULL)", []
    test, values = _test(condition, queryable)
    return f"({queryable.sql} {test})", values


def _list_condition(condition: Predicate, queryable: Queryable) -> tuple[str, list[Bound]]:
    """Return a condition on a list as SQL. One value that fulfils it is enough, but `<>` is true only if no value is equal."""
    if isinstance(condition, IsNull):
        return f"({queryable.key} NOT IN (SELECT id FROM ({queryable.sql})))", []
    if isinstance(condition, ArrayComparison):
        return _array_condition(condition, queryable)
    negated = isinstance(condition, Comparison) and condition.operator == "<>"
    if isinstance(condition, Comparison) and negated:
        condition = Comparison(condition.name, "=", condition.value)
    test, values = _test(condition, queryable)
    return f"({queryable.key} {'NOT IN' if negated else 'IN'} (SELECT id FROM ({queryable.sql}) WHERE value {test}))", values


def _array_condition(condition: ArrayComparison, queryable: Queryable) -> tuple[str, list[Bound]]:
    bound = [_bound(value, condition.name, queryable) for value in condition.values]
    listed = f"({', '.join('?' * len(bound))})"
    of = f"SELECT id FROM ({queryable.sql}) WHERE value"
    has_all = " AND ".join([f"{queryable.key} IN ({of} = ?)"] * len(bound))
    has_no_other = f"{queryable.key} NOT IN ({of} NOT IN {listed})"
    match condition.function:
        case "A_OVERLAPS":
            return f"({queryable.key} IN ({of} IN {listed}))", bound
        case "A_CONTAINS":
            return f"({has_all})", bound
        case "A_CONTAINEDBY":
            return f"({has_no_other})", bound
    return f"({has_all} AND {has_no_other})", [*bound, *bound]


def _test(condition: Comparison | Like | Between | In, queryable: Queryable) -> tuple[str, list[Bound]]:
    """Return the SQL that follows the value in a condition (operator and operands), and the values to bind.

    Raises BadFilter if the condition doesn't fit the queryable.
    """
    name = condition.name
    match condition:
        case Comparison(_, operator, value):
            return f"{operator} ?", [_bound(value, name, queryable)]
        case Between(_, low, high):
            return "BETWEEN ? AND ?", [_bound(low, name, queryable), _bound(high, name, queryable)]
        case In(_, values):
            return f"IN ({', '.join('?' * len(values))})", [_bound(value, name, queryable) for value in values]
        case Like(_, pattern):
            if queryable.kind != "text":
                raise BadFilter(f"LIKE: {name} is not a text")
            return "GLOB ?", [_glob(pattern)]


def _bound(value: FilterValue, name: str, queryable: Queryable) -> Bound:
    """Return a value as it is bound: dates as days since 1970. Raises BadFilter if the queryable has another type."""
    if isinstance(value, date) and queryable.kind == "date":
        return (value - _EPOCH).days
    if isinstance(value, str) and queryable.kind == "text":
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and queryable.kind in ("number", "integer"):
        return value
    raise BadFilter(f"{name} is compared with {_WORDS[queryable.kind]}")


def _glob(pattern: str) -> str:
    """Convert a LIKE pattern to GLOB, which is case-sensitive, as CQL2 is. A backslash escapes the next character."""
    made, characters = [], iter(pattern)
    for character in characters:
        if character == "\\":
            character = next(characters, "\\")
        elif character in "%_":
            made.append("*" if character == "%" else "?")
            continue
        made.append(f"[{character}]" if character in "*?[" else character)
    return "".join(made)
