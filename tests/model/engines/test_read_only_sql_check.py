"""SQL in content and in stored releases may only read tables, and must give the same result each time."""

from pathlib import Path

import duckdb
import pytest

from overt.model.engines.read_only_sql_check import check_expression, check_query, check_tables
from overt.model.errors import ValueProblem


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("SELECT 1; COPY (SELECT 1) TO 'x'", "2 statements"),
        ("COPY (SELECT 1) TO 'x'", "only a SELECT"),
        ("ATTACH 'x.db'", "only a SELECT"),
        ("INSTALL httpfs", "only a SELECT"),
        ("PRAGMA version", "only a SELECT"),
        ("-- nothing", "0 statements"),
        ("SELECT 1 /* no end", "unterminated"),
        ("SELECT (SELECT content FROM read_text('/etc/hosts'))", "read_text(…)"),
        ("WITH t AS (FROM read_csv('https://example.org/x.csv')) FROM t", "read_csv(…)"),
        ("FROM query('SELECT 1')", "query(…)"),
        ("FROM 'rows.csv'", "not the name of a table"),
        ('WITH "a.csv" AS (SELECT 1) FROM "a.csv"', "not the name of a table"),
        ("DESCRIBE records", "DESCRIBE"),
        ("SELECT id FROM records WHERE Random() < 0.5", "random()"),
        ("SELECT now()", "now()"),
        ("SELECT current_date", "current_date depends"),
        ("SELECT getvariable('x')", "getvariable()"),
        ("FROM records USING SAMPLE 3", "a sample"),
        (f"SELECT {'(' * 300}1{')' * 300}{' + 1' * 300}", "deep"),
    ],
)
def test_a_query_that_does_more_than_read_tables_is_refused(query: str, why: str) -> None:
    with pytest.raises(ValueProblem) as problem:
        check_query(query)
    assert why in str(problem.value)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT id FROM records -- the end",
        "WITH RECURSIVE up AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM up WHERE n < 5) SELECT n FROM up",
        "SELECT u.x, md5('a') FROM records AS r, unnest(r.kinds) AS u(x), range(3)",
        "SELECT id, row_number() OVER (ORDER BY id) FROM records QUALIFY count(*) OVER () > 1",
    ],
)
def test_a_query_over_tables_is_accepted(query: str) -> None:
    check_query(query)


@pytest.mark.parametrize("expression", ["true) FROM records; COPY (SELECT 1) TO 'x'; SELECT (1", "true /*", "a --", ""])
def test_an_expression_that_leaves_its_brackets_is_refused(expression: str) -> None:
    with pytest.raises(ValueProblem):
        check_expression(expression)


def test_only_tables_of_the_release_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE records (id VARCHAR)")
        connection.execute("CREATE TEMP VIEW names AS FROM records")
        check_tables(connection, "WITH r AS (FROM records) SELECT * FROM r JOIN Names USING (id)")
        with pytest.raises(ValueProblem, match=r"there is no table 'record'.*records"):
            check_tables(connection, "SELECT id FROM record")
