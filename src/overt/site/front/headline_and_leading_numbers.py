"""The top of the front page: a finding as its headline, then systems, those from abroad, their countries, and blocks."""

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from overt.language.country_article import with_article
from overt.language.language import NN_
from overt.queries import figures, records
from overt.queries.blocking.blocked_services import blocked_services, restricted_countries
from overt.queries.database import Reader
from overt.site.figure_texts import figure_sources
from overt.site.front.system_list_addresses import systems_of_seat
from overt.site.sentences.joined_parts import join, join_sentences
from overt.site.sentences.linked_record_and_company_names import company_link, text_link
from overt.site.site import Site

_MONEY = "finance-total"
"""The figure with the sum of promised money."""
_REPRESSION = "surveillance-or-censorship"
"""The variant of that figure for projects that have a kind of surveillance or censorship."""
_CHINESE_MONEY = "aiddata_gcdf"
"""Slug of the source that has Chinese lenders and donors only."""
_SYSTEMS = NN_(
    "surveillance or censorship system with a named supplier",
    "surveillance and censorship systems with a named supplier",
)
_COUNTRIES = NN_("country where they are documented", "countries where they are documented")
_NAMED = NN_("In %(n)s, sources name who ordered or runs one.", "In %(n)s, sources name who ordered or runs one.")
_HEADLINE = NN_(
    "Of %(n)s surveillance or censorship system with a named supplier, %(number)s has one from %(country)s",
    "Of the %(n)s surveillance and censorship systems with a named supplier, %(number)s have one from %(country)s",
)
_SEATLESS = NN_("For %(n)s system, no supplier’s country is on record.", "For %(n)s systems, no supplier’s country is on record.")
_ABROAD = NN_("with a supplier from another country", "with a supplier from another country")
_DOMESTIC = NN_("%(n)s is domestic", "%(n)s are domestic")
_UNKNOWN = NN_("for %(n)s, it is unknown whether a supplier is foreign", "for %(n)s, it is unknown whether a supplier is foreign")
_EQUAL = NN_(
    "Companies from %(countries)s other countries follow, with %(n)s system each.",
    "Companies from %(countries)s other countries follow, with %(n)s systems each.",
)
_FOLLOWING = 3
"""Maximum number of further supplier countries in the sentence below the headline."""
_BLOCKED = NN_(
    "country with a reported block or other restriction of online services",
    "countries with reported blocks or other restrictions of online services",
)


class LeadingNumber(NamedTuple):
    """A number at the top of the front page, with what it counts, a caveat, and the page that has its rows."""

    number: str
    counted: str
    caveat: str
    """One short line with a limit of the number, or with the years of what is counted; empty if there is neither."""
    address: str


def headline(site: Site) -> Markup:
    """Return a sentence on the country whose companies supplied the most systems; empty if no supplier's country is known.

    The number of these systems is a link to their list.
    """
    if site.systems is None or not site.systems.by_seat:
        return Markup()
    code, number = next(iter(site.systems.by_seat.items()))
    return site.language.nmarkup(
        *_HEADLINE,
        site.systems.systems,
        country=with_article(site.language, site.words.area(code)),
        number=text_link(systems_of_seat(site, code), site.formats.number(number)),
    )


def following_countries(site: Site, reader: Reader) -> Markup:
    """Return sentences on the supplier countries that follow the headline's, and on systems without a known supplier country.

    Empty if fewer than two countries are known. Countries with the same number are either all in the sentence or all left out.
    If more than `_FOLLOWING` countries share second place, the sentence only gives their number. Otherwise, each country's
    number of systems links to a list of these systems. Systems without a known supplier country are left to `_abroad` if the
    release has its numbers.
    """
    if site.systems is None or len(site.systems.by_seat) < 2:
        return Markup()
    ranked = list(site.systems.by_seat.items())[1:]
    beyond = ranked[_FOLLOWING][1] if len(ranked) > _FOLLOWING else 0
    named = [pair for pair in ranked[:_FOLLOWING] if pair[1] > beyond]
    equal = sum(number == beyond for _, number in ranked)
    countries = [_counted(site, reader, code, number) for code, number in named]
    words = site.markup("Companies from %(countries)s follow.", countries=join(site, countries))
    if not named:
        words = site.language.nmarkup(*_EQUAL, beyond, countries=site.formats.number(equal))
    unknown = site.systems.without_seat
    return join_sentences(site, words, site.ngettext(*_SEATLESS, unknown) if unknown and not site.systems.crossings else "")


def _counted(site: Site, reader: Reader, code: str, number: int) -> Markup:
    """Return a country with its number of systems, in words.

    If sources disagree on whether a supplier is based there, the words also give that supplier and the number including it.
    """
    country = with_article(site.language, site.words.area(code))
    counted = text_link(systems_of_seat(site, code), site.formats.number(number))
    suppliers = records.records(reader, list(site.systems.disputed_seats)) if site.systems else []
    doubted = [row for row in suppliers if any(fact.value == code for fact in row.facts.get("country", ()))]
    if not doubted or site.systems is None:
        return site.markup("%(country)s (%(n)s)", country=country, n=counted)
    disputed = sum(site.systems.disputed_seats[row.id] for row in doubted)
    return site.markup(
        "%(country)s (%(n)s, or up to %(most)s with %(companies)s, on whose home country sources disagree)",
        country=country,
        n=counted,
        most=site.formats.number(number + disputed),
        companies=join(site, [company_link(site, row) for row in doubted]),
    )


def leading_numbers(site: Site, reader: Reader) -> list[LeadingNumber]:
    """Return the numbers at the top of the page: systems, those from abroad, their countries, and countries with blocks.

    If the release doesn't say where systems come from, the sum of promised money comes last instead. Numbers that the release
    lacks are left out.
    """
    systems, abroad = _systems(site), _abroad(site)
    return [*systems[:1], *abroad, *systems[1:], *_blocked(site, reader), *([] if abroad else _money(site, reader))]


def _abroad(site: Site) -> list[LeadingNumber]:
    """Return the number of systems with a supplier from another country; an empty list if the release lacks it."""
    if site.systems is None or site.systems.crossings is None:
        return []
    counted = site.systems.crossings
    parts = [
        site.ngettext(*words, number) for words, number in ((_DOMESTIC, counted.domestic), (_UNKNOWN, counted.unknown)) if number
    ]
    caveat = site.gettext("%(parts)s.", parts=site.gettext("; ").join(parts)) if parts else ""
    address = site.url(f"/figure/{site.systems.figure}#variants")
    return [LeadingNumber(site.formats.number(counted.abroad), site.ngettext(*_ABROAD, counted.abroad), caveat, address)]


def _systems(site: Site) -> list[LeadingNumber]:
    if site.systems is None:
        return []
    systems, countries = site.systems.systems, len(site.systems.by_country)
    write = site.formats.number
    named = countries - len(site.systems.unnamed)
    caveat = site.ngettext(*_NAMED, named) if named < countries else ""
    address = site.url(f"/figure/{site.systems.figure}")
    return [
        LeadingNumber(write(systems), site.ngettext(*_SYSTEMS, systems), _years(site, site.systems.years), address),
        LeadingNumber(write(countries), site.ngettext(*_COUNTRIES, countries), caveat, site.url("/explorer")),
    ]


def _money(site: Site, reader: Reader) -> list[LeadingNumber]:
    """Return the sum promised to projects with surveillance or censorship or, if that is 0 or unknown, to all projects.

    The list is empty if the figure has no value.
    """
    figure = figures.find(reader, _MONEY)
    if figure is None or not figure.value or not float(figure.value):
        return []
    years = _years(site, (int(year) for year in figure.groups.get("year", {}) if year.isdigit()))
    address = site.url(f"/figure/{_MONEY}")
    part = next((variant["value"] for variant in figure.variants if variant["name"] == _REPRESSION), None)
    if not part or not float(part):
        counted = site.gettext("in Chinese loans and grants, promised to recorded projects of all kinds")
        return [LeadingNumber(site.formats.money_short(figure.value, figure.unit), counted, years, address)]
    counted = site.gettext("in Chinese loans and grants for whole projects of which only a part is surveillance or censorship")
    if figure_sources(figure) == [_CHINESE_MONEY]:
        years = site.gettext("Promises of %(years)s, from AidData, which lists only Chinese lenders", years=years)
    return [LeadingNumber(site.formats.money_short(part, figure.unit), counted, years, address)]


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
