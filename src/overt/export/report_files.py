"""The report beside an export, and tidying up after exports that were killed."""

from pathlib import Path

import orjson

from overt.export.result import files_of
from overt.model.atomic_files import remove
from overt.model.atomic_replace import restore_previous, unfinished_paths

REPORT = ".report.json"
_MADE = ("", REPORT, ".zip", ".gpkg", ".gpkg-journal", "-journal")
"""What stands after the target's name in names of things in the making."""


def beside(target: Path) -> Path:
    """Where the report of an export lies."""
    return target.with_name(f"{target.name}{REPORT}")


def tidy(target: Path) -> None:
    """Finish or remove what killed runs left of this export. A folder that stepped aside comes back if nothing took its place,
    the report of what is there comes beside it, and all else goes.
    """
    restore_previous(target)
    for made in unfinished_paths(target, _MADE):
        if made.name.endswith(beside(target).name) and _tells_of(made, target):
            made.replace(beside(target))
        else:
            remove(made)


def _tells_of(report: Path, target: Path) -> bool:
    """Whether a report that was written is of what is at the target: each file, with its hash."""
    try:
        return bool(orjson.loads(report.read_bytes())["files"] == files_of(target, target.name))
    except (OSError, ValueError):  # no such target, or half a report
        return False
