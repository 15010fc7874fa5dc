"""Open Fibre Data Standard 0.4: cables as networks of landing points and spans, as JSON and as GeoJSON. docs/decisions/0030."""

import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from overt.export.json_list import json_list
from overt.export.loss_report import Account
from overt.export.ofds.spans import nodes_of, spans_of
from overt.export.public_release import Holdings
from overt.export.result import NothingToWrite, Written

PACKAGE, NODES, SPANS = "network-package.json", "nodes.geojson", "spans.geojson"
SCHEMA = "https://standard.ofds.info/en/0__4__0/network-schema.json"
CRS = {"name": "urn:ogc:def:crs:OGC::CRS84", "uri": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}
ACCURACY = (
    "A landing point is that of the town or place, not of the station in it. Routes are schematic: they show what is connected, "
    "not where a cable runs. An end of a route within 0.01 degrees of a landing point is taken to be there. A span that has a "
    "start alone says that the cable lands there, and not where it goes."
)
ROLES = {
    "owner": "transmissionMediumOwner", "operator": "networkProvider", "supplier": "supplier", "financier": "funder",
}  # fmt: skip
"""Roles that the standard has a code for; the others stand in words."""
_WHYS = {
    "length of project": "a length is a span's, and the cable has several spans",
    "status of project": "the standard has no such status, or no span to say it of",
    "operational of project": "a date of service is a day, and of a span that is or was in service",
    "country of project": "countries are those of nodes and of a single span",
    "precision of place": "said once for all, in accuracyDetails",
    "name of place": "a span of a route has no name of its own",
    "project of place": "projects that are no cables",
    "geometry of place": "a point that stands for a whole area is no location of a node",
}
_OF_PLACES = "a division is neither a node nor a span; or it is a place of projects that are no cables"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:overt:network")
Json = dict[str, Any]


def write(holdings: Holdings, target: Path) -> Written:
    """Write the folder: the network package and the two collections of GeoJSON. Raises NothingToWrite where there is no cable."""
    account = Account(holdings)
    organisations = {row["id"]: row for row in holdings.rows("SELECT id, name, country, identifier, website FROM organizations")}
    labels = {
        row["id"]: row["label"]
        for row in holdings.rows("SELECT id, coalesce(label, id) AS label FROM records WHERE type = 'organization'")
    }
    collection = {"type": "FeatureCollection"}
    target.mkdir()
    with (
        json_list(target / PACKAGE, {}, "networks") as networks,
        json_list(target / NODES, collection, "features") as nodes,
        json_list(target / SPANS, collection, "features") as spans,
    ):
        for cable in _cables(holdings):
            network = _network(cable, holdings, account, organisations, labels)
            networks.add(network)
            for feature in features_of(network, "nodes"):
                nodes.add(feature)
            for feature in features_of(network, "spans"):
                spans.add(feature)
    if not account.written["project"]:
        raise NothingToWrite("ofds: the edition has no cable, and the standard knows no package without a network")
    account.lose_the_rest(_WHYS)
    account.leave_the_rest("the standard is of fibre networks", {"project": "not a cable", "place": _OF_PLACES})
    return account.close()


def _cables(holdings: Holdings) -> Iterator[Json]:
    for batch in holdings.batches(holdings.told("ofds_cables"), 1_000):
        yield from batch.to_pylist()


def _network(
    cable: Json, holdings: Holdings, account: Account, organisations: Mapping[str, Json], labels: Mapping[str, str]
) -> Json:
    account.write("project", cable["id"], *(["name"] if cable["name"] else []))
    parts = organisations_of(cable, account, organisations, labels)
    nodes = nodes_of(cable, account)
    spans = spans_of(cable, nodes, parts, account)
    manifest = holdings.edition.manifest
    network: Json = {
        "id": str(uuid.uuid5(_NAMESPACE, cable["id"])),
        "identifier": cable["id"],
        "name": cable["name"],
        "nodes": nodes,
        "spans": spans,
        "organisations": parts,
        "publisher": {"name": manifest["title"]},
        "publicationDate": manifest["date"],
        "language": "en",
        "links": [{"href": SCHEMA, "rel": "describedby"}],
    }
    if cable["website"]:
        network["website"] = cable["website"]
        account.carry("project", "website")
    if any("location" in node for node in nodes) or any("route" in span for span in spans):
        network |= {"crs": CRS, "accuracyDetails": ACCURACY}
    return {name: value for name, value in network.items() if value not in (None, [])}


def organisations_of(cable: Json, account: Account, organisations: Mapping[str, Json], labels: Mapping[str, str]) -> list[Json]:
    """Who did something for a cable, each once with all that it did: in the standard's codes, and in our words."""
    found: dict[str, Json] = {}
    for part in cable["roles"] or ():
        identity, role = part["organization"], part["role"]
        held = organisations[identity]
        account.write("role", part["id"], "project", "organization", "role")
        account.write("organization", identity, *_told(held))
        organisation = found.setdefault(identity, {"id": identity, "name": labels[identity], **_organisation(held)})
        if role in ROLES and ROLES[role] not in organisation.setdefault("roles", []):
            organisation["roles"].append(ROLES[role])
        said = organisation.get("roleDetails", "").split(", ") if "roleDetails" in organisation else []
        organisation["roleDetails"] = ", ".join(dict.fromkeys([*said, role]))
    return [{name: value for name, value in organisation.items() if value != []} for organisation in found.values()]


def _organisation(held: Json) -> Json:
    """Country, website and the one identifier that the standard has room for."""
    made: Json = {}
    if _is_country(held["country"]):
        made["country"] = held["country"]
    if held["website"]:
        made["website"] = held["website"]
    if (lei := _lei(held)) is not None:
        made["identifier"] = {"id": lei, "scheme": "XI-LEI"}
    return made


def _told(held: Json) -> list[str]:
    made = _organisation(held)
    return [*(["name"] if held["name"] else []), *(name for name in ("country", "website", "identifier") if name in made)]


def _is_country(code: str | None) -> bool:
    return code is not None and len(code) == 2


def _lei(held: Json) -> str | None:
    return next((text.removeprefix("lei:") for text in held["identifier"] or () if text.startswith("lei:")), None)


def features_of(network: Json, kind: str) -> Iterator[Json]:
    """The nodes or spans of a network as features of GeoJSON, by the transformation that the standard lays down."""
    nodes = {node["id"]: node for node in network.get("nodes", ())}
    organisations = {organisation["id"]: organisation for organisation in network.get("organisations", ())}
    reduced = {name: value for name, value in network.items() if name not in ("nodes", "spans", "organisations")}
    shape = "location" if kind == "nodes" else "route"
    for item in network.get(kind, ()):
        properties = {name: value for name, value in item.items() if name != shape}
        if "networkProviders" in properties:
            properties["networkProviders"] = [organisations[one["id"]] for one in properties["networkProviders"]]
        for end in ("start", "end"):
            if end in properties:
                properties[end] = nodes[properties[end]]
        properties |= {"network": reduced, "featureType": kind.removesuffix("s")}
        yield {"type": "Feature", "geometry": item.get(shape), "properties": properties}
