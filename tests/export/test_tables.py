"""Formats that hold all tables: row for row what the edition has."""

import csv
import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import Any

import orjson
import pyarrow.parquet as pq

from overt.export.plain_cells import number, plain
from overt.export.public_release import Holdings
from overt.language.safe_csv import escape_formula
from tests.support.exports import ExportedFile


def rows(holdings: Holdings, table: str) -> list[list[Any]]:
    return [list(row.values()) for row in holdings.rows(f'SELECT * FROM "{table}"')]


def test_parquet_is_the_tables_themselves(exports: dict[str, ExportedFile], holdings: Holdings) -> None:
    folder = exports["parquet"].path
    for name, path in holdings.tables.items():
        assert (folder / "tables" / f"{name}.parquet").read_bytes() == path.read_bytes()
    assert not {"judgements", "retractions"} & holdings.tables.keys(), "they name editors"
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    assert {name: held["rows"] for name, held in manifest["tables"].items()} == {
        name: pq.read_metadata(path).num_rows for name, path in holdings.tables.items()
    }


def test_csv_has_every_row(exports: dict[str, ExportedFile], holdings: Holdings) -> None:
    guarded = 0
    for name in holdings.tables:
        with (exports["csv"].path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as data:
            head, *found = csv.reader(data)
        expected = [
            ["" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(plain(cell)) for cell in row]
            for row in rows(holdings, name)
        ]
        assert found == [[escape_formula(cell) for cell in row] for row in expected], name
        assert head == [column["column_name"] for column in holdings.rows(f'DESCRIBE "{name}"')]
        guarded += sum(escape_formula(cell) != cell for row in expected for cell in row)
    assert guarded > 0, "the atlas has hostile names"
    assert {loss["count"] for loss in exports["csv"].report["not_carried"] if loss["what"] == "cells as they are"} == {guarded}


def test_sqlite_has_every_row(exports: dict[str, ExportedFile], holdings: Holdings) -> None:
    with closing(sqlite3.connect(exports["sqlite"].path)) as database:
        for name in holdings.tables:
            found = database.execute(f'SELECT * FROM "{name}"').fetchall()
            expected = [tuple(plain(cell) for cell in row) for row in rows(holdings, name)]
            assert [tuple(map(_told, row)) for row in found] == [tuple(map(_told, row)) for row in expected], name
        listed = "SELECT id, (SELECT group_concat(value) FROM json_each(kind)) FROM projects WHERE kind IS NOT NULL LIMIT 1"
        [(project, kinds)] = database.execute(listed).fetchall()
        [expected_kinds] = holdings.rows(f"SELECT kind FROM projects WHERE id = '{project}'")
        assert kinds == ",".join(expected_kinds["kind"])


def _told(cell: Any) -> Any:
    """Numbers as text: SQLite keeps a decimal as a number where that changes no digit."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def test_numbers_keep_their_digits() -> None:
    long = "12345678901234567890.1234"
    told = {"1200.0000": "1200", "0.5000": "0.5", "-3.2500": "-3.25", "0.0000": "0", long: long}
    assert {text: number(Decimal(text)) for text in told} == told
