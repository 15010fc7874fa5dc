"""The desk in a real browser: forms, keys, focus, and the same without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from overt.publish.app import ServeSettings
from tests.browser.test_site import _wide
from tests.flow.atlas import Atlas
from tests.publish.desk.conftest import HERE, TOKEN, make
from tests.publish.test_readers import serving

pytestmark = pytest.mark.browser
Sitting = tuple[Atlas, str, Browser]


@pytest.fixture
def sitting(browser: Browser, tmp_path: Path) -> Iterator[Sitting]:
    atlas, release = make(tmp_path)
    with serving(ServeSettings(atlas.workspace, release, desk=TOKEN)) as address:
        yield atlas, address, browser


def open_(sitting: Sitting, path: str = "", **context: object) -> Page:
    _, address, browser = sitting
    page = browser.new_page(**context)
    page.wrong = []
    page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(f"{address}/") else page.wrong.append(asked.url))
    page.goto(f"{address}{HERE}{path}")
    return page


@pytest.mark.parametrize("script", [True, False])
def test_a_judgement_and_taking_it_back(sitting: Sitting, script: bool) -> None:
    """A browser sends the origin of a form only if the page's policy lets it, so this needs a real one."""
    page = open_(sitting, java_script_enabled=script)
    page.get_by_label("Why").fill("one website")
    page.get_by_label("Who decides").fill("Ada")
    page.get_by_role("button", name="Same").click()
    expect(page.get_by_role("status").first).to_contain_text("Entry 1: alpha:bluestem and beta:bluestem are judged the same")
    expect(page.locator(".kicker")).to_have_text("Question 1 of 2")
    expect(page.get_by_label("Who decides")).to_have_value("Ada")
    page.get_by_role("link", name="Take it back").click()
    page.get_by_label("Why it is taken back").fill("two websites")
    page.get_by_role("button", name="Take entry 1 back").click()
    expect(page.get_by_role("status")).to_contain_text("Entry 2 takes entry 1 back")
    assert sitting[0].ledger.judgements() == []
    assert page.wrong == [] and page.context.cookies() == []
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_enter_in_a_field_judges_nothing_by_itself(sitting: Sitting, script: bool) -> None:
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
    page.keyboard.press("d")
    expect(page.get_by_label("Why")).to_be_focused()
    page.keyboard.type("dud: two of them")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("are judged different")
    [judged] = sitting[0].ledger.judgements()
    assert (judged.verdict, judged.why) == ("different", "dud: two of them")
    assert page.wrong == []
    page.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_cut_and_everything_has_its_name(sitting: Sitting, width: int) -> None:
    sitting[0].judge("same", "alpha:quiet", "beta:quiet")
    for path in ("", "queue", "judgements", "judgements?undo=1"):
        page = open_(sitting, path, viewport={"width": width, "height": 800})
        assert _wide(page) <= width, path
        nameless = page.evaluate(
            """[...document.querySelectorAll('input:not([type=hidden]), button:not([hidden]), select')]
               .filter(field => !field.labels?.length && !field.textContent.trim()).map(field => field.outerHTML)"""
        )
        assert nameless == []
        assert page.locator("h1").count() == 1
        page.close()


def test_what_has_the_focus_is_seen(sitting: Sitting) -> None:
    """The form at the foot of the window must not lie over what the keyboard has come to."""
    page = open_(sitting, viewport={"width": 1000, "height": 700})
    for _ in range(40):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
              const held = document.activeElement, form = document.querySelector('#judge');
              if (held === document.body || form.contains(held) || held.closest('footer')) return null;
              const box = held.getBoundingClientRect(), above = form.getBoundingClientRect();
              return box.height < 300 && box.top >= above.top && box.bottom <= above.bottom ? held.outerHTML : null;
            }"""
        )
        assert hidden is None
    page.close()


@pytest.mark.parametrize("dark", [False, True])
def test_words_stand_out_from_their_ground(sitting: Sitting, dark: bool) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for every text on the pages."""
    sitting[0].judge("same", "alpha:quiet", "beta:quiet")
    for path in ("", "queue", "judgements?undo=1"):
        page = open_(sitting, path, color_scheme="dark" if dark else "light")
        faint = page.evaluate(CONTRAST)
        assert faint == [], path
        page.close()


CONTRAST = """() => {
  const part = (value) => { const held = value / 255; return held <= 0.04045 ? held / 12.92 : ((held + 0.055) / 1.055) ** 2.4; };
  const read = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([red, green, blue]) => 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
  const ground = (element) => {
    for (let held = element; held; held = held.parentElement) {
      const colour = read(getComputedStyle(held).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const faint = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || element.closest('.visually-hidden, script, [hidden]')) continue;
    const [one, other] = [light(read(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) faint.push([walker.currentNode.textContent.trim(), ratio]);
  }
  return faint;
}"""
