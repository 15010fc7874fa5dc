"""Names of the regions of a page, by which users of screen readers choose a region."""

import re
from collections import Counter
from html import unescape

_HEADINGS = re.compile(r'<(?:h\d|caption)[^>]*\bid="([^"]+)"[^>]*>(.*?)</(?:h\d|caption)>', re.DOTALL)
_LABELLED_BY = re.compile(r'\baria-labelledby="([^"]*)"')
_REGIONS = re.compile(r'<section\b[^>]*>|<[a-z]+\b[^>]*\brole="region"[^>]*>')


def repeated_regions(page: str) -> list[str]:
    """Return the sorted names that several regions of a page share. `page`: the page's HTML."""
    headings = {identity: unescape(re.sub(r"<[^>]+>", "", words)).strip() for identity, words in _HEADINGS.findall(page)}
    names = []
    for tag in _REGIONS.findall(page):
        if label := re.search(r'aria-label="([^"]*)"', tag):
            names.append(unescape(label[1]))
        elif heading := _LABELLED_BY.search(tag):
            names.append(headings.get(heading[1], heading[1]))
    return sorted(name for name, count in Counter(names).items() if count > 1)


def dangling_names(page: str) -> list[str]:
    """Return the sorted ids that regions of a page refer to for their names, but that no element has. `page`: its HTML."""
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    labels = [identity for tag in _REGIONS.findall(page) for names in _LABELLED_BY.findall(tag) for identity in names.split()]
    return sorted(set(labels) - ids)
