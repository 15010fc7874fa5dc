"""Open Fibre Data Standard 0.4: cables as networks of nodes and spans, in JSON and GeoJSON. See docs/decisions/0030."""

import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from overt.export.export_result_and_losses import ExportResult, NothingToWrite
from overt.export.json_list import open_json_list
from overt.export.loss_tally import LossTally
from overt.export.ofds.nodes_and_spans import make_nodes, make_spans
from overt.export.public_release_reader import PublicRelease, export_query

PACKAGE, NODES, SPANS = "network-package.json", "nodes.geojson", "spans.geojson"
SCHEMA = "https://standard.ofds.info/en/0__4__0/network-schema.json"
CRS = {"name": "urn:ogc:def:crs:OGC::CRS84", "uri": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}
ACCURACY = (
    "A landing point is that of the town or place, not of the station in it. Routes are schematic: they show what is connected, "
    "not where a cable runs. An end of a route within 0.01 degrees of a landing point is taken to be there. A span with "
    "only a start says that the cable lands there, but not where it goes."
)
ROLES = {
    "owner": "transmissionMediumOwner", "operator": "networkProvider", "supplier": "supplier", "financier": "funder",
}  # fmt: skip
"""The standard's codes for Overt's roles. All roles, including those without a code, are also written in words."""
_WHYS = {
    "length of project": "the standard has lengths of spans, and the cable has several",
    "status of project": "the standard has no such status, or there is no span that could have it",
    "operational of project": "the standard needs a day, and a span that is or was in service",
    "country of project": "the standard has countries only of nodes and of single spans",
    "precision of place": "accuracyDetails states it once for the whole network",
    "name of place": "a span of a route has no name of its own",
    "project of place": "projects that are not cables",
    "geometry of place": "a point that represents a whole area is not the location of a node",
}
_PLACE_WHY = "a division is neither a node nor a span; or it is a place of projects that are not cables"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:overt:network")
Json = dict[str, Any]


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Write the folder with the network package and its two GeoJSON collections. Raises NothingToWrite if there is no cable."""
    tally = LossTally(release)
    organizations = {row["id"]: row for row in release.rows("SELECT id, name, country, identifier, website FROM organizations")}
    labels = {
        row["id"]: row["label"]
        for row in release.rows("SELECT id, coalesce(label, id) AS label FROM records WHERE type = 'organization'")
    }
    collection = {"type": "FeatureCollection"}
    target.mkdir()
    with (
        open_json_list(target / PACKAGE, {}, "networks") as networks,
        open_json_list(target / NODES, collection, "features") as nodes,
        open_json_list(target / SPANS, collection, "features") as spans,
    ):
        for cable in _read_cables(release):
            network = _make_network(cable, release, tally, organizations, labels)
            networks.add(network)
            for feature in make_features(network, "nodes"):
                nodes.add(feature)
            for feature in make_features(network, "spans"):
                spans.add(feature)
    if not tally.written["project"]:
        raise NothingToWrite("ofds: the edition has no cable, and the standard knows no package without a network")
    tally.skip_remaining_values(_WHYS)
    tally.skip_remaining("the standard is of fibre networks", {"project": "not a cable", "place": _PLACE_WHY})
    return tally.result()


def _read_cables(release: PublicRelease) -> Iterator[Json]:
    for batch in release.batches(export_query("ofds.cables"), 1_000):
        yield from batch.to_pylist()


def _make_network(
    cable: Json, release: PublicRelease, tally: LossTally, organizations: Mapping[str, Json], labels: Mapping[str, str]
) -> Json:
    tally.write("project", cable["id"], *(["name"] if cable["name"] else []))
    organisations = make_organisations(cable, tally, organizations, labels)
    nodes = make_nodes(cable, tally)
    spans = make_spans(cable, nodes, organisations, tally)
    manifest = release.edition.manifest
    network: Json = {
        "id": str(uuid.uuid5(_NAMESPACE, cable["id"])),
        "identifier": cable["id"],
        "name": cable["name"],
        "nodes": nodes,
        "spans": spans,
        "organisations": organisations,
        "publisher": {"name": manifest["title"]},
        "publicationDate": manifest["date"],
        "language": "en",
        "links": [{"href": SCHEMA, "rel": "describedby"}],
    }
    if cable["website"]:
        network["website"] = cable["website"]
        tally.write_values("project", "website")
    if any("location" in node for node in nodes) or any("route" in span for span in spans):
        network |= {"crs": CRS, "accuracyDetails": ACCURACY}
    return {name: value for name, value in network.items() if value not in (None, [])}


def make_organisations(cable: Json, tally: LossTally, organizations: Mapping[str, Json], labels: Mapping[str, str]) -> list[Json]:
    """Return each organisation of a cable once, with all its roles, both as the standard's codes and in Overt's words."""
    organisations: dict[str, Json] = {}
    for row in cable["roles"] or ():
        identity, role = row["organization"], row["role"]
        record = organizations[identity]
        fields = _organisation_fields(record)
        tally.write("role", row["id"], "project", "organization", "role")
        tally.write("organization", identity, *(["name"] if record["name"] else []), *fields)
        organisation = organisations.setdefault(identity, {"id": identity, "name": labels[identity], **fields})
        if role in ROLES and ROLES[role] not in organisation.setdefault("roles", []):
            organisation["roles"].append(ROLES[role])
        details = organisation["roleDetails"].split(", ") if "roleDetails" in organisation else []
        organisation["roleDetails"] = ", ".join(dict.fromkeys([*details, role]))
    return [{name: value for name, value in organisation.items() if value != []} for organisation in organisations.values()]


def _organisation_fields(record: Json) -> Json:
    """Return country, website and LEI of an organisation. The standard has room for only one identifier."""
    fields: Json = {}
    if _is_country(record["country"]):
        fields["country"] = record["country"]
    if record["website"]:
        fields["website"] = record["website"]
    if (lei := _find_lei(record)) is not None:
        fields["identifier"] = {"id": lei, "scheme": "XI-LEI"}
    return fields


def _is_country(code: str | None) -> bool:
    return code is not None and len(code) == 2


def _find_lei(record: Json) -> str | None:
    return next((text.removeprefix("lei:") for text in record["identifier"] or () if text.startswith("lei:")), None)


def make_features(network: Json, kind: str) -> Iterator[Json]:
    """Yield the `nodes` or `spans` of a network as GeoJSON features, by the transformation that the standard prescribes."""
    nodes = {node["id"]: node for node in network.get("nodes", ())}
    organisations = {organisation["id"]: organisation for organisation in network.get("organisations", ())}
    summary = {name: value for name, value in network.items() if name not in ("nodes", "spans", "organisations")}
    geometry = "location" if kind == "nodes" else "route"
    for item in network.get(kind, ()):
        properties = {name: value for name, value in item.items() if name != geometry}
        if "networkProviders" in properties:
            properties["networkProviders"] = [organisations[provider["id"]] for provider in properties["networkProviders"]]
        for end in ("start", "end"):
            if end in properties:
                properties[end] = nodes[properties[end]]
        properties |= {"network": summary, "featureType": kind.removesuffix("s")}
        yield {"type": "Feature", "geometry": item.get(geometry), "properties": properties}
