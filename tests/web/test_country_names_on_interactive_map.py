"""Which countries the interactive map names where there isn't room for all names."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, ready, started
from tests.web.invented_map_page_server import served

pytestmark = pytest.mark.browser
RECORD_TEXTS = """const paint = CanvasRenderingContext2D.prototype.fillText;
window.paintedTexts = new Set();
CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
  window.paintedTexts.add(text);
  return paint.call(this, text, ...rest);
};"""


def test_large_countries_are_named_before_their_small_neighbours() -> None:
    with started() as chromium, served() as address:
        context = chromium.new_context(viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        context.add_init_script(RECORD_TEXTS)
        page = context.new_page()
        page.goto(f"{address}?at=2.61/-3/20")
        ready(page)
        expect(page.locator(".map-canvas")).to_have_attribute("data-drawn", re.compile(r"\d"))
        page.wait_for_function("() => window.paintedTexts.has('Angola')")
        texts = set(page.evaluate("[...window.paintedTexts]"))
        context.close()
    assert texts >= {"Democratic", "Republic of the", "Nigeria", "Mozambique"}
    assert not texts & {"Burundi", "Benin", "Malawi"}
