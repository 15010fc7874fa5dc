"""Stripes over countries on maps, on plain land. They mark what shades don't count: a light shade would suggest little."""

_SIDE, _EDGE, _CORE = 7.6, 4.8, 3.6
"""Side of the pattern's square, and the width of a stripe along this side, first with its edges and then without them.

All are in pixels at a map's usual width.
"""


def stripe_pattern(identity: str, scale: float) -> str:
    """Return the SVG pattern of the stripes.

    They cover about half of a country, so that it looks dark, and have faint light edges.

    They slope in the opposite direction to the hatching of land without a value. The stripes themselves are sloped, because a
    picture of the world with a rotated pattern takes longer to make. `identity`: id of the pattern. `scale`: drawing units per
    pixel at the usual width of the map.
    """
    margin = (_EDGE - _CORE) / 2
    return (
        f'<pattern id="{identity}" width="{_SIDE}" height="{_SIDE}" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({scale:.3g})">{_stripe("stripe-edge", 0, _EDGE)}{_stripe("stripe", margin, _CORE)}</pattern>'
    )


def _stripe(look: str, left: float, width: float) -> str:
    """Return a stripe from the upper edge down to the right, and the end of its neighbour to the left."""
    return "".join(
        f'<polygon class="{look}" points="{x:.4g},0 {x + width:.4g},0 {x + width + _SIDE:.4g},{_SIDE} {x + _SIDE:.4g},{_SIDE}"/>'
        for x in (left, left - _SIDE)
    )


def stripe_shape(identity: str, element: str, geometry: str) -> str:
    """Return the stripes over a shape. `identity`: id of their pattern; `element`, `geometry`: such as `path` and `d="…"`."""
    return f'<{element} class="striped" fill="url(#{identity})" {geometry}/>'
