"""The releases of an atlas that are kept, each whole by its id, and what changed since one."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from overt.model.errors import UsageError
from overt.publish.api.answers import Json, Problem
from overt.publish.api.paging import Paged, make_cursor, page, read_cursor
from overt.publish.api.parameters import PROBLEMS, NoParameters
from overt.publish.read import history
from overt.publish.serve.kept import KeptReleases
from overt.publish.site.site import Site
from overt.release.figure_answers import figures_of
from overt.release.read import Release

_ANSWERS: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "It is not kept here, or has no such thing."}}
_NOT_KEPT = "This release is not kept here; /api/v1/releases lists those that are."


class KeptRelease(BaseModel):
    """A release that can be asked for by its id."""

    id: str
    date: str
    note: str
    served: bool = Field(description="Whether it is the one that pages and the other addresses show.")


class Changes(Paged):
    """Since when."""

    since: str = Field(max_length=100, description="Id of a release that is kept: what came after it is told.")


def routes(site: Site, kept: KeptReleases) -> APIRouter:
    """`/api/v1/releases`, `/api/v1/releases/{id}/…`, `/api/v1/changes`."""
    router = APIRouter(prefix="/api/v1", tags=["releases"], responses=PROBLEMS)

    def opened(identity: str) -> Release:
        held = kept.get(identity)
        if held is None:
            raise HTTPException(404, _NOT_KEPT)
        return held

    @router.get("/releases", response_model=list[KeptRelease], response_class=Json)
    def releases(asked: Annotated[NoParameters, Query()]) -> Response:
        """Every release that is kept up to the one that is served, the newest first."""
        return Json(
            [
                {"id": one.release, "date": one.manifest["date"], "note": one.manifest.get("note") or "", "served": one.served}
                for one in kept.all()
            ]
        )

    @router.get("/releases/{identity}", response_class=Json, responses=_ANSWERS)
    def release(identity: str) -> Response:
        """Its manifest: what it was made of, and each table with its rows, bytes and SHA-256."""
        return Json(opened(identity).manifest)

    @router.get("/releases/{identity}/tables/{table}.parquet", response_class=FileResponse, responses=_ANSWERS)
    def table(identity: str, table: str) -> Response:
        """One of its tables, as Parquet."""
        held = opened(identity)
        path = held.tables / f"{table}.parquet"
        if table not in kept.public_tables(held) or not path.is_file():
            raise HTTPException(404, "This release has no table of this name to download.")
        return FileResponse(path, media_type="application/vnd.apache.parquet", filename=f"{identity}-{table}.parquet")

    @router.get("/releases/{identity}/figures", response_class=Json, responses=_ANSWERS)
    def figures(identity: str) -> Response:
        """Its published numbers, with all rows, as `overt figures --json` prints them."""
        return Json(figures_of(opened(identity)))

    @router.get("/releases/{identity}/records/{record}", response_class=Json, responses=_ANSWERS)
    def record(identity: str, record: str) -> Response:
        """A record as that release has it, as `overt show --json` prints it; an id of before a merger and a source's will do."""
        held = opened(identity)
        try:
            return Json(orjson.loads(orjson.dumps(held.record(record), default=str)))
        except UsageError:
            raise HTTPException(404, "That release has no record with this id.") from None

    @router.get("/changes", response_class=Json, responses=_ANSWERS)
    def changes(request: Request, asked: Annotated[Changes, Query()]) -> Response:
        """What changed with the releases after one that is kept, the first change first: of each record `what` (added, removed,
        changed, merged, split, told, left), and of what changed the values before and after, and why.
        """
        [after] = read_cursor(asked.cursor) or ["0"]
        if not after.isdecimal():
            raise HTTPException(400, "cursor: is none that a page of this list gave; begin without one.")
        with site.database.lease() as reader:
            stage = next((one for one in history.stages(reader) if one["release"] == asked.since), None)
            if stage is None:
                raise HTTPException(404, _NOT_KEPT)
            given = {"since": stage["position"], "after": int(after[:18]), "limit": asked.limit + 1}
            rows = reader.rows("changes_after", given)
        held = rows[: asked.limit]
        following = make_cursor(str(held[-1]["n"])) if len(rows) > asked.limit else None
        items = [{name: _said(name, value) for name, value in row.items() if name != "n"} for row in held]
        return page(request, items, following, site.prepared.release)

    return router


def _said(name: str, value: Any) -> Any:
    if name not in ("before", "after"):
        return value
    words = orjson.loads(value) if value else []
    return [{"value": one.get("value"), "unit": one.get("unit"), "lang": one.get("lang")} for one in words]
