"""The cache of drawings is bounded, ignores drawings that others wrote into its file, and works without that file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from overt.charts import drawing_cache
from overt.charts.drawing_cache import DrawingCache


def test_the_oldest_drawings_are_deleted_first(tmp_path: Path) -> None:
    cache = DrawingCache(tmp_path / "charts.sqlite", limit=50)
    for number in range(200):
        cache.put(f"key{number}", f"svg{number}")
        cache.put(f"key{number}", "another")
    cached = [number for number in range(200) if cache.get(f"key{number}") == f"svg{number}"]
    assert len(cached) <= 55
    assert cached == list(range(cached[0], 200))
    cache.close()


def test_a_corrupt_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "charts.sqlite"
    path.write_bytes(b"this is no database, it is a text that is long enough to be looked at" * 50)
    cache = DrawingCache(path)
    cache.put("key", "svg")
    assert cache.get("key") == "svg"
    cache.close()
    assert DrawingCache(path).get("key") == "svg"


def test_the_cache_is_in_memory_if_its_file_cannot_be_written(tmp_path: Path) -> None:
    cache = DrawingCache(tmp_path / "no such folder" / "charts.sqlite")
    cache.put("key", "svg")
    assert cache.get("key") == "svg"


def test_after_closing_nothing_fails(tmp_path: Path) -> None:
    cache = DrawingCache(tmp_path / "charts.sqlite")
    cache.close()
    cache.put("key", "svg")
    assert cache.get("key") is None


def test_two_caches_share_a_file(tmp_path: Path) -> None:
    first, second = DrawingCache(tmp_path / "charts.sqlite"), DrawingCache(tmp_path / "charts.sqlite")
    first.put("key", "svg")
    assert second.get("key") == "svg"
    first.close()
    second.close()


def test_a_drawing_that_somebody_else_put_there_is_not_shown(tmp_path: Path) -> None:
    """Pages used to contain whatever was in the file, including scripts."""
    path = tmp_path / "charts.sqlite"
    cache = DrawingCache(path)
    cache.put("key", "<g>1</g>")
    cache.put("other", "<g>2</g>")
    cache.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE sealed_drawings SET svg = '<script>' WHERE key = 'key'")
        [(seal,)] = connection.execute("SELECT seal FROM sealed_drawings WHERE key = 'other'").fetchall()
        connection.execute("INSERT INTO sealed_drawings (key, svg, seal) VALUES ('third', '<g>2</g>', ?)", [seal])
    cache = DrawingCache(path)
    assert [cache.get(key) for key in ("key", "other", "third")] == [None, "<g>2</g>", None]
    cache.put("key", "<g>1</g>")
    assert cache.get("key") == "<g>1</g>", "it is drawn again"


@pytest.mark.ci
def test_a_damaged_drawing_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "charts.sqlite"
    cache = DrawingCache(path)
    cache.put("key", "<g>1</g>")
    cache.close()
    data = path.read_bytes()
    for position in range(0, len(data), 7):
        path.write_bytes(data[:position] + bytes([data[position] ^ 4]) + data[position + 1 :])
        cache = DrawingCache(path)
        assert cache.get("key") in (None, "<g>1</g>"), position
        cache.close()


def test_the_secret_of_another_user_seals_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = DrawingCache(tmp_path / "charts.sqlite")
    cache.put("key", "<g>1</g>")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert cache.get("key") is None
    assert (tmp_path / "state" / "overt" / "seal").stat().st_mode & 0o777 == 0o600


def test_a_locked_file_is_not_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "charts.sqlite"
    cache = DrawingCache(path)
    cache.put("key", "svg")
    cache.close()
    monkeypatch.setattr(drawing_cache, "_LOCK_SECONDS", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("CREATE TABLE another (n INTEGER)")
        in_memory = DrawingCache(path)
        in_memory.put("other", "svg")
        assert (in_memory.get("key"), in_memory.get("other")) == (None, "svg")
        other.execute("ROLLBACK")
    assert DrawingCache(path).get("key") == "svg"
