"""A replica lists the publisher's releases in the publisher's order. It refuses releases that the publisher left out."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from overt.edition.tuf_metadata_check import NewestTarget
from overt.replica import copy_updates
from overt.replica.copy_check import CopySource, read_description
from overt.replica.copy_description import CopyDescription, ListedRelease
from overt.replica.replica_application import ReplicaApplication
from tests.replica.published_copies_and_test_servers import Copies, TestServer
from tests.support.client import Client

LATER_DAY = "2026-03-01-00000001"
"""Id of a release that was made first, although its date is later."""


@pytest.fixture
def server(copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestServer]:
    """A server of a copy whose publisher lists one more release, and could not index the release before the newest."""

    def describe(source: CopySource, target: NewestTarget) -> CopyDescription:
        description = read_description(source, target)
        listed = [ListedRelease(id=LATER_DAY, date="2026-03-01", note="first"), *description.listed]
        return description.model_copy(update={"listed": listed, "releases": description.releases[-1:]})

    monkeypatch.setattr(copy_updates, "read_description", describe)
    server = TestServer(tmp_path, copies, copies.second)
    yield server
    server.updates.close()
    gc.unfreeze()


def test_releases_have_the_order_of_the_publisher(server: TestServer) -> None:
    client = Client(ReplicaApplication(server.updates))
    first, second = (release.partition("+")[0] for release in (server.updates.served.prepared.older[0].release, server.release))
    feed = client.get("/releases.atom").text
    assert -1 < feed.index(second) < feed.index(first) < feed.index(LATER_DAY), "the newest first, whatever their days"
    early = client.get(f"/countries?known={second[:10]}")
    assert early.status_code == 400 and "every release has data later than" in early.text


def test_a_release_that_the_publisher_left_out_is_refused_for_good(server: TestServer) -> None:
    client = Client(ReplicaApplication(server.updates))
    older = server.updates.served.prepared.older[0].release.partition("+")[0]
    refused = client.get(f"/api/v1/projects?known={older}")
    assert refused.status_code == 400 and "cannot be read" in refused.text
