"""The SQLite export: valid keys, views with names, and search over names and titles."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas
import pytest
import yaml

from overt.export.public_release_reader import PublicRelease
from overt.export.sqlite.full_text import searched_columns
from overt.export.sqlite.labelled_views import SUFFIX
from overt.export.sqlite.table_keys import declared_keys, valid_keys
from overt.release.columns.shared_and_former_column_names import former_names
from tests.support.small_atlas_exports import ExportedFile

FORMATS_PAGE = Path(__file__).parents[2] / "docs" / "export-formats.md"


@pytest.fixture(scope="module")
def database(exports: dict[str, ExportedFile]) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(exports["sqlite"].path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def test_every_declared_key_is_in_the_file_and_holds(database: sqlite3.Connection, public_release: PublicRelease) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    checked, _ = valid_keys(public_release)
    references = 0
    for name, keys in declared_keys(public_release.content.schema).items():
        if name not in public_release.tables:
            continue
        assert checked[name].primary == keys.primary, f"{name}: rows with the same key"
        columns = sorted((row[5], row[1]) for row in database.execute(f'PRAGMA table_info("{name}")') if row[5])
        assert tuple(column for _, column in columns) == keys.primary, name
        declared = {(row[3], row[2], row[4]) for row in database.execute(f'PRAGMA foreign_key_list("{name}")')}
        assert declared == set(checked[name].references), name
        dangling = {reference for reference in keys.references if reference not in checked[name].references}
        # The editors' entries have no row in `sources`, and withheld records have none in `records`.
        assert {reference.column for reference in dangling} <= {"source", "id"}, name
        references += len(declared)
    assert references > 80


def test_record_types_refer_to_what_their_properties_name(public_release: PublicRelease) -> None:
    keys = declared_keys(public_release.content.schema)
    assert {("project", "records", "id"), ("organization", "records", "id"), ("id", "records", "id")} == {
        tuple(reference) for reference in keys["roles"].references
    }
    assert ("country", "areas", "code") in keys["organizations"].references
    assert all(keys[kind.table].primary == ("id",) for kind in public_release.content.schema.types.values())


def test_a_key_without_its_row_is_not_declared(public_release: PublicRelease) -> None:
    """An edition of part of a release can lack a row. A foreign key to that row would be an error for anyone who checks keys."""

    class Part(PublicRelease):
        def rows(self, query: str) -> list[dict[str, object]]:
            return super().rows(query.replace('FROM "roles"', "FROM (SELECT * REPLACE ('ovt-missing' AS project) FROM roles)"))

    part = Part(**{name: getattr(public_release, name) for name in public_release.__dataclass_fields__})
    keys, missing = valid_keys(part)
    assert missing - valid_keys(public_release)[1] == public_release.record_counts["role"]
    assert {reference.column for reference in keys["roles"].references} == {"id", "organization"}


def test_views_have_names_in_place_of_ids(database: sqlite3.Connection, public_release: PublicRelease) -> None:
    schema = public_release.content.schema
    views = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert views >= {f"{kind.table}{SUFFIX}" for kind in schema.types.values() if kind.table in public_release.tables}
    for view in sorted(views):
        table = view.removesuffix(SUFFIX)
        counts = (database.execute(f'SELECT count(*) FROM "{name}"').fetchone() for name in (view, table))
        assert len(set(counts)) == 1, view
    labels = {row["id"]: row["label"] for row in public_release.rows("SELECT id, label FROM records")}
    roles = {row["id"]: row for row in public_release.rows("SELECT * FROM roles")}
    terms = {term.id: term.label for term in public_release.content.vocabularies["roles"].terms}
    rows = database.execute("SELECT id, project, organization, role FROM roles_labelled").fetchall()
    assert rows
    for identity, project, organization, role in rows:
        of = roles[identity]
        expected = [labels.get(of[name]) or of[name] for name in ("project", "organization")]
        assert [project, organization, role] == [*expected, terms.get(of["role"])]
    [(countries, codes)] = database.execute(
        "SELECT v.country, t.country FROM projects_labelled AS v JOIN projects AS t USING (id) WHERE t.country LIKE '%KE%' "
        "ORDER BY t.id LIMIT 1"
    )
    assert "Kenya" in countries.split("; ") and "KE" in codes


def test_views_have_the_former_names_of_columns(database: sqlite3.Connection) -> None:
    for table in ("projects_flat", "answers"):
        former = {name: old for old, name in former_names(table).items()}
        present = database.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
        before = database.execute(f"SELECT * FROM {table}_former_names ORDER BY 1, 2")
        columns = [former.get(column[0], column[0]) for column in present.description]
        assert [column[0] for column in before.description] == columns and former.keys() & {"kind"}
        assert before.fetchall() == present.fetchall() != []


def test_search_finds_names(database: sqlite3.Connection, public_release: PublicRelease) -> None:
    searched = searched_columns(public_release.content.schema, public_release.tables)
    assert searched.keys() >= {"records", "aliases", "projects_flat", "organizations", "documents", "agreements"}
    for table in searched:
        # SQLite raises an error for an index that differs from its table.
        database.execute(f'INSERT INTO "{table}_fts" ("{table}_fts", rank) VALUES (\'integrity-check\', 1)')
    database.rollback()
    for table, column, parts in (("records", "label", False), ("organizations", "name", False), ("aliases", "name", True)):
        texts = [
            text for (text,) in database.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL ORDER BY 1')
        ]
        word = next(word for text in texts for word in re.findall(r"[A-Za-z]{6,}", text))
        searched_for = word[1:-1] if parts else word.upper()
        query = f'SELECT "{column}" FROM "{table}" WHERE rowid IN (SELECT rowid FROM "{table}_fts" WHERE "{table}_fts" MATCH ?)'
        hits = sorted(text for (text,) in database.execute(query, [f'"{searched_for}"']))
        pattern = re.compile(re.escape(searched_for) if parts else rf"(?<![^\W_]){word}(?![^\W_])", re.IGNORECASE)
        assert hits == sorted(text for text in texts if pattern.search(text)) != [], (table, searched_for)


def test_pandas_reads_tables_and_views(database: sqlite3.Connection, public_release: PublicRelease) -> None:
    for name in ("projects_flat", "roles_labelled"):
        frame = pandas.read_sql(f"SELECT * FROM {name}", database)
        assert len(frame) == database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] > 0
    assert pandas.read_sql("SELECT amount FROM projects_flat", database)["amount"].dtype.kind == "f"


def test_the_settings_for_datasette_name_columns_that_exist(database: sqlite3.Connection) -> None:
    [text] = re.findall(r"```yaml metadata\.yml\n(.*?)```", FORMATS_PAGE.read_text(encoding="utf-8"), re.DOTALL)
    tables = yaml.safe_load(text)["databases"]["overt"]["tables"]
    assert tables
    for name, settings in tables.items():
        assert settings["label_column"] in {row[1] for row in database.execute(f'PRAGMA table_info("{name}")')}
        targets = {row[2] for (other,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
                   for row in database.execute(f'PRAGMA foreign_key_list("{other}")')}  # fmt: skip
        assert name in targets, "a label is only read where a key leads to it"
