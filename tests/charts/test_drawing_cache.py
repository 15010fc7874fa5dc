"""The file that keeps drawings: bounded, and never in the way."""

from pathlib import Path

from overt.charts.drawing_cache import Store


def test_what_is_put_is_there_until_it_is_the_oldest(tmp_path: Path) -> None:
    store = Store(tmp_path / "charts.sqlite", most=50)
    for number in range(200):
        store.put(f"key{number}", f"svg{number}")
        store.put(f"key{number}", "another")
    held = [number for number in range(200) if store.get(f"key{number}") == f"svg{number}"]
    assert len(held) <= 55
    assert held == list(range(held[0], 200))
    store.close()


def test_a_file_that_is_broken_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "charts.sqlite"
    path.write_bytes(b"this is no database, it is a text that is long enough to be looked at" * 50)
    store = Store(path)
    store.put("key", "svg")
    assert store.get("key") == "svg"
    store.close()
    assert Store(path).get("key") == "svg"


def test_where_nothing_can_be_written_memory_serves(tmp_path: Path) -> None:
    store = Store(tmp_path / "no such folder" / "charts.sqlite")
    store.put("key", "svg")
    assert store.get("key") == "svg"


def test_after_closing_nothing_fails(tmp_path: Path) -> None:
    store = Store(tmp_path / "charts.sqlite")
    store.close()
    store.put("key", "svg")
    assert store.get("key") is None


def test_two_share_a_file(tmp_path: Path) -> None:
    one, other = Store(tmp_path / "charts.sqlite"), Store(tmp_path / "charts.sqlite")
    one.put("key", "svg")
    assert other.get("key") == "svg"
    one.close()
    other.close()
