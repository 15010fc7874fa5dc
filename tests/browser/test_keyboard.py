"""Every kind of page works with the keyboard, and the focus is visible."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, confirmed, ready
from tests.support.page_kinds import KINDS, PAGES
from tests.support.small_atlas import SmallAtlas

pytestmark = pytest.mark.browser
MAX_PRESSES = 200
"""Maximum number of key presses to reach an element."""
WATCH = """() => {
  const name = (node) => `${node.tagName} “${(node.getAttribute("aria-label") ?? node.textContent ?? "").trim().slice(0, 60)}”`;
  const visible = (node) => node.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  // Arrow keys lead from the chosen radio button of a group to the others.
  const chosen = (group) => document.querySelector(`input[name="${CSS.escape(group)}"]:checked`);
  const byArrow = (node) => node.type === "radio" && !node.checked && chosen(node.name);
  const unreached = new Set(
    [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")].filter(
      (node) => node.tabIndex >= 0 && !node.disabled && visible(node) && !byArrow(node)
    )
  );
  const shadow = (node) => getComputedStyle(node).boxShadow;
  const before = new Map([...unreached].map((node) => [node, shadow(node)]));
  const unseen = [];
  const drawn = (node) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || (before.has(node) && shadow(node) !== before.get(node));
  };
  document.addEventListener("focusin", ({ target }) => {
    unreached.delete(target);
    if (!drawn(target)) unseen.push(name(target));
  });
  window.walked = () => ({ left: [...unreached].map(name), unseen });
  return unreached.size;
}"""


@pytest.mark.slow(after=15)
@pytest.mark.parametrize("kind", KINDS)
def test_every_link_and_field_is_reached_with_a_visible_focus(visit: Open, atlas: SmallAtlas, kind: str) -> None:
    page = visit(PAGES[kind].replace("RELEASE", atlas.release), canvas=kind == "explorer")
    if kind == "explorer":
        ready(page)
    tab_through(page)


def tab_through(page: Page) -> None:
    """Check that Tab reaches every interactive element of a page, each with a visible focus."""
    count = page.evaluate(WATCH)
    assert count > 1
    for _ in range(count + 20):
        page.keyboard.press("Tab")
    assert page.evaluate("walked()") == {"left": [], "unseen": []}


def test_arrow_keys_change_a_chart_into_its_table(visit: Open) -> None:
    page = visit(PAGES["figure"])
    for fold in page.locator("details").all():
        fold.evaluate("fold => fold.open = true")
    chosen = page.locator("input[type=radio]:checked").first
    other = page.locator(f"input[name='{chosen.get_attribute('name')}']:not([value='{chosen.get_attribute('value')}'])")
    chosen.focus()
    page.keyboard.press("ArrowRight")
    expect(other).to_be_checked()


def test_a_trap_and_an_invisible_focus_are_detected(visit: Open) -> None:
    page = visit("/method")
    page.evaluate("document.querySelector('.brand').style.setProperty('outline', 'none', 'important')")
    page.evaluate("document.querySelector('.site-nav a').addEventListener('keydown', event => event.preventDefault())")
    with pytest.raises(AssertionError):
        tab_through(page)
    walked = page.evaluate("walked()")
    assert walked["unseen"] == ["A “Overt”"]
    assert "A “Countries”" in walked["left"] and "A “Findings”" not in walked["left"]


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab, or another `key`, until an element has the focus; fail after MAX_PRESSES."""
    for _ in range(MAX_PRESSES):
        page.keyboard.press(key)
        if target.evaluate("node => node === document.activeElement"):
            return
    pytest.fail(f"{target} is out of reach")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_filter_sort_and_download(visit: Open, script: bool) -> None:
    page = visit("/explorer", script=script, canvas=False)
    results = page.locator("#results")
    menu = page.locator("#filters details").filter(has=page.locator("summary", has_text="Country of customer"))
    tab_to(page, menu.locator("summary"))
    page.keyboard.press("Enter")
    tab_to(page, menu.get_by_role("checkbox", name=re.compile("^Kenya ")))
    if script:
        page.keyboard.press("Space")
        expect(confirmed(page)).to_have_text("3 projects")  # wait, because the server's page closes open menus
        page.keyboard.press("Escape")
        expect(menu.locator("summary")).to_be_focused()
    else:
        page.keyboard.press("Space")
        tab_to(page, menu.get_by_role("button", name="Apply"))
        page.keyboard.press("Enter")
    expect(results.get_by_role("heading", level=2)).to_have_text("3 projects")
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


def test_the_map_can_be_moved_and_skipped(visit: Open) -> None:
    page = ready(visit("/explorer"))
    tab_to(page, page.locator(".map-canvas"))
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile(r"[?&]at="))
    tab_to(page, page.get_by_role("link", name="Skip the map"), "Shift+Tab")
    expect(page.get_by_role("link", name="Skip the map")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("#results").evaluate("node => node.contains(document.activeElement)")


def test_the_sheet_of_filters_on_a_phone(visit: Open) -> None:
    page = visit("/explorer", script=False, width=390, height=844)
    tab_to(page, page.get_by_role("link", name="Filters"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("#filters").evaluate("node => node.contains(document.activeElement)")
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
    tab_to(page, page.get_by_role("main").get_by_role("link", name="5G trial in Laos").first)
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


def test_the_first_tab_stop_skips_to_the_content(visit: Open) -> None:
    page = visit("/figures")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#main$"))
