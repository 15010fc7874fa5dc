"""The search with a keyboard, a screen reader, a mouse, on a phone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, built

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _built() -> None:
    built()


def _field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search")


def _options(page: Page) -> Locator:
    return page.get_by_role("option")


def _chosen(page: Page) -> Locator:
    """Return the active option, which a screen reader announces."""
    identity = _field(page).get_attribute("aria-activedescendant")
    assert identity
    return page.locator(f"#{identity}")


def test_the_search_works_with_only_a_keyboard(visit: Open) -> None:
    """Slash opens the search; a name, arrows and Enter open a page."""
    page = visit("/method")
    field = _field(page)
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("huaw", delay=30)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(_options(page).first).to_contain_text("Huawei Technologies")
    expect(_options(page).first.locator("mark")).to_have_text("Huaw")
    expect(_options(page).first).to_contain_text("Company, China")
    assert field.get_attribute("aria-activedescendant") is None, "nothing is chosen at first"
    page.keyboard.press("ArrowDown")
    expect(_chosen(page)).to_have_attribute("aria-selected", "true")
    expect(_chosen(page)).to_contain_text("Huawei Technologies")
    page.keyboard.press("ArrowDown")
    expect(_chosen(page)).to_contain_text("Huawei Marine")
    assert page.locator("[aria-selected=true]").count() == 1
    expect(field).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/organization/ovt-"))
    expect(page.locator("h1")).to_have_text("Huawei")


def test_arrows_wrap_around_the_typed_text(visit: Open) -> None:
    page = visit("/method")
    _field(page).fill("huawei marine")
    expect(_options(page)).to_have_count(1)
    page.keyboard.press("ArrowUp")
    expect(_chosen(page)).to_contain_text("Huawei Marine")
    page.keyboard.press("ArrowDown")
    assert _field(page).get_attribute("aria-activedescendant") is None
    expect(_field(page)).to_have_value("huawei marine")


def test_escape_closes_then_empties_then_leaves(visit: Open) -> None:
    page = visit("/method")
    field = _field(page)
    field.press_sequentially("kenya")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".found-panel").first).to_be_hidden()
    expect(field).to_have_value("kenya")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()


def test_enter_without_a_choice_leads_to_all_matches(visit: Open) -> None:
    page = visit("/method")
    _field(page).press_sequentially("hua wei")
    expect(_options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=hua(\+|%20)wei$"))
    expect(page.locator("main .matches li").first).to_contain_text("Huawei")


@pytest.mark.parametrize("typed", ["华为", "хуавэй", "huawie", "hua wei"])
def test_any_script_and_typing_errors(visit: Open, typed: str) -> None:
    page = visit("/method")
    _field(page).fill(typed)
    expect(_options(page).first).to_contain_text("Huawei")


def test_matches_of_a_misspelled_name_are_announced(visit: Open) -> None:
    page = visit("/method")
    _field(page).fill("huawie")
    expect(page.locator(".found-note").first).to_contain_text("No name is spelled this way")
    page.keyboard.press("Enter")
    expect(page.locator("main .lead").first).to_contain_text("Huawei Technologies")
    expect(page.locator("main .lead").last).to_contain_text("Nothing here has the name “huawie”; these have a similar word.")


def test_no_match_explains_what_is_searched(visit: Open) -> None:
    page = visit("/method")
    _field(page).fill("zzzzqqqq")
    expect(page.locator(".found-note").first).to_contain_text("that is not evidence of absence")
    expect(page.get_by_role("status")).to_contain_text("None is like this")
    expect(_field(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    assert _field(page).get_attribute("aria-activedescendant") is None


def test_a_slash_is_a_letter_where_one_types(visit: Open) -> None:
    page = visit("/explorer", canvas=False)
    page.locator("#q").focus()
    page.keyboard.type("4g/5g")
    expect(page.locator("#q")).to_have_value("4g/5g")
    expect(page.locator("#q")).to_be_focused()


def test_results_are_announced_to_screen_readers(visit: Open) -> None:
    page = visit("/method")
    field = _field(page)
    field.fill("huawei")
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"\d+ match"))
    expect(page.get_by_role("listbox", name="Matches")).to_be_visible()
    assert field.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
    assert field.get_attribute("aria-autocomplete") == "list"
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_accessible_name(re.compile(r"^Huawei Technologies.*Company, China"))


def test_with_a_mouse(visit: Open) -> None:
    page = visit("/method")
    _field(page).fill("keny")
    _options(page).filter(has_text="Country").click()
    expect(page.locator("h1")).to_have_text("Kenya")
    page.go_back()
    expect(page.locator(".found-panel").first).to_be_hidden()


def test_names_of_sources_stay_text(visit: Open) -> None:
    """The atlas has names that try to inject markup and scripts. At the end, the fixture checks for errors and requests."""
    page = visit("/method")
    for typed in ("script", "img src", "svg", "overt-attack", "title"):
        _field(page).fill(typed)
        expect(_options(page).first).to_be_visible()
        assert page.locator(".found-panel :is(script, img, svg)").count() == 0
        expect(_options(page).filter(has_text="<").first).to_be_visible()
        page.keyboard.press("Escape")  # closes the panel, so that the next options are those of the next query


def test_in_chinese(visit: Open) -> None:
    page = visit("/zh/method")
    page.get_by_role("combobox").fill("kenya")
    expect(_options(page).first).to_contain_text("肯尼亚")
    expect(_options(page).first.locator("mark")).to_have_text("Kenya")
    expect(page.locator(".found-note").first).to_contain_text("回车")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/zh/country/KE$"))


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone(visit: Open, dark: bool) -> None:
    page = visit("/", width=375, height=700, dark=dark)
    _field(page).fill("a")
    expect(_options(page)).to_have_count(8)
    box = page.locator(".found-panel").first.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_without_javascript(visit: Open) -> None:
    page = visit("/method", script=False)
    field = page.get_by_role("searchbox", name="Search")
    field.fill("haididianlan")
    field.press("Enter")
    expect(page.locator("main .matches li").first).to_contain_text("Submarine cable")
    expect(page.locator("main .matches li").first).to_contain_text("海底电缆")
    page.locator("main .matches a").first.click()
    expect(page).to_have_url(re.compile(r"/explorer\?kind=submarine-cable$"))
