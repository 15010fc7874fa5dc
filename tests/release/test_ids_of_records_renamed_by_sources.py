"""Ids of renamed records lead to the new record, also in an atlas that never had the old one."""

from pathlib import Path

from overt.index.editions.public_edition import restrict
from tests.support.command_built_atlas import Atlas, make_statements, own_id
from tests.support.release_table_rows_and_file_hashes import query_release

RENAMED = {"shown:old": "shown:older", "shown:older": "shown:new", "shown:lost": "shown:nowhere", "hidden:old": "shown:new"}


def test_an_atlas_leads_from_ids_that_it_never_had(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.source("shown", renamed=RENAMED)
    atlas.source("hidden", reuse="private")
    atlas.fetch("shown", make_statements("organization", "new", name="Zhongxing"))
    atlas.fetch("hidden", make_statements("organization", "other", name="Another company"))
    release = atlas.build()
    expected = sorted((own_id(name), own_id("shown:new")) for name in ("shown:old", "shown:older", "hidden:old"))
    query = "SELECT old_id, id FROM redirects ORDER BY old_id"
    assert [tuple(row.values()) for row in atlas.rows(release, query)] == expected
    edition = restrict(atlas.root / "releases" / release, ["open"], atlas.workspace.content, atlas.workspace.cache)
    assert [tuple(row.values()) for row in query_release(edition.tables.parent, query)] == expected, "nor the public part"


def test_an_old_record_of_the_archive_keeps_its_id(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.fetch("shown", make_statements("organization", "old", name="ZTE"))
    atlas.source("shown", renamed={"shown:old": "shown:new"})
    atlas.fetch("shown", make_statements("organization", "new", name="Zhongxing"), retrieved="2026-01-02")
    rows = atlas.rows(atlas.build(), "SELECT old_id, id FROM redirects")
    assert [tuple(row.values()) for row in rows] == [(own_id("shown:new"), own_id("shown:old"))]
