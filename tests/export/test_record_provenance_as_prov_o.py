"""Provenance in PROV-O, as RDF libraries read it."""

from collections import defaultdict
from pathlib import Path

import orjson
import pytest

from overt.model.record_ids import canonical_id
from tests.security.test_private_sources import IDS
from tests.support.client import Client
from tests.support.command_runs import overt
from tests.support.small_atlas import SmallAtlas
from tests.validators import check

PROV = "http://www.w3.org/ns/prov#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
BASE = "https://atlas.example"
NAIROBI = canonical_id("secret_map:nairobi")
RANGES = {
    "wasDerivedFrom": "Entity",
    "wasQuotedFrom": "Entity",
    "wasGeneratedBy": "Activity",
    "wasInvalidatedBy": "Activity",
    "used": "Entity",
    "wasAttributedTo": "Agent",
    "wasAssociatedWith": "Agent",
}
"""The class of each property's values."""
Graph = dict[tuple[str, str], set[str]]


def read(document: bytes, folder: Path) -> Graph:
    """Return the triples of a JSON-LD document, by subject and property."""
    path = folder / "provenance.jsonld"
    path.write_bytes(document)
    graph: Graph = defaultdict(set)
    for subject, name, value in check("json_ld_triples", path, f"{BASE}/"):
        graph[subject, name].add(value)
    return graph


@pytest.fixture
def graph(client: Client, tmp_path: Path) -> Graph:
    return read(client.get(f"/project/{NAIROBI}.prov.jsonld").content, tmp_path)


def test_every_property_has_values_of_its_class(graph: Graph) -> None:
    agents = {"Agent", "SoftwareAgent", "Organization"}
    properties = set()
    for (subject, name), values in graph.items():
        kind = RANGES.get(name.removeprefix(PROV))
        for value in values if kind else ():
            properties.add(name.removeprefix(PROV))
            classes = {name.removeprefix(PROV) for name in graph.get((value, TYPE), set())}
            assert classes & (agents if kind == "Agent" else {kind}), (subject, name, value)
    assert properties >= {"wasDerivedFrom", "wasQuotedFrom", "wasGeneratedBy", "used", "wasAttributedTo", "wasAssociatedWith"}


def test_every_claim_and_every_place_is_in_the_graph(graph: Graph, client: Client) -> None:
    record = client.get(f"/api/v1/records/{NAIROBI}").json()
    claims = graph[f"{BASE}/project/{NAIROBI}", f"{PROV}wasDerivedFrom"]
    assert claims == {f"{BASE}/claim/{claim['claim_id']}" for claim in record["claims"]}
    for claim in record["claims"]:
        address = f"{BASE}/claim/{claim['claim_id']}"
        assert graph[address, f"{PROV}value"] == {claim["target"] or claim["value"]}
        places = graph[address, f"{PROV}wasDerivedFrom"]
        assert {text for place in places for text in graph[place, "http://www.w3.org/2000/01/rdf-schema#label"]} == {
            place["locator"] for place in claim["evidence"]
        }
        quoted = {text for place in places for text in graph[place, "http://www.w3.org/ns/oa#exact"]}
        assert quoted == {place["excerpt"] for place in claim["evidence"]}


def test_files_are_named_by_their_bytes(graph: Graph) -> None:
    from base64 import urlsafe_b64decode

    files = {value for (_, name), values in graph.items() if name == f"{PROV}wasQuotedFrom" for value in values}
    assert files
    for file in files:
        name = file.removeprefix("ni:///sha-256;")
        assert len(urlsafe_b64decode(name + "=" * (-len(name) % 4))) == 32


def test_merged_ids_redirect_to_the_canonical_record(client: Client, public_client: Client) -> None:
    merged = canonical_id("open_projects:nairobi")
    assert (
        client.get(f"/project/{merged}.prov.jsonld", follow_redirects=False)
        .headers["location"]
        .endswith(f"{NAIROBI}.prov.jsonld")
    )
    assert client.get("/record/ovt-aaaaaaaaaaaa.prov.jsonld").status_code == 404
    assert f'href="/project/{NAIROBI}.prov.jsonld"' in client.get(f"/project/{NAIROBI}").text
    text = public_client.get(f"/project/{merged}.prov.jsonld").text
    assert text and "secret_map" not in text and not [identity for identity in IDS if identity in text]


def test_the_command_prints_the_same_graph(atlas: SmallAtlas, client: Client, tmp_path: Path) -> None:
    answer = overt("show", NAIROBI, "--prov", "--workspace", atlas.workspace.root)
    assert answer.code == 0, answer
    mine, theirs = orjson.loads(answer.out)["@graph"], client.get(f"/project/{NAIROBI}.prov.jsonld").json()["@graph"]
    assert {node["@id"] for node in mine} == {node["@id"] for node in theirs}
    assert {node["@id"]: node["rdfs:label"] for node in mine if node["@id"].startswith("/claim")} == {
        node["@id"]: node["rdfs:label"] for node in theirs if node["@id"].startswith("/claim")
    }
    refused = overt("show", "KE", "--prov", "--workspace", atlas.workspace.root)
    assert refused.code == 2 and "a country has no provenance" in refused.err
