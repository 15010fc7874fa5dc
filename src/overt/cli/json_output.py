"""JSON on standard output."""

from typing import Any


def print_json(data: Any) -> None:
    """Print one JSON document on standard output."""
    import orjson

    options = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
    print(orjson.dumps(data, option=options, default=str).decode())
