"""Normalise the fields of an entry, which an editor may write as a single value, a list, or nested fields."""

from collections.abc import Sequence
from typing import Any

from overt.model.errors import ValueProblem, quote_text
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.spelling_suggestions import similar_hint


def as_list(data: Any) -> list[Any]:
    """Return a list unchanged, a single item as a list, and an empty list for None or an empty string."""
    return data if isinstance(data, list) else [] if data is None or data == "" else [data]


def nested(data: Any, main: str, allowed: Sequence[str]) -> dict[str, Any]:
    """Return the fields of a part of an entry. If the part is not a dict, return it as the field `main`.

    Raises ValueProblem for a key that is not in `allowed`.
    """
    if not isinstance(data, dict):
        return {main: data}
    for key in data:
        if key not in allowed:
            raise ValueProblem(
                f"there is no key {quote_text(str(key))}{similar_hint(str(key), allowed)}; use {', '.join(allowed)}"
            )
    return dict(data)


def plain_text(data: Any) -> str:
    """Return a value as a stripped string: empty for None, `true` or `false` for a boolean.

    Raises ValueProblem for a list or a dict.
    """
    if isinstance(data, list | dict):
        raise ValueProblem(f"{quote_text(str(data))} is not a single value")
    if isinstance(data, bool):
        return "true" if data else "false"
    return "" if data is None else str(data).strip()


def party_name(fields: dict[str, Any]) -> str:
    """Return the name of an organisation in an entry. Raises ValueProblem unless there is exactly one."""
    if not (name := plain_text(fields.get("name"))):
        raise ValueProblem("name: is missing")
    return name


def first_name(name: Any) -> str:
    """Return the first of an entry's names, for messages and record ids; empty if it has no name."""
    first = as_list(name)[0] if as_list(name) else ""
    return str(first.get("value", "") if isinstance(first, dict) else first)


def local_key(record: str) -> str:
    """Return a record's id as a part of another record's key: `p` for `editorial:p`, `alpha/p` for `alpha:p`."""
    return record.partition(":")[2] if record.startswith(f"{EDITORIAL_SOURCE}:") else record.replace(":", "/", 1)
