"""Replaces a file or folder so that a complete one always exists, and cleans up after killed runs.

Callers first run `clean_up_target` or `restore_previous`. At the end they remove their own unfinished paths, but never a
previous version that was set aside.
"""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from overt.model.files.atomic_writes import TEMPORARY_PREFIX, sync_directory
from overt.model.files.hard_links_and_file_removal import remove

_PREVIOUS_PREFIX = f"{TEMPORARY_PREFIX}old-"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # Constants of Linux.


def replace_target(new: Path, target: Path) -> None:
    """Rename `new` to `target`. If both are folders, the previous version is afterwards at `new`.

    Raises OSError on failure. The previous version is then still at `target`, or set aside until the next `clean_up_target`.
    """
    if not target.is_dir() or target.is_symlink():
        new.replace(target)
    elif not exchange_names(new, target):
        _replace_in_steps(new, target)
    sync_directory(target.parent)


def exchange_names(left: Path, right: Path) -> bool:
    """Swap two paths on the same file system in a single step (renameat2 of Linux). Return False if that is not possible."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(left), _AT_FDCWD, os.fsencode(right), _RENAME_EXCHANGE) == 0)


def _replace_in_steps(new: Path, target: Path) -> None:
    """Set the previous version aside and rename the new one. If that fails for any reason, including Ctrl-C, restore the
    previous version.
    """
    previous = target.with_name(f"{_PREVIOUS_PREFIX}{os.getpid()}-{target.name}")
    try:
        target.rename(previous)
        new.rename(target)
    except BaseException:
        if not target.exists():
            previous.rename(target)
        raise
    previous.rename(new)


def clean_up_target(target: Path) -> None:
    """Restore a previous version that a killed run set aside, and remove what killed runs left unfinished."""
    restore_previous(target)
    for unfinished in unfinished_paths(target):
        remove(unfinished)


def restore_previous(target: Path) -> None:
    """Rename the version that a killed run set aside back to `target`; remove it if `target` exists."""
    for previous in _leftovers(target, _PREVIOUS_PREFIX, {target.name}):
        if target.exists():
            remove(previous)
        else:
            previous.rename(target)


def unfinished_paths(target: Path, endings: Iterable[str] = ("",)) -> list[Path]:
    """Return the unfinished paths that killed runs left for `target`, or for its name with one of these endings."""
    return _leftovers(target, TEMPORARY_PREFIX, {f"{target.name}{ending}" for ending in endings})


def _leftovers(target: Path, prefix: str, names: set[str]) -> list[Path]:
    leftovers = []
    for path in sorted(target.parent.iterdir()) if target.parent.is_dir() else ():
        number, _, name = path.name.removeprefix(prefix).partition("-")
        if path.name.startswith(prefix) and number.isdecimal() and name in names and not _is_other_running(int(number)):
            leftovers.append(path)
    return leftovers


def _is_other_running(process: int) -> bool:
    """Return whether another process has this id. If it is our own id, the path is from an earlier process with the same id."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()
