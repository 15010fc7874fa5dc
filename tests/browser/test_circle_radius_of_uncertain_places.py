"""A place with an uncertain location is drawn with the radius that its source states, both from columns and from tiles."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, ready

pytestmark = pytest.mark.browser
ZOOM = 10
NAIROBI = (36.8172, -1.2864)
"""A place in the small atlas for which its source gives only the town.

Its source states a radius of 12 km, which is 157 pixels at `ZOOM`; the default of 5 km would be 65.
"""
STEP = 100
"""Pixels by which an arrow key moves the map."""


@pytest.mark.parametrize("points", ["columns", "tiled"])
def test_a_place_is_as_large_as_its_source_states(visit: Open, request: pytest.FixtureRequest, points: str) -> None:
    if points == "tiled":
        request.getfixturevalue(points)
    east = NAIROBI[0] + 20 * 360 / (512 * 2**ZOOM)
    page = ready(visit(f"/explorer?kind=smart-city&at={ZOOM}/{NAIROBI[1]}/{east}"))
    assert (page.locator("#map").get_attribute("data-tiles") is not None) == (points == "tiled")
    page.locator(".map-canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-panel .sign--surveillance")).to_be_visible()
    page.keyboard.press("Escape")
    under = page.locator(".map-readout")
    for pixels in (20 + STEP, 20 + 2 * STEP):
        page.keyboard.press("ArrowRight")
        expect(under).to_contain_text("Nairobi" if pixels < 157 else "Kenya")
