"""Landing points as nodes, and what is known of what connects them as spans."""

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import shapely

from overt.export.loss_report import Account

STATUSES = {
    "announced": "proposed", "agreed": "planned", "under-construction": "underConstruction", "operational": "operational",
    "suspended": "inactive", "decommissioned": "decommissioned",
}  # fmt: skip
"""The standard's status of each of ours that means the same."""
NEAR = 0.01
"""How many degrees the end of a drawn route may lie from a landing point that it leads to: about a kilometre."""
_KNOWN = ("exact", "locality")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CAPACITIES = {"Gbps": Decimal(1), "Tbps": Decimal(1000)}
Json = dict[str, Any]


def nodes_of(cable: Json, account: Account) -> list[Json]:
    """The landing points and sites of a cable; with a location where it is their own or their town's."""
    nodes = []
    for place in cable["places"] or ():
        if place["kind"] not in ("landing-point", "site"):
            continue
        node: Json = {"id": place["id"]}
        told = ["kind"]
        if place["name"]:
            node["name"] = place["name"]
            told.append("name")
        if (
            place["geometry"]
            and place["precision"] in _KNOWN
            and (shape := shapely.from_wkt(place["geometry"])).geom_type == "Point"
        ):
            node["location"] = {"type": "Point", "coordinates": [shape.x, shape.y]}
            told.append("geometry")
        if place["country"] and len(place["country"]) == 2:
            node["address"] = {"country": place["country"]}
            told.append("country")
        if place["kind"] == "landing-point":
            node["type"] = ["cableLanding"]
        account.write("place", place["id"], *told)
        account.carry("place", "project")
        nodes.append(node)
    return nodes


def spans_of(cable: Json, nodes: Sequence[Json], organisations: Sequence[Json], account: Account) -> list[Json]:
    """What connects the nodes: the lines of a drawn route; else, with no route, the cable as a whole. A node that no line leads
    to has a span of its own whose other end is not told.
    """
    spans = [span for place in cable["places"] or () if place["kind"] == "route" for span in _lines(place, nodes, account)]
    if not spans and len(nodes) in (0, 2):
        spans = [{"id": f"{cable['id']}-cable"}]
        if nodes:
            spans[0] |= {"start": nodes[0]["id"], "end": nodes[1]["id"]}
    used = {span[end] for span in spans for end in ("start", "end") if end in span}
    spans += [{"id": f"{node['id']}-landing", "start": node["id"]} for node in nodes if node["id"] not in used]
    common = _common(cable, organisations, account)
    spans = [span | common for span in spans]
    if len(spans) == 1:
        spans[0] |= _of_the_whole(cable, account)
    else:
        at = {node["address"]["country"] for node in nodes if "address" in node}
        account.carry("project", *["country" for code in cable["country"] or () if code in at])
    return spans


def _lines(place: Json, nodes: Sequence[Json], account: Account) -> list[Json]:
    shape = shapely.from_wkt(place["geometry"]) if place["geometry"] else None
    lines: list[shapely.LineString] = []
    if shape is not None and "LineString" in shape.geom_type:
        lines = [line for line in shapely.get_parts(shape) if not line.is_empty]
    if not lines:
        return []
    account.write("place", place["id"], "kind", "geometry")
    account.carry("place", "project")
    return [_line(f"{place['id']}-{number}", line, nodes) for number, line in enumerate(lines, start=1)]


def _line(identity: str, line: shapely.LineString, nodes: Sequence[Json]) -> Json:
    span: Json = {"id": identity}
    start, end = (_node_at(line.coords[at], nodes) for at in (0, -1))
    if start:
        span["start"] = start
    if end and end != start:
        span["end"] = end
    return span | {"route": {"type": "LineString", "coordinates": [list(position[:2]) for position in line.coords]}}


def _node_at(position: Sequence[float], nodes: Sequence[Json]) -> str | None:
    """The node that the end of a line lies at."""
    distances = [(math.dist(position[:2], node["location"]["coordinates"]), node["id"]) for node in nodes if "location" in node]
    nearest, identity = min(distances, default=(math.inf, None))
    return identity if nearest <= NEAR else None


def _common(cable: Json, organisations: Sequence[Json], account: Account) -> Json:
    """What holds for each span of a cable."""
    common: Json = {}
    if cable["status"] in STATUSES:
        common["status"] = STATUSES[cable["status"]]
        account.carry("project", "status")
        if common["status"] in ("operational", "decommissioned") and _DAY.fullmatch(cable["operational"] or ""):
            common["readyForServiceDate"] = cable["operational"]
            account.carry("project", "operational")
    for role, field in (("transmissionMediumOwner", "transmissionMediumOwner"), ("supplier", "supplier")):
        if len(found := _with_role(organisations, role)) == 1:  # the field holds one; who they all are stands at the network
            common[field] = found[0]
    if operators := _with_role(organisations, "networkProvider"):
        common["networkProviders"] = operators
    return common


def _with_role(organisations: Sequence[Mapping[str, Any]], role: str) -> list[Json]:
    return [{"id": one["id"], "name": one["name"]} for one in organisations if role in one.get("roles", ())]


def _of_the_whole(cable: Json, account: Account) -> Json:
    """What is known of the cable, where one span is all of it."""
    whole: Json = {}
    if countries := [code for code in cable["country"] or () if len(code) == 2]:
        whole["countries"] = countries
        account.carry("project", *["country"] * len(countries))
    if cable["length"] is not None:
        whole["fibreLength"] = float(cable["length"])
        account.carry("project", "length")
    if cable["capacity"] is not None and cable["capacity_unit"] in _CAPACITIES:
        whole["capacity"] = float(cable["capacity"] * _CAPACITIES[cable["capacity_unit"]])
        account.carry("project", "capacity")
    return whole
