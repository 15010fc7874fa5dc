"""The chart of a finding, which readers can download: bars, columns, a map, squares, or a share of a total."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from overt.charts import (  # fmt: skip
    Bar,
    Cell,
    Chart,
    ChartText,
    Measure,
    Series,
    Table,
    Year,
    layer_tone,
    make_bar_chart,
    make_stacked_year_chart,
    make_year_chart,
)
from overt.charts.chart import NARROW, WIDE, header_cells
from overt.charts.page_svg_drawing import ReadyDrawing
from overt.charts.text_layout import text_width
from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.figures import Figure
from overt.queries.findings import Finding
from overt.site.explorer.system_count_texts import programmes_apart
from overt.site.figure_texts import figure_sources
from overt.site.finding.finding_chart_context import (  # fmt: skip
    country_rows,
    counts_systems,
    finding_numbers,
    finding_shades,
    label_bars,
    shade_titles,
    squares,
    year_values,
)
from overt.site.map_chart import NO_RECORD, NOT_COUNTED, map_chart
from overt.site.series.index_publishers import series_credits
from overt.site.site import Site

_SHARE_HEIGHT = 64
_BAR_TOP, _BAR_HEIGHT = 44, 16
_SQUARES_WIDTH = 360
_PALE = 0.4
"""Opacity of the paler shade of a column."""


def figures_by_name(reader: Reader, finding: Finding) -> dict[str, Figure]:
    """Return the figures whose values a finding uses, by name. Figures that the release lacks are left out."""
    names = dict.fromkeys(text.split()[1] for text in finding.definition["values"].values())
    return {name: figure for name in names if (figure := figures.find(reader, name))}


def finding_chart(site: Site, reader: Reader, finding: Finding) -> Chart | None:
    """Return the chart of a finding, with the finding itself as the headline of its files.

    None if the finding doesn't hold, or for a map if the front end has not been built.
    """
    if not finding.holds:
        return None
    chart: Mapping[str, Any] = finding.chart or {}
    text = _text(site, reader, finding, chart)
    number = Measure(site.gettext("Value"), site.formats.number, site.formats.number, site.gettext("unknown"))
    match chart["kind"]:
        case "map":
            return _map(site, finding, chart, text)
        case "columns":
            return _columns(site, chart, text)
        case "bars" | "days":
            bars = [Bar(row.label, row.number, row.address, row.text) for row in label_bars(site, chart["rows"])]
            return make_bar_chart(text, number, bars, name_header=site.gettext("Name"), tone=layer_tone(chart["layer"]))
        case "squares":
            drawing, size = squares(chart, finding.numbers, text.title)
            across = min(_SQUARES_WIDTH, size[0])
            ready = ReadyDrawing(drawing, (across, round(size[1] * across / size[0])), layer=chart["layer"])
            return Chart(text, _parts_table(site, finding, site.gettext("marked")), {}, ready=ready)
        case _:
            part, within = finding.numbers[chart["part"]], finding.numbers[chart["within"]]
            wide, narrow = (_share(site, part, within, text.title, chart["layer"], width) for width in (WIDE, NARROW))
            ready = ReadyDrawing(wide, (WIDE, _SHARE_HEIGHT), narrow, layer=chart["layer"])
            return Chart(text, _parts_table(site, finding, text.title), {}, ready=ready)


def _text(site: Site, reader: Reader, finding: Finding, chart: Mapping[str, Any]) -> ChartText:
    title, headline, caveat = (
        str(site.language.localized(row, name)) for row, name in ((chart, "title"), (finding, "headline"), (finding, "caveat"))
    )
    slugs = list(finding.definition.get("requires") or ())
    for figure in figures_by_name(reader, finding).values():
        slugs += figure_sources(figure)
    credits = dict.fromkeys(site.credits(slug for slug in dict.fromkeys(slugs) if slug in site.sources))
    if finding.address.startswith("/series/"):
        credits |= dict.fromkeys(series_credits(site, reader, finding.address.rpartition("/")[2]))
    return ChartText("finding", title, headline, tuple(credits), "", headline=headline, caveat=caveat)


def _map(site: Site, finding: Finding, chart: Mapping[str, Any], text: ChartText) -> Chart | None:
    if not site.small_shapes:
        return None
    numbers = finding_numbers(site, finding, chart)
    shades = finding_shades(site, finding, chart, numbers, links=True)
    counted, plain = bool(numbers), counts_systems(finding)
    headers = (*header_cells([site.gettext("Country")]), *(header_cells([site.gettext("Value")], numbers=1) if counted else ()))
    rows = (
        (Cell(row.label, link=row.address), *([Cell(row.value, row.number, number=True)] if counted else []))
        for row in country_rows(site, chart["rows"])
    )
    return map_chart(
        site, text, Table(headers, tuple(rows)), shades, [], site.gettext(NOT_COUNTED if plain else NO_RECORD),
        layer=chart["layer"], plain=plain, numbers=numbers,
        apart_label=programmes_apart(site, site.systems.programmes) if plain and site.systems else "",
    )  # fmt: skip


def _columns(site: Site, chart: Mapping[str, Any], text: ChartText) -> Chart:
    values, unit = year_values(chart["rows"]), chart["unit"]

    def write(value: Any) -> str:
        return site.formats.money_short(value, unit) if unit else site.formats.number(value)

    measure = Measure(site.gettext("Value"), write, write, site.gettext("unknown"))
    year_header, undated = site.gettext("Year"), site.gettext("unknown")
    tone, titles = layer_tone(chart["layer"]), shade_titles(site, chart)
    if titles:
        parts = year_values(chart["rows"], "part")
        series = [Series("part", titles[0], tone, "■"), Series("rest", titles[1], tone, "■", _PALE)]
        stack: dict[int | None, dict[str, float]] = {
            year: {"part": parts[year], "rest": value - parts[year]} for year, value in values.items()
        }
        return make_stacked_year_chart(
            text, measure, series, stack, year_header=year_header, undated=undated, other=Series("other", ""), integers=not unit
        )
    years = [Year(year, value) for year, value in values.items()]
    return make_year_chart(text, measure, years, year_header=year_header, undated=undated, integers=not unit, tone=tone)


def _parts_table(site: Site, finding: Finding, part: str) -> Table:
    chart: Mapping[str, Any] = finding.chart or {}
    headers = (*header_cells([site.gettext("Name")]), *header_cells([site.gettext("Value")], numbers=1))
    numbers = ((part, finding.numbers[chart["part"]]), (site.gettext("all"), finding.numbers[chart["within"]]))
    return Table(headers, tuple((Cell(name), Cell(site.formats.number(number), number, number=True)) for name, number in numbers))


def _share(site: Site, part: int, within: int, title: str, layer: str, width: int) -> Markup:
    """Draw a part of a total as a bar, with both numbers above it."""
    number, rest = site.formats.number(part), site.gettext("of %(n)s", n=site.formats.number(within))
    texts = (
        f'<text class="part" x="0" y="30">{escape(number)}</text>'
        f'<text x="{text_width(number, 30) * 1.1 + 8:.0f}" y="30">{escape(rest)}</text>'
    )
    bars = "".join(
        f'<rect class="{look}" x="0" y="{_BAR_TOP}" width="{across:.1f}" height="{_BAR_HEIGHT}"/>'
        for look, across in (("track", width), ("bar", width * part / (within or 1)))
    )
    size = "wide" if width == WIDE else "narrow"
    return Markup(  # noqa: S704 (every text in it went through escape)
        f'<svg class="chart-{size} share-plot layer--{layer}" viewBox="0 0 {width} {_SHARE_HEIGHT}" width="{width}" '
        f'height="{_SHARE_HEIGHT}" role="img" aria-label="{escape(title)}">{texts}{bars}</svg>'
    )


def holding_charts(site: Site, reader: Reader, finding: Finding | None) -> Sequence[Chart]:
    """Return the charts of a finding's page: the finding's chart, if it has one. An unknown finding has none."""
    chart = finding_chart(site, reader, finding) if finding else None
    return [chart] if chart else []
