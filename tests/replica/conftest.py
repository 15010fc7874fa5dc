"""Copies of two releases for the tests of replicas, each as the publisher wrote it."""

from pathlib import Path

import pytest

from overt.model.workspace import Workspace
from tests.replica.copies import Copies, CopyAtlas
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
