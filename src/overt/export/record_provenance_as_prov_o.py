"""The provenance of a record, as PROV-O in JSON-LD: record ← claims ← places in captured files ← publishers."""

import base64
from collections.abc import Iterable, Mapping
from typing import Any

from overt.model.record_ids import EDITORIAL_SOURCE
from overt.version import __version__

Row = Mapping[str, Any]
Node = dict[str, Any]
_CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_OVERT, _RELEASE, _EDITORS = "#overt", "#release", "#publisher-editorial"
_LEDGER_ENTRY = "entry="
"""Beginning of the locator of an editor's claim, whose evidence is an entry of the ledger instead of a file."""


def provenance_graph(
    release: str,
    address: str,
    record: Row,
    page: str,
    claims: Iterable[Row],
    sources: Iterable[Row],
    claim_count: int | None = None,
) -> Node:
    """Return the provenance of a record (W3C PROV-O, Recommendation of 30 April 2013).

    `release`: the release's id. `address`: the site's address without a trailing slash; empty for relative addresses. `record`:
    `id`, `type` and `label` of the record. `page`: the path of its page. `sources`: rows of the table `sources`. `claim_count`:
    the number of all claims, if `claims` only has the first of them.

    `claims`: claims about the record, each with `evidence`: rows with `capture`, `locator`, `excerpt`, `file` and `retrieved`. A
    retracted claim may also have `retraction` with `why`.
    """
    claims = list(claims)
    source_rows = {row["source"]: row for row in sources}
    nodes: dict[str, Node] = {}

    def add(node: Node) -> Node:
        return nodes.setdefault(node["@id"], node)

    comment = f"the first {len(claims):,} of {claim_count:,} claims" if claim_count and claim_count > len(claims) else ""

    add(
        {
            "@id": f"{address}{page}",
            "@type": "prov:Entity",
            "rdfs:label": record["label"] or record["id"],
            "dct:identifier": record["id"],
            "dct:type": record["type"],
            "dct:isPartOf": {"@id": f"{address}/release/{release}"},
            "prov:wasGeneratedBy": {"@id": _RELEASE},
            "prov:wasDerivedFrom": [{"@id": _claim_address(address, claim)} for claim in claims],
            **({"rdfs:comment": comment} if comment else {}),
        }
    )
    add(
        {"@id": _RELEASE, "@type": "prov:Activity", "rdfs:label": f"Release {release}", "prov:wasAssociatedWith": {"@id": _OVERT}}
    )
    add({"@id": _OVERT, "@type": "prov:SoftwareAgent", "rdfs:label": f"Overt {__version__}"})
    for claim in claims:
        source = source_rows.get(claim["source"])
        publisher = add(_publisher_node(claim["source"], source))
        activity = add(_activity_node(claim, source))
        places = [add(_place_node(address, claim, at, place)) for at, place in enumerate(claim["evidence"])]
        for place in claim["evidence"]:
            if not place["locator"].startswith(_LEDGER_ENTRY):
                file = add(_file_node(place, source, publisher))
                _add_use(activity, file)
        add(_claim_node(address, claim, publisher, activity, places))
        if claim["standing"] == "retracted":
            add(_publisher_node(EDITORIAL_SOURCE, None))
            add(_retraction_node(claim))
    return {"@context": _CONTEXT, "@graph": list(nodes.values())}


def _claim_address(address: str, claim: Row) -> str:
    return f"{address}/claim/{claim['claim_id']}"


def _claim_node(address: str, claim: Row, publisher: Node, activity: Node, places: list[Node]) -> Node:
    value = claim["target"] or claim["value"]
    unit = f" {claim['unit']}" if claim["unit"] else ""
    return {
        "@id": _claim_address(address, claim),
        "@type": "prov:Entity",
        "rdfs:label": f"{claim['property']}: {value}{unit}",
        "dct:identifier": claim["claim_id"],
        "dct:subject": claim["property"],
        "prov:value": value,
        "prov:wasAttributedTo": {"@id": publisher["@id"]},
        "prov:wasGeneratedBy": {"@id": activity["@id"]},
        "prov:wasDerivedFrom": [{"@id": place["@id"]} for place in places],
        **({"prov:hadPrimarySource": {"@id": f"{address}/record/{claim['document']}"}} if _is_record(claim["document"]) else {}),
        **({"prov:wasInvalidatedBy": {"@id": _retraction_address(claim)}} if claim["standing"] == "retracted" else {}),
    }


def _is_record(document: str | None) -> bool:
    return bool(document and document.startswith("ovt-"))


def _publisher_node(slug: str, source: Row | None) -> Node:
    name = source["publisher"] if source else "Editors of this atlas"
    return {"@id": f"#publisher-{slug}", "@type": ["prov:Agent", "prov:Organization"], "rdfs:label": name}


def _activity_node(claim: Row, source: Row | None) -> Node:
    """Return the activity that made a claim: the import of a snapshot, with the rule if one was used, or the editors' work."""
    if source is None:
        return {
            "@id": "#editing",
            "@type": "prov:Activity",
            "rdfs:label": "Editorial claims",
            "prov:wasAssociatedWith": {"@id": _EDITORS},
        }
    rule = f" by the rule {claim['rule']}" if claim["rule"] else ""
    suffix = f"-{claim['rule'].replace('@', '-')}" if claim["rule"] else ""
    return {
        "@id": f"#import-{claim['source']}{suffix}",
        "@type": "prov:Activity",
        "rdfs:label": f"Import of {source['title']}, snapshot {source['snapshot']}{rule}",
        "prov:wasAssociatedWith": {"@id": _OVERT},
        "prov:used": [],
    }


def _add_use(activity: Node, file: Node) -> None:
    used = {"@id": file["@id"]}
    if used not in activity.setdefault("prov:used", []):
        activity["prov:used"].append(used)


def _place_node(address: str, claim: Row, at: int, place: Row) -> Node:
    """Return a place in a file or in the ledger, with its excerpt."""
    node: Node = {
        "@id": f"{_claim_address(address, claim)}#place-{at + 1}",
        "@type": "prov:Entity",
        "rdfs:label": place["locator"],
        "oa:exact": place["excerpt"],
    }
    if not place["locator"].startswith(_LEDGER_ENTRY):
        node |= {"prov:wasQuotedFrom": {"@id": _file_address(place)}, "dct:isPartOf": {"@id": _file_address(place)}}
    return node


def _file_address(place: Row) -> str:
    """Return the URI of a file's bytes by their digest (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(place["capture"])).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def _file_node(place: Row, source: Row | None, publisher: Node) -> Node:
    retrieved = place["retrieved"]
    return {
        "@id": _file_address(place),
        "@type": "prov:Entity",
        "rdfs:label": place["file"] or place["capture"],
        "prov:wasAttributedTo": {"@id": publisher["@id"]},
        **({"dct:date": {"@value": retrieved, "@type": "xsd:date"}} if retrieved else {}),
        **({"dct:license": source["licence"], "dct:bibliographicCitation": source["attribution"]} if source else {}),
    }


def _retraction_address(claim: Row) -> str:
    return f"#retraction-{claim['claim_id']}"


def _retraction_node(claim: Row) -> Node:
    why = (claim.get("retraction") or {}).get("why")
    return {
        "@id": _retraction_address(claim),
        "@type": "prov:Activity",
        "rdfs:label": f"Retraction{f': {why}' if why else ''}",
        "prov:wasAssociatedWith": {"@id": _EDITORS},
    }
