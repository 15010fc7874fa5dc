"""What the index stores about projects and documents: years, places, shapes, and citations."""

import sqlite3
from importlib.resources import files
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from overt.index.drawn_geometry import drawn
from overt.model.content_catalogue import Catalogue
from overt.model.record_ids import canonical_id
from overt.model.values.span import NOT_DOCUMENTED
from overt.queries import projects
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Database, Reader
from overt.server.app import ServeSettings, prepare
from tests.support.small_atlas import make_atlas


def test_year_is_the_first_that_is_known(reader: Reader) -> None:
    years = dict(reader._connection.execute("SELECT id, year FROM projects"))
    assert years[canonical_id("open_projects:cable")] == 2027
    assert years[canonical_id("open_projects:backbone")] == 2007
    assert years[canonical_id("open_projects:denied")] is None


@pytest.mark.parametrize(
    ("first", "last", "matches"),
    [(2018, 2018, False), (None, 2019, True), (2019, 2019, True), (2030, 2030, True), (2031, None, True)],
)
def test_a_project_is_found_in_every_year_that_its_date_can_mean(
    reader: Reader, first: int | None, last: int | None, matches: bool
) -> None:
    """The project's source states "2019 or later" as its date."""
    rows = projects.page(reader, ProjectFilter(year_from=first, year_to=last), size=200)
    assert (canonical_id("open_projects:5g") in {row.id for row in rows}) is matches


def test_a_document_cited_only_by_a_place_lists_that_claim(tmp_path: Path) -> None:
    """The claim itself cites no document. Only a place of its evidence does."""
    workspace, release = make_atlas(tmp_path / "atlas")
    table = workspace.releases / release / "tables" / "evidence.parquet"
    claims = pq.read_table(table.with_name("claims.parquet")).to_pylist()
    bare = next(row for row in claims if row["document"] is None and row["standing"] == "current" and row["property"] == "status")
    rows = pq.read_table(table)
    places = [
        {**row, "document": "open_register:report"} if row["claim_id"] == bare["claim_id"] else row for row in rows.to_pylist()
    ]
    pq.write_table(rows.from_pylist(places, schema=rows.schema), table)
    with Database(prepare(ServeSettings(workspace)).database).lease() as reader:
        cited = reader.rows("records.citing_document", {"id": canonical_id("open_register:report")})
    named = {row["claim_id"] for row in claims if row["document"] == "open_register:report" and row["standing"] == "current"}
    assert named and {row["claim_id"] for row in cited} == named | {bare["claim_id"]}


@pytest.mark.parametrize("precision", ["country", "unlocated", "", "other"])
def test_unlocated_projects_are_never_drawn(precision: str) -> None:
    assert drawn("POINT (1 2)", precision) is None


def test_shapes() -> None:
    point = drawn("POINT (36.81721 -1.28641)", "exact")
    assert point is not None and (point.longitude, point.latitude, point.route) == (36.8172, -1.2864, None)
    area = drawn("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))", "admin1")
    assert area is not None and area.longitude is not None and 0 < area.longitude < 4
    assert area.box == (0, 4, 0, 4)
    line = drawn("LINESTRING (0 0, 1 0.0001, 2 0)", "schematic")
    assert line is not None and line.route == '{"type":"LineString","coordinates":[[0.0,0.0],[2.0,0.0]]}'
    assert drawn(None, "exact") is None


def test_documented_projects_are_those_whose_status_counts(content: Catalogue) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.executescript((files("overt.index") / "sql" / "schema.sql").read_text(encoding="utf-8"))
        statuses = [term.id for term in content.vocabularies["statuses"].terms]
        rows = [("without", None), *((status, status) for status in statuses)]
        connection.executemany("INSERT INTO projects (id, status) VALUES (?, ?)", rows)
        left_out = connection.execute("SELECT status FROM projects WHERE NOT documented ORDER BY status").fetchall()
    assert tuple(status for (status,) in left_out) == NOT_DOCUMENTED


_QUERIES = (
    "release/sql/answer_input_tables.sql",
    "release/sql/kind_lender_and_service_answers.sql",
    "cli/sql/country_summary.sql",
)


@pytest.mark.parametrize("query", _QUERIES)
def test_queries_of_releases_leave_out_the_same_statuses(query: str) -> None:
    text = (files("overt") / query).read_text(encoding="utf-8")
    assert ", ".join(f"'{status}'" for status in NOT_DOCUMENTED) in text
