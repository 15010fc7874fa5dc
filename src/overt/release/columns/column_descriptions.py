"""Descriptions of the columns of released tables."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from overt.model.schema import Property, RecordType, Schema
from overt.model.yaml_reading_and_validation import read_mapping
from overt.release import flat_projects
from overt.release.record_tables import CURRENT, CURRENT_MEANING
from overt.release.spans.span_column_titles_and_descriptions import COLUMNS as SPAN_COLUMNS
from overt.release.spans.span_table import SPANS

_FILES = ("claims_and_records", "analysis", "answers", "observations", "editorial")


class ColumnDescription(NamedTuple):
    """The description of a column."""

    description: str
    """One or more sentences: what the value is, its unit, and what an empty cell means."""
    title: str | None = None
    """Label of the column; None if it has none."""


@cache
def table_columns(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the descriptions of columns in this folder's file `NAME.yml` (one of `_FILES`), by table and column."""
    return read_mapping(files("overt") / "release" / "columns" / f"{name}.yml")


def describe_columns(schema: Schema, table: str) -> Mapping[str, ColumnDescription]:
    """Return the descriptions of a table's columns by name; empty for an unknown table."""
    for kind in schema.types.values():
        if kind.table == table:
            return _describe_record_type(kind)
    if table == SPANS:
        return {name: ColumnDescription(f"{text}.", title) for name, (title, text) in SPAN_COLUMNS.items()}
    if table == flat_projects.NAME:
        return {name: ColumnDescription(text) for name, text in flat_projects.COLUMNS.items()}
    for name in _FILES:
        if table in table_columns(name):
            return {column: ColumnDescription(text) for column, text in table_columns(name)[table].items()}
    return {}


def _describe_record_type(kind: RecordType) -> dict[str, ColumnDescription]:
    described = {
        "id": ColumnDescription(
            "Published id of the record: `ovt-` and twelve characters. It is the same in every release.", "Id"
        )
    }
    for prop in kind.properties.values():
        described[prop.column] = ColumnDescription(_describe_property(prop), prop.label)
        name = f"`{prop.column}`"
        if prop.type == "date":
            first, last = f"First day that {name} can mean.", f"Last day that {name} can mean."
            empty = f"Empty if {name} is, or if it is open on this side."
            described[f"{prop.column}_from"] = ColumnDescription(f"{first} {empty}", f"{prop.label}, first day")
            described[f"{prop.column}_to"] = ColumnDescription(f"{last} {empty}", f"{prop.label}, last day")
        elif prop.type == "money":
            text = f"Currency of {name} (ISO 4217), with the year where prices are constant: USD@2021. Empty if {name} is."
            described[f"{prop.column}_unit"] = ColumnDescription(text, f"{prop.label}, currency")
        elif prop.type == "number" and prop.unit is None:
            described[f"{prop.column}_unit"] = ColumnDescription(f"Unit of {name}. Empty if {name} is.", f"{prop.label}, unit")
    if kind.lasts:
        described[CURRENT] = ColumnDescription(CURRENT_MEANING, "Current")
    return described


def _describe_property(prop: Property) -> str:
    """Return a property's description, with the format of its values, their unit, and what an empty cell means."""
    text = prop.description if prop.description.endswith(".") else f"{prop.description}."
    of_value, of_list = {
        "date": ("EDTF.", "A list of EDTF dates."),
        "area": ("Code of a country or area, as in `areas`.", "Codes of countries or areas, as in `areas`."),
        "term": (f"A term of the vocabulary {prop.vocabulary}.", f"Terms of the vocabulary {prop.vocabulary}."),
        "record": (
            f"Published id of a record of the type {prop.record}.",
            f"Published ids of records of the type {prop.record}.",
        ),
        "number": (f"In {prop.unit}." if prop.unit else "", "A list."),
    }.get(prop.type, ("", "A list."))
    empty = "" if prop.required else "Empty if no source states it."
    return " ".join(part for part in (text, of_list if prop.many else of_value, empty) if part)
