"""Formats that export all tables have every row of the release."""

import csv
import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import Any

import orjson
import pyarrow.parquet as pq

from overt.export.public_release_reader import PublicRelease
from overt.export.scalar_cells import decimal_text, to_scalar
from overt.language.safe_csv import escape_formula
from tests.support.small_atlas_exports import ExportedFile


def read_rows(public_release: PublicRelease, table: str) -> list[list[Any]]:
    return [list(row.values()) for row in public_release.rows(f'SELECT * FROM "{table}"')]


def test_parquet_files_are_the_released_tables(exports: dict[str, ExportedFile], public_release: PublicRelease) -> None:
    folder = exports["parquet"].path
    for name, path in public_release.tables.items():
        assert (folder / "tables" / f"{name}.parquet").read_bytes() == path.read_bytes()
    assert not {"judgements", "retractions"} & public_release.tables.keys(), "they name editors"
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    assert {name: table["rows"] for name, table in manifest["tables"].items()} == {
        name: pq.read_metadata(path).num_rows for name, path in public_release.tables.items()
    }


def test_csv_has_every_row(exports: dict[str, ExportedFile], public_release: PublicRelease) -> None:
    escaped = 0
    for name in public_release.tables:
        with (exports["csv"].path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as data:
            header, *rows = csv.reader(data)
        expected = [
            ["" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(to_scalar(cell)) for cell in row]
            for row in read_rows(public_release, name)
        ]
        assert rows == [[escape_formula(cell) for cell in row] for row in expected], name
        assert header == [column["column_name"] for column in public_release.rows(f'DESCRIBE "{name}"')]
        escaped += sum(escape_formula(cell) != cell for row in expected for cell in row)
    assert escaped > 0, "the atlas has hostile names"
    assert {loss["count"] for loss in exports["csv"].report["not_carried"] if loss["what"] == "unchanged cells"} == {escaped}


def test_sqlite_has_every_row(exports: dict[str, ExportedFile], public_release: PublicRelease) -> None:
    with closing(sqlite3.connect(exports["sqlite"].path)) as database:
        for name in public_release.tables:
            stored = database.execute(f'SELECT * FROM "{name}"').fetchall()
            expected = [tuple(to_scalar(cell) for cell in row) for row in read_rows(public_release, name)]
            assert [tuple(map(_digits, row)) for row in stored] == [tuple(map(_digits, row)) for row in expected], name
        query = "SELECT id, (SELECT group_concat(value) FROM json_each(kind)) FROM projects WHERE kind IS NOT NULL LIMIT 1"
        [(project, kinds)] = database.execute(query).fetchall()
        [expected_kinds] = public_release.rows(f"SELECT kind FROM projects WHERE id = '{project}'")
        assert kinds == ",".join(expected_kinds["kind"])


def _digits(cell: Any) -> Any:
    """Return a number as a string. SQLite stores a decimal as a number if none of its digits change."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else decimal_text(Decimal(repr(cell)))
    return str(cell)


def test_numbers_keep_their_digits() -> None:
    long = "12345678901234567890.1234"
    shortest = {"1200.0000": "1200", "0.5000": "0.5", "-3.2500": "-3.25", "0.0000": "0", long: long}
    assert {text: decimal_text(Decimal(text)) for text in shortest} == shortest
