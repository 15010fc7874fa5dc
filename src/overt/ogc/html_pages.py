"""The same as pages, for who follows a link of these addresses in a browser."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

from overt.language.language import N_
from overt.ogc.collection import Collection, Feature
from overt.ogc.items_query import OWN, Asked
from overt.ogc.negotiation import ROOT
from overt.ogc.property_schemas import FILTERS
from overt.site.site import Site

_TITLE = N_("Maps for programs")
_SHOWN = {
    "projects": ("kind", "country", "status", "date", "precision"),
    "sites": ("country", "precision", "project_name", "kind"),
    "cables": ("country", "status", "date", "companies"),
    "countries": ("code", "projects", "located"),
}
_FORM = (("f", "html"),)
Crumbs = Sequence[tuple[str, str]]


def landing(site: Site, request: Request, said: dict[str, Any], held: list[Collection]) -> Response:
    """What is here."""
    return _page(site, request, site.gettext(_TITLE), said["description"], (), table=_collections(site, held), ways=True)


def conformance(site: Site, request: Request, said: dict[str, Any]) -> Response:
    """The classes of the standard."""
    title = site.gettext("What this server conforms to")
    return _page(site, request, title, "", _crumbs(site), lines=said["conformsTo"])


def api(site: Site, request: Request, held: list[Collection]) -> Response:
    """The parameters of each collection."""
    names = [(one.said.id, ", ".join((*OWN, *one.said.filters, *one.said.own))) for one in held]
    columns = (site.gettext("Collection"), site.gettext("Parameters"))
    table = {"columns": columns, "rows": [(f"/collections/{name}/queryables", name, [words]) for name, words in names]}
    lead = site.gettext("Each address has a description for programs: OpenAPI 3.0.")
    return _page(site, request, site.gettext("The interface"), lead, _crumbs(site), table=table)


def collections(site: Site, request: Request, held: list[Collection]) -> Response:
    """All collections."""
    return _page(site, request, site.gettext("Collections"), "", _crumbs(site), table=_collections(site, held))


def collection(site: Site, request: Request, held: Collection) -> Response:
    """One collection, with the properties of its features."""
    said = held.said
    rows = [(None, name, [schema["description"]]) for name, schema in said.properties.items()]
    table = {"columns": (site.gettext("Property"), site.gettext("What it says")), "rows": rows, "english": True}
    more = [
        (f"/collections/{said.id}/items", site.gettext("The features as a page")),
        (f"/collections/{said.id}/queryables", site.gettext("What features can be found by")),
    ]
    return _page(
        site,
        request,
        site.gettext(said.title),
        site.gettext(said.description),
        _crumbs(site, collections=True),
        table=table,
        more=more,
    )


def queryables(site: Site, request: Request, held: Collection) -> Response:
    """The parameters that find features."""
    said = held.said
    rows = [(None, name, [FILTERS[name]["description"]]) for name in (*said.filters, *said.own)]
    table = {"columns": (site.gettext("Parameter"), site.gettext("What it says")), "rows": rows, "english": True}
    return _page(
        site, request, site.gettext("What features can be found by"), site.gettext(said.title), _crumbs(site, held), table=table
    )


def items(
    site: Site, request: Request, held: Collection, found: list[Feature], asked: Asked, many: int, pairs: list[tuple[str, str]]
) -> Response:
    """Features, so many on a page."""
    said = held.said
    names = [name for name in _SHOWN[said.id] if asked.properties is None or name in asked.properties]
    rows = []
    for one in found:
        told = one["properties"]
        path = f"/collections/{said.id}/items/{quote(one['id'], safe='')}"
        rows.append((path, str(told.get("name") or one["id"]), [_text(told[name]) for name in names]))
    return _page(
        site, request, site.gettext("Features"), site.gettext(said.title), _crumbs(site, held),
        table={"columns": (site.gettext("Name"), *names), "rows": rows, "named": True},
        paging={"path": f"{ROOT}/collections/{said.id}/items", "pairs": [*pairs, *_FORM], "asked": asked, "many": many},
    )  # fmt: skip


def item(site: Site, request: Request, held: Collection, feature: Feature) -> Response:
    """One feature, with a link to its own page."""
    properties = feature["properties"]
    rows = [(None, name, [_text(value)]) for name, value in properties.items() if name != "page"]
    geometry = feature["geometry"]
    rows.append((None, "geometry", [geometry["type"] if geometry else "null"]))
    table = {"columns": (site.gettext("Property"), site.gettext("What it says")), "rows": rows, "english": True}
    own = "/" + properties["page"].partition("://")[2].partition("/")[2]
    return _page(site, request, _name(feature), "", _crumbs(site, held), table=table, own=own)


def _page(site: Site, request: Request, title: str, lead: str, crumbs: Crumbs, **more: Any) -> Response:
    empty = {"table": None, "lines": (), "more": (), "paging": None, "ways": False, "own": ""}
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key != "f"]
    shown = site.page(
        "ogc/template.html", request=request, title=title, lead=lead, crumbs=crumbs, root=ROOT, data=request.url.path,
        pairs=pairs, form=_FORM,
        **{**empty, **more},
    )  # fmt: skip
    shown.headers["Vary"] = "Accept"
    return shown


def _crumbs(site: Site, held: Collection | None = None, *, collections: bool = False) -> Crumbs:
    steps = [(f"{ROOT}?f=html", site.gettext(_TITLE))]
    if held or collections:
        steps.append((f"{ROOT}/collections?f=html", site.gettext("Collections")))
    if held:
        steps.append((f"{ROOT}/collections/{held.said.id}?f=html", site.gettext(held.said.title)))
    return steps


def _collections(site: Site, held: list[Collection]) -> dict[str, Any]:
    rows = [(f"/collections/{one.said.id}", site.gettext(one.said.title), [site.gettext(one.said.description)]) for one in held]
    return {"columns": (site.gettext("Collection"), site.gettext("What is in it")), "rows": rows}


def _name(feature: Feature) -> str:
    return str(feature["properties"].get("name") or feature["id"])


def _text(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
