"""A small map of the countries that restrict a platform, and its key."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from overt.maps.small_map import Shade, draw_small_map
from overt.site.platform.restriction_rows import CountryGroups
from overt.site.site import Site


class MapKey(NamedTuple):
    """A line of the key: how many countries have a shade."""

    shade: int
    group: str
    """`recent` or `earlier` for lasting restrictions, by the year of the last report; otherwise as in `CountryGroups`."""
    countries: int


_SHADES = {"recent": 4, "earlier": 5, "ended": 2, "withdrawn": 3, "partly": 1}
"""Shade of each group. The style sheet makes the shade of `earlier` a lighter one of `recent`."""


def map_groups(groups: CountryGroups, recent: Collection[str]) -> dict[str, list[str]]:
    """Return the countries of each group of the map; `recent`: those of `lasting` with a report of a recent year.

    If no country is among them, `recent` has all lasting ones, so that the map has one shade for them.
    """
    split = bool(recent)
    return {
        "recent": [code for code in groups.lasting if code in recent or not split],
        "earlier": [code for code in groups.lasting if code not in recent and split],
        "ended": groups.ended,
        "withdrawn": groups.withdrawn,
        "partly": groups.partly,
    }


def draw_countries(site: Site, groups: Mapping[str, Sequence[str]]) -> Markup | None:
    """Draw the countries of `map_groups`, which are all with restrictions except bans on official devices.

    None for fewer than two countries, because a map of one says less than its name, or if the front end has not been built.
    """
    shades = {
        code: Shade(shade, site.words.area(code), site.url(f"/country/{code}"))
        for group, shade in _SHADES.items()
        for code in groups[group]
        if code in site.words.areas
    }
    if len(shades) < 2 or not site.small_shapes:
        return None
    label = site.gettext("Countries that restrict it")
    return draw_small_map(site.small_shapes, shades, label=label, hatch="no-record", palette="kind")


def map_key(groups: Mapping[str, Sequence[str]]) -> list[MapKey]:
    """Return the lines of the map's key, without groups that no country is in."""
    lines = [MapKey(shade, group, len(groups[group])) for group, shade in _SHADES.items()]
    return [line for line in lines if line.countries]
