"""Countries that a reader picks for a chart: `?country=KE&country=ZM`."""

from collections.abc import Iterable

from fastapi import Request

from overt.index.accepted_filter_values import AREAS
from overt.language.label_order import by_label
from overt.queries.address_parameters import BadQuery
from overt.queries.labels import Area
from overt.site.site import Site

MAX_PICKED = 4


def picked_countries(site: Site, request: Request) -> tuple[str, ...]:
    """Return the codes of the picked countries. Raises BadQuery for an unknown country, and for more than `MAX_PICKED`."""
    picked = site.query(request).many("country", AREAS)
    if len(picked) > MAX_PICKED:
        raise BadQuery(site.gettext("Up to %(n)s can be compared at once.", n=MAX_PICKED))
    return picked


def offered_countries(site: Site, codes: Iterable[str]) -> list[Area]:
    """Return the countries with these codes, sorted by name, for a form to offer. Unknown codes are left out."""
    return by_label(site.words.areas[code] for code in codes if code in site.words.areas)
