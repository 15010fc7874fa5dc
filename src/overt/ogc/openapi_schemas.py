"""OpenAPI 3.0 schemas of the API's documents and features."""

from collections.abc import Mapping, Sequence
from typing import Any

from overt.http.json_and_problem_responses import Problem
from overt.http.parameter_schemas import values
from overt.http.served_release import Served
from overt.ogc.collection_interface import Collection

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_CORNERS = {
    "type": "array", "minItems": 1,
    "items": {"type": "array", "minItems": 4, "maxItems": 4, "items": {"type": "number"}},
}  # fmt: skip


def ref(name: str) -> Schema:
    """Return a reference to the schema `name` in the document's components."""
    return {"$ref": f"#/components/schemas/{name}"}


def schemas(site: Served, feature_sets: Sequence[Collection]) -> dict[str, Schema]:
    """Return the schemas of the API's documents and of each collection's features, by name."""
    made = {
        "problem": _problem(),
        "link": _object({"href": _TEXT, "rel": _TEXT, "type": _TEXT, "title": _TEXT}),
        "landingPage": _object({"title": _TEXT, "description": _TEXT, "links": _LINKS}),
        "confClasses": _object({"conformsTo": _many(_TEXT), "links": _LINKS}),
        "collections": _object({"links": _LINKS, "collections": _many(ref("collection"))}),
        "collection": _object(
            {"id": _TEXT, "title": _TEXT, "description": _TEXT, "itemType": {"type": "string", "enum": ["feature"]},
             "crs": _many(_TEXT), "extent": _EXTENT, "links": _LINKS}
        ),
        "geometry": {**_object({"type": _TEXT, "coordinates": {"type": "array", "items": {}}}), "nullable": True},
    }  # fmt: skip
    for feature_set in feature_sets:
        made[feature_set.info.id] = _features(feature_set)
        made[f"{feature_set.info.id}.feature"] = _feature(feature_set)
    return made | values(site)


def _features(feature_set: Collection) -> Schema:
    return _object(
        {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "numberMatched": _COUNT,
            "numberReturned": _COUNT,
            "links": _LINKS,
            "features": _many(ref(f"{feature_set.info.id}.feature")),
        }
    )


def _feature(feature_set: Collection) -> Schema:
    properties = {name: {**schema, "nullable": True} for name, schema in feature_set.info.properties.items()}
    property_schema = {"type": "object", "properties": properties, "additionalProperties": False}
    made = _object({"type": {"type": "string", "enum": ["Feature"]}, "id": _TEXT, "geometry": ref("geometry")})
    made["required"].append("properties")
    made["properties"] |= {"properties": property_schema, "links": _LINKS}  # A feature in a list has no links of its own.
    return made


def _object(properties: Mapping[str, Schema]) -> Schema:
    """Return the schema of an object whose properties are all required."""
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _problem() -> Schema:
    schema = Problem.model_json_schema()
    return {key: value for key, value in schema.items() if key in ("type", "title", "properties", "required", "description")}


_LINKS = _many(ref("link"))
_INTERVAL = {"type": "array", "minItems": 2, "maxItems": 2, "items": {**_TEXT, "nullable": True}}
_EXTENT = {
    "type": "object",
    "properties": {
        "spatial": _object({"bbox": _CORNERS, "crs": _TEXT}),
        "temporal": _object({"interval": _many(_INTERVAL), "trs": _TEXT}),
    },
}
