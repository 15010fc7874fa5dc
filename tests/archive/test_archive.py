import hashlib
import json
import os
import shutil
import subprocess
import sys
import time

import pytest

from overt.archive import Archive, ArchiveError, StoredFile
from overt.archive.capture_index import serialise

ADDRESS = "https://example.org/data.csv"


def add(archive, source="alpha", retrieved="2026-11-24", **files):
    stored = [StoredFile(archive.put_stream([data]), role, f"{role}.csv", ADDRESS) for role, data in files.items()]
    return archive.add_snapshot(source, retrieved, "CC BY 4.0", stored)


def read_files(root):
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_bytes_are_stored_under_their_hash(archive):
    sha256 = archive.put_stream([b"one"])
    assert sha256 == hashlib.sha256(b"one").hexdigest()
    assert archive.path(sha256) == archive.root / sha256[:2] / sha256[2:]
    assert archive.read(sha256) == b"one"
    assert archive.put_stream(iter([b"o", b"", b"ne"])) == sha256


def test_missing_and_damaged_captures_and_invalid_hashes_raise(archive):
    sha256 = archive.put_stream([b"one"])
    archive.path(sha256).write_bytes(b"two")
    assert archive.path(sha256).is_file()
    for read in (archive.read, lambda name: archive.path(name, verify=True)):
        with pytest.raises(ArchiveError, match="have changed since they were archived"):
            read(sha256)
    with pytest.raises(ArchiveError, match="missing"):
        archive.read("0" * 64)
    with pytest.raises(ArchiveError, match="not the SHA-256"):
        archive.path("../../etc/passwd")


def test_storing_again_repairs_a_damaged_object(archive):
    sha256 = archive.put_stream([b"one"])
    archive.path(sha256).write_bytes(b"two")
    archive.put_stream([b"one"])
    assert archive.read(sha256) == b"one"


def test_a_failing_stream_leaves_nothing(archive):
    def chunks():
        yield b"half"
        raise ValueError

    with pytest.raises(ValueError):
        archive.put_stream(chunks())
    assert read_files(archive.root) == {}


def test_a_snapshot_has_all_fields(archive):
    snapshot, added = add(archive, beta=b"22", alpha=b"1")
    assert added
    assert snapshot.id.startswith("2026-11-24-") and len(snapshot.id) == 19
    assert [(c.role, c.name, c.bytes, c.address, c.licence, c.source, c.retrieved) for c in snapshot.captures] == [
        ("alpha", "alpha.csv", 1, ADDRESS, "CC BY 4.0", "alpha", "2026-11-24"),
        ("beta", "beta.csv", 2, ADDRESS, "CC BY 4.0", "alpha", "2026-11-24"),
    ]
    assert archive.snapshots("alpha") == [snapshot]
    assert archive.captures() == snapshot.captures
    assert list(archive.verify()) == []
    assert list(json.loads(archive.index.read_text().splitlines()[0])) == [
        *("sha256", "bytes", "source", "role", "name", "address", "retrieved", "snapshot", "licence", "chain")
    ]


def test_adding_again_changes_nothing_and_order_does_not_matter(archive):
    first, _ = add(archive, a=b"1", b=b"2")
    before = read_files(archive.root)
    again, added = add(archive, b=b"2", a=b"1")
    assert (again, added) == (first, False)
    assert read_files(archive.root) == before
    other_day, added = add(archive, retrieved="2026-11-25", a=b"1", b=b"2")
    assert added and other_day.id != first.id


def test_snapshots_are_in_the_order_of_archiving(archive):
    ids = [add(archive, source, day, a=data)[0].id for source, day, data in [
        ("alpha", "2026-11-24", b"1"), ("beta", "2020-01-01", b"1"), ("alpha", "2019-01-01", b"2"),
    ]]  # fmt: skip
    assert [(s.source, s.position) for s in archive.snapshots()] == [("alpha", 0), ("beta", 1), ("alpha", 2)]
    assert [s.id for s in archive.snapshots("alpha")] == [ids[0], ids[2]]
    assert [s.position for s in Archive(archive.root).snapshots("alpha")] == [0, 2]


def test_the_same_bytes_in_the_same_order_give_the_same_archive(tmp_path):
    for name in "ab":
        archive = Archive(tmp_path / name / "archive")
        add(archive, a=b"1", b=b"2")
        add(archive, "beta", a=b"3")
    first, second = tmp_path / "a", tmp_path / "b"
    assert [(path.relative_to(first), data) for path, data in read_files(first).items()] == [
        (path.relative_to(second), data) for path, data in read_files(second).items()
    ]


@pytest.mark.parametrize(
    ("source", "day", "names", "message"),
    [
        ("Alpha!", "2026-11-24", ["x"], "not a source's name"),
        ("alpha", "2026-11-31", ["x"], "not a day"),
        ("alpha", "20261124", ["x"], "not a day"),
        ("alpha", "2026-11-24", [], "at least one file"),
        ("alpha", "2026-11-24", ["x", "x"], "named twice"),
        ("alpha", "2026-11-24", ["x\ny"], "cannot be a file's name"),
        ("alpha", "2026-11-24", [os.fsdecode(b"\xff.csv")], "cannot be a file's name"),
    ],
)
def test_invalid_fields_never_enter_the_index(archive, source, day, names, message):
    add(archive, a=b"0")
    before = archive.index.read_bytes()
    stored = [StoredFile(archive.put_stream([b"1"]), "role", name, ADDRESS) for name in names]
    with pytest.raises(ArchiveError, match=message) as caught:
        archive.add_snapshot(source, day, "CC0", stored)
    assert "\n" not in str(caught.value)
    assert archive.index.read_bytes() == before


def test_a_snapshot_of_a_missing_object_is_refused(archive):
    with pytest.raises(ArchiveError, match="missing"):
        archive.add_snapshot("alpha", "2026-11-24", "CC0", [StoredFile("0" * 64, "a", "a.csv", ADDRESS)])
    assert archive.captures() == ()


def test_names_in_any_script_survive(archive):
    name = "数据/کتاب\u200c\u2028‏.csv"
    archive.add_snapshot("alpha", "2026-11-24", "CC0", [StoredFile(archive.put_stream([b"1"]), "a", name, ADDRESS)])
    assert Archive(archive.root).captures()[0].name == name
    assert list(archive.verify()) == []


@pytest.mark.slow
def test_every_flipped_byte_is_detected(archive):
    add(archive, a=b"12", b=b"3")
    add(archive, "beta", a=b"4")
    assert list(archive.verify()) == []
    for path, data in read_files(archive.root).items():
        for at in range(len(data)):
            for mask in (0x01, 0x20, 0x80):
                path.write_bytes(data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :])
                assert list(archive.verify()), f"{path} at {at} with {mask}"
        path.write_bytes(data)
    assert list(archive.verify()) == []


def test_a_damaged_line_is_one_problem_and_stops_readers(archive):
    for day in range(1, 6):
        add(archive, retrieved=f"2026-11-0{day}", a=b"1")
    lines = archive.index.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"CC BY", b"CC PY")
    archive.index.write_bytes(b"".join(lines))
    assert [problem.partition(": ")[2] for problem in archive.verify()] == ["line 3 does not fit the previous line"]
    with pytest.raises(ArchiveError, match=r"line 3 .*restore the index"):
        archive.snapshots()
    with pytest.raises(ArchiveError, match="line 3"):
        add(archive, retrieved="2026-11-09", a=b"1")


def test_removed_added_and_swapped_lines_are_detected(archive):
    for day in range(1, 5):
        add(archive, retrieved=f"2026-11-0{day}", a=b"%d" % day)
    intact = archive.index.read_bytes()
    lines = intact.splitlines(keepends=True)
    for broken in (
        lines[1:],
        lines[:1] + lines[2:],
        lines[:-1],  # detected because the object is then in no line of the index
        [lines[0], lines[2], lines[1], lines[3]],
        [*lines, lines[-1]],
        [*lines, b"\n"],
        [b"".join(lines)[:-1]],
        [],
    ):
        archive.index.write_bytes(b"".join(broken))
        assert list(archive.verify()), broken
    archive.index.write_bytes(intact)
    assert list(archive.verify()) == []


def test_a_cut_off_end_is_detected_although_no_object_is_missing(archive):
    stored = [StoredFile(archive.put_stream([b"1"]), "a", name, ADDRESS) for name in ("x", "y")]
    for day in ("2026-11-01", "2026-11-02"):
        archive.add_snapshot("alpha", day, "CC0", stored)
    lines = archive.index.read_bytes().splitlines(keepends=True)
    for remaining, message in (
        (lines[:3], "has lost captures"),
        ([*lines[:3], lines[3][:-1]], "line 4 is cut off"),
        ([*lines[:3], lines[3][:-9]], "line 4 is cut off"),
    ):
        archive.index.write_bytes(b"".join(remaining))
        assert any(message in problem for problem in archive.verify())


def test_a_line_with_other_fields_or_encoding_is_detected(archive):
    add(archive, a=b"1")
    (capture,) = archive.captures()
    fields = json.loads(serialise(capture))
    for text in (
        json.dumps(fields),
        json.dumps(fields | {"more": 1}, separators=(",", ":")),
        json.dumps(fields | {"bytes": "1"}, separators=(",", ":")),
        json.dumps(fields | {"bytes": True}, separators=(",", ":")),
        "[]",
        "",
    ):
        archive.index.write_text(text + "\n")
        assert any("not a line that Overt wrote" in problem for problem in archive.verify()), text


def test_missing_and_stray_files_are_detected(archive):
    snapshot, _ = add(archive, a=b"1")
    path = archive.path(snapshot.captures[0].sha256)
    stray = archive.root / "ab" / ("c" * 62)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"?")
    (archive.root / "notes.txt").write_text("?")
    path.rename(archive.root / "moved")
    problems = list(archive.verify())
    assert len(problems) == 4
    assert sum("does not name" in problem for problem in problems) == 3
    assert sum("is missing" in problem for problem in problems) == 1


def test_a_link_instead_of_an_object_is_detected(archive, tmp_path):
    snapshot, _ = add(archive, a=b"1")
    path = archive.path(snapshot.captures[0].sha256)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert list(archive.verify())


KILLED = """
import os, signal, sys
from pathlib import Path
from overt.archive import Archive
archive = Archive(Path(sys.argv[1]))
with archive.writing():
    archive.put_stream([b"stored, but not yet in the index"])
    def chunks():
        yield b"half"
        os.kill(os.getpid(), signal.SIGKILL)
    archive.put_stream(chunks())
"""


def test_leftovers_of_a_killed_run_are_not_problems_and_are_removed(archive):
    add(archive, a=b"1")
    before = read_files(archive.root)
    run = subprocess.run([sys.executable, "-c", KILLED, str(archive.root)], check=False)
    assert run.returncode == -9
    (archive.root / ".tmp-1-index.jsonl").write_bytes(b"half")
    assert len(read_files(archive.root)) == len(before) + 4
    assert list(archive.verify()) == []
    with Archive(archive.root).writing():
        assert read_files(archive.root) == before


def test_an_object_of_a_killed_run_stays_if_stored_again(archive):
    subprocess.run([sys.executable, "-c", KILLED, str(archive.root)], check=False)
    archive._cleaned = True  # makes the archive behave as if this run had cleaned up before the other run was killed
    again = archive.put_stream([b"stored, but not yet in the index"])
    archive._cleaned = False
    snapshot, _ = archive.add_snapshot("alpha", "2026-11-24", "CC0", [StoredFile(again, "a", "a.csv", ADDRESS)])
    assert archive.read(snapshot.captures[0].sha256)
    assert list(archive.verify()) == []


def test_only_old_downloads_are_removed(archive):
    archive.partial.mkdir(parents=True)
    for name, age in (("new.part", 0), ("old.part", 8 * 24 * 3600)):
        (archive.partial / name).write_bytes(b"half")
        os.utime(archive.partial / name, (time.time() - age,) * 2)
    with archive.writing():
        assert [path.name for path in archive.partial.iterdir()] == ["new.part"]


def test_changes_by_another_writer_are_read(archive):
    add(archive, a=b"1")
    other = Archive(archive.root)
    assert len(other.captures()) == 1
    add(archive, "beta", a=b"2")
    assert len(other.captures()) == 2


def test_an_empty_or_missing_archive_has_no_problems(archive, tmp_path):
    assert list(archive.verify()) == [] and archive.snapshots() == []
    shutil.rmtree(tmp_path)
    assert list(archive.verify()) == []
