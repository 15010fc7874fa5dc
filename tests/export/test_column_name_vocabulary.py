"""One vocabulary of column names: every format uses it, each idea has one name, and each name means one idea."""

import types
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pydantic import BaseModel

from overt.api.answers import AnswerItem
from overt.api.flat_project_rows import FlatProject
from overt.api.map_features_and_country_shading import CountryCount, MapProperties
from overt.api.response_models import Claim, RankedValue, RecordItem, Value
from overt.export.flat_projects_layer import flat_layer
from overt.export.geo_layers import make_geo_layers
from overt.export.jsonl_records import read_records
from overt.export.public_release_reader import PublicRelease
from overt.index.columns_of_older_releases import current_columns
from overt.ogc.property_schemas import COUNTRY, PROJECT, SITE
from overt.ogc.queryables import COUNTRY as COUNTRY_QUERYABLES
from overt.ogc.queryables import PROJECT as PROJECT_QUERYABLES
from overt.ogc.queryables import SITE as SITE_QUERYABLES
from overt.ogc.queryables import schema as queryable_schema
from overt.release.columns.shared_and_former_column_names import Vocabulary, former_names, load_vocabulary
from overt.site.country.timeline.timeline_events import EVENT_COLUMNS
from overt.site.explorer.explorer_downloads import SCHEMA
from overt.site.figure.figure_row_files import FIXED_COLUMNS
from overt.site.organization_in_country import answer_context
from overt.site.series import page as series_page
from overt.vector_tiles.layer_metadata import describe_layers

Columns = Mapping[str, str]
"""Name of a column → type of its values: `number`, `text`, `boolean`, `object`; empty if the format doesn't say."""
_OLD_FORMATS = {"geo_places": ("sites", "cables", "unlocated"), "geo_projects": ("projects",)}
"""Layers whose columns had other names in older releases, by the key of the old names in the vocabulary."""
_PARTLY = ("geo_projects", "ogc_projects", "map", "restrictions_file")
"""Formats where some names depend on the atlas or are not names of columns."""
_DATES = ("DATE", "TIMESTAMP")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="module")
def tables(public_release: PublicRelease) -> dict[str, Columns]:
    return {
        name: {row["column_name"]: _of_sql(row["column_type"]) for row in public_release.rows(f'DESCRIBE "{name}"')}
        for name in public_release.tables
    }


@pytest.fixture(scope="module")
def layers(public_release: PublicRelease) -> dict[str, Columns]:
    every = [*make_geo_layers(public_release), flat_layer(public_release)]
    return {layer.name: _of_arrow(layer.schema) for layer in every if layer}


@pytest.fixture(scope="module")
def formats(layers: dict[str, Columns], public_release: PublicRelease) -> dict[str, Columns]:
    """The columns of each format that is not a table of the release, by the vocabulary's name for the format, if it has one."""
    features = {"projects": (PROJECT, PROJECT_QUERYABLES), "sites": (SITE, SITE_QUERYABLES)}
    features["countries"] = (COUNTRY, COUNTRY_QUERYABLES)
    ogc = {
        f"ogc_{name}": _of_json(properties) | _of_json(queryable_schema(queryables))
        for name, (properties, queryables) in features.items()
    }
    tiles = {layer["id"]: layer["fields"] for layer in describe_layers(8)["vector_layers"]}
    record: dict[str, Any] = next(read_records(public_release))
    return {
        **{f"layer {name}": columns for name, columns in layers.items()},
        **ogc,
        "map": _of_models(MapProperties, CountryCount),
        "projects_flat in the API": _of_models(FlatProject),
        "API records": _of_models(RecordItem),
        "API claims": _of_models(Claim, Value, RankedValue),
        "answers_api": _of_models(AnswerItem),
        "jsonl": dict.fromkeys(record, ""),
        "projects_file": _of_arrow(SCHEMA) | {"place_name": "text", "precision": "text"},
        "figure_file": dict.fromkeys(FIXED_COLUMNS, ""),
        "series_file": dict.fromkeys(series_page.COLUMNS, ""),
        "answer_file": dict.fromkeys(answer_context.COLUMNS, ""),
        "events_file": dict.fromkeys(EVENT_COLUMNS, ""),
        **{f"tiles {name}": {field: kind.lower().replace("string", "text") for field, kind in fields.items()}
           for name, fields in tiles.items()},
    }  # fmt: skip


def _of_sql(kind: str) -> str:
    kind = kind.removesuffix("[]")
    return {"BOOLEAN": "boolean"}.get(kind, "text" if kind.startswith(("VARCHAR", *_DATES)) else "number")


def _of_arrow(schema: pa.Schema) -> Columns:
    def of(kind: pa.DataType) -> str:
        if pa.types.is_list(kind):
            return of(kind.value_type)
        if pa.types.is_boolean(kind):
            return "boolean"
        return "text" if pa.types.is_string(kind) or pa.types.is_date(kind) else "number"

    return {field.name: of(field.type) for field in schema}


def _of_json(schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    kinds = {"string": "text", "integer": "number", "number": "number"}
    return {name: kinds[schema.get("items", schema)["type"]] for name, schema in schemas.items()}


def _of_models(*models: type[BaseModel]) -> dict[str, str]:
    return {name: _of_hint(field.annotation) for model in models for name, field in model.model_fields.items()}


def _of_hint(hint: Any) -> str:
    if get_origin(hint) in (Union, types.UnionType):
        return next(_of_hint(part) for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is list:
        return _of_hint(get_args(hint)[0])
    return {bool: "boolean", int: "number", float: "number", str: "text"}.get(hint, "object")


def _all_names(vocabulary: Vocabulary, tables: Mapping[str, Columns]) -> set[str]:
    return {*vocabulary.names, *vocabulary.counts, *(name for columns in tables.values() for name in columns)}


def test_every_format_uses_the_vocabulary(
    vocabulary: Vocabulary, tables: dict[str, Columns], formats: dict[str, Columns]
) -> None:
    known = _all_names(vocabulary, tables)
    unknown = [f"{form}: {name}" for form, columns in formats.items() for name in columns if name not in known]
    assert unknown == [], "use a name of src/overt/release/columns/shared_column_names.yml, or declare the idea there"


def test_no_idea_has_its_old_name(vocabulary: Vocabulary, tables: dict[str, Columns], formats: dict[str, Columns]) -> None:
    known = _all_names(vocabulary, tables)
    gone = {old for names in vocabulary.former.values() for old in names} - known
    assert {"kinds", "kind_ids", "country_codes", "lat", "lon", "company_count", "kind_of_place", "organisations"} <= gone
    every = {**tables, **formats}
    assert [f"{form}: {name}" for form, columns in every.items() for name in columns if name in gone] == []
    for form, names in vocabulary.former.items():
        layers = [f"layer {name}" for name in _OLD_FORMATS.get(form, ()) if f"layer {name}" in formats]
        for name in layers or [form]:
            columns = every.get(name, {})
            assert not names.keys() & columns.keys(), f"{name} has an old name"
            assert form in _PARTLY or set(names.values()) <= columns.keys(), name


def test_a_name_has_one_idea(vocabulary: Vocabulary, tables: dict[str, Columns], formats: dict[str, Columns]) -> None:
    """Columns of the same name have values of the same type everywhere, except for the homonyms that the vocabulary lists."""
    types_of: dict[str, dict[str, list[str]]] = {}
    for form, columns in {**tables, **formats}.items():
        for name, kind in columns.items():
            if kind and f"{form}.{name}" not in vocabulary.homonyms:
                types_of.setdefault(name, {}).setdefault(kind, []).append(form)
    assert {name: kinds for name, kinds in types_of.items() if len(kinds) > 1} == {}
    assert {name: types_of[name] for name in vocabulary.counts if name in types_of and types_of[name].keys() != {"number"}} == {}
    for place in vocabulary.homonyms:
        form, _, name = place.partition(".")
        kind = {**tables, **formats}[form][name]
        assert name in vocabulary.counts or types_of.get(name, {kind: []}).keys() != {kind}, f"{place} is no homonym any more"


def test_the_vocabulary_has_no_unused_name(
    vocabulary: Vocabulary, tables: dict[str, Columns], formats: dict[str, Columns]
) -> None:
    used = _union([*tables.values(), *formats.values()])
    unused = {*vocabulary.names, *vocabulary.counts} - used
    assert unused == set()
    assert not vocabulary.names.keys() & vocabulary.counts.keys()


def _union(columns: Iterable[Columns]) -> set[str]:
    return {name for names in columns for name in names}


@pytest.mark.parametrize("table", ["projects_flat", "answers", "answer_organization_kinds", "answer_lenders", "answer_services"])
def test_tables_of_older_releases_have_the_present_names(public_release: PublicRelease, tmp_path: Path, table: str) -> None:
    """A table with former column names is read with the present ones, and a table without them is read as it is."""
    former = former_names(table)
    present, old = public_release.tables[table], tmp_path / f"{table}.parquet"
    content = pq.read_table(present)
    names = {name: old_name for old_name, name in former.items()}
    pq.write_table(content.rename_columns([names.get(name, name) for name in content.column_names]), old)
    assert set(pq.read_schema(old).names) >= former.keys()
    for path in (present, old):
        query = f"SELECT *{current_columns(path, public_release.content)} FROM read_parquet('{path}')"
        assert public_release.arrow_table(query).equals(public_release.arrow_table(f"FROM read_parquet('{present}')"))
