"""Atlases of packaged sources' samples, with judgements, an added claim and a retraction. A plugin, see tests/conftest.py."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue
from tests.support.command_built_atlas import BY, Atlas, fetch_samples
from tests.support.release_table_rows_and_file_hashes import read_table
from tests.support.shared_run_results import build_once


def build_samples(folder: Path, sources: Iterable[str], *, index: bool = False) -> tuple[Path, str]:
    """Build a release of packaged samples with one thread. Return the atlas's root and the release."""
    atlas = Atlas(folder, index=index)
    fetch_samples(atlas.workspace, sources)
    for step in ("import", "resolve"):
        atlas.ok(step)
    members = read_table(atlas.root / "resolved" / "members.parquet")
    organizations = [row["record"] for row in members if row["type"] == "organization"]
    for words in (
        ("judge", "same", organizations[0], organizations[-1], *BY),
        ("judge", "different", organizations[1], organizations[-2], *BY),
        ("claim", "add", organizations[2], "organization", "alias", "Another name", "--document", "A", "--place", "p. 1", *BY),
        ("retract", organizations[3], *BY),
    ):
        atlas.ok(*words)
    return atlas.root, atlas.build("--threads", 1)


@pytest.fixture(scope="session")
def sample_atlas(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An atlas of all sources and its release, without an index. Tests must not change it."""
    return build_once(tmp_path_factory, "samples", lambda folder: build_samples(folder, sorted(Catalogue().sources)))
