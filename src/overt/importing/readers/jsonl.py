"""JSON Lines, one object per line, read line by line in bounded memory."""

from collections.abc import Iterator

import orjson

from overt.importing.cells import Cell, json_text
from overt.importing.errors import FileProblem
from overt.importing.readers.encoding_and_delimiter import SAMPLE_BYTES, guess_encoding
from overt.importing.readers.file_format_detection import check_kind
from overt.importing.readers.input_file import InputFile
from overt.importing.readers.json import object_cells, refuse_duplicate_keys, resolve_pointer

MAX_LINE = 16_000_000
"""Maximum length of a line in bytes, because a line is parsed in memory."""
_BOM = b"\xef\xbb\xbf"


def read_rows(file: InputFile) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield the objects of the file. Their keys are the columns. A cell's locator is its line and pointer: `line=3/name`.

    Raises FileProblem for an empty file, and for a line that isn't a JSON object, repeats a key or is too long.
    """
    number = 0
    for number, line in _lines(file):
        try:
            item = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            if guess_encoding(line[:SAMPLE_BYTES]) != "utf-8":
                raise FileProblem(f"{file.name}: line {number}: not UTF-8, as JSON must be; save it as UTF-8") from None
            reason = (
                "this is one JSON document over several lines; write `format: json` in source.yml"
                if number == 1 and line.strip() in (b"{", b"[")
                else f"line {number}, column {error.colno}: not JSON ({error.msg}); is the file cut off? download it again"
            )
            raise FileProblem(f"{file.name}: {reason}") from None
        if number == 1 and isinstance(item, list):
            raise FileProblem(f"{file.name}: this is one JSON array, not one object a line; write `format: json` in source.yml")
        refuse_duplicate_keys(f"{file.name}: line {number}", line)
        yield f"line={number}", object_cells(file, item, f"line={number}", f"line {number}")
    if not number:
        raise FileProblem(f"{file.name}: the file is empty; download it again")


def read_places(file: InputFile, locators: set[str]) -> dict[str, str]:
    """Return the raw text at each locator; locators that match nothing are left out.

    Raises FileProblem for a file of another kind, and for a very long line.
    """
    by_line: dict[int, list[str]] = {}
    for locator in locators:
        line, _, _ = locator.removeprefix("line=").partition("/")
        if locator.startswith("line=") and line.isdecimal():
            by_line.setdefault(int(line), []).append(locator)
    places = {}
    for number, data in _lines(file) if by_line else ():
        for locator in by_line.get(number, ()):
            _, slash, pointer = locator.partition("/")
            try:
                places[locator] = json_text(resolve_pointer(orjson.loads(data), slash + pointer))
            except (LookupError, ValueError, TypeError):
                continue
    return places


def _lines(file: InputFile) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not empty, with their numbers. Raises FileProblem for a line that is too long."""
    check_kind(file, "jsonl")
    with file.path.open("rb") as handle:
        number = 0
        while line := handle.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise FileProblem(f"{file.name}: line {number}: is longer than {MAX_LINE:,} bytes; is this one object a line?")
            line = line.removeprefix(_BOM) if number == 1 else line
            if line.strip():
                yield number, line
