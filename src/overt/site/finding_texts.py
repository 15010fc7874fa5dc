"""Findings in the site's language, with charts in the form that templates need."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from overt.language.label_order import sort_key
from overt.language.language import NN_
from overt.maps.shade_scale import shade_labels, shade_of
from overt.maps.small_map import Shade, draw_small_map
from overt.queries.findings import Finding
from overt.site.site import Site

_RECORDS = NN_("%(n)s on record", "%(n)s on record")
_COUNTED = {"documented-systems": NN_("%(n)s system", "%(n)s systems")}
"""What a finding's map counts, in the words that other pages use for the same number."""


class ChartRow(NamedTuple):
    """A bar, column or country of a chart.

    Its label, the page it links to, the length of its bar as a share of the longest (0 for a country), its value, and a note.
    """

    label: str
    address: str | None
    share: float
    value: str
    note: str | None


class FindingChart(NamedTuple):
    """A chart in the form that templates need. Its kind determines which fields are set."""

    kind: str
    title: str
    layer: str
    rows: Sequence[ChartRow]
    """Bars, columns for years, or the countries of a map."""
    part: int
    """The highlighted number, which is a part of `within`."""
    within: int
    map: Markup | None
    legend: Sequence[tuple[int, str]]
    """Each shade of a map and its label."""


class FindingText(NamedTuple):
    """A finding as readers see it."""

    name: str
    headline: str
    text: str
    caveat: str
    would_change: str
    check: str
    """The page where a reader can check it."""
    chart: FindingChart


def finding_text(site: Site, finding: Finding, *, links: bool = False) -> FindingText:
    """Return a finding that holds, in the site's language. `links`: whether countries on its map link to their pages."""
    headline, text, caveat, would_change = (
        str(site.language.localized(finding, name)) for name in ("headline", "text", "caveat", "would_change")
    )
    chart = _chart(site, finding, links=links)
    return FindingText(finding.name, headline, text, caveat, would_change, site.url(finding.address), chart)


def _chart(site: Site, finding: Finding, *, links: bool) -> FindingChart:
    chart = finding.chart or {}
    title = str(site.language.localized(chart, "title"))
    rows, drawn, legend, part, within = chart["rows"], None, [], 0, 0
    match chart["kind"]:
        case "map":
            drawn = _map(site, chart, _COUNTED.get(finding.name, _RECORDS), title, links=links)
            legend = list(enumerate(shade_labels(chart["breaks"], site.language), 1)) if len(chart["breaks"]) > 1 else []
            bars = _countries(site, rows)
        case "columns":
            bars = _columns(site, rows, chart["unit"])
        case "bars" | "days":
            bars = _bars(site, rows)
        case _:
            part, within, bars = finding.numbers[chart["part"]], finding.numbers[chart["within"]], []
    return FindingChart(chart["kind"], title, chart["layer"], bars, part, within, drawn, legend)


def _bars(site: Site, rows: Sequence[Mapping[str, Any]]) -> list[ChartRow]:
    longest = max((row.get("days") or row["value"] for row in rows), default=1)
    return [
        ChartRow(
            str(site.language.localized(row, "label")),
            site.record_url("organization", row["record"]) if row.get("record") else None,
            row["value"] / longest,
            site.formats.number(row["value"]),
            site.formats.number(row["countries"]) if "countries" in row else None,
        )
        for row in rows
    ]


def _columns(site: Site, rows: Sequence[Mapping[str, Any]], unit: str | None) -> list[ChartRow]:
    """Return a column for every year from the first to the last."""
    values = {row["year"]: row["value"] for row in rows}
    highest = max(values.values(), default=1)

    def written(value: float) -> str:
        return site.formats.money_short(value, unit) if unit else site.formats.number(value)

    years = range(min(values, default=0), max(values, default=-1) + 1)
    return [ChartRow(str(year), None, values.get(year, 0) / highest, written(values.get(year, 0)), None) for year in years]


def _countries(site: Site, rows: Sequence[Mapping[str, Any]]) -> list[ChartRow]:
    """Return a row for each country of a map, the highest number first, without a bar."""
    values = {row["country"]: row.get("value", 1) for row in rows}
    ordered = sorted(values, key=lambda code: (-values[code], sort_key(site.words.area(code))))
    return [
        ChartRow(site.words.area(code), site.url(f"/country/{code}"), 0, site.formats.number(values[code]), None)
        for code in ordered
    ]


def _map(site: Site, chart: Mapping[str, Any], counted: tuple[str, str], title: str, *, links: bool) -> Markup | None:
    shapes = site.small_shapes
    if not shapes:
        return None
    breaks = chart["breaks"]
    countries = {}
    for row in chart["rows"]:
        value = row.get("value", 1)
        name = site.words.area(row["country"])
        words = site.gettext("%(name)s: %(value)s", name=name, value=site.ngettext(*counted, value)) if len(breaks) > 1 else name
        shade = shade_of(value, breaks) if len(breaks) > 1 else 0
        countries[row["country"]] = Shade(shade, words, site.url(f"/country/{row['country']}") if links else None)
    return draw_small_map(shapes, countries, label=title, hatch="no-record" if links else None)
