"""Pages of figures, series, platforms, comparisons and sources in a browser.

They are short, have sections that unfold, fit a phone, and are readable without a script.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
PAGES = (
    "/figure/test-projects",
    "/series/freedom-on-the-net",
    "/series/freedom-on-the-net/KE",
    "/platform/youtube",
    "/compare?country=KE&country=LA",
    "/sources",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_at_most_four_screens_and_a_phone_scrolls_only_downwards(visit: Open, path: str) -> None:
    page = visit(path, script=False, width=1440)
    assert page.evaluate("document.documentElement.scrollHeight") <= 3_200
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_a_figure_rests_on_opens_when_a_link_leads_to_it(visit: Open) -> None:
    page = visit("/figure/test-projects", script=False)
    table = page.get_by_role("region", name="What the number rests on")
    expect(table).to_be_hidden()
    page.get_by_role("link", name="What would change it").click()
    expect(table).to_be_visible()


def test_sides_of_a_comparison_fit_a_phone(visit: Open) -> None:
    page = visit("/compare?country=KE&country=LA&country=FR&country=PK", script=False, width=390)
    row = page.get_by_role("region", name="Comparison").locator("tr", has_text="Restrictions")
    name, first = (row.locator(kind).first.bounding_box() for kind in ("th", "td"))
    assert name and first and first["y"] >= name["y"] + name["height"] - 1, "values are below the name of their row"


def test_the_old_page_of_overlaps_leads_to_the_section(visit: Open) -> None:
    page = visit("/overlaps", script=False)
    expect(page).to_have_url(re.compile(r"/sources#overlaps$"))
    page.get_by_text(re.compile(r"^Projects: ")).click()
    expect(page.locator("#chart-overlap-project svg").first).to_be_visible()
