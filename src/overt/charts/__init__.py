"""Charts: drawn by Vega-Lite as plain SVG whose colours are style.css's, each with the table that it was drawn from.

A page calls one of these with words and numbers and hands the chart to `charts.html`. docs/decisions/0020.
"""

from overt.charts.bar_chart import Bar, Share, bars, shares
from overt.charts.chart import About, Cell, Chart, Measure, Series, Table, layer_tone
from overt.charts.interval_plot import Interval, intervals
from overt.charts.line_chart import Line, Sparkline, lines, sparkline
from overt.charts.ownership_graph import Edge, Node, graph
from overt.charts.timeline import Event, Span, timeline
from overt.charts.upset import Combination, Held, upset
from overt.charts.year_chart import Year, by_year, stacked_bars

__all__ = [
    "About", "Bar", "Cell", "Chart", "Combination", "Edge", "Event", "Held", "Interval", "Line", "Measure", "Node", "Series",
    "Share", "Span", "Sparkline", "Table", "Year", "bars", "by_year", "graph", "intervals", "layer_tone", "lines", "shares",
    "sparkline", "stacked_bars", "timeline", "upset",
]  # fmt: skip
