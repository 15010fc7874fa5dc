"""Reading captured files into rows, each cell with its place; and finding a place again."""

from collections.abc import Iterator

from overt.importing.cells import Cell
from overt.importing.readers import csv, json, names, parquet
from overt.importing.readers.input import InputFile
from overt.model.errors import ContentError
from overt.model.source import FileSpec

RawRow = tuple[str, dict[str, Cell]]
"""A row's own locator, and its cells by column."""


def read_rows(file: InputFile, spec: FileSpec) -> Iterator[RawRow]:
    """The rows of a file in its role. Raises FileProblem, in one line, for a file that is not what it should be."""
    match spec.format:
        case "csv":
            return csv.read_rows(file, spec)
        case "xlsx":
            from overt.importing.readers import xlsx  # here: it takes as long to load as all else together

            return xlsx.read_rows(file, spec)
        case "parquet":
            return parquet.read_rows(file, spec)
        case "names" | "names-archive":
            raise ContentError(f"{file.name}: is a list of names; importer.py reads it by `ctx.lists({file.role!r})`")
        case _:
            return json.read_rows(file, spec)


def read_places(file: InputFile, spec: FileSpec, locators: set[str]) -> dict[str, str]:
    """The raw text at each locator; a locator that leads nowhere is left out. Raises FileProblem."""
    match spec.format:
        case "names" | "names-archive":
            return names.read_places(file, spec, locators)
        case "csv" | "xlsx" | "parquet":
            return {
                cell.locator: cell.raw
                for _, cells in read_rows(file, spec)
                for cell in cells.values()
                if cell.locator in locators
            }
        case _:
            return json.read_places(file, locators)
