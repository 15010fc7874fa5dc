"""An export is there as a whole or not at all, and what was there before stays until it is."""

import os
import re
import resource
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.export.format import Format
from overt.export.public_release import Holdings
from overt.export.registry import FORMATS
from overt.export.result import Loss, Written
from overt.export.run import export
from overt.model import replace
from overt.model.errors import OvertError, UsageError


def form(body: Callable[[Path], object], ending: str = "") -> Format:
    """A format that does what a test wants."""

    def write(holdings: Holdings, target: Path) -> Written:
        body(target)
        return Written(holdings.records, (Loss("hues", 3, "it is black and white"), Loss("sounds", 0, "there were none")))

    return Format("test", "a test", ending, write)


def folder(target: Path, text: str = "new") -> None:
    target.mkdir()
    (target / "b.txt").write_text(text, encoding="utf-8")
    (target / "a.txt").write_text(text, encoding="utf-8")


def file(target: Path, text: str = "new") -> None:
    target.write_text(text, encoding="utf-8")


def breaks(target: Path) -> None:
    folder(target)
    raise OSError(28, "No space left on device")


FOLDER, FILE = form(folder), form(file, ".txt")


def held(path: Path) -> dict[str, Any]:
    """All that lies beside a path and below, hidden files too."""
    return {str(one.relative_to(path)): one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()}


def test_the_report_stands_beside_it(holdings: Holdings, tmp_path: Path) -> None:
    said = export(holdings, FOLDER, tmp_path / "out")
    assert sorted(held(tmp_path)) == ["out.report.json", "out/a.txt", "out/b.txt"]
    assert orjson.loads((tmp_path / "out.report.json").read_bytes()) == said
    assert [one["path"] for one in said["files"]] == ["a.txt", "b.txt"]
    assert said["not_carried"][:1] == [{"what": "hues", "count": 3, "why": "it is black and white", "kept_in": "parquet"}]
    assert said["release"].endswith("+open") and [one["source"] for one in said["left_out"]] == ["secret_map"]
    assert {one["attribution"] for one in said["sources"]} >= {"Source: open_register"}


def test_a_folder_may_be_an_archive(holdings: Holdings, tmp_path: Path) -> None:
    export(holdings, FOLDER, tmp_path / "one.zip")
    export(holdings, FOLDER, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert zipfile.ZipFile(tmp_path / "one.zip").namelist() == ["a.txt", "b.txt"]
    with pytest.raises(UsageError, match="is one file and no archive"):
        export(holdings, FILE, tmp_path / "three.zip")


@pytest.mark.parametrize("name", ["all.csv", "all.GeoJSON", "all.tar"])
def test_several_files_are_not_put_under_the_name_of_one(holdings: Holdings, tmp_path: Path, name: str) -> None:
    with pytest.raises(
        UsageError, match=r"makes several files, not one; name a folder for them \(all\) or an archive \(all\.zip\)"
    ):
        export(holdings, FOLDER, tmp_path / name)
    assert held(tmp_path) == {}
    export(holdings, FILE, tmp_path / name)
    export(holdings, FOLDER, tmp_path / "release-1.5")  # an ending that says nothing of the kind


@pytest.mark.parametrize("made", [FOLDER, FILE])
def test_nothing_is_replaced_unless_that_is_said(holdings: Holdings, tmp_path: Path, made: Format) -> None:
    export(holdings, made, tmp_path / "out")
    before = held(tmp_path)
    other = form(lambda target: (folder if made is FOLDER else file)(target, "other"), made.ending)
    with pytest.raises(UsageError, match="is there already"):
        export(holdings, other, tmp_path / "out")
    assert held(tmp_path) == before
    export(holdings, other, tmp_path / "out", force=True)
    assert b"other" in held(tmp_path).values() and held(tmp_path).keys() == before.keys()


def test_what_no_export_made_is_never_replaced(holdings: Holdings, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    for made in (FOLDER, FILE):
        with pytest.raises(UsageError):
            export(holdings, made, tmp_path / "mine", force=True)
    (tmp_path / "file").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        export(holdings, FOLDER, tmp_path / "file", force=True)
    assert set(held(tmp_path).values()) == {b"years of work"}


def test_a_failure_leaves_what_was_there(holdings: Holdings, tmp_path: Path) -> None:
    export(holdings, FOLDER, tmp_path / "out")
    before = held(tmp_path)
    with pytest.raises(OvertError, match=r"out: cannot be written: No space left on device"):
        export(holdings, form(breaks), tmp_path / "out", force=True)
    with pytest.raises(OvertError):
        export(holdings, form(breaks), tmp_path / "out.zip")
    assert held(tmp_path) == before


def test_a_folder_that_cannot_come_leaves_the_old_one(
    holdings: Holdings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(holdings, FOLDER, tmp_path / "out")
    before = held(tmp_path)
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if target.name == "out" and "-old-" not in self.name:
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(replace, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OvertError, match="Input/output error"):
        export(holdings, FOLDER, tmp_path / "out", force=True)
    assert held(tmp_path) == before


def test_where_names_cannot_change_places_the_old_one_steps_aside(
    holdings: Holdings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replace, "exchange", lambda *_: False)
    export(holdings, FOLDER, tmp_path / "out")
    export(holdings, form(lambda target: folder(target, "other")), tmp_path / "out", force=True)
    assert {name: text for name, text in held(tmp_path).items() if name.endswith("txt")} == {
        "out/a.txt": b"other",
        "out/b.txt": b"other",
    }
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".tmp-")] == []


def test_the_report_of_a_run_that_was_killed_before_it_came_is_put_beside_it(holdings: Holdings, tmp_path: Path) -> None:
    export(holdings, FOLDER, tmp_path / "out")
    before = held(tmp_path)
    whole, other = (tmp_path / f".tmp-{dead()}-out.report.json" for _ in range(2))
    (tmp_path / "out.report.json").rename(whole)
    other.write_bytes(b'{"files": [')
    with pytest.raises(UsageError, match="is there already"):
        export(holdings, FOLDER, tmp_path / "out")
    assert held(tmp_path) == before


@contextmanager
def no_room() -> Iterator[None]:
    """No file of this process may be longer than a line: what a full disk answers, as far as programs can tell."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", FORMATS)
def test_a_full_disk_is_one_line(holdings: Holdings, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"out{FORMATS[name].ending}"
    with no_room(), pytest.raises(OvertError) as refused:
        export(holdings, FORMATS[name], target)
    assert re.fullmatch(rf"{target}: cannot be written: .+", str(refused.value)), "one line"
    assert list(tmp_path.iterdir()) == []


def test_a_release_that_cannot_be_read_is_named(holdings: Holdings, tmp_path: Path) -> None:
    def reads(target: Path) -> None:
        holdings.connection.execute(f"FROM read_parquet('{tmp_path / 'claims.parquet'}')")

    with pytest.raises(
        OvertError, match=rf"^release {re.escape(holdings.release)}: cannot be read: .*claims.*; run `overt verify`$"
    ):
        export(holdings, form(reads), tmp_path / "out")


def test_a_wrong_query_is_no_full_disk(holdings: Holdings, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        export(holdings, form(lambda _: sqlite3.connect(":memory:").execute("SELECT 1 FROM nowhere")), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_no_folder_can_be_made_in_a_file(holdings: Holdings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"file/far/out: \S+/file is a file; name another"):
        export(holdings, FOLDER, tmp_path / "file" / "far" / "out")


def dead() -> int:
    """The number of a process that has ended."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_what_a_killed_run_left_goes_and_what_stepped_aside_comes_back(holdings: Holdings, tmp_path: Path) -> None:
    ended, living = dead(), os.getppid()
    for name in (f".tmp-{ended}-out", f".tmp-old-{ended}-out", f".tmp-{living}-out", f".tmp-{ended}-outer"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_text(name, encoding="utf-8")
    with pytest.raises(OvertError):
        export(holdings, form(breaks), tmp_path / "out")
    assert held(tmp_path) == {
        "out/x": f".tmp-old-{ended}-out".encode(),
        f".tmp-{living}-out/x": f".tmp-{living}-out".encode(),
        f".tmp-{ended}-outer/x": f".tmp-{ended}-outer".encode(),
    }
