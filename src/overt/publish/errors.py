"""What a reader sees when something is wrong: a page in words, a problem document for programs; never a traceback or a path."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.model.errors import OvertError
from overt.publish.api.answers import problem
from overt.publish.http.envelope import PROTECTION
from overt.publish.read.filters import BadQuery
from overt.publish.site.site import Site

_TITLES = {
    400: "That cannot be read",
    404: "Not found",
    405: "Not possible",
    410: "Withdrawn",
    500: "Something went wrong here",
    503: "Not available just now",
}
_SAYS = {
    404: "There is no page at this address.",
    405: "This address can be read only.",
}


def install(app: FastAPI, site: Site) -> None:
    """Give the application its answers for errors."""

    def answer(request: Request, status: int, detail: str) -> Response:
        if request.url.path.startswith("/api/"):
            return problem(status, detail)
        more = ["No record here is not evidence of absence: look for it by name."] if status == 404 else []
        return site.page("error.html", status, status=status, title=_TITLES.get(status, "Error"), message=detail, more=more)

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException), "registered for these alone"
        standard = error.detail in ("Not Found", "Method Not Allowed")
        return answer(request, error.status_code, _SAYS.get(error.status_code, "") if standard else str(error.detail))

    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError), "registered for these alone"
        names = ", ".join(sorted({str(one["loc"][-1]) for one in error.errors()}))
        return answer(request, 400, f"The request cannot be read: {names[:100]}.")

    def query(request: Request, error: Exception) -> Response:
        return answer(request, 400, str(error))

    def unavailable(request: Request, error: Exception) -> Response:
        return answer(request, 503, "The files of this release were moved while it was served; the server must be started again.")

    def broken(request: Request, error: Exception) -> Response:
        """Answers outside all middleware, so it brings its own headers."""
        said = answer(request, 500, "This page could not be made. The fault is ours; the other pages are not touched by it.")
        said.headers.update({**PROTECTION, "Cache-Control": "no-store"})
        return said

    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(BadQuery, query)
    app.add_exception_handler(OvertError, unavailable)
    app.add_exception_handler(Exception, broken)
