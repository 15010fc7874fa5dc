"""What differs between two releases, and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from overt.model.engine import connect, quote, sql
from overt.release.figure_rows import plain_number
from overt.release.read import read_manifest

_SQL = files("overt") / "release" / "sql"
_NONE = {
    "judgements": "SELECT 0 AS sequence, '' AS who, '' AS why, '' AS verdict, '' AS \"left\", '' AS \"right\" WHERE false",
    "retractions": "SELECT 0 AS sequence, '' AS who, '' AS why, '' AS target WHERE false",
}
"""What stands for a table that a release does not have: one of before there was such a table, or an edition for others."""
_UNNAMED = "an editor"
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
    """All differences, counts by kind, and figures that moved: `name`, `before`, `after`, `status_before` and `status_after`;
    `variants` (`name`, `title`, `before`, `after`) and `groups` (`group`, `name`, `before`, `after`) that moved, whole or not.
    """

    old: str
    new: str
    differences: list[Difference]
    figures: list[dict[str, Any]]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "old": self.old,
            "new": self.new,
            "counts": dict(sorted(Counter(held.what for held in self.differences).items())),
            "figures": self.figures,
            "differences": [asdict(held) for held in self.differences],
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


def diff(old: Side, new: Side, *, editors: bool = True) -> Comparison:
    """Compare two releases by the published ids: what was added, removed, changed, merged, split, retracted.

    Without `editors` the reasons do not say which of them judged or took back what, nor in which words.
    """
    reasons = _source_reasons(old.manifest, new.manifest)
    ruled = any(old.manifest.get(part) != new.manifest.get(part) for part in ("code", "content", "libraries"))
    with connect() as connection:
        for side, release in (("old", old), ("new", new)):
            for table in ("values", "records", "members", "claims", "judgements", "retractions", "figures"):
                path = release.tables / f"{table}.parquet"
                unnamed = f"REPLACE ('{_UNNAMED}' AS who, '' AS why)" if table in _NONE and not editors else ""
                held = f"SELECT * {unnamed} FROM read_parquet({quote(path)})"
                if table in _NONE and not path.is_file():
                    held = _NONE[table]
                connection.execute(f'CREATE VIEW "{side}_{table}" AS {held}')
        found = connection.execute(sql(_SQL, "diff")).fetchall()
        figures = connection.execute(sql(_SQL, "diff_figures", {"none": f"'{NO_FIGURE}'"})).fetchall()
    differences = []
    for what, identity, kind, label, held, was, now, gone, come, source, sources, judged, edited, retraction, values in found:
        reason = _reason([reasons[name] for name in sources or [] if name in reasons], judged, edited, retraction, ruled)
        differences.append(Difference(what, identity, kind, label, held, was, now, gone, come, source, reason, values))
    return Comparison(old.name, new.name, differences, [moved for row in figures if (moved := _moved(*row))])


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
    reasons = {}
    for source in before["sources"].keys() | after["sources"].keys():
        was, now = before["sources"].get(source), after["sources"].get(source)
        if was is None:
            reasons[source] = f"source added: {source}"
        elif now is None:
            reasons[source] = f"source left out: {source}"
        elif was["snapshot"] != now["snapshot"]:
            reasons[source] = f"upstream changed: {source} {was['snapshot']} → {now['snapshot']}"
    return reasons


def _reason(sources: list[str], judged: str | None, edited: bool, retraction: str | None, ruled: bool) -> str:
    if retraction or judged:
        return (retraction or judged or "").removesuffix(": ")
    found = sorted(sources) + (["editorial claim"] if edited else [])
    if not found and ruled:
        found.append("rules, content or libraries changed")
    return "; ".join(found) or "follows from another change"
