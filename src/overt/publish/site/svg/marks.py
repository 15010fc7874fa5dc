"""Points of a map gathered where they would cover one another, each layer with a shape of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import escape

from overt.publish.read.database import Row
from overt.publish.site.svg.projection import project

CELL = 100
"""Side, in drawing units, of the squares whose points become one mark: ten pixels on a wide screen."""
SOFT = frozenset({"admin1", "admin2"})
"""Precisions that are drawn larger and softer: the true place may be far from the point."""
_OTHER = "networks"
"""The shape of projects whose kind is not known."""


@dataclass
class Mark:
    """One or more projects at one place of the map."""

    layer: str
    x: float
    y: float
    soft: bool
    projects: dict[str, str] = field(default_factory=dict)
    """Id → name."""
    places: set[str] = field(default_factory=set)
    box: tuple[float, float, float, float] = (180, 90, -180, -90)
    """West, south, east, north in degrees."""


def gather(places: Iterable[Row], cell: float = CELL) -> list[Mark]:
    """Marks for the rows of `map_places` that are points."""
    marks: dict[tuple[str, bool, int, int], Mark] = {}
    for row in places:
        longitude, latitude = row["longitude"], row["latitude"]
        if longitude is None:
            continue
        x, y = project(longitude, latitude)
        layer, soft = row["layer"] or _OTHER, row["precision"] in SOFT
        key = (layer, soft, int(x // cell), int(y // cell))
        mark = marks.setdefault(key, Mark(layer, x, y, soft))
        mark.projects[row["id"]] = row["label"] or row["id"]
        if row["place"]:
            mark.places.add(row["place"])
        west, south, east, north = mark.box
        mark.box = (min(west, longitude), min(south, latitude), max(east, longitude), max(north, latitude))
    return sorted(marks.values(), key=lambda mark: (not mark.soft, mark.layer, mark.y, mark.x))


_OUTLINES = {
    "networks": "M0-41l37 68h-74z",
    "cables": "M-40-15h80v30h-80z",
    "data-centres": "M-30-30h60v60h-60z",
    "censorship": "M-12-34v22h-22v24h22v22h24v-22h22v-24h-22v-22z",
    "finance": "M0-40l40 40l-40 40l-40-40z",
    "presence": "M-34 0a34 34 0 1 0 68 0a34 34 0 1 0-68 0zM-14 0a14 14 0 1 1 28 0a14 14 0 1 1-28 0z",
}
_ROUND = "M-32 0a32 32 0 1 0 64 0a32 32 0 1 0-64 0z"
_SOFT_LOOK = 'fill-opacity="0.35"'
_FIRM_LOOK = 'stroke="var(--paper)" stroke-width="9"'
_SOFTER = 1.8
"""How much larger a mark is whose place is known to a province or district only."""


def name_of(mark: Mark) -> str:
    """The id, within a map, of the shape that stands for a mark."""
    return f"mark-{mark.layer}{'-soft' if mark.soft else ''}"


def outlines(marks: Iterable[Mark], scale: float) -> str:
    """The shapes that these marks need, to be drawn many times: each layer has its own, so that colour is never alone.

    What style.css says of `.point` stands in attributes, because its rules do not reach into shapes that are used again.
    """
    needed = {name_of(mark): mark for mark in marks}
    return "".join(
        f'<path id="{escape(name)}" fill="currentColor" {_SOFT_LOOK if mark.soft else _FIRM_LOOK} '
        f'transform="scale({scale * (_SOFTER if mark.soft else 1):.3g})" d="{_OUTLINES.get(mark.layer, _ROUND)}"/>'
        for name, mark in sorted(needed.items())
    )
