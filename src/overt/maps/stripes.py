"""Stripes over countries on maps, for something that the shades don't count, so that no shade is taken for little."""

_PERIOD, _EDGE, _CORE = 8, 4.2, 1.8
"""Distance from stripe to stripe, width of a stripe with its edges, and without them, in pixels at the usual width of a map."""


def stripe_pattern(identity: str, scale: float) -> str:
    """Return the SVG pattern of the stripes, with light edges, so that they stand out from dark and from light shades.

    They slope against the hatching of land without a value. `scale`: drawing units per pixel at the usual width of the map.
    """
    core = f'<rect class="stripe" x="{(_EDGE - _CORE) / 2:.3g}" width="{_CORE}" height="{_PERIOD}"/>'
    return (
        f'<pattern id="{identity}" width="{_PERIOD}" height="{_PERIOD}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(-45) scale({scale:.3g})">'
        f'<rect class="stripe-edge" width="{_EDGE}" height="{_PERIOD}"/>{core}</pattern>'
    )


def stripe_shape(identity: str, element: str, geometry: str) -> str:
    """Return the stripes over a shape. `identity`: id of their pattern; `element`, `geometry`: such as `path` and `d="…"`."""
    return f'<{element} class="striped" fill="url(#{identity})" {geometry}/>'
