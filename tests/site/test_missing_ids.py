"""Ids without a record (merged, withdrawn and unknown), on the site and in its files."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from overt.index.release_preparation import prepare
from overt.model.record_ids import canonical_id
from overt.queries.database import Database
from overt.release.columns.column_descriptions import table_columns
from overt.server.app import ServeSettings, create_app
from overt.site.missing_merged_and_withdrawn_pages import locate_missing
from tests.support.client import Client
from tests.support.release_files import read_table
from tests.support.small_atlas import SmallAtlas
from tests.support.statement_atlas import Atlas, make_statements, own_id

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


@pytest.mark.slow
def test_the_page_of_a_retracted_record_gives_the_reason(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path, index=True)
    atlas.fetch(
        "alpha", make_statements("project", "p", name="Park cameras") + make_statements("project", "q", name="Harbour cameras")
    )
    atlas.build()
    atlas.ok("retract", "alpha:p", "--who", "Ada", "--why", "The park <b>was</b> never built")
    release = atlas.ok("release").out.strip()
    tables = atlas.root / "releases" / release / "tables"
    [retraction] = read_table(tables / "retractions.parquet")
    assert (retraction["sequence"], retraction["target"]) == (1, "alpha:p")
    assert retraction["why"] == "The park <b>was</b> never built"
    assert set(retraction) == set(table_columns("editorial")["retractions"])
    assert {column for row in read_table(tables / "judgements.parquet") for column in row} <= set(
        table_columns("editorial")["judgements"]
    )
    assert atlas.ok("verify")
    gone = Client(create_app(ServeSettings(atlas.workspace, release))).get(f"/project/{own_id('alpha:p')}")
    assert gone.status_code == 410
    assert re.search("Reason: (<[^>]*>)?The park &lt;b&gt;was&lt;/b&gt; never built", gone.text)
