"""The desk in a real browser: forms with and without JavaScript, keys, focus, and contrast."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from overt.server.app import ServeSettings
from tests.browser.conftest import PATIENCE, content_width
from tests.desk.conftest import HERE, TOKEN, made, original
from tests.server.test_many_readers import serving
from tests.support.command_built_atlas import Atlas, make_statements

__all__ = ["made", "original"]
pytestmark = pytest.mark.browser
Sitting = tuple[Atlas, str, Browser]


@pytest.fixture
def sitting(browser: Browser, made: tuple[Atlas, str]) -> Iterator[Sitting]:
    atlas, release = made
    with serving(ServeSettings(atlas.workspace, release, desk=TOKEN)) as address:
        yield atlas, address, browser


def notice(page: Page) -> Locator:
    """Return the page's notice about the last action. The search box has a status of its own."""
    return page.get_by_role("main").get_by_role("status").first


def open_(sitting: Sitting, path: str = "", **context: object) -> Page:
    _, address, browser = sitting
    page = browser.new_page(**context)
    page.set_default_timeout(PATIENCE)
    page.wrong = []
    page.on("console", lambda message: page.wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(f"{address}/") else page.wrong.append(request.url))
    page.goto(f"{address}{HERE}{path}")
    return page


@pytest.mark.slow(after=1)
@pytest.mark.parametrize("script", [True, False])
def test_a_judgement_can_be_made_and_undone(sitting: Sitting, script: bool) -> None:
    """A browser sends a form's origin only if the page's policy allows it, so this needs a real browser."""
    page = open_(sitting, java_script_enabled=script)
    page.get_by_label("Why").fill("one website")
    page.get_by_label("Who decides").fill("Ada")
    page.get_by_role("button", name="Same").click()
    expect(notice(page)).to_contain_text("Entry 1: alpha:bluestem and beta:bluestem are judged the same")
    expect(page.locator(".kicker")).to_have_text("Question 1 of 2")
    expect(page.get_by_label("Who decides")).to_have_value("Ada")
    page.get_by_role("link", name="Take it back").click()
    page.get_by_label("Why it is taken back").fill("two websites")
    page.get_by_role("button", name="Take entry 1 back").click()
    expect(notice(page)).to_contain_text("Entry 2 takes entry 1 back")
    assert sitting[0].ledger.judgements() == []
    assert page.wrong == [] and page.context.cookies() == []
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_enter_in_a_field_judges_nothing(sitting: Sitting, script: bool) -> None:
    page = open_(sitting, "?who=Ada", java_script_enabled=script)
    page.get_by_label("Why").fill("one website")
    page.get_by_label("Why").press("Enter")
    page.wait_for_timeout(300)
    expect(page.locator(".kicker")).to_have_text("Question 1 of 3")
    assert sitting[0].ledger.entries() == []
    page.close()


def test_single_keys_are_off_until_they_are_turned_on(sitting: Sitting) -> None:
    page = open_(sitting, "?who=Ada")
    page.keyboard.press("d")
    expect(page.get_by_label("Why")).not_to_be_focused()
    page.get_by_label("Single keys").check()
    page.keyboard.press("n")
    expect(page.locator(".kicker")).to_have_text("Question 2 of 3")
    expect(page.get_by_label("Single keys")).to_be_checked()
    page.keyboard.press("b")
    expect(page.locator(".kicker")).to_have_text("Question 1 of 3")
    expect(page.get_by_label("Single keys")).to_be_checked()
    page.keyboard.press("d")
    expect(page.get_by_label("Why")).to_be_focused()
    page.keyboard.type("dud: two of them")
    page.keyboard.press("Enter")
    expect(notice(page)).to_contain_text("are judged different")
    [judged] = sitting[0].ledger.judgements()
    assert (judged.verdict, judged.why) == ("different", "dud: two of them")
    assert page.wrong == []
    page.close()


@pytest.fixture(scope="module")
def related(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sitting]:
    """The desk of an atlas after a real resolution that proposes a relation. Tests must undo their judgements."""
    atlas = Atlas(tmp_path_factory.mktemp("related"))
    atlas.fetch("alpha", make_statements("organization", "bluestem", name="Bluestem Lantern Co., Ltd."))
    atlas.fetch("beta", make_statements("organization", "bureau", name="Bluestem Lantern Second Engineering Bureau"))
    release = atlas.build()
    with serving(ServeSettings(atlas.workspace, release, desk=TOKEN)) as address:
        yield atlas, address, browser


@pytest.mark.parametrize("script", [True, False])
def test_a_relation_can_be_accepted_and_undone(related: Sitting, script: bool) -> None:
    page = open_(related, "?who=Ada", java_script_enabled=script)
    expect(page.get_by_label("How the two are related")).to_have_value("parent 2")
    page.get_by_label("Why").fill("its annual report")
    page.get_by_role("button", name="Related").click()
    expect(notice(page)).to_contain_text("beta:bureau has alpha:bluestem as its parent")
    first = related[0].ledger.head().sequence - 3
    assert len(related[0].ledger.claims()) == 3
    page.get_by_role("link", name="Take it back").click()
    expect(page.locator("form.desk-undo")).to_contain_text(f"With it go back entries {first} to {first + 3}")
    page.get_by_label("Why it is taken back").fill("no")
    page.get_by_role("button", name="back").click()
    expect(notice(page)).to_contain_text(f"takes entries {first} to {first + 3} back")
    assert related[0].ledger.judgements() == [] and related[0].ledger.claims() == []
    assert page.wrong == []
    page.close()


def test_a_key_accepts_only_the_proposed_relation(related: Sitting) -> None:
    page = open_(related, "?who=Ada")
    page.get_by_label("Single keys: s, d, u, r, n, b").check()
    page.keyboard.press("r")
    expect(page.get_by_label("Why")).to_be_focused()
    page.keyboard.type("its annual report")
    page.keyboard.press("Enter")
    expect(notice(page)).to_contain_text("and a relation is recorded")
    related[0].undo(related[0].ledger.head().sequence)
    page.goto(f"{related[1]}{HERE}?left=alpha:bluestem&right=beta:bureau&who=Ada")
    page.locator(".desk-relation > summary").click()
    page.get_by_label("How the two are related").select_option("subsidiary 2")
    page.get_by_label("How the two are related").press("s")
    assert related[0].ledger.judgements() == [], "a key in a list selects in the list"
    assert page.wrong == []
    page.close()


def test_proposals_fit_and_have_contrast(related: Sitting) -> None:
    for path in ("", "relations", "?left=alpha:bluestem&right=beta:bureau&who=Ada"):
        page = open_(related, path)
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
        assert page.locator("h1").count() == 1
        for width, colours in ((320, "light"), (390, "dark"), (1280, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=colours)
            assert content_width(page) <= width, path
            assert page.evaluate(CONTRAST) == [], (path, width)
        page.close()


def test_pages_fit_and_have_labels_and_contrast(sitting: Sitting) -> None:
    """All text must have a contrast of 4.5 to 1, which WCAG 2.2 AA requires for text that is not large."""
    sitting[0].judge("same", "alpha:quiet", "beta:quiet")
    for path in ("", "queue", "relations", "judgements", "judgements?undo=1"):
        page = open_(sitting, path)
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert content_width(page) <= width, path
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)
            assert page.evaluate(CONTRAST) == [], (path, colours)
        nameless = page.evaluate(
            """[...document.querySelectorAll('input:not([type=hidden]), button:not([hidden]), select')]
               .filter(field => !field.labels?.length && !field.textContent.trim()).map(field => field.outerHTML)"""
        )
        assert nameless == []
        assert page.locator("h1").count() == 1
        page.close()


def test_the_focused_element_is_visible(sitting: Sitting) -> None:
    """The form at the bottom of the window must not cover the focused element."""
    page = open_(sitting, viewport={"width": 1000, "height": 700})
    for _ in range(40):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
              const focused = document.activeElement, form = document.querySelector('#judge');
              if (focused === document.body || form.contains(focused) || focused.closest('footer')) return null;
              const box = focused.getBoundingClientRect(), above = form.getBoundingClientRect();
              return box.height < 300 && box.top >= above.top && box.bottom <= above.bottom ? focused.outerHTML : null;
            }"""
        )
        assert hidden is None
    page.close()


CONTRAST = """() => {
  const linear = (value) => { const c = value / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const read = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const ground = (element) => {
    for (let ancestor = element; ancestor; ancestor = ancestor.parentElement) {
      const colour = read(getComputedStyle(ancestor).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const faint = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || element.closest('.visually-hidden, script, [hidden]')) continue;
    const [text, background] = [light(read(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(text, background) + 0.05) / (Math.min(text, background) + 0.05);
    if (ratio < 4.5) faint.push([walker.currentNode.textContent.trim(), ratio]);
  }
  return faint;
}"""
