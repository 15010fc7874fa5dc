"""Charts of findings as templates need them: rows, drawings, legends and labels."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from overt.language.label_order import sort_key
from overt.language.language import NN_
from overt.maps.count_circle_sizes_and_positions import CountryNumber
from overt.maps.small_shaded_map import VIEW, Shade, draw_small_map
from overt.queries.findings import Finding
from overt.queries.maps.documented_systems import FINDING
from overt.site.explorer.circle_map import shade_links, system_numbers, with_circles
from overt.site.explorer.system_count_texts import NO_SYSTEM, unnamed_customer, with_programmes
from overt.site.site import Site

_RECORDS = NN_("%(n)s on record", "%(n)s on record")
_COUNTED = {FINDING: NN_("%(n)s system", "%(n)s systems")}
"""By name of a finding: words for the numbers on its map, the same as other pages use. Other findings have `_RECORDS`."""
_IN_COUNTRIES = NN_("%(number)s in %(n)s country", "%(number)s in %(n)s countries")
_SQUARE = 20
"""Distance from the left edge of one square to that of the next, in pixels."""


class ChartRow(NamedTuple):
    """A bar, column or country of a chart."""

    label: str
    address: str | None
    """Address of the page that the label links to; None without a link."""
    share: float
    """Length of the bar or column as a share of the longest; 0 for a country."""
    value: str
    """The number in words."""
    number: float = 0
    """The number itself. Only set for countries."""
    note: str = ""
    """A short note beside the label."""
    countries: str = ""
    """A second number beside the value: of countries or, in the chart of suppliers' countries, of systems abroad.

    Empty if there is none.
    """
    part_share: float = 0
    """Length of the part of a column that has the darker shade, as a share of the longest column."""
    detail: Markup = Markup("")
    """What readers must know about the bar, on a line of its own; empty if there is nothing."""
    uncertain: bool = False
    """Whether only one document gives the supplier's country, or sources disagree on it. The bar is then hollow."""
    value_address: str = ""
    """Address of the list of what the value counts; empty without a link."""
    countries_address: str = ""
    """Address of the list of the countries; empty without a link."""


class BarLabel(NamedTuple):
    """A bar of a chart: its number, the text beside it, and its number of countries (empty if the chart has none)."""

    label: str
    address: str | None
    number: float
    text: str
    countries: str


class FindingChart(NamedTuple):
    """A chart as templates need it. The kind of chart determines which fields are set."""

    kind: str
    title: str
    layer: str
    rows: Sequence[ChartRow]
    """The bars of a bar chart, or the columns of a chart by year."""
    part: int
    """The highlighted number, which is a part of `within`."""
    within: int
    drawing: Markup | None
    """The map or the squares."""
    has_circles: bool
    """Whether the map shows numbers as circles, rather than only which countries are counted."""
    counts_systems: bool
    """Whether the chart is the map of documented systems."""
    value_title: str = ""
    """Heading for the values, if bars also have numbers of countries; empty for other charts."""
    shades: Sequence[str] = ()
    """Meanings of the darker and the paler shade of columns; empty if columns have one shade."""


def finding_chart_data(site: Site, finding: Finding, *, links: bool) -> FindingChart:
    """Return the chart of a finding that holds. `links`: whether countries on its map link to their pages."""
    chart = finding.chart or {}
    title = str(site.language.localized(chart, "title"))
    rows, drawn, part, within = chart["rows"], None, 0, 0
    bars: list[ChartRow] = []
    has_circles = False
    match chart["kind"]:
        case "map":
            numbers = finding_numbers(site, finding, chart)
            shades = finding_shades(site, finding, chart, numbers, links=links)
            hatch, has_circles = None if counts_systems(finding) else f"no-record-{finding.name}", bool(numbers)
            if site.small_shapes:
                drawn = draw_small_map(site.small_shapes, shades, label=title, hatch=hatch)
                drawn = with_circles(site, drawn, numbers, shade_links(shades), VIEW) if numbers else drawn
        case "columns":
            bars = _columns(site, rows, chart["unit"])
        case "bars" | "days":
            bars = _bars(site, rows)
        case "squares":
            drawn, _ = squares(chart, finding.numbers, title)
        case _:
            part, within = finding.numbers[chart["part"]], finding.numbers[chart["within"]]
    return FindingChart(
        chart["kind"], title, chart["layer"], bars, part, within, drawn, has_circles, counts_systems(finding),
        _title(site, chart, "value_title"), shade_titles(site, chart),
    )  # fmt: skip


def shade_titles(site: Site, chart: Mapping[str, Any]) -> list[str]:
    """Return the meanings of the darker and the paler shade of a chart's columns; an empty list if columns have one shade."""
    return [title for name in ("part_title", "rest_title") if (title := _title(site, chart, name))]


def _title(site: Site, chart: Mapping[str, Any], name: str) -> str:
    """Return one of a chart's titles; empty if the chart lacks it, as charts in older releases do."""
    return str(site.language.localized(chart, name)) if chart.get(name) else ""


def label_bars(site: Site, rows: Sequence[Mapping[str, Any]]) -> list[BarLabel]:
    """Return the bars of a chart with their labels and the texts beside them."""
    return [
        BarLabel(
            str(site.language.localized(row, "label")),
            site.record_url("organization", row["record"]) if row.get("record") else None,
            row["value"],
            site.ngettext(*_IN_COUNTRIES, row["countries"], number=site.formats.number(row["value"]))
            if "countries" in row
            else site.formats.number(row["value"]),
            site.formats.number(row["countries"]) if "countries" in row else "",
        )
        for row in rows
    ]


def _bars(site: Site, rows: Sequence[Mapping[str, Any]]) -> list[ChartRow]:
    longest = max((row.get("days") or row["value"] for row in rows), default=1)
    return [
        ChartRow(
            bar.label, bar.address, bar.number / longest, site.formats.number(bar.number) if bar.countries else bar.text,
            countries=bar.countries,
        )
        for bar in label_bars(site, rows)
    ]  # fmt: skip


def year_values(rows: Sequence[Mapping[str, Any]], column: str = "value") -> dict[int, float]:
    """Return the number in a column for every year from the first to the last; 0 for years without a row."""
    values = {row["year"]: row.get(column, 0) for row in rows}
    return {year: values.get(year, 0) for year in range(min(values, default=0), max(values, default=-1) + 1)}


def _columns(site: Site, rows: Sequence[Mapping[str, Any]], unit: str | None) -> list[ChartRow]:
    values, parts = year_values(rows), year_values(rows, "part")
    highest = max(values.values(), default=1)

    def written(value: float) -> str:
        return site.formats.money_short(value, unit) if unit else site.formats.number(value)

    return [
        ChartRow(str(year), None, value / highest, written(value), part_share=parts[year] / highest)
        for year, value in values.items()
    ]


def country_rows(site: Site, rows: Sequence[Mapping[str, Any]]) -> list[ChartRow]:
    """Return a row for each country of a map, the highest number first, without a bar."""
    values = {row["country"]: row.get("value", 1) for row in rows}
    ordered = sorted(values, key=lambda code: (-values[code], sort_key(site.words.area(code))))
    return [
        ChartRow(site.words.area(code), site.url(f"/country/{code}"), 0, site.formats.number(values[code]), number=values[code])
        for code in ordered
    ]


def squares(chart: Mapping[str, Any], numbers: Mapping[str, Any], title: str) -> tuple[Markup, tuple[int, int]]:
    """Return a drawing with a square for each unit, those of the highlighted part marked, and its width and height."""
    part, within = numbers[chart["part"]], numbers[chart["within"]]
    per_row = ceil((within * 1.9) ** 0.5) or 1
    width, height = per_row * _SQUARE - 3, max(1, ceil(within / per_row)) * _SQUARE - 3
    marked = ' class="marked"'
    drawn = "".join(
        f'<rect{marked if n >= within - part else ""} x="{n % per_row * _SQUARE}" y="{n // per_row * _SQUARE}" '
        f'width="17" height="17"/>'
        for n in range(within)
    )
    svg = (
        f'<svg class="squares layer--{chart["layer"]}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title)}">{drawn}</svg>'
    )
    return Markup(svg), (width, height)  # noqa: S704 (the title went through escape)


def counts_systems(finding: Finding) -> bool:
    """Return whether a finding's map is that of documented systems. On that map, land without a system is plain."""
    return finding.name == FINDING


def finding_numbers(site: Site, finding: Finding, chart: Mapping[str, Any]) -> dict[str, CountryNumber]:
    """Return the numbers that a finding's map shows as circles; empty if no country has a number above 1.

    The map of documented systems always has numbers, also of state programmes, if the release counts documented systems.
    """
    if counts_systems(finding) and site.systems:
        return system_numbers(site.systems)
    values = {row["country"]: row.get("value", 1) for row in chart["rows"]}
    return {code: CountryNumber(value) for code, value in values.items()} if max(values.values(), default=0) > 1 else {}


def finding_shades(
    site: Site, finding: Finding, chart: Mapping[str, Any], numbers: Mapping[str, CountryNumber], *, links: bool
) -> dict[str, Shade]:
    """Return the shade and tooltip of each country on a finding's map. The tooltips have numbers if the map has circles.

    `numbers`: from `finding_numbers`. `links`: whether countries link to their pages.
    """
    counted = _COUNTED.get(finding.name, _RECORDS)
    shades = {}
    for code in numbers or [row["country"] for row in chart["rows"]]:
        words = site.words.area(code)
        if numbers:
            number, programmes, unnamed = numbers[code]
            value = site.ngettext(*counted, number) if number else site.gettext(NO_SYSTEM)
            value = unnamed_customer(site, value) if unnamed else value
            words = with_programmes(site, site.gettext("%(name)s: %(value)s", name=words, value=value), programmes)
        shades[code] = Shade(1 if numbers else 0, words, site.url(f"/country/{code}") if links else None)
    return shades
