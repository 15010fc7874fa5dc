"""The top of the front page: a finding as its headline, then systems, their countries, countries with blocks, and money."""

from collections.abc import Iterable
from typing import NamedTuple

from overt.language.label_order import sort_key
from overt.language.language import NN_
from overt.queries import figures
from overt.queries.blocking.blocked_services import blocked_services, restricted_countries
from overt.queries.database import Reader
from overt.site.explorer.system_count_texts import most_systems
from overt.site.figure_texts import figure_sources
from overt.site.site import Site

_MONEY = "finance-total"
"""The figure with the sum of promised money."""
_REPRESSION = "surveillance-or-censorship"
"""Its variant with the money for projects that have a kind of surveillance or censorship."""
_CHINESE_MONEY = "aiddata_gcdf"
"""The source that has Chinese lenders and donors only."""
_SYSTEMS = NN_(
    "surveillance or censorship system with a named supplier", "surveillance and censorship systems with a named supplier"
)
_WITH_CUSTOMER = NN_("of %(n)s, the customer or operator is named, too", "of %(n)s, the customer or operator is named, too")
_COUNTRIES = NN_("country where sources name who ordered or runs them", "countries where sources name who ordered or runs them")
_UNNAMED = NN_(
    "in %(n)s more, they were only found, or sold to an unnamed buyer",
    "in %(n)s more, they were only found, or sold to an unnamed buyer",
)
_HEADLINE = NN_(
    "Companies from %(country)s supplied %(number)s of %(n)s documented surveillance and censorship system",
    "Companies from %(country)s supplied %(number)s of %(n)s documented surveillance and censorship systems",
)
_BLOCKED = NN_(
    "country with a reported block or other restriction of online services",
    "countries with reported blocks or other restrictions of online services",
)
_UNDATED = NN_("%(years)s; %(n)s has no date", "%(years)s; %(n)s have no date")


class LeadingNumber(NamedTuple):
    """A number, what it counts, what limits it, its period, and the page that has its rows."""

    number: str
    counted: str
    period: str
    """The years of what is counted, or another note on the number. Empty if nothing is known."""
    address: str
    limit: str = ""
    """What readers must know before they cite the number, as large as the text on what it counts. Empty for none."""


def headline(site: Site) -> str:
    """Return a sentence on the country whose companies supplied the most systems; empty if no supplier's country is known."""
    if site.systems is None or not site.systems.by_seat:
        return ""
    code, number = next(iter(site.systems.by_seat.items()))
    return site.ngettext(
        *_HEADLINE,
        site.systems.systems,
        country=site.words.area(code),
        number=site.formats.number(number),
    )


def leading_numbers(site: Site, reader: Reader) -> list[LeadingNumber]:
    """Return the numbers that this release has, in the order of the page's heading: sold, bought, blocked; then money."""
    return [*_systems(site), *_blocked(site, reader), *_money(site, reader)]


def _systems(site: Site) -> list[LeadingNumber]:
    if site.systems is None:
        return []
    systems, countries = site.systems.systems, site.systems.by_country
    write = site.formats.number
    years = _years(site, site.systems.years)
    undated = site.systems.undated
    period = site.ngettext(*_UNDATED, undated, years=years) if undated and years else years
    customers = site.ngettext(*_WITH_CUSTOMER, site.systems.named_systems)
    address = site.url(f"/figure/{site.systems.figure}")
    unnamed = len(site.systems.unnamed)
    named = len(countries) - unnamed
    limit = site.ngettext(*_UNNAMED, unnamed) if unnamed else ""
    return [
        LeadingNumber(write(systems), site.ngettext(*_SYSTEMS, systems), period, address, customers),
        LeadingNumber(write(named), site.ngettext(*_COUNTRIES, named), _most(site), site.url("/explorer"), limit),
    ]


def _most(site: Site) -> str:
    """Return the highest number of systems in a country, with the names of the countries that have it."""
    if site.systems is None or not site.systems.by_country:
        return ""
    countries = most_systems(site.systems)
    if not countries:
        return site.gettext("at most %(n)s in one country", n=site.formats.number(max(site.systems.by_country.values())))
    names = site.formats.join(sorted((site.words.area(code) for code, _ in countries), key=sort_key))
    return site.gettext("most systems: %(country)s, %(n)s", country=names, n=site.formats.number(countries[0][1]))


def _money(site: Site, reader: Reader) -> list[LeadingNumber]:
    figure = figures.find(reader, _MONEY)
    if figure is None or not figure.value or not float(figure.value):
        return []
    years = _years(site, (int(year) for year in figure.groups.get("year", {}) if year.isdigit()))
    prices = site.formats.prices(figure.unit)
    period = site.gettext("%(years)s, %(prices)s", years=years, prices=prices) if years and prices else years or prices
    address = site.url(f"/figure/{_MONEY}")
    total = site.formats.money_short(figure.value, figure.unit)
    part = next((variant["value"] for variant in figure.variants if variant["name"] == _REPRESSION), None)
    if not part or not float(part):
        counted = site.gettext("in Chinese loans and grants, promised to recorded projects of all kinds")
        return [LeadingNumber(total, counted, period, address)]
    counted = site.gettext(
        "in Chinese loans and grants, promised to projects that include surveillance or censorship; the price of their other "
        "parts counts, too"
    )
    purpose = site.gettext("of %(amount)s for all recorded projects", amount=total)
    amount = site.formats.money_short(part, figure.unit)
    note = site.gettext("; ").join(filter(None, [purpose, period]))
    if figure_sources(figure) == [_CHINESE_MONEY]:
        note = site.gettext("%(note)s. AidData, the source, covers Chinese lenders only.", note=note)
    return [LeadingNumber(amount, counted, note, address)]


def _blocked(site: Site, reader: Reader) -> list[LeadingNumber]:
    countries = len(restricted_countries(reader))
    if not countries:
        return []
    begun = (int(row.begun[:4]) for row in blocked_services(reader) if row.begun and row.begun[:4].isdigit())
    years = _years(site, begun)
    return [LeadingNumber(site.formats.number(countries), site.ngettext(*_BLOCKED, countries), years, site.url("/blocked"))]


def _years(site: Site, years: Iterable[int]) -> str:
    ordered = sorted(years)
    return site.formats.period(str(ordered[0]), str(ordered[-1])) if ordered else ""
