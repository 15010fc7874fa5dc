"""Error responses: a page for readers, a problem document for programs, and never a traceback or a path."""

from collections.abc import Callable, Mapping
from functools import cache

import duckdb
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Match

from overt.http.data_or_page_address import is_data
from overt.http.json_and_problem_responses import problem
from overt.http.query_validation import describe_faults
from overt.http.response_headers import SECURITY_HEADERS
from overt.language.language import N_, language_of_path
from overt.model.engines.request_time_limit import OutOfTime
from overt.model.errors import OvertError
from overt.ogc.negotiation import is_ogc_path, wants_html
from overt.queries.address_parameters import BadQuery
from overt.server.older_releases import RETRY_SECONDS, KnownRefused
from overt.site.site import Site

_TITLES = {
    400: N_("That cannot be read"),
    404: N_("Not found"),
    405: N_("Not possible"),
    410: N_("Withdrawn"),
    500: N_("Something went wrong here"),
    503: N_("Not available right now"),
}
_OTHER = N_("Error")
_SAYS = {
    404: N_("There is no page at this address."),
    405: N_("This address can be read only."),
}
_BUSY = N_("The server is busy, so it did not answer this request. Try again in a few seconds.")
_TOO_LONG = N_("This takes longer than the server allows. Ask for less, or download the files of the edition.")
_RETRY_SECONDS = 5
_NO_STORE = {"Cache-Control": "no-store"}


def busy_responses(sites: Mapping[str, Site]) -> Callable[[str], Response]:
    """Return a function that takes the path of a refused request and returns the response.

    The response is a problem document for data addresses, and a page for all others. The page is rendered once per language,
    because a busy server must not render it for every request.
    """

    @cache
    def page(code: str) -> bytes:
        site = sites[code]
        title, message = site.gettext(_TITLES[503]), site.gettext(_BUSY)
        return bytes(site.page("layout/error.html", 503, here="/", status=503, title=title, message=message, more=[]).body)

    def respond(path: str) -> Response:
        language = language_of_path(path)
        if is_data(path):
            response = problem(503, sites[language.code].gettext(_BUSY))
        else:
            response = Response(page(language.code), 503, media_type="text/html")
        response.headers.update({"Retry-After": str(_RETRY_SECONDS), **_NO_STORE})
        return response

    return respond


def install(app: FastAPI, sites: Mapping[str, Site]) -> None:
    """Install the exception handlers, which respond in the language of the address. `sites`: the sites by language code."""

    def site_of(request: Request) -> Site:
        return _site_of(request, sites)

    def respond(request: Request, status: int, detail: str) -> Response:
        return _error_response(request, site_of(request), status, detail)

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException), "registered for these alone"
        detail = str(error.detail)
        if error.detail in ("Not Found", "Method Not Allowed"):
            message = _SAYS.get(error.status_code)
            detail = site_of(request).gettext(message) if message else ""
        response = respond(request, error.status_code, detail)
        response.headers.update(error.headers or {})
        if error.status_code == 405:
            response.headers["Allow"] = _allowed(request)
        return response

    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError), "registered for these alone"
        faults = error.errors()
        unknown = [fault for fault in faults if fault["type"] == "extra_forbidden"]
        if unknown:
            names = ", ".join(sorted({str(fault["loc"][-1]) for fault in unknown}))[:100]
            return respond(request, 400, site_of(request).gettext("This address has no such parameter: %(names)s.", names=names))
        return respond(request, 400, describe_faults(request.scope.get("endpoint"), faults))

    def query(request: Request, error: Exception) -> Response:
        return respond(request, 400, str(error))

    def unavailable(request: Request, error: Exception) -> Response:
        moved = N_("The files of this edition were moved while it was being served. The server must be restarted.")
        return respond(request, 503, site_of(request).gettext(moved))

    def out_of_time(request: Request, error: Exception) -> Response:
        response = respond(request, 503, site_of(request).gettext(_TOO_LONG))
        response.headers.update(_NO_STORE)  # No Retry-After, because the same request would take just as long again.
        return response

    def broken(request: Request, error: Exception) -> Response:
        """Return the response to an unexpected error. This runs outside all middleware, so it sets its own headers."""
        fault = N_("This page could not be made. The fault is ours. Other pages still work.")
        response = respond(request, 500, site_of(request).gettext(fault))
        response.headers.update({**SECURITY_HEADERS, "Cache-Control": "no-store"})
        return response

    def left(request: Request, error: Exception) -> Response:
        """Return an empty response, which nobody receives because the client has disconnected.

        That isn't our error, so it isn't logged.
        """
        return Response(status_code=499)

    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(ClientDisconnect, left)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(BadQuery, query)
    app.add_exception_handler(OvertError, unavailable)
    app.add_exception_handler(OutOfTime, out_of_time)
    app.add_exception_handler(duckdb.IOException, unavailable)  # Raised if an older release's tables can't be read.
    app.add_exception_handler(Exception, broken)


def known_refusal(request: Request, sites: Mapping[str, Site], error: KnownRefused) -> Response:
    """Return the response to a request whose `known` can't be served. `sites`: the sites by language code."""
    site = _site_of(request, sites)
    response = _error_response(request, site, error.status, site.gettext(error.message, **error.values))
    if error.status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _site_of(request: Request, sites: Mapping[str, Site]) -> Site:
    return sites[language_of_path(request.url.path).code]


def _error_response(request: Request, site: Site, status: int, detail: str) -> Response:
    """Return the response to an error: a problem document for data addresses, and a page for all others.

    If the client wants HTML, OGC addresses get a page, too.
    """
    if is_data(request.url.path) and not (is_ogc_path(request.url.path) and wants_html(request)):
        return problem(status, detail)
    more = [site.gettext("No record here is not evidence of absence: look for it by name.")] if status == 404 else []
    title = site.gettext(_TITLES.get(status, _OTHER))
    return site.page("layout/error.html", status, here="/", status=status, title=title, message=detail, more=more)


def _allowed(request: Request) -> str:
    """Return the methods that the address of a request allows, as the value of the header Allow.

    Several routes can share an address. HEAD is allowed wherever GET is.
    """

    def fits(method: str) -> bool:
        scope = {**request.scope, "method": method}
        return any(route.matches(scope)[0] == Match.FULL for route in request.app.routes)

    methods = [method for method in ("GET", "POST") if not request.url.path.startswith("/static/") and fits(method)] or ["GET"]
    return ", ".join(["GET", "HEAD", *methods[1:]] if methods[0] == "GET" else methods)
