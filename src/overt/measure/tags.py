"""Tags that say to which part of web_connectivity an entry belongs (version 0.5: spec ts-017)."""

from functools import lru_cache
from typing import Any

CLASSIC, DEPTH = "classic", "depth="
_LONGEST = 1_000
"""Of all tags of an entry, in characters: what is longer is not kept in memory."""
_UNTAGGED = False, 0, True


def place(tags: Any) -> tuple[bool, int, bool]:
    """Whether it is part of what a user would have seen (`classic`), after how many redirects, whether for the page.

    Versions before 0.5 did nothing else, and have no such tags.
    """
    if not tags or type(tags) is not list or len(tags) > 20:
        return _UNTAGGED
    try:
        return _place(tuple(tags)) if sum(map(len, tags)) < _LONGEST else _UNTAGGED
    except (TypeError, AttributeError):  # something among them that is no text
        return _UNTAGGED


@lru_cache(maxsize=1024)
def _place(tags: tuple[str, ...]) -> tuple[bool, int, bool]:
    depth = next((tag.removeprefix(DEPTH) for tag in tags if tag.startswith(DEPTH)), "0")
    return (
        CLASSIC in tags,
        int(depth) if depth.isascii() and depth.isdigit() and len(depth) < 4 else 0,
        "fetch_body=false" not in tags,
    )
