"""The documents that lead to the features: what is here, what it conforms to, which collections there are."""

from datetime import date, timedelta
from typing import Any

from overt.http.served import Served
from overt.index.project_arrays import NEVER
from overt.ogc.collection import CRS, Collection
from overt.ogc.negotiation import GEOJSON, HTML, JSON, OPENAPI, ROOT, SCHEMA, Form, Link, forms, link
from overt.ogc.property_schemas import FILTERS
from overt.queries.project_arrays import Vectors

CONFORMS = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "geojson", "html", "oas30")
)
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
_DAY = date(1970, 1, 1)


def root(site: Served, base: str) -> str:
    """The address of the landing page."""
    return f"{base}{site.language.base}{ROOT}"


def landing(site: Served, base: str, form: Form) -> dict[str, Any]:
    """What is here."""
    here = root(site, base)
    links = [
        *forms(here, site, form),
        link(f"{here}/api", "service-desc", OPENAPI, site.gettext("The interface, as OpenAPI 3.0")),
        link(f"{here}/api?f=html", "service-doc", HTML, site.gettext("The interface, as a page")),
        link(f"{here}/conformance", "conformance", JSON, site.gettext("What this server conforms to")),
        link(f"{here}/collections", "data", JSON, site.gettext("Collections")),
        link(f"{base}/tiles", "tilejson", JSON, site.gettext("Vector tiles (TileJSON)")),
    ]
    return {"title": _title(site), "description": description(site), "links": links}


def _title(site: Served) -> str:
    held = site.words.meta["manifest"].get("title") or "Overt"
    return site.gettext("%(title)s: maps for programs", title=held)


def description(site: Served) -> str:
    """One sentence about the whole."""
    return site.gettext(
        "Release %(release)s as features (OGC API – Features 1.0). Nothing is pinned that is known to a country only.",
        release=site.prepared.release,
    )


def conformance(site: Served, base: str, form: Form) -> dict[str, Any]:
    """The classes of the standard."""
    return {"conformsTo": list(CONFORMS), "links": forms(f"{root(site, base)}/conformance", site, form)}


def collections(site: Served, base: str, form: Form, held: list[Collection], vectors: Vectors) -> dict[str, Any]:
    """All collections."""
    links = forms(f"{root(site, base)}/collections", site, form)
    return {"links": links, "collections": [collection(site, base, None, one, vectors) for one in held]}


def collection(site: Served, base: str, form: Form | None, held: Collection, vectors: Vectors) -> dict[str, Any]:
    """One collection; in a list, where it has no form of its own, it is led to."""
    said, here = held.said, f"{root(site, base)}/collections/{held.said.id}"
    box = held.extent()
    extent: dict[str, Any] = {}
    if box:
        extent["spatial"] = {"bbox": [list(box)], "crs": CRS}
    if said.dated:
        extent["temporal"] = {"interval": [interval(vectors)], "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}
    links: list[Link] = forms(here, site, form or "json")
    links += [
        link(f"{here}/items?f=json", "items", GEOJSON, site.gettext("The features as GeoJSON")),
        link(f"{here}/items?f=html", "items", HTML, site.gettext("The features as a page")),
        link(f"{here}/queryables", QUERYABLES, SCHEMA, site.gettext("What features can be found by")),
        link(f"{base}{site.url('/sources')}", "license", HTML, site.gettext("Sources, their licences and attributions")),
    ]
    return {
        "id": said.id,
        "title": site.gettext(said.title),
        "description": site.gettext(said.description),
        "itemType": "feature",
        "crs": [CRS],
        "extent": extent,
        "links": links,
    }


def interval(vectors: Vectors) -> list[str | None]:
    """The first and the last day that any project's date can mean; null where there is none."""
    first, last = vectors["first_day"], vectors["last_day"]
    known = first[first > -NEVER], last[last < NEVER]
    days = (int(known[0].min()) if len(known[0]) else None, int(known[1].max()) if len(known[1]) else None)
    return [
        f"{_DAY + timedelta(day)}T{time}Z" if day is not None else None
        for day, time in zip(days, ("00:00:00", "23:59:59"), strict=True)
    ]


def queryables(site: Served, base: str, held: Collection) -> dict[str, Any]:
    """The parameters that find features, as a JSON schema."""
    said = held.said
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{root(site, base)}/collections/{said.id}/queryables",
        "type": "object",
        "title": site.gettext(said.title),
        "description": site.gettext(said.description),
        "properties": {name: FILTERS[name] for name in (*said.filters, *said.own)},
        "additionalProperties": False,
    }
