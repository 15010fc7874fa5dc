"""Finishes or removes what killed exports left behind."""

from pathlib import Path

import orjson

from overt.export.export_report import REPORT_ENDING, list_files, report_path
from overt.model.files.atomic_replace import restore_previous, unfinished_paths
from overt.model.files.hard_links_and_file_removal import remove

_UNFINISHED_ENDINGS = ("", REPORT_ENDING, ".zip", ".gpkg", ".gpkg-journal", "-journal")
"""Endings of the names of unfinished files, after the target's name."""


def clean_up_export(target: Path) -> None:
    """Finish or remove what killed runs of this export left behind.

    A previous version that was set aside is restored if nothing replaced it. An unfinished report that lists the files at the
    target becomes the target's report, and everything else is removed.
    """
    restore_previous(target)
    for unfinished in unfinished_paths(target, _UNFINISHED_ENDINGS):
        if unfinished.name.endswith(report_path(target).name) and _is_report_of(unfinished, target):
            unfinished.replace(report_path(target))
        else:
            remove(unfinished)


def _is_report_of(report: Path, target: Path) -> bool:
    """Return whether a report lists the files at the target, with their hashes."""
    try:
        return bool(orjson.loads(report.read_bytes())["files"] == list_files(target, target.name))
    except (OSError, ValueError):  # The target does not exist, or the report is truncated.
        return False
