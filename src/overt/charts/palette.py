"""The colours of drawings by name, for files without a style sheet."""

import re

LIGHT = {
    "paper": "#fcfcfa", "wash": "#f4f3ee", "ink": "#1a1c1e", "muted": "#595e63", "rule": "#dddad2",
    "shade-1": "#efe6d1", "shade-2": "#e0d0ad", "shade-3": "#ccb483", "shade-4": "#b0935c", "shade-5": "#8a6d3b",
    "networks": "#0072b2", "cables": "#56b4e9", "data-centres": "#009e73", "surveillance": "#d55e00", "censorship": "#cc79a7",
    "finance": "#e69f00", "agreements": "#1a1c1e", "presence": "#767676",
}  # fmt: skip
"""The light theme of style.css; a test compares the two."""
_CSS_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")


def colour_of(paint: str) -> str:
    """Return the colour of `var(--name)`. Raises ValueError for any other paint."""
    match = _CSS_VARIABLE.fullmatch(paint)
    if not match or match[1] not in LIGHT:
        raise ValueError(f"{paint!r} is no colour of style.css")
    return LIGHT[match[1]]
