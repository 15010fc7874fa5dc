"""The queryables of each collection: the properties that a filter can use."""

from collections.abc import Mapping
from typing import Any

from overt.index.project_filter_declarations import FACETS
from overt.ogc.cql2.filter_sql import Queryable

_SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
}


def _text(sql: str, description: str) -> Queryable:
    return Queryable("text", sql, description)


def _integer(sql: str, description: str) -> Queryable:
    return Queryable("integer", sql, description)


_FACETS = {
    declared.interface_name or name: Queryable("text", declared.select(), declared.description, key="p.id")
    for name, declared in FACETS.items()
    if declared.table != "projects"
}
PROJECT: Mapping[str, Queryable] = {
    "id": _text("p.id", "Published id of the project."),
    "name": _text("coalesce(p.label, p.id)", "Name of the project."),
    "name_zh": _text("p.label_zh", "Chinese name, where a source has one."),
    **_FACETS,
    "status": _text(
        "coalesce(p.status, 'unknown')",
        "Status that a source states; `unknown` if none does. The parameter `status` also goes by dates.",
    ),
    "year": _integer("p.year", "First year that its date can mean."),
    "date_from": Queryable("date", "p.first_day", "First day that its date can mean."),
    "date_to": Queryable("date", "p.last_day", "Last day that its date can mean."),
    "located": _text(
        "CASE WHEN p.located THEN 'yes' ELSE 'no' END",
        "`yes` or `no`: whether a place of it is known more exactly than to a country.",
    ),
    "organizations": _integer("p.company_count", "Number of organisations with a part in it."),
    "independent_sources": _integer("p.independent_sources", "Number of separate sources."),
    "amount": Queryable("number", "f.amount", "Sum of its commitments, in `amount_unit`."),
    "amount_unit": _text("f.amount_unit", "Currency of the amount, with the year of constant prices: USD@2021."),
}
"""Queryables of projects, over `projects AS p` and `projects_flat AS f`."""


def _site_queryable(queryable: Queryable) -> Queryable:
    sql = f"SELECT q.value, l.n AS id FROM ({queryable.sql}) AS q JOIN place_project AS l ON l.project = q.id"
    return Queryable("text", sql, queryable.description, key="s.n")


SITE: Mapping[str, Queryable] = {
    "id": _text("s.id", "Published id of the place."),
    "name": _text("coalesce(s.label, s.id)", "Name of the place."),
    "place_kind": _text("s.kind", "Kind of place, where a source states it."),
    "radius": Queryable("number", "s.radius", "Kilometres around the point within which it is, where a source states it."),
    **{name: _site_queryable(queryable) for name, queryable in _FACETS.items()},
    "country": _text("s.country", "Code of its country."),
    "precision": _text("s.precision", "How exactly the point is known."),
    "status": Queryable(
        "text",
        "SELECT coalesce(p.status, 'unknown') AS value, l.n AS id FROM projects AS p JOIN place_project AS l ON l.project = p.id",
        "Statuses that sources state for the projects there; `unknown` if none does. The parameter `status` also goes by dates.",
        key="s.n",
    ),
    "project": Queryable("text", "SELECT project AS value, n AS id FROM place_project", "Ids of the projects there.", key="s.n"),
}
"""Queryables of sites, over `places AS s`."""
COUNTRY: Mapping[str, Queryable] = {
    "code": _text("c.code", "ISO 3166-1 alpha-2 code, or one of ours."),
    "name": _text("a.label", "Name of the country."),
    "name_zh": _text("a.label_zh", "Chinese name of the country."),
    **{
        name: _integer(f"c.{name}", f"Number of {name} recorded in it.")
        for name in ("projects", "assessments", "agreements", "restrictions")
    },
    "located_projects": _integer("c.located", "Number of projects with a place there that can be drawn."),
}
"""Queryables of countries, over `countries AS c` and `areas AS a`."""


def schema(queryables: Mapping[str, Queryable]) -> dict[str, Any]:
    """Return the JSON schema of each queryable."""
    made = {}
    for name, queryable in queryables.items():
        of_value = _SCHEMAS[queryable.kind]
        typed = {"type": "array", "items": of_value} if queryable.is_list else of_value
        made[name] = {**typed, "description": queryable.description}
    return made
