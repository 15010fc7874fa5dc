"""The list of series, a page for each series, and a page for each series in a country with the evidence for every value."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from overt.charts import Chart
from overt.language.citations import Citation
from overt.language.language import N_
from overt.language.safe_csv import csv_parts
from overt.queries import changes_between_releases, records, series, sources
from overt.queries.database import Reader
from overt.queries.labels import Area, Term
from overt.queries.rows.records import Record
from overt.queries.series import SeriesValue
from overt.site.chart_files import chart_file
from overt.site.citations_and_linked_data.citation_box import citation_box
from overt.site.citations_and_linked_data.cited_documents_and_sources import sources_behind
from overt.site.country.charts import indices
from overt.site.history_texts import localize_history
from overt.site.page_declaration import File, Page, PageCharts
from overt.site.picked_countries import MAX_PICKED, offered_countries, picked_countries
from overt.site.series.class_breaks import is_standardised
from overt.site.series.country_answer import comparison, value_sentence
from overt.site.series.country_line_chart import country_line
from overt.site.series.index_publishers import (
    has_opposite_sign,
    index_publisher,
    mixes_versions,
    passing_on,
    publisher_of_newer_values,
    series_credits,
)
from overt.site.series.series_charts import charts_of_series, country_chart, series_charts
from overt.site.series.standings import (  # fmt: skip
    SeriesStandings,
    Standing,
    plain_rows,
    scale_share,
    series_standings,
)
from overt.site.series.systems_by_country_class import systems_by_class
from overt.site.series_addresses import has_page, series_page
from overt.site.series_values_in_words import Indicator, indicator
from overt.site.site import Site

_UNKNOWN = N_("There is no series of this name in this edition.")
_LISTED = 25
"""Number of rows that a table shows before it is unfolded."""
COLUMNS = ("id", "series", "country", "year", "value", "code", "unit", "claim_id", "source")


def routes(site: Site) -> APIRouter:
    """Return the routes of `/series`, `/series/…`, its charts, `/series/….csv`, and `/series/…/KE`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/series")
    def index(request: Request) -> Response:
        with site.database.lease() as reader:
            by_id = {row.series: row for row in series.all_series(reader)}
        listed = [{**by_id[name]._asdict(), "term": term} for name, term in site.words.terms["series"].items() if name in by_id]
        return site.page("series/list.html", request=request, section="/countries", series=listed)

    @router.get("/series/{name}.csv")
    def as_csv(name: str) -> Response:
        with site.database.lease() as reader:
            rows = known(reader, name)
            entries = records.records(reader, [row.id for row in rows])
        return StreamingResponse(
            csv_parts(_lines(entries, site.words.terms["series"][name])), media_type="text/csv; charset=utf-8"
        )

    @router.get("/series/{name}")
    def series_page_of_all(request: Request, name: str) -> Response:
        with site.database.lease() as reader:
            rows = known(reader, name)
            slugs = series.sources(reader, name)
            part_of = passing_on(site, reader, name)
            outside = series.newest_outside_values(reader, name)
            credits = series_credits(site, reader, name)
            editions = [row for slug in slugs if (row := sources.find(reader, slug))]
        term = site.words.terms["series"][name]
        standings = series_standings(site, term, rows, part_of, outside=outside)
        picked = picked_countries(site, request)
        listed, folded = plain_rows(standings.rows, _LISTED)
        return site.page(
            "series/template.html",
            request=request,
            section="/countries",
            term=term,
            standings=standings,
            editions=editions,
            newer=publisher_of_newer_values(name, standings.year),
            part_of=part_of,
            revised=index_publisher(name) if mixes_versions(name, slugs) else None,
            opposite_sign=has_opposite_sign(name),
            standardised=is_standardised(name),
            by_class=systems_by_class(site, standings),
            charts=series_charts(site, term, rows, standings, credits, picked),
            picked=picked,
            picked_rows=_picked_rows(site, term, standings, rows, picked),
            offered=offered_countries(site, (row.code for row in standings.rows)),
            most_picked=MAX_PICKED,
            listed=listed,
            folded=folded,
            share=partial(scale_share, standings),
            several_years=any(row.first_year != row.year for row in standings.rows),
        )

    @router.get("/series/{name}/charts/{file}")
    def chart(name: str, file: str) -> Response:
        with site.database.lease() as reader:
            known(reader, name)
            drawn = charts_of_series(site, reader, name)
        return chart_file(site, drawn, file, f"series/{name}")

    @router.get("/series/{name}/{code}")
    def series_page_of_country(request: Request, name: str, code: str) -> Response:
        with site.database.lease() as reader:
            entries = series.country_values(reader, name, code) if has_page(site, name, code) else []
            if not entries:
                raise HTTPException(404, site.gettext(_UNKNOWN))
            return site.page(
                "series/country.html", request=request, section="/countries", **_page(site, reader, name, code, entries)
            )

    def known(reader: Reader, name: str) -> list[SeriesValue]:
        rows = series.values(reader, name) if name in site.words.terms["series"] else []
        if not rows:
            raise HTTPException(404, site.gettext(_UNKNOWN))
        return rows

    return router


def _picked_rows(
    site: Site, term: Term, standings: SeriesStandings, rows: Sequence[SeriesValue], picked: Sequence[str]
) -> list[tuple[Standing, Chart | None]]:
    """Return the picked countries, each with a chart of its values on the scale of all countries; None if it can't be drawn."""
    by_code = {row.code: row for row in standings.rows}
    return [
        (
            by_code[code],
            country_line(site, term, standings.ends, by_code[code].label, [row for row in rows if row.country == code]),
        )
        for code in picked
        if code in by_code
    ]


def _page(site: Site, reader: Reader, name: str, code: str, entries: Sequence[Record]) -> dict[str, Any]:
    """Return the content of the page of a series in a country. `entries`: the records of its values."""
    term, country = site.words.terms["series"][name], site.words.areas[code]
    rows: list[tuple[Record, Indicator | None]] = [(record, indicator(site, record)) for record in entries]
    values = sorted((value for _, value in rows if value), key=lambda value: value.year)
    charts = indices(site, country, [(term, values)])
    ids = [record.id for record in entries]
    claims, total = records.claims_of(reader, ids)
    changed = changes_between_releases.record_history(reader, ids[-1], ids[:-1])
    merged = [record.id for record in entries if record.members > 1]
    newest, outside = series.newest_values(reader, name), series.newest_outside_values(reader, name)
    standings = series_standings(site, term, newest, outside=outside)
    part_of, credits = passing_on(site, reader, name), series_credits(site, reader, name)
    standing = next((row for row in standings.rows if row.code == code), None)
    slugs = list(dict.fromkeys(claim.source for claim in claims))
    return {
        "term": term,
        "country": country,
        "rows": rows,
        "standings": standings,
        "standing": standing,
        "value_sentence": value_sentence(site, term, country, standings, standing) if standing else "",
        "comparison": comparison(site, standings, standing) if standing else "",
        "newer": publisher_of_newer_values(name, max(int(value.year) for value in values)) if values else None,
        "revised": index_publisher(name) if mixes_versions(name, slugs) else None,
        "part_of": part_of,
        "plot": country_chart(site, term, standings, credits, code),
        "chart": charts[0] if charts else None,
        "claims": claims,
        "total": total,
        "history": localize_history(site, changed),
        "members": [row for value in merged for row in records.members(reader, value)],
        "judgements": [row for value in merged for row in records.judgements(reader, value)],
        "cite": citation_box(site, _cited(site, term, country, slugs), sources_behind(site, reader, slugs=slugs)),
    }


def _cited(site: Site, term: Term, country: Area, slugs: Sequence[str]) -> Citation:
    """Return the citation, with its title in English and in the site's language."""
    label, where = (row.label if site.language.code == "en" else row.other for row in (term, country))
    name = f"{term.id}-{country.code}"
    maker = index_publisher(term.id)
    what = f"Values by {maker.name}" if maker else "Values of an index"
    path = series_page(term.id, country.code)
    local_title = site.gettext("%(series)s, %(country)s", series=term.label, country=country.label)
    return Citation(
        name, f"{label}, {where}", what, path, tuple(site.title_of(slug) for slug in slugs), files=False, local_title=local_title
    )


def _lines(entries: Sequence[Record], term: Term) -> Iterator[Sequence[str | None]]:
    """Yield a series as a table: the column names, then a row for each record with the claim that states the shown value."""
    yield COLUMNS
    for record in entries:
        fact = record.fact("value") or record.fact("code")
        sources = sorted({fact.source for facts in record.facts.values() for fact in facts if fact.source})
        about = [record.value(name) or "" for name in ("series", "country", "year", "value", "code")]
        yield [record.id, *about, term.unit, fact.claim_id if fact else "", "; ".join(sources)]


def _with_pages(site: Site, reader: Reader) -> dict[str, list[str]]:
    """Return the series with pages, each with the codes of its countries."""
    countries: dict[str, list[str]] = {}
    for row in series.countries(reader):
        if has_page(site, row.series, row.country):
            countries.setdefault(row.series, []).append(row.country)
    return countries


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    yield "/series"
    for name, codes in _with_pages(site, reader).items():
        yield series_page(name)
        yield from (series_page(name, code) for code in codes)


def _files(site: Site, reader: Reader) -> Iterator[File]:
    return (File(f"{series_page(name)}.csv") for name in _with_pages(site, reader))


def _of_all_countries(site: Site, reader: Reader) -> Iterator[str]:
    return (series_page(name) for name in _with_pages(site, reader))


def _charts_of(site: Site, reader: Reader, page: str) -> Sequence[Chart]:
    return charts_of_series(site, reader, page.rpartition("/")[2])


PAGE = Page(routes, addresses=_addresses, files=_files, charts=PageCharts("/series/", _of_all_countries, _charts_of))
