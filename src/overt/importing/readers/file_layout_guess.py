"""Examines a file that no source.yml describes yet: its format, its sheets, and the rows with its column names."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from overt.importing.cells import escape_pointer
from overt.importing.errors import FileProblem
from overt.importing.readers import csv, json, ods, parquet
from overt.importing.readers.encoding_and_delimiter import DELIMITERS, SAMPLE_BYTES, guess_encoding
from overt.importing.readers.file_format_detection import JSON, ODS, PARQUET, TEXT, XLSX, Kind, detect_kind
from overt.importing.readers.header_guess import Header, guess_headers
from overt.importing.readers.input_file import InputFile
from overt.importing.readers.table_header_and_rows import Line, join_header
from overt.model.source import FileSpec

FIRST_ROWS = 50
"""Number of rows on which the guesses are based."""
_BINARY = (".xlsx", ".xls", ".ods", ".parquet")
"""Endings of files that are never text."""
MAX_COUNTED = 20_000
"""Maximum number of rows that are counted."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook."""

    name: str
    visible: bool
    rows: int
    """Number of the last row that is not empty; `MAX_COUNTED` if there are more."""
    columns: int
    """Number of the last column that is not empty in the counted rows."""


@dataclass(frozen=True)
class Sniffed:
    """The guessed format and layout of a file. Fields that are also keys of `files:` in source.yml have the same names."""

    path: Path
    format: str
    encoding: str = "utf-8"
    delimiter: str = ","
    sheets: tuple[Sheet, ...] = ()
    sheet: str | None = None
    """The sheet that was examined: by default, the first visible one with a table rather than notes in one column."""
    header: Header = (1,)
    """The rows that probably contain the column names."""
    headers: tuple[Header, ...] = ((1,),)
    """Possible headers, most likely first."""
    records: str = ""
    """For JSON: the pointer to the rows."""
    columns: tuple[str, ...] = ()
    """The column names according to `header`; for JSON, the keys of the first rows."""
    fill_down: tuple[str, ...] = ()
    """Columns with cells that are merged over several rows."""
    rows: tuple[tuple[int, tuple[str, ...]], ...] = field(default=(), repr=False)
    """The first rows with their numbers, including any above the data; empty for JSON."""

    def spec(self, patterns: Sequence[str] = (), header: Header | None = None) -> FileSpec:
        """Return the description of the file for `read_rows`.

        `patterns`: patterns of file names; by default, the file's own name. `header`: a header to use instead of the guessed one.
        """
        options: dict[str, Any] = {"patterns": list(patterns) or [self.path.name], "format": self.format}
        rows = header or self.header
        if self.format == "csv":
            options |= {"encoding": self.encoding, "delimiter": self.delimiter}
        if self.sheets and self.sheet != next((sheet.name for sheet in self.sheets if sheet.visible), None):
            options["sheet"] = self.sheet
        if self.format in ("csv", "xlsx", "ods"):
            options["header"] = rows[0] if len(rows) == 1 else list(rows)
        if self.fill_down and rows == self.header:
            options["fill_down"] = list(self.fill_down)
        if self.records:
            options["records"] = self.records
        return FileSpec(**options)

    def input(self) -> InputFile:
        """Return the file as input for `read_rows`, without a digest, because no evidence is made."""
        return InputFile("file", self.path.name, "", self.path)


def sniff(path: Path, sheet: str | None = None) -> Sniffed:
    """Examine a file and guess how to read it. `sheet`: a sheet to use instead of the first one with a table.

    Raises FileProblem with one line of advice for a file that no reader can read, an empty table, and an unknown sheet.
    """
    file = InputFile("file", path.name, "", path)
    kind = detect_kind(path.name, path)
    if kind in (XLSX, ODS):
        return _sniff_workbook(file, kind, sheet)
    if kind == PARQUET:
        lines = list(islice(parquet.read_lines(file), FIRST_ROWS + 1))
        columns = tuple(lines[0][1])
        return Sniffed(path, "parquet", columns=columns, rows=_frozen(lines[1:]))
    if kind == JSON:
        return _sniff_json(file)
    if kind == TEXT:
        return _sniff_text(file)
    raise FileProblem(f"{path.name}: this is {kind.label}; {kind.todo}")


def _sniff_workbook(file: InputFile, kind: Kind, name: str | None) -> Sniffed:
    sheets: list[Sheet] = []
    first: dict[str, list[Line]] = {}
    for sheet, visible, lines in _xlsx_sheets(file) if kind == XLSX else _ods_sheets(file):
        head: list[Line] = []
        rows = columns = 0
        for number, texts in lines:
            if number > MAX_COUNTED:
                rows = MAX_COUNTED
                break
            rows, columns = number, max(columns, len(texts))
            if len(head) < FIRST_ROWS:
                head.append((number, texts))
        sheets.append(Sheet(sheet, visible, rows, columns))
        first[sheet] = head
    if name is not None and name not in first:
        raise FileProblem(f"{file.name}: there is no sheet {name!r} (it has {', '.join(map(repr, first))})")
    readable = sorted((sheet for sheet in sheets if sheet.rows), key=lambda sheet: (not sheet.visible, sheet.columns < 2))
    if not readable:
        raise FileProblem(f"{file.name}: all sheets are empty; is this the right file?")
    chosen = name or readable[0].name
    sniffed = _table(Sniffed(file.path, kind.format, sheets=tuple(sheets), sheet=chosen), first[chosen])
    return replace(sniffed, fill_down=_merged_columns(file, sniffed)) if kind == XLSX else sniffed


def _merged_columns(file: InputFile, sniffed: Sniffed) -> tuple[str, ...]:
    """Return the columns in which a cell below the header is merged with the cells under it."""
    from overt.importing.readers import xlsx

    with xlsx.open_workbook(file) as workbook:
        merged = {column for column, first in xlsx.merged_rows(workbook, sniffed.sheet or "") if first > sniffed.header[-1]}
    return tuple(name for number, name in enumerate(sniffed.columns, start=1) if number in merged)


def _xlsx_sheets(file: InputFile) -> Iterator[tuple[str, bool, Iterator[Line]]]:
    from overt.importing.readers import xlsx  # openpyxl is slow to import.

    with xlsx.open_workbook(file) as workbook:
        for name, visible in xlsx.read_sheets(workbook):
            # A formula without a value does not prevent an examination; reading the file will refuse it.
            yield name, visible, xlsx.read_lines(file, workbook, name, first_row=xlsx.LAST_ROW + 1)


def _ods_sheets(file: InputFile) -> Iterator[tuple[str, bool, Iterator[Line]]]:
    for name, visible in ods.read_sheets(file):
        yield name, visible, ods.open_sheet(file, name, first_row=ods.LAST_ROW + 1)[1]


def _sniff_text(file: InputFile) -> Sniffed:
    if (ending := file.path.suffix.lower()) in _BINARY:
        raise FileProblem(f"{file.name}: this is not a {ending} file, whatever its name says; is it damaged? download it again")
    with file.path.open("rb") as handle:
        sample = handle.read(SAMPLE_BYTES)
    encoding = guess_encoding(sample)
    if encoding is None:
        raise FileProblem(f"{file.name}: the encoding of this text is unknown; save it as UTF-8")
    text = _complete_lines(sample, encoding)
    delimiter = _best_delimiter(text)
    spec = FileSpec(patterns=["*"], format="csv", encoding=encoding, delimiter=delimiter)
    lines = list(islice(csv.read_lines(file, spec), FIRST_ROWS))
    return _table(Sniffed(file.path, "csv", encoding=encoding, delimiter=delimiter), lines)


def _complete_lines(sample: bytes, encoding: str) -> list[str]:
    """Return the first lines of a file, except blank lines and a last line that may be cut off."""
    lines = io.StringIO(sample.decode(encoding, errors="ignore").removeprefix("\ufeff"), newline=None).read().split("\n")
    return [line for line in (lines[:-1] if len(sample) == SAMPLE_BYTES else lines)[:FIRST_ROWS] if line.strip()]


def _best_delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter that splits most lines into the same number of cells; a comma for a table with one column.

    Among equally good delimiters, the one with more cells is chosen.
    """

    def score(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.split_lines(lines, delimiter)]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(usual) / len(widths) if usual > 1 else 0, usual)

    best = max(DELIMITERS, key=score)
    return best if score(best)[0] else ","


def _sniff_json(file: InputFile) -> Sniffed:
    with file.path.open("rb") as handle:
        start = handle.read(SAMPLE_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()
    line, newline, rest = start.partition(b"\n")
    if newline and rest.strip() and _is_object(line):
        from overt.importing.readers import jsonl

        first = [cells for _, cells in islice(jsonl.read_rows(file), FIRST_ROWS)]
        return Sniffed(file.path, "jsonl", columns=tuple(dict.fromkeys(key for cells in first for key in cells)))
    document = json.load_document(file)
    lists = sorted(_record_lists(document), key=lambda item: (-item[1], item[0]))
    is_geojson = isinstance(document, dict) and document.get("type") == "FeatureCollection"
    records = "/features" if is_geojson else lists[0][0] if lists else ""
    items = json.resolve_pointer(document, records)
    objects = items[:FIRST_ROWS] if isinstance(items, list) else [items]
    columns = tuple(dict.fromkeys(key for item in objects if isinstance(item, dict) for key in item))
    return Sniffed(file.path, "geojson" if is_geojson else "json", records=records, columns=columns)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _record_lists(value: Any, pointer: str = "", depth: int = 3) -> Iterator[tuple[str, int]]:
    """Yield the pointers and lengths of arrays of objects, except those inside other arrays or more than `depth` levels deep."""
    if isinstance(value, list):
        if value and all(isinstance(item, dict) for item in value):
            yield pointer, len(value)
    elif isinstance(value, dict) and depth:
        for key, member in value.items():
            yield from _record_lists(member, f"{pointer}/{escape_pointer(key)}", depth - 1)


def _table(sniffed: Sniffed, lines: Sequence[Line]) -> Sniffed:
    """Return the guess with header, columns and first rows. Raises FileProblem for an empty table."""
    headers = tuple(guess_headers(lines))
    if not headers:
        raise FileProblem(f"{sniffed.path.name}: the table is empty; is this the right file?")
    texts = dict(lines)
    names = join_header([texts.get(number, []) for number in headers[0]])
    columns = tuple(name or f"(column {number})" for number, name in enumerate(names, start=1))
    return Sniffed(
        sniffed.path, sniffed.format, sniffed.encoding, sniffed.delimiter, sniffed.sheets, sniffed.sheet,
        header=headers[0], headers=headers, columns=columns, rows=_frozen(lines),
    )  # fmt: skip


def _frozen(lines: Sequence[Line]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    return tuple((number, tuple(texts)) for number, texts in lines)
