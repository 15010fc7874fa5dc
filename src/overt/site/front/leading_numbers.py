"""The numbers at the top of the front page: systems, countries that ordered them, countries with blocks, and money."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from overt.language.label_order import sort_key
from overt.language.language import NN_
from overt.queries import figures
from overt.queries.blocking.blocked_services import blocked_services, restricted_countries
from overt.queries.database import Reader
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
_COUNTRIES = NN_("country that ever ordered or used them", "countries that ever ordered or used them")
_BLOCKED = NN_(
    "country with a reported block or other restriction of online services",
    "countries with reported blocks or other restrictions of online services",
)
_UNDATED = NN_("%(n)s has no date; others: %(years)s", "%(n)s have no date; others: %(years)s")
_NAMED = 2
"""Maximum number of countries named that have the most systems."""


class LeadingNumber(NamedTuple):
    """A number, what it counts, what limits it, its period, and the page that has its rows."""

    number: str
    counted: str
    period: str
    """The years of what is counted, or another note on the number. Empty if nothing is known."""
    address: str
    limit: str = ""
    """What readers must know before they cite the number, as large as the text on what it counts. Empty for none."""


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
    limit = site.ngettext(*_UNDATED, undated, years=years) if undated and years else ""
    address = site.url(f"/figure/{site.systems.figure}")
    return [
        LeadingNumber(write(systems), site.ngettext(*_SYSTEMS, systems), "" if limit else years, address, limit),
        LeadingNumber(
            write(len(countries)), site.ngettext(*_COUNTRIES, len(countries)), _most(site, countries), site.url("/explorer")
        ),
    ]


def _most(site: Site, countries: Mapping[str, int]) -> str:
    """Return the highest number of systems in a country, with the names of up to `_NAMED` countries that have it."""
    most = max(countries.values(), default=0)
    if not most:
        return ""
    names = sorted((site.words.area(code) for code, number in countries.items() if number == most), key=sort_key)
    if len(names) > _NAMED:
        return site.gettext("at most %(n)s in one country", n=site.formats.number(most))
    return site.gettext("most: %(country)s, %(n)s", country=site.formats.join(names), n=site.formats.number(most))


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
    counted = site.gettext("in Chinese loans and grants, promised to projects with surveillance or censorship")
    purpose = site.gettext("of %(amount)s for recorded projects of all kinds", amount=total)
    amount = site.formats.money_short(part, figure.unit)
    note = site.gettext("; ").join(filter(None, [purpose, period]))
    if figure_sources(figure) == [_CHINESE_MONEY]:
        note = site.gettext("%(note)s. The source, AidData, has no other lenders.", note=note)
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
