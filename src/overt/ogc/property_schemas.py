"""JSON schemas of the properties of features, and of the parameters that filter them."""

from collections.abc import Mapping
from typing import Any

from overt.index.filter_kinds import BoxFilter, FacetFilter, Filter, YearFilter
from overt.index.project_filter_declarations import FILTERS

_LIST: dict[str, Any] = {"type": "array", "items": {"type": "string"}}


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def _texts(description: str) -> dict[str, Any]:
    return {**_LIST, "description": description}


def _integer(description: str) -> dict[str, Any]:
    return {"type": "integer", "description": description}


NAMES = {
    "name": _text("Name."),
    "name_zh": _text("Chinese name, if a source has one."),
}
PROJECT: Mapping[str, Mapping[str, Any]] = {
    **NAMES,
    "kind": _texts("Kinds of the project."),
    "layer": _text("The most specific layer of the project."),
    "country": _texts("Codes of its countries: ISO 3166-1 alpha-2, or one of Overt’s."),
    "status": _text("Status that a source states; `unknown` or null if none does."),
    "date": _text("When it was agreed or, if unknown, begun or else put into use (EDTF)."),
    "year": _integer("First year that this date can mean."),
    "precision": _texts("How exactly its places are known; places known only to a country are in no geometry."),
    "organization_name": _texts("Names of up to three organisations with a part in it."),
    "organizations": _integer("How many organisations have a part in it."),
    "source": _texts("Sources of its record."),
    "page": {**_text("Its page."), "format": "uri"},
}
SITE: Mapping[str, Mapping[str, Any]] = {
    "name": _text("Name of the place."),
    "place_kind": _text("Kind of place, if a source states it, such as a landing point."),
    "country": _text("Code of its country."),
    "precision": _text("How exactly the point is known."),
    "radius": {"type": "number", "description": "Kilometres around the point within which it is, if a source states it."},
    "project": _texts("Ids of the projects there."),
    "project_name": _texts("Names of these projects."),
    "kind": _texts("Kinds of these projects."),
    "status": _texts("Statuses that sources state for these projects."),
    "source": _texts("Sources of these projects."),
    "page": {**_text("The page of the first of these projects."), "format": "uri"},
}
COUNTRY: Mapping[str, Mapping[str, Any]] = {
    "code": _text("ISO 3166-1 alpha-2, or one of Overt’s codes."),
    **NAMES,
    "projects": _integer("Projects recorded in it; one in several countries counts in each."),
    "located_projects": _integer("How many of these have a place there that can be drawn."),
    "assessments": _integer("Assessments of it by indexes."),
    "agreements": _integer("Agreements that it is party to."),
    "restrictions": _integer("Shutdowns and blocking recorded in it."),
    "page": {**_text("Its page."), "format": "uri"},
}


_YEAR = {"type": "integer", "minimum": 1000, "maximum": 2999, "description": "A year that its date can mean."}


def _schema(declared: Filter) -> Mapping[str, Any]:
    if isinstance(declared, FacetFilter):
        return _texts(declared.description)
    return {"type": "string", **declared.json_schema, "description": declared.description}


def _parameters_of(declared: Filter) -> Mapping[str, Mapping[str, Any]]:
    """Return the schemas of a filter's parameters, by parameter.

    The filter by year has one parameter, `year`, for both bounds. The box has none here, because the standard defines `bbox`.
    """
    match declared:
        case YearFilter():
            return {"year": _YEAR}
        case BoxFilter():
            return {}
    if declared.interface_name:
        former = {**_schema(declared), "description": f"Old name of `{declared.interface_name}`.", "deprecated": True}
        return {declared.interface_name: _schema(declared), declared.name: former}
    return {declared.name: _schema(declared)}


PROJECT_FILTERS = {name: schema for declared in FILTERS.values() for name, schema in _parameters_of(declared).items()}
"""JSON schemas of the parameters that filter projects, by parameter."""
PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    **PROJECT_FILTERS,
    "code": _texts("Code of a country."),
    "project": _texts("Id of a project."),
}
"""JSON schemas by parameter. Several values of an array, in repeated parameters or separated by commas, are alternatives."""
