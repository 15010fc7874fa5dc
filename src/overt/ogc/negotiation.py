"""How these addresses answer: as JSON or as a page, with links as the client reached the server."""

from typing import Any, Literal
from urllib.parse import urlencode

import orjson
from fastapi import Request
from starlette.responses import Response

from overt.http.served import Served
from overt.language.language import LANGUAGES, language_of_path
from overt.queries.filters import LONGEST_TOLD, BadQuery

ROOT = "/ogc"
JSON, GEOJSON, HTML, SCHEMA = "application/json", "application/geo+json", "text/html", "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CONTENT_CRS = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
Form = Literal["json", "html"]
Link = dict[str, str]


def below(path: str) -> bool:
    """Whether an address is one of these."""
    inner = path.removeprefix(language_of_path(path).base)
    return inner == ROOT or inner.startswith(f"{ROOT}/")


def form_of(request: Request, site: Served) -> Form:
    """Whether JSON or a page is wanted: as `f` says, else as the client says that it prefers. Raises BadQuery."""
    asked = request.query_params.get("f")
    if asked is None:
        return "html" if prefers_page(request) else "json"
    if asked not in ("json", "html"):
        told = asked[:LONGEST_TOLD]
        raise BadQuery(
            site.gettext("%(name)s is one of %(words)s; “%(text)s” was asked.", name="f", words="json, html", text=told)
        )
    return "json" if asked == "json" else "html"


def wants_page(request: Request) -> bool:
    """Whether what is wrong is to be said on a page, whatever else the request asks."""
    asked = request.query_params.get("f")
    return asked == "html" or (asked != "json" and prefers_page(request))


def prefers_page(request: Request) -> bool:
    """Whether a client would rather have HTML than JSON."""
    page, data, anything = 0.0, 0.0, 0.0
    for part in request.headers.get("accept", "").lower().split(","):
        kind, *parameters = (piece.strip() for piece in part.split(";"))
        weight = _weight(parameters)
        if kind in (HTML, "application/xhtml+xml"):
            page = max(page, weight)
        elif kind in ("*/*", "application/*"):
            anything = max(anything, weight)
        elif kind.startswith("application/") and "json" in kind:
            data = max(data, weight)
    return page > max(data, anything if data else 0.0)


def _weight(parameters: list[str]) -> float:
    for one in parameters:
        name, _, value = one.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def link(href: str, rel: str, kind: str, title: str) -> Link:
    """A link as these documents have it."""
    return {"href": href, "rel": rel, "type": kind, "title": title}


def forms(address: str, site: Served, shown: Form, data: str = JSON, pairs: list[tuple[str, str]] | None = None) -> list[Link]:
    """Links to a resource itself and to its other form."""
    made = []
    for form, kind, title in (("json", data, site.gettext("This document as JSON")), ("html", HTML, site.gettext("This page"))):
        query = urlencode([*(pairs or []), ("f", form)])
        made.append(link(f"{address}?{query}", "self" if form == shown else "alternate", kind, title))
    return sorted(made, key=lambda one: one["rel"] != "self")


def document(content: Any, kind: str = JSON, **headers: str) -> Response:
    """An answer for programs."""
    body = orjson.dumps(content)
    return Response(
        body, media_type=kind, headers={"Vary": "Accept", **{name.replace("_", "-"): held for name, held in headers.items()}}
    )


def bases() -> tuple[str, ...]:
    """Where these addresses begin, in each language."""
    return tuple(f"{language.base}{ROOT}" for language in LANGUAGES)
