"""An edition and the server have the same content, page by page and response by response.

This holds for a complete release and for a subset.
"""

import re
from html import unescape
from urllib.parse import unquote, urlsplit

import pytest

from overt.edition.page_and_link_rewriting import _NEEDS_SCRIPT, _NEEDS_SERVER, _SHADES
from tests.support.client import HOST, Client
from tests.support.crawl import Page
from tests.support.static_edition import Edition, resolve_link

Pair = tuple[Edition, Client]
NOTE = re.compile(r'<(?:noscript|div) class="edition-note">.*?</(?:noscript|div)>\n?', re.DOTALL)


def address_of(edition: Edition, file: str) -> str:
    part = edition.plan[file]
    in_language = part.way in ("page", "application") or file.startswith(f"{part.code}/")
    return edition.sites[part.code].url(part.address) if in_language else part.address


@pytest.mark.slow
def test_every_page_equals_the_page_of_the_server(pair: Pair) -> None:
    edition, outside = pair
    pages = [file for file, part in edition.plan.items() if part.way == "page"]
    assert len(pages) > 100
    for file in pages:
        response = outside.get(address_of(edition, file))
        assert response.status_code in (200, 410), file
        theirs = _SHADES.sub("", _NEEDS_SERVER.sub("", response.text))
        if "built/still-search.js" not in edition.text("explorer/index.html"):
            theirs = _NEEDS_SCRIPT.sub("", theirs)
        ours = Page(file, NOTE.sub("", edition.text(file)))
        assert ours.text.split() == Page(file, theirs).text.split(), file


def test_every_link_has_the_target_of_the_server(pair: Pair) -> None:
    """Each link in the edition leads to the file of the page to which the server links. There are no links to missing pages."""
    edition, outside = pair
    addresses = {file: address_of(edition, file).partition(" ")[0] for file in edition.plan}
    compared = 0
    for file in [file for file, part in edition.plan.items() if part.way == "page"][::3]:
        theirs = re.findall(r'<a [^>]*?href="([^"]*)"', _NEEDS_SERVER.sub("", outside.get(address_of(edition, file)).text))
        expected = {unquote(unescape(link)).partition("#")[0] for link in theirs}
        for link in Page(file, NOTE.sub("", edition.text(file))).links:
            path = urlsplit(link).path
            if not path or urlsplit(link).scheme:
                continue
            target = resolve_link(file, path)
            query = urlsplit(link).query
            if query:
                assert target.removeprefix("zh/") in ("explorer/index.html", "search/index.html"), (file, link)
                continue
            if "/charts/" in target:
                continue
            target_address = addresses[target]
            ways = {target_address, target_address.partition("?")[0]}
            claims = any(other.removeprefix("/zh").startswith("/claim/") for other in expected)
            assert ways & {other.partition("?")[0] for other in expected} | ways & expected or claims, (
                file,
                link,
                target_address,
            )
            compared += 1
    assert compared > 500


def test_every_answer_equals_that_of_the_server(pair: Pair) -> None:
    """Responses are equal byte for byte, except that the edition's addresses have no host.

    Feeds of changes, and Parquet files outside the release's folder, are requested but not compared.
    """
    edition, outside = pair
    files = [file for file, part in edition.plan.items() if part.way in ("function", "application", "table")]
    assert {file.rpartition(".")[2] for file in files} >= {"json", "geojson", "csv", "parquet", "bib", "jsonld", "svg"}
    for file in files:
        response = outside.get(address_of(edition, file))
        assert response.status_code == 200, file
        ours = (edition.folder / file).read_bytes()
        if file.endswith(".parquet") and not file.startswith("release/"):
            continue  # the host can't be removed from the addresses in this file, because they are compressed
        if file.endswith(("/changes.atom", "/changes.json")):
            continue  # without the site's address, a feed has no addresses
        assert ours == response.content.replace(HOST.encode(), b""), file


def test_charts_equal_those_of_the_server(pair: Pair) -> None:
    edition, outside = pair
    paths = sorted(edition.folder.glob("**/charts/*"))
    assert {path.suffix for path in paths} == {".csv", ".svg"}
    for path in paths[::5]:
        response = outside.get("/" + path.relative_to(edition.folder).as_posix())
        assert path.read_bytes() == response.content, path
