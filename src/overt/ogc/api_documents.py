"""The JSON documents of the API: landing page, conformance, collections and queryables.

`base` is the beginning of absolute addresses. `form` is the format of the response.
"""

from datetime import date, timedelta
from typing import Any

from overt.http.served_release import Served
from overt.index.project_arrays import NO_DAY
from overt.ogc.collection_interface import CRS, Collection
from overt.ogc.negotiation import GEOJSON, HTML, JSON, OPENAPI, ROOT, SCHEMA, Form, Link, forms, link
from overt.ogc.queryables import schema
from overt.queries.projects_in_memory import Vectors

_CLASSES = {
    "ogcapi-features-1": ("core", "geojson", "html", "oas30"),
    "ogcapi-features-3": ("queryables", "filter", "features-filter"),
    "cql2": ("cql2-text", "basic-cql2", "advanced-comparison-operators"),
}
CONFORMS = tuple(
    f"http://www.opengis.net/spec/{standard}/1.0/conf/{name}" for standard, names in _CLASSES.items() for name in names
)
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
_DAY = date(1970, 1, 1)


def root(site: Served, base: str) -> str:
    """Return the absolute address of the landing page, in the language of the request."""
    return f"{base}{site.language.base}{ROOT}"


def landing(site: Served, base: str, form: Form) -> dict[str, Any]:
    """Return the landing page: the title, a description, and links to the other documents."""
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
    title = site.words.meta["manifest"].get("title") or "Overt"
    return site.gettext("%(title)s: maps for programs", title=title)


def description(site: Served) -> str:
    """Return a sentence that describes the API."""
    return site.gettext(
        "Release %(release)s as features (OGC API – Features 1.0). Projects that are known only to a country have no point.",
        release=site.prepared.release,
    )


def conformance(site: Served, base: str, form: Form) -> dict[str, Any]:
    """Return the list of conformance classes that this API meets."""
    return {"conformsTo": list(CONFORMS), "links": forms(f"{root(site, base)}/conformance", site, form)}


def collections(site: Served, base: str, form: Form, feature_sets: list[Collection], vectors: Vectors) -> dict[str, Any]:
    """Return the descriptions of all collections, in one document."""
    links = forms(f"{root(site, base)}/collections", site, form)
    return {"links": links, "collections": [collection(site, base, None, feature_set, vectors) for feature_set in feature_sets]}


def collection(site: Served, base: str, form: Form | None, feature_set: Collection, vectors: Vectors) -> dict[str, Any]:
    """Return the description of a collection. `form`: the format of the response; None in the list of collections."""
    info, here = feature_set.info, f"{root(site, base)}/collections/{feature_set.info.id}"
    box = feature_set.extent()
    extent: dict[str, Any] = {}
    if box:
        extent["spatial"] = {"bbox": [list(box)], "crs": CRS}
    if info.dated:
        extent["temporal"] = {"interval": [interval(vectors)], "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}
    links: list[Link] = forms(here, site, form or "json")
    links += [
        link(f"{here}/items?f=json", "items", GEOJSON, site.gettext("The features as GeoJSON")),
        link(f"{here}/items?f=html", "items", HTML, site.gettext("The features as a page")),
        link(f"{here}/queryables", QUERYABLES, SCHEMA, site.gettext("What features can be found by")),
        link(f"{base}{site.url('/sources')}", "license", HTML, site.gettext("Sources, their licences and attributions")),
    ]
    return {
        "id": info.id,
        "title": site.gettext(info.title),
        "description": site.gettext(info.description),
        "itemType": "feature",
        "crs": [CRS],
        "extent": extent,
        "links": links,
    }


def interval(vectors: Vectors) -> list[str | None]:
    """Return the start of the first day and the end of the last day on which any project's date can fall (RFC 3339).

    The start or end is None if no project has a date that limits it.
    """
    first, last = vectors["first_day"], vectors["last_day"]
    known = first[first > -NO_DAY], last[last < NO_DAY]
    days = (int(known[0].min()) if len(known[0]) else None, int(known[1].max()) if len(known[1]) else None)
    return [
        f"{_DAY + timedelta(day)}T{time}Z" if day is not None else None
        for day, time in zip(days, ("00:00:00", "23:59:59"), strict=True)
    ]


def queryables(site: Served, base: str, feature_set: Collection) -> dict[str, Any]:
    """Return the JSON schema of the properties that `filter` can use."""
    info = feature_set.info
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{root(site, base)}/collections/{info.id}/queryables",
        "type": "object",
        "title": site.gettext(info.title),
        "description": site.gettext(info.description),
        "properties": schema(info.queryables),
        "additionalProperties": False,
    }
