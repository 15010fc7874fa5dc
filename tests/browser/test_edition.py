"""A static edition as a reader has it on a disk, or from a host of files below some path; with scripts and without."""

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
_SHOWN = """(html) => {
    const page = html === null ? document : new DOMParser().parseFromString(html, "text/html");
    const results = page.getElementById("results");
    const plain = (part) => part?.textContent.replace(/\\s+/g, "") ?? "";
    const rows = [...results.querySelectorAll(".table-wrap:not([hidden]) tbody tr")].map(plain);
    const beside = ["#legend .legend-title", "#legend .legend-steps", "#years .years-most", "#years figcaption a"];
    const said = beside.map((part) => plain(page.querySelector(part)));
    return [plain(results.querySelector("h2")), plain(results.querySelector(".chosen")), ...said, ...rows];
}"""

_FOUND = """(expected) => {
    const found = [...document.querySelectorAll(".found")].map((one) => one.textContent.replace(/\\s+/g, ""));
    return JSON.stringify(found) === JSON.stringify(expected);
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *values: object) -> None: ...


@pytest.fixture(scope="module")
def hosted(edition: Edition) -> Iterator[str]:
    """The edition below a path of a plain host."""
    host = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(edition.folder.parent)))
    threading.Thread(target=host.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{host.server_address[1]}/{edition.folder.name}"
    host.shutdown()
    host.server_close()


@pytest.fixture
def go(browser: Browser, edition: Edition, hosted: str) -> Iterator[Go]:
    """Opens a file of the edition; any complaint of the browser, and any request to elsewhere, fails the test."""
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
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith((f"{roots[at]}/", "blob:")) else wrong.append(asked.url))
        page.goto(f"{roots[at]}/{file}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.mark.parametrize("at", ["disk", "host"])
def test_the_search_finds_what_the_servers_finds(go: Go, public_client: Client, at: str) -> None:
    page = go("method/index.html", at)
    for typed in QUERIES if at == "disk" else QUERIES[:2]:
        found = public_client.get(f"/api/v1/search?q={quote(typed)}").json()["results"]
        expected = ["".join(" ".join(("".join(one["label"]), "".join(one["name"] or ()), one["what"])).split()) for one in found]
        page.locator("#search").fill(typed)
        page.wait_for_function(_FOUND, arg=expected)


def test_a_match_leads_to_its_page_and_enter_to_all(go: Go) -> None:
    page = go("zh/country/KE/index.html")
    page.locator("#search").fill("华为")
    expect(page.locator(".found").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/zh/search/index\.html\?q="))
    page.locator("#main th a").first.click()
    expect(page.locator("h1")).to_contain_text("华为")
    assert "/zh/organization/ovt-" in page.url


def test_the_explorer_finds_what_the_servers_finds(go: Go, public_client: Client) -> None:
    for query in FILTERS:
        page = go(f"index.html{query}")
        expect(page.locator("#map")).to_have_attribute("data-state", "ready")
        expected = page.evaluate(_SHOWN, public_client.get(f"/{query}").text)
        assert len(expected) > 6 or "denied" in query
        assert page.evaluate(_SHOWN, None) == expected, query
        page.context.close()


def test_years_the_wrong_way_round_are_told(go: Go) -> None:
    page = go("zh/index.html?year_from=2020&year_to=2010")
    expect(page.locator("#results .notice")).to_contain_text("起始年份晚于截止年份")


def test_filters_are_chosen_and_taken_off(go: Go) -> None:
    page = go("index.html", width=390)
    expect(page.locator("#map")).to_have_attribute("data-state", "ready")
    whole = page.locator("#results h2").inner_text()
    page.locator("#open-filters").click()
    page.locator("[data-facet=country] > summary").click()
    page.locator("[data-facet=country] input[value=KE]").check()
    expect(page.locator("#results .chosen li")).to_have_count(1)
    assert page.locator("#results h2").inner_text() != whole
    page.locator("a.sheet-close").click()
    page.locator("#results .chosen a").click()
    expect(page.locator("#results h2")).to_have_text(whole)


def test_without_scripts_pages_say_what_needs_them(go: Go) -> None:
    page = go("index.html", script=False, width=390)
    note = page.locator(".edition-note")
    expect(note).to_contain_text("no server behind them")
    note.get_by_role("link", name="Countries").click()
    page.get_by_role("link", name="Kenya").first.click()
    expect(page.locator("h1")).to_have_text("Kenya")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("h1")).to_have_text("肯尼亚")
