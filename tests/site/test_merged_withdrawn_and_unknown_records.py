"""Pages of merged, withdrawn and unknown records, and of an atlas without records."""

from pathlib import Path

import pytest

from overt.model.record_ids import canonical_id
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.crawl import START_PAGES
from tests.support.small_atlas import make_atlas

HUAWEI = canonical_id("secret_map:huawei")
NAIROBI = canonical_id("secret_map:nairobi")
CABLE = canonical_id("open_projects:cable")


def test_merged_ids_lead_to_the_thing_they_are(client: Client) -> None:
    for record, target in (
        ("open_projects:huawei", f"/organization/{HUAWEI}"),
        ("open_register:huawei", f"/organization/{HUAWEI}"),
        ("other_projects:safe-city-nairobi", f"/project/{NAIROBI}"),
    ):
        for kind in ("project", "organization", "record"):
            answer = client.get(f"/{kind}/{canonical_id(record)}")
            assert (answer.status_code, answer.headers["location"]) == (308, target)
            assert "immutable" not in answer.headers["cache-control"]
    assert client.get(f"/project/{HUAWEI}").headers["location"] == f"/organization/{HUAWEI}"
    assert client.get("/country/ke").headers["location"] == "/country/KE"
    assert client.get(f"/search?q={CABLE}").headers["location"] == f"/record/{CABLE}"


def test_the_reason_of_a_withdrawal_is_public(client: Client, public_client: Client) -> None:
    for reader in (client, public_client):
        gone = reader.get(f"/project/{canonical_id('open_projects:gone')}")
        assert gone.status_code == 410
        assert "Reason: <bdi>The publisher took it back" in gone.text


def test_withdrawn_and_unknown(client: Client) -> None:
    gone = client.get(f"/project/{canonical_id('open_projects:gone')}")
    assert gone.status_code == 410
    assert "taken back" in gone.text
    for path in (
        "/project/ovt-aaaaaaaaaaaa",
        "/country/QQ",
        "/figure/none",
        "/source/none",
        "/claim/00",
        "/nothing",
        "/project/",
    ):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "<h1>Not found</h1>" in answer.text


def test_a_page_with_merge_dispute_and_withdrawal(client: Client) -> None:
    page = client.get(f"/project/{NAIROBI}").text
    assert "evidence-mark contested" in page or "hollow contested" in page
    assert 'class="rival"' in page
    assert "Merged records" in page
    assert "Same city and year" in page
    assert "An Editor" not in page, "pages name no private person"
    assert "Taken from a text by an automatic rule (<bdi>title-kinds@1</bdi>: The title names the kind)" in page
    assert "$100 m" in page and "$100,000,000.5" in page


@pytest.mark.ci
def test_empty_atlas(tmp_path: Path) -> None:
    everything = frozenset({"secret_map", "open_register", "open_projects", "other_projects", "editorial"})
    workspace, release = make_atlas(tmp_path / "atlas", without=everything)
    client = Client(create_app(ServeSettings(workspace, release)))
    for path in START_PAGES:
        assert client.get(path).status_code == 200
    assert "There is no project in this edition" in client.get("/explorer").text
    assert "This edition has no source" in client.get("/sources").text
    assert client.get("/api/v1/map/places").json() == {"type": "FeatureCollection", "features": []}
