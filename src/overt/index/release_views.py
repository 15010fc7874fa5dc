"""The tables of a release as DuckDB views, which the queries of indexes and editions read.

Tables that an older release lacks are empty, except spans, repeated commitments and the flat table of projects, which are
computed from its claims.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from overt.index.columns_of_older_releases import current_columns, empty_record_table
from overt.index.drawn_geometry import DRAWN
from overt.index.index_sql import empty_tables, script
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view, quote_literal
from overt.model.geography.regions import AreaMembership
from overt.model.observation_table_columns import DOMAIN_LABELS
from overt.model.values.current_on_day import phase_on
from overt.model.values.status_from_dates import STATUS_BY_STEP, shown_status
from overt.release.blocklist_and_domain_tables import LABELS, OBSERVATION_SCHEMAS
from overt.release.columns.shared_and_former_column_names import former_names
from overt.release.figures.sensitivity import SENSITIVITY
from overt.release.findings.finding_tables import FINDINGS
from overt.release.flat_projects import COLUMNS as FLAT_COLUMNS
from overt.release.flat_projects import NAME as FLAT
from overt.release.flat_projects import flat_projects_query
from overt.release.measurement_tables import MEASUREMENT_SCHEMAS
from overt.release.project_countries import create_project_countries
from overt.release.release_build import NO_JOINS, NO_SCORES
from overt.release.release_sql import places_behind_sites
from overt.release.repeated_commitments import TABLE as REPEATED_COMMITMENTS
from overt.release.repeated_commitments import repeated_commitments
from overt.release.source_independence.claim_documents import create_claim_documents
from overt.release.spans.span_column_titles_and_descriptions import COLUMNS as SPAN_COLUMNS
from overt.release.spans.span_table import SPANS, span_query
from overt.release.tables_derived_from_claims import properties_of_type
from overt.resolve.alias_table import ALIASES

_REGION_AREAS = pa.schema(
    [(name, pa.bool_() if name in ("current", "listed") else pa.string()) for name in AreaMembership._fields]
)
LAYER_ORDER = ("censorship", "surveillance", "cables", "data-centres", "networks", "agreements", "finance", "presence")
"""Layers from the most to the least specific. The map draws a project only in the first of its layers."""

_COMPUTED = {FLAT: {*FLAT_COLUMNS}, SPANS: {*SPAN_COLUMNS}}
"""Tables that can be computed from the rest of a release, with their current columns."""


def create_index_views(connection: duckdb.DuckDBPyConnection, tables: Path, content: Catalogue, day: date) -> None:
    """Create the views and tables that the queries of an index read.

    These are a view of each table of the release, empty views for tables that the release lacks, tables from the content, and
    the views of `sql/index_input_views.sql`. Spans, repeated commitments and the flat table of projects are computed if the
    release lacks them. Spans and the flat table are also computed if they lack columns.

    `day`: the day of the release. It decides which records are current, and which areas are members of a region.
    """
    names = set()
    for path in sorted(tables.glob("*.parquet")):
        if path.stem in _COMPUTED and not _COMPUTED[path.stem] <= {*_present_names(path)}:
            continue  # In an older release, the table lacks columns, so it is computed again.
        names.add(path.stem)
        changes = current_columns(path, content)
        connection.execute(f'CREATE VIEW "{path.stem}" AS SELECT *{changes} FROM read_parquet({quote_literal(path)})')
    for name, query in empty_tables().items():
        if name not in names:
            connection.execute(f'CREATE VIEW "{name}" AS {query}')
    for kind in content.schema.types.values():
        if kind.table not in names:
            connection.execute(f'CREATE VIEW "{kind.table}" AS {empty_record_table(kind)}')
    for name, schema in _schemas_of_newer_tables(names).items():
        connection.register(name, schema.empty_table())
    connection.execute(f"CREATE VIEW cited_evidence AS {evidence_with_documents(connection, 'evidence')}")
    create_claim_documents(connection)
    connection.execute("CREATE OR REPLACE VIEW claims_out AS FROM claims")
    connection.register("record_properties", properties_of_type(content, "record"))
    connection.register("area_properties", properties_of_type(content, "area"))
    connection.register(
        "region_areas", pa.Table.from_pylist([row._asdict() for row in content.regions.rows(day.isoformat())], _REGION_AREAS)
    )
    terms = [
        (name, term.id, term.layer, position)
        for name, vocabulary in content.vocabularies.items()
        for position, term in enumerate(vocabulary.terms)
    ]
    roles = [(term, position) for name, term, _, position in terms if name == "roles"]
    register_rows(connection, "term_order", ("vocabulary", "id", "layer", "position"), terms)
    register_rows(connection, "role_order", ("role", "position"), roles)
    register_rows(connection, "layer_order", ("layer", "position"), [(name, at) for at, name in enumerate(LAYER_ORDER)])
    create_project_countries(connection)
    if REPEATED_COMMITMENTS not in names:
        connection.register(REPEATED_COMMITMENTS, repeated_commitments(connection, content))
    if SPANS not in names:  # An older release lacks the spans, so the current rules compute them.
        connection.execute(f"CREATE TEMP TABLE {SPANS} AS {span_query(connection, content, day)}")
    if FLAT not in names:
        connection.execute(f"CREATE TEMP TABLE {FLAT} AS {flat_projects_query(connection, content, day)}")
    _register_phases(connection, content, day)
    _register_shown_statuses(connection, day)
    drawn = ", ".join(map(quote_literal, sorted(DRAWN)))
    connection.execute(script("index_input_views", {"drawn": drawn, "behind_sites": places_behind_sites()}))


def _present_names(table: Path) -> list[str]:
    """Return the columns of a table, with current names in place of former ones."""
    former = former_names(table.stem)
    return [former.get(name, name) for name in pq.read_schema(table).names]


def _register_phases(connection: duckdb.DuckDBPyConnection, content: Catalogue, day: date) -> None:
    """Register `phases`: the phase, on a day, of each record that begins and ends.

    It is computed from dates, because the column `current` of a release's tables is less detailed, and older releases lack it.
    """
    dated = " UNION ALL ".join(
        f'SELECT id, start, "end" FROM "{kind.table}"' for kind in content.schema.types.values() if kind.lasts
    )
    rows = connection.execute(dated or "SELECT '' AS id, '' AS start, '' AS \"end\" WHERE false").fetchall()
    by_dates = {dates: phase_on(day, *dates).value for dates in {row[1:] for row in rows}}
    register_rows(connection, "phases", ("id", "phase"), [(identity, by_dates[start, end]) for identity, start, end in rows])


def _register_shown_statuses(connection: duckdb.DuckDBPyConnection, day: date) -> None:
    """Register `shown_statuses`: the status that pages show for each project on a day (`status_from_dates.shown_status`)."""
    columns = ", ".join(step.replace("-", "_") for step in STATUS_BY_STEP)
    rows = connection.execute(f"SELECT id, status, {columns} FROM projects").fetchall()
    by_status_and_dates = {
        (status, *dates): shown_status(status, dict(zip(STATUS_BY_STEP, dates, strict=True)), day.isoformat())
        for status, *dates in {row[1:] for row in rows}
    }
    register_rows(
        connection, "shown_statuses", ("id", "status"), [(identity, by_status_and_dates[*row]) for identity, *row in rows]
    )


def _schemas_of_newer_tables(names: set[str]) -> dict[str, pa.Schema]:
    """Return the schemas of newer tables that a release with the tables `names` lacks."""
    schemas = {"figure_sensitivity": SENSITIVITY, "findings": FINDINGS, "aliases": ALIASES, LABELS: DOMAIN_LABELS}
    missing = {name: schema for name, schema in schemas.items() if name not in names}
    if "observations" not in names:
        missing |= OBSERVATION_SCHEMAS
    if "measurements" not in names:
        missing |= MEASUREMENT_SCHEMAS
    return missing


def evidence_with_documents(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """Return a query for a table of evidence with the document cited at each place; the document is null for older releases."""
    columns = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    return f"SELECT *{'' if 'document' in columns else ', NULL::VARCHAR AS document'} FROM {table}"


def register_rows(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Register Python rows as a table that SQL can read."""
    values = {column: [row[at] for row in rows] for at, column in enumerate(columns)}
    empty = {column: pa.array([], pa.string()) for column in columns}
    connection.register(name, pa.table(values if rows else empty))


def create_release_views(connection: duckdb.DuckDBPyConnection, tables: Path) -> None:
    """Create the views `all_…` from which `limited_edition.sql` makes the tables of an edition."""
    for name in ("claims", "evidence", "members", "sources", "captures", "judgements", "changes"):
        create_parquet_view(connection, f"all_{name}", tables / f"{name}.parquet")
    added = {name: empty_tables()[name] for name in ("retractions", "corrections", "withheld")}
    for name, no_rows in {**added, "joins": f"FROM {NO_JOINS}", "scores": f"FROM {NO_SCORES}"}.items():
        if (tables / f"{name}.parquet").is_file():
            create_parquet_view(connection, f"all_{name}", tables / f"{name}.parquet")
        else:  # An older release lacks the table.
            connection.execute(f"CREATE VIEW all_{name} AS {no_rows}")
    connection.execute(f"CREATE VIEW all_cited_evidence AS {evidence_with_documents(connection, 'all_evidence')}")
