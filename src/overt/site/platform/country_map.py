"""A map of the countries that restrict a platform, with a key whose numbers add up to the number of these countries."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from overt.language.language import N_
from overt.maps.country_name_labels import country_names
from overt.maps.small_shaded_map import VIEW, Shade, draw_small_map
from overt.maps.svg_map import append_to_svg
from overt.site.platform.country_sentences import MAX_NAMED
from overt.site.platform.restriction_state_by_country import (
    BEGAN,
    DEVICES,
    EARLIER,
    ENDED,
    EVENT,
    OPEN,
    PARTLY,
    RECENT,
    SLOWED_EARLIER,
    THROTTLED,
    WITHDRAWN,
    CountryState,
)
from overt.site.site import Site

_SHADES = {RECENT: 4, EARLIER: 5, BEGAN: 8, EVENT: 1, THROTTLED: 2, SLOWED_EARLIER: 7, ENDED: 1, WITHDRAWN: 6, PARTLY: 3}
"""Shade of each state. Bans on official devices have none.

The tone shows the state, not the date of the newest report: states with only earlier reports have outlines, and paler tones
than those with recent reports. `BEGAN` is the palest, even if its report is newer. Throttling is paler than blocking. `ENDED`
and `EVENT` are grey, and `EVENT` has only an outline.
"""
_HOLLOW = frozenset({EVENT})
"""In these states, only a country's outline has the tone, because no report says whether the restriction is over."""
LABELS = {
    RECENT: N_("Blocked, newest report of the last 12 months"),
    EARLIER: N_("Blocked, newest report older"),
    BEGAN: N_("Reported only when it began"),
    EVENT: N_("For exams, elections or protests, end not dated"),
    THROTTLED: N_("Only throttled, by reports of the last 12 months"),
    SLOWED_EARLIER: N_("Only throttled, by older reports"),
    ENDED: N_("Ended: blocked or throttled before"),
    WITHDRAWN: N_("Withdrawn by its operator"),
    PARTLY: N_("Only a part, such as calls or app stores"),
    DEVICES: N_("Banned on official devices only"),
}
_OLDER_OR_UNDATED = {
    EARLIER: N_("Blocked, newest report older or undated"),
    SLOWED_EARLIER: N_("Only throttled, by older or undated reports"),
}
"""Labels that replace those of `LABELS` if a country in the state has no dated report."""
_NO_END = {
    EARLIER: N_("Blocked when last reported"),
    SLOWED_EARLIER: N_("Only throttled when last reported"),
}
"""Labels that replace those of `LABELS` if no country has a recent report. The page then gives the age of the newest report."""
_REPORTED = N_("%(country)s (%(date)s)")
"""A country's name on the map and in its tooltip, with the year of the newest report."""
_YEAR = len("2026")
_UNENDED = (*OPEN, BEGAN, EVENT)
"""States without a reported end. The first paragraphs of the page name their countries, with their newest reports."""
_RETRIES = 4
"""Number of further attempts at placing all names, if the first attempt fails."""
_MOST = 20
"""Maximum number of names on the map, unless more countries have no reported end."""
_PIXELS, _SIZE = 600, 12.5
"""Width of the map on a page, and size of the names on it, in pixels."""


class CountriesMap(NamedTuple):
    """A map of the countries that restrict a platform."""

    drawing: Markup
    is_dated: bool
    """Whether the map gives the year of the newest report after the names of countries whose restriction has no reported end."""


class KeyLine(NamedTuple):
    """A line of the key: a state, its shade (0: not on the map), its label, its number of countries, and its look."""

    state: str
    shade: int
    label: str
    countries: int
    hollow: bool
    """Whether only the outlines of the state's countries have the shade."""


def key_lines(site: Site, grouped: Mapping[str, Sequence[CountryState]]) -> list[KeyLine]:
    """Return the lines of the key. `grouped`: from `by_state`."""
    undated = {
        state: label for state, label in _OLDER_OR_UNDATED.items() if any(not row.reported for row in grouped.get(state, ()))
    }
    is_older = not any(grouped.get(state) for state in (RECENT, THROTTLED))
    labels = LABELS | (_NO_END if is_older else undated)
    return [
        KeyLine(state, _SHADES.get(state, 0), site.gettext(labels[state]), len(countries), state in _HOLLOW)
        for state, countries in grouped.items()
    ]


def draw_countries(site: Site, grouped: Mapping[str, Sequence[CountryState]]) -> CountriesMap | None:
    """Draw the countries with their names, except those that only ban a platform on official devices.

    If there are more than `MAX_NAMED` countries, only those without a reported end have a name: countries in an `OPEN` state,
    then those in `BEGAN` and `EVENT`. Their names include the year of the newest report, unless fewer names would then fit.

    Return None if the front end has not been built, or for fewer than two countries, because a map of one country is useless.
    """
    labels = {line.state: line.label for line in key_lines(site, grouped)}
    shades = {
        country.code: Shade(
            _SHADES[state],
            site.gettext("%(name)s: %(value)s", name=_name(site, country), value=labels[state]),
            site.url(f"/country/{country.code}"),
            hollow=state in _HOLLOW,
        )
        for state, countries in grouped.items()
        for country in countries
        if state in _SHADES and country.code in site.words.areas
    }
    if len(shades) < 2 or not site.small_shapes:
        return None
    label = site.gettext("Countries that restrict it")
    drawing = draw_small_map(site.small_shapes, shades, label=label, hatch="no-record", palette="kind")
    order = sorted(grouped, key=lambda state: state not in OPEN)
    if len(shades) > MAX_NAMED:
        order = [state for state in order if state in _UNENDED]
    named = [row for state in order for row in grouped[state] if row.code in shades]
    most = max(_MOST, sum(row.state in _UNENDED for row in named))

    def texts(names: Mapping[str, str]) -> str:
        return country_names(
            site.shapes, names, VIEW, pixels=_PIXELS, size=_SIZE, most=most, avoided=shades, over_others=True, retries=_RETRIES
        )

    dated, is_dated = texts({row.code: _name(site, row) for row in named}), True
    if _names_in(dated) < min(most, len(named)):
        undated = texts({row.code: site.words.area(row.code) for row in named})
        is_dated = _names_in(dated) >= _names_in(undated)
    return CountriesMap(append_to_svg(drawing, dated if is_dated else undated), is_dated)


def _names_in(texts: str) -> int:
    return texts.count("</text>")


def _name(site: Site, country: CountryState) -> str:
    """Return a country's name. If no end is reported and the newest report is dated, its year follows."""
    name = site.words.area(country.code)
    if country.state not in _UNENDED or not country.reported:
        return name
    return site.gettext(_REPORTED, country=name, date=country.reported[:_YEAR])
