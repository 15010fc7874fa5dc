"""The colours of drawings by name, for files without a style sheet."""

import re

LIGHT = {
    "paper": "#fcfcfa", "wash": "#f4f3ee", "ink": "#1a1c1e", "muted": "#595e63", "rule": "#e3e1da",
    "rule-strong": "#85837c", "land": "#f6f5f1", "hatch": "#e2dfd7",
    "shade-1": "#f3e3d6", "shade-2": "#e6bd9d", "shade-3": "#d68f62", "shade-4": "#b95e2f", "shade-5": "#7f3612",
    "networks": "#0072b2", "cables": "#56b4e9", "data-centres": "#009e73", "surveillance": "#d55e00", "censorship": "#a3336f",
    "finance": "#b8860b", "agreements": "#1a1c1e", "presence": "#767676",
    "cable-1": "#0072b2", "cable-2": "#d55e00", "cable-3": "#009e73", "cable-4": "#a3336f", "cable-5": "#b8860b",
    "cable-several": "#44505c", "cable-other": "#8a6fc0", "cable-unknown": "#b3b0a6",
}  # fmt: skip
"""The light theme of style.css; a test compares the two."""
_CSS_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")


def colour_of(paint: str) -> str:
    """Return the colour of `var(--name)`. Raises ValueError for any other string."""
    match = _CSS_VARIABLE.fullmatch(paint)
    if not match or match[1] not in LIGHT:
        raise ValueError(f"{paint!r} is no colour of style.css")
    return LIGHT[match[1]]
