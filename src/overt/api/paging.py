"""Pagination with cursors."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import orjson
from fastapi import Request
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.absolute_addresses import full_address
from overt.http.json_and_problem_responses import Json
from overt.http.query_models import NoParameters
from overt.http.served_release import Served

MAX_PAGE_SIZE = 1_000
"""Maximum number of items on a page."""
DEFAULT_PAGE_SIZE = 100


class Paged(NoParameters):
    """Parameters of a paginated list."""

    limit: int = Field(DEFAULT_PAGE_SIZE, ge=1, le=MAX_PAGE_SIZE, description=f"Number of items, at most {MAX_PAGE_SIZE:,}.")
    cursor: str | None = Field(
        None,
        max_length=500,
        description="The `next` of the previous page. It has no other meaning.",
        json_schema_extra={"format": "cursor"},
    )


def read_cursor(cursor: str | None, parts: int = 1) -> list[str] | None:
    """Return the parts of a cursor, or None for the first page, which has no cursor.

    Raises HTTPException 400 for an invalid cursor and for one that doesn't have exactly `parts` parts.
    """
    if not cursor:
        return None
    try:
        parts_read = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        parts_read = None
    if not isinstance(parts_read, list) or len(parts_read) != parts or not all(isinstance(part, str) for part in parts_read):
        raise HTTPException(400, "cursor: not from a page of this list; start without a cursor.")
    return parts_read


def make_cursor(*parts: str) -> str:
    """Encode a cursor from parts that say where the next page begins."""
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def page_response(
    site: Served, request: Request, items: Sequence[Any], after: str | None, *, total: int | None = None, **more: Any
) -> Response:
    """Return a response with one page.

    `after`: the cursor of the next page, also linked in the header `Link` (RFC 8288); None on the last page. `total`: the number
    of items on all pages, if the list gives one. `more`: additional fields.
    """
    content: dict[str, Any] = {"release": site.prepared.release, "next": after, "items": items, **more}
    if total is not None:
        content["total"] = total
    response = Json(content)
    if after:
        following = request.url.include_query_params(cursor=after)
        path = site.with_known(f"{following.path}?{following.query}")
        response.headers["Link"] = f'<{full_address(site, request, path)}>; rel="next"'
    return response
