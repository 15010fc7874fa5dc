import pytest

from overt.archive import ArchiveError, fetch_local, match_files
from overt.archive.current_day import today


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "data"
    (folder / "cable").mkdir(parents=True)
    (folder / "cable" / "a.json").write_bytes(b"{}")
    (folder / "cable" / "b.json").write_bytes(b"[1]")
    (folder / "list.csv").write_bytes(b"x" * 3_000_000)
    return match_files(folder, {"cables": ["cable/*.json"], "list": ["list.csv"]})


def fetch(archive, files, **more):
    return fetch_local(archive, "alpha", files, address="https://example.org/", licence="CC0", **more)


def test_a_folder_becomes_one_snapshot(archive, files):
    reports = []
    snapshot, added = fetch(archive, files, retrieved="2022-11-10", progress=lambda *done: reports.append(done))
    assert added and snapshot.retrieved == "2022-11-10"
    assert [(c.role, c.name, c.bytes) for c in snapshot.captures] == [
        ("cables", "cable/a.json", 2),
        ("cables", "cable/b.json", 3),
        ("list", "list.csv", 3_000_000),
    ]
    assert {c.address for c in snapshot.captures} == {"https://example.org/"}
    assert reports[-1] == (3_000_005, 3_000_005) and reports == sorted(reports) and len(reports) > 3
    assert archive.read(snapshot.captures[1].sha256) == b"[1]"
    assert fetch(archive, files, retrieved="2022-11-10") == (snapshot, False)
    assert list(archive.verify()) == []


def test_the_default_day_is_today(archive, files):
    days = {today()}
    snapshot, _ = fetch(archive, files)
    assert snapshot.retrieved in days | {today()}


def test_a_missing_file_leaves_the_index_unchanged(archive, files):
    fetch(archive, files, retrieved="2022-11-10")
    before = archive.index.read_bytes()
    name, path = files["cables"][1]
    for broken in ({"cables": [(name, path.parent)]}, {"cables": [(name, path.with_name("gone.json"))]}):
        with pytest.raises(ArchiveError, match="cannot read the file"):
            fetch(archive, broken)
    assert archive.index.read_bytes() == before


def test_a_snapshot_without_files_is_refused(archive):
    with pytest.raises(ArchiveError, match="at least one file"):
        fetch(archive, {"cables": []})
