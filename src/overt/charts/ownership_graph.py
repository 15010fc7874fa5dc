"""Who owns whom, as a small graph: owners to the left of what they own, or above it where there is little room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from overt.charts.chart import NARROW, WIDE, About, Chart, Drawing, Table
from overt.charts.text_layout import breadth, fit

_ROW = 26
_SIZE = 13
_BESIDE = 9
"""Pixels from the middle of a node to its name."""
_LANE = 9
"""Pixels between the lines that run side by side where there is little room."""
_LANES = 9
_ENDED = 0.45
_GAP = 64
"""Pixels of the lines between two columns."""


@dataclass(frozen=True)
class Node:
    """Somebody in the graph. Owners have a lower tier than what they own."""

    id: str
    name: str
    tier: int
    self: bool = False
    """Whether the graph is about this one."""
    said: str = ""
    """A few signs behind the name, such as the share that it holds or that is held of it."""


@dataclass(frozen=True)
class Edge:
    """`owner` holds all or a part of `owned`."""

    owner: str
    owned: str
    ended: bool = False


def graph(about: About, nodes: Sequence[Node], edges: Sequence[Edge], table: Table) -> Chart:
    """Nodes in the order given within their tier. `table`: who is what to whom, which the drawing only sketches."""
    held = {node.id: node for node in nodes}
    joined = [edge for edge in edges if edge.owner in held and edge.owned in held]
    if not joined:
        return Chart(about, table, {})
    return Chart(about, table, {"wide": _beside(nodes, joined), "narrow": _below(nodes, joined)})


def _beside(nodes: Sequence[Node], edges: Sequence[Edge]) -> Drawing:
    """A column for each tier, as wide as its names need and as there is room for."""
    columns = [[node for node in nodes if node.tier == tier] for tier in sorted({node.tier for node in nodes})]
    needed = [max(_breadth(node) for node in held) for held in columns]
    room = WIDE - _GAP * (len(columns) - 1) - 2 * _BESIDE * len(columns)
    widths = [need * min(1, room / sum(needed)) for need in needed]
    height = _ROW * max(map(len, columns))
    places: dict[str, tuple[float, float]] = {}
    names: dict[str, str] = {}
    left = 8.0
    for held, width in zip(columns, widths, strict=True):
        top = (height - _ROW * len(held)) / 2
        for row, node in enumerate(held):
            places[node.id] = (left, top + _ROW * (row + 0.5))
            names[node.id] = _fitted(node, width)
        left += 2 * _BESIDE + width + _GAP
    lines = []
    for edge in edges:
        (x, y), (to_x, to_y) = places[edge.owner], places[edge.owned]
        if x < to_x:
            x += _BESIDE + breadth(names[edge.owner], _SIZE) + 6
            to_x -= 7
        lines.append(_line(x, y, to_x, to_y, edge))
    return _drawing(nodes, places, names, lines, WIDE, height)


def _breadth(node: Node) -> float:
    said = f" {node.said}" if node.said else ""
    return breadth(f"{node.name}{said}", _SIZE) * (1.06 if node.self else 1)


def _fitted(node: Node, width: float) -> str:
    """The name cut to its room, and what is said behind it, which is short, whole."""
    said = f" {node.said}" if node.said else ""
    return fit(node.name, (width / (1.06 if node.self else 1)) - breadth(said, _SIZE) + 1, _SIZE) + said


def _below(nodes: Sequence[Node], edges: Sequence[Edge]) -> Drawing:
    """A row for each node, owners first; each line has a lane of its own before the names."""
    rows = sorted(nodes, key=lambda node: node.tier)
    lanes = min(len(edges), _LANES)
    left = _LANE * lanes + 14
    places = {node.id: (float(left), _ROW * (at + 0.5)) for at, node in enumerate(rows)}
    names = {node.id: _fitted(node, NARROW - left - 20) for node in rows}
    lines = []
    for at, edge in enumerate(edges):
        lane = 6 + _LANE * (at % lanes)
        (x, y), (to_x, to_y) = places[edge.owner], places[edge.owned]
        corners: tuple[tuple[float, float, float, float], ...] = (
            (x - 6, y, lane, y),
            (lane, y, lane, to_y),
            (lane, to_y, to_x - 6, to_y),
        )
        lines += [_line(*ends, edge) for ends in corners]
    return _drawing(nodes, places, names, lines, NARROW, _ROW * len(rows))


def _line(x: float, y: float, to_x: float, to_y: float, edge: Edge) -> dict[str, Any]:
    place = {"x": x, "y": y, "to_x": to_x, "to_y": to_y}
    return {**{name: round(held, 1) for name, held in place.items()}, "firm": _ENDED if edge.ended else 1}


def _drawing(
    nodes: Sequence[Node],
    places: Mapping[str, tuple[float, float]],
    names: Mapping[str, str],
    lines: list[dict[str, Any]],
    width: int,
    height: float,
) -> Drawing:
    drawn = [
        {"x": round(places[node.id][0], 1), "y": round(places[node.id][1], 1), "name": names[node.id], "self": node.self,
         "tone": "var(--shade-5)" if node.self else "var(--muted)"}
        for node in nodes
    ]  # fmt: skip
    return Drawing("graph", width, round(height), (0, 2, 0, 4), {"lines": lines, "nodes": drawn})
