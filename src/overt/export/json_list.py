"""A JSON document with one long list, written item by item."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import orjson


class JsonListWriter:
    """Writes the items of a list in a JSON document."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._is_first = True

    def add(self, item: Any) -> None:
        """Write an item on a separate line."""
        self._out.write((b"\n" if self._is_first else b",\n") + orjson.dumps(item))
        self._is_first = False


@contextmanager
def open_json_list(path: Path, head: Mapping[str, Any], name: str) -> Iterator[JsonListWriter]:
    """Open a file for a JSON object: the members of `head`, then the list `name`, whose items the yielded writer adds."""
    with path.open("wb") as out:
        opening = orjson.dumps(dict(head))[:-1] + (b"," if head else b"")
        out.write(opening + orjson.dumps(name) + b":[")
        yield JsonListWriter(out)
        out.write(b"\n]}\n")
