"""HTML pages for the documents of the API."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

from overt.language.language import N_
from overt.ogc.collection_interface import Collection, Feature
from overt.ogc.items_query_parameters import COMMON, ItemsQuery
from overt.ogc.negotiation import ROOT
from overt.ogc.property_schemas import PARAMETERS
from overt.site.site import Site

_TITLE = N_("Maps for programs")
_COLUMNS = {
    "projects": ("kind", "country", "status", "date", "precision"),
    "sites": ("country", "precision", "project_name", "kind"),
    "cables": ("country", "status", "date", "organization_name"),
    "countries": ("code", "projects", "located_projects"),
}
_FORM = (("f", "html"),)
Crumbs = Sequence[tuple[str, str]]


def landing(site: Site, request: Request, document: dict[str, Any], feature_sets: list[Collection]) -> Response:
    """Render the landing page."""
    return _page(
        site, request, site.gettext(_TITLE), document["description"], (), table=_collections(site, feature_sets), ways=True
    )


def conformance(site: Site, request: Request, document: dict[str, Any]) -> Response:
    """Render the conformance classes."""
    title = site.gettext("What this server conforms to")
    return _page(site, request, title, "", _crumbs(site), lines=document["conformsTo"])


def api(site: Site, request: Request, feature_sets: list[Collection]) -> Response:
    """Render the page that lists the parameters of each collection."""
    names = [
        (feature_set.info.id, ", ".join((*COMMON, *feature_set.info.filters, *feature_set.info.own_parameters)))
        for feature_set in feature_sets
    ]
    columns = (site.gettext("Collection"), site.gettext("Parameters"))
    table = {"columns": columns, "rows": [(f"/collections/{name}/queryables", name, [words]) for name, words in names]}
    lead = site.gettext("Each address has a description for programs: OpenAPI 3.0.")
    return _page(site, request, site.gettext("The interface"), lead, _crumbs(site), table=table)


def collections(site: Site, request: Request, feature_sets: list[Collection]) -> Response:
    """Render the list of collections."""
    return _page(site, request, site.gettext("Collections"), "", _crumbs(site), table=_collections(site, feature_sets))


def collection(site: Site, request: Request, feature_set: Collection) -> Response:
    """Render a collection with the properties of its features."""
    info = feature_set.info
    rows = [(None, name, [schema["description"]]) for name, schema in info.properties.items()]
    table = {"columns": (site.gettext("Property"), site.gettext("What it says")), "rows": rows, "english": True}
    more = [
        (f"/collections/{info.id}/items", site.gettext("The features as a page")),
        (f"/collections/{info.id}/queryables", site.gettext("What features can be found by")),
    ]
    return _page(
        site,
        request,
        site.gettext(info.title),
        site.gettext(info.description),
        _crumbs(site, collections=True),
        table=table,
        more=more,
    )


def queryables(site: Site, request: Request, feature_set: Collection) -> Response:
    """Render the parameters that filter features, and the properties that only `filter` can use."""
    info = feature_set.info
    rows = [(None, name, [PARAMETERS[name]["description"]]) for name in (*info.filters, *info.own_parameters)]
    known = {*info.filters, *info.own_parameters}
    rows += [
        (None, f"filter: {name}", [queryable.description]) for name, queryable in info.queryables.items() if name not in known
    ]
    table = {"columns": (site.gettext("Parameter"), site.gettext("What it says")), "rows": rows, "english": True}
    return _page(
        site,
        request,
        site.gettext("What features can be found by"),
        site.gettext(info.title),
        _crumbs(site, feature_set),
        table=table,
    )


def items(
    site: Site,
    request: Request,
    feature_set: Collection,
    features: list[Feature],
    query: ItemsQuery,
    many: int,
    pairs: list[tuple[str, str]],
) -> Response:
    """Render a page of features.

    `many`: the number of features that match. `pairs`: the parameters that links to other pages keep.
    """
    info = feature_set.info
    names = [name for name in _COLUMNS[info.id] if query.properties is None or name in query.properties]
    rows = []
    for feature in features:
        properties = feature["properties"]
        path = f"/collections/{info.id}/items/{quote(feature['id'], safe='')}"
        rows.append((path, str(properties.get("name") or feature["id"]), [_text(properties[name]) for name in names]))
    return _page(
        site, request, site.gettext("Features"), site.gettext(info.title), _crumbs(site, feature_set),
        table={"columns": (site.gettext("Name"), *names), "rows": rows, "named": True},
        paging={"path": f"{ROOT}/collections/{info.id}/items", "pairs": [*pairs, *_FORM], "asked": query, "many": many},
    )  # fmt: skip


def item(site: Site, request: Request, feature_set: Collection, feature: Feature) -> Response:
    """Render a feature with a link to its page on the site."""
    properties = feature["properties"]
    rows = [(None, name, [_text(value)]) for name, value in properties.items() if name != "page"]
    geometry = feature["geometry"]
    rows.append((None, "geometry", [geometry["type"] if geometry else "null"]))
    table = {"columns": (site.gettext("Property"), site.gettext("What it says")), "rows": rows, "english": True}
    own = "/" + properties["page"].partition("://")[2].partition("/")[2]
    return _page(site, request, _name(feature), "", _crumbs(site, feature_set), table=table, own=own)


def _page(site: Site, request: Request, title: str, lead: str, crumbs: Crumbs, **more: Any) -> Response:
    empty = {"table": None, "lines": (), "more": (), "paging": None, "ways": False, "own": ""}
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key != "f"]
    response = site.page(
        "ogc/ogc_page_layout.html", request=request, title=title, lead=lead, crumbs=crumbs, root=ROOT, data=request.url.path,
        pairs=pairs, form=_FORM,
        **{**empty, **more},
    )  # fmt: skip
    response.headers["Vary"] = "Accept"
    return response


def _crumbs(site: Site, feature_set: Collection | None = None, *, collections: bool = False) -> Crumbs:
    steps = [(f"{ROOT}?f=html", site.gettext(_TITLE))]
    if feature_set or collections:
        steps.append((f"{ROOT}/collections?f=html", site.gettext("Collections")))
    if feature_set:
        steps.append((f"{ROOT}/collections/{feature_set.info.id}?f=html", site.gettext(feature_set.info.title)))
    return steps


def _collections(site: Site, feature_sets: list[Collection]) -> dict[str, Any]:
    rows = [
        (
            f"/collections/{feature_set.info.id}",
            site.gettext(feature_set.info.title),
            [site.gettext(feature_set.info.description)],
        )
        for feature_set in feature_sets
    ]
    return {"columns": (site.gettext("Collection"), site.gettext("What is in it")), "rows": rows}


def _name(feature: Feature) -> str:
    return str(feature["properties"].get("name") or feature["id"])


def _text(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
