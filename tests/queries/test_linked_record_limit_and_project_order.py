"""The limit of queries of linked records, and the order in which projects are read by id."""

import sqlite3
from typing import Any

import pytest

from overt.queries import projects, records
from overt.queries.database import Reader


def test_the_limit_of_linked_records_counts_records_with_the_property(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that refers to the target by two properties counts once. References by other properties don't count."""
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.execute("CREATE TABLE links (target TEXT, type TEXT, property TEXT, id TEXT)")
    rows = [("t", "relation", "from", "a"), ("t", "relation", "from", "b"), ("t", "relation", "from", "c")]
    rows += [("t", "relation", "to", "a"), ("t", "relation", "to", "d"), ("t", "role", "to", "e"), ("u", "relation", "to", "f")]
    connection.executemany("INSERT INTO links VALUES (?, ?, ?, ?)", rows)
    monkeypatch.setattr(records, "records", lambda reader, ids: list(ids))
    reader = Reader(connection)
    assert records.linked(reader, "t", "relation", "to", limit=2) == ["a", "d"]
    assert records.linked(reader, "t", "relation", "to", "from", limit=4) == ["a", "b", "c", "d"]
    assert records.linked(reader, "t", "relation", limit=3) == ["a", "b", "c"]
    reader.close()


def test_projects_by_id_are_read_in_the_order_of_the_table(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Callers look the projects up by id, so sorting them would be wasted effort."""
    statements: list[str] = []
    run = Reader._run

    def record(reader: Reader, statement: str, values: Any) -> Any:
        statements.append(statement)
        return run(reader, statement, values)

    ids = [row["id"] for row in reader.select("SELECT id FROM projects ORDER BY label DESC LIMIT 5")]
    monkeypatch.setattr(Reader, "_run", record)
    assert projects.by_id(reader, ids).keys() == set(ids)
    monkeypatch.undo()
    [statement] = statements
    plan = [row["detail"] for row in reader.select(f"EXPLAIN QUERY PLAN {statement}", ["[]", -1, 0])]
    assert not [step for step in plan if "ORDER BY" in step], plan
