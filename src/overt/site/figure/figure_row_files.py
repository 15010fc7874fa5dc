"""The rows of a figure as files: `/figure/….csv`, `.json` and `.parquet`."""

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from overt.http import source_and_licence_columns
from overt.http.absolute_addresses import full_address
from overt.http.source_and_licence_columns import RowSources
from overt.language.language import N_
from overt.language.safe_csv import csv_parts
from overt.queries import figures
from overt.queries.figures import Figure, FigureRow
from overt.release.figures.figure_serialization import plain_number
from overt.site.missing_merged_and_withdrawn_pages import figure_or_404, moved
from overt.site.site import Site

_ANOTHER = N_(
    "Only the edition that is served here has the rows of its figures. The same address without its ending shows the figure in "
    "another edition, or what is known about it."
)
_FIRST = ("figure", "release", "unit_id", "label", "amount", "counted", "variants")
FIXED_COLUMNS = (*_FIRST, *source_and_licence_columns.COLUMNS, "page")
"""Columns that the files of all figures have. A figure's own columns, for groups and linked records, come after `_FIRST`."""
_BATCH = 5_000
_CHUNK = 1 << 16
_HEAD = ("name", "title", "question", "unit", "counting_unit", "status", "sources", "gaps", "groups")


def routes(site: Site) -> APIRouter:
    """Return the routes of figures' files. Their addresses are the same in all languages."""
    router = APIRouter(include_in_schema=False)

    def respond(name: str, kind: str, media: str, write: Any, request: Request) -> Response:
        name, cited, release = name.partition("@")
        if cited:
            if release in (site.prepared.release, site.prepared.base_release):
                return moved(site.url(f"/figure/{quote(name)}.{kind}"))
            raise HTTPException(404, site.gettext(_ANOTHER))
        with site.database.lease() as reader:
            figure = figure_or_404(site, reader, name)
        file = f"{figure.name}-{site.prepared.release}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{file}"'}
        return StreamingResponse(write(site, figure, _batches(site, request, figure)), media_type=media, headers=headers)

    @router.get("/figure/{name}.csv")
    def as_csv(request: Request, name: str) -> Response:
        return respond(name, "csv", "text/csv; charset=utf-8", _csv, request)

    @router.get("/figure/{name}.json")
    def as_json(request: Request, name: str) -> Response:
        return respond(name, "json", "application/json", _json, request)

    @router.get("/figure/{name}.parquet")
    def as_parquet(request: Request, name: str) -> Response:
        return respond(name, "parquet", "application/vnd.apache.parquet", _parquet, request)

    return router


def _columns(figure: Figure) -> tuple[str, ...]:
    return (*_FIRST, *figure.groups, *figure.linked, *source_and_licence_columns.COLUMNS, "page")


def _batches(site: Site, request: Request, figure: Figure) -> Iterator[list[dict[str, Any]]]:
    """Yield all rows in batches, including those that are not counted.

    In a row, `amount` is a decimal number or None, `counted` is a boolean, and lists are Python lists.
    """
    needed = [*(figure.definition.get("requires") or ()), *(figure.definition.get("any_of") or ())]
    names = _columns(figure)
    with site.database.lease() as reader:
        row_sources_of = RowSources(site, reader)
    number = 1
    while True:
        with site.database.lease() as reader:
            rows = figures.rows(reader, figure, counted=None, size=_BATCH, number=number)
            about = [(row.unit_id, row.project) for row in rows]
            sources = row_sources_of.sources_by_id(reader, [identity for pair in about for identity in pair if identity])
        made = []
        for row in rows:
            amount = None if row.amount is None else Decimal(str(row.amount))
            cells = (
                figure.name, site.prepared.release, row.unit_id, _label(site, row), amount,
                bool(row.counted), row.variants, *(row.groups.get(name) for name in (*figure.groups, *figure.linked)),
                *row_sources_of.cells({*sources.get(row.unit_id, needed), *sources.get(row.project or "", ())}),
                full_address(site, request, _page(site, figure, row)),
            )  # fmt: skip
            made.append(dict(zip(names, cells, strict=True)))
        if made:
            yield made
        if len(rows) < _BATCH:
            return
        number += 1


def _label(site: Site, row: FigureRow) -> str | None:
    if row.platform:
        return site.words.term("platforms", row.platform)
    if row.unit_id in site.words.terms["services"]:
        return site.words.term("services", row.unit_id)
    return row.label or row.project_label


def _page(site: Site, figure: Figure, row: FigureRow) -> str:
    """Return the address of the page for a row: its country, platform, project or record, or else the figure."""
    if row.country:
        return site.url(f"/country/{row.country}")
    if row.platform:
        return site.url(f"/platform/{row.platform}")
    if row.project:
        return site.record_url("project", row.project)
    return site.record_url(row.type, row.unit_id) if row.type else site.url(f"/figure/{figure.name}")


def _csv(site: Site, figure: Figure, batches: Iterator[list[dict[str, Any]]]) -> Iterator[str]:
    def lines() -> Iterator[list[Any]]:
        yield list(_columns(figure))
        for batch in batches:
            for row in batch:
                yield [_cell(value) for value in row.values()]

    return csv_parts(lines())


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _json(site: Site, figure: Figure, batches: Iterator[list[dict[str, Any]]]) -> Iterator[bytes]:
    value = None if figure.value is None else plain_number(Decimal(figure.value))
    head = {**{name: getattr(figure, name) for name in _HEAD}, "value": value, "release": site.prepared.release}
    yield orjson.dumps(head)[:-1] + b',"rows":['
    comma = b""
    for batch in batches:
        rows = [{**row, "amount": plain_number(row["amount"])} for row in batch]
        yield comma + b",\n".join(orjson.dumps(row) for row in rows)
        comma = b",\n"
    yield b"]}\n"


def _parquet(site: Site, figure: Figure, batches: Iterator[list[dict[str, Any]]]) -> Iterator[bytes]:
    """Yield a Parquet file in chunks, after writing all of it to a temporary file."""
    first = next(batches, [])
    known: dict[str, pa.DataType] = {name: _kind([row[name] for row in first]) for name in (*figure.groups, *figure.linked)}
    known |= {"amount": pa.decimal128(38, 4), "counted": pa.bool_()}
    known["variants"] = pa.list_(pa.string())
    schema = pa.schema([(name, known.get(name, pa.string())) for name in _columns(figure)])
    with tempfile.TemporaryFile() as file:
        with pq.ParquetWriter(file, schema, compression="zstd") as writer:
            for batch in (first, *batches):
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))
        file.seek(0)
        while part := file.read(_CHUNK):
            yield part


def _kind(values: list[Any]) -> pa.DataType:
    """Return the Arrow type for the values of a column: lists of strings, integers, or strings."""
    types = {type(value) for value in values if value is not None}
    if list in types:
        return pa.list_(pa.string())
    return pa.int64() if types == {int} else pa.string()
