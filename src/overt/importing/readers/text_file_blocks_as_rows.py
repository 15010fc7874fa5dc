"""Text files, such as laws in Markdown. A row is a block of lines; `blocks:` in source.yml says how a block starts."""

import re
import unicodedata
from collections.abc import Iterator

from overt.importing.cells import Cell
from overt.importing.errors import FileProblem
from overt.importing.readers.input_file import InputFile
from overt.model.source import FileSpec
from overt.model.values.regular_expressions import compile_pattern

MAX_BYTES = 50_000_000
"""Maximum size of a text file, which is read into memory."""
_HEADING = re.compile(r"#{1,6}\s")
_WEB_PAGE = re.compile(r"\s*<(!doctype|html)\b", re.IGNORECASE)


def _lines(file: InputFile, spec: FileSpec) -> list[str]:
    size = file.path.stat().st_size
    if size > MAX_BYTES:
        raise FileProblem(f"{file.name}: {size:,} bytes are too many for one text (at most {MAX_BYTES:,}); split it")
    try:
        text = file.path.read_bytes().decode(spec.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise FileProblem(
            f"{file.name}: byte {error.start:,} is not {spec.encoding}; `encoding:` of source.yml says how the file is written"
        ) from None
    if not text.strip():
        raise FileProblem(f"{file.name}: the file is empty; download it again")
    if _WEB_PAGE.match(text):
        raise FileProblem(f"{file.name}: this is a web page, not a text; was the download refused? download it again")
    return [line.removesuffix("\r") for line in text.split("\n")]


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield the blocks of a file with their lines. Columns: `label`, `heading` and `text`.

    The label is group 1 of `blocks:`, or the complete match if there is no group. A heading (`## …`) ends a block and belongs
    to the blocks below it. Lines before the first block, and lines between a heading and the next block, form a row without a
    label. Raises FileProblem for a file that can't be read, and if no line starts a block.
    """
    begin = compile_pattern(spec.blocks)
    block: list[tuple[int, str]] = []
    label, heading, next_heading, begun = "", (0, ""), (0, ""), False
    for number, line in enumerate(_lines(file, spec), start=1):
        match = begin.match(line)
        is_heading = match is None and _HEADING.match(line) is not None
        if is_heading:
            next_heading = (number, line)
        if match or (is_heading and begun):
            yield from _row(file, block, label, heading)
            block, heading = [], next_heading
            label = (match.group(1) if begin.groups else match.group()) if match else ""
        begun = begun or match is not None
        if not (is_heading and begun):
            block.append((number, line))
    if not begun:
        raise FileProblem(f"{file.name}: no line begins as `blocks:` of source.yml says; is this the right file?")
    yield from _row(file, block, label, heading)


def _row(
    file: InputFile, block: list[tuple[int, str]], label: str, heading: tuple[int, str]
) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield the row of a block, or nothing for a block of blank lines."""
    numbers = [number for number, line in block if line.strip()]
    if not numbers:
        return
    first, last = numbers[0], numbers[-1]
    where = f"lines={first}-{last}" if last > first else f"line={first}"
    raw = "\n".join(line for number, line in block if first <= number <= last)
    cells = {
        "label": _cell(label, f"{where};part=label", file),
        "heading": _cell(heading[1], f"line={heading[0]}", file) if heading[0] else _cell("", f"{where};part=heading", file),
        "text": _cell(raw, where, file),
    }
    yield where, cells


def _cell(raw: str, locator: str, file: InputFile) -> Cell:
    return Cell(unicodedata.normalize("NFC", raw).strip(), locator, file.capture, raw)


def cell_lines(cell: Cell) -> list[Cell]:
    """Return the non-blank lines of a `text` cell as cells, each with its own line of the file."""
    first = int(cell.locator.partition("=")[2].partition("-")[0])
    return [
        Cell(unicodedata.normalize("NFC", line).strip(), f"line={number}", cell.capture, line)
        for number, line in enumerate(cell.raw.split("\n"), start=first)
        if line.strip()
    ]


def read_places(file: InputFile, spec: FileSpec, locators: set[str]) -> dict[str, str]:
    """Return the raw text at each locator: a block, a part of it, or a line. Locators that match nothing are left out.

    Raises FileProblem as `read_rows` does.
    """
    places = {f"line={number}": line for number, line in enumerate(_lines(file, spec), start=1)}
    for _, cells in read_rows(file, spec):
        places |= {cell.locator: cell.raw for cell in cells.values()}
    return {locator: places[locator] for locator in locators if locator in places}
