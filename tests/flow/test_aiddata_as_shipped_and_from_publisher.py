"""AidData gives equal claims (except titles), records and figures, as shipped with Overt and from the publisher's files."""

import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import orjson
import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.model.content_catalogue import Catalogue
from overt.model.workspace import Workspace
from tests.support.command_runs import overt
from tests.support.release_table_rows_and_file_hashes import read_table
from tests.support.shipped_edition import ShippedEdition

pytestmark = [pytest.mark.data, pytest.mark.slow]
SLUG = "aiddata_gcdf"


@pytest.fixture(scope="module")
def by_publisher(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An atlas with AidData's own tables, without its geometry, and with the files that Overt ships for other sources."""
    folder = tmp_path_factory.mktemp("publisher")
    root, tables = folder / "atlas", folder / "tables"
    shutil.copytree(data / "aiddata", tables, ignore=shutil.ignore_patterns("*.geojson"))
    Workspace.create(root)
    edition = Catalogue().sources[SLUG].edition
    assert edition is not None
    # The day of retrieval decides whether other sources are newer, so it must be that of the shipped files.
    outcome = overt("build", "--from", tables, "--shipped", "--retrieved", f"{SLUG}={edition.retrieved}", "-w", root)
    assert outcome.code == 0, outcome
    return root


def clusters(root: Path) -> set[tuple[str, frozenset[str]]]:
    """Return the published records with all their members."""
    members: dict[str, set[str]] = defaultdict(set)
    for row in read_table(root / "resolved" / "members.parquet"):
        members[row["id"]].add(row["record"])
    return {(identity, frozenset(records)) for identity, records in members.items()}


def figures(root: Path) -> list[dict[str, Any]]:
    """Return all figures and variants with their values and rows, without items that depend on the file (`without_release`)."""
    outcome = overt("figures", "--json", "-w", root)
    assert outcome.code == 0, outcome
    listed = orjson.loads(outcome.out)
    return [without_release(figure) for figure in (listed["figures"] if isinstance(listed, dict) else listed)]


def without_release(value: Any) -> Any:
    """Return a value without the items that differ between the two atlases, at every level.

    The atlases differ in the release, in notes on missing parts of files, and in everything that depends on titles: rules that
    read titles, and the probabilities of merges.
    """
    if isinstance(value, dict):
        left_out = ("release", "releases", "reference", "gaps", "sensitivity", "why")
        return {name: without_release(item) for name, item in value.items() if name not in left_out}
    return [without_release(item) for item in value] if isinstance(value, list) else value


def test_both_files_give_the_same_records(shipped_edition: ShippedEdition, by_publisher: Path) -> None:
    ours, theirs = clusters(shipped_edition.root), clusters(by_publisher)
    assert sorted(map(str, ours - theirs)) == sorted(map(str, theirs - ours)) == []
    assert len([records for _, records in ours if len(records) > 1 and min(records).startswith(f"{SLUG}:")]) >= 22


def test_both_files_give_the_same_figures(shipped_edition: ShippedEdition, by_publisher: Path) -> None:
    ours, theirs = figures(shipped_edition.root), figures(by_publisher)
    assert len(ours) > 10
    assert ours == theirs


def test_both_files_give_the_same_claims_but_for_titles(content: Catalogue, data: Path) -> None:
    edition = Path(str(content.source_folders[SLUG])) / "edition"
    ours, theirs = (
        {
            (claim.record, claim.property, claim.value, claim.unit)
            for claim in import_folder(content, SLUG, folder).claims
            if (claim.type, claim.property) != ("project", "name")
        }
        for folder in (edition, data / "aiddata")
    )
    assert ours == theirs
