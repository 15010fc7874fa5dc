"""A replica gives the same responses as the publisher's own server, and says whether it is ready."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from overt.index.serve_settings import ServeSettings
from overt.model.workspace import Workspace
from overt.replica import served_copy
from overt.replica.copy_updates import Readiness
from overt.replica.replica_application import ReplicaApplication
from overt.server.app import create_app
from tests.replica.published_copies_and_test_servers import Copies, TestServer, transfer
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

EXPIRES = datetime(2026, 12, 24, 12, tzinfo=UTC)
REQUIRED = {"Overt-Require": "newest"}


class Updates:
    """A stand-in for the updates of a copy. Its state is fixed, and its application serves a one-word page."""

    requests = 0

    def __init__(self, status: Any) -> None:
        self.served, self._status = self, status

    def readiness(self, now: datetime) -> Readiness:
        reason = "" if self._status == "ok" else f"{self._status}, and why"
        return Readiness(self._status, "2026-11-24-12345678+open", 7, EXPIRES, reason)

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        assert self.requests == 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        if scope["path"] == "/failing":
            raise OSError
        await send({"type": "http.response.body", "body": b"page"})


def client(status: str) -> tuple[Client, Updates]:
    updates = Updates(status)
    return Client(ReplicaApplication(updates)), updates  # type: ignore[arg-type]


def test_a_ready_server_says_so_and_answers() -> None:
    reader, updates = client("ok")
    response = reader.get("/healthz/ready")
    assert response.status_code == 200 and response.headers["Cache-Control"] == "no-store"
    assert response.json() == {
        "status": "ok",
        "release": "2026-11-24-12345678+open",
        "metadata": {"version": 7, "expires": "2026-12-24T12:00:00Z"},
        "reason": "",
    }
    assert reader.get("/", headers=REQUIRED).text == "page" and updates.requests == 0


@pytest.mark.parametrize("status", ["behind", "expired"])
def test_a_server_that_may_be_outdated_answers_only_who_accepts_that(status: str) -> None:
    reader, _ = client(status)
    response = reader.get("/healthz/ready")
    assert response.status_code == 503 and response.json()["reason"] == f"{status}, and why"
    refused = reader.get("/countries", headers=REQUIRED)
    assert refused.status_code == 502, "503 would mean that the application is busy"
    assert refused.headers["Cache-Control"] == "no-store" and refused.headers["X-Content-Type-Options"]
    assert reader.get("/countries").text == "page", "it serves the last good release on"
    assert reader.get("/healthz", headers=REQUIRED).text == "page", "it is alive"


def test_no_header_is_sent_before_the_body_is_there() -> None:
    """A proxy can repeat a request at another server as long as no part of the response has arrived."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message["type"])

    application = ReplicaApplication(Updates("ok"))  # type: ignore[arg-type]
    for path, expected in (("/failing", []), ("/", ["http.response.start", "http.response.body"])):
        with suppress(OSError):
            asyncio.run(application({"type": "http", "path": path, "headers": []}, None, send))  # type: ignore[arg-type]
        assert sent == expected


def test_a_server_that_makes_its_releases_itself_is_always_ready(public_client: Client) -> None:
    assert public_client.get("/healthz/ready").json() == public_client.get("/healthz").json()


@pytest.fixture(scope="module")
def replica(copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestServer]:
    server = TestServer(tmp_path_factory.mktemp("replica"), copies, copies.second)
    yield server
    server.updates.close()


PATHS = (
    "/", "/zh/", "/countries", "/country/KE", "/sources", "/figures", "/figure/test-projects", "/releases", "/releases.atom",
    "/projects.csv", "/map.svg", "/search?q=huawei", "/api/v1/projects", "/explorer", "/tiles/0/0/0.mvt", "/healthz",
    "/static/style.css", "/release/{new}", "/release/{new}/manifest.json", "/release/{new}/tables/claims.parquet",
    "/api/v1/releases/{old}", "/api/v1/releases/{old}/tables/claims.parquet", "/country/KE?known={first}",
    "/api/v1/figures?known={first}", "/api/v1/changes?since={old}",
)  # fmt: skip


def test_a_replica_gives_the_same_responses_as_the_publisher(
    replica: TestServer, publisher: Workspace, two_releases: SmallAtlas
) -> None:
    own = Client(create_app(ServeSettings(publisher, two_releases.release, public=True)))
    copied = Client(ReplicaApplication(replica.updates))  # type: ignore[arg-type]
    prepared = replica.updates.served.prepared
    old = prepared.older[0].release
    names = {"new": prepared.release, "old": old, "first": old.partition("+")[0]}
    for path in (path.format(**names) for path in PATHS):
        expected, response = own.get(path), copied.get(path)
        assert (response.status_code, response.content) == (expected.status_code, expected.content), path
        assert expected.status_code == 200, path
        for name in ("etag", "cache-control", "content-type", "content-security-policy"):
            assert response.headers.get(name) == expected.headers.get(name), (path, name)


def test_the_files_of_a_release_stay_until_its_responses_have_ended(
    copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served_copy, "_GRACE_SECONDS", 0)
    monkeypatch.setattr(served_copy, "_RETIRE_SECONDS", 0.3)
    server = TestServer(tmp_path, copies, copies.first)
    older = server.updates.served
    older.requests = 1
    transfer(copies.second, server.copy)
    begin = datetime.now(UTC)
    assert server.check().status == "ok"
    assert datetime.now(UTC) - begin >= timedelta(seconds=0.3), "it waited for the response"
    server.updates.close()
    gc.unfreeze()
