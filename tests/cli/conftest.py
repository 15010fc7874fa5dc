"""Small released atlases for tests of commands."""

from pathlib import Path

import pytest

from tests.cli.source_snapshots import fetch
from tests.support.command_built_atlas import Atlas, make_statements


@pytest.fixture(scope="session")
def two_companies(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas of two sources with one organisation each, released. Tests must not change it."""
    atlas = Atlas(tmp_path_factory.mktemp("companies"), index=True)
    atlas.fetch("alpha", make_statements("organization", "zte", name="ZTE", country="CN"), "2026-01-01")
    atlas.fetch("beta", make_statements("organization", "huawei", name="Huawei Technologies", country="CN"), "2026-01-02")
    atlas.build()
    return atlas


@pytest.fixture
def companies(two_companies: Atlas, tmp_path: Path) -> Atlas:
    """A copy of the atlas `two_companies` that a test may change."""
    return two_companies.copy_to(tmp_path)


@pytest.fixture(scope="session")
def three_snapshots(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with two snapshots of one source and one of another, released. Tests must not change it."""
    atlas = Atlas(tmp_path_factory.mktemp("sources"))
    fetch(atlas, "alpha", "2026-01-05", "agreed")
    fetch(atlas, "alpha", "2026-01-02", "denied")
    fetch(atlas, "beta", "2026-01-01", "operational")
    atlas.build()
    return atlas
