"""Every column of every exported table is described, in each format that can contain descriptions."""

import sqlite3
from contextlib import closing

import openpyxl
import orjson
import pytest

from overt.export.public_release_reader import PublicRelease
from overt.release.columns.column_descriptions import describe_columns, table_columns
from overt.release.flat_projects import COLUMNS
from tests.support.small_atlas_exports import ExportedFile
from tests.validators import check


def columns_of(release: PublicRelease, table: str) -> list[str]:
    return [row["column_name"] for row in release.rows(f'DESCRIBE "{table}"')]


def test_every_column_is_described_in_sentences(public_release: PublicRelease) -> None:
    schema = public_release.content.schema
    missing, odd, counted = [], [], 0
    for table in public_release.tables:
        described = describe_columns(schema, table)
        for name in columns_of(public_release, table):
            counted += 1
            text = described[name].description if name in described else ""
            if not text:
                missing.append(f"{table}.{name}")
            elif not text.endswith(".") or text[0].islower() or text.lower().strip(" .") == name.replace("_", " "):
                odd.append(f"{table}.{name}: {text}")
    assert not missing, f"describe these columns in src/overt/release/columns/ or content/schema/: {missing}"
    assert not odd, "a description is a sentence that says more than the name"
    assert counted > 750


def test_no_description_is_of_a_column_that_is_gone(public_release: PublicRelease) -> None:
    for name in ("claims_and_records", "analysis", "answers", "observations"):
        for table, columns in table_columns(name).items():
            assert list(columns) == columns_of(public_release, table), f"{name}.yml, {table}"


def test_a_column_without_a_description_is_noticed(public_release: PublicRelease) -> None:
    assert "no_such_column" not in describe_columns(public_release.content.schema, "records")
    assert describe_columns(public_release.content.schema, "no_such_table") == {}


def test_descriptions_of_files_have_them_all(exports: dict[str, ExportedFile], public_release: PublicRelease) -> None:
    folder = exports["all"].path
    package = orjson.loads((folder / "datapackage.json").read_bytes())
    tables = {resource["name"]: resource["schema"]["fields"] for resource in package["resources"] if resource["type"] == "table"}
    assert tables.keys() == public_release.tables.keys()
    expected = {
        table: {name: column.description for name, column in describe_columns(public_release.content.schema, table).items()}
        for table in tables
    }
    for table, fields in tables.items():
        assert {field["name"]: field["description"] for field in fields}.items() <= expected[table].items(), table
    croissant = orjson.loads((folder / "croissant.json").read_bytes())
    for records in croissant["recordSet"]:
        described = {field["name"]: field["description"] for field in records["field"]}
        assert described.items() <= expected[records["@id"]].items(), records["@id"]


def test_frictionless_finds_every_field_described(exports: dict[str, ExportedFile]) -> None:
    described = check("undescribed_datapackage_fields", exports["all"].path / "datapackage.json")
    assert described["fields"] > 750
    assert described["undescribed"] == []


def test_sqlite_and_the_workbook_have_them(exports: dict[str, ExportedFile], public_release: PublicRelease) -> None:
    with closing(sqlite3.connect(exports["sqlite"].path)) as database:
        stored = {(table, name): text for table, name, text in database.execute("SELECT * FROM column_descriptions")}
    assert stored.keys() == {(table, name) for table in public_release.tables for name in columns_of(public_release, table)}
    book = openpyxl.load_workbook(exports["xlsx"].path)
    lines = dict(book["columns"].iter_rows(min_row=2, max_col=2, values_only=True))
    book.close()
    assert {name: text for (table, name), text in stored.items() if table == "projects_flat"} == COLUMNS
    assert {name: lines[name] for name in COLUMNS} == COLUMNS


@pytest.mark.parametrize("kind", ["project", "reported_figure"])
def test_a_property_says_its_form_and_what_is_empty(public_release: PublicRelease, kind: str) -> None:
    record_type = public_release.content.schema.types[kind]
    described = describe_columns(public_release.content.schema, record_type.table)
    for prop in record_type.properties.values():
        text = described[prop.column].description
        assert prop.required or "Empty" in text, text
        assert not prop.vocabulary or f"vocabulary {prop.vocabulary}" in text
        if prop.type == "date" and not prop.many:
            assert f"`{prop.column}`" in described[f"{prop.column}_from"].description
