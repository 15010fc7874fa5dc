"""Data extension: fills columns of a matched list with values of a release's records and countries."""

from typing import Any

from overt.http.served_release import Served
from overt.queries import countries
from overt.queries.database import Reader
from overt.queries.rows.records import Fact, Record
from overt.reconcile.requests import Extension
from overt.reconcile.types_and_properties import (
    COUNTED,
    COUNTRY,
    ORGANIZATION,
    PAGE,
    PROJECT,
    SOURCES,
    TYPES,
    check_known,
    properties_of,
    records_by_id,
    roles,
)

_MAX_VALUES = 200


def extend(site: Served, reader: Reader, extension: Extension, address: str) -> dict[str, Any]:
    """Return `meta` with the columns and `rows` by id for a batch.

    A cell is a list: empty if the id is unknown or has no value, and at most `_MAX_VALUES` long for a property of a record.
    `address`: the site's address. Raises HTTPException 400 for an unknown column.
    """
    check_known(site, "extend", [column.id for column in extension.properties])
    by_id = records_by_id(reader, extension.ids)
    titles = {identity: _titles(site, reader, each.id) for identity, each in by_id.items()} if _asks(extension, SOURCES) else {}
    labels = {column["id"]: column["name"] for column in properties_of(site, TYPES)}
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for identity in extension.ids:
        cells: dict[str, list[dict[str, Any]]] = {}
        for column in extension.properties:
            if column.id == PAGE:
                path = _path(site, by_id.get(identity), identity)
                cells[column.id] = [{"str": f"{address}{path}"}] if path else []
            elif column.id == SOURCES and identity in by_id:
                cells[column.id] = [{"str": title} for title in titles.get(identity, [])]
            elif identity in by_id:
                record = by_id[identity]
                cells[column.id] = [_cell(site, record, fact) for fact in record.shown(column.id)][:_MAX_VALUES]
            else:
                cells[column.id] = _country_cells(site, reader, identity, column.id) if identity in site.words.areas else []
        rows[identity] = cells
    meta = [{"id": column.id, "name": labels[column.id], **_entities(site, column.id)} for column in extension.properties]
    return {"meta": meta, "rows": rows}


def _country_cells(site: Served, reader: Reader, code: str, column: str) -> list[dict[str, Any]]:
    """Return a country's name, a count of records, or the sources of its projects.

    There is no count for a country without records. In a limited edition, a count of zero is returned only for countries that it
    covers completely.
    """
    if column == "name":
        return [{"str": site.words.area(code)}]
    if column == SOURCES:
        return [{"str": title} for title in sorted(map(site.title_of, countries.sources(reader, code)))]
    if column not in COUNTED:
        return []
    part = site.prepared.subset
    row = countries.find(reader, code)
    if row is None or (part and not getattr(row, column) and code not in part["complete"]):
        return []
    return [{"int": getattr(row, column)}]


def _entities(site: Served, name: str) -> dict[str, Any]:
    """Return the type of the entities in a column, so that a client can match or extend them, too; {} if it has no entities."""
    schema_types = [site.schema.types[kind] for kind in TYPES if kind in site.schema.types]
    kinds = [schema_type.properties[name] for schema_type in schema_types if name in schema_type.properties]
    named = ORGANIZATION if name in roles(site) else kinds[0].record if kinds and kinds[0].type == "record" else None
    if named in site.schema.types:
        return {"type": {"id": named, "name": site.schema.types[named].label}}
    return {"type": {"id": COUNTRY, "name": site.gettext("Country")}} if kinds and kinds[0].type == "area" else {}


def _asks(extension: Extension, name: str) -> bool:
    return any(column.id == name for column in extension.properties)


def _path(site: Served, record: Record | None, identity: str) -> str | None:
    if record:
        return site.record_url(record.type, record.id)
    return site.url(f"/{COUNTRY}/{identity}") if identity in site.words.areas else None


def _titles(site: Served, reader: Reader, identity: str) -> list[str]:
    slugs = {row["source"] for row in reader.rows("records.row_sources", [f'["{identity}"]'])}
    return sorted(site.title_of(slug) for slug in slugs)


def _cell(site: Served, record: Record, fact: Fact) -> dict[str, Any]:
    """Return a cell with an entity, a number or a string. Dates keep their precision."""
    if record.type == PROJECT and fact.property in roles(site):
        return {"id": fact.value, "name": fact.label or fact.value}
    kind = site.schema.types.get(record.type)
    prop = kind.properties.get(fact.property) if kind else None
    if prop is None:  # The release may be older than the current schema.
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
