"""The surveillance and censorship systems that companies of a country supply in other countries."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import orjson
from markupsafe import Markup

from overt.language.country_article import with_article
from overt.language.language import N_
from overt.model.engines.named_sql import load_queries
from overt.queries.database import Reader
from overt.queries.labels import RecordLabel
from overt.site.organization.short_organization_names_and_seats import known_names
from overt.site.sentences.joined_parts import join
from overt.site.sentences.linked_record_and_company_names import company_link, named_with, text_link
from overt.site.site import Site

_QUERIES = load_queries(Path(__file__).parent)
_NAMED = 2
"""If at most this many systems are abroad, each is named with its supplier and country."""

_ALL_ABROAD = N_("%(companies)s are named as suppliers of %(n)s surveillance or censorship systems in %(countries)s%(leader)s.")
_SOME_ABROAD = N_(
    "%(companies)s are named as suppliers of %(all)s surveillance or censorship systems, "
    "%(n)s of them in %(countries)s%(leader)s."
)


class Export(NamedTuple):
    """A documented system that companies of a country supply or implement."""

    project: RecordLabel
    suppliers: Sequence[RecordLabel]
    """The suppliers and implementers that are based in the country."""
    countries: Sequence[str]
    """Codes of the other countries that have the system; empty for a system at home or without a country on record."""


def exports(reader: Reader, code: str) -> list[Export]:
    """Return the documented systems that a country's companies supply or implement, at home and abroad.

    Scanners of goods are left out.
    """
    return [
        Export(
            RecordLabel(row["id"], row["label"], row["label_lang"], row["label_zh"]),
            [RecordLabel(*party) for party in orjson.loads(row["suppliers"])],
            orjson.loads(row["countries"]),
        )
        for row in reader.select(_QUERIES["queries.exports"], {"country": code})
    ]


def export_sentence(site: Site, reader: Reader, code: str, systems: Sequence[Export]) -> Markup | None:
    """Return a sentence on the systems that a country's companies supply, at home and abroad; None if none is abroad.

    If at most `_NAMED` systems are abroad, they are named with their suppliers and countries. Otherwise, the sentence names the
    company with the most systems abroad, unless several share first place.
    """
    abroad = [system for system in systems if system.countries]
    if not abroad:
        return None
    parties = {party.id: party for system in abroad for party in system.suppliers}
    names = known_names(site, reader, parties)
    links = {party.id: company_link(site, party, names.get(party.id, "")) for party in parties.values()}
    companies = text_link(site.address("/companies", [("country", code)]), site.gettext("Companies based here"))
    if len(abroad) <= _NAMED:
        listed = [_named(site, system, [links[party.id] for party in system.suppliers]) for system in abroad]
        return site.markup(
            "%(companies)s are named as suppliers abroad: %(systems)s.", companies=companies, systems=join(site, listed)
        )
    countries = {country for system in abroad for country in system.countries}
    in_countries = site.ngettext("%(n)s other country", "%(n)s other countries", len(countries))
    (first, most), *rest = Counter(party.id for system in abroad for party in system.suppliers).most_common()
    leader = Markup()
    if not rest:
        leader = site.markup(" (%(name)s)", name=links[first])
    elif rest[0][1] < most:
        leader = site.markup(" (most often %(name)s: %(n)s)", name=links[first], n=site.formats.number(most))
    values = {"companies": companies, "countries": in_countries, "n": len(abroad), "leader": leader}
    message = _ALL_ABROAD if len(abroad) == len(systems) else _SOME_ABROAD
    return site.markup(message, all=len(systems), **values)


def _named(site: Site, system: Export, suppliers: Sequence[Markup]) -> Markup:
    """Return a system as a link, with its suppliers and countries in brackets."""
    where = site.language.join([with_article(site.language, site.words.area(country)) for country in system.countries])
    return named_with(site, system.project, site.markup("%(name)s, %(country)s", name=join(site, suppliers), country=where))
