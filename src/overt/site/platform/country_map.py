"""A small map of the countries that restrict a platform, and its key."""

from typing import NamedTuple

from markupsafe import Markup

from overt.maps.small_map import Shade, draw_small_map
from overt.site.platform.restriction_rows import CountryGroups
from overt.site.site import Site


class MapKey(NamedTuple):
    """A line of the key: how many countries have a shade."""

    shade: int
    group: str
    """`lasting`, `ended`, `withdrawn` or `partly`, as in `CountryGroups`."""
    countries: int


_SHADES = {"lasting": 4, "ended": 2, "withdrawn": 3, "partly": 1}


def draw_countries(site: Site, groups: CountryGroups) -> Markup | None:
    """Draw the countries with restrictions, except those that only ban the platform on official devices.

    None for fewer than two countries, because a map of one says less than its name, or if the front end has not been built.
    """
    shades = {
        code: Shade(shade, site.words.area(code), site.url(f"/country/{code}"))
        for group, shade in _SHADES.items()
        for code in getattr(groups, group)
        if code in site.words.areas
    }
    if len(shades) < 2 or not site.small_shapes:
        return None
    label = site.gettext("Countries that restrict it")
    return draw_small_map(site.small_shapes, shades, label=label, hatch="no-record", palette="kind")


def map_key(groups: CountryGroups) -> list[MapKey]:
    """Return the lines of the map's key, without groups that no country is in."""
    lines = [MapKey(shade, group, len(getattr(groups, group))) for group, shade in _SHADES.items()]
    return [line for line in lines if line.countries]
