"""Charts for a country: projects by year and layer, money by year, indices, and sparklines of series."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.charts import (
    Cell,
    Chart,
    ChartText,
    Line,
    Measure,
    Series,
    Table,
    Year,
    layer_tone,
    make_line_chart,
    make_sparkline,
    make_stacked_year_chart,
    make_year_chart,
)
from overt.charts.chart import Drawing, header_cells
from overt.queries import countries
from overt.queries.database import Reader
from overt.queries.labels import Area, Term
from overt.queries.rows.countries import Country, YearlyCommitments
from overt.site.series.scales import scale_of
from overt.site.series_values_in_words import Indicator
from overt.site.site import Site

_MIN_YEARS = 3
"""Minimum number of values of a series for drawing a line."""
_SCORES = ("index", "score")


class UnitCommitments(NamedTuple):
    """The commitments in one unit to projects in a country, in total and by year."""

    commitments: int
    stated: int
    """Number of commitments that state an amount."""
    amount: float
    """Sum of the stated amounts, including those of cancelled commitments."""
    cancelled: float
    """Sum of the amounts of cancelled commitments."""
    shared: int
    """Number of commitments to projects in several countries."""
    rows: list[YearlyCommitments]
    most: float
    """The highest total of any year."""


def layer_series(site: Site) -> list[Series]:
    """Return the layers in their usual order as series for charts, each with a name, colour and sign."""
    return [Series(row.id, row.label, layer_tone(row.id), row.sign) for row in site.words.layers]


def by_layer(site: Site, reader: Reader, country: Country, sources: Sequence[str]) -> Chart:
    """Draw projects by year and layer. `sources`: slugs of the sources to credit."""
    counted = countries.layer_years(reader, country.code)
    years = [year for year in counted if year is not None]
    when = site.formats.period(str(min(years)), str(max(years))) if years else site.gettext("no year known")
    layers = layer_series(site)
    sums = {series.id: sum(counts.get(series.id, 0) for counts in counted.values()) for series in layers}
    named = site.language.comma.join(
        f"{series.name} {site.formats.number(sums[series.id])}" for series in layers if sums[series.id]
    )
    about = ChartText(
        "projects",
        site.gettext("Projects by year and layer, %(country)s", country=country.label),
        site.gettext("One bar per year, %(years)s, divided into layers: %(layers)s.", years=when, layers=named),
        site.credits(sources),
        site.gettext("No project is recorded here; that is not evidence of absence."),
        site.gettext("By each project’s first known year. A project in two layers counts in both."),
    )
    return make_stacked_year_chart(
        about,
        _counts(site, site.gettext("Projects")),
        layers,
        counted,
        year_header=site.gettext("Year"),
        undated=site.gettext("unknown"),
        other=Series("other", site.gettext("Others"), layer_tone("presence"), "…"),
        integers=True,
        links={year: _address(site, country, year) for year in years},
    )


def money(site: Site, reader: Reader, country: Country, sums_by_unit: Sequence[tuple[str, UnitCommitments]]) -> list[Chart]:
    """Draw commitments by year, one chart per unit. Commitments without an amount, if any, have the last chart."""
    sources = countries.money_sources(reader, country.code)
    return [_money(site, country, unit, sums, sources.get(unit, [])) for unit, sums in sums_by_unit]


def _money(site: Site, country: Country, unit: str, sums: UnitCommitments, sources: Sequence[str]) -> Chart:
    formats = site.formats
    words = formats.unit_words(unit) if unit else site.gettext("Commitments without an amount")
    total = formats.money_short(sums.amount, unit) if unit else formats.number(sums.commitments)
    years = [row.year for row in sums.rows if row.year]
    when = formats.period(str(min(years)), str(max(years))) if years else site.gettext("no year known")
    about = ChartText(
        f"money-{unit.lower().replace('@', '-') or 'without-amount'}",
        site.gettext("%(unit)s, %(country)s", unit=words, country=country.label),
        site.gettext("Promised by year, %(years)s: %(total)s in all.", years=when, total=total),
        site.credits(sources),
        site.gettext("No amount is stated for any of these commitments."),
        site.gettext("Promises, not payments. The amount includes cancelled ones; the table shows them beside it.")
        if unit
        else "",
    )
    measure = Measure(words, lambda value: formats.money_short(value, unit), formats.cents) if unit else _counts(site, words)
    column = "amount" if unit else "commitments"
    rows = [Year(row.year, getattr(row, column)) for row in sums.rows]
    return make_year_chart(
        about,
        measure,
        rows,
        year_header=site.gettext("Year"),
        undated=site.gettext("unknown"),
        integers=not unit,
        table=_table(site, country, unit, sums),
    )


def _table(site: Site, country: Country, unit: str, sums: UnitCommitments) -> Table:
    """Return a table with a row for each year and, if there are several, one for all years together."""
    amounts = [site.formats.unit_words(unit), site.gettext("of it cancelled")] if unit else []
    stated = [site.gettext("with an amount")] if unit else []
    headers = [site.gettext("Year"), *amounts, site.gettext("Commitments"), *stated]
    rows = [_cells(site, unit, row, _year(site, country, row.year)) for row in sums.rows]
    if len(rows) > 1:
        rows.append(_cells(site, unit, sums, Cell(site.gettext("All"))))
    return Table((*header_cells(headers[:1]), *header_cells(headers[1:], numbers=len(headers) - 1)), tuple(rows))


def _year(site: Site, country: Country, year: int | None) -> Cell:
    if year is None:
        return Cell(site.gettext("unknown"), "")
    return Cell(str(year), year, _address(site, country, year))


def _address(site: Site, country: Country, year: int) -> str:
    return site.explorer([("country", country.code)], year_from=year, year_to=year)


def _cells(site: Site, unit: str, row: YearlyCommitments | UnitCommitments, name: Cell) -> tuple[Cell, ...]:
    amounts = (row.amount or 0, row.cancelled or 0) if unit else ()
    counts = (row.commitments, row.stated) if unit else (row.commitments,)
    return (
        name,
        *(Cell(site.formats.cents(value), value, number=True) for value in amounts),
        *(Cell(site.formats.number(value), value, number=True) for value in counts),
    )


def indices(site: Site, country: Country | Area, series: Sequence[tuple[Term, list[Indicator]]]) -> list[Chart]:
    """Draw a line for each score or index with numbers for at least _MIN_YEARS years."""
    charts = []
    for term, values_of_series in series:
        values = _values(values_of_series)
        if term.unit not in _SCORES or len(values) < _MIN_YEARS:
            continue
        first, last, write = min(values), max(values), site.formats.rounded
        ends = {"first": str(first), "last": str(last), "start": write(values[first]), "end": write(values[last])}
        about = ChartText(
            term.id,
            site.gettext("%(series)s, %(country)s", series=term.label, country=country.label),
            site.gettext("From %(start)s in %(first)s to %(end)s in %(last)s.", **ends),
            site.credits(sorted({value.fact.source for value in values_of_series if value.fact.source})),
            "",
            term.definition or "",
        )  # fmt: skip
        links = {int(value.year): value.address for value in values_of_series if value.year.isdigit()}
        measure = Measure(term.label, write, site.formats.number, site.gettext("unknown"))
        line = Line(term.label, values, links)
        scale = scale_of(term.id).bounds
        charts.append(make_line_chart(about, measure, line, year_header=site.gettext("Year"), ends=scale))
    return charts


def small_lines(series: Sequence[tuple[Term, list[Indicator]]]) -> dict[str, Drawing | None]:
    """Return sparklines for table cells, by the series' id; None for a series with too few numbers (`make_sparkline`)."""
    return {term.id: make_sparkline(_values(values)) for term, values in series}


def _values(values: Sequence[Indicator]) -> dict[int, float]:
    """Return the numbers of a series by year. If several sources give a number for a year, the first one counts."""
    numbers: dict[int, float] = {}
    for value in values:
        if value.fact.property == "value" and value.year.isdigit():
            numbers.setdefault(int(value.year), float(value.fact.value))
    return numbers


def _counts(site: Site, header: str) -> Measure:
    return Measure(header, site.formats.number, site.formats.number, site.gettext("unknown"))
