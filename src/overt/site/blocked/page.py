"""The page on what is blocked: restricted services, countries with restrictions, and ways to look up a domain."""

from collections import Counter
from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.language.label_order import sort_key
from overt.queries import records
from overt.queries.blocking import blocklists
from overt.queries.blocking.blocked_services import BlockedService, blocked_services, restricted_countries
from overt.site.blocking_sentences import over_words, service_name
from overt.site.page_declaration import Page
from overt.site.platform.ends_implied_by_later_blocks import Over, Service, over_services
from overt.site.platform.restriction_reporters import unended_rows
from overt.site.site import Site

_MAX_SERVICES = 1_000
"""Maximum number of services in the list."""


def routes(site: Site) -> APIRouter:
    """Return the route of `/blocked`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/blocked")
    def blocked(request: Request) -> Response:
        with site.database.lease() as reader:
            services, countries = blocked_services(reader), restricted_countries(reader)
            series = blocklists.series(reader)
            recorded = records.records(reader, dict.fromkeys(row.id for row in services))
            over = over_services(unended_rows(reader, recorded), recorded)
        restrictions = {row.id: row for row in services}.values()
        services.sort(key=lambda row: sort_key(site.words.area(row.country)))
        return site.page(
            "blocked/template.html",
            request=request,
            section="/blocked",
            services=[
                {**row._asdict(), "name": service_name(site.words, bool(row.known), row.service), "over": _over(site, row, over)}
                for row in services[:_MAX_SERVICES]
            ],
            all_services=len(services),
            total=len(restrictions),
            platforms=[(platform, site.words.term("platforms", platform), n) for platform, n in _platforms(services)],
            lasting=sum(not row.ended for row in restrictions),
            most=Counter(row.country for row in restrictions).most_common(1),
            countries=countries,
            has_lists=bool(series),
            measured=sorted({row.country for row in series if row.country}),
        )

    return router


def _platforms(services: Sequence[BlockedService]) -> list[tuple[str, int]]:
    """Return the platforms that were blocked, shut off or throttled, each with the number of countries, highest first."""
    cut = {(row.service, row.country) for row in services if row.known and row.is_cut}
    counts = Counter(platform for platform, _ in cut)
    return sorted(counts.items(), key=lambda count: (-count[1], count[0]))


def _over(site: Site, row: BlockedService, over: Mapping[str, Mapping[Service, Over]]) -> str:
    """Return the date by which a service's restriction without a reported end had ended, in words; empty if none is known."""
    by = over.get(row.id, {}).get(Service("platform" if row.known else "service", row.service))
    return over_words(site.language, by) if by else ""


PAGE = Page(routes, addresses=lambda site, reader: ["/blocked"])
