"""Ids without a record (merged, withdrawn and unknown), on the site and in its files."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from overt.index.release_preparation import prepare
from overt.model.record_ids import canonical_id
from overt.queries.database import Database
from overt.server.app import ServeSettings
from overt.site.not_found import locate_missing
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

GONE, MERGED = canonical_id("open_projects:gone"), "ovt-aaaaaaaaaaaa"


def test_the_record_that_an_id_was_merged_into_can_be_withdrawn(atlas: SmallAtlas, tmp_path: Path) -> None:
    path = tmp_path / "serve.sqlite"
    shutil.copy(prepare(ServeSettings(atlas.workspace, atlas.release)).database, path)
    with closing(sqlite3.connect(path)) as target, target:
        target.execute("INSERT INTO redirects VALUES (?, ?)", [MERGED, GONE])
    database = Database(path)
    with database.lease() as reader:
        missing = locate_missing(reader, MERGED)
        assert (missing.what, missing.identity) == ("withdrawn", GONE)
        assert missing.withdrawal is not None and "The publisher took it back" in (missing.withdrawal.why or "")
        assert locate_missing(reader, GONE) == missing
        assert locate_missing(reader, "ovt-bbbbbbbbbbbb").what == "unknown"
    database.close()


def test_its_files_are_missing_too(client: Client) -> None:
    assert client.get(f"/project/{GONE}.jsonld").status_code == 410
    assert client.get(f"/project/{MERGED}.jsonld").status_code == 404
