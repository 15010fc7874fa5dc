"""Projects of several layers at one place of a map, drawn as one circle with their number."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import escape

from overt.maps.projection import project
from overt.queries.maps.map_marks import MapMark

RADIUS, _SIZE = 11, 13
"""Radius of the circle, and size of the number in it, in pixels."""


class Crowd(NamedTuple):
    """Projects of several layers at one place."""

    mark: MapMark
    """The place of the projects, and the number of different projects."""
    layers: Sequence[tuple[str, int]]
    """Their layers, each with its number of projects. A project of several layers counts in each of them."""


def draw_crowd(crowd: Crowd, title: str, address: str, unit: float) -> str:
    """Return the circle with the number as SVG, linked to the list of projects at `address`.

    `title`: what the projects are. `unit`: drawing units per pixel.
    """
    x, y = project(crowd.mark.longitude, crowd.mark.latitude)
    return (
        f'<a class="crowd" href="{escape(address)}"><title>{escape(title)}</title>'
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{RADIUS * unit:.0f}"/>'
        f'<text x="{x:.0f}" y="{y + 0.36 * _SIZE * unit:.0f}" font-size="{_SIZE * unit:.0f}" text-anchor="middle">'
        f"{crowd.mark.projects}</text></a>"
    )
