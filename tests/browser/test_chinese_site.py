"""The Chinese site in a browser: the links and the hint that lead to it, its map and filters, and pages that fit a phone."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, choose, content_width, ready

pytestmark = pytest.mark.browser
LINES = """heading => {
  const range = document.createRange(), lines = [];
  let last = null;
  [...heading.firstChild.data].forEach((letter, at) => {
    range.setStart(heading.firstChild, at);
    range.setEnd(heading.firstChild, at + 1);
    const { top } = range.getBoundingClientRect();
    if (last === null || top - last > 8) lines.push("");
    last = top;
    lines[lines.length - 1] += letter;
  });
  return lines;
}"""
"""JavaScript that returns the lines of a heading as the browser breaks them."""
PAGES = (
    "/",
    "/explorer",
    "/findings",
    "/figures",
    "/figure/test-projects",
    "/country/KE",
    "/companies",
    "/agreements",
    "/sources",
    "/method",
    "/search?q=华为",
)


def test_the_map_and_its_filters_are_in_chinese(visit: Open) -> None:
    page = ready(visit("/zh/explorer"))
    expect(page.locator(".map-canvas")).to_have_attribute("aria-label", re.compile("项目地图"))
    expect(page.locator("#legend")).to_contain_text("带数字的浅色圆圈")
    assert not re.search(r"[A-Z][a-z]+ [a-z]+", re.sub("Natural Earth", "", page.locator("#legend").inner_text()))
    choose(page, "country", "KE")
    expect(page.locator("#results h2")).to_have_text("3个项目")
    expect(page).to_have_url(re.compile(r"/zh/explorer\?country=KE$"))
    expect(page.locator("#answer")).to_contain_text("3个项目")


def test_the_filters_of_a_chinese_page_work_without_javascript(visit: Open) -> None:
    page = visit("/zh/explorer", script=False)
    choose(page, "kind", "telecom-ict")
    expect(page.locator("[data-facet=kind][open] label", has_text="电信或信息技术项目")).to_contain_text("2")
    page.locator("[data-facet][open] button").click()
    expect(page.locator("#results h2")).to_have_text("2个项目")
    expect(page).to_have_url(re.compile(r"/zh/explorer\?.*kind=telecom-ict"))
    page.locator("figure.static-map a[href='/zh/country/KE']").locator("path").first.dispatch_event("click")
    expect(page.locator("h1")).to_have_text("肯尼亚")


def test_a_page_links_to_its_translation(visit: Open) -> None:
    page = visit("/search?q=华为", script=False)
    page.locator(".languages a", has_text="中文").click()
    expect(page.locator("h1")).to_have_text("搜索")
    expect(page.locator("main input[name=q], header input[name=q]").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.locator(".languages a", has_text="EN").click()
    expect(page.locator("h1")).to_have_text("Search")
    expect(page).to_have_url(re.compile(r"//[^/]+/search\?q="))


@pytest.mark.parametrize(("locale", "visible"), [("zh-Hant-TW", True), ("fr", False)])
def test_readers_who_prefer_chinese_see_a_hint(visit: Open, locale: str, visible: bool) -> None:
    page = visit("/", locale=locale)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".language-hint")).to_be_visible(visible=visible)


def test_chinese_pages_fit_a_phone(visit: Open, address: str) -> None:
    page = visit("/zh/explorer", canvas=False, width=390, height=844)
    for path in PAGES:
        page.goto(f"{address}/zh{path}")
        assert content_width(page) <= 390, path


def test_no_line_of_a_heading_begins_with_a_comma_or_inside_a_number(visit: Open) -> None:
    """`word-break: keep-all` broke a phrase that was longer than a line anywhere, as in “9” + “8套”."""
    page = visit("/zh/figure/test-projects", script=False, width=390)
    text = "有记载的监控与审查系统中，供应方已知的有303套，其中客户或运营方也已知的有243套；列有中国公司为供应方的有98套"
    page.locator("h1").evaluate("(heading, text) => { heading.textContent = text }", text)
    for width in range(320, 420, 5):
        page.set_viewport_size({"width": width, "height": 844})
        lines = page.locator("h1").evaluate(LINES)
        assert "".join(lines) == text and len(lines) > 2
        assert [line for line in lines if line[0] in "，；"] == []
        assert not any(before[-1].isdigit() and after[0].isdigit() for before, after in pairwise(lines))
