"""Charts of what a figure counts by calendar year: by first date, and by the years in which units are documented as in place."""

from collections import Counter
from collections.abc import Mapping, Sequence

from overt.charts import Chart, Series, Year
from overt.charts.chart import ChartText, Measure, Number
from overt.charts.year_bar_chart import make_stacked_year_chart, make_year_chart
from overt.model.values.span import first_day
from overt.queries.as_of.figures_as_of_date_and_by_year import Unit, history, lasting_units
from overt.queries.database import Reader
from overt.queries.figures import Figure
from overt.site.figure.answer_and_robustness_texts import answer_text
from overt.site.site import Site

FIRST_DATES, IN_PLACE = "first-dates", "in-place"
"""Names of the two charts."""


def year_charts(site: Site, reader: Reader, figure: Figure) -> list[tuple[str, Chart]]:
    """Return the charts of a figure's units by year, each with its name.

    The list is empty if the figure doesn't count units that last, or if no unit has a date. A figure that is grouped by year
    has no chart by first date, because the chart of its groups shows the same.
    """
    units = lasting_units(reader, figure)
    drawn = {
        FIRST_DATES: _first_dates(site, figure, units) if units and "year" not in figure.groups else None,
        IN_PLACE: _in_place(site, figure, units) if units else None,
    }
    return [(name, chart) for name, chart in drawn.items() if chart]


def documented_chart(site: Site, reader: Reader, figure: Figure) -> Chart | None:
    """Return the chart of the years in which a figure's units are documented as in place; None if no unit has a date."""
    units = lasting_units(reader, figure)
    return _in_place(site, figure, units) if units else None


def _first_dates(site: Site, figure: Figure, units: Sequence[Unit]) -> Chart | None:
    """Draw each unit once, in the year of its first date on record, or in a column for undated units. None if all are undated."""
    counts = Counter(unit.first_year for unit in units)
    years = sorted(year for year in counts if year)
    if not years:
        return None
    words = site.formats.unit_words(figure.unit)
    most = max(years, key=lambda year: (counts[year], -year))
    undated = counts[None]
    note = site.gettext(
        "Each counts once, in the year of its first date on record: when it was agreed, begun or in use, or the first date by "
        "which a source has it in use. Documents often come years later, so recent years are incomplete."
    )
    text = _text(
        site,
        figure,
        FIRST_DATES,
        site.gettext("Number of %(unit)s, by the year of the first date on record", unit=words),
        site.gettext(
            "The first dates are from %(years)s. The year with the most is %(most)s: %(n)s.",
            years=site.formats.period(str(years[0]), str(years[-1])), most=str(most), n=site.formats.number(counts[most]),
        ),
        note,
    )  # fmt: skip
    rows = [Year(year, counts[year]) for year in years] + ([Year(None, undated)] if undated else [])
    return make_year_chart(
        text, _measure(site, words), rows, year_header=site.gettext("Year"), undated=site.gettext("no date"), integers=True
    )


def _in_place(site: Site, figure: Figure, units: Sequence[Unit]) -> Chart | None:
    """Draw the number of units in place in each year, counting each unit only from its first to its last date in sources.

    None if no unit has such dates.
    """
    counts = history(units, int(site.words.meta["manifest"]["date"][:4]))
    if not counts:
        return None
    words = site.formats.unit_words(figure.unit)
    most = max(counts, key=lambda row: (row.certain + row.possible, row.year))
    undrawn = [unit for unit in units if not unit.span.begun or first_day(unit.span) is None]
    note = site.gettext(
        "Each counts only from the first to the last date that a source gives for it, and for no year before or after. So fewer "
        "in a later year doesn’t mean that any ended. Certainly: in every reading of the dates. Possibly: only in some."
    )
    if undrawn:
        note += site.language.gap + _not_drawn(site, undrawn)
    text = _text(
        site,
        figure,
        IN_PLACE,
        site.gettext("Number of %(unit)s documented as in place, by year", unit=words),
        site.gettext(
            "The year with the most is %(year)s: %(certain)s certainly and %(possible)s possibly.",
            year=str(most.year), certain=most.certain, possible=most.possible,
        ),
        note,
    )  # fmt: skip
    series = (
        Series("certain", site.gettext("certainly in place"), "var(--shade-5)"),
        Series("possible", site.gettext("possibly in place"), "var(--shade-2)"),
    )
    rows: dict[int | None, Mapping[str, Number]] = {
        row.year: {"certain": row.certain, "possible": row.possible} for row in counts
    }
    return make_stacked_year_chart(
        text,
        _measure(site, words),
        series,
        rows,
        year_header=site.gettext("Year"),
        undated=site.gettext("no date"),
        other=series[-1],
        integers=True,
        adds_up=False,
    )


def _not_drawn(site: Site, units: Sequence[Unit]) -> str:
    """Return sentences on units that are in no year: why, and how many have another date, such as that of an agreement."""
    sentence = site.ngettext(
        "%(n)s is in no year, because no source says when it was in place.",
        "%(n)s are in no year, because no source says when they were in place.", len(units),
    )  # fmt: skip
    dated = sum(unit.first_year is not None for unit in units)
    if not dated:
        return sentence
    return sentence + site.language.gap + site.ngettext(
        "%(n)s of them has a date of another kind, such as that of its agreement.",
        "%(n)s of them have dates of other kinds, such as that of their agreement.", dated,
    )  # fmt: skip


def _text(site: Site, figure: Figure, name: str, title: str, summary: str, note: str) -> ChartText:
    credits = site.credits(source["source"] for source in figure.sources if source["source"] in site.sources)
    headline = answer_text(site, figure) or site.language.translated(figure.title)
    return ChartText(name, title, summary, credits, "", note, headline=headline)


def _measure(site: Site, words: str) -> Measure:
    return Measure(words, site.formats.number, site.formats.number)
