"""Vertical bars by year: plain and stacked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from overt.charts.chart import (
    NARROW,
    PLAIN_TONE,
    WIDE,
    Cell,
    Chart,
    ChartText,
    Measure,
    Number,
    Series,
    Table,
    finite_number,
    header_cells,
    number_cell,
)
from overt.charts.year_bar_chart_drawing import YearColumns

MAX_YEARS = 60
"""Maximum number of years in one drawing; earlier years are only in the table."""
MAX_SERIES = 7


@dataclass(frozen=True)
class Year:
    """The number for a year. `year` is None for items without a year; `value` is None for an unknown number."""

    year: int | None
    value: Number | None
    link: str | None = None


def make_year_chart(
    text: ChartText,
    measure: Measure,
    rows: Sequence[Year],
    *,
    year_header: str,
    undated: str,
    integers: bool = False,
    table: Table | None = None,
    tone: str = PLAIN_TONE,
) -> Chart:
    """Make a histogram by year, starting at zero. A year without a row is a gap.

    A single bar is not drawn; the chart is then only a table. `year_header`: header of the column of years. `undated`: name for
    items without a year. `integers`: whether numbers are counts. `table`: the chart's table; None for one made from `rows`.
    `tone`: colour of the bars, as a `var(--…)` of style.css.
    """
    table = table or Table(
        (*header_cells([year_header]), *header_cells([measure.header], numbers=1)),
        tuple((_year_cell(row.year, undated, row.link), number_cell(row.value, measure)) for row in rows),
    )
    values = {row.year: value for row in rows if (value := finite_number(row.value)) is not None}
    series = Series("all", "", tone)
    stack = {year: {series.id: value} for year, value in values.items()}
    return _chart(text, table, YearColumns(measure, (series,), stack, undated, integers))


def make_stacked_year_chart(
    text: ChartText,
    measure: Measure,
    series: Sequence[Series],
    rows: Mapping[int | None, Mapping[str, Number]],
    *,
    year_header: str,
    undated: str,
    other: Series,
    integers: bool = False,
    adds_up: bool = True,
    links: Mapping[int | None, str] | None = None,
) -> Chart:
    """Make stacked bars by year. The parts of a bar are in the order of `series`, which also names and colours them.

    Each part has its symbol if there is room. Series whose numbers are all zero are left out. If more than `MAX_SERIES` series
    are left, the smallest are drawn together as `other`; the table has all of them. `rows`: numbers by year and id of the series.
    `adds_up`: whether each item is in one year only, so that the key can show the sum of each series. `links`: addresses by year.
    The other parameters are those of `make_year_chart`.
    """
    totals = {member.id: sum(float(values.get(member.id) or 0) for values in rows.values()) for member in series}
    nonzero = [member for member in series if totals[member.id]]
    years = sorted(rows, key=lambda year: (year is None, year))
    body = (
        (
            _year_cell(year, undated, (links or {}).get(year)),
            *(number_cell(rows[year].get(member.id) or 0, measure) for member in nonzero),
        )
        for year in years
    )
    headers = (*header_cells([year_header]), *header_cells([member.name for member in nonzero], numbers=len(nonzero)))
    table = Table(headers, tuple(body))
    by_size = sorted(nonzero, key=lambda member: -totals[member.id])
    small = by_size[MAX_SERIES - 1 :] if len(nonzero) > MAX_SERIES else []
    large = [member for member in nonzero if member not in small]
    stack = {year: {member.id: float(values.get(member.id) or 0) for member in large} for year, values in rows.items()}
    for year, values in rows.items() if small else ():
        stack[year][other.id] = sum(float(values.get(member.id) or 0) for member in small)
    drawn = [*large, other] if small else large
    return _chart(text, table, YearColumns(measure, tuple(drawn), stack, undated, integers, adds_up))


def _year_cell(year: int | None, undated: str, link: str | None) -> Cell:
    return Cell(undated if year is None else str(year), "" if year is None else year, link)


def _chart(text: ChartText, table: Table, columns: YearColumns) -> Chart:
    years = [year for year, values in columns.stack.items() if year is not None and any(values.values())]
    recent = {year: values for year, values in columns.stack.items() if year is None or (years and year > max(years) - MAX_YEARS)}
    if not any(value for values in recent.values() for value in values.values()):
        return Chart(text, table, {})
    if sum(any(values.values()) for values in recent.values()) == 1:  # A single bar conveys less than its row in the table.
        return Chart(text, table, {}, table_only=True)
    drawn = replace(columns, stack=recent)
    drawings = {"wide": drawn.drawing(WIDE), "narrow": drawn.drawing(NARROW)}
    return Chart(text, table, drawings, sum(year not in recent for year in years))
