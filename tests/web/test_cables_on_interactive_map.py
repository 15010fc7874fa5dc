"""Cables on the interactive map: the colour of their supplier, and the panel with what is known about a cable."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, ready, started
from tests.web.invented_map_page_server import CABLE_COLUMNS, served

pytestmark = pytest.mark.browser
SUPPLIER_COLOUR = (0, 114, 178)
"""The first colour of cables (`--cable-1` of style.css)."""
MIDDLE = """() => {
    const canvas = [...document.querySelectorAll(".map-canvas canvas")].find((layer) => !layer.closest(".map-marks"));
    const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, -canvas.width / 2, -canvas.height / 2);
    return [...copy.getImageData(0, 0, 1, 1).data];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as chromium:
        yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """The map with the cable under the cross in the middle."""
    context = browser.new_context(viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    with served(CABLE_COLUMNS) as address:
        opened = context.new_page()
        opened.goto(f"{address}?at=6/5/37")
        ready(opened)
        expect(opened.locator(".map-canvas")).to_have_attribute("data-drawn", re.compile(r"\d"))
        yield opened
        context.close()


def test_a_cable_opens_with_its_supplier_owner_and_landings(page: Page) -> None:
    page.locator(".map-canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".map-readout")).to_have_text("Reef cable: Quartz Cables")
    page.keyboard.press("Enter")
    panel = page.locator(".map-panel")
    expect(panel.locator("h2")).to_contain_text("Reef cable")
    facts = dict(zip(panel.locator("dt").all_inner_texts(), panel.locator("dd").all_inner_texts(), strict=True))
    assert facts == {
        "What it is": "Cables",
        "Suppliers": "Quartz Cables",
        "Owners": "Reef Telecom",
        "Lands in": "Kenya",
        "Year": "2020",
        "Status": "Operational",
        "Location": "route drawn schematically",
    }
    expect(panel.get_by_role("link", name="Reef Telecom")).to_have_attribute("href", "/organization/ovt-dddddddddddd")


def test_the_line_of_a_cable_has_the_colour_of_its_supplier(page: Page) -> None:
    page.locator(".map-canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-panel")).to_be_visible()
    drawn = page.evaluate(f"new Promise((done) => setTimeout(() => done(({MIDDLE})()), 300))")
    assert all(abs(value - expected) < 12 for value, expected in zip(drawn, SUPPLIER_COLOUR, strict=False)), drawn


def test_the_panel_covers_neither_the_selected_place_nor_the_buttons(page: Page) -> None:
    frame = page.locator(".map-canvas").bounding_box()
    assert frame
    page.mouse.click(frame["x"] + frame["width"] - 60, frame["y"] + frame["height"] / 2)
    panel, buttons = page.locator(".map-panel").bounding_box(), page.locator(".ol-zoom").bounding_box()
    assert panel and buttons
    assert buttons["x"] + buttons["width"] <= panel["x"]
    expect(page.locator(".map-panel h2")).to_contain_text("Reef cable")
    page.mouse.move(panel["x"] - 28, frame["y"] + frame["height"] / 2)
    expect(page.locator(".map-readout")).to_have_text("Reef cable: Quartz Cables")


def test_a_line_under_the_pointer_is_named(page: Page) -> None:
    frame = page.locator(".map-canvas").bounding_box()
    assert frame
    page.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2 + 60)
    expect(page.locator(".map-readout")).not_to_contain_text("Reef cable")
    page.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    expect(page.locator(".map-readout")).to_have_text("Reef cable: Quartz Cables")
