"""Writes an export so that the target is never incomplete, even if the process is killed."""

import re
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import orjson

from overt.export.export_format import ExportFormat
from overt.export.export_report import build_report, report_path
from overt.export.interrupted_export_recovery import clean_up_export
from overt.export.public_release_reader import PublicRelease
from overt.model.errors import OvertError, UsageError
from overt.model.files.atomic_replace import replace_target
from overt.model.files.atomic_writes import mark_unfinished, sync_directory, sync_file, temporary_path
from overt.model.files.hard_links_and_file_removal import remove

ZIP = ".zip"
_SINGLE_FILE_ENDINGS = (
    *(".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".ndjson", ".geojson", ".parquet", ".geoparquet", ".gpkg", ".pmtiles"),
    *(".sqlite", ".db", ".xml", ".txt", ".gz", ".tgz", ".tar"),
)
"""File name endings which suggest that the user expects a single file."""
_WRITE_ERRORS = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""SQLite's error codes for failed writes to the disk. Any other error is a fault in the program."""
_WRITE_WORDS = re.compile("write|sync|truncate|space left", re.IGNORECASE)
"""Matches words in DuckDB's messages about failed writes. DuckDB raises the same error for files that it reads and files that it
writes.
"""
_ARCHIVE_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of each file in an archive: the earliest possible, so that equal files give equal archives."""


def export(release: PublicRelease, form: ExportFormat, target: Path, *, force: bool = False) -> dict[str, Any]:
    """Write a release as `form` to `target`, and its report to `<target>.report.json`; return the report.

    A format of several files becomes a zip archive if the target's name ends in `.zip`. Missing parent folders are created. A
    previous export stays until the new one is complete on disk.

    Raises UsageError if the target exists and `force` is not set, if its path doesn't suit the format, or if it may not be
    replaced: a folder with files but without an export's report, a folder where the format makes a file, or a file where the
    format makes a folder. Raises OvertError if the release can't be read, if the format can't represent it (for example,
    because the release has no data for the format), or if the target can't be written.
    """
    # A target that is a link is not resolved, so that the export replaces the link and not the file that it points to.
    target = target.absolute()
    unfinished, unfinished_report = temporary_path(target), temporary_path(report_path(target))
    for path in (unfinished, unfinished.with_name(unfinished.name + ZIP), unfinished_report):
        mark_unfinished(path)
    try:
        clean_up_export(target)
        _check_target(form, target, force=force)
        target.parent.mkdir(parents=True, exist_ok=True)
        result = form.write(release, unfinished)
        if form.is_folder and target.suffix == ZIP:
            unfinished = _zip(unfinished)
        _sync(unfinished)
        report = build_report(release, form.name, target, unfinished, result)
        unfinished_report.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2) + b"\n")
        sync_file(unfinished_report)
        replace_target(unfinished, target)
        unfinished_report.replace(report_path(target))
        sync_directory(target.parent)
        return report
    except OSError as error:
        raise OvertError(f"{target}: cannot be written: {error.strerror or error}") from error
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _WRITE_ERRORS:  # The upper bits of the code only contain details.
            raise
        raise OvertError(f"{target}: cannot be written: {error}") from error
    except duckdb.IOException as error:
        message = str(error).splitlines()[0]
        if unfinished.name not in message and not _WRITE_WORDS.search(message):
            raise OvertError(f"release {release.id}: cannot be read: {message}; run `overt verify`") from error
        raise OvertError(f"{target}: cannot be written: {message}") from error
    finally:
        for path in (unfinished, unfinished_report):
            remove(path)


def _check_target(form: ExportFormat, target: Path, *, force: bool) -> None:
    """Raise UsageError if the target's path doesn't suit the format, or if the target may not be replaced."""
    if not form.is_folder and target.suffix == ZIP:
        raise UsageError(f"{target}: {form.name} is a single file, not an archive; name it *{form.ending}")
    if form.is_folder and target.suffix.lower() in _SINGLE_FILE_ENDINGS:
        name = target.with_suffix("").name
        raise UsageError(f"{target}: {form.name} makes several files; name a folder ({name}) or an archive ({name}{ZIP})")
    existing = next(path for path in target.parents if path.exists())
    if not existing.is_dir():
        raise UsageError(f"{target}: {existing} is a file, not a folder; choose another path")
    if not target.exists() and not target.is_symlink():
        return
    if not force:
        raise UsageError(f"{target}: already exists; choose another path, or replace it with --force")
    is_folder = target.is_dir() and not target.is_symlink()
    if is_folder and any(target.iterdir()) and not report_path(target).is_file():
        missing = report_path(target).name
        raise UsageError(f"{target}: not replaced, because it is not an export ({missing} is missing); choose another path")
    if is_folder != (form.is_folder and target.suffix != ZIP):
        kinds = ("folder", "file") if is_folder else ("file", "folder")
        raise UsageError(f"{target}: is a {kinds[0]}, and {form.name} makes a {kinds[1]}; choose another path")


def _sync(path: Path) -> None:
    for file in path.rglob("*") if path.is_dir() else [path]:
        if file.is_file():
            sync_file(file)


def _zip(folder: Path) -> Path:
    """Replace a folder with a zip archive of its files; return the archive's path."""
    archive = folder.with_name(f"{folder.name}{ZIP}")
    try:
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _ARCHIVE_TIME)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                entry.file_size = path.stat().st_size
                with path.open("rb") as file, out.open(entry, "w") as compressed:
                    while chunk := file.read(1 << 20):
                        compressed.write(chunk)
    except BaseException:
        remove(archive)
        raise
    finally:
        remove(folder)
    return archive
