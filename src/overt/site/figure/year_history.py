"""The history of a figure by calendar year, as a chart."""

from collections.abc import Mapping

from overt.charts import Chart, Series
from overt.charts.chart import ChartText, Measure, Number
from overt.charts.year_chart import make_stacked_year_chart
from overt.queries.as_of.figure_units_in_place import history, lasting_units
from overt.queries.database import Reader
from overt.queries.figures import Figure
from overt.site.site import Site


def year_history(site: Site, reader: Reader, figure: Figure) -> Chart | None:
    """Draw how many of a figure's units were in place in each year.

    None if the figure doesn't count units that last, or if no beginning is known.
    """
    units = lasting_units(reader, figure)
    if units is None:
        return None
    counts = history(units, int(site.words.meta["manifest"]["date"][:4]))
    if not counts:
        return None
    last = counts[-1]
    about = ChartText(
        "in-place",
        site.gettext("%(figure)s, in place by year", figure=site.language.translated(figure.title)),
        site.gettext(
            "In %(year)s, %(certain)s of the %(n)s were certainly in place; %(possible)s more possibly were.",
            year=str(last.year), certain=last.certain, n=len(units), possible=last.possible + last.undated,
        ),
        site.credits(source["source"] for source in figure.sources if source["source"] in site.sources),
        "",
        site.gettext(
            "Based on what the figure counts today. Possibly: no source here says that it still ran, or since when. "
            "No year counts plans."
        ),
    )  # fmt: skip
    series = (
        Series("certain", site.gettext("certainly"), "var(--shade-5)"),
        Series("possible", site.gettext("possibly"), "var(--shade-3)"),
        Series("undated", site.gettext("possibly, beginning unknown"), "var(--shade-1)"),
    )
    rows: dict[int | None, Mapping[str, Number]] = {
        row.year: {"certain": row.certain, "possible": row.possible, "undated": row.undated} for row in counts
    }
    number = site.formats.number
    return make_stacked_year_chart(
        about,
        Measure(site.formats.unit_words(figure.unit), number, number),
        series,
        rows,
        year_header=site.gettext("Year"),
        undated=site.gettext("unknown"),
        other=series[-1],
        integers=True,
        adds_up=False,
    )
