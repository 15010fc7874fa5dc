"""The first chart on a figure's page: a map if the figure counts by country, otherwise years or the largest groups."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from overt.charts import Chart
from overt.language.language import NN_
from overt.maps.shade_scale import shade_breaks, shade_labels, shade_of
from overt.maps.small_map import Shade, draw_small_map
from overt.queries.figures import Figure
from overt.site.figure_texts import writer
from overt.site.site import Site

_SHADE_OF_ALL = 4
"""The shade of all countries if none has more than one unit."""
_MIN_COUNTRIES = 8
"""With fewer countries than this, bars say more than a map."""
Group = tuple[str, Chart, int]
"""The name of a group, its chart, and the number of groups left out of the chart."""
_COUNTRIES = NN_("One country is shaded.", "%(n)s countries are shaded.")


class CountryMap(NamedTuple):
    """A map of the countries in which a figure counts something."""

    drawing: Markup
    legend: Sequence[tuple[int, str]]
    """Each shade with its label; empty if there is only one shade."""
    summary: str


def country_map(site: Site, figure: Figure) -> CountryMap | None:
    """Draw a figure's countries.

    None for a sum, for fewer than `_MIN_COUNTRIES` countries, and if the front end has not been built.
    """
    counts = {code: value for code, value in figure.groups.get("country", {}).items() if code in site.words.areas and value}
    if figure.measure == "sum" or len(counts) < _MIN_COUNTRIES or not site.small_shapes:
        return None
    breaks = shade_breaks(round(value) for value in counts.values())
    write = writer(site, figure.unit)
    several = len(breaks) > 1
    countries = {
        code: Shade(
            shade_of(round(value), breaks) if several else _SHADE_OF_ALL,
            site.gettext("%(name)s: %(value)s", name=site.words.area(code), value=write(value))
            if several
            else site.words.area(code),
            site.url(f"/country/{code}"),
        )
        for code, value in counts.items()
    }
    title = site.language.translated(figure.title)
    legend = list(enumerate(shade_labels(breaks, site.language), 1)) if several else []
    drawing = draw_small_map(site.small_shapes, countries, label=title, hatch="no-record")
    return CountryMap(drawing, legend, site.ngettext(*_COUNTRIES, len(countries)))


def arrange_charts(in_place: Chart | None, groups: Sequence[Group], *, has_map: bool) -> tuple[Group | None, list[Group]]:
    """Return the first chart, if any, and the other charts. With a map, no chart is first, and the chart by country is last."""
    drawn = [("in-place", in_place, 0), *groups] if in_place else list(groups)
    if has_map:
        return None, [group for group in drawn if group[0] != "country"] + [group for group in drawn if group[0] == "country"]
    order = ("year", "in-place")
    first = min(drawn, key=lambda group: order.index(group[0]) if group[0] in order else len(order), default=None)
    return first, [group for group in drawn if group is not first]
