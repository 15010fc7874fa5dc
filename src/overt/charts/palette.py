"""The colours that drawings name, and what they are in a file without a style sheet."""

import re

LIGHT = {
    "paper": "#fcfcfa", "wash": "#f4f3ee", "ink": "#1a1c1e", "muted": "#595e63", "rule": "#dddad2",
    "shade-1": "#efe6d1", "shade-2": "#e0d0ad", "shade-3": "#ccb483", "shade-4": "#b0935c", "shade-5": "#8a6d3b",
    "networks": "#0072b2", "cables": "#56b4e9", "data-centres": "#009e73", "surveillance": "#d55e00", "censorship": "#cc79a7",
    "finance": "#e69f00", "agreements": "#1a1c1e", "presence": "#767676",
}  # fmt: skip
"""As style.css has them for the light theme; a test compares the two."""
_NAMED = re.compile(r"var\(--([a-z0-9-]+)\)")


def colour_of(paint: str) -> str:
    """The colour behind `var(--name)`. Raises ValueError for any other paint."""
    found = _NAMED.fullmatch(paint)
    if not found or found[1] not in LIGHT:
        raise ValueError(f"{paint!r} is no colour of style.css")
    return LIGHT[found[1]]
