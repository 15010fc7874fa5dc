"""The same figure over other editions of an index: figures whose names differ only in the year at their end."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from overt.queries.figures import Figure
from overt.site.figure_texts import value_and_unit
from overt.site.site import Site

_EDITION = re.compile(r"(.+)-((?:19|20)\d\d)")


class Edition(NamedTuple):
    """The same figure over another edition."""

    year: str
    value: str
    """Its value with its unit."""
    page: str
    own_year: str
    """The year of the edition that the page's figure counts."""
    newer: bool
    """Whether the edition is newer than that of the page's figure."""


def other_editions(site: Site, name: str, figures: Iterable[Figure]) -> list[Edition]:
    """Return the other editions of a figure that have a value, the newest first; empty if its name doesn't end in a year."""
    own = _EDITION.fullmatch(name)
    editions = []
    for figure in figures if own else ():
        match = _EDITION.fullmatch(figure.name)
        if own and match and match[1] == own[1] and match[2] != own[2] and figure.value is not None:
            value = value_and_unit(site.formats, figure)
            editions.append(Edition(match[2], value, site.url(f"/figure/{figure.name}"), own[2], match[2] > own[2]))
    return sorted(editions, reverse=True)
