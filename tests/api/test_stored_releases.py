"""Stored releases, requested by id: what the API serves, in which form, and what stays private."""

import re

import orjson
import pytest

from overt.index.release_preparation import prepare
from overt.model.record_ids import canonical_id
from overt.queries.database import Database
from overt.server.app import ServeSettings
from tests.api.paged_lists import walk
from tests.support.client import Client
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas import SmallAtlas


@pytest.mark.slow
def test_stored_releases_are_served_by_id(public_two_releases_client: Client, two_releases: SmallAtlas) -> None:
    listed = public_two_releases_client.get("/api/v1/releases").json()
    assert [release["served"] for release in listed] == [True, False]
    assert [release["note"] for release in listed] == ["With the other projects", "The first"]
    for release in listed:
        base = f"/api/v1/releases/{release['id']}"
        assert release["id"].endswith("+open"), "what others may see of it is not the release"
        full_release = release["id"].partition("+")[0]
        for rest in ("", "/figures", "/records/x?fields=id"):
            moved = public_two_releases_client.get(f"/api/v1/releases/{full_release}{rest}")
            assert (moved.status_code, moved.headers["location"]) == (308, f"{base}{rest}")
        for rest in ("", "/figures", "/tables/projects.parquet", "/records/x"):
            assert public_two_releases_client.get(f"{base}{rest}?nope=1").status_code == 400
        manifest = public_two_releases_client.get(base).json()
        assert "projects" in manifest["tables"]
        figures = public_two_releases_client.get(f"{base}/figures").json()
        assert {figure["release"] for figure in figures} == {release["id"]}
        assert public_two_releases_client.get(f"{base}/tables/projects.parquet").content[:4] == b"PAR1"
        for table in ("judgements", "retractions", "nope", "..%2Fmanifest"):
            assert public_two_releases_client.get(f"{base}/tables/{table}.parquet").status_code == 404
        record = public_two_releases_client.get(f"{base}/records/{canonical_id('open_projects:nairobi')}").json()
        assert record["release"] == release["id"] and record["claims"]
    now, then = (
        public_two_releases_client.get(f"/api/v1/releases/{release['id']}").json()["tables"]["claims"]["rows"]
        for release in listed
    )
    assert now != then
    for path in ("", "/figures", "/tables/projects.parquet", "/records/x"):
        assert public_two_releases_client.get(f"/api/v1/releases/2000-01-01-00000000{path}").status_code == 404
    assert public_two_releases_client.get(f"/api/v1/releases/{listed[0]['id']}/records/nope").status_code == 404
    dated = public_two_releases_client.get(f"/api/v1/releases/{listed[0]['id']}/records/nope", params={"as_of": "2018"})
    assert dated.status_code == 400 and "as_of" in dated.text


@pytest.mark.slow
def test_record_of_an_older_release_has_the_current_form(public_two_releases_client: Client) -> None:
    newest, oldest = (release["id"] for release in public_two_releases_client.get("/api/v1/releases").json())
    for item in walk(public_two_releases_client, "/api/v1/records", 1_000):
        now = public_two_releases_client.get(f"/api/v1/records/{item['id']}").json()
        assert public_two_releases_client.get(f"/api/v1/releases/{newest}/records/{item['id']}").json() == now
    identity = canonical_id("open_projects:nairobi")
    then = public_two_releases_client.get(f"/api/v1/releases/{oldest}/records/{identity}").json()
    now = public_two_releases_client.get(f"/api/v1/records/{identity}").json()
    assert list(then) == list(now) and then["release"] == oldest
    assert list(then["claims"][0]) == list(now["claims"][0])
    fields = public_two_releases_client.get(f"/api/v1/releases/{oldest}/records/{identity}", params={"fields": "label"}).json()
    assert fields == {"label": then["label"]}


@pytest.mark.ci
def test_record_of_an_older_release_by_source_id_or_withdrawn(
    public_two_releases_client: Client, two_releases: SmallAtlas
) -> None:
    newest = public_two_releases_client.get("/api/v1/releases").json()[0]["id"]
    base = f"/api/v1/releases/{newest}/records"
    members = [
        member
        for item in walk(public_two_releases_client, "/api/v1/records", 1_000)
        for member in public_two_releases_client.get(f"{base}/{item['id']}").json()["members"]
    ]
    slashed = [member for member in members if "/" in member]
    assert slashed
    assert slashed[0] in public_two_releases_client.get(f"{base}/{slashed[0]}").json()["members"]
    database = Database(prepare(ServeSettings(two_releases.workspace, two_releases.release, public=True)).database)
    with database.lease() as reader:
        gone = [name for (name,) in reader._connection.execute("SELECT id FROM withdrawn")]
    database.close()
    assert gone
    for identity in gone:
        assert (
            public_two_releases_client.get(f"{base}/{identity}").status_code
            == public_two_releases_client.get(f"/api/v1/records/{identity}").status_code
            == 410
        )


def test_the_feed_calls_a_release_the_same_served_or_not(public_two_releases_client: Client) -> None:
    entries = re.findall("<entry>.*?<id>(.*?)</id>", public_two_releases_client.get("/releases.atom").text, re.DOTALL)
    assert len(entries) == 2 and not [entry for entry in entries if "open" in entry]


def test_nothing_private_in_lists_or_older_releases(public_two_releases_client: Client, client: Client) -> None:
    private = orjson.dumps(walk(client, "/api/v1/claims", 1_000)).decode()
    assert any(mark in private for mark in SECRETS), "else the test would prove nothing"
    public = [walk(public_two_releases_client, f"/api/v1/{name}", 1_000) for name in ("records", "claims", "projects")]
    newest, oldest = (release["id"] for release in public_two_releases_client.get("/api/v1/releases").json())
    public.append(walk(public_two_releases_client, "/api/v1/changes", 1_000, since=oldest))
    text = orjson.dumps(public).decode()
    text += "".join(
        public_two_releases_client.get(f"/api/v1/releases/{release}/{part}").text
        for release in (newest, oldest)
        for part in ("figures", "")
    )
    assert not [mark for mark in SECRETS if mark in text]
    secret = canonical_id("secret_map:p1")
    assert public_two_releases_client.get(f"/api/v1/releases/{oldest}/records/{secret}").status_code == 404
