"""Surveillance and censorship systems on record in the countries of each class of a series."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.site.series.standings import SeriesStandings, Standing
from overt.site.site import Site

_NAMED = 3
"""Countries without a value are named only if there are at most this many."""


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
    """Number of systems in all lines. A system in two countries counts twice."""


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
    if missing:
        absent = by_country.keys() - {row.code for row in current}
        label = site.gettext("no value for %(year)s", year=str(standings.year))
        if len(absent) <= _NAMED:
            label += site.gettext(": ") + site.language.comma.join(sorted(site.words.area(code) for code in absent))
        lines.append(ClassLine(0, label, len(absent), missing))
    return SystemsByClass(lines, total) if labels else None


def _labels(standings: SeriesStandings, current: Sequence[Standing]) -> list[tuple[int, str]]:
    """Return the shades that occur, the strongest first, each with the words for its values."""
    ranges = dict(standings.legend) if any(row.value is not None and row.rank for row in current) else {}
    words: dict[int, str] = {}
    for row in current:
        words.setdefault(row.shade, ranges.get(row.shade, row.text))
    return sorted(words.items(), reverse=True)
