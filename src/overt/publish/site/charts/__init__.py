"""Charts: drawn by Vega-Lite as plain SVG whose colours are style.css's, each with the table that it was drawn from.

A page calls one of these with words and numbers and hands the chart to `charts.html`. docs/decisions/0020.
"""

from overt.publish.site.charts.bars import Bar, Share, bars, shares
from overt.publish.site.charts.graph import Edge, Node, graph
from overt.publish.site.charts.intervals import Interval, intervals
from overt.publish.site.charts.lines import Line, Sparkline, lines, sparkline
from overt.publish.site.charts.parts import About, Cell, Chart, Measure, Series, Table, layer_tone
from overt.publish.site.charts.timeline import Event, Span, timeline
from overt.publish.site.charts.upset import Combination, Held, upset
from overt.publish.site.charts.years import Year, by_year, stacked_bars

__all__ = [
    "About", "Bar", "Cell", "Chart", "Combination", "Edge", "Event", "Held", "Interval", "Line", "Measure", "Node", "Series",
    "Share", "Span", "Sparkline", "Table", "Year", "bars", "by_year", "graph", "intervals", "layer_tone", "lines", "shares",
    "sparkline", "stacked_bars", "timeline", "upset",
]  # fmt: skip
