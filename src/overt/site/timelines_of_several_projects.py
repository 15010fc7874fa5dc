"""Timelines of projects on the pages of countries and organisations."""

from collections.abc import Collection, Iterable, Sequence

from overt.charts import Chart, ChartText, Event, Series, Span, layer_tone, make_timeline
from overt.queries.projects import DatedProject
from overt.site.country.charts import layer_series
from overt.site.site import Site

BEGINS = ("agreed", "started", "construction-start")
ENDS = ("operational", "completed")
"""Properties of a project whose dates begin and end its bar. The first that has a date counts."""


def project_spans(site: Site, rows: Sequence[DatedProject], scanners: Collection[str] = ()) -> list[Span]:
    """Return a bar for each project, grouped by layer in the layers' order.

    `scanners`: ids of projects that only scan goods or baggage. They form a group of their own after the layers.
    Projects without a layer come last.
    """
    series = {series_of_layer.id: series_of_layer for series_of_layer in layer_series(site)}
    other = Series("other", site.gettext("Other"), layer_tone("presence"), "…")
    series["scanners"] = Series("scanners", site.gettext("Scanners"), layer_tone("presence"), "▤")
    groups = {row.id: "scanners" if row.layer == "surveillance" and row.id in scanners else row.layer or "other" for row in rows}
    order = [*series, "other"]
    spans = []
    for row in sorted(rows, key=lambda row: order.index(groups[row.id])):
        begin = next((row.dates[name] for name in BEGINS if name in row.dates), None)
        end = next((row.dates[name] for name in ENDS if name in row.dates), None)
        name = site.called(row)
        spans.append(Span(series.get(groups[row.id], other), name, begin, end, site.url(f"/project/{row.id}")))
    return spans


def page_timeline(
    site: Site, title: str, summary: str, sources: Iterable[str], spans: Sequence[Span], events: Sequence[Event], ticks: Series
) -> Chart:
    """Draw a page's timeline: bars, and below them `events` as ticks of the series `ticks`.

    `sources`: slugs of the sources to credit.
    """
    about = ChartText(
        "timeline",
        title,
        summary,
        site.credits(sources),
        site.gettext("No date is known of anything recorded here."),
        site.gettext("Faint where a date is known only to a year or a range. Planned dates are as the source gives them."),
    )
    return make_timeline(
        about,
        spans,
        events,
        headers=(site.gettext("Layer"), site.gettext("Name"), site.gettext("From"), site.gettext("In use or done")),
        event_series=ticks,
        write_date=lambda when: site.formats.date(when) or site.gettext("unknown"),
    )
