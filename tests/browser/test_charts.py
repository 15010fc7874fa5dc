"""Charts as a reader sees them: fitting the width, in the theme's colours, each with a table, and without a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
CHART = "#chart-projects"


def test_the_drawing_fits_its_width(visit: Open) -> None:
    page = visit("/country/KE/rows", script=False)
    for width, visible, hidden in ((1280, "wide", "narrow"), (360, "narrow", "wide"), (320, "narrow", "wide")):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator(f"{CHART} .chart-{visible}")).to_be_visible()
        expect(page.locator(f"{CHART} .chart-{hidden}")).to_be_hidden()
        box = page.locator(f"{CHART} .chart-{visible}").bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width


def test_a_chart_shows_its_table_instead(visit: Open) -> None:
    page = visit("/country/KE/rows", script=False, width=360)
    chart = page.get_by_role("img", name="Projects by year and layer, Kenya")
    expect(chart).to_have_count(1)
    table = page.locator(f"{CHART} table")
    expect(table).to_be_hidden()
    page.locator(CHART).get_by_label("Table").check()
    expect(table).to_be_visible()
    expect(chart).to_have_count(0)
    page.emulate_media(media="print")
    expect(table).to_be_hidden()
    expect(page.locator(f"{CHART} .chart-wide")).to_be_visible()


def test_colours_are_those_of_the_theme(visit: Open) -> None:
    colours = {}
    page = visit("/country/KE/rows")
    for dark in (False, True):
        page.emulate_media(color_scheme="dark" if dark else "light")
        colours[dark] = {
            name: page.locator(f"{CHART} .chart-wide {name}[fill]").first.evaluate("node => getComputedStyle(node).fill")
            for name in ("path", "text")
        }
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper not in colours[dark].values()
    assert colours[False]["text"] != colours[True]["text"] and colours[False]["path"] != colours[True]["path"]
