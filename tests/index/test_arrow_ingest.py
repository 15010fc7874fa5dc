"""Loading SQLite tables from DuckDB as Arrow: rows, the order of tables, and failures."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from overt.index import arrow_ingest
from overt.index.arrow_ingest import load_tables
from overt.model.errors import OvertError

SCHEMA = """
CREATE TABLE numbers (n INTEGER PRIMARY KEY, text TEXT) WITHOUT ROWID;
CREATE TABLE kinds ("left" TEXT, whole INTEGER, share REAL, truth INTEGER, lacking TEXT);
CREATE TEMP TABLE kept (n INTEGER);
"""
MANY = 3 * arrow_ingest._BATCH_ROWS + 1


@pytest.fixture
def target(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "index.sqlite", isolation_level=None)
    connection.executescript(SCHEMA)
    yield connection
    connection.close()


def load(tmp_path: Path, **queries: str) -> list[str]:
    steps: list[str] = []
    with duckdb.connect() as source:
        load_tables(tmp_path / "index.sqlite", source, queries, steps.append)
    assert [thread for thread in threading.enumerate() if thread.name.startswith("duckdb")] == []
    return steps


def test_rows_of_several_batches_and_tables(tmp_path: Path, target: sqlite3.Connection) -> None:
    target.execute("INSERT INTO kept VALUES (1)")
    kinds = "SELECT 'ä', 2::BIGINT, 0.5::DOUBLE, true, NULL::VARCHAR UNION ALL SELECT NULL, NULL, NULL, NULL, NULL"
    steps = load(tmp_path, numbers=f"SELECT range, 'n' || range FROM range({MANY}) ORDER BY range", kinds=kinds)
    assert steps == ["numbers", "kinds"]
    assert target.execute("SELECT count(*), min(n), max(n) FROM numbers").fetchone() == (MANY, 0, MANY - 1)
    assert target.execute("SELECT text FROM numbers WHERE n = 70000").fetchone() == ("n70000",)
    assert target.execute("SELECT * FROM kinds").fetchall() == [("ä", 2, 0.5, 1, None), (None,) * 5]
    types = target.execute("SELECT typeof(whole), typeof(share), typeof(truth) FROM kinds").fetchone()
    assert types == ("integer", "real", "integer")
    assert target.execute("SELECT n FROM kept").fetchall() == [(1,)], "temporary tables stay"


def test_a_table_without_rows(tmp_path: Path, target: sqlite3.Connection) -> None:
    load(tmp_path, numbers="SELECT 1, 'x' WHERE false")
    assert target.execute("SELECT count(*) FROM numbers").fetchone() == (0,)


@pytest.mark.parametrize(
    "query",
    ["SELECT nothing_like_it", f"SELECT range, CASE WHEN range > {MANY - 10} THEN error('boom') END FROM range({MANY})"],
    ids=["at once", "after some batches"],
)
def test_a_query_that_fails_raises_its_own_error(tmp_path: Path, target: sqlite3.Connection, query: str) -> None:
    with pytest.raises(duckdb.Error, match=r"boom|nothing_like_it"):
        load(tmp_path, numbers=query, kinds="SELECT 'a', 1, 1::DOUBLE, true, NULL")
    assert target.execute("SELECT count(*) FROM numbers").fetchone() == (0,), "nothing is committed"


def test_an_error_of_sqlite_names_the_folder_and_the_table(tmp_path: Path, target: sqlite3.Connection) -> None:
    with pytest.raises(OvertError, match=rf"^{tmp_path}: table numbers cannot be written: .*UNIQUE"):
        load(tmp_path, kinds="SELECT 'a', 1, 1::DOUBLE, true, NULL", numbers=f"SELECT 1, 'twice' FROM range({MANY})")
    assert target.execute("SELECT count(*) FROM kinds").fetchone() == (0,)


def test_a_full_disk_is_an_advice_to_make_room(
    tmp_path: Path, target: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow_ingest, "_PRAGMAS", [*arrow_ingest._PRAGMAS, "max_page_count = 20"])
    with pytest.raises(OvertError, match=rf"^{tmp_path}: table kinds cannot be written: .*full .*; make room there$"):
        load(tmp_path, kinds=f"SELECT 'a' || range, 1, 1::DOUBLE, true, NULL FROM range({MANY})")


def test_a_query_with_other_columns_is_a_bug(tmp_path: Path, target: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="zip"):
        load(tmp_path, numbers="SELECT 1")


def test_ctrl_c_stays_ctrl_c(tmp_path: Path, target: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    class Batches(arrow_ingest.Queue):
        def get(self, *arguments: object) -> object:
            item = super().get(*arguments)
            if isinstance(item, pa.RecordBatch):
                raise KeyboardInterrupt
            return item

    monkeypatch.setattr(arrow_ingest, "Queue", Batches)
    with pytest.raises(KeyboardInterrupt):
        load(tmp_path, numbers=f"SELECT range, '' FROM range({MANY})")
