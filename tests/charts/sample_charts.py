"""Sample charts, one of each kind, that contain a given text; and helpers that build charts for tests."""

from collections.abc import Callable

from overt.charts import (  # fmt: skip
    Bar,
    Cell,
    Chart,
    ChartText,
    Combination,
    Edge,
    Event,
    Line,
    Measure,
    Node,
    Series,
    Share,
    Span,
    Table,
    UpsetSet,
    Year,
    layer_tone,
    make_bar_chart,
    make_line_chart,
    make_ownership_graph,
    make_share_chart,
    make_stacked_year_chart,
    make_timeline,
    make_upset_plot,
    make_year_chart,
)
from overt.charts.bar_chart import share_cells
from overt.charts.chart import header_cells

NETWORKS = Series("networks", "Networks", layer_tone("networks"), "▲")
CABLES = Series("cables", "Cables", layer_tone("cables"), "━")
OTHER = Series("other", "Other", layer_tone("presence"), "…")
RESTRICTIONS = Series("restrictions", "Restrictions", layer_tone("censorship"), "✕")


def chart_text(name: str = "sample", words: str = "A title") -> ChartText:
    return ChartText(name, words, f"{words}, in a sentence.", ((words, "/source/x"),), f"Nothing of {words}.", words)


def measure(words: str = "Projects") -> Measure:
    return Measure(words, lambda value: f"{float(value):g}", str)


def named(series: Series, words: str) -> Series:
    return Series(series.id, words, series.tone, series.sign)


def _bars(words: str) -> Chart:
    return make_bar_chart(
        chart_text("bars", words), measure(words), [Bar(words, 7), Bar("B", 3), Bar("C", None)], name_header=words
    )


def _shares(words: str) -> Chart:
    rows = [Share(named(NETWORKS, words), words, 2, 3), Share(CABLES, "B", 1, 4)]
    table = Table(header_cells((words, "b", "c", "d", "e")), tuple(share_cells(row, str) for row in rows))
    return make_share_chart(chart_text("shares", words), rows, table, label=lambda part, _: f"{part} {words}")


def _by_year(words: str) -> Chart:
    return make_year_chart(
        chart_text("years", words),
        measure(words),
        [Year(2019, 2), Year(2022, 5), Year(None, 1)],
        year_header=words,
        undated=words,
    )


def _stacked(words: str) -> Chart:
    counted = {2019: {"networks": 2, "cables": 4}, 2021: {"cables": 1}, None: {"networks": 1}}
    return make_stacked_year_chart(
        chart_text("stack", words),
        measure(words),
        [named(NETWORKS, words), CABLES],
        counted,
        year_header=words,
        undated=words,
        other=OTHER,
    )


def _lines(words: str) -> Chart:
    line = Line(words, {2001: 1, 2002: 2, 2004: None, 2005: 3})
    return make_line_chart(chart_text("lines", words), measure(words), line, year_header=words)


def _timeline(words: str) -> Chart:
    spans = [Span(named(NETWORKS, words), words, "2012", "2014-05"), Span(CABLES, words, None, "2016?")]
    return make_timeline(
        chart_text("timeline", words), spans, [Event(words, "2020-01-14")], headers=(words, "b", "c", "d"),
        event_series=named(RESTRICTIONS, words), write_date=lambda date: date or words,
    )  # fmt: skip


def _graph(words: str) -> Chart:
    nodes = [Node("a", words, 0, is_subject=True), Node("b", "B", -1, suffix="51 %"), Node("c", words, 1), Node("d", words, 1)]
    edges = [Edge("b", "a"), Edge("a", "c", unclear=True), Edge("a", "d")]
    return make_ownership_graph(chart_text("graph", words), nodes, edges, Table((Cell(words),), ((Cell(words, link="/x"),),)))


def _upset(words: str) -> Chart:
    sets = [UpsetSet(words, 7, "/x"), UpsetSet("B", 5), UpsetSet("C", 0)]
    combinations = [Combination(frozenset({0}), 4), Combination(frozenset({0, 1}), 3), Combination(frozenset({1}), 2)]
    return make_upset_plot(chart_text("upset", words), measure(words), sets, combinations, sets_header=words, separator=" + ")


KINDS: dict[str, Callable[[str], Chart]] = {
    "bars": _bars,
    "shares": _shares,
    "by_year": _by_year,
    "stacked_bars": _stacked,
    "lines": _lines,
    "timeline": _timeline,
    "graph": _graph,
    "upset": _upset,
}
