"""Standing bars by year: plain, and in layers upon each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from overt.charts.chart import (
    NARROW,
    PLAIN_TONE,
    WIDE,
    About,
    Cell,
    Chart,
    Measure,
    Number,
    Series,
    Table,
    cells,
    drawable,
    number_cell,
)
from overt.charts.year_columns import Columns

MOST_YEARS = 60
"""Years of one drawing; earlier ones are in the table alone."""
MOST_SERIES = 7


@dataclass(frozen=True)
class Year:
    """The number of a year; of None, what has no known year. A value of None is not known."""

    year: int | None
    value: Number | None
    link: str | None = None


def by_year(
    about: About,
    measure: Measure,
    rows: Sequence[Year],
    *,
    first: str,
    undated: str,
    whole: bool = False,
    tone: str = PLAIN_TONE,
    table: Table | None = None,
) -> Chart:
    """A histogram by year, from zero; years between that have no row are empty places.

    `first`: header of the column of years; `undated`: name of what has no year; `whole`: numbers are counts of things.
    """
    held = table or Table(
        (*cells([first]), *cells([measure.header], numbers=1)),
        tuple((_year_cell(row.year, undated, row.link), number_cell(row.value, measure)) for row in rows),
    )
    counted = {row.year: value for row in rows if (value := drawable(row.value)) is not None}
    series = Series("all", "", tone)
    stack = {year: {series.id: value} for year, value in counted.items()}
    return _chart(about, held, Columns(measure, (series,), stack, undated, whole))


def stacked_bars(
    about: About,
    measure: Measure,
    series: Sequence[Series],
    rows: Mapping[int | None, Mapping[str, Number]],
    *,
    first: str,
    undated: str,
    other: Series,
    whole: bool = False,
    links: Mapping[int | None, str] | None = None,
) -> Chart:
    """Years of parts that lie upon each other in the order of `series`, which also names and colours them.

    Each part shows its sign where it has room. Of more than seven series with a number the smallest are drawn as `other`;
    the table has all.
    """
    totals = {one.id: sum(float(held.get(one.id) or 0) for held in rows.values()) for one in series}
    there = [one for one in series if totals[one.id]]
    years = sorted(rows, key=lambda year: (year is None, year))
    lines = (
        (
            _year_cell(year, undated, (links or {}).get(year)),
            *(number_cell(rows[year].get(one.id) or 0, measure) for one in there),
        )
        for year in years
    )
    table = Table((*cells([first]), *cells([one.name for one in there], numbers=len(there))), tuple(lines))
    small = sorted(there, key=lambda one: -totals[one.id])[MOST_SERIES - 1 :] if len(there) > MOST_SERIES else []
    kept = [one for one in there if one not in small]
    stack = {year: {one.id: float(held.get(one.id) or 0) for one in kept} for year, held in rows.items()}
    for year, held in rows.items() if small else ():
        stack[year][other.id] = sum(float(held.get(one.id) or 0) for one in small)
    drawn = [*kept, other] if small else kept
    return _chart(about, table, Columns(measure, tuple(drawn), stack, undated, whole))


def _year_cell(year: int | None, undated: str, link: str | None) -> Cell:
    return Cell(undated if year is None else str(year), "" if year is None else year, link)


def _chart(about: About, table: Table, columns: Columns) -> Chart:
    years = [year for year, held in columns.stack.items() if year is not None and any(held.values())]
    kept = {year: held for year, held in columns.stack.items() if year is None or (years and year > max(years) - MOST_YEARS)}
    if not any(value for held in kept.values() for value in held.values()):
        return Chart(about, table, {})
    if sum(any(held.values()) for held in kept.values()) == 1:  # one bar says less than its row
        return Chart(about, table, {}, told=True)
    drawn = replace(columns, stack=kept)
    return Chart(
        about, table, {"wide": drawn.drawing(WIDE), "narrow": drawn.drawing(NARROW)}, sum(year not in kept for year in years)
    )
