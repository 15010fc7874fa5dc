"""An address for every kind of page in the small atlas, and the routes of the site's pages."""

import pytest
from fastapi.routing import APIRoute

from overt.model.record_ids import canonical_id
from overt.site.page_declaration import site_routes
from overt.site.site import Site
from tests.support.small_atlas_rows import make_sources

CLAIM = next(claim.id for source in make_sources() for claim in source.claims if claim.record == "open_register:treaty")
PAGES = {
    "home": "/",
    "explorer": "/explorer",
    "findings": "/findings",
    "finding": "/finding/sixty-three",
    "what is blocked": "/blocked",
    "explorer, filtered": "/explorer?country=KE&status=operational",
    "explorer, nothing fits": "/explorer?q=nothing+is+called+so",
    "figures": "/figures",
    "figure": "/figure/test-projects",
    "figure without a value": "/figure/test-secret",
    "figure in another page": "/figure/test-projects/embed",
    "countries": "/countries",
    "country": "/country/KE",
    "regions": "/regions",
    "region": "/region/asean",
    "region without a project": "/region/polynesia",
    "country without a record": "/country/FR",
    "state programmes of a country": "/country/KE/programmes",
    "cables of a country": "/country/KE/cables",
    "money of a country": "/country/KE/money",
    "laws and agreements of a country": "/country/RU/agreements",
    "indexes of a country": "/country/KE/indexes",
    "what we don't know about a country": "/country/KE/unknown",
    "country on one page": "/country/KE/print",
    "rows of a country": "/country/KE/rows?lacking=place",
    "restrictions of a country": "/country/KE/restrictions",
    "timeline of a country": "/country/KE/timeline",
    "what is blocked in a country, nothing measured": "/country/KE/blocked",
    "all series": "/series",
    "series": "/series/freedom-on-the-net",
    "series of a country": "/series/belt-and-road-member/LA",
    "companies": "/companies",
    "organisation": f"/organization/{canonical_id('secret_map:huawei')}",
    "organisation in a country": f"/organization/{canonical_id('secret_map:huawei')}/in/KE",
    "organisation in a country, nothing recorded": f"/organization/{canonical_id('secret_map:huawei')}/in/FR",
    "compare": "/compare?country=KE&country=LA",
    "compare, nothing chosen": "/compare",
    "compare, companies": f"/compare?company={canonical_id('secret_map:huawei')}&company={canonical_id('open_register:bank')}",
    "project": f"/project/{canonical_id('secret_map:nairobi')}",
    "cable": f"/project/{canonical_id('open_projects:cable')}",
    "agreements": "/agreements",
    "topic of laws": "/topic/real-name-registration",
    "programmes": "/programmes",
    "totals": "/totals",
    "corrections": "/corrections",
    "laws": "/agreements?group=laws&country=RU",
    "agreement": f"/agreement/{canonical_id('open_register:treaty')}",
    "law": f"/agreement/{canonical_id('open_register:law/2021')}",
    "law of the past": f"/agreement/{canonical_id('open_register:law/2014')}",
    "document": f"/record/{canonical_id('open_register:report')}",
    "record": f"/record/{canonical_id('open_projects:ke/2022')}",
    "claim": f"/claim/{CLAIM}",
    "sources": "/sources",
    "source": "/source/open_projects",
    "platform": "/platform/youtube",
    "look up a domain": "/domain",
    "look up what is no domain": "/domain?name=a..b",
    "domain": "/domain/example.org",
    "measurements that are not there": "/measured/KE/example.org",
    "maps for programs": "/ogc?f=html",
    "maps for programs, a collection": "/ogc/collections/projects?f=html",
    "maps for programs, what is in one": "/ogc/collections/projects/items?f=html",
    "maps for programs, a thing": f"/ogc/collections/projects/items/{canonical_id('secret_map:nairobi')}?f=html",
    "maps for programs, parameters": "/ogc/api?f=html",
    "releases": "/releases",
    "release": "/release/RELEASE",
    "release that is not here": "/release/none",
    "method": "/method",
    "search": "/search",
    "search, found": "/search?q=huawei",
    "not found": "/nothing",
    "withdrawn": f"/project/{canonical_id('open_projects:gone')}",
    "cannot be read": "/explorer?kind=nothing",
}
"""Addresses by kind. RELEASE is a placeholder for the release's id."""
IN_SHIPPED_EDITION = frozenset({"finding"})
"""Kinds whose address redirects in the small atlas, which supports no finding, and is a page in the shipped edition."""
_MAIN = frozenset(
    {
        "home", "explorer", "findings", "what is blocked", "figures", "figure", "countries", "country", "country on one page",
        "region", "series", "companies", "organisation", "organisation in a country", "compare", "project", "agreements",
        "corrections", "law", "record", "claim", "sources", "platform", "domain", "release", "method", "search, found",
        "not found", "maps for programs, a collection",
    }
)  # fmt: skip
KINDS = [
    kind if kind in _MAIN else pytest.param(kind, marks=pytest.mark.slow) for kind in PAGES if kind not in IN_SHIPPED_EDITION
]
"""Kinds of pages of the small atlas as parameters of tests. Those in `_MAIN` always run, the others only in `make test-all`."""


def page_routes(site: Site) -> list[APIRoute]:
    """Return the routes of a site's pages, without downloads."""
    return [route for route in site_routes(site) if not _is_file(route.path.rpartition("/")[2])]


def _is_file(last: str) -> bool:
    return "." in last or last == "{file}"


def find_route(site: Site, path: str) -> str | None:
    """Return the path of the page's route that handles an address; None if there is none."""
    path = path.partition("?")[0]
    return next((route.path for route in page_routes(site) if route.path_regex.match(path)), None)
