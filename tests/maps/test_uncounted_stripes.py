"""Stripes over countries: they cover the whole country, on plain land, and each stripe continues in the next tile."""

import re

from overt.maps.small_map import Shade, SmallShape, draw_small_map
from overt.maps.uncounted_stripes import stripe_pattern

SHAPES = [
    SmallShape("CN", False, 50, 50, "M0 0H100V100Z"),
    SmallShape("SG", True, 9, 9, "M9 9h1v1z"),
    SmallShape("KE", False, 1, 1, "M1 1h9v9z"),
]


def test_a_country_has_its_stripes_instead_of_its_shade_or_over_the_hatching() -> None:
    drawn = draw_small_map(SHAPES, {"CN": Shade(2, "China")}, label="Map", hatch="none", striped=("CN", "SG"))
    assert '<path class="bare" d="M0 0H100V100Z"/><path class="striped" fill="url(#none-stripes)" d="M0 0H100V100Z"/>' in drawn
    assert '<circle class="striped" fill="url(#none-stripes)" cx="9" cy="9"' in drawn, "a small country has its dot"
    assert drawn.count("striped") == 2 and drawn.count('<pattern id="none-stripes"') == 1
    assert "stripes" not in draw_small_map(SHAPES, {"CN": Shade(2, "China")}, label="Map", hatch="none")


def test_stripes_continue_from_tile_to_tile() -> None:
    pattern = stripe_pattern("s", 10)
    side = float(re.findall(r' width="([\d.]+)"', pattern)[0])
    for look in ("stripe-edge", "stripe"):
        stripe, neighbour = (
            [tuple(map(float, point.split(","))) for point in points.split()]
            for points in re.findall(rf'class="{look}" points="([^"]+)"', pattern)
        )
        assert [(round(x - side, 2), y) for x, y in stripe] == [(round(x, 2), y) for x, y in neighbour]
        assert stripe[3] == (round(stripe[0][0] + side, 2), side), (
            "it slopes at 45 degrees, so its end is its neighbour's beginning"
        )
