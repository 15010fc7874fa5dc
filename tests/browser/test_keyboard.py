"""Everything that a reader can do is done by keyboard alone, on every kind of page, and the eye sees where the focus is."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, confirmed, ready
from tests.support.page_kinds import PAGES
from tests.support.small_atlas import SmallAtlas

pytestmark = pytest.mark.browser
ALIKE = ("home, nothing fits", "figure without a value", "country without a record", "cable", "search", "compare, nothing chosen")
"""Kinds of page with the same parts as another, or fewer."""
MOST = 200
"""Steps after which a thing is held to be out of reach."""
WATCH = """() => {
  const name = (one) => `${one.tagName} “${(one.getAttribute("aria-label") ?? one.textContent ?? "").trim().slice(0, 60)}”`;
  const shown = (one) => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const wanted = new Set(
    [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")].filter(
      (one) => one.tabIndex >= 0 && !one.disabled && shown(one)
    )
  );
  const shadow = (one) => getComputedStyle(one).boxShadow;
  const before = new Map([...wanted].map((one) => [one, shadow(one)]));
  const unseen = [];
  const drawn = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || (before.has(one) && shadow(one) !== before.get(one));
  };
  document.addEventListener("focusin", ({ target }) => {
    wanted.delete(target);
    if (!drawn(target)) unseen.push(name(target));
  });
  window.walked = () => ({ left: [...wanted].map(name), unseen });
  return wanted.size;
}"""


@pytest.mark.parametrize("kind", [kind for kind in PAGES if kind not in ALIKE])
def test_every_link_and_field_is_reached_and_seen(visit: Open, atlas: SmallAtlas, kind: str) -> None:
    page = visit(PAGES[kind].replace("RELEASE", atlas.release), canvas=kind == "home")
    if kind == "home":
        ready(page)
    crossed(page)


def crossed(page: Page) -> None:
    """Goes through a page by Tab: each thing that can be used is met, and drawn as the one in focus."""
    held = page.evaluate(WATCH)
    assert held > 1
    for _ in range(held + 20):
        page.keyboard.press("Tab")
    assert page.evaluate("walked()") == {"left": [], "unseen": []}


def test_a_trap_and_a_hidden_focus_are_found(visit: Open) -> None:
    page = visit("/method")
    page.evaluate("document.querySelector('.brand').style.setProperty('outline', 'none', 'important')")
    page.evaluate("document.querySelector('.site-nav a').addEventListener('keydown', event => event.preventDefault())")
    with pytest.raises(AssertionError):
        crossed(page)
    walked = page.evaluate("walked()")
    assert walked["unseen"] == ["A “Overt”"]
    assert "A “Countries”" in walked["left"] and "A “Figures”" not in walked["left"]


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Presses Tab until something has the focus."""
    for _ in range(MOST):
        page.keyboard.press(key)
        if target.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"{target} is out of reach")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_filter_sort_and_take_along(visit: Open, script: bool) -> None:
    page = visit("/", script=script, canvas=False)
    results = page.locator("#results")
    menu = page.locator("#filters details").filter(has=page.locator("summary", has_text="Country"))
    tab_to(page, menu.locator("summary"))
    page.keyboard.press("Enter")
    tab_to(page, menu.get_by_role("checkbox", name=re.compile("^Kenya ")))
    if script:
        page.keyboard.press("Space")
        expect(confirmed(page)).to_have_text("2 projects and 1 cable system")  # what is open in the results closes then
        page.keyboard.press("Escape")
        expect(menu.locator("summary")).to_be_focused()
    else:
        page.keyboard.press("Space")
        tab_to(page, menu.get_by_role("button", name="Apply"))
        page.keyboard.press("Enter")
    expect(results.get_by_role("heading", level=2)).to_have_text("2 projects and 1 cable system")
    expect(page).to_have_url(re.compile(r"country=KE"))
    tab_to(page, results.locator("summary", has_text="Download"))
    page.keyboard.press("Enter")
    tab_to(page, results.get_by_role("link", name="CSV"))
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    assert started.value.suggested_filename.endswith(".csv")
    head = results.get_by_role("columnheader", name="Project")
    tab_to(page, head.get_by_role("link"))
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(results.locator("tbody tr").first).to_contain_text("National backbone of Kenya")
    tab_to(page, results.locator("tbody th a").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("National backbone of Kenya")


def test_the_map_is_moved_and_skipped(visit: Open) -> None:
    page = ready(visit("/"))
    tab_to(page, page.locator(".map-canvas"))
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile(r"[?&]at="))
    tab_to(page, page.get_by_role("link", name="Skip the map"), "Shift+Tab")
    expect(page.get_by_role("link", name="Skip the map")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("#results").evaluate("one => one.contains(document.activeElement)")


def test_the_sheet_of_filters_on_a_phone(visit: Open) -> None:
    page = visit("/", script=False, width=390, height=844)
    tab_to(page, page.get_by_role("link", name="Filters"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("#filters").evaluate("one => one.contains(document.activeElement)")
    tab_to(page, page.get_by_role("link", name="Show results"))
    page.keyboard.press("Enter")
    expect(page.locator("#filters")).to_be_hidden()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_search_evidence_and_language(visit: Open, script: bool) -> None:
    page = visit("/method", script=script)
    tab_to(page, page.get_by_role("search").first.get_by_label("Search"))
    page.keyboard.type("5G trial")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    tab_to(page, page.get_by_role("main").get_by_role("link", name="5G trial in Laos"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("5G trial in Laos")
    mark = page.get_by_role("main").get_by_role("table").first.get_by_role("link", name="see the evidence").first
    tab_to(page, mark)
    expect(mark.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Enter")
    claim = page.locator("li:target")
    expect(claim).to_be_visible()
    tab_to(page, claim.get_by_role("link", name="cite or check this"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("SHA-256")
    tab_to(page, page.get_by_role("navigation", name="Language").get_by_role("link", name="中文"))
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
