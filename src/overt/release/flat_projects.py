"""The released table `projects_flat`: a row a project, for spreadsheets."""

from pathlib import Path

import duckdb

from overt.model.engines.duckdb_connection import quote_literal, write_parquet
from overt.release.project_countries import create_project_countries
from overt.release.release_queries import release_query

NAME = "projects_flat"
COLUMNS = {
    "id": "Published id of the project; its page is /project/ID.",
    "name": "Name of the project.",
    "name_zh": "Chinese name, if a source gives one.",
    "kinds": "Kinds of the project.",
    "kind_ids": "Ids of the kinds.",
    "layers": "Layers of the kinds.",
    "countries": "Countries.",
    "country_codes": "Codes of the countries.",
    "status": "How far it has come: a term of the vocabulary statuses.",
    "year": "Year of the first known date, as lists show it.",
    "agreed": "When it was agreed (EDTF). Like all dates, it can be a plan of the day on which its source was made.",
    "construction_start": "When construction began (EDTF).",
    "started": "When it began (EDTF).",
    "operational": "Since when it is in use (EDTF).",
    "completed": "When it was completed (EDTF).",
    "ended": "When it ended (EDTF).",
    "suppliers": "Who supplies it.",
    "implementers": "Who carries it out.",
    "customers": "Who ordered it.",
    "operators": "Who runs it.",
    "owners": "Who owns it.",
    "lenders": "Who promised money.",
    "amount": "Sum of the commitments that are not cancelled; empty if they are in several currencies or price years.",
    "currency": "Currency, and the year of constant prices: USD@2021. Several, if the amounts cannot be added.",
    "lat": "Latitude of the most exactly known place (WGS 84); empty if only the country is known.",
    "lon": "Longitude of that place.",
    "precision": "How exactly that place is known: exact, locality, admin2 or admin1.",
    "place": "Name of that place.",
    "places": "Number of places that are points.",
    "independent_sources": "Number of independent sources.",
    "sources": "Titles of the sources.",
    "documents": "Addresses of the documents that they cite, with spaces between them.",
}
"""Column → meaning. Several values in a cell are joined by semicolons."""


def write_flat_projects(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Write `projects_flat` into `folder`, create a view of it, and return its row count. `connection` has the other tables."""
    create_project_countries(connection)
    path = folder / f"{NAME}.parquet"
    years = release_query("answers.years").rstrip().removesuffix(";")
    rows = write_parquet(connection, release_query("flat_projects.projects", years=years).rstrip().removesuffix(";"), path)
    connection.execute(f"CREATE OR REPLACE VIEW {NAME} AS SELECT * FROM read_parquet({quote_literal(path)})")
    return {NAME: rows}
