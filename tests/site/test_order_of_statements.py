"""The order in which pages list the statements about a project."""

import sqlite3
from importlib.resources import files

from overt.model.engines.named_sql import read_statements


def test_undated_statements_come_last() -> None:
    sql = files("overt")
    statements = read_statements("queries.sql", (sql / "site/country/queries.sql").read_text(encoding="utf-8"))["statements"]
    with sqlite3.connect(":memory:") as connection:
        connection.executescript((sql / "index/sql/schema.sql").read_text(encoding="utf-8"))
        connection.execute("INSERT INTO records (id, type) VALUES ('company', 'organization')")
        for identity, day in (("a", None), ("b", "2021-03"), ("c", "2019")):
            connection.execute("INSERT INTO links VALUES ('project', 'statement', 'about', ?)", [identity])
            for name, value in (("by", "company"), ("date", day)):
                row = (identity, name, value)
                connection.execute("INSERT INTO facts (id, property, value, rank, shown) VALUES (?, ?, ?, 1, 1)", row)
        listed = [row[1] for row in connection.execute(statements, ['["project"]'])]
    assert listed == ["c", "b", "a"]
