"""AidData's geometry of communications projects: one GeoJSON feature per project, drawn from OpenStreetMap.

The projects are records of `aiddata_gcdf`. Several loans for one site have the same shape, which is one place for all of them.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urldefrag

import orjson

from overt.importing import Cell, Context, RecordDraft, Row

from .shapes import NODE_SIZE, Part, middle, outline, read_parts

ELEMENT = re.compile(r"https://www\.openstreetmap\.org/(node|way|relation)/(\d+)/?")
DIRECTIONS = re.compile(r"https://www\.openstreetmap\.org/directions\?\S+")
NODE_RULE, DIRECTIONS_RULE = "aiddata-geometry-node@1", "aiddata-geometry-directions@1"


class Link(NamedTuple):
    """A link to OpenStreetMap: to an element with its number, or to directions, whose number is a digest of the address."""

    kind: str
    number: str
    cell: Cell


def run(ctx: Context) -> None:
    """Read the features. A project may have only one."""
    places: dict[str, str] = {}
    for row in ctx.rows("geometry"):
        with row:
            feature(ctx, row, places)


def feature(ctx: Context, row: Row, places: dict[str, str]) -> None:
    """Add the places of one project. `places` has the file of each project that was read."""
    properties = row["properties"]
    key, title, sector = (properties.child(name) for name in ("id", "Title", "Sector.Name"))
    if not key or not title:
        row.problem("a feature needs the id and the Title of its project", properties)
    if ctx.described.scope_rule(sector.text, title.text):
        row.out_of_scope("project-out-of-scope")
    if key.text in places:
        row.problem(f"project {key.text[:40]} already has a feature, in {places[key.text]}", key)
    links = read_links(row, properties.child("osm_links"))
    precision = known_precision(ctx, row, properties.child("osm_precision_list"), len(links))
    parts = read_parts(row["geometry"])
    routes = [link.kind == "directions" for link in links]
    if any(routes) and not all(routes):
        row.problem("links to driving directions beside others: which shape is which is not known", properties.child("osm_links"))
    for place in route(ctx, row, key, links, precision, parts) if all(routes) else sites(ctx, row, links, precision, parts):
        place.add("project", ctx.described.record("project", id=key), at=key)
        code, name = properties.child("Recipient.ISO-3"), properties.child("Recipient")
        place.add("country", ctx.area(code or name, "areas"), at=[cell for cell in (code, name) if cell])
    row.when_imported(lambda: places.update({key.text: row.file}))


def route(ctx: Context, row: Row, key: Cell, links: list[Link], precision: Cell, parts: list[Part]) -> Iterator[RecordDraft]:
    """Yield the place of a project that is drawn along roads."""
    place = ctx.record("place", kind="route", id=key)
    place.add("kind", "route", at=links[0].cell)
    place.code("precision", "schematic", at=[precision, links[0].cell], rule=DIRECTIONS_RULE)
    state_geometry(ctx, place, outline(parts), row["geometry"], links, DIRECTIONS_RULE)
    yield place


def sites(ctx: Context, row: Row, links: list[Link], precision: Cell, parts: list[Part]) -> Iterator[RecordDraft]:
    """Yield a place for each shape. A circle that AidData drew around a node becomes a point."""
    has_node = any(link.kind == "node" for link in links)
    for part in parts:
        place = ctx.record("place", kind="shape", id=digest(orjson.dumps(part.coordinates)))
        place.add("kind", "site", at=links[0].cell)
        place.add("precision", precision)
        is_circle = has_node and part.size <= NODE_SIZE
        wkt, rule = (middle(part), NODE_RULE) if is_circle else (part.polygon.wkt, None)
        own_links = [link for link in links if (link.kind == "node") == is_circle] or links
        state_geometry(ctx, place, wkt, row["geometry"], own_links, rule)
        yield place


def state_geometry(ctx: Context, place: RecordDraft, wkt: str, geometry: Cell, links: list[Link], rule: str | None) -> None:
    """State the geometry once for each link: links and shapes are in different orders, so any link may be the right one.

    `rule`: the rule that derives the geometry; None if the cell states it.
    """
    for link in links:
        cited = document(ctx, link)
        place.add("geometry", wkt, at=geometry, document=cited, basis="coded" if rule else "stated", rule=rule)


def read_links(row: Row, cell: Cell) -> list[Link]:
    """Return the links of a comma-separated list, without fragments, which only choose the part of the map to show.

    Raises Problem for anything that is not a link to an element or to directions.
    """
    links = []
    for item in cell.text.split(","):
        address = urldefrag(item.strip()).url
        element = ELEMENT.fullmatch(address)
        if element:
            links.append(Link(element[1], element[2], cell.part(address)))
        elif DIRECTIONS.fullmatch(address):
            links.append(Link("directions", digest(address.encode()), cell.part(address)))
        else:
            row.problem(f"{item.strip()[:60]!r} is not a link to a node, way, relation or directions of OpenStreetMap", cell)
    return links


def known_precision(ctx: Context, row: Row, cell: Cell, links: int) -> Cell:
    """Return the least exact precision in a list. Raises Problem unless the list has `links` items, one for each link."""
    terms = [ctx.lookup("precision", cell.part(word)) for word in cell.text.split(",")]
    if len(terms) != links:
        row.problem(f"{len(terms)} precisions for {links} links", cell)
    order = list(ctx.content.vocabularies["precision"].by_id)
    return max(terms, key=lambda term: order.index(term.text))


def document(ctx: Context, link: Link) -> RecordDraft:
    """Add the page of OpenStreetMap that AidData links to."""
    page = ctx.record("document", kind=link.kind, id=link.number)
    page.add("url", link.cell)
    what = "driving directions" if link.kind == "directions" else f"{link.kind} {link.number}"
    page.add("title", f"OpenStreetMap, {what}", at=link.cell, lang="en")
    page.add("publisher", "OpenStreetMap contributors", at=link.cell)
    return page


def digest(data: bytes) -> str:
    """Return the first 16 hex digits of the SHA-256, which is the id of a shape or link."""
    return hashlib.sha256(data).hexdigest()[:16]
