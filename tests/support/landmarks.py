"""Names of the regions of a page, by which readers with a screen reader choose one."""

import re
from collections import Counter
from html import unescape

_HEADINGS = re.compile(r'<(?:h\d|caption)[^>]*\bid="([^"]+)"[^>]*>(.*?)</(?:h\d|caption)>', re.DOTALL)
_REGIONS = re.compile(r'<section\b[^>]*>|<[a-z]+\b[^>]*\brole="region"[^>]*>')


def repeated_regions(page: str) -> list[str]:
    """Return the names that several regions of a page have, sorted. `page`: its HTML."""
    headings = {identity: unescape(re.sub(r"<[^>]+>", "", words)).strip() for identity, words in _HEADINGS.findall(page)}
    names = []
    for tag in _REGIONS.findall(page):
        if label := re.search(r'aria-label="([^"]*)"', tag):
            names.append(unescape(label[1]))
        elif heading := re.search(r'aria-labelledby="([^"]*)"', tag):
            names.append(headings.get(heading[1], heading[1]))
    return sorted(name for name, count in Counter(names).items() if count > 1)
