"""Download the explorer's results: rows as CSV, GeoJSON and Parquet, the map as SVG and PNG."""

import io
import threading
from collections.abc import Hashable, Iterator
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from overt.charts.drawing_client import DrawingFailed, TooBusy, picture_process
from overt.http.absolute_addresses import address_of
from overt.index.project_filter_declarations import FILTERS
from overt.language.language import N_
from overt.language.safe_csv import csv_parts
from overt.queries.address_parameters import FACET_OF_PARAMETER, BadQuery
from overt.queries.database import Row, json_array
from overt.site.chart_files import english_picture
from overt.site.explorer.downloadable_map_picture import picture
from overt.site.explorer.explorer_download_rows import COLUMNS, Record, batches
from overt.site.explorer.explorer_state import View, read_view
from overt.site.site import Site

_LISTS = ("kind", "country", "organization_role")
SCHEMA = pa.schema(
    [(name, pa.list_(pa.string()) if name in _LISTS else pa.int32() if name == "year" else pa.string()) for name in COLUMNS]
)
PARAMETERS = frozenset({*FILTERS, *FACET_OF_PARAMETER, "shade", "assessed", "sort", "order", "size", "page", "at"})
"""Parameters of the explorer's addresses. The files accept all of them, but ignore those that only affect how the page looks."""
_NO_MAP = N_("The map has not been built on this machine.")
_NO_PICTURE = N_("The picture could not be made. The same map is available as SVG.")
_BUSY = N_("Several pictures are being made right now. Try again in a minute, or download the same map as SVG.")
_LATER = "60"
"""Value in seconds of the Retry-After header."""


class _PictureCache:
    """Cache of recent pictures. A view's picture never changes, because a release doesn't."""

    def __init__(self, limit: int = 8) -> None:
        self._made: dict[Hashable, bytes] = {}
        self._limit = limit
        self._guard = threading.Lock()

    def get(self, key: Hashable) -> bytes | None:
        with self._guard:
            return self._made.get(key)

    def put(self, key: Hashable, made: bytes) -> None:
        with self._guard:
            self._made[key] = made
            while len(self._made) > self._limit:
                del self._made[next(iter(self._made))]


def routes(site: Site) -> APIRouter:
    """Return the routes of `/projects.csv`, `.geojson` and `.parquet`, and of `/map.svg` and `.png`."""
    router = APIRouter(include_in_schema=False)
    pictures = _PictureCache()

    def named(kind: str, what: str = "projects") -> dict[str, str]:
        return {"Content-Disposition": f'attachment; filename="overt-{what}-{site.prepared.release}.{kind}"'}

    def rows(request: Request) -> Iterator[list[Record]]:
        return batches(site, request, _view(site, request).selection)

    @router.get("/projects.csv")
    def csv(request: Request) -> Response:
        matching_rows = rows(request)
        return StreamingResponse(csv_parts(_lines(matching_rows)), media_type="text/csv; charset=utf-8", headers=named("csv"))

    @router.get("/projects.geojson")
    def geojson(request: Request) -> Response:
        matching_rows = rows(request)
        return StreamingResponse(_features(site, matching_rows), media_type="application/geo+json", headers=named("geojson"))

    @router.get("/projects.parquet")
    def parquet(request: Request) -> Response:
        matching_rows = rows(request)
        return StreamingResponse(_parquet(matching_rows), media_type="application/vnd.apache.parquet", headers=named("parquet"))

    @router.get("/map.svg")
    def svg(request: Request) -> Response:
        return Response(_picture(site, request, _view(site, request)), media_type="image/svg+xml", headers=named("svg", "map"))

    @router.get("/map.png")
    def png(request: Request) -> Response:
        view = _view(site, request)
        if english := english_picture(site, f"/map.png?{request.url.query}".rstrip("?")):
            return english
        key = address_of(site, request), tuple(view.pairs)
        made = pictures.get(key)
        if made is None:
            try:
                made = picture_process().rasterize(_picture(site, request, view))
            except TooBusy:
                raise HTTPException(503, site.gettext(_BUSY), {"Retry-After": _LATER}) from None
            except DrawingFailed:
                raise HTTPException(503, site.gettext(_NO_PICTURE)) from None
            pictures.put(key, made)
        return Response(made, media_type="image/png", headers=named("png", "map"))

    return router


def _view(site: Site, request: Request) -> View:
    """Read the view from a request.

    Raises BadQuery for an invalid value and also for an unknown parameter, which would otherwise be ignored.
    """
    if unknown := sorted(set(request.query_params) - PARAMETERS):
        names = ", ".join(unknown)[:100]
        raise BadQuery(site.gettext("This address has no such parameter: %(names)s.", names=names))
    return read_view(site, request)


def _picture(site: Site, request: Request, view: View) -> str:
    with site.database.lease() as reader:
        made = picture(site, reader, view, address_of(site, request))
    if made is None:
        raise HTTPException(404, site.gettext(_NO_MAP))
    return made


def _lines(row_batches: Iterator[list[Record]]) -> Iterator[list[Any]]:
    yield list(COLUMNS)
    for batch in row_batches:
        for row in batch:
            yield ["; ".join(value) if isinstance(value, list) else value for value in row.values()]


def _features(site: Site, row_batches: Iterator[list[Record]]) -> Iterator[bytes]:
    """Yield a feature for each place of each project. Projects without a place have a feature without geometry."""
    yield b'{"type":"FeatureCollection","features":['
    comma = b""
    for batch in row_batches:
        with site.database.lease() as reader:
            places_of: dict[str, list[Row]] = {}
            for row in reader.rows("projects.places", [json_array([row["id"] for row in batch])]):
                places_of.setdefault(row["project"], []).append(row)
        parts = []
        for row in batch:
            places: list[Row | None] = [*places_of.get(row["id"], ())]
            for place in places or [None]:
                place_values = (
                    {"place_name": place["place"], "precision": place["precision"]}
                    if place
                    else {"place_name": None, "precision": None}
                )
                feature = {"type": "Feature", "geometry": _geometry(place), "properties": row | place_values}
                parts.append(comma + orjson.dumps(feature))
                comma = b",\n"
        yield b"".join(parts)
    yield b"]}\n"


def _geometry(place: Row | None) -> Any:
    if place is None:
        return None
    if place["route"]:
        return orjson.Fragment(place["route"])
    return {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}


class _Parts(io.RawIOBase):
    """A write-only file whose bytes can be taken out as they are written."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def take(self) -> bytes:
        """Return what was written since the previous call."""
        taken, self._parts = b"".join(self._parts), []
        return taken


def _parquet(row_batches: Iterator[list[Record]]) -> Iterator[bytes]:
    """Yield a Parquet file: the rows of each batch, and the footer at the end.

    Nothing is written to disk, because a file would reveal what someone requested.
    """
    parts = _Parts()
    with pq.ParquetWriter(pa.PythonFile(parts, mode="w"), SCHEMA, compression="zstd") as writer:
        for batch in row_batches:
            writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))
            yield parts.take()
    yield parts.take()
