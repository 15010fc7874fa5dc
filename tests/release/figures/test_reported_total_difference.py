"""Parts of the difference between a figure and a reported total, from hand-made rows."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.yaml_reading_and_validation import parse
from overt.release.figures.figure_definition import Figure, load_figures
from overt.release.figures.figure_rows import query_figure_rows
from overt.release.figures.reported_total_difference import CountedFigure, difference_parts
from overt.release.figures.sensitivity import TooManyClaimsError

TEXTS = dict.fromkeys(("name", "title", "title_zh", "question", "unit", "counting_unit", "counts_in", "counts_out"), "mine")


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with one project, which has three records in alpha: a smart city, cameras (a narrower kind), a data centre."""
    with duckdb.connect() as database:
        database.execute("CREATE TABLE members AS SELECT unnest(['a:1', 'a:2', 'a:3']) AS record, 'one' AS id, 'alpha' AS source")
        kinds = "unnest(['smart-city', 'cameras', 'data-centre']) AS value"
        database.execute(f"CREATE TABLE claims AS SELECT unnest(['a:1', 'a:2', 'a:3']) AS record, 'kind' AS property, {kinds}")
        database.execute("ALTER TABLE claims ADD COLUMN standing VARCHAR DEFAULT 'current'")
        terms = "'project-kinds' AS vocabulary, 'cameras' AS id, 'smart-city' AS broader"
        database.execute(f"CREATE TABLE terms AS SELECT {terms}")
        yield database


def parts(
    connection: duckdb.DuckDBPyConnection,
    rows: list[dict[str, Any]],
    comparator: dict[str, Any],
    as_of: str | None = None,
    units_from: Any = None,
) -> dict[str | None, int]:
    """Split a difference of 0 between these rows and a reported total into parts. Return the amount of each part by reason."""
    other = {"measure": "smart-city-projects", **comparator}
    figure = parse(Figure, {**TEXTS, "any_of": ["alpha"], "begun": "begun", "comparators": [other], "query": "SELECT 1"}, "here")
    units = {row["unit_id"]: None for row in rows}
    sensitivity = SimpleNamespace(units_from=units_from or (lambda figure, sources: units))
    counted = CountedFigure(rows, cast(Any, SimpleNamespace(loaded={"alpha": {}})), cast(Any, sensitivity))
    reported = {"value": len(rows), "as_of": as_of}
    result = difference_parts(connection, figure, figure.comparators[0], reported, Decimal(0), counted)
    return {part["reason"]: part["amount"] for part in result if part["amount"] is not None}


def row(unit: str, first: date | None = None, last: date | None = None) -> dict[str, Any]:
    return {"unit_id": unit, "amount": None, "begun": first, "begun_to": last, "tests": [], "in_unit": {}}


def test_units_possibly_in_the_period_are_not_counted_as_earlier(connection: duckdb.DuckDBPyConnection) -> None:
    rows = [row("some day of 2010", date(2010, 1, 1), date(2010, 12, 31)), row("in May", date(2010, 5, 1), date(2010, 5, 31))]
    rows += [row("later", date(2021, 1, 1), date(2021, 12, 31)), row("by some day", date(2020, 1, 1), date(2022, 12, 31))]
    amounts = parts(connection, rows, {}, "2010-06/2020-06")
    assert (amounts["earlier"], amounts["later"]) == (1, 1)


@pytest.mark.parametrize(("kind", "amount"), [("smart-city", -1), ("cameras", 0), ("data-centre", 0), (None, -2)])
def test_only_records_of_the_counted_kind_are_duplicates(
    connection: duckdb.DuckDBPyConnection, kind: str | None, amount: int
) -> None:
    counted = {"reported_from": ["alpha"], "each_record": True, "kind": kind}
    amounts = parts(connection, [row("one")], counted)
    assert (amounts["records"], amounts["rest"]) == (amount, -amount)


def test_sources_are_not_compared_if_too_many_claims_are_affected(connection: duckdb.DuckDBPyConnection) -> None:
    def too_many(figure: Figure, sources: list[str]) -> None:
        raise TooManyClaimsError

    counted = {"reported_from": ["alpha"], "each_record": True, "kind": "smart-city"}
    assert parts(connection, [row("one")], counted, units_from=too_many) == {"rest": 0}


def test_a_shipped_figure_against_totals_of_another_unit_and_scope(
    connection: duckdb.DuckDBPyConnection, content: Catalogue
) -> None:
    """The figure counts five networks; the reported total counts countries.

    One network is only in mainland China, which the total leaves out. The four others are in Kenya, Uganda or both, and one of
    them is in China too.
    """
    names = [
        f"{name}_{end}"
        for name in ("agreed", "construction_start", "started", "operational", "completed")
        for end in ("from", "to")
    ]
    dates = ", ".join(f"DATE '2018-01-01' AS {name}" for name in names)
    projects = "('a', ['KE']), ('b', ['KE', 'UG']), ('c', ['CN']), ('d', ['CN', 'UG']), ('e', ['KE'])"
    connection.execute(
        f"CREATE TABLE projects AS SELECT *, NULL::VARCHAR AS status, {dates} FROM (VALUES {projects}) AS t(id, country)"
    )
    connection.execute("CREATE TABLE project_kinds AS SELECT id, '5g-network' AS kind FROM projects")
    connection.execute("CREATE TABLE roles (project VARCHAR, organization VARCHAR)")
    connection.execute("CREATE TABLE organizations (id VARCHAR, country VARCHAR)")
    figure = next(figure for figure in load_figures(content) if figure.name == "5g-projects")
    rows = query_figure_rows(connection, figure)
    units = {row["unit_id"]: None for row in rows}
    sources, sensitivity = SimpleNamespace(loaded={"aspi_tech_map": {}}), SimpleNamespace(units_from=lambda *_: units)
    counted = CountedFigure(rows, cast(Any, sources), cast(Any, sensitivity))
    comparator = next(comparator for comparator in figure.comparators if comparator.measure == "5g-countries")
    result = difference_parts(connection, figure, comparator, {"value": 2, "as_of": None}, Decimal(5 - 2), counted)
    by_reason = {part["reason"]: (part["amount"], part["units"]) for part in result if part["amount"]}
    assert by_reason == {"outside": (1, ["c"]), "unit": (2, [])}, "four networks less Kenya and Uganda"
    assert sum(part["amount"] or 0 for part in result) == 3
