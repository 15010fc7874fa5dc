"""A small map of the countries that restrict a platform."""

from collections.abc import Sequence

from markupsafe import Markup

from overt.maps.small_map import Shade, draw_small_map
from overt.queries.rows.records import Record
from overt.site.blocking_sentences import known_end
from overt.site.site import Site

_LASTING, _ENDED = 4, 2
"""Shades of countries with a restriction that has no recorded end, and of those where all restrictions ended."""


def draw_countries(site: Site, restrictions: Sequence[Record]) -> Markup | None:
    """Draw the countries with restrictions, except those that only ban the platform on official devices.

    None for fewer than two countries, because a map of one says less than its name, or if the front end has not been built.
    """
    shades: dict[str, Shade] = {}
    for record in restrictions:
        code = record.value("country")
        if is_device_ban(record):
            continue
        if code in site.words.areas and (code not in shades or not known_end(record)):
            shade = _ENDED if known_end(record) else _LASTING
            shades[code] = Shade(shade, site.words.area(code), site.url(f"/country/{code}"))
    if len(shades) < 2 or not site.small_shapes:
        return None
    return draw_small_map(
        site.small_shapes, shades, label=site.gettext("Countries that restrict it"), hatch="no-record", palette="kind"
    )


def is_device_ban(record: Record) -> bool:
    """Return whether a restriction is nothing but a ban on official devices, which blocks the platform for nobody else."""
    return {fact.value for fact in record.shown("kind")} == {"device-ban"}
