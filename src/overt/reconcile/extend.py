"""Columns for a list that was matched: values of a release's records, by property."""

from typing import Any

from overt.http.served import Served
from overt.queries import countries
from overt.queries.database import Reader
from overt.queries.records import Fact, Record
from overt.reconcile.properties import (
    COUNTED,
    COUNTRY,
    ORGANIZATION,
    PAGE,
    PROJECT,
    SOURCES,
    TYPES,
    check_known,
    properties_of,
    records,
    roles,
)
from overt.reconcile.requests import Extension

_MOST_VALUES = 200


def extend(site: Served, reader: Reader, asked: Extension, address: str) -> dict[str, Any]:
    """The answer to a batch: `meta`, a column each, and `rows` by id. `address`: of the site. What is not there is empty.

    Raises HTTPException 400 for a column that there is not.
    """
    check_known(site, "extend", [column.id for column in asked.properties])
    held = {record.id: record for record in records(site, reader, asked.ids)}
    titles = {identity: _titles(site, reader, identity) for identity in held} if _asks(asked, SOURCES) else {}
    labels = {one["id"]: one["name"] for one in properties_of(site, TYPES)}
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for identity in asked.ids:
        cells: dict[str, list[dict[str, Any]]] = {}
        for column in asked.properties:
            if column.id == PAGE:
                path = _path(site, held.get(identity), identity)
                cells[column.id] = [{"str": f"{address}{path}"}] if path else []
            elif column.id == SOURCES and identity in held:
                cells[column.id] = [{"str": title} for title in titles.get(identity, [])]
            elif identity in held:
                cells[column.id] = [_cell(site, held[identity], fact) for fact in held[identity].shown(column.id)][:_MOST_VALUES]
            else:
                cells[column.id] = _of_country(site, reader, identity, column.id) if identity in site.words.areas else []
        rows[identity] = cells
    meta = [{"id": column.id, "name": labels[column.id], **_entities(site, column.id)} for column in asked.properties]
    return {"meta": meta, "rows": rows}


def _of_country(site: Served, reader: Reader, code: str, column: str) -> list[dict[str, Any]]:
    """A country's name, how many records there are of it, and who tells of its projects. In an edition of a part only a country
    that is whole there has none: of others it is not known.
    """
    if column == "name":
        return [{"str": site.words.area(code)}]
    if column == SOURCES:
        return [{"str": title} for title in sorted(map(site.title_of, countries.sources(reader, code)))]
    if column not in COUNTED:
        return []
    part = site.prepared.subset
    row = countries.one(reader, code)
    if row is None or (part and not row[column] and code not in part["complete"]):
        return []
    return [{"int": row[column]}]


def _entities(site: Served, name: str) -> dict[str, Any]:
    """Of a column of entities, of which type they are, so that a client can match or extend these in turn."""
    kinds = [held.properties[name] for kind in TYPES if (held := site.schema.types.get(kind)) and name in held.properties]
    named = ORGANIZATION if name in roles(site) else kinds[0].record if kinds and kinds[0].type == "record" else None
    if named in site.schema.types:
        return {"type": {"id": named, "name": site.schema.types[named].label}}
    return {"type": {"id": COUNTRY, "name": site.gettext("Country")}} if kinds and kinds[0].type == "area" else {}


def _asks(asked: Extension, name: str) -> bool:
    return any(column.id == name for column in asked.properties)


def _path(site: Served, record: Record | None, identity: str) -> str | None:
    if record:
        return site.record_url(record.type, identity)
    return site.url(f"/{COUNTRY}/{identity}") if identity in site.words.areas else None


def _titles(site: Served, reader: Reader, identity: str) -> list[str]:
    slugs = {row["source"] for row in reader.rows("records.row_sources", [f'["{identity}"]'])}
    return sorted(site.title_of(slug) for slug in slugs)


def _cell(site: Served, record: Record, fact: Fact) -> dict[str, Any]:
    """A value as tables take it: an entity where it names one, a number, else text. Dates stay as precise as they are."""
    if record.type == PROJECT and fact.property in roles(site):
        return {"id": fact.value, "name": fact.label or fact.value}
    kind = site.schema.types.get(record.type)
    prop = kind.properties.get(fact.property) if kind else None
    if prop is None:  # a release of before the schema of today
        return {"str": f"{fact.value} {fact.unit}" if fact.unit else fact.value}
    if prop.type == "record":
        return {"id": fact.value, "name": fact.label or fact.value}
    if prop.type == "area":
        return {"id": fact.value, "name": site.words.area(fact.value)}
    if prop.type == "term":
        return {"str": site.words.term(prop.vocabulary or "", fact.value)}
    if prop.type == "number":
        return {"float": float(fact.value)}
    return {"str": f"{fact.value} {fact.unit}" if fact.unit else fact.value}
