"""Typed access to JSON values. Anyone can publish a measurement, so no value is certain to have its documented type."""

from typing import Any

MAX_TEXT = 2_000
"""Maximum length of strings, in characters; longer ones are cut. Addresses and names are rarely this long, and longer
strings would use too much memory when many are collected.
"""


def mapping(value: Any) -> dict[str, Any]:
    """Return the value if it is an object; otherwise an empty object."""
    return value if type(value) is dict else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects in a list and skip everything else. If the value is not a list, return an empty list."""
    return [item for item in value if type(item) is dict] if type(value) is list else []


def text(value: Any) -> str:
    """Return the value if it is a string, cut to `MAX_TEXT`; otherwise `""`.

    Lone surrogates become `?`, because no output can encode them.
    """
    if type(value) is not str:
        return ""
    string: str = value[:MAX_TEXT] if len(value) > MAX_TEXT else value
    return string if string.isascii() else string.encode("utf-8", "replace").decode("utf-8")


def integer(value: Any) -> int | None:
    """Return the value if it is an integer (booleans are not); otherwise None."""
    return value if type(value) is int else None


def number(value: Any) -> float | None:
    """Return the value as a float if it is a finite float or an integer within ±2**53, but not a boolean; otherwise None."""
    if type(value) is int:
        return float(value) if abs(value) < 2**53 else None
    return value if type(value) is float and value - value == 0 else None
