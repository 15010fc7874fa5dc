"""Adds the parameter `as_of` to the links of a page, and removes it from the address of a request."""

import re
from html import escape
from urllib.parse import quote

from fastapi import Request

from overt.http.page_addresses import address
from overt.queries.address_parameters import AS_OF

_RECORDS = r"countries|region/[a-z0-9-]+|country/[A-Z-]+|(?:organization|project|agreement|record)/ovt-[a-z2-7]+"
_TO_RECORDS = re.compile(rf'(?<!data-now )href="((?:/zh)?/(?:{_RECORDS})(?:\?[^"#]*)?)(#[^"]*)?"')
"""Matches links to the list of countries, and to pages of countries, regions and records."""
_TO_PAGES = re.compile(rf'(?<!data-now )href="((?:/zh)?/(?:explorer|{_RECORDS})(?:\?[^"#]*)?)(#[^"]*)?"')
"""Matches the links that `_TO_RECORDS` matches, and links to the explorer."""


def keep_as_of(html: str, as_of: str, *, explorer: bool) -> str:
    """Add `as_of` to a page's links to the explorer, the list of countries, and the pages of countries, regions and records.

    A link that already has `as_of`, or has `data-now` before its address, stays unchanged. `explorer`: whether this is the page
    of the explorer, whose links to itself already have the right filters.
    """
    parameter = f"{AS_OF}={quote(as_of, safe='')}"

    def link(match: re.Match[str]) -> str:
        target, fragment = match[1], match[2] or ""
        if f"{AS_OF}=" in target:
            return match[0]
        return f'href="{target}{"&amp;" if "?" in target else "?"}{escape(parameter)}{fragment}"'

    return (_TO_RECORDS if explorer else _TO_PAGES).sub(link, html)


def without_as_of(request: Request) -> str:
    """Return the address of a request, with all parameters except `as_of`."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != AS_OF]
    return address(request.url.path, pairs)
