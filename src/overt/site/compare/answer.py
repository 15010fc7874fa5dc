"""The answer of a comparison: sentences with each side's number of systems on record, and its value in an index."""

from collections.abc import Mapping
from typing import NamedTuple

from overt.language.language import N_
from overt.site.country.index_standings import INDEXES
from overt.site.series.scales import scale_of
from overt.site.series_values_in_words import Indicator
from overt.site.site import Site

_SYSTEMS = {
    "country": N_("Surveillance systems on record: %(counts)s."),
    "company": N_("Named as supplier of surveillance and censorship systems: %(counts)s."),
}
_PROJECTS = N_("Projects on record: %(counts)s.")
_NOTHING = N_("No project of either is on record here. That is not evidence of absence.")


class SystemCounts(NamedTuple):
    """Numbers of systems of the compared countries or companies, counted as on their own pages."""

    by: str
    """A key of _SYSTEMS: `country` for surveillance systems in countries, `company` for systems that companies supply."""
    systems: Mapping[str, int]
    """Numbers of systems, by id of a side."""
    projects: Mapping[str, int]
    """Numbers of all projects, by id of a side."""


def answer(
    site: Site, names: Mapping[str, str], counts: SystemCounts, latest: Mapping[str, Mapping[str, Indicator]]
) -> list[str]:
    """Return a sentence on systems and, if at least two sides have a number in one of INDEXES, one on the first such index.

    If no side has a system, the first sentence is on projects. `names`: the names of the sides, by id. `latest`: the newest
    value of each series, by country.
    """
    sentences = [_on_record(site, names, counts)]
    for series in INDEXES:
        values = {identity: latest[identity][series] for identity in names if series in latest.get(identity, {})}
        numbers = {identity: float(value.fact.value) for identity, value in values.items() if value.fact.property == "value"}
        if len(numbers) < 2:
            continue
        scale = scale_of(series)
        listed = sorted(numbers, key=lambda identity: numbers[identity] * scale.direction)
        standing = site.language.comma.join(f"{names[identity]} {values[identity].text}" for identity in listed)
        years = sorted({value.year for value in values.values()})
        when = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
        sentences.append(
            site.gettext(
                "%(series)s, %(years)s, least free first: %(counts)s (%(meaning)s).", series=site.words.term("series", series),
                years=when, counts=standing, meaning=site.gettext(scale.words),
            )
        )  # fmt: skip
        break
    return sentences


def _on_record(site: Site, names: Mapping[str, str], counts: SystemCounts) -> str:
    for message, numbers in ((_SYSTEMS[counts.by], counts.systems), (_PROJECTS, counts.projects)):
        if any(numbers.values()):
            ordered = sorted(numbers, key=lambda identity: -numbers[identity])
            listed = site.language.comma.join(
                f"{names[identity]} {site.formats.number(numbers[identity])}" for identity in ordered
            )
            return site.gettext(message, counts=listed)
    return site.gettext(_NOTHING)
