"""Lists that are too long for a country's page: events, restrictions, projects and blocked domains."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from overt.language.safe_csv import csv_parts
from overt.queries import countries, records
from overt.queries.blocking import blocklists
from overt.queries.database import Reader
from overt.site.blocking_sentences import over_words, services_over_words
from overt.site.country import measured_blocking as country_blocked
from overt.site.country.country_print_and_charts_context import country_facts
from overt.site.country.missing_project_information_messages import LACKING
from overt.site.country.section_context import project_layers
from overt.site.country.tabs import country_tabs
from overt.site.country.timeline import timeline_events as country_events
from overt.site.country.timeline.timeline_events import KINDS, timeline_parts
from overt.site.missing_merged_and_withdrawn_pages import country_or_404
from overt.site.page_declaration import File, Page, numbered
from overt.site.platform.ends_implied_by_later_blocks import over_restrictions, over_services
from overt.site.platform.restriction_files import restriction_lines
from overt.site.platform.restriction_reporters import unended_rows
from overt.site.project.dated_status import dated_statuses
from overt.site.restriction_facts import known_end
from overt.site.site import Site
from overt.site.subset_notices import country_subset_notice

_ROWS = 50
MAX_RESTRICTIONS = 100_000
RESTRICTIONS = 40
"""Maximum number of restrictions on a page."""


def routes(site: Site) -> APIRouter:
    """Return the routes of `/country/…/timeline` and `/restrictions`, with their CSV files, and of `/rows` and `/blocked`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/country/{code}/timeline")
    def timeline(request: Request, code: str) -> Response:
        area, query = country_or_404(site, code), site.query(request)
        kind = query.choice("of", ["", *KINDS], "")
        number = query.number("page", 1, 100_000, 1)
        size = country_events.SIZE
        with site.database.lease() as reader:
            when = country_events.country_events(site, reader, code)
            entries = when.by_kind(kind)
            rows = country_events.describe_events(site, reader, entries[size * (number - 1) : size * number])
            drawing = country_facts(site, reader, area)["timeline"] if number == 1 and not kind else None
            return site.page(
                "lists_in_country/timeline.html",
                request=request,
                section="/countries",
                **{**timeline_parts(site, area, when, rows), "of": kind},
                number=number,
                size=size,
                total=len(entries),
                drawing=drawing,
                tabs=country_tabs(site, reader, code),
                apart=country_subset_notice(site, code),
            )

    @router.get("/country/{code}/timeline.csv")
    def as_csv(code: str) -> Response:
        country_or_404(site, code)
        with site.database.lease() as reader:
            lines = list(country_events.event_lines(site, reader, country_events.country_events(site, reader, code).dated))
        return StreamingResponse(csv_parts(lines), media_type="text/csv; charset=utf-8")

    @router.get("/country/{code}/restrictions")
    def restrictions(request: Request, code: str) -> Response:
        area = country_or_404(site, code)
        number = site.query(request).number("page", 1, 100_000, 1)
        with site.database.lease() as reader:
            total = len(countries.restriction_dates(reader, code))
            of_country = countries.restrictions(reader, code, MAX_RESTRICTIONS)
            listed = of_country[RESTRICTIONS * (number - 1) : RESTRICTIONS * number]
            unended = unended_rows(reader, listed)
            of_services, over = over_services(unended, of_country), over_restrictions(unended, of_country)
            measured = country_blocked.measured_parts(site, reader, code) if number == 1 else {"blocked": None}
            return site.page(
                "lists_in_country/restrictions_and_measured_blocking.html",
                request=request,
                section="/countries",
                country=area,
                rows=records.with_publishers(reader, listed),
                over={identity: services_over_words(site, by) for identity, by in of_services.items()}
                | {identity: over_words(site.language, by) for identity, by in over.items()},
                known_end=known_end,
                total=total,
                number=number,
                size=RESTRICTIONS,
                tabs=country_tabs(site, reader, code),
                apart=country_subset_notice(site, code),
                **measured,
            )

    @router.get("/country/{code}/blocked")
    def blocked(request: Request, code: str) -> Response:
        area = country_or_404(site, code)
        with site.database.lease() as reader:
            parts = country_blocked.country_blocking(site, reader, code)
        if not parts["series"]:
            raise HTTPException(404, site.gettext("Overt has no lists of what is blocked there."))
        return site.page(
            "lists_in_country/measured_blocks_of_country.html", request=request, section="/countries", country=area, blocked=parts
        )

    @router.get("/country/{code}/rows")
    def rows(request: Request, code: str) -> Response:
        area = country_or_404(site, code)
        query = site.query(request)
        lacking = query.choice("lacking", ["", *countries.LACKING], "")
        number = query.number("page", 1, 100_000, 1)
        with site.database.lease() as reader:
            total, project_rows = countries.page(reader, code, lacking, size=_ROWS, number=number)
            every = total if not lacking else countries.count(reader, code)
            built = project_layers(site, reader, area) if total and number == 1 and not lacking else {"layers": []}
            return site.page(
                "lists_in_country/projects_and_suppliers_of_country.html",
                request=request,
                section="/countries",
                country=area,
                apart=country_subset_notice(site, code),
                lacking=lacking,
                heading=site.ngettext(*LACKING[lacking], total) if lacking else "",
                rows=project_rows,
                dated_statuses=dated_statuses(site, reader, project_rows),
                total=total,
                every=every,
                number=number,
                size=_ROWS,
                tabs=country_tabs(site, reader, code),
                **built,
            )

    @router.get("/country/{code}/restrictions.csv")
    def restrictions_csv(code: str) -> Response:
        country_or_404(site, code)
        with site.database.lease() as reader:
            restriction_records = countries.restrictions(reader, code, MAX_RESTRICTIONS)
        lines = restriction_lines(site, restriction_records)
        return StreamingResponse(csv_parts(lines), media_type="text/csv; charset=utf-8")

    return router


def _countries_with_lists(reader: Reader) -> list[str]:
    """Return the codes of countries that have a list of blocked domains."""
    return sorted({row.country for row in blocklists.series(reader)})


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    return (f"/country/{code}/blocked" for code in _countries_with_lists(reader))


def _variants(site: Site, reader: Reader) -> Iterator[str]:
    for row in countries.all_countries(reader):
        page = f"/country/{row.code}"
        yield from _timeline(site, reader, row.code)
        yield from numbered(f"{page}/restrictions", len(countries.restriction_dates(reader, row.code)), RESTRICTIONS)
        yield from numbered(f"{page}/rows", row.projects, _ROWS)
        unknown = countries.unknown(reader, row.code)
        for name, column in countries.LACKING.items():
            if projects := getattr(unknown, column) or 0:
                yield from numbered(f"{page}/rows?lacking={name}", projects, _ROWS)


def _timeline(site: Site, reader: Reader, code: str) -> Iterator[str]:
    """Yield the addresses of the pages of the event list and, if there are several kinds of events, of each kind's list."""
    page, when = f"/country/{code}/timeline", country_events.country_events(site, reader, code)
    yield from numbered(page, len(when.dated), country_events.SIZE)
    if len(when.counts) > 1:
        for kind, count in when.counts.items():
            yield from numbered(f"{page}?of={kind}", count, country_events.SIZE)


def _files(site: Site, reader: Reader) -> Iterator[File]:
    for row in countries.all_countries(reader):
        yield File(f"/country/{row.code}/timeline.csv")
        if row.restrictions:
            yield File(f"/country/{row.code}/restrictions.csv")


PAGE = Page(routes, addresses=_addresses, variants=_variants, files=_files)
