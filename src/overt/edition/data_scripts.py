"""Data as scripts, which pages on a disk can load."""

from typing import Any

import orjson


def script(name: str, data: Any) -> bytes:
    """Encode data as a script that hands it to the page that loads `name`."""
    return b"overtHeld(" + orjson.dumps(name) + b"," + orjson.dumps(data) + b")\n"
