"""What the values of countries' series say in words: codes, flags, and numbers as a page rounds them."""

from typing import NamedTuple

from overt.publish.read.records import Fact, Record
from overt.publish.site.language import N_
from overt.publish.site.site import Site

CODES: dict[str, tuple[int, str]] = {
    "LD": (1, N_("liberal democracy")),
    "ED": (2, N_("electoral democracy")),
    "EA": (4, N_("electoral autocracy")),
    "CA": (5, N_("closed autocracy")),
    "free": (1, N_("free")),
    "partly-free": (3, N_("partly free")),
    "not-free": (5, N_("not free")),
}
"""Codes that a series has in place of numbers: the step of five by which a map shades them, and what they mean."""
FLAGS: dict[float, tuple[int, str]] = {0.0: (1, N_("no")), 1.0: (4, N_("yes"))}
"""The same of series whose unit is `flag`."""


class Indicator(NamedTuple):
    """A value of a series as pages show it."""

    year: str
    text: str
    """The value in words, or as a page rounds it."""
    fact: Fact
    id: str
    """Of the record."""


def indicator(site: Site, record: Record) -> Indicator | None:
    """What a record of type indicator says, in the language of the site; None without value, year or known series."""
    fact, term = record.fact("value") or record.fact("code"), site.words.terms["series"].get(record.value("series") or "")
    year = record.value("year")
    return Indicator(year, _text(site, term["unit"], fact), fact, record.id) if fact and term and year else None


def _text(site: Site, unit: str, fact: Fact) -> str:
    if fact.property == "code":
        return site.gettext(CODES[fact.value][1]) if fact.value in CODES else fact.value
    if unit == "flag" and float(fact.value) in FLAGS:
        return site.gettext(FLAGS[float(fact.value)][1])
    return site.formats.rounded(fact.value)
