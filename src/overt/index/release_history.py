"""What changed from release to release, for the pages of records, figures and releases: read from the releases that are kept."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from overt.index.batches import Row, batches, insert
from overt.model.duckdb_connection import quote_literal, sql

_SQL = files("overt") / "index" / "sql" / "history"
_NEEDED = ("claims", "members", "records", "values", "figures", "sources")
_FIGURE = ("name", "status", "value", "unit", "rows", "sql", "definition")


@dataclass(frozen=True)
class Stage:
    """A release as its readers may see it: the whole, or the edition of it that may be shown to them."""

    release: str
    tables: Path
    manifest: Mapping[str, Any]
    part_of: Path | None = None
    """Of a part of a release, the tables of all of it that its readers may see. What was said of the part's records is read from
    their claims: a project that came into the part was there before, and is not to be told of as added.
    """


def write_history(target: sqlite3.Connection, source: duckdb.DuckDBPyConnection, older: Sequence[Stage], newest: Stage) -> None:
    """Fill `stages`, `history` and `figure_history`. `older`: the releases before, the first one first; `source` has the tables
    of the newest, and the views of `build_serve`. All of them are `readable`.
    """
    stages = [*older, newest]
    for position, stage in enumerate(stages):
        before = stages[position - 1] if position else None
        anew = moved(before, stage)
        row = (position, stage.release, stage.manifest["date"], stage.manifest.get("note") or "", orjson.dumps(anew).decode())
        insert(target, "stages", [row])
        for table in ("claims", "members", "records"):
            folder = (stage.part_of or stage.tables) if table == "claims" else stage.tables
            place = quote_literal(folder / f"{table}.parquet")
            source.execute(f'CREATE TEMP VIEW "s{position}_{table}" AS SELECT * FROM read_parquet({place})')
        reasons = {
            "source": [source_change["source"] for source_change in anew["sources"]],
            "reason": [source_change["what"] for source_change in anew["sources"]],
        }
        schema = pa.schema([("source", pa.string()), ("reason", pa.string())])
        source.register(f"s{position}_reasons", pa.table(reasons, schema=schema))
        if before is not None:
            parts = {"old": f"s{position - 1}", "new": f"s{position}"}
            for query in ("records", "merged"):
                for rows in batches(source, sql(_SQL, query, parts)):
                    insert(target, "history", [(row[0], position, *row[1:]) for row in rows])
        insert(target, "figure_history", list(_figures(position, stage)))


def readable(stage: Stage) -> bool:
    """Whether a release has what its history needs; one of long ago may not."""
    try:
        columns = {name: set(pq.read_schema(stage.tables / f"{name}.parquet").names) for name in _NEEDED}
    except (OSError, pa.ArrowException):
        return False
    return {"standing", "record"} <= columns["claims"] and set(_FIGURE) <= columns["figures"]


def moved(before: Stage | None, stage: Stage) -> dict[str, Any]:
    """What a release was made of that the one before it was not."""
    old: Mapping[str, Any] = before.manifest if before else {}
    was, now = old.get("sources", {}), stage.manifest.get("sources", {})
    titles = {**(_titles(before) if before else {}), **_titles(stage)}
    sources = []
    for source in sorted(was.keys() | now.keys()):
        old_source, new_source = was.get(source), now.get(source)
        what = "source added" if old_source is None else "source left out" if new_source is None else "upstream"
        had, has = (old_source or {}).get("snapshot"), (new_source or {}).get("snapshot")
        if before is not None and had != has:
            sources.append({"source": source, "title": titles.get(source), "what": what, "before": had, "after": has})
    ruled = before is not None and any(old.get(part) != stage.manifest.get(part) for part in ("code", "content", "libraries"))
    return {"first": before is None, "sources": sources, "rules": ruled}


def _titles(stage: Stage) -> dict[str, str]:
    rows = pq.read_table(stage.tables / "sources.parquet", columns=["source", "title"]).to_pylist()
    return {row["source"]: row["title"] for row in rows}


def _figures(position: int, stage: Stage) -> Iterator[Row]:
    for row in pq.read_table(stage.tables / "figures.parquet", columns=list(_FIGURE)).to_pylist():
        value = None if row["value"] is None else format(row["value"].normalize(), "f")
        definition = f"{row['sql']}\0{orjson.loads(row['definition']).get('where')}"
        yield row["name"], position, row["status"], value, row["unit"], row["rows"], definition
