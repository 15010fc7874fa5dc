"""Differences between two releases, with their reasons."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import orjson

from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.release.corrections.corrections_table import CORRECTIONS
from overt.release.diff.blocklist_episode_diff import ObservationDiff, diff_observations
from overt.release.diff.causes import NO_LONGER_WITHHELD, Cause, DifferenceReasons, find_causes, record_names
from overt.release.diff.change_subjects import Subject, SubjectRules, change_subjects
from overt.release.diff.finding_diff import FindingDifference, diff_findings
from overt.release.figures.figure_serialization import plain_number
from overt.release.release_folders import read_manifest
from overt.release.release_sql import release_query

_EMPTY_TABLES = {
    "judgements": "SELECT 0 AS sequence, '' AS why, '' AS verdict, '' AS \"left\", '' AS \"right\" WHERE false",
    "retractions": "SELECT 0 AS sequence, '' AS why, '' AS target WHERE false",
    "corrections": f"SELECT {', '.join(f'NULL::VARCHAR AS {name}' for name in CORRECTIONS.names)} WHERE false",
    "withheld": "SELECT '' AS id WHERE false",
}
"""Queries for empty tables, in place of tables that older releases or public editions do not have."""
_TABLES = ("withheld", "corrections", "values", "records", "members", "claims", "judgements", "retractions", "figures", "sources")
_NOT_WITHHELD = {
    "values": "id NOT IN (SELECT id FROM new_withheld) AND value NOT IN (SELECT id FROM new_withheld)",
    "records": "id NOT IN (SELECT id FROM new_withheld)",
    "members": "id NOT IN (SELECT id FROM new_withheld)",
    "claims": "id NOT IN (SELECT id FROM new_withheld) AND coalesce(target, '') NOT IN (SELECT id FROM new_withheld)",
    "judgements": '"left" IN (SELECT record FROM old_members) AND "right" IN (SELECT record FROM old_members)',
}
"""SQL conditions for the older release's rows, so that no difference reveals what the newer release withholds."""
_PRIVATE = ("judgements", "retractions")
"""Tables with reasons that only editors may see."""
RECORD_PREFIX = "ovt-"
"""Prefix of published ids of records."""
NO_FIGURE = "no such figure"
"""Status of a figure that is missing from one of the releases."""


@dataclass(frozen=True)
class Difference:
    """A difference between two releases. `what`: added, removed, changed, merged, split or retracted.

    What `before` and `after` contain depends on `what`:

    - changed: the shown values of the property, or the labels if only the record's label changed (`property` is `label`)
    - removed, added: the record's label, in `before` if it was removed and in `after` if it was added
    - merged, split: the record's id in the older release, and its id in the newer one
    - retracted: the claim's value, and the values of the property that remain
    """

    what: str
    id: str
    type: str | None
    label: str | None
    property: str | None
    before: str | None
    after: str | None
    gone: list[str]
    """Values of the property that are no longer shown."""
    come: list[str]
    """Values of the property that were not shown before."""
    source: str | None
    """The source of a retracted claim."""
    reason: str
    """The reasons, separated by semicolons."""
    values: dict[str, list[str]] | None
    """All shown values of an added or split record, by property."""


@dataclass(frozen=True)
class ReleaseDiff:
    """The differences between two releases in records, figures, findings, blocklists and corrections.

    A figure that differs has `name`, `before`, `after`, `status_before` and `status_after`. It also has its differing `variants`
    (`name`, `title`, `before`, `after`) and `groups` (`group`, `name`, `before`, `after`).
    """

    old: str
    new: str
    differences: list[Difference]
    figures: list[dict[str, Any]]
    causes: list[Cause]
    """Causes of the differences."""
    names: dict[str, str]
    """Names of the records in the differences and corrections, by id. A record without a name, such as a role, gets the names
    of the records that it refers to.
    """
    names_before: dict[str, str]
    """Former names of the renamed records, by id."""
    observations: ObservationDiff = field(default_factory=ObservationDiff)
    corrections: list[dict[str, Any]] = field(default_factory=list)
    """Corrections, replies and withheld records that are only in the newer release: rows of its table `corrections`."""
    findings: list[FindingDifference] = field(default_factory=list)
    """Findings that are new, were withdrawn, or have different sentences."""
    subjects: dict[str, frozenset[Subject]] = field(default_factory=dict)
    """Subjects of the records in the differences and corrections, by id; empty unless `diff_releases` got rules for them."""

    def about(self, *subjects: Subject) -> "ReleaseDiff":
        """Return the differences of records that have all of these subjects, with the corrections of such records and all causes.

        Figures, findings and blocklists are left out.
        """
        required = set(subjects)
        differences = [each for each in self.differences if required <= self.subjects.get(each.id, frozenset())]
        corrections = [row for row in self.corrections if required <= self.subjects.get(row["id"], frozenset())]
        ids = {name for each in differences for name in record_ids(each)} | {row["id"] for row in corrections}
        names, names_before = (
            {identity: name for identity, name in known.items() if identity in ids} for known in (self.names, self.names_before)
        )
        return ReleaseDiff(
            self.old, self.new, differences, [], self.causes, names, names_before, corrections=corrections, subjects=self.subjects
        )

    def about_figure(self, name: str) -> "ReleaseDiff":
        """Return only the difference of a figure, with all causes."""
        figures = [figure for figure in self.figures if figure["name"] == name]
        return ReleaseDiff(self.old, self.new, [], figures, self.causes, {}, {})

    def counts(self) -> dict[str, int]:
        """Return the number of differences of each kind."""
        return dict(sorted(Counter(difference.what for difference in self.differences).items()))

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON, without `subjects`."""
        return {
            "old": self.old,
            "new": self.new,
            "counts": self.counts(),
            "causes": [cause.as_dict() for cause in self.causes],
            "corrections": self.corrections,
            "figures": self.figures,
            "findings": [finding._asdict() for finding in self.findings],
            "differences": [asdict(difference) for difference in self.differences],
            "names": self.names,
            "names_before": self.names_before,
            "observations": self.observations.as_dict(),
        }


class ReleaseSide(NamedTuple):
    """One side of a diff: a release, or an edition of it."""

    name: str
    tables: Path
    """The directory of its Parquet files."""
    manifest: Mapping[str, Any]

    @classmethod
    def from_folder(cls, folder: Path) -> "ReleaseSide":
        """Return a full release as a side. Raises OvertError if its manifest cannot be read."""
        return cls(folder.name, folder / "tables", read_manifest(folder))


def diff_releases(
    old: ReleaseSide,
    new: ReleaseSide,
    *,
    editors: bool = True,
    subjects: SubjectRules | None = None,
    records_only: bool = False,
    memory: str = "4GB",
    spill: Path | None = None,
) -> ReleaseDiff:
    """Compare two releases by published ids: what was added, removed, changed, merged, split or retracted.

    Records that the newer release withholds are left out of the older one, too. Without `editors`, reasons that only editors
    may see are left out. `subjects`: rules that determine each record's subjects; None for no subjects.
    With `records_only`, the result has no causes, figures, findings or blocklists. `memory` and `spill` are passed to `connect`.
    """
    reasons = DifferenceReasons(old.manifest, new.manifest)
    with connect(memory=memory, spill=spill) as connection:
        for side, release in (("new", new), ("old", old)):
            for table in _TABLES:
                condition = f" WHERE {_NOT_WITHHELD[table]}" if side == "old" and table in _NOT_WITHHELD else ""
                connection.execute(f'CREATE VIEW "{side}_{table}" AS FROM ({_table_query(release, table, editors)}){condition}')
        rows = connection.execute(release_query("diff.differences")).fetchall()
        figure_query = release_query("diff.figures", none=f"'{NO_FIGURE}'")
        figure_rows = [] if records_only else connection.execute(figure_query).fetchall()
        causes = [] if records_only else find_causes(connection, old.manifest, new.manifest, editors=editors)
        # Ids that appear or disappear in a merge or split also change the records that refer to them, even under unchanged rules.
        regrouped = {row[1] for row in rows if row[0] in ("merged", "split")}
        no_longer_withheld = {
            row["id"] for row in _rows(connection, "SELECT id FROM old_withheld EXCEPT SELECT id FROM new_withheld")
        }
        differences = []
        for row in rows:
            what, identity, kind, label, prop, before, after, gone, come, source, *why, values = row
            sources, judgement, *editing, retraction = why
            if what == "added" and identity in no_longer_withheld:
                reason = NO_LONGER_WITHHELD
            elif retraction or judgement:
                reason = (retraction or judgement).removesuffix(": ")
            else:
                editing.append(bool(no_longer_withheld & {*come}))
                reason = reasons.join(sources, editing, is_consequence=bool(regrouped & {*gone, *come}))
            differences.append(Difference(what, identity, kind, label, prop, before, after, gone, come, source, reason, values))
        corrections = _rows(connection, "FROM new_corrections EXCEPT FROM old_corrections ORDER BY ALL")
        names, names_before = record_names(
            connection,
            [*(name for difference in differences for name in record_ids(difference)), *(row["id"] for row in corrections)],
        )
        ids = [*(difference.id for difference in differences), *(row["id"] for row in corrections)]
        about = _with_new_ids(differences, change_subjects(connection, ids, subjects)) if subjects else {}
        observations = ObservationDiff() if records_only else diff_observations(connection, old.tables, new.tables)
    figures = [figure for row in figure_rows if (figure := _figure_difference(*row))]
    findings = [] if records_only else diff_findings(old.tables, new.tables)
    return ReleaseDiff(
        old.name, new.name, differences, figures, causes, names, names_before, observations, corrections, findings, about
    )


def _with_new_ids(differences: Sequence[Difference], subjects: dict[str, frozenset[Subject]]) -> dict[str, frozenset[Subject]]:
    """Add both organisations of each merge or split to the subjects of the organisation that it concerns; return `subjects`."""
    for each in differences:
        if each.type == "organization" and each.what in ("merged", "split"):
            both = {Subject("organization", identity) for identity in (each.before, each.after) if identity}
            subjects[each.id] = subjects.get(each.id, frozenset()) | both
    return subjects


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _table_query(release: ReleaseSide, table: str, editors: bool) -> str:
    path = release.tables / f"{table}.parquet"
    if table in _EMPTY_TABLES and not path.is_file():
        return _EMPTY_TABLES[table]
    silent = "REPLACE ('' AS why)" if table in _PRIVATE and not editors else ""
    return f"SELECT * {silent} FROM read_parquet({quote_literal(path)})"


def record_ids(difference: Difference) -> set[str]:
    """Return the ids of the records that a difference is about or refers to."""
    texts = [difference.id, difference.before, difference.after, *difference.gone, *difference.come]
    texts += [value for values in (difference.values or {}).values() for value in values]
    return {text for text in texts if text and text.startswith(RECORD_PREFIX)}


def _figure_difference(
    name: str,
    old_value: Decimal | None,
    new_value: Decimal | None,
    old_status: str,
    new_status: str,
    old_variants: str | None,
    new_variants: str | None,
    old_groups: str | None,
    new_groups: str | None,
) -> dict[str, Any] | None:
    """Return how a figure's value, status, variants and groups differ between two releases; None if they don't."""
    before, after = (
        {variant["name"]: variant for variant in orjson.loads(variants or "[]")} for variants in (old_variants, new_variants)
    )
    variants = [
        {"name": key, "title": (after.get(key) or before[key])["title"], "before": old, "after": new}
        for key in dict.fromkeys([*after, *before])
        if (old := before.get(key, {}).get("value")) != (new := after.get(key, {}).get("value"))
    ]
    groups_before, groups_after = (orjson.loads(groups or "{}") for groups in (old_groups, new_groups))
    groups = [
        {"group": group, "name": key, "before": old, "after": new}
        for group in dict.fromkeys([*groups_after, *groups_before])
        for key in sorted({*groups_before.get(group, {}), *groups_after.get(group, {})})
        if (old := groups_before.get(group, {}).get(key)) != (new := groups_after.get(group, {}).get(key))
    ]
    if old_value == new_value and old_status == new_status and not variants and not groups:
        return None
    return {
        "name": name,
        "before": plain_number(old_value),
        "after": plain_number(new_value),
        "status_before": old_status,
        "status_after": new_status,
        "variants": variants,
        "groups": groups,
    }
