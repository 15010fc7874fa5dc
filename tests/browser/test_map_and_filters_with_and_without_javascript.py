"""The explorer's map and filters with and without JavaScript, on a desktop and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, built, choose, ready

pytestmark = pytest.mark.browser
ALL_PROJECTS = "14 projects"


def test_the_map_appears_and_filters_work_immediately(visit: Open) -> None:
    page = ready(visit("/explorer"))
    expect(page.locator(".map-canvas")).to_be_visible()
    expect(page.locator("#results h2")).to_have_text(ALL_PROJECTS)
    choose(page, "country", "KE")
    expect(page.locator("#results h2")).to_have_text("3 projects")
    expect(page).to_have_url(re.compile(r"\?country=KE$"))
    expect(page.locator("#answer")).to_contain_text("3 projects in")
    expect(page.locator("#results tbody tr")).to_have_count(3)
    expect(page.locator(".chosen")).to_contain_text("Kenya")
    page.go_back()
    expect(page.locator("#results h2")).to_have_text(ALL_PROJECTS)


def test_a_filter_outside_the_form_applies_to_the_map_too(visit: Open) -> None:
    page = ready(visit("/explorer?layer=surveillance"))
    choose(page, "country", "KE")
    expect(page).to_have_url(re.compile(r"layer=surveillance"))
    expect(page.locator("#results h2")).to_have_text("1 project")


def test_everything_works_without_javascript(visit: Open) -> None:
    page = visit("/explorer", script=False)
    expect(page.locator("#results tbody tr")).to_have_count(14)
    choose(page, "kind", "telecom-ict")
    page.locator("[data-facet][open] button").click()
    expect(page.locator("#results h2")).to_have_text("2 projects")
    expect(page).to_have_url(re.compile(r"kind=telecom-ict"))
    page.locator("th a.sort", has_text="Project").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Project", use_inner_text=True)


def test_the_map_without_javascript(visit: Open) -> None:
    built()
    page = visit("/explorer", script=False)
    drawing = page.locator("figure.static-map > svg")
    expect(drawing).to_be_visible()
    assert drawing.locator("circle.count").count() >= 3
    assert drawing.locator("path[class*='route cable--']").count() >= 1
    assert drawing.locator("path.no-data").count() > 100
    drawing.locator("a[href='/country/KE']").locator("path").first.dispatch_event("click")
    expect(page.locator("h1")).to_have_text("Kenya")
    places = visit("/explorer?shade=none", script=False).locator("figure.static-map > svg")
    assert places.locator("use").count() >= 5 and places.locator("path.landings").count() == 1, "without numbers, it has places"


def test_filters_on_a_phone_are_a_sheet(visit: Open) -> None:
    page = visit("/explorer", script=False, width=390, height=844)
    expect(page.locator("#filters")).to_be_hidden()
    page.locator("a.sheet-open").click()
    expect(page.locator("#filters")).to_be_visible()
    choose(page, "country", "LA")
    page.locator("[data-facet][open] button").click()
    expect(page.locator("#results h2")).to_have_text("2 projects")
    expect(page.locator("a.sheet-open")).to_have_text("Filters (1)")
