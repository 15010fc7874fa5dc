"""One chart of every kind, with a name of one's choice wherever a source may write."""

from collections.abc import Callable

from overt.charts import (  # fmt: skip
    About,
    Bar,
    Cell,
    Chart,
    Combination,
    Edge,
    Event,
    Held,
    Interval,
    Line,
    Measure,
    Node,
    Series,
    Share,
    Span,
    Table,
    Year,
    bars,
    by_year,
    graph,
    intervals,
    layer_tone,
    lines,
    shares,
    stacked_bars,
    timeline,
    upset,
)

NETWORKS = Series("networks", "Networks", layer_tone("networks"), "▲")
CABLES = Series("cables", "Cables", layer_tone("cables"), "━")
OTHER = Series("other", "Other", layer_tone("presence"), "…")
RESTRICTIONS = Series("restrictions", "Restrictions", layer_tone("censorship"), "✕")


def about(name: str = "sample", words: str = "A title") -> About:
    return About(name, words, f"{words}, in a sentence.", ((words, "/source/x"),), f"Nothing of {words}.", words)


def measure(words: str = "Projects") -> Measure:
    return Measure(words, lambda value: f"{float(value):g}", str)


def named(series: Series, words: str) -> Series:
    return Series(series.id, words, series.tone, series.sign)


def _bars(words: str) -> Chart:
    return bars(about("bars", words), measure(words), [Bar(words, 7), Bar("B", 3), Bar("C", None)], first=words)


def _shares(words: str) -> Chart:
    rows = [Share(named(NETWORKS, words), words, 2, 3), Share(CABLES, "B", 1, 4)]
    return shares(
        about("shares", words), rows, columns=(words, "b", "c", "d", "e"), said=lambda part, _: f"{part} {words}", exact=str
    )


def _by_year(words: str) -> Chart:
    return by_year(
        about("years", words), measure(words), [Year(2019, 2), Year(2022, 5), Year(None, 1)], first=words, undated=words
    )


def _stacked(words: str) -> Chart:
    counted = {2019: {"networks": 2, "cables": 4}, 2021: {"cables": 1}, None: {"networks": 1}}
    return stacked_bars(
        about("stack", words), measure(words), [named(NETWORKS, words), CABLES], counted, first=words, undated=words, other=OTHER
    )


def _lines(words: str) -> Chart:
    series = [Line(words, {2001: 1, 2002: 2, 2005: 3}), Line("B", {2001: 2.5, 2004: None})]
    return lines(about("lines", words), measure(words), series, first=words)


def _intervals(words: str) -> Chart:
    rows = [Interval(words, 12, 9, 20), Interval("B", 8), Interval("C", None)]
    return intervals(about("intervals", words), measure(words), rows, columns=(words, words, words))


def _timeline(words: str) -> Chart:
    spans = [Span(named(NETWORKS, words), words, "2012", "2014-05"), Span(CABLES, words, None, "2016?")]
    return timeline(
        about("timeline", words), spans, [Event(words, "2020-01-14")], columns=(words, "b", "c", "d"),
        event_series=named(RESTRICTIONS, words), write=lambda date: date or words,
    )  # fmt: skip


def _graph(words: str) -> Chart:
    nodes = [Node("a", words, 0, self=True), Node("b", "B", -1, said="51 %"), Node("c", words, 1), Node("d", words, 1)]
    edges = [Edge("b", "a"), Edge("a", "c", ended=True), Edge("a", "d")]
    return graph(about("graph", words), nodes, edges, Table((Cell(words),), ((Cell(words, link="/x"),),)))


def _upset(words: str) -> Chart:
    sets = [Held(words, 7, "/x"), Held("B", 5), Held("C", 0)]
    found = [Combination(frozenset({0}), 4), Combination(frozenset({0, 1}), 3), Combination(frozenset({1}), 2)]
    return upset(about("upset", words), measure(words), sets, found, first=words, join=" + ")


KINDS: dict[str, Callable[[str], Chart]] = {
    "bars": _bars,
    "shares": _shares,
    "by_year": _by_year,
    "stacked_bars": _stacked,
    "lines": _lines,
    "intervals": _intervals,
    "timeline": _timeline,
    "graph": _graph,
    "upset": _upset,
}
