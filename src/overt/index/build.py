"""Building `serve.sqlite` from the Parquet tables of a release: DuckDB reads, Python's sqlite3 writes, one rename at the end."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow as pa

from overt.index.arrow_ingest import load_tables
from overt.index.batches import Row, batches, insert
from overt.index.map_features import write_features, write_site_features
from overt.index.missing_columns import new_columns
from overt.index.place_geometry import drawn
from overt.index.project_arrays import write_vectors
from overt.index.release_history import Stage, write_history
from overt.index.search_entries import COLUMNS, content_entries
from overt.index.search_index import write_index
from overt.index.search_text import fold
from overt.model.atomic_files import atomic_path
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect, quote_literal, sql
from overt.release.derived_tables import properties_of_type
from overt.release.figures.sensitivity import SENSITIVITY
from overt.release.measurement_tables import MEASUREMENT_SCHEMAS, MEASUREMENT_TABLES, PLATFORM_TESTS
from overt.release.observation_tables import OBSERVATION_SCHEMAS, PLATFORM_DOMAINS
from overt.resolve.alias_table import ALIASES
from overt.resolve.names.name_table import paused_garbage_collection

SQL = files("overt") / "index" / "sql"
NO_RETRACTIONS = "SELECT 0 AS sequence, '' AS at, '' AS who, '' AS why, '' AS target WHERE false"
_NO_OVERLAPS = {
    "overlaps": "'' AS unit, '' AS cut, '' AS part, [''] AS sources, 0 AS things",
    "overlap_answers": "'' AS unit, '' AS cut, '' AS part, 0 AS things, '' AS sources, '' AS lists, '' AS verdict, '' AS "
    "reasons, '' AS notes, 0 AS low, 0 AS high, '' AS estimates",
}
Progress = Callable[[str], None]

DEPENDENCE = ("dependence", "dependence_suppliers", "dependence_cables", "dependence_cuts")
"""Tables that releases did not always have."""
_PLAIN = (
    "sources", "captures", "records", "members", "aliases", "redirects", "withdrawn", "judgements", "changes", "facts", "claims",
    "evidence",
    "links", "project_kind", "project_layer", "project_country", "project_company", "project_source", "project_precision",
    "commitments", "countries", "indicators", "assessments", "figures", "figure_rows",
    "figure_sensitivity", *DEPENDENCE,
    "overlaps", "overlap_answers", "observation_lists", "observation_rows", "observed_lists", "observed_series", PLATFORM_DOMAINS,
    *MEASUREMENT_TABLES, PLATFORM_TESTS,
)  # fmt: skip
_FAST = "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;"
"""Nothing is lost by a crash: the file bears its name only when it is whole."""
_SORTED = {"projects": 4, "companies": 4}
"""Tables with a column to sort names by, and its place."""
TELLING = ("censorship", "surveillance", "cables", "data-centres", "networks", "agreements", "finance", "presence")
"""Layers from the one that says most of a project to the one that says least; the map draws a project in one only."""


def build_serve(
    tables: Path,
    path: Path,
    content: Catalogue,
    meta: Mapping[str, Any],
    *,
    older: Sequence[Stage] = (),
    part_of: Path | None = None,
    memory: str = "4GB",
    progress: Progress = lambda step: None,
) -> None:
    """Write the release whose Parquet tables are in `tables` to `path`. `meta`: what the site says of it, kept as JSON; `older`:
    the releases before it, the first one first, as the same readers may see them and `readable`; `part_of`: as `Stage` has it.
    """
    spill = path.parent.parent / ".tmp-spill"
    # Rows by the hundred thousand leave no cycles behind; looking for them took a twentieth of the time.
    with paused_garbage_collection(), atomic_path(path) as temporary:
        target = sqlite3.connect(temporary, isolation_level=None)
        try:
            target.executescript(_FAST)
            target.executescript((SQL / "schema.sql").read_text(encoding="utf-8"))
            with connect(memory=memory, spill=spill) as source:
                show(source, tables, content)
                load_tables(temporary, source, {table: sql(SQL / "load", table) for table in _PLAIN}, progress)
                target.execute("BEGIN")
                _content(target, source, content, meta)
                for table in _SORTED:
                    progress(table)
                    _copy(source, target, table)
                progress("places")
                _places(source, target)
                progress("history")
                write_history(target, source, older, Stage(meta["release"], tables, meta["manifest"], part_of))
                progress("search")
                _register(source, "content_entries", COLUMNS, list(content_entries(target, content.areas)))
                write_index(target, _rows(source, "entries"))
            target.execute("COMMIT")
            progress("indexes")
            target.executescript("PRAGMA analysis_limit = 2000;" + (SQL / "indexes.sql").read_text(encoding="utf-8"))
            progress("vectors")
            write_vectors(target)
            progress("features")
            with target:
                target.execute("BEGIN")
                write_features(target)
                write_site_features(target)
        finally:
            target.close()
    with suppress(OSError):  # It stays while another connection has spilled there.
        spill.rmdir()


def cited(source: duckdb.DuckDBPyConnection, evidence: str) -> str:
    """Query for the places of claims, each with the document that it cites; releases of old name none."""
    columns = [row[0] for row in source.execute(f"DESCRIBE {evidence}").fetchall()]
    return f"SELECT *{'' if 'document' in columns else ', NULL::VARCHAR AS document'} FROM {evidence}"


def dated() -> str:
    """Query for the date that a project is shown with: its id, and `known`, with `date`, `low` and `high`, or null."""
    return sql(SQL, "dated")


def show(source: duckdb.DuckDBPyConnection, tables: Path, content: Catalogue) -> None:
    """Let SQL see the tables of a release under their names, and what the queries of `sql/load` build on."""
    for path in sorted(tables.glob("*.parquet")):
        new = new_columns(path, content)
        source.execute(f'CREATE VIEW "{path.stem}" AS SELECT *{new} FROM read_parquet({quote_literal(path)})')
    order = [
        (name, term.id, term.layer, position)
        for name, vocabulary in content.vocabularies.items()
        for position, term in enumerate(vocabulary.terms)
    ]
    if not (tables / "retractions.parquet").is_file():  # releases made before the reasons of retractions were a table
        source.execute(f"CREATE VIEW retractions AS {NO_RETRACTIONS}")
    if not (tables / "figure_sensitivity.parquet").is_file():
        source.register("figure_sensitivity", SENSITIVITY.empty_table())
    for name, columns in _NO_OVERLAPS.items():
        if not (tables / f"{name}.parquet").is_file():  # releases made before overlaps were counted
            source.execute(f'CREATE VIEW "{name}" AS SELECT {columns} WHERE false')
    if not (tables / "aliases.parquet").is_file():  # releases made before names were a table
        source.register("aliases", ALIASES.empty_table())
    for name in DEPENDENCE:
        if not (tables / f"{name}.parquet").is_file():
            source.execute(f"CREATE VIEW {name} AS {sql(SQL / 'none', name)}")
    if not (tables / "observations.parquet").is_file():  # releases made before anything was measured
        for name, schema in OBSERVATION_SCHEMAS.items():
            source.register(name, schema.empty_table())
    if not (tables / "measurements.parquet").is_file():
        for name, schema in MEASUREMENT_SCHEMAS.items():
            source.register(name, schema.empty_table())
    source.execute(f"CREATE VIEW cited_evidence AS {cited(source, 'evidence')}")
    source.register("record_properties", properties_of_type(content, "record"))
    source.register("area_properties", properties_of_type(content, "area"))
    _register(source, "term_order", ("vocabulary", "id", "layer", "position"), order)
    _register(source, "role_order", ("role", "position"), [(name, at) for kind, name, _, at in order if kind == "roles"])
    _register(source, "layer_order", ("layer", "position"), list(zip(TELLING, range(len(TELLING)), strict=True)))
    source.execute((SQL / "views.sql").read_text(encoding="utf-8"))


def _register(source: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    held = {column: [row[at] for row in rows] for at, column in enumerate(columns)}
    source.register(name, pa.table(held) if rows else pa.table({column: pa.array([], pa.string()) for column in columns}))


def _content(target: sqlite3.Connection, source: duckdb.DuckDBPyConnection, content: Catalogue, meta: Mapping[str, Any]) -> None:
    """The words of the vocabularies, in their order, and the rules of the sources that are served."""
    terms = [
        (name, term.id, term.label, term.label_zh, term.definition, term.broader, term.layer, term.sign, term.unit, position)
        for name, vocabulary in content.vocabularies.items()
        for position, term in enumerate(vocabulary.terms)
    ]
    areas = [
        (area.code, area.alpha3, area.label, area.label_zh, area.kind, area.part_of) for area in content.areas.areas.values()
    ]
    served = {slug for (slug,) in source.execute("SELECT source FROM sources").fetchall()}
    rules = [
        (slug, rule, meaning) for slug, spec in content.sources.items() if slug in served for rule, meaning in spec.rules.items()
    ]
    insert(target, "meta", [(name, orjson.dumps(value).decode()) for name, value in meta.items()])
    insert(target, "terms", terms)
    insert(target, "areas", areas)
    insert(target, "rules", rules)


def _rows(source: duckdb.DuckDBPyConnection, query: str) -> Iterator[list[Row]]:
    return batches(source, sql(SQL / "load", query, {"dated": dated()}))


def _copy(source: duckdb.DuckDBPyConnection, target: sqlite3.Connection, table: str) -> None:
    at = _SORTED[table]
    for rows in _rows(source, table):
        insert(target, table, [(*row[:at], fold(row[at] or ""), *row[at + 1 :]) for row in rows])


def _places(source: duckdb.DuckDBPyConnection, target: sqlite3.Connection) -> None:
    number = 0
    for rows in _rows(source, "places"):
        places, boxes, projects = [], [], []
        for identity, label, country, precision, kind, radius, geometry, served in rows:
            number += 1
            shape = drawn(geometry, precision)
            points = (shape.longitude, shape.latitude, shape.route) if shape else (None, None, None)
            places.append((number, identity, label, country, precision, kind, radius, *points))
            projects += [(number, project) for project in dict.fromkeys(served or [])]
            if shape:
                boxes.append((number, *shape.box))
        insert(target, "places", places)
        insert(target, "place_project", projects)
        insert(target, "place_box", boxes)
