"""The explorer: map, filters and table of the same projects, and the same rows as a file."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response, StreamingResponse

from overt.publish.read import figures as figure_rows
from overt.publish.read import projects
from overt.publish.read.database import Reader
from overt.publish.read.filters import ProjectFilter
from overt.publish.site import row_sources
from overt.publish.site.csv_safe import csv_lines
from overt.publish.site.figure_words import with_words
from overt.publish.site.row_sources import RowSources, full_address
from overt.publish.site.site import Site
from overt.publish.site.svg.map import Country, cell_of, draw, step_names

_LIVE = ("kind", "company", "country", "year_from", "year_to", "q")
"""Parameters that the script hands on to the map by itself; others are in the addresses that the page gives it."""
MOST_ROWS = 200
"""Rows of one page of the table."""
_CABLES = ProjectFilter(kind=("submarine-cable",))
"""Counted apart in the first sentence: the sources list every cable, whoever supplies it."""
_COLUMNS = (
    "id", "name", "name_zh", "kinds", "countries", "status", "year", "date", "organisations", *row_sources.COLUMNS, "release",
    "page",
)  # fmt: skip
_MOST_DOWNLOADED = 1_000_000
"""Rows of one download."""


def routes(site: Site) -> APIRouter:
    """`/` and `/projects.csv`."""
    router = APIRouter(include_in_schema=False)
    drawn: dict[str, Markup | None] = {}
    """The map without a filter, which most readers see; it is the same for all."""

    @router.get("/")
    def home(request: Request) -> Response:
        query = site.query(request)
        wanted = query.filter()
        size = query.number("size", 1, MOST_ROWS, 25)
        number = query.number("page", 1, 100_000, 1)
        sort = query.choice("sort", list(projects.SORTS), "year")
        descending = query.choice("order", ["asc", "desc"], "asc" if sort in ("name", "country", "status") else "desc") == "desc"
        with site.database.lease() as reader:
            if not wanted and "map" in drawn:
                drawing = drawn["map"]
            else:
                drawing = _map(site, reader, wanted)
                if not wanted:
                    drawn["map"] = drawing
            pairs = wanted.items()
            order = [(key, request.query_params[key]) for key in ("sort", "order", "size") if request.query_params.get(key)]
            return site.page(
                "home.html",
                request=request,
                wanted=wanted,
                pairs=pairs,
                paging=[*pairs, *order],
                sort=sort,
                descending=descending,
                size=size,
                number=number,
                totals=projects.totals(reader, wanted),
                whole=site.whole,
                cables=0 if wanted else projects.totals(reader, _CABLES).projects,
                rows=projects.page(reader, wanted, sort=sort, descending=descending, size=size, number=number),
                offers={**site.offers, "companies": projects.offered_companies(reader, wanted)},
                map=drawing,
                fixed=[pair for pair in pairs if pair[0] not in _LIVE],
                steps=step_names(site.breaks, site.language),
                figures=[with_words(site, row) for row in figure_rows.every(reader) if row["headline"]] if not wanted else [],
                **_years(projects.by_year(reader, wanted.without("year_from").without("year_to"))),
            )

    @router.get("/projects.csv")
    def download(request: Request) -> Response:
        wanted = site.query(request).filter()
        name = f"overt-projects-{site.prepared.release}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(csv_lines(_rows(site, request, wanted)), media_type="text/csv; charset=utf-8", headers=headers)

    return router


def _map(site: Site, reader: Reader, wanted: ProjectFilter) -> Markup | None:
    if not site.shapes:
        return None
    counted = {row["code"]: row["projects"] for row in projects.map_countries(reader, wanted)}
    said = {row["code"] for row in reader.rows("countries")}
    countries = {
        code: Country(counted.get(code, 0), site.words.area(code), site.url(f"/country/{code}") if code in said else None)
        for code in {shape.code for shape in site.shapes if shape.code}
    }
    routes = projects.map_places(reader, wanted, projects.ROUTES)
    marks = projects.map_marks(reader, wanted, cell_of(None))
    more = site.address("/", wanted.without("box").items())
    label = site.gettext("Map of projects by country")
    return draw(site.language, site.shapes, countries, routes, marks, label=label, breaks=site.breaks, more=more)


def _years(counted: list[tuple[int, int]]) -> dict[str, Any]:
    """The bars of the years, gaps included; years far apart from the rest stay in the table alone."""
    if not counted:
        return {"years": [], "highest": 0}
    held = {year: projects for year, projects in counted if counted[-1][0] - year < 60}
    highest = max(held.values())
    years = range(min(held), max(held) + 1)
    return {
        "years": [{"year": year, "projects": held.get(year, 0), "height": held.get(year, 0) / highest} for year in years],
        "highest": highest,
    }


def _rows(site: Site, request: Request, wanted: ProjectFilter) -> Iterator[list[Any]]:
    yield list(_COLUMNS)
    with site.database.lease() as reader:
        owed = RowSources(site, reader)
    size, number = 5_000, 1
    while size * number <= _MOST_DOWNLOADED:
        with site.database.lease() as reader:
            found = projects.page(reader, wanted, sort="name", descending=False, size=size, number=number)
            companies = projects.companies(reader, [row["id"] for row in found if row["company_count"]])
            sources = owed.of(reader, [row["id"] for row in found])
        for row in found:
            named = "; ".join(f"{held['label']} ({held['role']})" for held in companies.get(row["id"], []))
            yield [
                row["id"], row["label"], row["label_zh"], "; ".join(row["kinds"]), "; ".join(row["countries"]), row["status"],
                row["year"], row["date"], named, *owed.cells(sources.get(row["id"], ())), site.prepared.release,
                full_address(request, site.record_url("project", row["id"])),
            ]  # fmt: skip
        if len(found) < size:
            return
        number += 1
