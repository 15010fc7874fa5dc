"""An export is complete or absent, and the previous one stays until the new one is complete."""

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

from overt.export.atomic_export import export
from overt.export.export_format import ExportFormat
from overt.export.export_result_and_losses import ExportResult, Loss
from overt.export.format_registry import FORMATS
from overt.export.public_release_reader import PublicRelease
from overt.model.errors import OvertError, UsageError
from overt.model.files import atomic_replace


def make_format(body: Callable[[Path], object], ending: str = "") -> ExportFormat:
    """Return a format that writes with `body`, and reports two losses: one of three records, and one of no records."""

    def write(public_release: PublicRelease, target: Path) -> ExportResult:
        body(target)
        return ExportResult(
            public_release.record_counts, (Loss("hues", 3, "it is black and white"), Loss("sounds", 0, "there were none"))
        )

    return ExportFormat("test", "a test", ending, write)


def folder(target: Path, text: str = "new") -> None:
    target.mkdir()
    (target / "b.txt").write_text(text, encoding="utf-8")
    (target / "a.txt").write_text(text, encoding="utf-8")


def file(target: Path, text: str = "new") -> None:
    target.write_text(text, encoding="utf-8")


def breaks(target: Path) -> None:
    folder(target)
    raise OSError(28, "No space left on device")


FOLDER, FILE = make_format(folder), make_format(file, ".txt")


def read_files(folder: Path) -> dict[str, Any]:
    """Return the content of all files in a folder, including hidden ones."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_the_report_is_beside_the_export(public_release: PublicRelease, tmp_path: Path) -> None:
    report = export(public_release, FOLDER, tmp_path / "out")
    assert sorted(read_files(tmp_path)) == ["out.report.json", "out/a.txt", "out/b.txt"]
    assert orjson.loads((tmp_path / "out.report.json").read_bytes()) == report
    assert [file["path"] for file in report["files"]] == ["a.txt", "b.txt"]
    assert report["not_carried"][:1] == [{"what": "hues", "count": 3, "why": "it is black and white", "kept_in": "parquet"}]
    assert report["release"].endswith("+open") and [source["source"] for source in report["left_out"]] == ["secret_map"]
    assert {source["attribution"] for source in report["sources"]} >= {"Source: open_register"}


def test_a_folder_may_be_an_archive(public_release: PublicRelease, tmp_path: Path) -> None:
    export(public_release, FOLDER, tmp_path / "one.zip")
    export(public_release, FOLDER, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert zipfile.ZipFile(tmp_path / "one.zip").namelist() == ["a.txt", "b.txt"]
    with pytest.raises(UsageError, match="is a single file, not an archive"):
        export(public_release, FILE, tmp_path / "three.zip")


@pytest.mark.parametrize("name", ["all.csv", "all.GeoJSON", "all.tar"])
def test_several_files_are_not_written_under_the_name_of_a_single_file(
    public_release: PublicRelease, tmp_path: Path, name: str
) -> None:
    with pytest.raises(UsageError, match=r"makes several files; name a folder \(all\) or an archive \(all\.zip\)"):
        export(public_release, FOLDER, tmp_path / name)
    assert read_files(tmp_path) == {}
    export(public_release, FILE, tmp_path / name)
    export(public_release, FOLDER, tmp_path / "release-1.5")  # `.5` is not the suffix of a file format


@pytest.mark.parametrize("form", [FOLDER, FILE])
def test_nothing_is_replaced_without_force(public_release: PublicRelease, tmp_path: Path, form: ExportFormat) -> None:
    export(public_release, form, tmp_path / "out")
    before = read_files(tmp_path)
    other = make_format(lambda target: (folder if form is FOLDER else file)(target, "other"), form.ending)
    with pytest.raises(UsageError, match="already exists"):
        export(public_release, other, tmp_path / "out")
    assert read_files(tmp_path) == before
    export(public_release, other, tmp_path / "out", force=True)
    assert b"other" in read_files(tmp_path).values() and read_files(tmp_path).keys() == before.keys()


def test_a_folder_that_is_not_an_export_is_never_replaced(public_release: PublicRelease, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    for form in (FOLDER, FILE):
        with pytest.raises(UsageError):
            export(public_release, form, tmp_path / "mine", force=True)
    (tmp_path / "file").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        export(public_release, FOLDER, tmp_path / "file", force=True)
    assert set(read_files(tmp_path).values()) == {b"years of work"}


def test_a_failure_leaves_the_previous_export(public_release: PublicRelease, tmp_path: Path) -> None:
    export(public_release, FOLDER, tmp_path / "out")
    before = read_files(tmp_path)
    with pytest.raises(OvertError, match=r"out: cannot be written: No space left on device"):
        export(public_release, make_format(breaks), tmp_path / "out", force=True)
    with pytest.raises(OvertError):
        export(public_release, make_format(breaks), tmp_path / "out.zip")
    assert read_files(tmp_path) == before


def test_a_folder_that_cannot_be_renamed_leaves_the_previous_one(
    public_release: PublicRelease, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(public_release, FOLDER, tmp_path / "out")
    before = read_files(tmp_path)
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if target.name == "out" and "-old-" not in self.name:
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(atomic_replace, "exchange_names", lambda *_: False)
    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OvertError, match="Input/output error"):
        export(public_release, FOLDER, tmp_path / "out", force=True)
    assert read_files(tmp_path) == before


def test_the_previous_export_is_set_aside_where_names_cannot_be_swapped(
    public_release: PublicRelease, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_replace, "exchange_names", lambda *_: False)
    export(public_release, FOLDER, tmp_path / "out")
    export(public_release, make_format(lambda target: folder(target, "other")), tmp_path / "out", force=True)
    assert {name: text for name, text in read_files(tmp_path).items() if name.endswith("txt")} == {
        "out/a.txt": b"other",
        "out/b.txt": b"other",
    }
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".tmp-")] == []


def test_the_report_of_a_killed_run_is_put_beside_its_export(public_release: PublicRelease, tmp_path: Path) -> None:
    export(public_release, FOLDER, tmp_path / "out")
    before = read_files(tmp_path)
    complete, truncated = (tmp_path / f".tmp-{dead()}-out.report.json" for _ in range(2))
    (tmp_path / "out.report.json").rename(complete)
    truncated.write_bytes(b'{"files": [')
    with pytest.raises(UsageError, match="already exists"):
        export(public_release, FOLDER, tmp_path / "out")
    assert read_files(tmp_path) == before


@contextmanager
def full_disk() -> Iterator[None]:
    """Limit the size of files that this process writes, so that writes fail as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", FORMATS)
def test_a_full_disk_is_a_message_of_one_line(public_release: PublicRelease, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"out{FORMATS[name].ending}"
    with full_disk(), pytest.raises(OvertError) as raised:
        export(public_release, FORMATS[name], target)
    assert re.fullmatch(rf"{target}: cannot be written: .+", str(raised.value)), "one line"
    assert list(tmp_path.iterdir()) == []


def test_the_message_names_a_release_that_cannot_be_read(public_release: PublicRelease, tmp_path: Path) -> None:
    def reads(target: Path) -> None:
        public_release.connection.execute(f"FROM read_parquet('{tmp_path / 'claims.parquet'}')")

    with pytest.raises(
        OvertError, match=rf"^release {re.escape(public_release.id)}: cannot be read: .*claims.*; run `overt verify`$"
    ):
        export(public_release, make_format(reads), tmp_path / "out")


def test_a_wrong_query_is_not_reported_as_a_full_disk(public_release: PublicRelease, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        export(
            public_release, make_format(lambda _: sqlite3.connect(":memory:").execute("SELECT 1 FROM nowhere")), tmp_path / "out"
        )
    assert list(tmp_path.iterdir()) == []


def test_no_folder_can_be_made_in_a_file(public_release: PublicRelease, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"file/far/out: \S+/file is a file, not a folder; choose another path"):
        export(public_release, FOLDER, tmp_path / "file" / "far" / "out")


def dead() -> int:
    """Return the id of a dead process."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_leftovers_of_killed_runs_are_removed_and_what_was_set_aside_is_restored(
    public_release: PublicRelease, tmp_path: Path
) -> None:
    ended, living = dead(), os.getppid()
    for name in (f".tmp-{ended}-out", f".tmp-old-{ended}-out", f".tmp-{living}-out", f".tmp-{ended}-outer"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_text(name, encoding="utf-8")
    with pytest.raises(OvertError):
        export(public_release, make_format(breaks), tmp_path / "out")
    assert read_files(tmp_path) == {
        "out/x": f".tmp-old-{ended}-out".encode(),
        f".tmp-{living}-out/x": f".tmp-{living}-out".encode(),
        f".tmp-{ended}-outer/x": f".tmp-{ended}-outer".encode(),
    }
