"""Putting what was made in the place of what is there, so that there is never less than before; and tidying up after runs that
were killed. Whoever makes something so calls `tidy` first, and removes what is left in the making last, never what stepped aside.
"""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from overt.model.atomic_files import TEMPORARY_PREFIX, remove, sync_directory

_OLD = f"{TEMPORARY_PREFIX}old-"
_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux."""


def replace_target(made: Path, target: Path) -> None:
    """Give what was made its name. Where a folder takes the place of another, that one is left under the name of the new.

    Raises OSError where that cannot be done; what was there is then there, or aside until the next `tidy`.
    """
    if not target.is_dir() or target.is_symlink():
        made.replace(target)
    elif not exchange_names(made, target):
        _step_aside(made, target)
    sync_directory(target.parent)


def exchange_names(one: Path, other: Path) -> bool:
    """Let two names in one file system change places in a single step (renameat2 of Linux); False where that cannot be done."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _step_aside(made: Path, target: Path) -> None:
    """The old one goes first, and comes back if the new one cannot come, whatever the reason (Ctrl-C is one)."""
    aside = target.with_name(f"{_OLD}{os.getpid()}-{target.name}")
    try:
        target.rename(aside)
        made.rename(target)
    except BaseException:
        if not target.exists():
            aside.rename(target)
        raise
    aside.rename(made)


def clean_up_target(target: Path) -> None:
    """Bring back what stepped aside, and remove all else that killed runs left of the target."""
    restore_previous(target)
    for made in unfinished_paths(target):
        remove(made)


def restore_previous(target: Path) -> None:
    """Give the target's name to what a killed run had put aside; if something has that name, what stepped aside goes."""
    for old in _left(target, _OLD, {target.name}):
        if target.exists():
            remove(old)
        else:
            old.rename(target)


def unfinished_paths(target: Path, endings: Iterable[str] = ("",)) -> list[Path]:
    """What runs that have ended left in the making of the target, and of names that have one of these endings after its."""
    return _left(target, TEMPORARY_PREFIX, {f"{target.name}{ending}" for ending in endings})


def _left(target: Path, mark: str, names: set[str]) -> list[Path]:
    found = []
    for path in sorted(target.parent.iterdir()) if target.parent.is_dir() else ():
        number, _, name = path.name.removeprefix(mark).partition("-")
        if path.name.startswith(mark) and number.isdecimal() and name in names and not _runs(int(number)):
            found.append(path)
    return found


def _runs(process: int) -> bool:
    """Whether another process has this number. Ours is no other: what bears it is of a run that had it before us."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()
