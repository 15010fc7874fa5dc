"""A JSON document with one long list, written as it comes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import orjson


class JsonList:
    """The list in the making."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._first = True

    def add(self, item: Any) -> None:
        """Write one more item, on a line of its own."""
        self._out.write((b"\n" if self._first else b",\n") + orjson.dumps(item))
        self._first = False


@contextmanager
def json_list(path: Path, head: Mapping[str, Any], name: str) -> Iterator[JsonList]:
    """A file with an object: the members of `head`, and last the list `name`."""
    with path.open("wb") as out:
        opening = orjson.dumps(dict(head))[:-1] + (b"," if head else b"")
        out.write(opening + orjson.dumps(name) + b":[")
        yield JsonList(out)
        out.write(b"\n]}\n")
