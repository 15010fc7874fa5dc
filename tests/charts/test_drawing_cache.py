"""The cache of drawings is bounded, and drawing continues if the cache's file fails."""

from pathlib import Path

from overt.charts.drawing_cache import DrawingCache


def test_the_oldest_drawings_are_deleted_first(tmp_path: Path) -> None:
    cache = DrawingCache(tmp_path / "charts.sqlite", most=50)
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
