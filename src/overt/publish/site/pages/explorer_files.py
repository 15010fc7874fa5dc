"""What the explorer shows as a file: the rows as CSV."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from overt.publish.read import projects
from overt.publish.read.filters import ProjectFilter
from overt.publish.site import row_sources
from overt.publish.site.csv_safe import csv_lines
from overt.publish.site.row_sources import RowSources, full_address
from overt.publish.site.site import Site

_COLUMNS = (
    "id", "name", "name_zh", "kinds", "countries", "status", "year", "date", "organisations", *row_sources.COLUMNS, "release",
    "page",
)  # fmt: skip
_MOST_DOWNLOADED = 1_000_000
"""Rows of one download."""
_BATCH = 5_000


def routes(site: Site) -> APIRouter:
    """`/projects.csv`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/projects.csv")
    def download(request: Request) -> Response:
        wanted = site.query(request).filter()
        name = f"overt-projects-{site.prepared.release}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(csv_lines(_rows(site, request, wanted)), media_type="text/csv; charset=utf-8", headers=headers)

    return router


def _rows(site: Site, request: Request, wanted: ProjectFilter) -> Iterator[list[Any]]:
    yield list(_COLUMNS)
    with site.database.lease() as reader:
        owed = RowSources(site, reader)
    number = 1
    while _BATCH * number <= _MOST_DOWNLOADED:
        with site.database.lease() as reader:
            found = projects.page(reader, wanted, sort="name", descending=False, size=_BATCH, number=number)
            companies = projects.companies(reader, [row["id"] for row in found if row["company_count"]])
            sources = owed.of(reader, [row["id"] for row in found])
        for row in found:
            named = "; ".join(f"{held['label']} ({held['role']})" for held in companies.get(row["id"], []))
            yield [
                row["id"], row["label"], row["label_zh"], "; ".join(row["kinds"]), "; ".join(row["countries"]), row["status"],
                row["year"], row["date"], named, *owed.cells(sources.get(row["id"], ())), site.prepared.release,
                full_address(request, site.record_url("project", row["id"])),
            ]  # fmt: skip
        if len(found) < _BATCH:
            return
        number += 1
