"""Values out of measurements: anybody can publish one, so nothing in it has to be of the type that it should have."""

from typing import Any

LONGEST = 2_000
"""Longest text that is handed on, in characters: an address or a name is shorter, and a table of them stays in memory."""


def mapping(value: Any) -> dict[str, Any]:
    """The value where it is an object, else an empty one."""
    return value if type(value) is dict else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a list; whatever else stands there, or is no list, is left out."""
    return [one for one in value if type(one) is dict] if type(value) is list else []


def text(value: Any) -> str:
    """The value where it is a text, else an empty one. Half a surrogate pair becomes `?`: no output could carry it."""
    if type(value) is not str:
        return ""
    if len(value) > LONGEST:
        value = value[:LONGEST]
    held: str = value
    return held if held.isascii() else held.encode("utf-8", "replace").decode("utf-8")


def whole(value: Any) -> int | None:
    """The value where it is a whole number (and not true or false), else None."""
    return value if type(value) is int else None


def number(value: Any) -> float | None:
    """The value where it is a finite number (and not true or false), else None."""
    if type(value) is int:
        return float(value) if abs(value) < 2**53 else None
    return value if type(value) is float and value - value == 0 else None
