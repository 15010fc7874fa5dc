"""Readers, which convert captured files to rows of cells with their places, and find the text at a place again."""

import re
from collections.abc import Iterator

from overt.importing.cells import Cell
from overt.importing.readers import csv, domain_lists, json, jsonl, ods, parquet, text_file_blocks_as_rows
from overt.importing.readers.input_file import InputFile
from overt.model.errors import ContentError
from overt.model.source import FileSpec

RawRow = tuple[str, dict[str, Cell]]
"""A row's locator, and its cells by column."""
_PART_OF_CELL = re.compile(r"(.+);characters=(\d{1,9})-(\d{1,9})")


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[RawRow]:
    """Yield the rows of a file.

    Raises FileProblem for a file that differs from its description in source.yml, and ContentError for a list of names.
    """
    match spec.format:
        case "csv":
            return csv.read_rows(file, spec)
        case "xlsx":
            # Imported here because openpyxl takes as long to import as everything else together.
            from overt.importing.readers import xlsx

            return xlsx.read_rows(file, spec)
        case "ods":
            return ods.read_rows(file, spec)
        case "parquet":
            return parquet.read_rows(file, spec)
        case "jsonl":
            return jsonl.read_rows(file)
        case "text":
            return text_file_blocks_as_rows.read_rows(file, spec)
        case "names" | "names-archive":
            raise ContentError(f"{file.name}: is a list of names; importer.py must read it by `ctx.lists({file.role!r})`")
        case _:
            return json.read_rows(file, spec)


def read_places(file: InputFile, spec: FileSpec, locators: set[str]) -> dict[str, str]:
    """Return the raw text at each locator, without locators that match nothing. Raises FileProblem for an unreadable file."""
    match spec.format:
        case "names" | "names-archive":
            return domain_lists.read_places(file, spec, locators)
        case "text":
            return text_file_blocks_as_rows.read_places(file, spec, locators)
        case "csv" | "xlsx" | "ods" | "parquet":
            return _read_cells(file, spec, locators)
        case "jsonl":
            return jsonl.read_places(file, locators)
        case _:
            return json.read_places(file, locators)


def _read_cells(file: InputFile, spec: FileSpec, locators: set[str]) -> dict[str, str]:
    """Return the raw text of cells, or of a part of a cell: `row=17;col=Text;characters=5-12`."""
    parts: dict[str, list[tuple[str, slice]]] = {}
    for locator in locators:
        part = _PART_OF_CELL.fullmatch(locator)
        cell, span = (part[1], slice(int(part[2]), int(part[3]))) if part else (locator, slice(None))
        parts.setdefault(cell, []).append((locator, span))
    return {
        locator: cell.raw[span]
        for _, cells in read_rows(file, spec)
        for cell in cells.values()
        for locator, span in parts.get(cell.locator, ())
    }
