"""Columns for a list that was matched: values of a release's records, by property."""

from collections.abc import Sequence
from typing import Any

from overt.publish.read.database import Reader
from overt.publish.read.records import Fact, Record, records
from overt.publish.reconcile.asked import Extension
from overt.publish.reconcile.match import COUNTRY
from overt.publish.site.site import Site

PAGE, SOURCES = "page", "sources"
"""Columns that are no property of the schema: a record's page, and who says what is known of it."""
_MOST_VALUES = 200


def properties_of(site: Site, types: Sequence[str]) -> list[dict[str, str]]:
    """The columns that records of these types can have, with their labels."""
    found: dict[str, str] = {}
    for kind in types:
        if kind in site.schema.types:
            for name, prop in site.schema.types[kind].properties.items():
                found.setdefault(name, prop.label)
    if not found:
        found["name"] = site.gettext("Name")
    found |= {SOURCES: site.gettext("Sources"), PAGE: site.gettext("Page")}
    return [{"id": name, "name": label} for name, label in found.items()]


def extend(site: Site, reader: Reader, asked: Extension, address: str) -> dict[str, Any]:
    """The answer to a batch: `meta`, a column each, and `rows` by id. `address`: of the site. What is not there is empty."""
    held = {record.id: record for record in records(reader, asked.ids)}
    titles = {identity: _titles(site, reader, identity) for identity in held} if _asks(asked, SOURCES) else {}
    labels = {one["id"]: one["name"] for one in properties_of(site, list(site.schema.types))}
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for identity in asked.ids:
        cells: dict[str, list[dict[str, Any]]] = {}
        for column in asked.properties:
            if column.id == PAGE:
                path = _path(site, held.get(identity), identity)
                cells[column.id] = [{"str": f"{address}{path}"}] if path else []
            elif column.id == SOURCES:
                cells[column.id] = [{"str": title} for title in titles.get(identity, [])]
            elif identity in held:
                cells[column.id] = [_cell(site, held[identity], fact) for fact in held[identity].shown(column.id)][:_MOST_VALUES]
            else:
                area = column.id == "name" and identity in site.words.areas
                cells[column.id] = [{"str": site.words.area(identity)}] if area else []
        rows[identity] = cells
    meta = [{"id": column.id, "name": labels.get(column.id, column.id)} for column in asked.properties]
    return {"meta": meta, "rows": rows}


def _asks(asked: Extension, name: str) -> bool:
    return any(column.id == name for column in asked.properties)


def _path(site: Site, record: Record | None, identity: str) -> str | None:
    if record:
        return site.record_url(record.type, identity)
    return site.url(f"/{COUNTRY}/{identity}") if identity in site.words.areas else None


def _titles(site: Site, reader: Reader, identity: str) -> list[str]:
    slugs = {row["source"] for row in reader.rows("row_sources", [f'["{identity}"]'])}
    return sorted(site.title_of(slug) for slug in slugs)


def _cell(site: Site, record: Record, fact: Fact) -> dict[str, Any]:
    """A value as tables take it: an entity where it names one, a number, else text. Dates stay as precise as they are."""
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
