"""Values of countries' series in words: codes, yes and no, and rounded numbers."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from overt.language.language import N_
from overt.queries.rows.records import Fact, Record
from overt.site.series_addresses import has_page, series_page
from overt.site.site import Site

CODES: dict[str, tuple[int, str]] = {
    "LD": (1, N_("liberal democracy")),
    "ED": (2, N_("electoral democracy")),
    "EA": (4, N_("electoral autocracy")),
    "CA": (5, N_("closed autocracy")),
    "free": (1, N_("free")),
    "partly-free": (3, N_("partly free")),
    "not-free": (5, N_("not free")),
}
"""Code that a series has instead of a number → shade (1 to 5) and meaning."""
FLAGS: dict[float, tuple[int, str]] = {0.0: (1, N_("no")), 1.0: (4, N_("yes"))}
"""Value of a series with the unit `flag` → shade and meaning."""


class Indicator(NamedTuple):
    """A value of a series in the form that pages show."""

    year: str
    text: str
    """The value in words, or rounded."""
    fact: Fact
    id: str
    """Id of its record."""
    page: str
    """Address of the series' page for the country, in the site's language."""

    @property
    def address(self) -> str:
        """Address of the value on the series' page for the country."""
        return f"{self.page}#{self.id}"


def indicator(site: Site, record: Record) -> Indicator | None:
    """Return the value of an indicator record in words.

    None if the record lacks a value, a year, a country or a known series.
    """
    fact, series, code = record.fact("value") or record.fact("code"), record.value("series") or "", record.value("country") or ""
    year = record.value("year")
    if not (fact and year and has_page(site, series, code)):
        return None
    number, word = (fact.value, None) if fact.property == "value" else (None, fact.value)
    return Indicator(year, value_text(site, series, number, word), fact, record.id, site.url(series_page(series, code)))


def value_changes(indicators: Sequence[Indicator]) -> list[tuple[str, list[Indicator]]]:
    """Return the first year and each later year whose value differs from that of the year before, with their values.

    `indicators`: sorted by year. Years without a value are skipped.
    """
    changes: list[tuple[str, list[Indicator]]] = []
    before: set[str] = set()
    for year, group in groupby(indicators, key=lambda value: value.year):
        values = list(group)
        texts = {value.text for value in values}
        if texts != before:
            changes.append((year, values))
        before = texts
    return changes


def value_text(site: Site, series: str, value: str | None, code: str | None) -> str:
    """Return a series' value or code in the form that pages show; empty if there is neither."""
    if value is None:
        return site.gettext(CODES[code][1]) if code in CODES else code or ""
    if site.words.terms["series"][series].unit == "flag" and float(value) in FLAGS:
        return site.gettext(FLAGS[float(value)][1])
    return site.formats.score(value)
