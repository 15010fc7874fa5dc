"""Giving what was made its name, so that at no moment there is less than before; and tidying up after runs that were killed."""

import ctypes
import os
import sys
from pathlib import Path

import orjson

from overt.model.files import TEMPORARY, remove, sync_directory
from overt.publish.export.written import files_of

REPORT = ".report.json"
_OLD = f"{TEMPORARY}old-"
_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux."""
_MADE = ("", REPORT, ".zip", ".gpkg", ".gpkg-journal", "-journal")
"""What stands after the target's name in names of things in the making."""


def beside(target: Path) -> Path:
    """Where the report of an export lies."""
    return target.with_name(f"{target.name}{REPORT}")


def in_the_making(path: Path) -> Path:
    """What a file or folder is called until it is whole."""
    return path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}")


def put(made: Path, target: Path) -> None:
    """Give what was made its name. Where a folder takes the place of another, that one is left under the name of the new."""
    if not target.is_dir() or target.is_symlink():
        made.replace(target)
    elif not _change_places(made, target):
        _step_aside(made, target)
    sync_directory(target.parent)


def _change_places(made: Path, target: Path) -> bool:
    """Let two names change places at one stroke; False where the system, or the file system, does not know how."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(_HERE, os.fsencode(made), _HERE, os.fsencode(target), _EXCHANGE) == 0


def _step_aside(made: Path, target: Path) -> None:
    """The old one goes first, and comes back if the new one cannot come."""
    aside = target.with_name(f"{_OLD}{os.getpid()}-{target.name}")
    target.rename(aside)
    try:
        made.rename(target)
    except BaseException:
        aside.rename(target)
        raise
    aside.rename(made)


def tidy(target: Path) -> None:
    """Finish or remove what killed runs left of this export. A folder that stepped aside comes back if nothing took its place,
    the report of what is there comes beside it, and all else goes.
    """
    for old in _left(target, _OLD):
        if target.exists():
            remove(old)
        else:
            old.rename(target)
    for made in _left(target, TEMPORARY):
        if made.name.endswith(beside(target).name) and _tells_of(made, target):
            made.replace(beside(target))
        else:
            remove(made)


def _left(target: Path, mark: str) -> list[Path]:
    """What runs that have ended left beside the target, under names of this kind."""
    found = []
    for path in sorted(target.parent.iterdir()) if target.parent.is_dir() else ():
        number, _, name = path.name.removeprefix(mark).partition("-")
        is_ours = path.name.startswith(mark) and number.isdecimal() and not _runs(int(number))
        if is_ours and name in {f"{target.name}{ending}" for ending in (_MADE if mark == TEMPORARY else ("",))}:
            found.append(path)
    return found


def _tells_of(report: Path, target: Path) -> bool:
    """Whether a report that was written is of what is at the target: each file, with its hash."""
    try:
        return bool(orjson.loads(report.read_bytes())["files"] == files_of(target, target.name))
    except (OSError, ValueError):  # no such target, or half a report
        return False


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()
