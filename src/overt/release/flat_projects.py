"""The released table `projects_flat`: one row per project, for spreadsheets."""

from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import shapely

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import quote_literal, write_parquet
from overt.model.values.span import date_limits
from overt.release.project_countries import create_project_countries
from overt.release.release_sql import places_behind_sites, project_years, release_query
from overt.release.spans.span_rules import load_span_rules

NAME = "projects_flat"
COLUMNS = {
    "id": "Published id of the project; its page is /project/ID.",
    "name": "Name of the project.",
    "name_zh": "Chinese name. Empty if no source has one.",
    "kind_name": "Kinds of the project, in words. Empty if unknown.",
    "kind": "Ids of the kinds, terms of the vocabulary project-kinds. Empty if unknown.",
    "layer_name": "Layers of the kinds, in words. Empty if the kinds have none.",
    "country_name": "Names of the countries. Empty if unknown.",
    "country": "Codes of the countries, as in `areas`. Empty if unknown.",
    "status": "How far it has come, a term of the vocabulary statuses. Empty if no source states it.",
    "year": "Year of the first known date, as lists show it. Empty if no date is known.",
    "agreed": "When it was agreed (EDTF). Empty if no source states it, like all dates here.",
    "construction_start": "When construction began (EDTF).",
    "started": "When it began (EDTF).",
    "operational": "When it came into use (EDTF).",
    "completed": "When it was completed (EDTF).",
    "ended": "When it ended (EDTF).",
    "planned_column": "Names of columns whose date is a plan, because it is later than the sources that state it. Empty if none.",
    "supplier_name": "Suppliers, by name. Empty if unknown, like all roles here.",
    "implementer_name": "Implementers, by name.",
    "customer_name": "Customers, by name.",
    "operator_name": "Operators, by name.",
    "owner_name": "Owners, by name.",
    "financier_name": "Lenders and donors, by name.",
    "amount": "Sum of the commitments that are not cancelled, in `amount_unit`. Empty if none has an amount or units differ.",
    "amount_unit": "Currency (ISO 4217), and year of constant prices: USD@2021. Several if amounts differ in it.",
    "latitude": "Latitude of the most exactly known place, in degrees (WGS 84). Empty if only the country is known.",
    "longitude": "Longitude of that place, in degrees (WGS 84). Empty like the latitude.",
    "precision": "How exactly that place is known: exact, locality, admin2 or admin1. Empty like the latitude.",
    "place_name": "Name of that place. Empty if it has none.",
    "places": "Number of places that are points or areas, not counting a province in which an exact site is known.",
    "independent_sources": "Number of sources and documents that describe it without copying one another.",
    "source_title": "Titles of the sources.",
    "document_url": "Addresses of the documents that the sources cite, separated by spaces. Empty if there are none.",
}
"""Description of each column. Several values in a cell are joined by semicolons; addresses of documents, by spaces."""
INTEGERS = frozenset({"year", "places", "independent_sources"})
"""Columns with integers."""
NUMBERS = frozenset({"amount", "latitude", "longitude"})
"""Columns with decimals. Columns that are neither here nor in `INTEGERS` contain text."""


def write_flat_projects(connection: duckdb.DuckDBPyConnection, content: Catalogue, folder: Path, day: date) -> dict[str, int]:
    """Write `projects_flat` into `folder`, create a view of it, and return its row count. See `flat_projects_query`."""
    path = folder / f"{NAME}.parquet"
    rows = write_parquet(connection, flat_projects_query(connection, content, day), path)
    connection.execute(f"CREATE OR REPLACE VIEW {NAME} AS SELECT * FROM read_parquet({quote_literal(path)})")
    return {NAME: rows}


def flat_projects_query(connection: duckdb.DuckDBPyConnection, content: Catalogue, day: date) -> str:
    """Return a query for the table `projects_flat` of a release of `day`, and create the temporary tables that it reads.

    `connection` has the release's other tables. Raises ContentError for invalid rules for spans.
    """
    create_project_countries(connection)
    _register_source_days(connection)
    _register_area_points(connection)
    rules = load_span_rules(content).types["project"]
    names = {
        "years": project_years(),
        "day": day.isoformat(),
        "begins": ", ".join(map(quote_literal, rules.begins)),
        "behind_sites": places_behind_sites(),
        "unfinished": ", ".join(map(quote_literal, rules.planned)),
    }
    return release_query("flat_projects.projects", **names)


def _register_area_points(connection: duckdb.DuckDBPyConnection) -> None:
    """Create a table with a point inside each place that is an area."""
    areas = "geometry LIKE 'POLYGON%' OR geometry LIKE 'MULTIPOLYGON%'"
    rows = connection.execute(f"SELECT id, geometry FROM places WHERE {areas} ORDER BY id").fetchall()
    points = [shapely.from_wkt(geometry).representative_point() for _, geometry in rows]
    sides = {"latitude": [round(point.y, 6) for point in points], "longitude": [round(point.x, 6) for point in points]}
    columns = {name: pa.array(values, pa.float64()) for name, values in sides.items()}
    connection.register("incoming_area_points", pa.table({"id": pa.array([row[0] for row in rows], pa.string()), **columns}))
    connection.execute("CREATE OR REPLACE TEMP TABLE flat_area_points AS FROM incoming_area_points")
    connection.unregister("incoming_area_points")


def _register_source_days(connection: duckdb.DuckDBPyConnection) -> None:
    """Create a table of the last day that each source can report on: the end of `as_of` or, without one, the day of retrieval."""
    columns = {row[0] for row in connection.execute("DESCRIBE sources").fetchall()}
    as_of = "as_of" if "as_of" in columns else "NULL"  # Older releases lack this column.
    rows = connection.execute(f"SELECT source, {as_of}, retrieved FROM sources ORDER BY source").fetchall()
    lasts = [(as_of and date_limits(as_of)[1]) or date.fromisoformat(retrieved) for _, as_of, retrieved in rows]
    table = pa.table({"source": pa.array([row[0] for row in rows], pa.string()), "last_spoken": pa.array(lasts, pa.date32())})
    connection.register("incoming_source_days", table)
    connection.execute("CREATE OR REPLACE TEMP TABLE flat_source_days AS FROM incoming_source_days")
    connection.unregister("incoming_source_days")
