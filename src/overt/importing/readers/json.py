"""JSON files: one row a file, or one row an item of the array that `records` points to."""

from collections.abc import Iterator
from typing import Any

import orjson

from overt.importing.cells import Cell, escape_pointer, json_cell, json_text
from overt.importing.problems import FileProblem
from overt.importing.readers.input import InputFile
from overt.model.source import FileSpec

LARGEST = 200_000_000
"""Largest JSON file, in bytes: it is parsed whole."""


def _load(file: InputFile) -> Any:
    size = file.path.stat().st_size
    if size == 0:
        raise FileProblem(f"{file.name}: the file is empty; get it again")
    if size > LARGEST:
        raise FileProblem(f"{file.name}: {size:,} bytes are too many for one JSON document (at most {LARGEST:,}); split it")
    data = file.path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    if data.lstrip()[:1] == b"<":
        raise FileProblem(f"{file.name}: this is a web page, not JSON; was the download refused? get it again")
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise FileProblem(
            f"{file.name}: line {error.lineno}, column {error.colno}: not JSON ({error.msg}); is the file cut off? get it again"
        ) from None


def _resolve(document: Any, pointer: str) -> Any:
    """The value at a JSON pointer (RFC 6901). Raises LookupError."""
    found = document
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        found = found[int(key)] if isinstance(found, list) else found[key]
    return found


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Objects of the file, each with its pointer; a column is a key."""
    document = _load(file)
    try:
        found = _resolve(document, spec.records)
    except (LookupError, ValueError, TypeError):
        raise FileProblem(
            f"{file.name}: there is nothing at {spec.records}; `records:` of source.yml says where the rows are"
        ) from None
    items = [(spec.records, found)] if isinstance(found, dict) else enumerate_items(spec.records, found)
    for pointer, item in items:
        if not isinstance(item, dict):
            raise FileProblem(f"{file.name}: {pointer or 'the document'} is not an object; is this the right file?")
        try:
            read: set[str] = set()
            cells = {key: json_cell(value, f"{pointer}/{escape_pointer(key)}", file.capture, read) for key, value in item.items()}
        except orjson.JSONEncodeError:
            raise FileProblem(f"{file.name}: {pointer or 'the document'} is nested too deep; is this the right file?") from None
        yield pointer or "/", cells


def enumerate_items(pointer: str, found: Any) -> list[tuple[str, Any]]:
    """The items of an array with their pointers; anything else is its own only item."""
    return [(f"{pointer}/{index}", item) for index, item in enumerate(found)] if isinstance(found, list) else [(pointer, found)]


def read_places(file: InputFile, locators: set[str]) -> dict[str, str]:
    """The raw text at each pointer that leads somewhere."""
    document = _load(file)
    places = {}
    for locator in locators:
        try:
            places[locator] = json_text(_resolve(document, "" if locator == "/" else locator))
        except (LookupError, ValueError, TypeError):
            continue
    return places
