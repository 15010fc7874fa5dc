"""Landing points and sites of a cable as nodes, and the connections between them as spans.

What is written is counted in a `LossTally`.
"""

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import shapely

from overt.export.loss_tally import LossTally
from overt.index.drawn_geometry import LOCATED

STATUSES = {
    "announced": "proposed", "agreed": "planned", "under-construction": "underConstruction", "operational": "operational",
    "suspended": "inactive", "decommissioned": "decommissioned",
}  # fmt: skip
"""The standard's status for each of Overt's statuses, if both mean the same."""
MAX_DISTANCE = 0.01
"""Maximum distance in degrees between the end of a route and the node that it reaches: about a kilometre."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CAPACITIES = {"Gbps": Decimal(1), "Tbps": Decimal(1000)}
Json = dict[str, Any]


def make_nodes(cable: Json, tally: LossTally) -> list[Json]:
    """Return the landing points and sites of a cable. A node has a location if its site or town is known."""
    nodes = []
    for place in cable["places"] or ():
        if place["kind"] not in ("landing-point", "site"):
            continue
        node: Json = {"id": place["id"]}
        written = ["kind"]
        if place["name"]:
            node["name"] = place["name"]
            written.append("name")
        shape = shapely.from_wkt(place["geometry"]) if place["geometry"] and place["precision"] in LOCATED else None
        if shape is not None and shape.geom_type == "Point":
            node["location"] = {"type": "Point", "coordinates": [shape.x, shape.y]}
            written.append("geometry")
        if place["country"] and len(place["country"]) == 2:
            node["address"] = {"country": place["country"]}
            written.append("country")
        if place["kind"] == "landing-point":
            node["type"] = ["cableLanding"]
        tally.write("place", place["id"], *written)
        tally.write_values("place", "project")
        nodes.append(node)
    return nodes


def make_spans(cable: Json, nodes: Sequence[Json], organisations: Sequence[Json], tally: LossTally) -> list[Json]:
    """Return the connections between the nodes: the lines of the routes.

    Without a route, the complete cable is one span if it has two nodes or none. A node that no span reaches gets its own span,
    whose other end is unknown.
    """
    spans = [span for place in cable["places"] or () if place["kind"] == "route" for span in _route_spans(place, nodes, tally)]
    if not spans and len(nodes) in (0, 2):
        spans = [{"id": f"{cable['id']}-cable"}]
        if nodes:
            spans[0] |= {"start": nodes[0]["id"], "end": nodes[1]["id"]}
    connected = {span[end] for span in spans for end in ("start", "end") if end in span}
    spans += [{"id": f"{node['id']}-landing", "start": node["id"]} for node in nodes if node["id"] not in connected]
    common = _common_fields(cable, organisations, tally)
    spans = [span | common for span in spans]
    if len(spans) == 1:
        spans[0] |= _cable_fields(cable, tally)
    else:
        countries = {node["address"]["country"] for node in nodes if "address" in node}
        tally.write_values("project", *["country" for code in cable["country"] or () if code in countries])
    return spans


def _route_spans(place: Json, nodes: Sequence[Json], tally: LossTally) -> list[Json]:
    shape = shapely.from_wkt(place["geometry"]) if place["geometry"] else None
    lines: list[shapely.LineString] = []
    if shape is not None and "LineString" in shape.geom_type:
        lines = [line for line in shapely.get_parts(shape) if not line.is_empty]
    if not lines:
        return []
    tally.write("place", place["id"], "kind", "geometry")
    tally.write_values("place", "project")
    return [_make_span(f"{place['id']}-{number}", line, nodes) for number, line in enumerate(lines, start=1)]


def _make_span(identity: str, line: shapely.LineString, nodes: Sequence[Json]) -> Json:
    span: Json = {"id": identity}
    start, end = (_nearest_node(line.coords[at], nodes) for at in (0, -1))
    if start:
        span["start"] = start
    if end and end != start:
        span["end"] = end
    return span | {"route": {"type": "LineString", "coordinates": [list(position[:2]) for position in line.coords]}}


def _nearest_node(position: Sequence[float], nodes: Sequence[Json]) -> str | None:
    """Return the id of the node nearest to the end of a line; None if none is within `MAX_DISTANCE`."""
    distances = [(math.dist(position[:2], node["location"]["coordinates"]), node["id"]) for node in nodes if "location" in node]
    nearest, identity = min(distances, default=(math.inf, None))
    return identity if nearest <= MAX_DISTANCE else None


def _common_fields(cable: Json, organisations: Sequence[Json], tally: LossTally) -> Json:
    """Return the fields that are the same for every span of a cable."""
    fields: Json = {}
    if cable["status"] in STATUSES:
        fields["status"] = STATUSES[cable["status"]]
        tally.write_values("project", "status")
        if fields["status"] in ("operational", "decommissioned") and _DAY.fullmatch(cable["operational"] or ""):
            fields["readyForServiceDate"] = cable["operational"]
            tally.write_values("project", "operational")
    # These fields have room for one organisation each; the network lists all organisations.
    for role in ("transmissionMediumOwner", "supplier"):
        if len(members := _with_role(organisations, role)) == 1:
            fields[role] = members[0]
    if operators := _with_role(organisations, "networkProvider"):
        fields["networkProviders"] = operators
    return fields


def _with_role(organisations: Sequence[Mapping[str, Any]], role: str) -> list[Json]:
    members = (organisation for organisation in organisations if role in organisation.get("roles", ()))
    return [{"id": organisation["id"], "name": organisation["name"]} for organisation in members]


def _cable_fields(cable: Json, tally: LossTally) -> Json:
    """Return the fields of a cable, for a span that represents the complete cable."""
    fields: Json = {}
    if countries := [code for code in cable["country"] or () if len(code) == 2]:
        fields["countries"] = countries
        tally.write_values("project", *["country"] * len(countries))
    if cable["length"] is not None:
        fields["fibreLength"] = float(cable["length"])
        tally.write_values("project", "length")
    if cable["capacity"] is not None and cable["capacity_unit"] in _CAPACITIES:
        fields["capacity"] = float(cable["capacity"] * _CAPACITIES[cable["capacity_unit"]])
        tally.write_values("project", "capacity")
    return fields
