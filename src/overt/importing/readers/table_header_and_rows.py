"""Tables: rows of text cells below one to three header rows, from which the columns get their names."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from overt.importing.cells import Cell
from overt.importing.errors import FileProblem
from overt.importing.readers.input_file import InputFile
from overt.model.errors import format_count, quote_text
from overt.model.source import FileSpec

MAX_COLUMNS = 2_000
Line = tuple[int, list[str]]
"""A row's number, counted as in a spreadsheet, and the texts of its cells."""

_LINE_BREAK = re.compile(r"\s*[\r\n\t]\s*")


def read_table(
    file: InputFile, spec: FileSpec, lines: Iterable[Line], *, place: str = "", ragged: bool = False
) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield the rows below the header, with their locators. Empty rows are skipped.

    `place`: start of each locator, such as `sheet=Projects;`. If `ragged`, lines end at their last filled cell and may be longer
    or shorter than the header, as in workbooks; empty lines may be missing. Raises FileProblem for an empty file, a header that
    is missing or wrong, and a row that doesn't fit it.
    """
    header: list[str] = []
    upper: dict[int, list[str]] = {}
    above: dict[str, Cell] = {}
    first, last = spec.header_rows[0], spec.header_rows[-1]
    number = 0
    for number, texts in lines:
        if not header:
            if number < first:
                continue
            if first == last or number <= last:
                upper[number] = texts
            if number >= last:
                header = _header(file, spec, upper)
            if number <= last or first == last:
                continue
        if not any(text.strip() for text in texts):
            continue
        locator = f"{place}row={number}"
        columns = header
        if len(texts) != len(header):
            columns, texts = _aligned(file, locator, header, texts, ragged=ragged)
        cells = {
            column: Cell(unicodedata.normalize("NFC", text).strip(), f"{locator};col={column}", file.capture, text)
            for column, text in zip(columns, texts, strict=True)
        }
        if spec.fill_down:
            _fill_down(spec.fill_down, cells, above)
        yield locator, cells
    if not header and number:
        raise FileProblem(
            f"{file.name}: {_sheet(place)}ends at row {number:,}, but `header:` of source.yml says that row {last:,} has the"
            " column names; correct it"
        )
    if not header:
        what = f"{_sheet(place)}is empty; download the file again" if place else "the file is empty; download it again"
        raise FileProblem(f"{file.name}: {what}")


def _header(file: InputFile, spec: FileSpec, lines: dict[int, list[str]]) -> list[str]:
    """Return the column names and check `fill_down`. Raises FileProblem for a header that does not fit its description."""
    rows = list(lines.values()) if len(spec.header_rows) == 1 else [lines.get(row, []) for row in spec.header_rows]
    header = check_header(file, join_header(rows), hint=len(rows) == 1)
    if missing := [column for column in spec.fill_down if column not in header]:
        raise FileProblem(
            f"{file.name}: there is no column {missing[0]!r} to fill down (it has {', '.join(map(repr, header[:6]))}, …);"
            " change `fill_down:` of source.yml"
        )
    return header


def join_header(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return column names from header rows, joining the names of several rows with a space.

    In every row but the last, an empty cell counts as merged with the filled cell to its left, unless a row above has a new
    name in that column. A column without any text of its own gets no name.
    """
    width = max(map(len, rows), default=0)
    texts = [[_LINE_BREAK.sub(" ", cell).strip() for cell in row] + [""] * (width - len(row)) for row in rows]
    names = []
    carried = [""] * len(texts)
    for column in range(width):
        own = [row[column] for row in texts]
        for level, text in enumerate(own[:-1]):
            if text:
                carried[level:] = [text, *[""] * (len(texts) - level - 1)]
        parts = [*carried[:-1], own[-1]] if any(own) else []
        names.append(" ".join(filter(None, parts)))
    return names


def check_header(file: InputFile, cells: Sequence[str], *, hint: bool = False) -> list[str]:
    """Return the column names. A column without a name is called `(column 3)`, by its number.

    `hint`: whether the message about equal names suggests a header of several rows. Raises FileProblem if there are no names or
    too many columns, if two names are equal, or if the file is a web page.
    """
    header = [unicodedata.normalize("NFC", cell).strip() for cell in cells]
    if header and header[0].lower().startswith(("<!doctype", "<html", "<?xml")):
        raise FileProblem(f"{file.name}: this is a web page, not a table; was the download refused? download it again")
    if not any(header):
        raise FileProblem(f"{file.name}: the header row is empty; `header:` of source.yml says which row has the column names")
    if len(header) > MAX_COLUMNS:
        filled = sum(map(bool, header))
        raise FileProblem(
            f"{file.name}: has {len(header):,} columns (at most {MAX_COLUMNS:,}), {filled:,} of them with a name;"
            + (" is this the right file?" if filled > MAX_COLUMNS else " delete the empty columns and save it again")
        )
    header = [column or f"(column {number})" for number, column in enumerate(header, start=1)]
    counts = Counter(header)
    if duplicates := [column for column, count in counts.items() if count > 1]:
        numbers = [str(number) for number, column in enumerate(header, start=1) if column == duplicates[0]]
        raise FileProblem(
            f"{file.name}: there are two columns {quote_text(duplicates[0])} ({' and '.join(numbers[:2])}); rename one of them"
            + (", or name all header rows, such as `header: [1, 2]`" if hint else "")
        )
    return header


def _aligned(file: InputFile, locator: str, header: list[str], texts: list[str], *, ragged: bool) -> tuple[list[str], list[str]]:
    """Return columns and texts of equal length, for a row that is longer or shorter than the header.

    Raises FileProblem if `ragged` is false, if the row has too many cells, or if the header already contains a name that an
    unnamed column would get, such as `(column 7)`.
    """
    if not ragged:
        raise FileProblem(
            f"{file.name}: {locator}: has {format_count(len(texts), 'cell')}, the header {len(header)};"
            " is the file cut off, or its quoting broken? download it again"
        )
    if len(texts) > MAX_COLUMNS:
        raise FileProblem(f"{file.name}: {locator}: has {len(texts):,} cells (at most {MAX_COLUMNS:,})")
    unnamed = [f"(column {index})" for index in range(len(header) + 1, len(texts) + 1)]
    if twice := sorted(set(header).intersection(unnamed)):
        raise FileProblem(
            f"{file.name}: {locator}: has more cells than the header, which has another {quote_text(twice[0])}; name all columns"
        )
    columns = [*header, *unnamed]
    return columns, texts + [""] * (len(columns) - len(texts))


def _fill_down(columns: Sequence[str], cells: dict[str, Cell], above: dict[str, Cell]) -> None:
    """Replace empty cells with the cells above, which keep their own places."""
    for column in columns:
        if cells[column]:
            above[column] = cells[column]
        elif column in above:
            cells[column] = above[column]


def _sheet(place: str) -> str:
    return f"sheet {place.removeprefix('sheet=').removesuffix(';')!r} " if place else "the file "
