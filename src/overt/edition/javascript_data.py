"""Data as scripts, which pages on a disk can load."""

from typing import Any

import orjson


def script(name: str, data: Any) -> bytes:
    """Encode data as a script that passes them, under a name, to the page that loads it."""
    return b"overtFileLoaded(" + orjson.dumps(name) + b"," + orjson.dumps(data) + b")\n"
