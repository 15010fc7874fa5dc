"""The table `aliases` of a release, and of its public part."""

from pathlib import Path

import pytest

from overt.index.editions.public_edition import restrict
from tests.support.command_built_atlas import Atlas, make_statements, own_id
from tests.support.release_table_rows_and_file_hashes import query_release


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    """An atlas with two companies that share an alias. One is in both sources, the other only in the private source."""
    atlas = Atlas(tmp_path)
    atlas.source("hidden", reuse="private")
    atlas.fetch("shown", make_statements("organization", "bgi", name="BGI Genomics", alias="BGI"))
    other = make_statements("organization", "bgi", name="BGI Genomics", alias="华大") + make_statements(
        "organization", "group", name="BGI Group", alias="BGI"
    )
    atlas.fetch("hidden", other)
    return atlas


def test_every_alias_leads_to_its_evidence(atlas: Atlas) -> None:
    release = atlas.build()
    columns = "key, things, a.source, excerpt"
    query = f"SELECT {columns} FROM aliases AS a JOIN evidence USING (claim_id) WHERE a.name = excerpt ORDER BY ALL"
    rows = [tuple(row.values()) for row in atlas.rows(release, query)]
    assert rows == [
        ("bgi", 2, "hidden", "BGI"),
        ("bgi", 2, "shown", "BGI"),
        ("bgi genomics", 1, "hidden", "BGI Genomics"),
        ("bgi genomics", 1, "shown", "BGI Genomics"),
        ("bgi group", 1, "hidden", "BGI Group"),
        ("华大", 1, "hidden", "华大"),
    ]
    assert atlas.rows(release, "FROM aliases ANTI JOIN records USING (id, type)") == []
    assert atlas.rows(release, "FROM aliases ANTI JOIN claims USING (claim_id, id, record, source)") == []


@pytest.mark.ci
def test_retracted_claims_give_no_alias(atlas: Atlas) -> None:
    [claim] = atlas.rows(atlas.build(), "SELECT claim_id FROM aliases WHERE source = 'shown' AND name = 'BGI'")
    atlas.retract(claim["claim_id"])
    atlas.retract("hidden:bgi")
    rows = atlas.rows(atlas.build(), "SELECT source, name, things FROM aliases ORDER BY ALL")
    assert [tuple(row.values()) for row in rows] == [
        ("hidden", "BGI", 1),
        ("hidden", "BGI Group", 1),
        ("shown", "BGI Genomics", 1),
    ]


@pytest.mark.slow
def test_the_public_part_has_and_counts_public_aliases_only(atlas: Atlas) -> None:
    release = atlas.build()
    folder = atlas.root / "releases" / release
    edition = restrict(folder, ["open"], atlas.workspace.content, atlas.workspace.cache)
    rows = query_release(edition.tables.parent, "SELECT name, things, id, source FROM aliases ORDER BY ALL")
    assert [tuple(row.values()) for row in rows] == [
        ("BGI", 1, own_id("shown:bgi"), "shown"),
        ("BGI Genomics", 1, own_id("shown:bgi"), "shown"),
    ]
