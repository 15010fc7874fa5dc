"""Finds duplicate keys in JSON objects. Parsers silently drop the first value of such a key."""

import json
from typing import Any


class _DuplicateKey(Exception):
    """Carries the duplicate key out of the parser."""


def duplicate_key(data: bytes | str) -> str | None:
    """Return a duplicate key of an object in valid JSON; None if there is none. Raises RecursionError for deep nesting.

    Objects and numbers are discarded as they are read, so that the check needs little memory.
    """
    try:
        json.loads(data, object_pairs_hook=_check, parse_int=len, parse_float=len)
    except _DuplicateKey as duplicate:
        return str(duplicate)
    return None


def _check(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _DuplicateKey(next(key for position, key in enumerate(keys) if key in keys[:position]))
