"""The ownership graph: every name and line is drawn, owners come before what they own, and nothing extends beyond the edge."""

import pytest

from overt.charts import Cell, Edge, Node, Table, make_ownership_graph
from overt.charts.chart import NARROW, WIDE, Drawing
from overt.charts.text_layout import text_width
from tests.charts.sample_charts import chart_text

TABLE = Table((Cell("Organisation"),), ((Cell("A"),),))
LONG = "An organisation with a name that is longer than any column has room for, Limited"
NODES = [
    Node("self", LONG, 0, is_subject=True), Node("state", "A state", -2), Node("parent", LONG, -1),
    Node("fund", "A fund", -1, suffix="20 %"), Node("child", "A child", 1, suffix="51 %"),
    Node("other", LONG, 1, suffix="2.44 %"),
]  # fmt: skip
EDGES = [
    Edge("state", "parent"), Edge("parent", "self"), Edge("fund", "self"), Edge("self", "child", unclear=True),
    Edge("self", "other"),
]  # fmt: skip


def drawn(size: str) -> Drawing:
    return make_ownership_graph(chart_text(), NODES, EDGES, TABLE).drawings[size]


def test_owners_are_before_what_they_own() -> None:
    columns = [node["x"] for node in drawn("wide").data["nodes"]]
    places = dict(zip([node.id for node in NODES], columns, strict=True))
    assert places["state"] < places["parent"] == places["fund"] < places["self"] < places["child"] == places["other"]
    rows = [node["name"] for node in sorted(drawn("narrow").data["nodes"], key=lambda node: node["y"])]
    assert rows[0] == "A state" and rows[3].startswith("An organisation") and rows[-2] == "A child 51 %"


@pytest.mark.parametrize(("size", "room"), [("wide", WIDE), ("narrow", NARROW)])
def test_nothing_is_beyond_the_edge_and_no_name_under_a_line(size: str, room: int) -> None:
    data = drawn(size).data
    assert len(data["nodes"]) == len(NODES)
    assert all(node["x"] + 9 + text_width(node["name"], 13) <= room for node in data["nodes"])
    assert any(node["name"].endswith("2.44 %") for node in data["nodes"]), "a share is never cut off"
    for line in data["lines"]:
        assert min(line["x"], line["to_x"]) >= 0 and max(line["x"], line["to_x"]) <= room
    if size == "wide":
        first = [node for node in data["nodes"] if node["x"] < 20]
        ends = {round(node["y"], 1): node["x"] + 9 + text_width(node["name"], 13) for node in first}
        assert all(line["x"] >= ends.get(line["y"], 0) for line in data["lines"] if line["x"] < 200)


def test_relations_that_may_have_ended_are_paler() -> None:
    assert sorted({line["firm"] for line in drawn("wide").data["lines"]}) == [0.45, 1]
    assert [line["firm"] for line in drawn("narrow").data["lines"]].count(0.45) == 3, "three strokes of one line"


def test_without_a_relation_there_is_no_drawing() -> None:
    assert make_ownership_graph(chart_text(), NODES[:1], [], TABLE).empty
    assert make_ownership_graph(chart_text(), NODES[:1], [Edge("self", "nobody")], TABLE).empty, "an end that is not there"


def test_organizations_that_own_each_other_can_be_drawn() -> None:
    chart = make_ownership_graph(
        chart_text(), [Node("a", "A", 0, is_subject=True), Node("b", "B", 1)], [Edge("a", "b"), Edge("b", "a")], TABLE
    )
    assert len(chart.drawings["wide"].data["lines"]) == 2
