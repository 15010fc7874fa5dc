"""Checks of the values that enter the index of captures: source names, days, roles and file names."""

from datetime import date

from overt.archive.errors import ArchiveError
from overt.model.record_ids import SOURCE_NAME


def check_fields(source: str, retrieved: str, files: list[tuple[str, str, str]]) -> None:
    """Raise ArchiveError if the source name, the day, a role or a file name is invalid, if there are no files, or if two files
    have the same role and name. `files` are (role, name, sha256).
    """
    if not SOURCE_NAME.fullmatch(source):
        raise ArchiveError(f"{source!r} is not a source's name (lower-case letters, digits, underscores)")
    if not is_day(retrieved):
        raise ArchiveError(f"{source}: {retrieved!r} is not a day; write it as 2026-11-24")
    if not files:
        raise ArchiveError(f"{source}: a snapshot needs at least one file")
    seen: set[tuple[str, str]] = set()
    for role, name, _ in files:
        if not role or not is_file_name(name):
            raise ArchiveError(f"{source}: {role}: {name!r} cannot be a file's name in the archive; rename the file")
        if (role, name) in seen:
            raise ArchiveError(f"{source}: {role}: {name} is named twice in one snapshot")
        seen.add((role, name))


def is_file_name(text: str) -> bool:
    """Return whether a string can be a file's name in the index: not empty, valid Unicode, no ASCII control characters."""
    try:
        text.encode()
    except UnicodeEncodeError:  # Some systems allow file names that are not UTF-8.
        return False
    return bool(text) and all(" " <= character != "\x7f" for character in text)


def is_day(text: str) -> bool:
    """Return whether a string is a valid date in the form YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
