"""The differences between an older release and the served one."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.api.paging import Paged, make_cursor, page_response, read_cursor
from overt.api.response_models import ChangePage
from overt.http.json_and_problem_responses import Json, Problem
from overt.http.query_models import ONCE, PROBLEMS
from overt.http.served_release import Served

_RESPONSES: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "The older release is not kept here."}}


class Changes(Paged):
    """Parameters of `/api/v1/changes`."""

    since: str = Field(
        max_length=100,
        description="Id of the older release, as in `/api/v1/releases`, or of the complete release that it is an edition of.",
    )


def routes(site: Served) -> APIRouter:
    """Return the route of `/api/v1/changes`."""
    router = APIRouter(prefix="/api/v1", tags=["releases"], responses=PROBLEMS, dependencies=ONCE)
    available_releases = site.older_releases

    @router.get("/changes", response_model=ChangePage, response_class=Json, responses=_RESPONSES)
    def changes(request: Request, parameters: Annotated[Changes, Query()]) -> Response:
        """Return the differences between an older release and the served one, paginated, as in `overt diff --json`.

        Each difference has `what` (added, removed, changed, merged, split, retracted), the old values (`gone`), the new ones
        (`come`) and the reason. The first page also has causes, corrections, and differences of figures, findings and blocklists.
        """
        old = available_releases.stage(parameters.since) or available_releases.stage(
            parameters.since.replace(" ", "+")
        )  # An unencoded + arrives as a space.
        if old is None:
            known = ", ".join(item.release for item in available_releases.all())
            raise HTTPException(404, f"since: no release {parameters.since[:60]!r} is kept here; there are {known}.")
        pair = [old.release, site.prepared.release]
        *read_pair, after = read_cursor(parameters.cursor, 3) or [*pair, "0"]
        if read_pair != pair or not after.isdecimal():
            raise HTTPException(400, "cursor: not from a page of this list; start without a cursor.")
        head = available_releases.compared.head(old)
        place = int(after[:18])
        differences = available_releases.compared.part(old, place, parameters.limit + 1)
        items = differences.differences[: parameters.limit]
        following = make_cursor(*pair, str(place + parameters.limit)) if len(differences.differences) > parameters.limit else None
        more = {
            "since": old.release,
            **(head if not parameters.cursor else {"counts": head["counts"]}),
            "names": differences.names,
            "names_before": differences.names_before,
        }
        return page_response(site, request, items, following, total=sum(head["counts"].values()), **more)

    return router
