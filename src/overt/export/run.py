"""Writing an export so that there is the whole of it or nothing new, and never less than before."""

import re
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import orjson

from overt.export.format import Format
from overt.export.public_release import Holdings
from overt.export.report_files import beside, tidy
from overt.export.result import report
from overt.model.atomic_files import remove, sync_directory, sync_file, temporary_path
from overt.model.atomic_replace import replace_target
from overt.model.errors import OvertError, UsageError

ZIP = ".zip"
_ONE_FILE = (
    *(".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".ndjson", ".geojson", ".parquet", ".geoparquet", ".gpkg", ".pmtiles"),
    *(".sqlite", ".db", ".xml", ".txt", ".gz", ".tgz", ".tar"),
)
"""Endings by which somebody says that one file is expected."""
_NOT_WRITTEN = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""What SQLite says of a disk that takes no more; its other errors are of a query."""
_WRITING = re.compile("write|sync|truncate|space left", re.IGNORECASE)
"""Words of DuckDB's errors where it wrote: it has one error for files that it reads and those that it writes."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of each file in an archive: the earliest that the form can say, so that equal files make equal archives."""


def export(holdings: Holdings, form: Format, target: Path, *, force: bool = False) -> dict[str, Any]:
    """Write an edition as `form` to `target`, and what was written and what was not to `<target>.report.json`; returns that.

    What is there already stays until all of the new is on the disk. Raises UsageError where something is there and `force` is
    not given, or where what is there is no export; OvertError where nothing can be written there.
    """
    target = target.absolute()  # not resolved: a link is replaced, not what it leads to
    made, told = temporary_path(target), temporary_path(beside(target))
    try:
        tidy(target)
        _may_write(form, target, force=force)
        target.parent.mkdir(parents=True, exist_ok=True)
        written = form.write(holdings, made)
        if form.is_folder and target.suffix == ZIP:
            made = _zipped(made)
        _sync(made)
        said = report(holdings, form.name, target, made, written)
        told.write_bytes(orjson.dumps(said, option=orjson.OPT_INDENT_2) + b"\n")
        sync_file(told)
        replace_target(made, target)
        told.replace(beside(target))
        sync_directory(target.parent)
        return said
    except OSError as error:
        raise OvertError(f"{target}: cannot be written: {error.strerror or error}") from error
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _NOT_WRITTEN:  # the rest of the code says more closely what happened
            raise
        raise OvertError(f"{target}: cannot be written: {error}") from error
    except duckdb.IOException as error:
        words = str(error).splitlines()[0]
        if made.name not in words and not _WRITING.search(words):
            raise OvertError(f"release {holdings.release}: cannot be read: {words}; run `overt verify`") from error
        raise OvertError(f"{target}: cannot be written: {words}") from error
    finally:
        for path in (made, told):
            remove(path)


def _may_write(form: Format, target: Path, *, force: bool) -> None:
    """Raises UsageError where a name does not fit the format, or something is in the way."""
    if not form.is_folder and target.suffix == ZIP:
        raise UsageError(f"{target}: {form.name} is one file and no archive; name it *{form.ending}")
    if form.is_folder and target.suffix.lower() in _ONE_FILE:
        name = target.with_suffix("").name
        raise UsageError(
            f"{target}: {form.name} makes several files, not one; name a folder for them ({name}) or an archive ({name}{ZIP})"
        )
    there = next(path for path in target.parents if path.exists())
    if not there.is_dir():
        raise UsageError(f"{target}: {there} is a file; name another")
    if not target.exists() and not target.is_symlink():
        return
    if not force:
        raise UsageError(f"{target}: is there already; name another, or say --force to replace it")
    is_folder = target.is_dir() and not target.is_symlink()
    if is_folder and any(target.iterdir()) and not beside(target).is_file():
        raise UsageError(f"{target}: is a folder that no export made (there is no {beside(target).name}); it is not replaced")
    if is_folder != (form.is_folder and target.suffix != ZIP):
        raise UsageError(f"{target}: is a {'folder' if is_folder else 'file'}, and {form.name} makes none there; name another")


def _sync(made: Path) -> None:
    for path in made.rglob("*") if made.is_dir() else [made]:
        if path.is_file():
            sync_file(path)


def _zipped(folder: Path) -> Path:
    """The folder as an archive, beside it; the folder goes."""
    archive = folder.with_name(f"{folder.name}{ZIP}")
    try:
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _FIRST_DAY)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                entry.file_size = path.stat().st_size
                with path.open("rb") as data, out.open(entry, "w") as place:
                    while chunk := data.read(1 << 20):
                        place.write(chunk)
    except BaseException:
        remove(archive)
        raise
    finally:
        remove(folder)
    return archive
