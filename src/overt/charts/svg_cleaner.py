"""Reduces the drawing library's SVG to what pages need: known elements and attributes, no inline styles or scripts, few bytes."""

import re
from itertools import groupby
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring
from markupsafe import escape

from overt.charts.palette import colour_of

_SVG = "{http://www.w3.org/2000/svg}"
_ALLOWED = {
    "g": {"transform", "fill", "stroke-miterlimit"},
    "path": {"d", "transform", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap",
             "stroke-linejoin", "opacity"},
    "line": {"transform", "x1", "y1", "x2", "y2", "stroke", "stroke-width", "opacity"},
    "rect": {"x", "y", "width", "height", "fill", "fill-opacity", "opacity"},
    "text": {"transform", "text-anchor", "fill", "font-size", "font-weight", "opacity", "stroke", "stroke-width",
             "stroke-linejoin"},
}  # fmt: skip
"""Allowed attributes of each allowed element. There are no links, scripts, styles or ids."""
_DROPPED = {"class", "role", "aria-hidden", "aria-roledescription", "aria-label", "pointer-events", "font-family", "display"}
"""Attributes that are removed, because pages don't need them. Any other attribute that isn't allowed is an error."""
_PAINTS = {"fill", "stroke"}
_SAFE_VALUE = re.compile(r"[-+A-Za-z0-9.,()# %]*")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
_BAR = re.compile(r"M[-0-9.]+,[-0-9.]+h[-0-9.]+v[-0-9.]+h[-0-9.]+Z")
_TRANSLATION = re.compile(r"translate\(([-0-9.]+),([-0-9.]+)\)")
_DEFAULTS = {("fill-opacity", "1"), ("opacity", "1"), ("stroke-miterlimit", "10"), ("transform", "translate(0,0)"), ("d", "")}
Attributes = tuple[tuple[str, str], ...]


class UnknownMarkup(ValueError):
    """Raised if a drawing has an element, attribute or value that pages don't allow, or is not well-formed XML."""


def clean_svg(svg: str) -> str:
    """Clean a drawing, and return the content for an `svg` element.

    Raises UnknownMarkup, or ValueError for an unknown colour.
    """
    try:
        root = fromstring(svg)
    except ParseError as error:  # ParseError is a SyntaxError, which callers don't expect.
        raise UnknownMarkup(f"not well-formed XML: {error}") from None
    return _clean_children(root)


def inline_colours(content: str) -> str:
    """Replace colour names with the colours of the light theme, for a file without a style sheet."""
    return re.sub(r'(fill|stroke)="(var\(--[a-z0-9-]+\))"', lambda match: f'{match[1]}="{colour_of(match[2])}"', content)


def _clean_children(element: Element) -> str:
    """Clean the children of an element.

    Consecutive opaque bars and rules that look alike become one path, because a timeline has hundreds of them.
    """
    cleaned = []
    for look, group in groupby(((_as_path(child), child) for child in element), key=lambda pair: pair[0] and pair[0][0]):
        members = list(group)
        if look is None or len(members) == 1:
            cleaned += [_clean_element(child) for _, child in members]
        else:
            paths = dict.fromkeys(as_path[1] for as_path, _ in members if as_path)
            cleaned.append(f'<path d="{"".join(paths)}"{_write_attributes(look)}/>')
    return "".join(cleaned)


def _as_path(element: Element) -> tuple[Attributes, str] | None:
    """Return the attributes and the path of an opaque bar or rule; None for any other element."""
    name = element.tag.removeprefix(_SVG)
    if name not in ("path", "line") or not _is_visible(name, element):
        return None
    attributes = dict(_clean_attributes(name, element))
    if attributes.pop("fill-opacity", "1") != "1" or attributes.pop("opacity", "1") != "1":
        return None
    if name == "path":
        path = attributes.pop("d")
        is_bar = _BAR.fullmatch(path) and "transform" not in attributes and "stroke" not in attributes
        return (tuple(attributes.items()), path) if is_bar else None
    start = _TRANSLATION.fullmatch(attributes.pop("transform", ""))
    right, down = attributes.pop("x2", "0"), attributes.pop("y2", "0")
    if start is None or {"x1", "y1"} & attributes.keys() or (right != "0" and down != "0"):
        return None
    return tuple(attributes.items()), f"M{start[1]},{start[2]}" + (f"v{down}" if right == "0" else f"h{right}")


def _clean_element(element: Element) -> str:
    name = element.tag.removeprefix(_SVG)
    if name not in _ALLOWED:
        raise UnknownMarkup(f"<{name}> in a drawing")
    children = _clean_children(element)
    text = str(escape(element.text)) if name == "text" and element.text else ""
    attributes = tuple(pair for pair in _clean_attributes(name, element) if pair not in _DEFAULTS)
    if not (children or text) and (name in ("g", "text") or not _is_visible(name, element)):
        return ""
    if name == "g" and not attributes:
        return children
    opening = f"<{name}{_write_attributes(attributes)}"
    return f"{opening}>{children}{text}</{name}>" if children or text else f"{opening}/>"


def _write_attributes(attributes: Attributes) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in attributes)


def _clean_attributes(name: str, element: Element) -> list[tuple[str, str]]:
    cleaned = []
    for key, value in element.items():
        if key in _DROPPED:
            continue
        if key not in _ALLOWED[name]:
            raise UnknownMarkup(f"{key} of <{name}> in a drawing")
        if key in _PAINTS and value not in ("none", "transparent"):
            colour_of(value)
        elif not _SAFE_VALUE.fullmatch(value):
            raise UnknownMarkup(f"{key} of <{name}> in a drawing")
        else:
            value = _LONG_NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), value)
        cleaned.append((key, value))
    return cleaned


def _is_visible(name: str, element: Element) -> bool:
    """Return whether an element is visible. Vega also draws empty frames behind groups."""
    painted = any(element.get(paint, "none") not in ("none", "transparent") for paint in _PAINTS)
    return painted and element.get("display") != "none" and (name != "path" or bool(element.get("d")))
