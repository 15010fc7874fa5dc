"""Commitments that sums leave out: second records of a promise, and possible repetitions of a commitment already in the sum."""

from collections.abc import Sequence

import duckdb
import pytest

from overt.model.content_catalogue import Catalogue
from overt.queries import countries
from overt.queries.database import Reader
from overt.release.release_sql import release_query
from overt.release.repeated_commitments import Commitment, Pair, find_repetitions
from overt.site.country.country_print_and_charts_context import money_by_unit


def _dataset(name: str, amount: float | None) -> Commitment:
    return Commitment(name, "p", ["dataset"], [f"row {name}"], amount)


def _register(name: str, amount: float, unit: str, document: str = "") -> Commitment:
    return Commitment(name, "p", [], [document or f"paper {name}"], amount, usd=amount if unit == "USD" else None)


def _added(rows: Sequence[Commitment], pairs: Sequence[Pair]) -> set[str]:
    return {row.id for row in rows} - {row.id for row in find_repetitions(rows, pairs)}


def test_a_dataset_comes_before_registers_and_its_commitments_add_up() -> None:
    rows = [_dataset("a", 10), _dataset("b", 20), _register("r", 500, "USD"), _register("s", 9, "CNY")]
    pairs = [Pair("a", "r", True, None, 1), Pair("b", "r", True, None, 1), Pair("b", "s", False, None, 1)]
    assert _added(rows, pairs) == {"a", "b", "s"}, "r may be a or b; s is neither"
    assert find_repetitions(rows, pairs) == [("r", "a", False), ("r", "b", False)]


def test_a_promise_without_an_amount_counts_with_the_amount_of_another_source() -> None:
    rows = [_dataset("a", None), _register("r", 500, "USD")]
    assert find_repetitions(rows, [Pair("a", "r", True, 1, 1)]) == [("a", "r", True)]


def test_in_one_currency_only_the_largest_amount_of_registers_is_added() -> None:
    rows = [_register("r", 45.9, "XAF"), _register("s", 46, "XAF"), _register("t", 22.95, "XAF")]
    pairs = [Pair("r", "s", True, 2, 0.002), Pair("r", "t", True, None, 0.5), Pair("s", "t", True, None, 0.5)]
    assert find_repetitions(rows, pairs) == [("r", "s", True), ("t", "r", False), ("t", "s", False)]


def test_matches_are_one_to_one_and_the_best_come_first() -> None:
    rows = [_dataset("a", 100), _dataset("b", 103), _register("r", 104, "USD")]
    pairs = [Pair("a", "r", True, 3, 0.04), Pair("b", "r", True, 3, 0.01)]
    assert ("r", "b", True) in find_repetitions(rows, pairs) and ("r", "a", True) not in find_repetitions(rows, pairs)
    rows = [_dataset("a", 100), _register("r", 101, "CNY", "one paper"), _register("s", 104, "EUR", "one paper")]
    pairs = [Pair("a", "s", True, 3, 0.04), Pair("a", "r", True, 3, 0.01)]
    assert _added(rows, pairs) == {"a", "s"}, "the paper names two promises, and the first one is the dataset's"


@pytest.mark.parametrize(("same_unit", "added"), [(True, {"r"}), (False, {"r", "s"})])
def test_of_two_in_one_paper_the_smaller_is_left_out_only_in_the_same_unit(same_unit: bool, added: set[str]) -> None:
    rows = [_register("r", 500, "CNY", "paper"), _register("s", 9, "CNY", "paper")]
    assert _added(rows, [Pair("r", "s", True, None, 0.98, same_unit)]) == added


def test_only_what_is_added_leaves_another_commitment_out() -> None:
    rows = [_dataset("a", 10), _register("r", 500, "USD"), _register("s", 9, "CNY")]
    pairs = [Pair("a", "r", True, None, 1), Pair("r", "s", True, None, 1)]
    assert _added(rows, pairs) == {"a", "s"}, "s may be r, which isn't added"


@pytest.mark.parametrize(
    ("rows", "pairs"),
    [
        ("('p', 'USD', 100e6, 2015), ('o', 'CNY', 628e6, 2015)", [("p", "o", True, 3)]),
        ("('p', 'USD', 100e6, 2015), ('o', 'CNY', 628e6, 2016)", [("p", "o", False, None)]),
        ("('p', 'USD', 100e6, NULL), ('o', 'CNY', 628e6, 2015)", [("p", "o", True, None)]),
        ("('p', 'USD', 100e6, 2015), ('o', 'USD', 97e6, 2015)", [("p", "o", True, 2)]),
        ("('p', 'USD', 100e6, 2015), ('o', 'USD', 50e6, 2016)", [("p", "o", True, None)]),
    ],
)
@pytest.mark.parametrize("source", ["editorial", "register"])
def test_editors_entries_pair_like_those_of_registers(
    source: str, rows: str, pairs: list[tuple[str, str, bool, int | None]]
) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"""
            CREATE TABLE row AS SELECT * FROM (VALUES {rows}) AS v (id, unit, amount, year);
            CREATE TABLE members AS SELECT id, id AS record, '{source}' AS source FROM row;
            CREATE TABLE commitment_sources AS SELECT '{source}' AS source, true AS own, '' AS site;
            CREATE TABLE commitments AS SELECT id, 'project' AS project, ['bank'] AS financier, amount, unit AS amount_unit,
                NULL::DOUBLE AS face_value, NULL::VARCHAR AS face_value_unit, NULL::VARCHAR AS status, 'loan' AS flow_type,
                make_date(year, 1, 1) AS agreed_from, make_date(year, 12, 31) AS agreed_to FROM row;
            CREATE TABLE terms AS SELECT 'flow-types' AS vocabulary, 'loan' AS id, NULL::VARCHAR AS broader;
            CREATE TABLE exchange_rates AS SELECT 'CNY' AS currency, y AS year, 0.16 AS usd FROM range(2015, 2017) AS t (y);
            CREATE TABLE documents (id VARCHAR, url VARCHAR);
            CREATE TABLE claims_out (claim_id VARCHAR, id VARCHAR, document VARCHAR, type VARCHAR, standing VARCHAR);
            CREATE TABLE claim_documents (claim_id VARCHAR, document VARCHAR);
        """)
        paired = connection.execute(release_query("repeated_commitments.pairs")).fetchall()
    assert [row[:4] for row in paired] == pairs
    assert [row[5] for row in paired] == [rows.count("'USD'") == 2]


@pytest.mark.parametrize(
    ("commitments", "counted"),
    [
        ("('first', 'p'), ('again', 'p')", ["first"]),
        ("('again', 'p')", ["again"]),
        ("('first', 'p'), ('again', 'other')", ["again", "first"]),
    ],
)
def test_what_repeats_a_commitment_counts_without_it(content: Catalogue, commitments: str, counted: list[str]) -> None:
    """Without a source or a merge, the commitment that another repeats may be gone, or part of another project."""
    with duckdb.connect() as connection:
        connection.execute(f"""
            CREATE TABLE commitments AS SELECT id, project, 5 AS amount, 'USD' AS amount_unit, DATE '2015-01-01' AS agreed_from,
                DATE '2015-01-01' AS agreed_to, NULL AS status, true AS recommended_for_aggregates
            FROM (VALUES {commitments}) AS v (id, project);
            CREATE TABLE projects AS SELECT DISTINCT project AS id, 'KE' AS country, NULL AS kind, NULL AS status,
                NULL AS umbrella FROM commitments;
            CREATE TABLE exchange_rates (currency VARCHAR, year INTEGER, usd DOUBLE);
            CREATE TABLE repeated_commitments AS SELECT 'again' AS id, 'first' AS earlier, true AS same;
        """)
        query = (content.figure_folders["finance-total"] / "query.sql").read_text(encoding="utf-8")
        units = connection.execute(f"SELECT unit_id FROM ({query}) ORDER BY unit_id").fetchall()
    assert [unit for (unit,) in units] == counted


def test_sums_of_a_project_have_one_dataset_that_is_no_register(shipped_reader: Reader) -> None:
    rows = shipped_reader.select(
        """
        SELECT c.project, c.unit, count(DISTINCT c.id) AS added, max(coalesce(s.own, 0)) AS own,
            count(DISTINCT m.source) AS sources
        FROM commitments AS c JOIN members AS m ON m.id = c.id LEFT JOIN sources AS s ON s.source = m.source
        WHERE c.counted AND c.amount IS NOT NULL
        GROUP BY c.project, c.unit HAVING added > 1
        """,
        [],
    )
    assert rows and all((row["own"], row["sources"]) == (0, 1) for row in rows)


@pytest.mark.parametrize(
    ("project", "sums"),
    [
        ("Mali: fibre to the north%", {"XOF": 20_169_000_000}),
        ("Urban video surveillance of Cameroon%", {"USD@2021": 45_534_760}),
        ("ECU 911, Ecuador%", {"USD@2021": 29_127_777, "USD": 240_000_000}),
        ("Traffic camera system of Moldova%", {"USD": 5_000_000}),
    ],
)
def test_each_promise_is_in_every_sum_once(shipped_reader: Reader, project: str, sums: dict[str, int]) -> None:
    [row] = shipped_reader.select("SELECT id FROM projects WHERE label LIKE ?", [project])
    added = shipped_reader.select(
        "SELECT unit, sum(amount) AS amount FROM commitments WHERE project = ? AND counted AND amount IS NOT NULL GROUP BY unit",
        [row["id"]],
    )
    assert {unit["unit"]: int(unit["amount"]) for unit in added} == sums
    [flat] = shipped_reader.select("SELECT amount, amount_unit FROM projects_flat WHERE id = ?", [row["id"]])
    assert flat["amount"] is None if len(sums) > 1 else int(flat["amount"]) == sums[flat["amount_unit"]]


def test_countries_and_lenders_have_the_sums_of_projects(shipped_reader: Reader) -> None:
    for row in shipped_reader.select("SELECT DISTINCT country FROM project_country", []):
        expected = shipped_reader.select(
            "SELECT m.unit, sum(m.amount) AS amount FROM project_country AS c JOIN commitments AS m ON m.project = c.id "
            "WHERE c.country = ? AND m.counted AND m.amount IS NOT NULL GROUP BY m.unit",
            [row["country"]],
        )
        sums: dict[str | None, float] = {}
        for year in countries.money(shipped_reader, row["country"]):
            sums[year.unit] = sums.get(year.unit, 0) + year.amount
        assert {unit["unit"]: round(unit["amount"]) for unit in expected} == {unit: round(sums[unit]) for unit in sums if unit}
    [mali] = shipped_reader.select("SELECT amount FROM answer_lenders WHERE country = 'ML' AND amount_unit = 'XOF'", [])
    assert int(float(mali["amount"])) == 20_169_000_000


def test_money_of_a_country_begins_with_constant_dollars(shipped_reader: Reader) -> None:
    units = [unit for unit, _ in money_by_unit(countries.money(shipped_reader, "SN"))]
    assert units[0] == "USD@2021" and "XOF" in units
