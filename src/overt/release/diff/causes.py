"""Causes of differences between two releases, and the names of the records that differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from overt.release.release_sql import release_query

_RULES = ("code", "content", "libraries")
NO_LONGER_WITHHELD = "no longer withheld"
_EDITING = ("editorial claim", "editorial claim undone", "retraction undone", NO_LONGER_WITHHELD)
"""Acts of editors that are reasons for differences, in the order in which `DifferenceReasons.join` gets them (`editing`)."""


@dataclass(frozen=True)
class Cause:
    """A cause of differences: something that was done between two releases."""

    kind: str
    """`source added`, `source left out`, `upstream changed`, `judged`, `taken back` (a judgement), `retracted`,
    `retraction undone`, `editorial claim`, `editorial claim undone`, `no longer withheld`, `rules changed`.
    """
    subjects: list[str]
    """Depending on `kind`: the source, both records of a judgement, the record of a claim, the record of a retraction, the
    published id of a record that was withheld, or which of code, content and libraries changed.
    """
    names: list[str]
    """Names of the items in `subjects`, in the same order."""
    statement: str | None
    """Depending on `kind`: the verdict of a judgement, the `property: value` of a claim, or the snapshot of a source (`OLD → NEW`
    if it changed). None for rules, for the retraction of a complete record, and for a record that is no longer withheld.
    """
    reason: str | None
    """The reason given by an editor; None if there is none or it may not be shown."""

    def as_dict(self) -> dict[str, Any]:
        """Return the cause with the keys of `overt diff --json` and `/api/v1/changes`."""
        return {
            "what": self.kind, "about": self.subjects, "names": self.names, "said": self.statement, "why": self.reason,
        }  # fmt: skip


def find_causes(
    connection: duckdb.DuckDBPyConnection, before: Mapping[str, Any], after: Mapping[str, Any], *, editors: bool
) -> list[Cause]:
    """Return the causes of differences, from the views that `diff_releases` creates and from both manifests.

    Without `editors`, the reasons that editors gave are left out.
    """
    titles = dict(
        connection.execute("SELECT source, title FROM old_sources UNION ALL SELECT source, title FROM new_sources").fetchall()
    )
    causes = [
        Cause(kind, [source], [titles.get(source, source)], snapshots, None)
        for source, kind, snapshots in changed_sources(before, after)
    ]
    for kind, subjects, names, statement, reason in connection.execute(release_query("diff.causes")).fetchall():
        causes.append(Cause(kind, subjects, names, statement, (reason or None) if editors else None))
    rules = [part for part in _RULES if before.get(part) != after.get(part)]
    return [*causes, Cause("rules changed", rules, rules, None, None)] if rules else causes


class DifferenceReasons:
    """The reasons for differences of records between two releases, other than judgements and retractions."""

    def __init__(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """`before`, `after`: the manifests of the releases."""
        self._sources = {
            source: f"{what}: {source}{f' {snapshots}' if what == 'upstream changed' else ''}"
            for source, what, snapshots in changed_sources(before, after)
        }
        self._rules_changed = any(before.get(part) != after.get(part) for part in _RULES)

    def join(self, sources: Iterable[str] | None, editing: Iterable[bool], *, is_consequence: bool) -> str:
        """Return the reasons for a difference, separated by semicolons.

        `sources`: those whose claims were added or removed. `editing`: whether each reason in `_EDITING` applies.
        `is_consequence`: whether the difference follows from a merge or a split; changed rules are then not given as a reason.
        """
        reasons = sorted(self._sources[source] for source in sources or () if source in self._sources)
        reasons += [reason for reason, applies in zip(_EDITING, editing, strict=True) if applies]
        if not reasons and self._rules_changed and not is_consequence:
            reasons.append("rules, content or libraries changed")
        return "; ".join(reasons) or "follows from another change"


def changed_sources(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the sources that differ between two manifests.

    Each item has the source, one of `source added`, `source left out` and `upstream changed`, and the source's snapshot, or
    `OLD → NEW` if it changed. Items are sorted by source.
    """
    changes = []
    for source in sorted(before["sources"].keys() | after["sources"].keys()):
        old, new = (side["sources"].get(source, {}).get("snapshot") for side in (before, after))
        if source not in before["sources"]:
            changes.append((source, "source added", new or ""))
        elif source not in after["sources"]:
            changes.append((source, "source left out", old or ""))
        elif old != new:
            changes.append((source, "upstream changed", f"{old} → {new}"))
    return changes


def record_names(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of records in either release, and the former names of renamed records, both by id.

    The newer release's name takes precedence. A record without a name (a role, a place) gets the names of the records that it
    refers to.
    """
    connection.register("named_ids", pa.table({"id": pa.array(sorted(set(ids)), pa.string())}))
    rows = connection.execute(release_query("diff.names")).fetchall()
    names = {identity: new or old for identity, new, old in rows}
    return names, {identity: old for identity, new, old in rows if new and old and new != old}
