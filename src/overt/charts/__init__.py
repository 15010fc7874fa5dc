"""Charts with their tables of numbers, and sparklines. Vega-Lite draws them as plain SVG in the colours of style.css.

A page calls a `make_…` function with words and numbers, and passes the chart to `charts.html`. See docs/decisions/0020.
"""

from overt.charts.bar_chart import Bar, Share, make_bar_chart, make_share_chart
from overt.charts.chart import Cell, Chart, ChartText, Measure, Series, Table, layer_tone
from overt.charts.line_chart import Line, make_line_chart, make_lines_chart, make_sparkline
from overt.charts.ownership_graph import Edge, Node, make_ownership_graph
from overt.charts.timeline_chart import Event, Span, make_timeline
from overt.charts.upset_plot import Combination, UpsetSet, make_upset_plot
from overt.charts.year_bar_chart import Year, make_stacked_year_chart, make_year_chart

__all__ = [
    "Bar", "Cell", "Chart", "ChartText", "Combination", "Edge", "Event", "Line", "Measure", "Node", "Series", "Share",
    "Span", "Table", "UpsetSet", "Year", "layer_tone", "make_bar_chart", "make_line_chart", "make_lines_chart",
    "make_ownership_graph", "make_share_chart", "make_sparkline", "make_stacked_year_chart", "make_timeline",
    "make_upset_plot", "make_year_chart",
]  # fmt: skip
