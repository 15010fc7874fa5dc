"""What differs between two releases, and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from overt.model.duckdb_connection import connect, quote_literal, sql
from overt.release.diff.causes import Cause, causes, moved, names_of
from overt.release.diff.observation_diff import ObservedChanges, observed_changes
from overt.release.figures.figure_data import plain_number
from overt.release.release_folders import read_manifest

_SQL = files("overt") / "release" / "sql"
_NONE = {
    "judgements": "SELECT 0 AS sequence, '' AS who, '' AS why, '' AS verdict, '' AS \"left\", '' AS \"right\" WHERE false",
    "retractions": "SELECT 0 AS sequence, '' AS who, '' AS why, '' AS target WHERE false",
}
"""What stands for a table that a release does not have: one of before there was such a table, or an edition for others."""
_UNNAMED = "an editor"
_TABLES = ("values", "records", "members", "claims", "judgements", "retractions", "figures", "sources")
RECORDS = "ovt-"
"""What published ids of records begin with."""
NO_FIGURE = "no such figure"
"""Status, in a comparison, of a figure that one of the two lacks."""


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was. `what`: added, removed, changed, merged, split or retracted."""

    what: str
    id: str
    type: str | None
    label: str | None
    property: str | None
    before: str | None
    after: str | None
    gone: list[str]
    """Of a property: values that are shown no more."""
    come: list[str]
    """Of a property: values that were not shown before."""
    source: str | None
    """Who said what was retracted."""
    reason: str
    values: dict[str, list[str]] | None
    """Of what was added or split off: all values that are shown, by property."""


@dataclass(frozen=True)
class Comparison:
    """All differences of records, counts by kind, and figures that moved: `name`, `before`, `after`, `status_before` and
    `status_after`; `variants` (`name`, `title`, `before`, `after`) and `groups` (`group`, `name`, `before`, `after`) that moved,
    whole or not.
    """

    old: str
    new: str
    differences: list[Difference]
    figures: list[dict[str, Any]]
    causes: list[Cause]
    """What was done between the two."""
    names: dict[str, str]
    """What the records are called that the differences are of or name, by id; one that bears no name (a role, a place) by what it
    is of.
    """
    names_before: dict[str, str]
    """What those of them were called that are called otherwise now."""
    observations: ObservedChanges = field(default_factory=ObservedChanges)
    """What was measured otherwise."""

    def counts(self) -> dict[str, int]:
        """How many differences there are of each kind."""
        return dict(sorted(Counter(held.what for held in self.differences).items()))

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "old": self.old,
            "new": self.new,
            "counts": self.counts(),
            "causes": [asdict(held) for held in self.causes],
            "figures": self.figures,
            "differences": [asdict(held) for held in self.differences],
            "names": self.names,
            "names_before": self.names_before,
            "observations": self.observations.as_dict(),
        }


class Side(NamedTuple):
    """A release, or the part of one that may be shown to others, as something to compare."""

    name: str
    tables: Path
    """The directory of its Parquet files."""
    manifest: Mapping[str, Any]

    @classmethod
    def of(cls, folder: Path) -> "Side":
        """A whole release. Raises OvertError when its manifest cannot be read."""
        return cls(folder.name, folder / "tables", read_manifest(folder))


def diff(old: Side, new: Side, *, editors: bool = True, memory: str = "4GB", spill: Path | None = None) -> Comparison:
    """Compare two releases by the published ids: what was added, removed, changed, merged, split, retracted.

    Without `editors` the reasons do not say which of them judged or took back what, nor in which words. `memory`, `spill`: as
    `connect` has them.
    """
    reasons = _source_reasons(old.manifest, new.manifest)
    ruled = any(old.manifest.get(part) != new.manifest.get(part) for part in ("code", "content", "libraries"))
    with connect(memory=memory, spill=spill) as connection:
        for side, release in (("old", old), ("new", new)):
            for table in _TABLES:
                path = release.tables / f"{table}.parquet"
                unnamed = f"REPLACE ('{_UNNAMED}' AS who, '' AS why)" if table in _NONE and not editors else ""
                held = f"SELECT * {unnamed} FROM read_parquet({quote_literal(path)})"
                if table in _NONE and not path.is_file():
                    held = _NONE[table]
                connection.execute(f'CREATE VIEW "{side}_{table}" AS {held}')
        found = connection.execute(sql(_SQL, "diff")).fetchall()
        figures = connection.execute(sql(_SQL, "diff_figures", {"none": f"'{NO_FIGURE}'"})).fetchall()
        done = causes(connection, old.manifest, new.manifest, editors=editors)
        # Ids that went or came because records were joined or parted: what names them changed with that, whatever the rules.
        parted = {row[1] for row in found if row[0] in ("merged", "split")}
        differences = []
        for what, identity, kind, label, held, was, now, gone, come, source, sources, judged, edited, retraction, values in found:
            told = [reasons[name] for name in sources or [] if name in reasons]
            reason = _reason(told, judged, edited, retraction, ruled and not parted & {*gone, *come})
            differences.append(Difference(what, identity, kind, label, held, was, now, gone, come, source, reason, values))
        called, before = names_of(connection, (identity for one in differences for identity in ids_of(one)))
        observed = observed_changes(connection, old.tables, new.tables)
    numbers = [figure for row in figures if (figure := _moved(*row))]
    return Comparison(old.name, new.name, differences, numbers, done, called, before, observed)


def ids_of(difference: Difference) -> set[str]:
    """The records that a difference is of or names."""
    told = [difference.id, difference.before, difference.after, *difference.gone, *difference.come]
    told += [value for values in (difference.values or {}).values() for value in values]
    return {text for text in told if text and text.startswith(RECORDS)}


def _moved(
    name: str,
    was: Decimal | None,
    now: Decimal | None,
    old_status: str,
    new_status: str,
    old_variants: str | None,
    new_variants: str | None,
    old_groups: str | None,
    new_groups: str | None,
) -> dict[str, Any] | None:
    """What differs of a figure; nothing when nothing does."""
    before, after = ({one["name"]: one for one in orjson.loads(held or "[]")} for held in (old_variants, new_variants))
    variants = [
        {"name": key, "title": (after.get(key) or before[key])["title"], "before": one, "after": other}
        for key in dict.fromkeys([*after, *before])
        if (one := before.get(key, {}).get("value")) != (other := after.get(key, {}).get("value"))
    ]
    then, since = (orjson.loads(held or "{}") for held in (old_groups, new_groups))
    groups = [
        {"group": group, "name": key, "before": one, "after": other}
        for group in dict.fromkeys([*since, *then])
        for key in sorted({*then.get(group, {}), *since.get(group, {})})
        if (one := then.get(group, {}).get(key)) != (other := since.get(group, {}).get(key))
    ]
    if was == now and old_status == new_status and not variants and not groups:
        return None
    return {
        "name": name,
        "before": plain_number(was),
        "after": plain_number(now),
        "status_before": old_status,
        "status_after": new_status,
        "variants": variants,
        "groups": groups,
    }


def _source_reasons(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """Why the claims of each source can differ between the two."""
    told = moved(before, after)
    return {source: f"{what}: {source}{f' {said}' if what == 'upstream changed' else ''}" for source, what, said in told}


def _reason(sources: list[str], judged: str | None, edited: bool, retraction: str | None, ruled: bool) -> str:
    if retraction or judged:
        return (retraction or judged or "").removesuffix(": ")
    found = sorted(sources) + (["editorial claim"] if edited else [])
    if not found and ruled:
        found.append("rules, content or libraries changed")
    return "; ".join(found) or "follows from another change"
