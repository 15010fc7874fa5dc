"""A system crossed a border if sources place one of its suppliers only in other countries."""

import duckdb
import pytest

from overt.model.content_catalogue import Catalogue

SUPPLIERS = {"huge": ["CN"], "spy": ["IL", "BG"], "own": ["KE"], "stray": []}
"""Each supplier, with the countries that sources name for it."""


@pytest.mark.parametrize(
    ("country", "suppliers", "abroad", "crossing"),
    [
        ("KE", ["huge"], 1, "yes"),
        ("KE", ["own"], 0, "no"),
        ("KE", ["own", "huge"], 1, "yes"),
        ("KE", ["stray"], 0, "unknown"),
        ("KE", ["own", "stray"], 0, "unknown"),
        ("KE", ["spy"], 1, "yes"),
        ("BG", ["spy"], 0, "no"),
        ("IL", ["spy"], 0, "no"),
    ],
)
def test_where_suppliers_are_based(content: Catalogue, country: str, suppliers: list[str], abroad: int, crossing: str) -> None:
    query = (content.figure_folders["deployments-by-supplier"] / "query.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute("""
            CREATE TABLE projects (id VARCHAR, country VARCHAR[], status VARCHAR, known_from VARCHAR[]);
            CREATE TABLE project_kinds AS SELECT 'p' AS id, 'spyware' AS kind;
            CREATE TABLE roles (project VARCHAR, organization VARCHAR, role VARCHAR);
            CREATE TABLE records (id VARCHAR, type VARCHAR, label VARCHAR);
            CREATE TABLE organizations (id VARCHAR, country VARCHAR);
            CREATE TABLE "values" (id VARCHAR, type VARCHAR, property VARCHAR, value VARCHAR, contested BOOLEAN);
        """)
        connection.execute("INSERT INTO projects VALUES ('p', [?], 'operational', ['tender'])", [country])
        for name in suppliers:
            countries = SUPPLIERS[name]
            connection.execute("INSERT INTO roles VALUES ('p', ?, 'supplier')", [name])
            connection.execute("INSERT INTO records VALUES (?, 'organization', ?)", [name, name])
            connection.execute("INSERT INTO organizations VALUES (?, ?)", [name, next(iter(countries), None)])
            for value in countries:
                connection.execute(
                    "INSERT INTO \"values\" VALUES (?, 'organization', 'country', ?, ?)", [name, value, len(countries) > 1]
                )
        rows = connection.execute(f"SELECT abroad, crossing FROM ({query})").fetchall()
    assert sum(bool(row[0]) for row in rows) == abroad
    assert {row[1] for row in rows} == {crossing}
