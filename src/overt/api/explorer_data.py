"""Data for the explorer's script: all projects as columns, tiles of the map, and the ids that match words or a box."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import numpy as np
import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.http.explorer_project_limit import loads_all_projects
from overt.http.json_and_problem_responses import Json, Problem
from overt.http.query_models import ONCE, PROBLEMS, TILES, Filters, FiltersInLanguage, OfRelease
from overt.http.served_release import Served
from overt.http.static_edition_flag import stands_alone
from overt.language.language import Language
from overt.queries.maps import explorer_columns, tile_points
from overt.queries.project_filter_masks import matching_projects
from overt.site.country.projects_with_details import found_by_scans, status_dates
from overt.site.project.dated_status import status_with_date
from overt.vector_tiles.mvt import EXTENT, encode_point_layer

_ID_SIGNS = 12
"""Number of characters of an id after `ovt-`."""
_TOO_MANY = "This release has too many projects for one response."


_TOO_LARGE: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": _TOO_MANY}}


class WordsOrBox(Filters):
    """Filters of projects, with words or a box. OpenAPI can't say that one of the two is needed; an example shows it."""

    q: str | None = Field(
        None,
        description="Words in names of the project, its organisations or places; needed unless there is a `bbox`.",
        json_schema_extra={"examples": ["Huawei"]},
    )


class MatchingIds(BaseModel):
    """Ids of the projects that match a filter."""

    ids: str = Field(description="Concatenated ids of twelve characters each, without `ovt-`.")


def planned_text(site: Served, planned: str, as_of: str | None) -> str:
    """Return the planned date in words, with the day of the source's statement if it is known."""
    date = site.formats.date(planned)
    if as_of:
        return site.gettext("planned for %(date)s, as of %(day)s", date=date, day=site.formats.date(as_of))
    return site.gettext("planned for %(date)s", date=date)


def _translate_names(language: Language, content: dict[str, Any]) -> None:
    """Translate the names of projects and parties in `content`, where the language has a translation, and set their languages."""
    parties, langs = content["parties"], content["values"]["lang"]
    phrases = [language.phrase(name) for name in parties["names"]]
    parties["names"] = [phrase or name for phrase, name in zip(phrases, parties["names"], strict=True)]
    parties["langs"] = [language.code if phrase else lang for phrase, lang in zip(phrases, parties["langs"], strict=True)]
    phrases = [language.phrase(name) for name in content["names"]]
    if any(phrases) and language.code not in langs:
        langs.append(language.code)
    content["names"] = [phrase or name for phrase, name in zip(phrases, content["names"], strict=True)]
    content["lang"] = [
        langs.index(language.code) if phrase else number for phrase, number in zip(phrases, content["lang"], strict=True)
    ]


def _statuses(
    site: Served,
    content: Mapping[str, Any],
    reported: Sequence[str | None],
    newest: Sequence[str | None],
    scanned: Sequence[bool],
) -> dict[str, tuple[str, str, str]]:
    """Return, by the project's position, the status whose colour is shown, the label, and the date in words.

    `reported`: the status that sources give for each project; `newest`: the date of the newest source that gives it; `scanned`:
    whether only scans found it. Projects with neither a status nor a dated step are left out.
    """
    statuses = {
        str(position): status_with_date(site, status, content["dated"].get(str(position), {}), as_of, found_by_scan=is_scanned)
        for position, (status, as_of, is_scanned) in enumerate(zip(reported, newest, scanned, strict=True))
    }
    return {position: (row.status, row.label, row.when) for position, row in statuses.items() if row}


def routes(sites: Mapping[str, Served]) -> APIRouter:
    """Return the routes of `/api/v1/explore/…`. `sites` has the site of each language, by its code."""
    router = APIRouter(prefix="/api/v1/explore", tags=["map"], responses=PROBLEMS, dependencies=ONCE)
    site = sites["en"]
    encoded: dict[str, bytes] = {}
    """Encoded columns by language. They are encoded once, because a release never changes."""

    @router.get("/columns", response_model=dict[str, Any], response_class=Json, responses=_TOO_LARGE)
    def every(request: Request, parameters: Annotated[OfRelease, Query()]) -> Response:
        """Return all projects as columns for the explorer's script, or 404 if there are too many for the script to load. The
        format may change in any version.

        Other programs should use `/api/v1/map/…`, `/projects.csv` or the release's tables.
        """
        if not loads_all_projects(site, standalone=stands_alone(request)):
            raise HTTPException(404, _TOO_MANY)
        code = parameters.lang or "en"
        if code not in encoded:
            with site.database.lease() as reader:
                content: dict[str, Any] = explorer_columns.columns(reader, code)
                ids = [f"ovt-{content['ids'][start : start + _ID_SIGNS]}" for start in range(0, len(content["ids"]), _ID_SIGNS)]
                dates = status_dates(reader, ids)
                newest, by_scans = [dates.get(identity) for identity in ids], found_by_scans(reader, ids)
            _translate_names(sites[code].language, content)
            content["planned"] = {number: planned_text(sites[code], *dates) for number, dates in content["planned"].items()}
            reported = content.pop("reported")
            content["dated"] = _statuses(sites[code], content, reported, newest, [identity in by_scans for identity in ids])
            encoded[code] = orjson.dumps({"release": site.prepared.release, **content})
        return Response(encoded[code], media_type="application/json")

    @router.get("/tiles/{z}/{x}/{y}", response_class=Response, responses=TILES)
    def tile(request: Request, z: int, x: int, y: int, parameters: Annotated[FiltersInLanguage, Query()]) -> Response:
        """Return a vector tile of project points, filtered as on the map. Points in the same small square are combined into
        one. A point that combines several projects has their number (`count`) and a bounding box.
        """
        if not (0 <= z <= tile_points.MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
            raise HTTPException(404, "There is no such tile.")
        selection = site.query(request).filter()
        with site.database.lease() as reader:
            points = tile_points.points(reader, selection, z, x, y, parameters.lang or "en")
        features = [(round(across * EXTENT), round(down * EXTENT), properties) for across, down, properties in points]
        return Response(encode_point_layer("places", features), media_type="application/vnd.mapbox-vector-tile")

    @router.get("/found", name="found", response_model=MatchingIds, response_class=Json, responses=_TOO_LARGE)
    def matching_ids(request: Request, parameters: Annotated[WordsOrBox, Query()]) -> Response:
        """Return the ids of projects that match words or a box, and other filters, unless there are too many projects.

        At least one of `q` and `bbox` is needed.
        """
        if not loads_all_projects(site, standalone=stands_alone(request)):
            raise HTTPException(404, _TOO_MANY)
        selection = site.query(request).filter()
        if not (selection.q or selection.box):
            raise HTTPException(400, "Give q (words) or bbox (a box).")
        with site.database.lease() as reader:
            ids = reader.vectors.ids(np.flatnonzero(matching_projects(reader, selection)))
        return Json({"ids": "".join(identity.removeprefix("ovt-") for identity in ids)})

    return router
