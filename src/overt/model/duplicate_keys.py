"""Finds keys that a JSON object has twice. Parsers silently drop the first value of such a key."""

import json
from typing import Any


class _DuplicateKey(Exception):
    """Carries the key out of the parser."""


def duplicate_key(data: bytes | str) -> str | None:
    """Return the first key that an object of valid JSON has twice; None if there is none. Raises RecursionError.

    Values are dropped as they are read, so that the check needs little memory.
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
