"""Patterns that find a source's files in a folder."""

import fnmatch
import os
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

from overt.archive.capture_field_checks import is_file_name
from overt.archive.errors import ArchiveError

Role = TypeVar("Role", bound=Hashable)


def match_files(directory: Path, patterns: Mapping[Role, Sequence[str]]) -> dict[Role, list[tuple[str, Path]]]:
    """Return each role's files as sorted pairs of the path below `directory`, with slashes, and the full path.

    A pattern matches the end of a path, name by name, at any depth: `cable/*.json` matches `telegeography/v3/cable/x.json`. The
    path begins with the name of `directory`, preceded by folders above it if the longest pattern names several. So the same file
    matches if `directory` is `telegeography/v3/cable`, and all files of `ooni/measurements` match `ooni/measurements/**`. `**`
    matches any number of folders, a pattern that begins with `!` excludes files, and case matters. Hidden files and folders are
    skipped, and linked folders are not entered. `directory` may also be a file. Raises ArchiveError if it does not exist, or if
    a matching file is a link that leads out of it or has a name that the archive can't store.
    """
    included = {role: [_parts(glob) for glob in globs if not glob.startswith("!")] for role, globs in patterns.items()}
    excluded = {role: [_parts(glob[1:]) for glob in globs if glob.startswith("!")] for role, globs in patterns.items()}
    files: dict[Role, list[tuple[str, Path]]] = {role: [] for role in patterns}
    root = (directory.parent if directory.is_file() else directory).resolve()
    depth = max((glob.strip("/").count("/") for glob in chain(*patterns.values())), default=0)
    above = () if directory.is_file() else _names_of_folder(directory, depth)
    for name, path in sorted(list_files(directory)):
        parts = (*above, *name.split("/"))
        for role, matches in files.items():
            if _matches_any(parts, included[role]) and not _matches_any(parts, excluded[role]):
                _check(root, directory, name, path)
                matches.append((name, path))
    return files


def _names_of_folder(directory: Path, depth: int) -> tuple[str, ...]:
    """Return the last `depth` names of a folder's path, but always the folder's own name."""
    # A linked folder keeps the name of the link; `.` and `..` have no name of their own.
    folder = (directory if directory.name.strip(".") else directory.resolve()).absolute()
    return folder.parts[1:][-max(depth, 1) :]


def list_files(directory: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files that `match_files` looks at: each with its path below `directory`, and its full path.

    Raises ArchiveError if `directory` does not exist.
    """
    if directory.is_file():
        yield directory.name, directory
        return
    if not directory.is_dir():
        raise ArchiveError(f"{directory}: there is no such file or folder")
    for folder, folders, files in os.walk(directory):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(folder, name)
            if not name.startswith(".") and path.is_file():
                yield path.relative_to(directory).as_posix(), path


def _parts(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.strip("/").split("/"))


def _matches_any(parts: tuple[str, ...], patterns: list[tuple[str, ...]]) -> bool:
    return any(_matches(parts[start:], pattern) for pattern in patterns for start in range(len(parts)))


def _matches(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[start:], pattern[1:]) for start in range(len(parts) + 1))
    return bool(parts) and fnmatch.fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


def _check(root: Path, directory: Path, name: str, path: Path) -> None:
    if not path.resolve().is_relative_to(root):
        raise ArchiveError(f"{path}: this link leads out of {directory}; replace it by a copy of the file")
    if not is_file_name(name):
        raise ArchiveError(f"{directory}: the file name {name!r} is not readable text; rename the file")
