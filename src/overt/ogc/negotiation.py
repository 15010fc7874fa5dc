"""Content negotiation: whether a response is JSON or HTML, and links to a resource in both formats."""

from typing import Any, Literal
from urllib.parse import urlencode

import orjson
from fastapi import Request
from starlette.responses import Response

from overt.http.served_release import Served
from overt.language.language import language_of_path
from overt.queries.address_parameters import MAX_EXCERPT_LENGTH, BadQuery

ROOT = "/ogc"
JSON, GEOJSON, HTML, SCHEMA = "application/json", "application/geo+json", "text/html", "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CONTENT_CRS = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
Form = Literal["json", "html"]
Link = dict[str, str]


def is_ogc_path(path: str) -> bool:
    """Return whether a path belongs to the OGC API."""
    inner = path.removeprefix(language_of_path(path).base)
    return inner == ROOT or inner.startswith(f"{ROOT}/")


def form_of(request: Request, site: Served) -> Form:
    """Return the format of the response: from `f`, otherwise from the Accept header. Raises BadQuery for any other `f`."""
    requested = request.query_params.get("f")
    if requested is None:
        return "html" if prefers_html(request) else "json"
    if requested not in ("json", "html"):
        text = requested[:MAX_EXCERPT_LENGTH]
        raise BadQuery(
            site.gettext("%(name)s must be one of %(words)s; not “%(text)s”.", name="f", words="json, html", text=text)
        )
    return "json" if requested == "json" else "html"


def wants_html(request: Request) -> bool:
    """Return whether an error should be a page. Unlike `form_of`, this ignores an invalid `f`."""
    requested = request.query_params.get("f")
    return requested == "html" or (requested != "json" and prefers_html(request))


def prefers_html(request: Request) -> bool:
    """Return whether the Accept header prefers HTML to JSON; False for a tie.

    `*/*`, which browsers send with every request, and `application/*` count as JSON only if the header also has a JSON type.
    """
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
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def link(href: str, rel: str, kind: str, title: str) -> Link:
    """Return a link, as an object for JSON. `kind`: the media type of the target."""
    return {"href": href, "rel": rel, "type": kind, "title": title}


def forms(address: str, site: Served, current: Form, data: str = JSON, pairs: list[tuple[str, str]] | None = None) -> list[Link]:
    """Return links to a resource in its formats; `self`, in the format `current`, comes first.

    `data`: media type of the JSON format. `pairs`: further parameters for both addresses.
    """
    made = []
    for form, kind, title in (("json", data, site.gettext("This document as JSON")), ("html", HTML, site.gettext("This page"))):
        query = urlencode([*(pairs or []), ("f", form)])
        made.append(link(f"{address}?{query}", "self" if form == current else "alternate", kind, title))
    return sorted(made, key=lambda item: item["rel"] != "self")


def document(content: Any, kind: str = JSON, **headers: str) -> Response:
    """Return a JSON response that varies by `Accept`. `headers`: further headers, with underscores for hyphens."""
    body = orjson.dumps(content)
    return Response(
        body, media_type=kind, headers={"Vary": "Accept", **{name.replace("_", "-"): value for name, value in headers.items()}}
    )
