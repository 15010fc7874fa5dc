"""What differs between two releases, and why."""

from collections import Counter
from dataclasses import asdict, dataclass
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from overt.model.engine import connect, quote, sql
from overt.release.figures import plain_number
from overt.release.read import Release

_SQL = files("overt") / "release" / "sql"


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
    reason: str


@dataclass(frozen=True)
class Comparison:
    """All differences, counts by kind, and figures that moved."""

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


def diff(old: Path, new: Path) -> Comparison:
    """Compare two releases by the published ids: what was added, removed, changed, merged, split, retracted."""
    with Release(old) as before, Release(new) as after:
        reasons = _source_reasons(before.manifest, after.manifest)
        ruled = any(before.manifest.get(part) != after.manifest.get(part) for part in ("code", "content", "libraries"))
    with connect() as connection:
        for side, folder in (("old", old), ("new", new)):
            for table in ("values", "records", "members", "claims", "judgements", "figures"):
                place = quote(folder / "tables" / f"{table}.parquet")
                connection.execute(f'CREATE VIEW "{side}_{table}" AS SELECT * FROM read_parquet({place})')
        found = connection.execute(sql(_SQL, "diff")).fetchall()
        figures = connection.execute(sql(_SQL, "diff_figures")).fetchall()
    differences = []
    for what, identity, kind, label, held, was, now, sources, judged, edited, taken in found:
        reason = _reason(what, [reasons[name] for name in sources or [] if name in reasons], judged, edited, taken, ruled)
        differences.append(Difference(what, identity, kind, label, held, was, now, reason))
    moved = [{"name": name, "before": _plain(was), "after": _plain(now)} for name, was, now in figures]
    return Comparison(old.name, new.name, differences, moved)


def _source_reasons(before: dict[str, Any], after: dict[str, Any]) -> dict[str, str]:
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


def _reason(what: str, sources: list[str], judged: str | None, edited: bool, retracted: bool, ruled: bool) -> str:
    if what == "retracted" or (what == "removed" and retracted):
        return "retracted by an editor"
    if judged:
        return judged
    found = sorted(sources) + (["editorial claim"] if edited else [])
    if not found and ruled:
        found.append("rules, content or libraries changed")
    return "; ".join(found) or "follows from another change"


def _plain(value: Decimal | None) -> float | int | None:
    return plain_number(value)
