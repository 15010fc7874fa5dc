"""Open pages of a served edition in Chromium, and wait until they are ready for a picture."""

from urllib.parse import urljoin

from playwright.sync_api import Page

PROJECT = "/project/ovt-hyxutj6ak5ex"
"""Path of the project whose page and first claim appear in the screenshots."""
CLAIM_LINK = "cite or check this"
"""The text of links from a project to its claims."""


def open_page(page: Page, address: str, *, may_be_missing: bool = False, has_script: bool = True) -> None:
    """Open a page and wait until its fonts, and the tiles and labels of its map, are there.

    `may_be_missing`: whether an answer such as 404 is expected. `has_script`: whether the page's scripts run; without them, the
    page's map never becomes ready. Raises AssertionError if the server answers with an error.
    """
    response = page.goto(address)
    assert response is not None
    assert response.ok or may_be_missing, f"{address}: {response.status}"
    if has_script and page.locator("#map[data-world]").count():
        page.locator("#map[data-state=ready]").wait_for(timeout=120_000)
        page.wait_for_timeout(3000)  # tiles and labels fade in
    page.evaluate("document.fonts.ready.then(() => true)")


def claim_address(page: Page) -> str:
    """Return the address of the first claim of the project whose page is open."""
    link = page.get_by_role("link", name=CLAIM_LINK, include_hidden=True).first  # it can be in a closed section
    return urljoin(page.url, link.get_attribute("href"))
