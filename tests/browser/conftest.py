"""A real Chromium in front of a real server with the small atlas."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from overt.http.static_files import static_folder
from overt.queries import explorer_columns as columns
from overt.server.app import ServeSettings
from tests.server.test_many_readers import serving
from tests.support.small_atlas import SmallAtlas
from tools.chromium import FLAGS, chromium

NO_CANVAS = "HTMLCanvasElement.prototype.getContext = () => null"
"""As in a browser that cannot draw the interactive map; all else is there."""
Open = Callable[..., Page]
PATIENCE = 20_000
"""Milliseconds after which what does not come is held to be missing: long for any machine, short where a browser is broken."""
expect.set_options(timeout=PATIENCE)


def built() -> None:
    """Skips the test where the front end has not been built."""
    if not (static_folder() / "built" / "map.js").is_file():
        pytest.skip("the front end has not been built (make setup)")


def ready(page: Page) -> Page:
    """The page once its map is there and filters are live."""
    built()
    expect(page.locator("#map")).to_have_attribute("data-state", "ready")
    return page


def choose(page: Page, facet: str, value: str) -> None:
    """Opens a facet and ticks one of its values."""
    page.locator(f"[data-facet={facet}] > summary").click()
    page.locator(f"[data-facet={facet}] input[value='{value}']").check()


def confirmed(page: Page) -> Locator:
    """The line that says the heading again once the server's page has taken the place of what was found in the browser."""
    return page.locator("[role=status]:has(+ #results)")


@pytest.fixture(scope="session")
def address(atlas: SmallAtlas) -> Iterator[str]:
    with serving(ServeSettings(atlas.workspace, atlas.release)) as found:
        yield found


@pytest.fixture
def tiled(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses with parameters give the explorer of very many projects, whose points come as tiles."""
    for path in ("/", "/zh/"):  # the server makes these by itself, some time, and keeps them: first as others need them
        assert httpx.get(address + path, timeout=60).status_code == 200
    monkeypatch.setattr(columns, "MOST", 0)


@contextmanager
def started() -> Iterator[Browser]:
    """A Chromium; skips the test where there is none. While it is there, nothing else in its thread has a loop of events."""
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
    with started() as found:
        yield found


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page; at the end, any complaint of the browser and any request to another host fails the test."""
    wrong: list[str] = []
    contexts = []

    def is_status(said: ConsoleMessage, path: str) -> bool:
        """Whether it only tells the status of the page itself, which may be one of an error."""
        return said.text.startswith("Failed to load resource") and said.location["url"] == address + path

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
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" and not is_status(said, path) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(f"{address}/") else wrong.append(asked.url))
        page.goto(address + path)
        return page

    yield opened
    assert not [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    assert wrong == []
