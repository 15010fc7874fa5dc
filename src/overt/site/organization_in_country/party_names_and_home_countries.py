"""The names of parties on the page about an organisation in a country, and the countries where they are based."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from overt.queries.database import Reader
from overt.queries.labels import Labelled
from overt.site.organization.short_organization_names_and_seats import known_organizations
from overt.site.site import Site


class KnownParty(NamedTuple):
    """The name that the page uses for an organisation."""

    name: str
    lang: str | None
    """Language of the name; None if it is the page's language."""
    seat: str | None
    """Code of the country where the organisation is based; None if no source names one."""
    names_country: bool
    """Whether the name contains the name of a country."""


def known_parties(site: Site, reader: Reader, rows: Iterable[Labelled]) -> dict[str, KnownParty]:
    """Return the names by which organisations are known, and the countries of their seats, by id."""
    labels = {row.id: row for row in rows}
    known = known_organizations(site, reader, labels)
    countries = _names_of_countries(site)
    names = {identity: known[identity].name if identity in known else site.called(row) for identity, row in labels.items()}
    return {
        identity: KnownParty(
            names[identity],
            getattr(row, "label_lang", None) if site.called(row) == row.label else None,
            known[identity].seat if identity in known else None,
            bool(countries.search(names[identity])),
        )
        for identity, row in labels.items()
    }


@lru_cache(maxsize=8)
def _country_pattern(labels: tuple[str, ...], edge: str) -> re.Pattern[str]:
    """Return a pattern that matches any of these names of countries. `edge`: a pattern for what is before and after a name."""
    return re.compile(f"{edge}(?:{'|'.join(map(re.escape, labels))}){edge}")


def _names_of_countries(site: Site) -> re.Pattern[str]:
    """Return a pattern that matches names of countries: only whole words or, if the page is Chinese, anywhere."""
    labels = tuple(area.label for area in site.words.areas.values() if area.label)
    return _country_pattern(labels, "" if site.language.code == "zh" else r"\b")
