"""Why two releases differ: what was loaded, judged, said or taken back in between; and how what differs is called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from overt.model.duckdb_connection import sql

_SQL = files("overt") / "release" / "sql"
_RULES = ("code", "content", "libraries")


@dataclass(frozen=True)
class Cause:
    """One thing that was done between two releases, from which differences can follow."""

    what: str
    """`source added`, `source left out`, `upstream changed`, `judged`, `taken back`, `retracted`, `editorial claim`,
    `rules changed`.
    """
    about: list[str]
    """What it was done to: a source; the two records of a judgement; the record of a claim; a part of Overt."""
    names: list[str]
    """What these are called, in the same order."""
    said: str | None
    """The verdict of a judgement; the claim, as `property: value`; of a source its snapshots, before → after."""
    who: str | None
    """Which editor; nothing where that is not to be told."""
    why: str | None


def causes(
    connection: duckdb.DuckDBPyConnection, before: Mapping[str, Any], after: Mapping[str, Any], *, editors: bool
) -> list[Cause]:
    """What was done between two releases, by the views that `diff` makes and by both manifests. Without `editors` it does not
    say which of them did what, nor in which words.
    """
    titles = dict(
        connection.execute("SELECT source, title FROM old_sources UNION ALL SELECT source, title FROM new_sources").fetchall()
    )
    found = [Cause(what, [source], [titles.get(source, source)], said, None, None) for source, what, said in moved(before, after)]
    for what, about, names, said, who, why in connection.execute(sql(_SQL, "diff_causes")).fetchall():
        found.append(Cause(what, about, names, said, *((who, why or None) if editors else (None, None))))
    ruled = [part for part in _RULES if before.get(part) != after.get(part)]
    return [*found, Cause("rules changed", ruled, ruled, None, None, None)] if ruled else found


def moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Sources that two manifests do not have alike: source, `source added`, `source left out` or `upstream changed`, and the
    snapshots.
    """
    found = []
    for source in sorted(before["sources"].keys() | after["sources"].keys()):
        was, now = (side["sources"].get(source, {}).get("snapshot") for side in (before, after))
        if source not in before["sources"]:
            found.append((source, "source added", now or ""))
        elif source not in after["sources"]:
            found.append((source, "source left out", was or ""))
        elif was != now:
            found.append((source, "upstream changed", f"{was} → {now}"))
    return found


def names_of(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """What records of either release are called: by the newer one where it has them; and what those were called before that were
    called otherwise. One without a name of its own (a role, a place) is called by what it is of.
    """
    connection.register("asked", pa.table({"id": pa.array(sorted(set(ids)), pa.string())}))
    rows = connection.execute(sql(_SQL, "diff_names")).fetchall()
    return {row[0]: row[1] or row[2] for row in rows}, {row[0]: row[2] for row in rows if row[1] and row[2] and row[1] != row[2]}
