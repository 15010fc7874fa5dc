"""axe-core finds no violation on any kind of page in either language, and the console reports at most the page's own status.

In light mode on a desktop, axe-core's default rules and EXPERIMENTAL are checked; in dark mode on a phone, only BY_LOOK.
"""

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from overt.server.app import ServeSettings
from tests.browser.conftest import NO_CANVAS, Open, content_width, ready
from tests.server.test_many_readers import serving
from tests.support.page_kinds import KINDS, PAGES
from tests.support.small_atlas import SmallAtlas

pytestmark = pytest.mark.browser
BY_LOOK = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
"""Rules that depend on the theme or the width."""
EXPERIMENTAL = (
    "label-content-name-mismatch",
    "focus-order-semantics",
    "td-has-header",
    "table-fake-caption",
    "css-orientation-lock",
)
"""Rules that axe-core runs only on request."""


def violations(page: Page, rules: list[str] | None = None) -> list[tuple[str, Any]]:
    """Return the violations of axe-core's default rules (WCAG 2.2 AA and best practice) and of EXPERIMENTAL, or only of `rules`.

    Each has the first element that violates the rule.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    chosen = {"runOnly": rules} if rules else {"rules": {rule: {"enabled": True} for rule in EXPERIMENTAL}}
    options = {"resultTypes": ["violations"], "preload": False, "iframes": False} | chosen
    violated = page.evaluate("options => axe.run(options)", options)["violations"]
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in violated]


@pytest.mark.slow(after=15)
@pytest.mark.parametrize("base", ["", pytest.param("/zh", marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", KINDS)
def test_no_violation(browser: Browser, address: str, atlas: SmallAtlas, kind: str, base: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", color_scheme="light")
    if kind != "explorer":
        context.add_init_script(NO_CANVAS)
    page = context.new_page()
    messages: list[tuple[str, str]] = []
    page.on("console", lambda message: messages.append((message.text, message.location["url"])))
    visited = f"{address}{base}{PAGES[kind].replace('RELEASE', atlas.release)}"
    try:
        page.goto(visited)
        if kind == "explorer":
            ready(page)
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 390, "height": 844})
        assert content_width(page) <= 390, "nothing to scroll sideways"
        assert violations(page, BY_LOOK) == [], "in the dark on a phone"
        status = "Failed to load resource"
        assert [message for message in messages if not (message[0].startswith(status) and message[1] == visited)] == []
    finally:
        context.close()


def test_violations_are_detected(visit: Open) -> None:
    page = visit("/method")
    page.evaluate("document.querySelector('h1').innerHTML = '<a href=\"/\"><img src=\"/static/logo.svg\"></a>'")
    assert {name for name, _ in violations(page)} >= {"image-alt", "link-name"}


def check_accessibility(page: Page) -> None:
    """Check that a page has no violation when wide in light mode or narrow in dark mode, and that it fits a narrow window."""
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    assert content_width(page) <= 390, "nothing to scroll sideways"
    assert violations(page, BY_LOOK) == []


@pytest.mark.parametrize(
    "path", ["/country/CN", "/country/CN/restrictions", "/country/CN/blocked", "/zh/platform/x", "/domain/x.com", "/domain"]
)
@pytest.mark.slow(after=1)
def test_pages_about_blocking_are_accessible(browser: Browser, measured: ServeSettings, path: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    try:
        with serving(measured) as address:
            page.goto(address + path)
            page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true; })")
            check_accessibility(page)
    finally:
        context.close()
