"""Builds the index of a release, an SQLite file, from its Parquet tables, which DuckDB reads."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import orjson

from overt.gazetteer.placement_rule_descriptions import RULES
from overt.index.arrow_ingest import load_tables
from overt.index.drawn_geometry import drawn
from overt.index.history.record_and_figure_history import Stage, write_history
from overt.index.history.subject_changes import write_subject_changes
from overt.index.index_sql import empty_tables, script, table_queries
from overt.index.map_features import write_features, write_site_features
from overt.index.project_arrays import write_vectors
from overt.index.release_views import create_index_views, register_rows
from overt.index.row_transfer import Row, batches, insert
from overt.index.search_entries_from_content import COLUMNS, content_entries
from overt.index.search_index import write_index
from overt.index.search_text import fold
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.engines.garbage_collection_pause import paused_garbage_collection
from overt.model.files.atomic_writes import atomic_path
from overt.model.files.file_digests import sha256_file, write_digest
from overt.model.progress import Progress, no_progress, with_shares

_PRAGMAS = "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;"
"""SQL for fast writes without protection against crashes. A crash loses nothing: only a complete file gets its name."""
_SORT_LABEL_COLUMNS = {"projects": 4, "companies": 4}
"""Position of the column for sorting by name, by table."""
_CONVERTED = (*_SORT_LABEL_COLUMNS, "places", "entries")
"""Tables whose rows are converted in Python before they are inserted."""

_SHARES = {
    "answers": 0.1, "countries": 0.12, "records": 0.19, "facts": 0.23, "claims": 0.35, "evidence": 0.44, "links": 0.5,
    "projects": 0.55, "history": 0.58, "search": 0.59, "indexes": 0.87, "features": 0.97,
}  # fmt: skip
"""Share of the total processor time that has passed when a step begins, measured on the index of all shipped sources."""


def build_index(
    tables: Path,
    path: Path,
    content: Catalogue,
    meta: Mapping[str, Any],
    *,
    older: Sequence[Stage] = (),
    part_of: Path | None = None,
    memory: str = "4GB",
    progress: Progress = no_progress,
) -> None:
    """Write the release whose Parquet tables are in `tables` to the SQLite file `path`, and its digest beside it.

    `meta`: data about the release for the site, stored as JSON. `older`: earlier releases, oldest first, limited to what the
    same readers may see. `part_of`: see `Stage`. Raises OvertError, sqlite3.Error or DuckDB's error if the release can't be
    read or the file can't be written.
    """
    progress = with_shares(progress, _SHARES)
    spill = path.parent.parent / ".tmp-spill"
    # Loading makes no reference cycles, and searching for cycles would take a twentieth of the time.
    with paused_garbage_collection(), atomic_path(path) as temporary:
        target = sqlite3.connect(temporary, isolation_level=None)
        try:
            target.executescript(_PRAGMAS)
            target.executescript(script("schema"))
            with connect(memory=memory, spill=spill) as source:
                create_index_views(source, tables, content, date.fromisoformat(meta["manifest"]["date"]))
                source.execute(f"CREATE TEMP VIEW corrections_before AS {_corrections_before(older)}")
                source.execute(
                    f"CREATE TEMP VIEW edition_indicators AS {_edition_indicators(part_of if meta['subset'] else None)}"
                )
                queries = table_queries()
                plain = {table: query for table, query in queries.items() if table not in _CONVERTED}
                load_tables(temporary, source, plain, progress)
                target.execute("BEGIN")
                _write_content(target, source, content, meta)
                for table in _SORT_LABEL_COLUMNS:
                    progress(table)
                    _write_with_sort_labels(target, table, batches(source, queries[table]))
                progress("places")
                _write_places(target, batches(source, queries["places"]))
                progress("history")
                newest = Stage(meta["release"], tables, meta["manifest"], part_of)
                write_history(target, source, older, newest)
                write_subject_changes(target, content, older, newest, memory=memory, spill=spill)
                progress("search")
                register_rows(source, "content_entries", COLUMNS, list(content_entries(target, content)))
                write_index(target, batches(source, queries["entries"]))
            target.execute("COMMIT")
            progress("indexes")
            target.executescript("PRAGMA analysis_limit = 2000;" + script("indexes"))
            progress("vectors")
            write_vectors(target)
            progress("features")
            with target:
                target.execute("BEGIN")
                write_features(target)
                write_site_features(target)
        finally:
            target.close()
        write_digest(path, sha256_file(temporary))
    with suppress(OSError):  # The folder stays if another connection has spilled into it.
        spill.rmdir()


def _corrections_before(older: Sequence[Stage]) -> str:
    """Return a query for the corrections in the previous release.

    It returns no rows if there is no previous release or that release lacks the table.
    """
    path = older[-1].tables / "corrections.parquet" if older else None
    return f"FROM read_parquet({quote_literal(path)})" if path and path.is_file() else empty_tables()["corrections"]


def _edition_indicators(part_of: Path | None) -> str:
    """Return a query for the indicators of the edition that a subset is a part of.

    It returns no rows if `part_of` is None or the edition has no indicators.
    """
    path = part_of / "indicators.parquet" if part_of else None
    return f"FROM read_parquet({quote_literal(path)})" if path and path.is_file() else "FROM indicators WHERE false"


def _write_content(
    target: sqlite3.Connection, source: duckdb.DuckDBPyConnection, content: Catalogue, meta: Mapping[str, Any]
) -> None:
    """Write the data about the release, the content's properties, terms, areas and regions, and the rules of its sources."""
    properties = [
        (kind.name, name, kind.label, declared.label, declared.labels_of_values)
        for kind in content.schema.types.values()
        for name, declared in kind.properties.items()
    ]
    terms = [
        (name, term.id, term.label, term.label_zh, term.definition, term.broader, term.layer, term.sign, term.unit, position)
        for name, vocabulary in content.vocabularies.items()
        for position, term in enumerate(vocabulary.terms)
    ]
    areas = [
        (area.code, area.alpha3, area.label, area.label_zh, area.kind, area.part_of) for area in content.areas.areas.values()
    ]
    regions = [
        (
            region.id, region.label, region.label_zh, region.kind, region.m49, region.definition, region.definition_zh,
            *(orjson.dumps(part).decode() for part in (region.names, region.parts)),
            orjson.dumps([document.model_dump() for document in content.regions.documents(region.id)]).decode(), position,
        )
        for position, region in enumerate(content.regions.regions.values())
    ]  # fmt: skip
    slugs = {slug for (slug,) in source.execute("SELECT source FROM sources").fetchall()}
    rules = [
        (slug, rule, meaning) for slug, spec in content.sources.items() if slug in slugs for rule, meaning in spec.rules.items()
    ]
    rules += [
        (slug, rule, RULES[rule])
        for slug, rule in source.execute("SELECT DISTINCT source, rule FROM claims WHERE type = 'place' ORDER BY ALL").fetchall()
        if rule in RULES
    ]
    insert(target, "meta", [(name, orjson.dumps(value).decode()) for name, value in meta.items()])
    insert(target, "properties", properties)
    insert(target, "terms", terms)
    insert(target, "areas", areas)
    insert(target, "regions", regions)
    insert(target, "region_areas", list(content.regions.rows(str(meta["manifest"]["date"]))))
    insert(target, "rules", rules)


def _write_with_sort_labels(target: sqlite3.Connection, table: str, row_batches: Iterator[list[Row]]) -> None:
    at = _SORT_LABEL_COLUMNS[table]
    for rows in row_batches:
        insert(target, table, [(*row[:at], fold(row[at] or ""), *row[at + 1 :]) for row in rows])


def _write_places(target: sqlite3.Connection, row_batches: Iterator[list[Row]]) -> None:
    number = 0
    for rows in row_batches:
        places, boxes, place_projects = [], [], []
        for identity, label, country, precision, kind, radius, geometry, projects in rows:
            number += 1
            shape = drawn(geometry, precision)
            points = (shape.longitude, shape.latitude, shape.route) if shape else (None, None, None)
            places.append((number, identity, label, country, precision, kind, radius, *points))
            place_projects += [(number, project) for project in dict.fromkeys(projects or [])]
            if shape:
                boxes.append((number, *shape.box))
        insert(target, "places", places)
        insert(target, "place_project", place_projects)
        insert(target, "place_box", boxes)
