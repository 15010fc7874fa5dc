"""What the difference between a figure and a reported total is made of, of rows that are told here."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import pytest

from overt.model.content import Catalogue
from overt.model.yaml import parse
from overt.release.figures.difference_parts import CountedFigure, difference_parts
from overt.release.figures.figure_definition import Figure, load_figures
from overt.release.figures.figure_rows import query_figure_rows
from overt.release.figures.sensitivity import TooManyClaimsError

WORDS = dict.fromkeys(("name", "title", "title_zh", "question", "unit", "counting_unit", "counts_in", "counts_out"), "mine")


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """One thing of three records of alpha: a smart city, its surveillance, which is a kind of it, and a data centre."""
    with duckdb.connect() as held:
        held.execute("CREATE TABLE members AS SELECT unnest(['a:1', 'a:2', 'a:3']) AS record, 'one' AS id, 'alpha' AS source")
        kinds = "unnest(['smart-city', 'cameras', 'data-centre']) AS value"
        held.execute(f"CREATE TABLE claims AS SELECT unnest(['a:1', 'a:2', 'a:3']) AS record, 'kind' AS property, {kinds}")
        held.execute("ALTER TABLE claims ADD COLUMN standing VARCHAR DEFAULT 'current'")
        terms = "'project-kinds' AS vocabulary, 'cameras' AS id, 'smart-city' AS broader"
        held.execute(f"CREATE TABLE terms AS SELECT {terms}")
        yield held


def parts(
    connection: duckdb.DuckDBPyConnection,
    rows: list[dict[str, Any]],
    comparator: dict[str, Any],
    as_of: str | None = None,
    told_by: Any = None,
) -> dict[str | None, int]:
    """By its reason, the amount of each part of a difference of nothing."""
    other = {"measure": "smart-city-projects", **comparator}
    figure = parse(Figure, {**WORDS, "any_of": ["alpha"], "begun": "begun", "comparators": [other], "query": "SELECT 1"}, "here")
    alone = {row["unit_id"]: None for row in rows}
    otherwise = SimpleNamespace(told_by=told_by or (lambda figure, sources: alone))
    ours = CountedFigure(rows, cast(Any, SimpleNamespace(loaded={"alpha": {}})), cast(Any, otherwise))
    said = {"value": len(rows), "as_of": as_of}
    found = difference_parts(connection, figure, figure.comparators[0], said, Decimal(0), ours)
    return {part["reason"]: part["amount"] for part in found if part["amount"] is not None}


def row(unit: str, first: date | None = None, last: date | None = None) -> dict[str, Any]:
    return {"unit_id": unit, "amount": None, "begun": first, "begun_to": last, "tests": [], "in_unit": {}}


def test_what_can_lie_in_the_time_of_the_total_is_not_told_to_be_earlier(connection: duckdb.DuckDBPyConnection) -> None:
    rows = [row("some day of 2010", date(2010, 1, 1), date(2010, 12, 31)), row("in May", date(2010, 5, 1), date(2010, 5, 31))]
    rows += [row("later", date(2021, 1, 1), date(2021, 12, 31)), row("by some day", date(2020, 1, 1), date(2022, 12, 31))]
    found = parts(connection, rows, {}, "2010-06/2020-06")
    assert (found["earlier"], found["later"]) == (1, 1)


@pytest.mark.parametrize(("kind", "amount"), [("smart-city", -1), ("cameras", 0), ("data-centre", 0), (None, -2)])
def test_records_that_tell_of_another_kind_are_not_counted_one_by_one(
    connection: duckdb.DuckDBPyConnection, kind: str | None, amount: int
) -> None:
    counted = {"reported_from": ["alpha"], "each_record": True, "kind": kind}
    found = parts(connection, [row("one")], counted)
    assert (found["records"], found["rest"]) == (amount, -amount)


def test_what_the_reporters_counted_is_not_told_where_it_was_not_tried(connection: duckdb.DuckDBPyConnection) -> None:
    def too_many(figure: Figure, sources: list[str]) -> None:
        raise TooManyClaimsError

    counted = {"reported_from": ["alpha"], "each_record": True, "kind": "smart-city"}
    assert parts(connection, [row("one")], counted, told_by=too_many) == {"rest": 0}


def test_a_shipped_figure_beside_totals_of_another_unit_and_scope(
    connection: duckdb.DuckDBPyConnection, content: Catalogue
) -> None:
    """Five networks, one of them in mainland China alone, where the totals count none; the others in two countries beside it."""
    names = [f"{name}_{end}" for name in ("agreed", "construction_start", "started", "operational") for end in ("from", "to")]
    dates = ", ".join(f"DATE '2018-01-01' AS {name}" for name in names)
    held = "('a', ['KE']), ('b', ['KE', 'UG']), ('c', ['CN']), ('d', ['CN', 'UG']), ('e', ['KE'])"
    connection.execute(
        f"CREATE TABLE projects AS SELECT *, NULL::VARCHAR AS status, {dates} FROM (VALUES {held}) AS t(id, country)"
    )
    connection.execute("CREATE TABLE project_kinds AS SELECT id, '5g-network' AS kind FROM projects")
    connection.execute("CREATE TABLE roles (project VARCHAR, organization VARCHAR)")
    connection.execute("CREATE TABLE organizations (id VARCHAR, country VARCHAR)")
    figure = next(one for one in load_figures(content) if one.name == "5g-projects")
    rows = query_figure_rows(connection, figure)
    alone = {held["unit_id"]: None for held in rows}
    sources, otherwise = SimpleNamespace(loaded={"aspi_tech_map": {}}), SimpleNamespace(told_by=lambda *asked: alone)
    ours = CountedFigure(rows, cast(Any, sources), cast(Any, otherwise))
    comparator = next(one for one in figure.comparators if one.measure == "5g-countries")
    found = difference_parts(connection, figure, comparator, {"value": 2, "as_of": None}, Decimal(5 - 2), ours)
    told = {part["reason"]: (part["amount"], part["units"]) for part in found if part["amount"]}
    assert told == {"outside": (1, ["c"]), "unit": (2, [])}, "four networks less Kenya and Uganda"
    assert sum(part["amount"] or 0 for part in found) == 3
