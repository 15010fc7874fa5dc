"""Feeds in JSON (JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from overt.feeds.atom import Entry, urn

EXTENSION = "_overt"
"""Key for everything that the format has no field for. The format requires the underscore."""


def json_feed(
    key: str,
    title: str,
    entries: Sequence[tuple[Entry, Mapping[str, Any]]],
    *,
    author: str,
    description: str,
    language: str,
    address: str = "",
    own: str = "",
) -> bytes:
    """Encode a feed as JSON, with the same ids as `atom.feed`. The extension of each entry goes under `_overt`.

    An entry without a summary has its title as content. `address`, `own`: as for `atom.feed`. All addresses must be absolute, as
    the format requires, or empty.
    """
    data: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": title}
    data |= {name: value for name, value in (("home_page_url", address), ("feed_url", own)) if value}
    data |= {"description": description, "language": language, "authors": [{"name": author}], EXTENSION: {"id": urn(key)}}
    data["items"] = [
        {
            "id": urn(entry.key),
            **({"url": entry.address} if entry.address else {}),
            "title": entry.title,
            "content_text": entry.summary or entry.title,
            "date_published": f"{entry.day}T00:00:00Z",
            "tags": [entry.category] if entry.category else [],
            EXTENSION: extension,
        }
        for entry, extension in entries
    ]
    return orjson.dumps(data, option=orjson.OPT_INDENT_2) + b"\n"
