"""Readers can follow links from a name or a number to the evidence for a value, and evidence marks have a tooltip."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, first_number

pytestmark = pytest.mark.browser


def test_from_a_name_to_the_bytes(visit: Open) -> None:
    """Search for 华为, then open the company, one of its projects, the claim behind a value, and the cell that states it."""
    page = visit("/explorer", script=False)
    page.locator("header input[name=q]").fill("华为")
    page.keyboard.press("Enter")
    first = page.locator(".matches a").first
    expect(first).to_contain_text("Huawei")
    first.click()
    expect(page.locator("h1").first).to_contain_text("Huawei")
    page.locator("details.fold", has=page.locator("#projects")).locator("summary").click()
    page.get_by_role("table").get_by_role("link", name="5G trial in Laos").first.click()
    expect(page.locator("h1")).to_have_text("5G trial in Laos")
    page.locator("td.ledger-value .evidence-mark").first.click()
    claim = page.locator("li.claim:target")
    expect(claim).to_contain_text("open_projects.csv · row=")
    claim.locator("a", has_text="cite or check this").click()
    expect(page.locator("h1")).to_contain_text("5G trial in Laos")
    page.locator("details.machine > summary").click()
    expect(page.locator("details.machine")).to_contain_text("SHA-256 6f70656e")


def test_the_mark_has_a_tooltip_for_pointer_and_keyboard(visit: Open) -> None:
    page = visit("/project/" + _project(visit))
    mark = page.locator("td.ledger-value .evidence-mark").first
    tip = mark.locator(".tip")
    expect(tip).to_be_hidden()
    mark.hover()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("retrieved")
    page.mouse.move(0, 0)
    page.locator("h1").click()
    expect(tip).to_be_hidden()
    mark.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(tip).to_be_visible()


def _project(visit: Open) -> str:
    href = visit("/explorer?q=cable", script=False).locator("#results tbody th a").first.get_attribute("href") or ""
    return href.rpartition("/")[2]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desk", "phone"])
def test_a_researcher_follows_a_number_to_its_place_in_the_capture(visit: Open, size: tuple[int, int], script: bool) -> None:
    page = visit("/figures", script=script, canvas=False, width=size[0], height=size[1])
    figures = page.get_by_role("table").filter(has=page.get_by_role("columnheader", name="Others say"))
    line = figures.get_by_role("row", name="Projects of the test")
    value = first_number(line.get_by_role("cell").first.inner_text())
    line.get_by_role("cell").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Projects of the test")
    expect(page).to_have_url(re.compile(r"/figure/test-projects#rows$"))
    page.get_by_role("checkbox", name="Show rows").check()
    table = page.get_by_role("region", name="Rows", exact=True).get_by_role("table")
    rows = table.locator("tbody").get_by_role("row")
    assert value > 1
    expect(rows, "the number counts its rows").to_have_count(value)
    rows.filter(has_text="5G trial in Laos").get_by_role("link", name="evidence").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("5G trial in Laos")
    claim = page.get_by_role("listitem").filter(has_text="open_projects.csv").filter(has_text="2019")
    claim.get_by_role("link", name="cite or check this").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2019")
    place = page.locator("details.machine")
    place.locator("summary").click()
    expect(page.locator(".exhibit").first).to_contain_text("open_projects.csv")
    expect(place).to_contain_text(re.compile(r"row=\d+;col=agreed"))
    expect(place).to_contain_text(re.compile(r"SHA-256 [0-9a-f]{64}"))
