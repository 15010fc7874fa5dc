"""Countries: the list of them, and a page for each."""

from collections.abc import Iterable, Iterator

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from overt.charts import Chart, Sparkline
from overt.language.language import NN_
from overt.language.safe_csv import csv_lines
from overt.queries import countries
from overt.queries.content_texts import by_label
from overt.queries.records import Record
from overt.site.chart_files import chart_file
from overt.site.country.charts import small_lines
from overt.site.country.contents import country_charts, country_facts, country_page
from overt.site.missing import country_or_404, moved
from overt.site.site import Site
from overt.site.subset_texts import country_apart

_ROWS = 50
MOST_RESTRICTIONS = 100_000
LACKING = {
    "place": NN_("%(n)s project has no known place in the country", "%(n)s projects have no known place in the country"),
    "date": NN_("%(n)s project has no date", "%(n)s projects have no date"),
    "company": NN_(
        "%(n)s project names no supplier, implementer, owner or operator",
        "%(n)s projects name no supplier, implementer, owner or operator",
    ),
    "second-source": NN_("%(n)s project rests on one source alone", "%(n)s projects rest on one source alone"),
    "status": NN_("%(n)s project has no known status", "%(n)s projects have no known status"),
}
"""What is not known of projects, in words; `/country/KE/rows?lacking=…` lists them."""


def routes(site: Site) -> APIRouter:
    """`/countries` and `/country/…`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/countries")
    def index(request: Request) -> Response:
        query = site.query(request)
        columns = ("projects", "located", "assessments", "agreements", "restrictions", "indicators")
        sort = query.choice("sort", ["name", *columns], "name")
        descending = query.choice("order", ["asc", "desc"], "asc" if sort == "name" else "desc") == "desc"
        with site.database.lease() as reader:
            found = by_label({**row, **site.words.areas[row["code"]]} for row in countries.every(reader))
        if sort != "name":
            found.sort(key=lambda row: -row[sort] if descending else row[sort])
        elif descending:
            found.reverse()
        return site.page(
            "countries.html", request=request, section="/countries", countries=found, sort=sort, descending=descending
        )

    @router.get("/country/{code}")
    def country(request: Request, code: str) -> Response:
        return answer(request, code, "country.html")

    @router.get("/country/{code}/print")
    def printed(request: Request, code: str) -> Response:
        return answer(request, code, "country_print.html")

    def answer(request: Request, code: str, template: str) -> Response:
        if code != code.upper() and code.upper() in site.words.areas:
            return moved(site.url(f"/country/{code.upper()}"))
        area = country_or_404(site, code)
        with site.database.lease() as reader:
            held = country_page(site, reader, area)
            gaps = [(name, site.ngettext(*LACKING[name], n)) for name, n in held.pop("unknown").items() if n]
            apart = country_apart(site, code)
            return site.page(template, request=request, section="/countries", gaps=gaps, apart=apart, **held)

    @router.get("/country/{code}/rows")
    def rows(request: Request, code: str) -> Response:
        area = country_or_404(site, code)
        query = site.query(request)
        lacking = query.choice("lacking", ["", *countries.LACKING], "")
        number = query.number("page", 1, 100_000, 1)
        with site.database.lease() as reader:
            held, found = countries.page(reader, code, lacking, size=_ROWS, number=number)
            every = held if not lacking else countries.count(reader, code)
        return site.page(
            "country_rows.html",
            request=request,
            section="/countries",
            country=area,
            apart=country_apart(site, code),
            lacking=lacking,
            choices=[(name, site.ngettext(*LACKING[name], 0)) for name in LACKING],
            said=site.ngettext(*LACKING[lacking], held) if lacking else "",
            rows=found,
            held=held,
            every=every,
            number=number,
            size=_ROWS,
        )

    @router.get("/country/{code}/charts/{file}")
    def chart(code: str, file: str) -> Response:
        area = country_or_404(site, code)
        with site.database.lease() as reader:
            found = country_charts(site, reader, area)
        return chart_file(site, found, file, f"country/{code}")

    @router.get("/country/{code}/restrictions.csv")
    def restrictions(code: str) -> Response:
        country_or_404(site, code)
        with site.database.lease() as reader:
            found = countries.restrictions(reader, code, MOST_RESTRICTIONS)
        types = site.schema.types["restriction"].properties
        lines = [["id", *types, "sources"], *([held.id, *_cells(held, types), _sources(held)] for held in found)]
        return StreamingResponse(csv_lines(lines), media_type="text/csv; charset=utf-8")

    return router


def _cells(held: Record, properties: Iterable[str]) -> Iterator[str]:
    """The values that are shown, as the release has them."""
    for name in properties:
        yield "; ".join(fact.value for fact in held.shown(name))


def _sources(held: Record) -> str:
    return "; ".join(sorted({fact.source for facts in held.facts.values() for fact in facts if fact.source}))


def charts(site: Site) -> Iterator[Chart | Sparkline]:
    """All charts of countries, to be drawn before anybody asks."""
    with site.database.lease() as reader:
        codes = [row["code"] for row in countries.every(reader)]
    for code in codes:
        with site.database.lease() as reader:
            held = country_facts(site, reader, site.words.areas[code])
        yield from held["charts"]
        yield from small_lines(held["indicators"]).values()
