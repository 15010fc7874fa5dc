"""Surveillance and censorship systems on record in the countries of each class of a series."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.language.label_order import sort_key
from overt.language.language import NN_
from overt.site.series.standings import SeriesStandings, Standing
from overt.site.site import Site

_WITHOUT_SYSTEM = NN_(
    "%(n)s of the %(all)s with a value has no system on record.", "%(n)s of the %(all)s with a value have no system on record."
)
_NAMED = 3
"""Maximum number of countries with systems but no value that a sentence names."""


class ClassLine(NamedTuple):
    """A class of values, its shade (0: no value), and the numbers of its countries and of systems in them."""

    shade: int
    label: str
    countries: int
    systems: int


class SystemsByClass(NamedTuple):
    """The classes of a series' newest year, with the systems in their countries."""

    lines: Sequence[ClassLine]
    """From the strongest to the weakest shade; the last line is for countries with systems but no value, if there are any."""
    systems: int
    """The sum of the lines; a system in two countries counts in both."""
    countries: Sequence[str] = ()
    """Sentences on how the countries relate to all that have systems: which ones the line without a value counts, and how many of
    those with a value have no system. Empty without such countries.
    """


def systems_by_class(site: Site, standings: SeriesStandings) -> SystemsByClass | None:
    """Count the systems of a release by the class of the country in which they are.

    None if the release has no such systems, or if no country has a value that a class contains.
    """
    if site.systems is None:
        return None
    by_country = site.systems.by_country
    current = [row for row in standings.rows if row.year == standings.year]
    labels = _labels(standings, current)
    lines = []
    for shade, label in labels:
        members = [row for row in current if row.shade == shade]
        lines.append(ClassLine(shade, label, len(members), sum(by_country.get(row.code, 0) for row in members)))
    total = sum(by_country.values())
    missing = total - sum(line.systems for line in lines)
    countries = []
    if missing:
        absent = sorted((site.words.area(code) for code in by_country.keys() - {row.code for row in current}), key=sort_key)
        label = site.gettext("no value for %(year)s", year=str(standings.year))
        lines.append(ClassLine(0, label, len(absent), missing))
        countries.append(_without_value(site, standings.year, absent))
    if without := sum(not by_country.get(row.code) for row in current):
        countries.append(site.ngettext(*_WITHOUT_SYSTEM, without, all=site.formats.number(len(current))))
    return SystemsByClass(lines, total, countries) if labels else None


def _without_value(site: Site, year: int, names: list[str]) -> str:
    """Return a sentence on the countries that the line without a value counts: the map's hatching covers others, too.

    `names`: the names of the countries with systems but no value for `year`.
    """
    listed = site.formats.join(names) if len(names) <= _NAMED else site.ngettext("%(n)s country", "%(n)s countries", len(names))
    return site.gettext(
        "Of the countries with no value for %(year)s, the table counts only those with systems (%(countries)s).",
        year=str(year), countries=listed,
    )  # fmt: skip


def _labels(standings: SeriesStandings, current: Sequence[Standing]) -> list[tuple[int, str]]:
    """Return the shades that occur, each with the words for its values."""
    ranges = dict(standings.legend) if any(row.value is not None and row.rank for row in current) else {}
    words: dict[int, str] = {}
    for row in current:
        words.setdefault(row.shade, ranges.get(row.shade, row.text))
    return sorted(words.items(), reverse=True)
