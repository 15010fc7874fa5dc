"""The available releases, their manifests, tables, figures and records by id."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from overt.api.field_selection import select_fields
from overt.api.figures import MAX_ROWS
from overt.api.record_with_claims import RecordFields
from overt.api.response_models import Figure, FullRecord
from overt.http.json_and_problem_responses import WITHDRAWN, Json, Problem
from overt.http.query_models import ONCE, PROBLEMS, NoParameters
from overt.http.served_release import Served
from overt.index.history.older_release_record_reader import older_record
from overt.model.errors import UsageError
from overt.queries.as_of import spans_and_records_in_period
from overt.release.figures.figure_reader import read_figures
from overt.release.release_reader import Release

_RESPONSES: dict[int | str, dict[str, Any]] = {
    308: {
        "model": Problem,
        "description": "Only an edition of the release is kept here, under an id of its own; `Location` has its address.",
    },
    404: {"model": Problem, "description": "The release is not kept here, or does not have what was asked for."},
}
_PARQUET: dict[int | str, dict[str, Any]] = {200: {"content": {"application/vnd.apache.parquet": {}}}}
_GONE: dict[int | str, dict[str, Any]] = {410: {"model": Problem, "description": "That release states nothing about the record."}}
NoQuery = Annotated[NoParameters, Query()]
_NOT_KEPT = "This release is not kept here; /api/v1/releases lists those that are."


class AvailableRelease(BaseModel):
    """A release that the API serves under its id: the current one or an older one."""

    id: str
    date: str
    note: str
    served: bool = Field(description="Whether pages and the other addresses show this release.")


def routes(site: Served) -> APIRouter:
    """Return the routes of `/api/v1/releases` and `/api/v1/releases/{id}/…`."""
    router = APIRouter(prefix="/api/v1", tags=["releases"], responses=PROBLEMS, dependencies=ONCE)
    available_releases = site.older_releases
    links = frozenset(
        (kind.name, prop.name)
        for kind in site.schema.types.values()
        for prop in kind.properties.values()
        if prop.type == "record"
    )
    lasting = frozenset(kind.name for kind in site.schema.types.values() if kind.lasts)

    def opened(request: Request, identity: str) -> Release:
        stored = available_releases.get(identity)
        if stored is not None:
            return stored
        if name := available_releases.edition_of(identity):  # One id must never identify two different releases, so redirect.
            path = request.url.path.replace(f"/{identity}", f"/{name}", 1)
            to = f"{path}?{request.url.query}" if request.url.query else path
            headers = {"Location": to, "Cache-Control": "max-age=300"}
            raise HTTPException(308, f"Only an edition of this release is kept here: {name}.", headers)
        raise HTTPException(404, _NOT_KEPT)

    @router.get("/releases", response_model=list[AvailableRelease], response_class=Json)
    def releases(parameters: NoQuery) -> Response:
        """Return the available releases up to the served one, newest first."""
        return Json(
            [
                {
                    "id": item.release,
                    "date": item.manifest["date"],
                    "note": item.manifest.get("note") or "",
                    "served": item.served,
                }
                for item in available_releases.all()
            ]
        )

    @router.get("/releases/{identity}", response_class=Json, responses=_RESPONSES)
    def release(request: Request, identity: str, parameters: NoQuery) -> Response:
        """Return the manifest: the inputs, and the rows, bytes and SHA-256 of each table."""
        return Json(opened(request, identity).manifest)

    @router.get("/releases/{identity}/tables/{table}.parquet", response_class=FileResponse, responses=_RESPONSES | _PARQUET)
    def table(request: Request, identity: str, table: str, parameters: NoQuery) -> Response:
        """Return a table of the release as Parquet."""
        opened_release = opened(request, identity)
        path = opened_release.tables / f"{table}.parquet"
        if table not in available_releases.public_tables(opened_release) or not path.is_file():
            raise HTTPException(404, "This release has no table of this name to download.")
        return FileResponse(path, media_type="application/vnd.apache.parquet", filename=f"{identity}-{table}.parquet")

    @router.get("/releases/{identity}/figures", response_model=list[Figure], response_class=Json, responses=_RESPONSES)
    def figures(request: Request, identity: str, parameters: NoQuery) -> Response:
        """Return the figures of the release, as in `overt figures --json`, with at most 2,000 rows each; `rows_total` is the
        number of rows.
        """
        return Json(read_figures(opened(request, identity), limit=MAX_ROWS))

    @router.get(
        "/releases/{identity}/records/{record:path}", response_model=FullRecord, response_class=Json, responses=_RESPONSES | _GONE
    )
    def record(request: Request, identity: str, record: str, parameters: Annotated[RecordFields, Query()]) -> Response:
        """Return a record of the release in the form of `/api/v1/records/{identity}`. Earlier ids and source ids also work.

        `span` is null unless the release is the served one, and `in_place` is always null.
        """
        opened_release = opened(request, identity)
        try:
            older = older_record(opened_release, opened_release.canonical(record), links, lasting)
        except UsageError:
            raise HTTPException(404, "That release has no record with this id.") from None
        if older is None:
            raise HTTPException(410, WITHDRAWN)
        if opened_release.id == site.prepared.release:
            with site.database.lease() as reader:
                span = spans_and_records_in_period.find(reader, older["id"])
            older["span"] = spans_and_records_in_period.span_data(span) if span else None
        return Json(select_fields([older], parameters.fields, older)[0])

    return router
