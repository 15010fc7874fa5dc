"""A static edition opened from disk and from a file host, with and without scripts."""

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, built
from tests.support.client import Client
from tests.support.static_edition import Edition

pytestmark = pytest.mark.browser
QUERIES = (
    "huawei",
    "华为",
    "hua wei",
    "хуавэй",
    "hwawei",
    "nairobi",
    "kenya",
    "kenya safe city",
    "huawei kenya",
    "safe cities",
    "kenya shutdown",
    "real-name",
    "e",
)
FILTERS = (
    "?country=KE",
    "?kind=submarine-cable",
    "?sort=name&order=desc",
    "?q=huawei",
    "?year_from=2016&located=yes",
    "?status=denied",
)
Go = Callable[..., Page]
_VISIBLE_RESULTS = """(html) => {
    const page = html === null ? document : new DOMParser().parseFromString(html, "text/html");
    const results = page.getElementById("results");
    const plain = (part) => part?.textContent.replace(/\\s+/g, "") ?? "";
    const rows = [...results.querySelectorAll(".table-wrap:not([hidden]) tbody tr")].map(plain);
    const beside = ["#answer", "#legend .legend-title", "#legend .legend-steps", "#years .years-most", "#years figcaption a"];
    const texts = beside.map((part) => plain(page.querySelector(part)));
    return [plain(results.querySelector("h2")), plain(results.querySelector(".chosen")), ...texts, ...rows];
}"""

_LISTS_RESULTS = """(expected) => {
    const texts = [...document.querySelectorAll(".found")].map((result) => result.textContent.replace(/\\s+/g, ""));
    return JSON.stringify(texts) === JSON.stringify(expected);
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *values: object) -> None: ...


@pytest.fixture(scope="module")
def hosted(edition: Edition) -> Iterator[str]:
    """Serve the edition over HTTP from a subfolder, as a file host would; yield its address."""
    host = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(edition.folder.parent)))
    threading.Thread(target=host.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{host.server_address[1]}/{edition.folder.name}"
    host.shutdown()
    host.server_close()


@pytest.fixture
def go(browser: Browser, edition: Edition, hosted: str) -> Iterator[Go]:
    """Yield a function that opens a file of the edition. An error on the console or a request to another place fails the test."""
    built()
    wrong: list[str] = []
    contexts = []
    roots = {"disk": edition.folder.as_uri(), "host": hosted}

    def opened(file: str, at: str = "disk", *, script: bool = True, width: int = 1280) -> Page:
        viewport = {"width": width, "height": 900}
        context = browser.new_context(viewport=viewport, java_script_enabled=script)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        root = f"{roots[at]}/"
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith((root, "blob:")) else wrong.append(request.url))
        page.goto(f"{root}{file}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.mark.parametrize("at", ["disk", "host"])
@pytest.mark.slow
def test_the_search_has_the_results_of_the_server(go: Go, public_client: Client, at: str) -> None:
    page = go("method/index.html", at)
    for typed in QUERIES if at == "disk" else QUERIES[:2]:
        results = public_client.get(f"/api/v1/search?q={quote(typed)}").json()["results"]
        expected = [
            "".join(" ".join(("".join(row["label"]), "".join(row["name"] or ()), row["what"])).split()) for row in results
        ]
        page.locator("#search").fill(typed)
        page.wait_for_function(_LISTS_RESULTS, arg=expected)


def test_results_link_to_pages_and_enter_opens_all_results(go: Go) -> None:
    page = go("zh/country/KE/index.html")
    page.locator("#search").fill("华为")
    expect(page.locator(".found").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/zh/search/index\.html\?q="))
    page.locator("#main th a").first.click()
    expect(page.locator("h1")).to_contain_text("华为")
    assert "/zh/organization/ovt-" in page.url


def test_the_explorer_has_the_results_of_the_server(go: Go, public_client: Client) -> None:
    for query in FILTERS:
        page = go(f"explorer/index.html{query}")
        expect(page.locator("#map")).to_have_attribute("data-state", "ready")
        expected = page.evaluate(_VISIBLE_RESULTS, public_client.get(f"/explorer{query}").text)
        assert len(expected) > 6 or "denied" in query
        assert page.evaluate(_VISIBLE_RESULTS, None) == expected, query
        page.context.close()


def test_reversed_years_are_reported(go: Go) -> None:
    page = go("zh/explorer/index.html?year_from=2020&year_to=2010")
    expect(page.locator("#results .notice")).to_contain_text("起始年份晚于截止年份")


def test_filters_can_be_set_and_removed(go: Go) -> None:
    page = go("explorer/index.html", width=390)
    expect(page.locator("#map")).to_have_attribute("data-state", "ready")
    heading = page.locator("#results h2").inner_text()
    page.locator("#open-filters").click()
    page.locator("[data-facet=country] > summary").click()
    page.locator("[data-facet=country] input[value=KE]").check()
    expect(page.locator("#results .chosen li")).to_have_count(1)
    assert page.locator("#results h2").inner_text() != heading
    page.locator("a.sheet-close").click()
    page.locator("#results .chosen a").click()
    expect(page.locator("#results h2")).to_have_text(heading)


def test_without_scripts_pages_say_what_needs_them(go: Go) -> None:
    page = go("explorer/index.html", script=False, width=390)
    note = page.locator(".edition-note")
    expect(note).to_contain_text("without a server")
    note.get_by_role("link", name="Countries").click()
    page.get_by_role("link", name="Kenya", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Kenya")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("h1")).to_have_text("肯尼亚")
