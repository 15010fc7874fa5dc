"""Pages of measurements are accessible, including on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.test_accessibility import check_accessibility
from tests.server.test_many_readers import serving
from tests.site.test_measurements import settings_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(settings_of(tmp_path_factory.mktemp("measurements"))) as url:
        yield url


@pytest.mark.parametrize("path", ["/country/KE/restrictions", "/zh/platform/telegram", "/domain/x.com", "/measured/KE/x.com"])
@pytest.mark.slow(after=1)
def test_pages_of_measurements_are_accessible(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    try:
        page.goto(address + path)
        assert page.locator("td[data-label]").count() > 0
        check_accessibility(page)
    finally:
        context.close()
