"""Choose the first chart on a figure's page: by country beside a map, otherwise by year or by the first grouping."""

from collections.abc import Sequence

from overt.charts import Chart
from overt.site.figure.charts_by_calendar_year import FIRST_DATES, IN_PLACE

Group = tuple[str, Chart]
"""The name of a grouping, and its chart."""
_YEARS = ("year", FIRST_DATES, IN_PLACE)


def arrange_charts(
    by_year: Sequence[Group], groups: Sequence[Group], *, has_map: bool, counts: bool, leads: str | None = None
) -> tuple[Group | None, list[Group]]:
    """Return the first chart, or None if there is none, and the other charts.

    `leads`: a grouping that always comes first; the map then replaces the chart by country. Without it, the choice depends on
    the figure. If it counts units (`counts`) and has a map, the chart by country comes first, because it has the map's numbers;
    without that chart, there is no first one. For any other figure, the chart by year comes first, otherwise the first chart of
    `by_year`, and otherwise that of the first grouping.
    """
    drawn = [*by_year, *groups]
    if leads and (leading := next((group for group in drawn if group[0] == leads), None)):
        return leading, [group for group in drawn if group is not leading and not (has_map and group[0] == "country")]
    order = ("country",) if has_map and counts else _YEARS
    first = min(drawn, key=lambda group: order.index(group[0]) if group[0] in order else len(order), default=None)
    if has_map and counts and first and first[0] != "country":
        first = None  # Every country has one unit, so the map needs no chart beside it.
    return first, [group for group in drawn if group is not first]
