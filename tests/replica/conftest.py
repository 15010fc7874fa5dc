"""Copies of two releases for the tests of replicas, each as the publisher wrote it, and a server of the first."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from overt.index.release_preparation import PreparedRelease
from overt.index.serve_settings import ServeSettings
from overt.model.workspace import Workspace
from overt.replica import served_copy
from tests.replica.published_copies_and_test_servers import Copies, CopyAtlas, TestServer
from tests.support.shared_run_results import build_once
from tests.support.small_atlas import SmallAtlas


@pytest.fixture(scope="session")
def copies(two_releases: SmallAtlas, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """Copies of both releases of an atlas. Tests must not change them."""

    def publish(folder: Path) -> Copies:
        atlas = CopyAtlas(folder, two_releases.workspace.root)
        first, second = sorted((path.name for path in atlas.workspace.releases.iterdir() if path.is_dir()), key=_is_newest)
        copy = folder / "copy"
        return Copies(
            atlas.publish(copy, first, folder / "first"),
            atlas.publish(copy, second, folder / "second"),
            atlas.root,
            atlas.workspace.root,
        )

    def _is_newest(name: str) -> bool:
        return name == two_releases.release

    return build_once(tmp_path_factory, "copies", publish)


@pytest.fixture(scope="session")
def publisher(copies: Copies) -> Workspace:
    """The atlas from which the copies were made. Tests must not change it."""
    return Workspace.open(copies.atlas)


@pytest.fixture
def small_application(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve an empty application, for tests in which only the files matter."""

    def empty(settings: ServeSettings, prepared: PreparedRelease) -> FastAPI:
        return FastAPI()

    monkeypatch.setattr(served_copy, "create_app", empty)
    monkeypatch.setattr(served_copy, "_GRACE_SECONDS", 0)
    yield
    gc.unfreeze()


@pytest.fixture
def server(copies: Copies, tmp_path: Path) -> Iterator[TestServer]:
    """A server of the first release."""
    server = TestServer(tmp_path, copies, copies.first)
    yield server
    server.updates.close()
