"""Long lists in pages: a cursor says where the next one begins, so that no page costs more the further it is from the first."""

import base64
import binascii
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson
from fastapi import Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.absolute_addresses import full_address
from overt.http.parameters import NoParameters
from overt.http.problem import Json
from overt.http.served import Served

MOST = 1_000
"""Items of one page."""
USUAL = 100


class Paged(NoParameters):
    """Of a list in pages."""

    limit: int = Field(USUAL, ge=1, le=MOST, description=f"How many items, {MOST:,} at most.")
    cursor: str | None = Field(
        None,
        max_length=500,
        description="Where to go on: `next` of the page before. It means nothing else.",
        json_schema_extra={"format": "cursor"},
    )


def chosen_of(item: type[BaseModel]) -> Any:
    """The parameter that cuts an answer to some fields of `item`."""
    one = f"({'|'.join(item.model_fields)})"
    said = "Fields to give of each item, with commas; all where not said."
    return Field(None, max_length=500, description=said, json_schema_extra={"pattern": f"^{one}(, ?{one})*$"})


def read_cursor(cursor: str | None, parts: int = 1) -> list[str] | None:
    """What `cursor` was made of; None for the first page. Raises HTTPException 400 for one that no page gave."""
    if not cursor:
        return None
    try:
        held = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        held = None
    if not isinstance(held, list) or len(held) != parts or not all(isinstance(part, str) for part in held):
        raise HTTPException(400, "cursor: is none that a page of this list gave; begin without one.")
    return held


def make_cursor(*parts: str) -> str:
    """The cursor after an item that these parts tell."""
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def page(
    site: Served, request: Request, items: Sequence[Any], after: str | None, *, total: int | None = None, **more: Any
) -> Response:
    """One page as an answer. `after`: the cursor of the next page, which the header `Link` names too (RFC 8288); `more`: what
    else the answer says.
    """
    held: dict[str, Any] = {"release": site.prepared.release, "next": after, "items": items, **more}
    if total is not None:
        held["total"] = total
    answer = Json(held)
    if after:
        following = request.url.include_query_params(cursor=after)
        answer.headers["Link"] = f'<{full_address(site, request, f"{following.path}?{following.query}")}>; rel="next"'
    return answer


def chosen(items: Sequence[Mapping[str, Any]], fields: str | None, known: Collection[str]) -> list[Mapping[str, Any]]:
    """The items with the chosen fields alone; with all where none is named. `known`: the fields that such items have.

    Raises HTTPException 400 for another field, whether there are items or not.
    """
    wanted = [name.strip() for name in fields.split(",")] if fields else []
    if unknown := [name for name in wanted if name not in known]:
        raise HTTPException(400, f"fields: there is no {unknown[0][:50]!r} here; there are {', '.join(known)}.")
    return [{name: item[name] for name in wanted} for item in items] if wanted else list(items)
