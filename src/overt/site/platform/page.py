"""The page of a platform: recorded restrictions, replacements in both directions, blocklists, and measured blocking."""

from collections.abc import Iterator, Sequence
from functools import partial

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from overt.language.citations import Citation
from overt.language.language import N_
from overt.language.safe_csv import csv_parts
from overt.queries.blocking import blocklists as observed
from overt.queries.blocking import domain_categories_and_services
from overt.queries.blocking import measurements as measured
from overt.queries.blocking.blocklists import ObservedSeries, PlatformListing
from overt.queries.database import Reader
from overt.site import measurement_sections
from overt.site.blocked_quarters import Quarters
from overt.site.blocking_sentences import list_sentences, over_words, platform_days
from overt.site.blocklist_series_order_and_texts import dated_first, key, listing_period, localize_series
from overt.site.citations_and_linked_data.citation_box import citation_box
from overt.site.citations_and_linked_data.cited_documents_and_sources import sources_behind
from overt.site.page_declaration import File, Page
from overt.site.platform.country_map import draw_countries, key_lines
from overt.site.platform.country_sentences import leads_with_age, years_old
from overt.site.platform.lasting_block_rule import precedes_beginning
from overt.site.platform.platform_report import platform_report
from overt.site.platform.publishers_citing_others import original_first
from overt.site.platform.recorded_restrictions import recorded, recorded_platforms
from overt.site.platform.restriction_files import restriction_lines
from overt.site.platform.restriction_reporters import Restrictions
from overt.site.platform.restriction_state_by_country import OPEN, other_rows
from overt.site.platforms_and_domains_with_pages import measured_platforms, platform_term
from overt.site.restriction_facts import EVENTS, is_around_event, known_end
from overt.site.sentences.evidence_marks import evidence_mark
from overt.site.site import Site

_UNKNOWN = N_("There is no platform of this name.")


def routes(site: Site) -> APIRouter:
    """Return the routes of `/platform/…` and of its restrictions as CSV."""
    router = APIRouter(include_in_schema=False)

    @router.get("/platform/{platform}/restrictions.csv")
    def restrictions_csv(platform: str) -> Response:
        if platform_term(site, platform) is None:
            raise HTTPException(404, site.gettext(_UNKNOWN))
        with site.database.lease() as reader:
            lines = restriction_lines(site, recorded(site, reader, platform).restricted)
        return StreamingResponse(csv_parts(lines), media_type="text/csv; charset=utf-8")

    @router.get("/platform/{platform}")
    def platform_page(request: Request, platform: str) -> Response:
        with site.database.lease() as reader:
            domains = observed.platform_domains(reader, platform).get(platform)
            listed_rows, series = (
                observed.platform_listings(reader, platform=platform),
                dated_first(localize_series(site, observed.series(reader))),
            )
            quarters = Quarters(site, reader, platform=platform)
            hosts = domain_categories_and_services.hosts_of_platform(reader, platform)
            singles = measurement_sections.measurements_of_names(site, reader, measured.platform_names(reader, platform))
            term = platform_term(site, platform)
            if term is None or domains is None:
                raise HTTPException(404, site.gettext(_UNKNOWN))
            on_record = recorded(site, reader, platform)
            report = platform_report(site, reader, term["label"], on_record.restricted)
            restrictions, grouped = report.restrictions, report.grouped
            behind = sources_behind(
                site,
                reader,
                documents=[row.documents[0].id for row in restrictions.rows if row.documents],
                slugs=[source for row in restrictions.rows for source in row.sources],
            )
        by_key = {key(row): row for row in series}
        return site.page(
            "platform/template.html",
            request=request,
            section="/blocked",
            platform=term,
            answer=[*report.sentences, *_most_listed(site, listed_rows, series)],
            map=draw_countries(site, grouped),
            key=key_lines(site, grouped),
            grouped=grouped,
            cite=citation_box(site, _cited(site, platform, restrictions), behind),
            open_states=OPEN,
            leads_with_age=leads_with_age(grouped),
            years_old=partial(years_old, site),
            precedes_beginning=precedes_beginning,
            over_by=lambda row: report.over.get(row.record.id),
            over_words=partial(over_words, site.language),
            around_event=lambda row: is_around_event(row.record, row.reported),
            events=EVENTS,
            known_end=known_end,
            other_restrictions=other_rows(restrictions, report.states),
            evidence=partial(evidence_mark, site),
            publisher_name=partial(original_first, site),
            restrictions=restrictions,
            listed=[
                {
                    **row._asdict(),
                    "list": by_key[key(row)],
                    "since": listing_period(row, by_key[key(row)]),
                    "at": list(by_key).index(key(row)),
                    "strip": quarters.strip(row.domain, key(row)) if row.days else None,
                }
                for row in sorted(listed_rows, key=lambda row: (row.position, list(by_key).index(key(row))))
            ],
            frames=[quarters.frame(key(series_row)) if series_row.days else None for series_row in series],
            span=quarters.span() if any(row.days for row in listed_rows) else "",
            quarters=[
                (series_row, quarters.table(key(series_row), [(platform, name) for name in domains]))
                for series_row in series
                if series_row.days
            ],
            single=singles,
            replaces=on_record.replaces,
            host_rows=hosts,
            without=[name for name in domains if name not in {row.domain for row in listed_rows}],
            series=series,
        )

    return router


def _cited(site: Site, platform: str, restrictions: Restrictions) -> Citation:
    """Return the citation of a platform's page, with its title in English and in the site's language."""
    term = site.words.terms["platforms"][platform]
    label = term.label if site.language.code == "en" else term.other or term.label
    facts = (fact for row in restrictions.rows for of_property in row.record.facts.values() for fact in of_property)
    slugs = sorted({fact.source for fact in facts if fact.source})
    titles = tuple(site.title_of(slug) for slug in slugs)
    return Citation(
        platform,
        f"{label}: where it is or was blocked",
        f"Platform {platform}",
        f"/platform/{platform}",
        titles,
        files=False,
        local_title=site.gettext("%(service)s: where it is or was blocked", service=term.label),
    )


def _most_listed(site: Site, listings: Sequence[PlatformListing], series: Sequence[ObservedSeries]) -> list[str]:
    """Return sentences on the listings of the platform's most frequently listed domain."""
    if not listings:
        return []
    domain = max(listings, key=lambda row: (row.measurements or 0, -row.position)).domain
    return list_sentences(site, domain, platform_days(listings, domain), series)


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    named = dict.fromkeys([*measured_platforms(reader), *recorded_platforms(site, reader)])
    return (f"/platform/{platform}" for platform in named)


def _files(site: Site, reader: Reader) -> Iterator[File]:
    return (File(f"/platform/{platform}/restrictions.csv") for platform in recorded_platforms(site, reader))


PAGE = Page(routes, addresses=_addresses, files=_files)
