"""Rules for every kind of page in both languages: small, no cookies, nothing inline, no files from other hosts."""

import gzip
import re
from urllib.parse import urljoin

import httpx
import pytest

from overt.http.static_files import static_folder
from overt.site.site import Site
from tests.security.test_hostile_text import _has_only_our_scripts
from tests.support.client import Client
from tests.support.crawl import Page
from tests.support.page_kinds import IN_SHIPPED_EDITION, PAGES, find_route, page_routes
from tests.support.small_atlas import SmallAtlas

MAX_BYTES = 60_000
"""Maximum compressed size of a page with the style sheets and drawings that a reader without JavaScript waits for. The fonts of
16 to 22 kB each don't count, because text is displayed before they load.
"""
CSS_LOADS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")


def test_every_page_has_an_address_here(site: Site, atlas: SmallAtlas) -> None:
    routes = {route.path for route in page_routes(site)}
    assert len(routes) > 20
    listed = {find_route(site, path.replace("RELEASE", atlas.release)) for path in PAGES.values()}
    # These redirect: the address that the command line prints, and the address of a page that is now a section.
    redirects = {"/figures/{name}", "/overlaps"}
    assert routes - listed == redirects, "add an address of each to tests/support/page_kinds.py"


@pytest.mark.slow(after=2)
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_small_and_loads_only_our_files(request: pytest.FixtureRequest, atlas: SmallAtlas, kind: str) -> None:
    client: Client = request.getfixturevalue("shipped" if kind in IN_SHIPPED_EDITION else "client")
    for base in ("", "/zh"):
        path = base + PAGES[kind].replace("RELEASE", atlas.release)
        answer = client.get(path)
        page = Page(path, answer.text)
        assert answer.headers["content-type"].startswith("text/html"), path
        assert "set-cookie" not in answer.headers
        assert [address for address in page.loaded if not address.startswith(("/static/", "#"))] == []
        assert _has_only_our_scripts(page)
        assert "style" not in page.tags
        assert [name for _, name, _ in page.attributes if name in ("style", "http-equiv") or name.startswith("on")] == []
        static = (address for address in page.loaded if address.startswith("/static/"))
        files = {address for address in static if not re.search(r"\.(js|woff2)\b", address)}
        assert files, path
        sizes = {address: compressed_size(client.get(address)) for address in files} | {path: compressed_size(answer)}
        assert sum(sizes.values()) <= MAX_BYTES, sizes


def compressed_size(answer: httpx.Response) -> int:
    """Return the size of a response, compressed with gzip at the server's level."""
    return len(gzip.compress(answer.content, 6))


def test_style_sheets_load_only_our_files() -> None:
    sheets = sorted(static_folder().rglob("*.css"))
    assert len(sheets) > 2
    for sheet in sheets:
        for url, imported in CSS_LOADS.findall(sheet.read_text(encoding="utf-8")):
            address = url or imported
            is_ours = urljoin("https://overt.example/static/", address).startswith("https://overt.example/static/")
            assert is_ours or address.startswith(("#", "data:image/svg+xml")), (sheet.name, address)
