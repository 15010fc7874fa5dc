"""A real Chromium, connected to a real server with the small atlas."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from overt.http.static_files import static_folder
from overt.queries.maps import explorer_columns
from overt.server.app import ServeSettings
from tests.importing.blocklist_files import HENAN, NATIONAL
from tests.server.test_many_readers import serving
from tests.support.blocklist_atlas import measured_atlas
from tests.support.command_built_atlas import make_statements
from tests.support.small_atlas import SmallAtlas
from tools.chromium_path_and_flags import FLAGS, chromium

NO_CANVAS = "HTMLCanvasElement.prototype.getContext = () => null"
"""A script that keeps the browser from drawing the interactive map."""
Open = Callable[..., Page]
PATIENCE = 20_000
"""Timeout in milliseconds: long enough for a slow machine, and short enough not to stall a run whose browser is broken."""
expect.set_options(timeout=PATIENCE)


def built() -> None:
    """Skip the test if the front end is not built."""
    if not (static_folder() / "built" / "map.js").is_file():
        pytest.skip("the front end is not built (make setup)")


def ready(page: Page) -> Page:
    """Return the page once its map and filters are ready. Skip the test if the front end is not built."""
    built()
    expect(page.locator("#map")).to_have_attribute("data-state", "ready")
    return page


def choose(page: Page, facet: str, value: str) -> None:
    """Open a facet and tick one of its values."""
    page.locator(f"[data-facet={facet}] > summary").click()
    page.locator(f"[data-facet={facet}] input[value='{value}']").check()


def confirmed(page: Page) -> Locator:
    """Return the status line. It repeats the heading once the server's page has replaced the browser's result."""
    return page.locator("[role=status]:has(+ #results)")


def content_width(page: Page) -> int:
    """Return the width of the page's content in pixels. If it exceeds the window's width, the page scrolls sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def first_number(text: str | None) -> int:
    """Return the first number in a text."""
    match = re.search(r"\d[\d,]*", text or "")
    assert match, text
    return int(match[0].replace(",", ""))


@pytest.fixture(scope="session")
def address(atlas: SmallAtlas) -> Iterator[str]:
    with serving(ServeSettings(atlas.workspace, atlas.release)) as url:
        yield url


@pytest.fixture
def tiled(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the explorer load points from tiles, as it does for very many projects, at all addresses with parameters."""
    for path in (
        "/",
        "/zh/",
        "/explorer",
        "/zh/explorer",
    ):  # The server caches these pages, so render them first in the form that other tests need.
        assert httpx.get(address + path, timeout=60).status_code == 200
    monkeypatch.setattr(explorer_columns, "MAX_PROJECTS", 0)


@contextmanager
def started() -> Iterator[Browser]:
    """Start Chromium, or skip the test. While it runs, the calling thread can't run another event loop."""
    path = chromium()
    if not path:
        pytest.skip("no Chromium here")
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=FLAGS) as browser,
    ):
        yield browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as running:
        yield running


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    """Yield a function that opens a page. An error on the console, a cookie or a request to another host fails the test."""
    wrong: list[str] = []
    contexts = []

    def is_status(message: ConsoleMessage, path: str) -> bool:
        """Return whether a message only reports the HTTP status of the page itself, which may be an error."""
        return message.text.startswith("Failed to load resource") and message.location["url"] == address + path

    def opened(
        path: str,
        *,
        script: bool = True,
        canvas: bool = True,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        locale: str = "en-GB",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            reduced_motion="reduce",
            color_scheme="dark" if dark else "light",
            locale=locale,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if not canvas:
            context.add_init_script(NO_CANVAS)
        page = context.new_page()
        page.on(
            "console",
            lambda message: wrong.append(message.text) if message.type == "error" and not is_status(message, path) else None,
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(f"{address}/") else wrong.append(request.url))
        page.goto(address + path)
        return page

    yield opened
    assert not [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert wrong == []


DAYS = {
    NATIONAL: {
        "2024-03-03": ["alder.example", "x.com"],
        "2024-03-04": ["alder.example", "xn--bcher-kva.example"],
        "2024-10-08": ["alder.example", "x.com"],
        "2024-10-09": ["alder.example"],
    },
    HENAN: {"2024-03-03": ["alder.example"], "2024-03-04": ["x.com"]},
}


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory) -> ServeSettings:
    """Settings that serve an atlas with blocklists of domains and one project."""
    atlas = measured_atlas(tmp_path_factory.mktemp("lookup"), DAYS, dns=["x.com", "other.example"])
    atlas.fetch("alpha", make_statements("project", "p", name="Safe City"))
    return ServeSettings(atlas.workspace, atlas.build())
