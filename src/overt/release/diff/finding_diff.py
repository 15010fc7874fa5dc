"""Differences between the findings of two releases."""

from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from overt.release.findings.finding_statuses import HOLDS

_COLUMNS = ["name", "status", "reason", "headline", "text"]


class FindingDifference(NamedTuple):
    """A finding that differs between two releases."""

    name: str
    what: str
    """`new`: the finding holds only in the newer release; `withdrawn`: only in the older; `changed`: its sentences differ."""
    before: str | None
    """Headline and text in the older release; None if the finding did not hold there."""
    after: str | None
    """Headline and text in the newer release; None if the finding doesn't hold there."""
    reason: str | None
    """Why the finding no longer holds; None if it holds."""


def diff_findings(old: Path, new: Path) -> list[FindingDifference]:
    """Return the findings that hold in only one of two folders of tables, or in both with different sentences, sorted by name.

    A folder without the table `findings` has none.
    """
    before, after = _read(old), _read(new)
    differences = []
    for name in sorted(before.keys() | after.keys()):
        was, now = _sentences(before.get(name)), _sentences(after.get(name))
        if was == now:
            continue
        what = "new" if was is None else "withdrawn" if now is None else "changed"
        reason = (after[name]["reason"] if name in after else "no longer defined") if now is None else None
        differences.append(FindingDifference(name, what, was, now, reason))
    return differences


def _read(tables: Path) -> dict[str, dict[str, Any]]:
    path = tables / "findings.parquet"
    return {row["name"]: row for row in pq.read_table(path, columns=_COLUMNS).to_pylist()} if path.is_file() else {}


def _sentences(row: dict[str, Any] | None) -> str | None:
    return f"{row['headline']}: {row['text']}" if row and row["status"] == HOLDS else None
