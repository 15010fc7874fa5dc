"""The answer of a comparison: each side's projects on record and values in an index; and positions on the scales of indexes."""

from collections.abc import Mapping, Sequence

from overt.language.language import N_
from overt.queries.comparison import Side
from overt.site.country.index_standings import INDEXES
from overt.site.series.scales import scale_of, share_of_scale
from overt.site.series_texts import Indicator
from overt.site.site import Site

_COUNT_SENTENCES = {
    "surveillance": N_("Surveillance projects on record: %(counts)s."),
    "": N_("Projects on record: %(counts)s."),
}
_NOTHING = N_("No project of either is on record here. That is not evidence of absence.")


def answer(
    site: Site, sides: Sequence[Side], names: Mapping[str, str], latest: Mapping[str, Mapping[str, Indicator]]
) -> list[str]:
    """Return a sentence on projects and, if at least two sides have a number in one of INDEXES, one on the first such index.

    `names`: names by id of a side. `latest`: the newest value of each series, by country.
    """
    sentences = [_projects(site, sides, names)]
    for series in INDEXES:
        values = {side.id: latest[side.id][series] for side in sides if series in latest.get(side.id, {})}
        numbers = {identity: float(value.fact.value) for identity, value in values.items() if value.fact.property == "value"}
        if len(numbers) < 2:
            continue
        scale = scale_of(series)
        listed = sorted(numbers, key=lambda identity: numbers[identity] * scale.direction)
        counts = site.language.comma.join(f"{names[identity]} {values[identity].text}" for identity in listed)
        years = sorted({value.year for value in values.values()})
        when = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
        sentences.append(
            site.gettext(
                "%(series)s, %(years)s, least free first: %(counts)s (%(meaning)s).", series=site.words.term("series", series),
                years=when, counts=counts, meaning=site.gettext(scale.words),
            )
        )  # fmt: skip
        break
    return sentences


def _projects(site: Site, sides: Sequence[Side], names: Mapping[str, str]) -> str:
    for layer, message in _COUNT_SENTENCES.items():
        counts = {side.id: side.layers.get(layer, 0) if layer else side.projects for side in sides}
        if any(counts.values()):
            ordered = sorted(counts, key=lambda identity: -counts[identity])
            listed = site.language.comma.join(
                f"{names[identity]} {site.formats.number(counts[identity])}" for identity in ordered
            )
            return site.gettext(message, counts=listed)
    return site.gettext(_NOTHING)


def scale_shares(latest: Mapping[str, Mapping[str, Indicator]]) -> dict[tuple[str, str], float]:
    """Return the position of values in the best-known indexes on their scales, from 0 to 1, by index and country.

    Indexes without bounds are left out.
    """
    shares: dict[tuple[str, str], float] = {}
    for series in INDEXES:
        bounds = scale_of(series).bounds
        for code, by_series in latest.items():
            if bounds and series in by_series and by_series[series].fact.property == "value":
                shares[series, code] = share_of_scale(float(by_series[series].fact.value), bounds)
    return shares
