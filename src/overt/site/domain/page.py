"""Pages of domains: where each domain was measured as blocked, and a form for looking up a domain."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response, StreamingResponse

from overt.language.safe_csv import csv_parts
from overt.model.errors import ValueProblem
from overt.model.values.domain_names import MAX_DOMAIN_LENGTH, canonical_domain
from overt.queries.blocking import blocklists as observed
from overt.queries.blocking import domain_categories_and_services
from overt.queries.database import Reader
from overt.site import measurement_sections
from overt.site.blocked_quarters import Quarters
from overt.site.blocking_sentences import list_sentences, listed_days
from overt.site.blocklist_series_order_and_texts import dated_first, key, localize_series
from overt.site.domain.typed_host import parse_typed_host
from overt.site.missing_merged_and_withdrawn_pages import moved
from overt.site.page_declaration import File, Page
from overt.site.platform.platform_report import platform_report
from overt.site.platform.recorded_restrictions import recorded
from overt.site.platforms_and_domains_with_pages import domains_with_pages, platform_term
from overt.site.site import Site

_COLUMNS = ("domain", "source", "series", "country", "protocol", "quarter", "days_measured", "days_listed", "vantage_points")


def routes(site: Site) -> APIRouter:
    """Return the routes of `/domain`, `/domain/…`, and `/domain/….csv`: days measured and listed by series and quarter."""
    router = APIRouter(include_in_schema=False)

    def known(name: str) -> str:
        try:
            return canonical_domain(name)
        except ValueProblem:
            raise HTTPException(404, site.gettext("This is not a domain name.")) from None

    @router.get("/domain")
    def look_up(request: Request) -> Response:
        typed = site.query(request).last("name") or ""
        if typed:
            try:
                return RedirectResponse(site.url(f"/domain/{canonical_domain(parse_typed_host(typed))}"), 303)
            except ValueProblem:
                pass
        with site.database.lease() as reader:
            series = dated_first(localize_series(site, observed.series(reader)))
        return site.page(
            "domain/lookup_form_page.html", request=request, section="/blocked", typed=typed[:MAX_DOMAIN_LENGTH], series=series
        )

    @router.get("/domain/{name}.csv")
    def by_quarter(name: str) -> Response:
        domain = known(name)
        with site.database.lease() as reader:
            quarter_rows, series = observed.domain_quarters(reader, domain), {key(row): row for row in observed.series(reader)}
        about = [{**series[key(row)]._asdict(), **row._asdict(), "domain": domain} for row in quarter_rows]
        lines = [_COLUMNS, *([row[column] for column in _COLUMNS] for row in about)]
        return StreamingResponse(csv_parts(lines), media_type="text/csv; charset=utf-8")

    @router.get("/domain/{name}")
    def domain_page(request: Request, name: str) -> Response:
        canonical = known(name)
        if canonical != name:
            return moved(site.url(f"/domain/{canonical}"))
        with site.database.lease() as reader:
            episodes, series = observed.domain_episodes(reader, canonical), localize_series(site, observed.series(reader))
            platforms = {domain: platform for platform, by_key in observed.platform_domains(reader).items() for domain in by_key}
            singles = measurement_sections.measurements_of_names(site, reader, [canonical])
            labels = domain_categories_and_services.labels_of_domain(reader, canonical)
            quarters = Quarters(site, reader, domain=canonical)
            platform = platform_term(site, platforms.get(canonical))
            restricted = recorded(site, reader, platform["id"]).restricted if platform else []
            report = platform_report(site, reader, platform["label"], restricted) if platform and restricted else None
        series = dated_first(series)
        by_key = {key(row): row for row in series}
        return site.page(
            "domain/template.html",
            request=request,
            section="/blocked",
            domain=canonical,
            platform=platform,
            report=report.sentences if report else (),
            newest_report=report.newest_to_state if report else None,
            single=singles,
            labels=labels,
            answer=list_sentences(site, canonical, listed_days(episodes), series),
            episodes=[{**row._asdict(), "list": by_key[key(row)]} for row in episodes],
            strips=[
                (row, quarters.strip(canonical, key(row)), quarters.frame(key(row)))
                for row in series
                if row.days and (canonical, key(row)) in quarters.days_listed
            ],
            span=quarters.span(),
            series=series,
        )

    return router


def _domains(site: Site, reader: Reader) -> list[str]:
    return domains_with_pages(reader, measurement_sections.pages_of_rows(site, reader))


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    if observed.series(reader):
        yield "/domain"
    yield from (f"/domain/{domain}" for domain in _domains(site, reader))


def _files(site: Site, reader: Reader) -> Iterator[File]:
    yield from (File(f"/domain/{domain}.csv") for domain in _domains(site, reader))
    if observed.series(reader):
        yield File("/domain", "lookup")


PAGE = Page(routes, addresses=_addresses, files=_files)
