"""Pages of individual measurements, one for each country and tested name, and CSV files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from overt.language.safe_csv import csv_parts
from overt.measure.verdict_rules import Rule, Rules
from overt.queries.blocking import measurements as measured
from overt.queries.blocking.measurements import Measurement, Verdict
from overt.queries.database import Reader
from overt.site import measurement_sections
from overt.site.page_declaration import File, Page
from overt.site.platforms_and_domains_with_pages import measured_platforms
from overt.site.site import Site

DAYS, ROWS = 100, 100
"""Maximum number of rows in the page's lists of days and networks (`DAYS`), and of measurements (`ROWS`), newest first."""
_BATCH = 5_000
"""Maximum number of measurements in memory while a file is written."""
COLUMNS = (
    "day", "country", "asn", "domain", "test_name", "verdict", "mechanism", "also", "rule", "confidence", "fingerprints",
    "resolver_asn", "software", "platform", "observations", "id", "source", "capture", "member", "place",
)  # fmt: skip


def routes(site: Site) -> APIRouter:
    """Return the routes of `/measured/COUNTRY/NAME` and its CSV, and of `…/measured.csv` of a country, platform or domain."""
    router = APIRouter(include_in_schema=False)

    @router.get("/measured/{country}/{name}.csv")
    def file_of_rows(country: str, name: str) -> Response:
        with site.database.lease() as reader:
            first = measured.measurements(reader, name, country, _BATCH)
        _require_rows(site, first)

        def lines() -> Iterator[Sequence[Any]]:
            yield COLUMNS
            batch = first
            while batch:
                yield from ([_cell(getattr(row, column)) for column in COLUMNS] for row in batch)
                with site.database.lease() as reader:
                    batch = measured.measurements(reader, name, country, _BATCH, batch[-1].at)

        return _csv(lines())

    @router.get("/measured/{country}/{name}")
    def page_of_rows(request: Request, country: str, name: str) -> Response:
        with site.database.lease() as reader:
            named = measurement_sections.MeasuredNames(site, reader)
            quarters = [row for row in measured.name_quarters(reader, [name], country) if measurement_sections.has_page(name)]
            _require_rows(site, quarters)
            networks = measured.network_quarters(reader, name, country, DAYS + 1)
            days = measured.days(reader, name, country, DAYS + 1)
            rows = measured.measurements(reader, name, country, ROWS)
        return site.page(
            "measured/template.html",
            request=request,
            section="/countries",
            country=country,
            known=country in site.words.areas,
            name=name,
            about=named.describe(quarters[0]),
            quarters=[named.describe(row) for row in quarters],
            networks=[named.describe(row) for row in networks[:DAYS]],
            days=[named.describe(row) for row in days[:DAYS]],
            more_networks=len(networks) > DAYS,
            more_days=len(days) > DAYS,
            rows=rows,
            all=sum(row.measurements for row in quarters),
            rules=_rules(site, rows),
            versions=sorted({version for row in quarters for version in row.fingerprints}),
        )

    @router.get("/country/{code}/measured.csv")
    def country_groups(code: str) -> Response:
        with site.database.lease() as reader:
            return _groups(site, measured.country_quarters(reader, code))

    @router.get("/platform/{platform}/measured.csv")
    def platform_groups(platform: str) -> Response:
        with site.database.lease() as reader:
            return _groups(site, measured.name_quarters(reader, measured.platform_names(reader, platform)))

    @router.get("/domain/{name}/measured.csv")
    def domain_groups(name: str) -> Response:
        with site.database.lease() as reader:
            return _groups(site, measured.name_quarters(reader, [name]))

    return router


def _require_rows(site: Site, rows: Sequence[Verdict | Measurement]) -> None:
    if not rows:
        raise HTTPException(404, site.gettext("This edition has no individual measurements of this."))


def _groups(site: Site, rows: list[Verdict]) -> Response:
    _require_rows(site, rows)
    return _csv(measurement_sections.group_lines(rows))


def _csv(lines: Iterable[Sequence[Any]]) -> Response:
    return StreamingResponse(csv_parts(lines), media_type="text/csv; charset=utf-8")


def _cell(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) else value


def _rules(site: Site, rows: list[Measurement]) -> list[dict[str, str | None]]:
    """Return the ids and texts of the rules that determined these rows' results.

    The text is None for a rule that Overt no longer has.
    """
    known = _known()
    chinese = site.language.code == "zh"
    names = sorted({row.rule or "" for row in rows})
    return [
        {"id": name, "says": (known[name].says_zh if chinese else known[name].says) if name in known else None} for name in names
    ]


@cache
def _known() -> Mapping[str, Rule]:
    rule_file = Rules.load().rule_file
    return {rule.id: rule for rule in (rule_file.no_findings, *rule_file.rules)}


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    return (f"/measured/{country}/{name}" for country, name in measurement_sections.pages_of_rows(site, reader))


def _files(site: Site, reader: Reader) -> Iterator[File]:
    rows = list(measurement_sections.pages_of_rows(site, reader))
    names = {name for _, name in rows}
    yield from (File(f"/measured/{country}/{name}.csv") for country, name in rows)
    yield from (File(f"/domain/{name}/measured.csv") for name in sorted(names) if measurement_sections.is_domain(name))
    for platform in measured_platforms(reader):
        if not names.isdisjoint(measured.platform_names(reader, platform)):
            yield File(f"/platform/{platform}/measured.csv")
    for country in measured.countries(reader):
        if country in site.words.areas:
            yield File(f"/country/{country}/measured.csv")


PAGE = Page(routes, addresses=_addresses, files=_files)
