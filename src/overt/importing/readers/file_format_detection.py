"""Detects a file's format from its contents, whatever its name, and refuses an unexpected format with advice."""

import re
import zipfile
from pathlib import Path
from typing import BinaryIO, NamedTuple

from overt.archive import ArchiveError, check_zip_bomb
from overt.importing.errors import FileProblem
from overt.importing.readers.input_file import InputFile

MAX_BYTES = 200_000_000
"""Maximum size of an unpacked workbook, in bytes."""
MAX_RATIO = 200
"""Maximum number of unpacked bytes per packed byte, for the file and for each part above a megabyte."""
MAX_PARTS = 5_000


class Kind(NamedTuple):
    """A file format that Overt recognises."""

    label: str
    todo: str
    """What the user can do; empty if Overt can read such files."""
    format: str = ""
    """The `format` in source.yml for such files; empty if Overt can't read them."""


WEB_PAGE = Kind("a web page", "was the download refused? download it again")
XLSX = Kind("an XLSX workbook", "", "xlsx")
ODS = Kind("an OpenDocument spreadsheet (.ods)", "", "ods")
PARQUET = Kind("a Parquet table", "", "parquet")
JSON = Kind("JSON", "", "json")
TEXT = Kind("a text", "", "csv")
XLS = Kind("an old workbook (.xls)", "open it in a spreadsheet program and save it as .xlsx")
XLSB = Kind("a binary workbook (.xlsb)", "open it in a spreadsheet program and save it as .xlsx")
ENCRYPTED = Kind("an encrypted workbook", "open it with its password and save it without")
PDF = Kind("a PDF document", "get the table as a spreadsheet or as CSV")
ZIP = Kind("a zip archive", "unpack it and import the file in it")
COMPRESSED = Kind("a compressed file", "unpack it")

_EXPECTED = {
    "csv": "a table",
    "xlsx": "an XLSX workbook",
    "ods": "an OpenDocument spreadsheet",
    "json": "JSON",
    "jsonl": "JSON",
    "parquet": "a Parquet table",
}
_READ_AS = {"csv": {TEXT}, "xlsx": {XLSX}, "ods": {ODS}, "json": {JSON, TEXT}, "jsonl": {JSON, TEXT}, "parquet": {PARQUET}}
_JSON_START = re.compile(rb"[\[{]\s*[\[{\"\]}]")
_OLE = b"\xd0\xcf\x11\xe0"


def check_kind(file: InputFile, format_: str) -> None:
    """Raise FileProblem for a file that is not in this format, with one line of advice."""
    kind = detect_kind(file.name, file.path)
    if kind in _READ_AS[format_]:
        return
    todo = f"write `format: {kind.format}` in source.yml, or save it as .{format_}" if kind.format else kind.todo
    raise FileProblem(f"{file.name}: this is {kind.label}, not {_EXPECTED[format_]}; {todo}")


def detect_kind(name: str, path: Path) -> Kind:
    """Return the format of a file, detected by its bytes. `name`: the file's name in messages.

    Raises FileProblem for a folder, for an empty, unreadable or broken file, and for a zip bomb.
    """
    try:
        with path.open("rb") as handle:
            start = handle.read(4096)
            if start.startswith(_OLE):
                return _ole_kind(handle, start)
    except IsADirectoryError:
        raise FileProblem(f"{name}: is a folder, not a file; name a file in it") from None
    except OSError as error:
        raise FileProblem(f"{name}: cannot be read: {error.strerror or error}") from None
    if not start:
        raise FileProblem(f"{name}: the file is empty; download it again")
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:64].lower().startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<!--", b"<?xml")):
        return WEB_PAGE
    if start.startswith(b"PK"):
        return _zip_kind(name, path)
    if start.startswith(b"PAR1"):
        return PARQUET
    if start.startswith(b"%PDF"):
        return PDF
    if start.startswith((b"\x1f\x8b", b"\xfd7zXZ", b"BZh", b"(\xb5/\xfd", b"7z\xbc\xaf")):
        return COMPRESSED
    return JSON if _JSON_START.match(text) else TEXT


def _ole_kind(handle: BinaryIO, start: bytes) -> Kind:
    """Return what a compound file (MS-CFB) contains, by the names in the first sector of its directory."""
    directory = int.from_bytes(start[48:52], "little") + 1
    handle.seek(min(directory << min(int.from_bytes(start[30:32], "little"), 12), 1 << 40))
    return ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in handle.read(4096) else XLS


def _zip_kind(name: str, path: Path) -> Kind:
    try:
        check_zip_bomb(path, MAX_BYTES, MAX_RATIO, MAX_PARTS)
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
            if "content.xml" in members or "encrypted-package" in members:
                manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in members else b""
                return ENCRYPTED if b"encryption-data" in manifest or "encrypted-package" in members else ODS
    except ArchiveError as error:
        reason = str(error).removeprefix(f"{path}: ")
        if "bomb" not in reason:
            raise FileProblem(f"{name}: its zip archive cannot be read; download it again") from None
        raise FileProblem(f"{name}: {reason}; save the sheet as CSV if the file is good") from None
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError):
        raise FileProblem(f"{name}: its zip archive cannot be read; download it again") from None
    if "xl/workbook.bin" in members:
        return XLSB
    return XLSX if "[Content_Types].xml" in members and any(member.startswith("xl/") for member in members) else ZIP
