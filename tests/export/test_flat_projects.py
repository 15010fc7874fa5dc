"""The flat table of projects: the same in every file, exact, and safe to open."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq

from overt.export.public_release_reader import PublicRelease
from overt.release.flat_projects import COLUMNS, NAME
from tests.support.small_atlas_exports import ExportedFile


def rows(path: Path) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(path, read_only=True)["projects"].iter_rows(values_only=True)]


def test_the_workbook_is_the_released_table(exports: dict[str, ExportedFile], public_release: PublicRelease) -> None:
    header, *lines = rows(exports["xlsx"].path)
    table = pq.read_table(public_release.tables[NAME]).to_pylist()
    assert header == list(COLUMNS) == list(table[0])
    assert len(lines) == len(table) == public_release.record_counts["project"]
    for line, row in zip(lines, table, strict=True):
        padded = [*line, *[None] * (len(COLUMNS) - len(line))]  # empty cells at the end of a row are not stored
        for value, name in zip(padded, COLUMNS, strict=True):
            expected = row[name]
            if isinstance(expected, str):
                assert str(value).removeprefix("'") == expected.removeprefix("'"), (row["id"], name)
            else:
                assert (value is None) == (expected is None), (row["id"], name)
                assert float(str(value or 0)) == float(expected or 0), (row["id"], name)


def test_no_cell_is_a_formula(exports: dict[str, ExportedFile]) -> None:
    book = openpyxl.load_workbook(exports["xlsx"].path)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds and "s" in kinds


def test_csv_and_sqlite_have_the_same_rows(exports: dict[str, ExportedFile]) -> None:
    lines = rows(exports["xlsx"].path)
    with (exports["csv"].path / f"{NAME}.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    assert [line[:2] for line in table] == [[str(value) for value in line[:2]] for line in lines]
    with closing(sqlite3.connect(exports["sqlite"].path)) as database:
        assert [row[0] for row in database.execute(f"SELECT id FROM {NAME}")] == [line[0] for line in lines[1:]]


def test_numbers_agree_with_the_records(public_release: PublicRelease) -> None:
    roles = "SELECT project AS id, count(DISTINCT organization) AS n FROM roles WHERE role = 'supplier' GROUP BY project"
    query = f"""
        SELECT f.id FROM {NAME} AS f LEFT JOIN ({roles}) AS r USING (id)
        WHERE (f.supplier_name IS NULL) <> (coalesce(r.n, 0) = 0) OR len(string_split(f.supplier_name, '; ')) > r.n
    """
    assert public_release.rows(query) == []
    amounts = """
        SELECT project AS id, amount_unit, sum(amount) AS amount FROM commitments
        WHERE amount IS NOT NULL AND coalesce(status, 'unknown') <> 'cancelled'
            AND id NOT IN (SELECT id FROM repeated_commitments)
        GROUP BY ALL
    """
    money = f"""
        SELECT f.id FROM {NAME} AS f JOIN ({amounts}) AS m ON m.id = f.id AND m.amount_unit = f.amount_unit
        WHERE f.amount <> m.amount
    """
    assert public_release.rows(money) == []


def test_the_released_table_has_the_columns(public_release: PublicRelease) -> None:
    assert [row["column_name"] for row in public_release.rows(f"DESCRIBE {NAME}")] == list(COLUMNS)
