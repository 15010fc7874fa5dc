"""Ids of withdrawn records, and ids merged into withdrawn records, on pages, in the API and in files."""

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from overt.index.prepared_release import PreparedRelease
from overt.index.release_preparation import prepare
from overt.model.record_ids import canonical_id
from overt.queries.database import Database
from overt.queries.records import find_missing
from overt.release.columns.column_descriptions import table_columns
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, make_statements, own_id
from tests.support.release_table_rows_and_file_hashes import read_table
from tests.support.small_atlas import SmallAtlas

GONE, MERGED = canonical_id("open_projects:gone"), "ovt-aaaaaaaaaaaa"


@pytest.fixture(scope="module")
def merged_into_withdrawn(atlas: SmallAtlas, tmp_path_factory: pytest.TempPathFactory) -> PreparedRelease:
    """Return a release with a withdrawn record into which another record had been merged."""
    prepared = prepare(ServeSettings(atlas.workspace, atlas.release))
    path = tmp_path_factory.mktemp("merged") / "serve.sqlite"
    shutil.copy(prepared.database, path)
    with closing(sqlite3.connect(path)) as target, target:
        target.execute("INSERT INTO redirects VALUES (?, ?)", [MERGED, GONE])
    return replace(prepared, database=path)


def test_the_record_that_an_id_was_merged_into_can_be_withdrawn(merged_into_withdrawn: PreparedRelease) -> None:
    database = Database(merged_into_withdrawn.database)
    with database.lease() as reader:
        missing = find_missing(reader, MERGED)
        assert (missing.what, missing.new_id, missing.record) == ("withdrawn", GONE, None)
        assert missing.withdrawal is not None and "The publisher took it back" in (missing.withdrawal.why or "")
        assert find_missing(reader, GONE) == missing._replace(new_id="")
        assert find_missing(reader, "ovt-bbbbbbbbbbbb").what == "unknown"
    database.close()


@pytest.mark.ci
@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/project/{MERGED}", 410),
        (f"/project/{MERGED}.jsonld", 410),
        (f"/api/v1/records/{MERGED}", 410),
        (f"/api/v1/answers?organization={MERGED}", 410),
        (f"/ogc/collections/projects/items/{MERGED}", 410),
        (f"/api/v1/claims?about={MERGED}", 308),  # redirects to its former claims
        (f"/organization/{MERGED}/in/KE", 404),
        (f"/compare?company={MERGED}", 400),
    ],
)
def test_every_interface_says_that_it_is_withdrawn(
    merged_into_withdrawn: PreparedRelease, atlas: SmallAtlas, path: str, status: int
) -> None:
    served = Client(create_app(ServeSettings(atlas.workspace, atlas.release), merged_into_withdrawn))
    assert served.get(path).status_code == status


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
