"""What every kind of page keeps to, in both languages: nothing from elsewhere, no cookie, nothing inline, few bytes."""

import gzip
import re
from urllib.parse import urljoin

import httpx
import pytest

from overt.http.static_files import static_folder
from overt.site.site import Site
from tests.security.test_hostile import _has_only_our_scripts
from tests.support.client import Client
from tests.support.crawl import Page
from tests.support.page_kinds import PAGES, find_route, page_routes
from tests.support.small_atlas import SmallAtlas

MOST_BYTES = 60_000
"""What a page may weigh as it is sent, with all that a reader without JavaScript waits for: style sheets and drawings.

Not the two fonts of 16 kB each: the text stands there before them.
"""
CSS_LOADS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")


def test_there_is_an_address_of_every_page(site: Site, atlas: SmallAtlas) -> None:
    routes = {route.path for route in page_routes(site)}
    assert len(routes) > 20
    known = {find_route(site, path.replace("RELEASE", atlas.release)) for path in PAGES.values()}
    leads_on = {"/figures/{name}"}  # to the page of a figure, from its address as the command line writes it
    assert routes - known == leads_on, "add an address of each to tests/support/page_kinds.py"


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_small_and_loads_only_our_files(client: Client, atlas: SmallAtlas, kind: str) -> None:
    for base in ("", "/zh"):
        path = base + PAGES[kind].replace("RELEASE", atlas.release)
        answer = client.get(path)
        page = Page(path, answer.text)
        assert answer.headers["content-type"].startswith("text/html"), path
        assert "set-cookie" not in answer.headers
        assert [address for address in page.loaded if not address.startswith(("/static/", "#"))] == []
        assert _has_only_our_scripts(page)
        assert "style" not in page.tags
        assert [one for one in page.attributes if one[1] in ("style", "http-equiv") or one[1].startswith("on")] == []
        files = {address for address in page.loaded if address.startswith("/static/") and ".js" not in address}
        assert files, path
        weights = {address: packed(client.get(address)) for address in files} | {path: packed(answer)}
        assert sum(weights.values()) <= MOST_BYTES, weights


def packed(answer: httpx.Response) -> int:
    """How many bytes it is with gzip, as the server packs it."""
    return len(gzip.compress(answer.content, 6))


def test_style_sheets_load_only_what_lies_beside_them() -> None:
    sheets = sorted(static_folder().rglob("*.css"))
    assert len(sheets) > 2
    for sheet in sheets:
        for found in CSS_LOADS.findall(sheet.read_text(encoding="utf-8")):
            address = found[0] or found[1]
            beside = urljoin("https://overt.example/static/", address).startswith("https://overt.example/static/")
            assert beside or address.startswith(("#", "data:image/svg+xml")), (sheet.name, address)
