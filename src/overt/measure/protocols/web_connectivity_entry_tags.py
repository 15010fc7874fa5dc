"""Tags that assign an entry to a part of web_connectivity (version 0.5: spec ts-017)."""

from functools import lru_cache
from typing import Any, NamedTuple

CLASSIC, DEPTH = "classic", "depth="
_MAX_LENGTH = 1_000
"""Total length of an entry's tags, in characters, from which they count as malformed."""


class EntryTags(NamedTuple):
    """The part of web_connectivity that an entry belongs to."""

    classic: bool
    """Whether a user's browser would have made the same request."""
    depth: int
    """Number of redirects before the entry."""
    for_page: bool
    """Whether the entry was made to fetch the page."""


_UNTAGGED = EntryTags(classic=False, depth=0, for_page=True)
"""Tags for entries of versions before 0.5, which have no tags and only fetch the page."""


def parse_tags(tags: Any) -> EntryTags:
    """Parse the `tags` of an entry. If they are missing or malformed, return the tags for versions before 0.5."""
    if not tags or type(tags) is not list or len(tags) > 20:
        return _UNTAGGED
    try:
        return _parse(tuple(tags)) if sum(map(len, tags)) < _MAX_LENGTH else _UNTAGGED
    except (TypeError, AttributeError):  # A tag is not a string.
        return _UNTAGGED


@lru_cache(maxsize=1024)
def _parse(tags: tuple[str, ...]) -> EntryTags:
    depth = next((tag.removeprefix(DEPTH) for tag in tags if tag.startswith(DEPTH)), "0")
    return EntryTags(
        CLASSIC in tags,
        int(depth) if depth.isascii() and depth.isdigit() and len(depth) < 4 else 0,
        "fetch_body=false" not in tags,
    )
