"""JSON responses of the API, and problem details (RFC 9457)."""

from typing import Any

import orjson
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response


class Problem(BaseModel):
    """A description of what went wrong, for people and programs (RFC 9457)."""

    type: str = "about:blank"
    title: str = Field(description="What kind of problem it is.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong with this request, in one sentence.")


class Json(JSONResponse):
    """A JSON response, encoded by orjson. FastAPI only describes the content of subclasses of JSONResponse."""

    def render(self, content: Any) -> bytes:
        """Return the content encoded as JSON."""
        return orjson.dumps(content)


class GeoJson(Json):
    """A GeoJSON response (RFC 7946)."""

    media_type = "application/geo+json"


WITHDRAWN = "Overt no longer publishes anything about this record."


def gone_detail(since: str | None, why: str | None) -> str:
    """Return the reason why a record is gone.

    `since`: the day since which editors have withheld it; None if it was withdrawn. `why`: the editors' reason.
    """
    return WITHDRAWN if since is None else f"The editors have withheld this record since {since}, because it is in dispute: {why}"


_TITLES = {
    308: "Moved",
    400: "Bad request",
    404: "Not found",
    405: "Method not allowed",
    410: "Gone",
    422: "Bad request",
    429: "Too many requests",
    500: "Internal error",
    503: "Not available",
}


def problem(status: int, detail: str) -> Response:
    """Return a response with problem details (RFC 9457). `detail`: a sentence that explains what is wrong."""
    body = Problem(title=_TITLES.get(status, "Error"), status=status, detail=detail)
    return Response(orjson.dumps(body.model_dump()), status, media_type="application/problem+json")
