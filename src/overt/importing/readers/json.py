"""JSON files, with a row for each item of the array that `records` points to, or one row if it points to an object."""

from collections.abc import Iterator
from typing import Any

import orjson

from overt.importing.cells import Cell, escape_pointer, json_cell, json_text
from overt.importing.errors import FileProblem
from overt.importing.readers.encoding_and_delimiter import SAMPLE_BYTES, guess_encoding
from overt.importing.readers.file_format_detection import check_kind
from overt.importing.readers.input_file import InputFile
from overt.model.errors import quote_text
from overt.model.json_duplicate_keys import duplicate_key
from overt.model.source import FileSpec

MAX_BYTES = 200_000_000
"""Maximum size of a JSON file, which is parsed in memory."""


def load_document(file: InputFile) -> Any:
    """Return the parsed document.

    Raises FileProblem for a file that is too large, too deeply nested or not JSON, or that repeats a key in an object.
    """
    check_kind(file, "json")
    size = file.path.stat().st_size
    if size > MAX_BYTES:
        raise FileProblem(f"{file.name}: {size:,} bytes are too many for one JSON document (at most {MAX_BYTES:,}); split it")
    data = file.path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        document = orjson.loads(data)
        refuse_duplicate_keys(file.name, data)
        return document
    except orjson.JSONDecodeError as error:
        if error.lineno == 2 and error.colno == 1 and data.lstrip()[:1] == b"{":
            raise FileProblem(f"{file.name}: has several JSON objects, one a line; write `format: jsonl` in source.yml") from None
        if guess_encoding(data[:SAMPLE_BYTES]) != "utf-8":
            raise FileProblem(f"{file.name}: not UTF-8, as JSON must be; save it as UTF-8") from None
        raise FileProblem(
            f"{file.name}: line {error.lineno}, column {error.colno}: not JSON ({error.msg});"
            " is the file cut off? download it again"
        ) from None


def refuse_duplicate_keys(place: str, data: bytes) -> None:
    """Raise FileProblem if an object has the same key twice, because a parser would drop one of the two values.

    Also raises FileProblem for a document that is nested too deeply to be checked. `place`: the start of the message.
    """
    try:
        key = duplicate_key(data)
    except RecursionError:
        raise FileProblem(f"{place}: the document is nested too deep; is this the right file?") from None
    if key is not None:
        raise FileProblem(f"{place}: an object has the key {quote_text(key)} twice; remove the value that is wrong")


def resolve_pointer(document: Any, pointer: str) -> Any:
    """Return the value at a JSON pointer (RFC 6901). Raises LookupError, ValueError or TypeError if there is none."""
    value = document
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and not (key.isascii() and key.isdigit()):
            raise LookupError(key)  # `int` would also accept “-1” and “+1”.
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield each object at `records` with its JSON pointer. Its keys are the columns. An empty array yields nothing.

    Raises FileProblem for a file that can't be read, if `records` points to nothing, and for a row that isn't an object.
    """
    document = load_document(file)
    try:
        value = resolve_pointer(document, spec.records)
    except (LookupError, ValueError, TypeError):
        raise FileProblem(
            f"{file.name}: there is nothing at {spec.records}; `records:` of source.yml says where the rows are"
        ) from None
    items = [(spec.records, value)] if isinstance(value, dict) else _items(spec.records, value)
    for pointer, item in items:
        yield pointer or "/", object_cells(file, item, pointer, pointer or "the document")


def object_cells(file: InputFile, item: Any, locator: str, name: str) -> dict[str, Cell]:
    """Return the members of a JSON object as cells. `name`: the object's place in messages.

    Raises FileProblem for a value that is not an object, or that is too deeply nested.
    """
    if not isinstance(item, dict):
        raise FileProblem(f"{file.name}: {name} is not an object; is this the right file?")
    read: set[str] = set()
    try:
        return {key: json_cell(member, f"{locator}/{escape_pointer(key)}", file.capture, read) for key, member in item.items()}
    except orjson.JSONEncodeError:
        raise FileProblem(f"{file.name}: {name} is nested too deep; is this the right file?") from None


def _items(pointer: str, value: Any) -> list[tuple[str, Any]]:
    """Return the items of an array with their pointers. For any other value, return only the value itself."""
    return [(f"{pointer}/{index}", item) for index, item in enumerate(value)] if isinstance(value, list) else [(pointer, value)]


def read_places(file: InputFile, locators: set[str]) -> dict[str, str]:
    """Return the raw text at each pointer, without pointers that match nothing. Raises FileProblem for an unreadable file."""
    document = load_document(file)
    places = {}
    for locator in locators:
        try:
            places[locator] = json_text(resolve_pointer(document, "" if locator == "/" else locator))
        except (LookupError, ValueError, TypeError):
            continue
    return places
