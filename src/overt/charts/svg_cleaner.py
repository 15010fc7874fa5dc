"""What the drawing library made, cut down to what pages need: known elements and attributes alone, nothing inline, few bytes."""

import re
from itertools import groupby
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from markupsafe import escape

from overt.charts.palette import colour_of

_SVG = "{http://www.w3.org/2000/svg}"
_KEPT = {
    "g": {"transform", "fill", "stroke-miterlimit"},
    "path": {"d", "transform", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap",
             "stroke-linejoin", "opacity"},
    "line": {"transform", "x1", "y1", "x2", "y2", "stroke", "stroke-width", "opacity"},
    "rect": {"x", "y", "width", "height", "fill", "fill-opacity", "opacity"},
    "text": {"transform", "text-anchor", "fill", "font-size", "font-weight", "opacity"},
}  # fmt: skip
"""Elements of a drawing, and what they may say. There is no link, no script, no style, no id among them."""
_LEFT_OUT = {"class", "role", "aria-hidden", "aria-roledescription", "aria-label", "pointer-events", "font-family", "display"}
_PAINTS = {"fill", "stroke"}
_PLAIN = re.compile(r"[-+A-Za-z0-9.,()# %]*")
_LONG = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
_BAR = re.compile(r"M[-0-9.]+,[-0-9.]+h[-0-9.]+v[-0-9.]+h[-0-9.]+Z")
_PLACE = re.compile(r"translate\(([-0-9.]+),([-0-9.]+)\)")
_NOTHING = {("fill-opacity", "1"), ("opacity", "1"), ("stroke-miterlimit", "10"), ("transform", "translate(0,0)"), ("d", "")}


class UnknownMarkup(ValueError):
    """The library drew something that pages do not show."""


def cleaned(svg: str) -> str:
    """The inside of a drawing, to be put into an `svg` element. Raises UnknownMarkup."""
    return _inside(fromstring(svg))


def standing_alone(inside: str) -> str:
    """The same for a file without a style sheet: colours of the light theme in place of their names."""
    return re.sub(r'(fill|stroke)="(var\(--[a-z0-9-]+\))"', lambda found: f'{found[1]}="{colour_of(found[2])}"', inside)


def _inside(element: Element) -> str:
    """What is drawn in an element. Opaque bars and rules that look alike and come one after the other, of which a timeline has
    hundreds, are one path.
    """
    found = []
    for look, group in groupby(((_alike(child), child) for child in element), key=lambda pair: pair[0] and pair[0][0]):
        held = list(group)
        if look is None or len(held) == 1:
            found += [_written(child) for _, child in held]
        else:
            ways = dict.fromkeys(alike[1] for alike, _ in held if alike)
            said = "".join(f' {key}="{escape(value)}"' for key, value in look)
            found.append(f'<path d="{"".join(ways)}"{said}/>')
    return "".join(found)


def _alike(element: Element) -> tuple[tuple[tuple[str, str], ...], str] | None:
    """What an opaque bar or rule looks like, and the way that it goes; None of all else."""
    name = element.tag.removeprefix(_SVG)
    if name not in ("path", "line") or not _shows(name, element):
        return None
    held = dict(_attributes(name, element))
    if held.pop("fill-opacity", "1") != "1" or held.pop("opacity", "1") != "1":
        return None
    if name == "path":
        way = held.pop("d")
        return (tuple(held.items()), way) if _BAR.fullmatch(way) and "transform" not in held and "stroke" not in held else None
    place = _PLACE.fullmatch(held.pop("transform", ""))
    right, down = held.pop("x2", "0"), held.pop("y2", "0")
    if place is None or {"x1", "y1"} & held.keys() or (right != "0" and down != "0"):
        return None
    return tuple(held.items()), f"M{place[1]},{place[2]}" + (f"v{down}" if right == "0" else f"h{right}")


def _written(element: Element) -> str:
    name = element.tag.removeprefix(_SVG)
    if name not in _KEPT:
        raise UnknownMarkup(f"<{name}> in a drawing")
    inside = _inside(element)
    said = str(escape(element.text)) if name == "text" and element.text else ""
    held = [(key, value) for key, value in _attributes(name, element) if (key, value) not in _NOTHING]
    if not (inside or said) and (name in ("g", "text") or not _shows(name, element)):
        return ""
    if name == "g" and not held:
        return inside
    written = "".join(f' {key}="{escape(value)}"' for key, value in held)
    return f"<{name}{written}>{inside}{said}</{name}>" if inside or said else f"<{name}{written}/>"


def _attributes(name: str, element: Element) -> list[tuple[str, str]]:
    found = []
    for key, value in element.items():
        if key in _LEFT_OUT:
            continue
        if key not in _KEPT[name]:
            raise UnknownMarkup(f"{key} of <{name}> in a drawing")
        if key in _PAINTS and value not in ("none", "transparent"):
            colour_of(value)
        elif not _PLAIN.fullmatch(value):
            raise UnknownMarkup(f"{key} of <{name}> in a drawing")
        else:
            value = _LONG.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), value)
        found.append((key, value))
    return found


def _shows(name: str, element: Element) -> bool:
    """Whether there is anything to see: Vega also draws empty frames behind groups."""
    painted = any(element.get(paint, "none") not in ("none", "transparent") for paint in _PAINTS)
    return painted and element.get("display") != "none" and (name != "path" or bool(element.get("d")))
