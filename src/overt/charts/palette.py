"""The colours of drawings by name, for files without a style sheet. style.css is the only place that declares them."""

import re
from importlib.resources import files

PALETTES = ("count", "project", "amount", "score", "kind")
"""The palettes of maps, each with the shades 1 to 5; `kind` also has 6.

`count`: numbers of surveillance and censorship systems or other items. `project`: numbers of projects of any kind. `amount`:
money. `score`: scores of outside indexes. `kind`: categories, whose hues have no order.
"""
COUNT_PALETTES = ("count", "project")
"""The palettes of maps with circles; each also has the colour `land` of countries in which something is counted."""
_CSS_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")
_DECLARED = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6}|var\(--[a-z0-9-]+\));")


def _read_light_theme() -> dict[str, str]:
    """Return the colours of the first rule of style.css, its light theme, by name."""
    css = (files("overt") / "static" / "style.css").read_text(encoding="utf-8")
    declared = dict(_DECLARED.findall(css.partition(":root {")[2].partition("}")[0]))
    return {
        name: declared[match[1]] if (match := _CSS_VARIABLE.fullmatch(colour)) else colour for name, colour in declared.items()
    }


LIGHT = _read_light_theme()
"""The colours of the light theme."""


def colour_of(paint: str) -> str:
    """Return the light theme's colour of `var(--name)`. Raises ValueError for an unknown name or any other string."""
    match = _CSS_VARIABLE.fullmatch(paint)
    if not match or match[1] not in LIGHT:
        raise ValueError(f"{paint!r} is no colour of style.css")
    return LIGHT[match[1]]
