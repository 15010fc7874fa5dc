"""Changes from release to release, read from their tables, for the pages of records, figures and releases."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from overt.index.index_sql import empty_tables, index_query
from overt.index.row_transfer import Row, batches, insert
from overt.model.engines.duckdb_sql_and_parquet import quote_literal

_NEEDED = ("claims", "members", "records", "values", "figures", "sources")
_FIGURE = ("name", "status", "value", "unit", "rows", "sql", "definition")


@dataclass(frozen=True)
class Stage:
    """A release in a history, as its readers may see it: the complete release or an edition of it."""

    release: str
    tables: Path
    manifest: Mapping[str, Any]
    part_of: Path | None = None
    """For a subset, the tables of the edition that it is part of.

    Changes of the subset's records are read from their claims in these tables, because a project that newly matches the subset
    is not a new project.
    """


def write_history(target: sqlite3.Connection, source: duckdb.DuckDBPyConnection, older: Sequence[Stage], newest: Stage) -> None:
    """Fill the tables `stages`, `history`, `figure_history` and `finding_history`.

    `older`: the earlier releases, oldest first, all `readable`. `source` has the index views of the newest release.
    """
    stages = [*older, newest]
    for position, stage in enumerate(stages):
        before = stages[position - 1] if position else None
        inputs = changed_inputs(before, stage)
        for table in ("claims", "members", "records"):
            folder = (stage.part_of or stage.tables) if table == "claims" else stage.tables
            place = quote_literal(folder / f"{table}.parquet")
            source.execute(f'CREATE TEMP VIEW "s{position}_{table}" AS SELECT * FROM read_parquet({place})')
        withheld = stage.tables / "withheld.parquet"
        rows = f"SELECT * FROM read_parquet({quote_literal(withheld)})" if withheld.is_file() else empty_tables()["withheld"]
        source.execute(f'CREATE TEMP VIEW "s{position}_withheld" AS {rows}')
        reasons = {
            "source": [source_change["source"] for source_change in inputs["sources"]],
            "reason": [source_change["what"] for source_change in inputs["sources"]],
        }
        schema = pa.schema([("source", pa.string()), ("reason", pa.string())])
        source.register(f"s{position}_reasons", pa.table(reasons, schema=schema))
        unexplained = "rules" if inputs["rules"] else "another change"
        parts = {"old": f"s{position - 1}", "new": f"s{position}", "unexplained": unexplained}
        decisions = source.execute(index_query("record_and_cluster_changes.decisions", parts)).fetchall() if before else []
        inputs["editors"] = [decision for (decision,) in decisions]
        row = (position, stage.release, stage.manifest["date"], stage.manifest.get("note") or "", orjson.dumps(inputs).decode())
        insert(target, "stages", [row])
        if before is not None:
            for query in ("records", "merged"):
                for batch in batches(source, index_query(f"record_and_cluster_changes.{query}", parts)):
                    insert(target, "history", [(row[0], position, *row[1:]) for row in batch])
        insert(target, "figure_history", list(_figures(position, stage)))
        insert(target, "finding_history", list(_findings(position, stage)))


def readable(stage: Stage) -> bool:
    """Return whether a release has the tables and columns that the history needs; very old releases may lack them."""
    try:
        columns = {name: set(pq.read_schema(stage.tables / f"{name}.parquet").names) for name in _NEEDED}
    except (OSError, pa.ArrowException):
        return False
    return {"standing", "record"} <= columns["claims"] and set(_FIGURE) <= columns["figures"]


def changed_inputs(before: Stage | None, stage: Stage) -> dict[str, Any]:
    """Return how the inputs of a release differ from those of the previous one.

    The keys are `first` (whether there is no previous release), `sources` (those that were added, left out or have another
    snapshot, each with what changed) and `rules` (whether code, content or libraries differ). `before`: None for the first
    release, for which nothing differs.
    """
    old: Mapping[str, Any] = before.manifest if before else {}
    old_sources, new_sources = old.get("sources", {}), stage.manifest.get("sources", {})
    titles = {**(_titles(before) if before else {}), **_titles(stage)}
    sources = []
    for source in sorted(old_sources.keys() | new_sources.keys()):
        old_source, new_source = old_sources.get(source), new_sources.get(source)
        what = "source added" if old_source is None else "source left out" if new_source is None else "upstream"
        old_snapshot, new_snapshot = (old_source or {}).get("snapshot"), (new_source or {}).get("snapshot")
        if before is not None and old_snapshot != new_snapshot:
            sources.append(
                {"source": source, "title": titles.get(source), "what": what, "before": old_snapshot, "after": new_snapshot}
            )
    rules_changed = before is not None and any(
        old.get(part) != stage.manifest.get(part) for part in ("code", "content", "libraries")
    )
    return {"first": before is None, "sources": sources, "rules": rules_changed}


def _titles(stage: Stage) -> dict[str, str]:
    rows = pq.read_table(stage.tables / "sources.parquet", columns=["source", "title"]).to_pylist()
    return {row["source"]: row["title"] for row in rows}


def _figures(position: int, stage: Stage) -> Iterator[Row]:
    for row in pq.read_table(stage.tables / "figures.parquet", columns=list(_FIGURE)).to_pylist():
        value = None if row["value"] is None else format(row["value"].normalize(), "f")
        definition = f"{row['sql']}\0{orjson.loads(row['definition']).get('where')}"
        yield row["name"], position, row["status"], value, row["unit"], row["rows"], definition


def _findings(position: int, stage: Stage) -> Iterator[Row]:
    """Yield the findings of a release. Releases made before findings were introduced have none."""
    path = stage.tables / "findings.parquet"
    if path.is_file():
        for row in pq.read_table(path, columns=["name", "status", "reason", "headline", "text"]).to_pylist():
            yield row["name"], position, row["status"], row["reason"], row["headline"], row["text"]
