"""A soft place is as wide on the screen as its source says, whether points come as columns or as tiles."""

import pytest
from playwright.sync_api import expect

from overt.publish.site.pages import home
from tests.browser.conftest import Open, ready

pytestmark = pytest.mark.browser
ZOOM = 10
NAIROBI = (36.8172, -1.2864)
"""Of the small atlas: known to the town, and by its source within 12 km, which are 157 pixels at this zoom; 5 km would be 66."""
STEP = 100
"""Pixels that an arrow key moves the map."""


@pytest.mark.parametrize(("most", "order"), [(home.MOST, "name"), (0, "status")], ids=["columns", "tiles"])
def test_a_place_reaches_as_far_as_its_source_says(visit: Open, monkeypatch: pytest.MonkeyPatch, most: int, order: str) -> None:
    monkeypatch.setattr(home, "MOST", most)
    east = NAIROBI[0] + 20 * 360 / (512 * 2**ZOOM)
    page = visit(f"/?kind=smart-city&sort={order}&at={ZOOM}/{NAIROBI[1]}/{east}")  # pages are kept: an order of its own each
    ready(page)
    assert (page.locator("#map").get_attribute("data-tiles") is None) == (most > 0)
    page.locator("canvas.maplibregl-canvas").focus()
    under = page.locator(".map-readout")
    for pixels in (20 + STEP, 20 + 2 * STEP):
        page.keyboard.press("ArrowRight")
        expect(under).to_contain_text("Nairobi" if pixels < 157 else "Kenya")
