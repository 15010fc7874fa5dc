"""A small graph of ownership: owners to the left of what they own, or above it in a narrow drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from overt.charts.chart import NARROW, WIDE, Chart, ChartText, Drawing, Table
from overt.charts.text_layout import text_width, truncate

_ROW_HEIGHT = 26
_NAME_SIZE = 13
_NAME_OFFSET = 9
"""Distance in pixels from the middle of a node to its name."""
_LANE_WIDTH = 9
"""Distance in pixels between parallel lines in a narrow drawing."""
_MAX_LANES = 9
_UNCLEAR_OPACITY = 0.45
_COLUMN_GAP = 64
"""Width in pixels of the gap between two columns, which the lines cross."""
_BOLD_FACTOR = 1.06
"""Width of bold text relative to normal text."""


@dataclass(frozen=True)
class Node:
    """An organisation in the graph. Owners have a lower tier than what they own."""

    id: str
    name: str
    tier: int
    is_subject: bool = False
    """Whether the graph is about this organisation."""
    suffix: str = ""
    """Short text after the name, such as the share that the organisation owns, or the share of it that is owned."""


@dataclass(frozen=True)
class Edge:
    """A relation of ownership: `owner` owns all or part of `owned`."""

    owner: str
    owned: str
    unclear: bool = False
    """Whether it is unclear if the ownership is current."""


def make_ownership_graph(text: ChartText, nodes: Sequence[Node], edges: Sequence[Edge], table: Table) -> Chart:
    """Make a graph of nodes. The nodes of a tier are drawn in the order in which they are given.

    Edges from or to an organisation that is not among `nodes` are left out; if no edge is left, there is no drawing. `table`: all
    details of the relations, of which the drawing shows a part.
    """
    ids = {node.id for node in nodes}
    drawn = [edge for edge in edges if edge.owner in ids and edge.owned in ids]
    if not drawn:
        return Chart(text, table, {})
    return Chart(text, table, {"wide": _draw_columns(nodes, drawn), "narrow": _draw_rows(nodes, drawn)})


def _draw_columns(nodes: Sequence[Node], edges: Sequence[Edge]) -> Drawing:
    """Draw a column for each tier, as wide as its names need and the drawing allows."""
    columns = [[node for node in nodes if node.tier == tier] for tier in sorted({node.tier for node in nodes})]
    needed = [max(_label_width(node) for node in column) for column in columns]
    room = WIDE - _COLUMN_GAP * (len(columns) - 1) - 2 * _NAME_OFFSET * len(columns)
    widths = [width * min(1, room / sum(needed)) for width in needed]
    height = _ROW_HEIGHT * max(map(len, columns))
    places: dict[str, tuple[float, float]] = {}
    labels: dict[str, str] = {}
    left = 8.0
    for column, width in zip(columns, widths, strict=True):
        top = (height - _ROW_HEIGHT * len(column)) / 2
        for row, node in enumerate(column):
            places[node.id] = (left, top + _ROW_HEIGHT * (row + 0.5))
            labels[node.id] = _label(node, width)
        left += 2 * _NAME_OFFSET + width + _COLUMN_GAP
    lines = []
    for edge in edges:
        (x, y), (to_x, to_y) = places[edge.owner], places[edge.owned]
        if x < to_x:
            x += _NAME_OFFSET + text_width(labels[edge.owner], _NAME_SIZE) + 6
            to_x -= 7
        lines.append(_line(x, y, to_x, to_y, edge))
    return _drawing(nodes, places, labels, lines, WIDE, height)


def _label_width(node: Node) -> float:
    suffix = f" {node.suffix}" if node.suffix else ""
    return text_width(f"{node.name}{suffix}", _NAME_SIZE) * (_BOLD_FACTOR if node.is_subject else 1)


def _label(node: Node, width: float) -> str:
    """Return a node's name, truncated to the width, with its suffix, which is never truncated."""
    suffix = f" {node.suffix}" if node.suffix else ""
    room = width / (_BOLD_FACTOR if node.is_subject else 1)
    return truncate(node.name, room - text_width(suffix, _NAME_SIZE) + 1, _NAME_SIZE) + suffix


def _draw_rows(nodes: Sequence[Node], edges: Sequence[Edge]) -> Drawing:
    """Draw one row for each node, owners first. Lines run in up to `_MAX_LANES` lanes to the left of the names."""
    rows = sorted(nodes, key=lambda node: node.tier)
    lanes = min(len(edges), _MAX_LANES)
    left = _LANE_WIDTH * lanes + 14
    places = {node.id: (float(left), _ROW_HEIGHT * (at + 0.5)) for at, node in enumerate(rows)}
    labels = {node.id: _label(node, NARROW - left - 20) for node in rows}
    lines = []
    for at, edge in enumerate(edges):
        lane = 6 + _LANE_WIDTH * (at % lanes)
        (x, y), (to_x, to_y) = places[edge.owner], places[edge.owned]
        segments: tuple[tuple[float, float, float, float], ...] = (
            (x - 6, y, lane, y),
            (lane, y, lane, to_y),
            (lane, to_y, to_x - 6, to_y),
        )
        lines += [_line(*segment, edge) for segment in segments]
    return _drawing(nodes, places, labels, lines, NARROW, _ROW_HEIGHT * len(rows))


def _line(x: float, y: float, to_x: float, to_y: float, edge: Edge) -> dict[str, Any]:
    ends = {"x": x, "y": y, "to_x": to_x, "to_y": to_y}
    return {**{name: round(value, 1) for name, value in ends.items()}, "firm": _UNCLEAR_OPACITY if edge.unclear else 1}


def _drawing(
    nodes: Sequence[Node],
    places: Mapping[str, tuple[float, float]],
    labels: Mapping[str, str],
    lines: list[dict[str, Any]],
    width: int,
    height: float,
) -> Drawing:
    drawn = [
        {"x": round(places[node.id][0], 1), "y": round(places[node.id][1], 1), "name": labels[node.id], "self": node.is_subject,
         "tone": "var(--shade-5)" if node.is_subject else "var(--muted)"}
        for node in nodes
    ]  # fmt: skip
    return Drawing("graph", width, round(height), (0, 2, 0, 4), {"lines": lines, "nodes": drawn})
