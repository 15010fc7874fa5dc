"""The record types that a subset treats as being about countries."""

import re

from overt.index.editions.filtered_project_subset import country_tables
from overt.index.index_sql import index_query
from overt.model.content_catalogue import Catalogue
from overt.model.schema import Property, RecordType, Schema


def with_type(name: str, **properties: Property) -> Schema:
    """Return the packaged schema with an additional record type, whose table is `name` plus s."""
    kind = RecordType(name=name, label=name, label_zh=name, description="", table=f"{name}s", properties=properties)
    return Schema(types={**Catalogue().schema.types, name: kind})


def declared(name: str, **fields: str) -> Property:
    return Property.model_validate({"name": name, "label": name, "label_zh": name, "description": "", **fields})


def test_a_new_type_with_a_country_is_about_countries() -> None:
    assert "verdicts" in country_tables(with_type("verdict", court=declared("court", type="area")))
    of_project = with_type(
        "verdict", court=declared("court", type="area"), project=declared("project", type="record", record="project")
    )
    assert "verdicts" not in country_tables(of_project)
    assert "verdicts" not in country_tables(with_type("verdict", title=declared("title", type="name")))


def test_a_subset_selects_from_every_table_about_countries() -> None:
    selected = set(re.findall(r"FROM (\w+)", index_query("records_of_project_subset.inside")))
    tables = country_tables(Catalogue().schema)
    assert {"agreements", "assessments", "participations", "provisions"} <= set(tables), "a part goes with what it is part of"
    assert "projects" not in tables
    assert set(tables) <= selected
