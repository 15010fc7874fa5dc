"""Readers of an index: they cannot write, belong to one user at a time, and return to the pool."""

import sqlite3
from pathlib import Path

import pytest

from overt.model.errors import OvertError
from overt.queries.database import Database, Reader
from overt.server.app import ServeSettings, prepare
from tests.support.small_atlas import SmallAtlas


def test_readers_cannot_write(reader: Reader) -> None:
    for statement in ("DELETE FROM records", "CREATE TABLE x (y)", "PRAGMA user_version = 1"):
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader._connection.execute(statement)


def test_a_leased_reader_is_exclusive(atlas: SmallAtlas) -> None:
    database = Database(prepare(ServeSettings(atlas.workspace, atlas.release)).database)
    with database.lease() as first, database.lease() as other:
        assert first is not other
    with database.lease() as again:
        assert again in (first, other)
    database.close()


def test_a_reader_is_returned_to_the_pool_after_a_lookup_error(atlas: SmallAtlas) -> None:
    database = Database(prepare(ServeSettings(atlas.workspace, atlas.release)).database)
    with pytest.raises(LookupError), database.lease() as reader:
        raise LookupError
    with pytest.raises(sqlite3.OperationalError), database.lease() as broken:
        broken._connection.execute("no SQL")
    assert broken is reader
    with database.lease() as again:
        assert again is not reader
    database.close()


def test_a_missing_file_is_reported_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(OvertError, match=r"cache of this release was removed"), Database(tmp_path / "none").lease():
        pass
