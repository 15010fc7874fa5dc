"""`overt verify` recomputes what the next release would be made from, and checks the indexes of older releases."""

import sqlite3
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from overt.model.files.file_digests import sha256_file, write_digest
from overt.resolve.resolved_table_reader_and_digests import resolved_fingerprint, write_description
from tests.flow.test_forged_rebuildable_files import adapt_digests, assert_refused, forge_claims, rewrite
from tests.support.command_built_atlas import Atlas, make_statements

ROWS = make_statements("organization", "zte", name="ZTE", country="CN")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with a release, then a newer snapshot, a retraction and a newer resolution."""
    atlas = Atlas(tmp_path_factory.mktemp("newer"))
    atlas.fetch("alpha", ROWS)
    atlas.fetch("beta", make_statements("organization", "zte", name="ZTE Corp"))
    atlas.build()
    rows = [*ROWS, *make_statements("project", "p", name="Safe City", country="KE", kind="smart-city")]
    atlas.fetch("alpha", rows, retrieved="2026-02-01")
    atlas.ok("import")
    atlas.retract("beta:zte")
    atlas.ok("resolve")
    return atlas


@pytest.fixture
def atlas(made: Atlas, tmp_path: Path) -> Atlas:
    """A copy to change."""
    return made.copy_to(tmp_path)


@pytest.mark.slow
def test_what_is_newer_is_computed_again(made: Atlas) -> None:
    outcome = made.ok("verify")
    newer = "claims of 1 snapshot and the resolution are newer than the last release"
    assert outcome.out.endswith(f"; {newer}, and the same again\n")
    quick = made.ok("verify", "--quick")
    assert f"note: {newer}, and not computed again here" in quick.err
    document = orjson.loads(made.ok("verify", "--json").out)
    [snapshot] = [path.name for path in (made.root / "claims" / "alpha").iterdir() if path.name.startswith("2026-02-01")]
    assert document["newer"] == {"snapshots": {"alpha": snapshot}, "resolution": True, "checked": True}
    assert document["whole"] is True and document["notes"] == []


@pytest.mark.slow
def test_newer_claims_that_are_forged_are_detected(atlas: Atlas) -> None:
    """The next release used to publish forged claims."""
    path = forge_claims(atlas)
    adapt_digests(atlas, path)
    outcome = atlas.overt("verify")
    assert outcome.code == 1
    assert any(f"{path}: is not what the archive gives (1 row too many, 1 row missing)" in line for line in outcome.errors)


def test_a_newer_resolution_that_is_forged_is_detected(atlas: Atlas) -> None:
    path = atlas.root / "resolved" / "members.parquet"
    rewrite(path, "record", "alpha:p", "alpha:x")
    write_description(path.parent, resolved_fingerprint(path.parent) or "")
    assert_refused(atlas.overt("verify"), f"{path}: is not what the claims and judgements give (1 row too many, 1 row missing)")


def test_claims_without_a_release_are_computed_again(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    problem = make_statements("organization", "x", name="X", country="nowhere")
    atlas.fetch("alpha", [*ROWS, *make_statements("project", "p", name="P", country="KE", kind="smart-city"), *problem])
    atlas.overt("import", "--allow-problems")
    assert "claims of 1 snapshot are newer than the last release" in atlas.ok("verify").out
    path = forge_claims(atlas)
    adapt_digests(atlas, path)
    assert_refused(atlas.overt("verify"), f"{path}: is not what the archive gives")


@pytest.mark.slow
def test_the_forged_index_of_an_older_release_is_detected(tmp_path: Path) -> None:
    """`overt verify` used to check the index of an older release only with `--all`, and `show --known` printed the forgery."""
    atlas = Atlas(tmp_path, index=True)
    atlas.fetch("alpha", ROWS)
    older = atlas.build("--note", "first")
    atlas.build("--note", "second")
    [path] = (atlas.root / "cache" / older).glob("serve-*.sqlite")
    assert atlas.ok("verify").errors == []
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute("UPDATE records SET label = 'Bluestem' WHERE label = 'ZTE'").rowcount
    write_digest(path, sha256_file(path))
    assert_refused(atlas.overt("verify"), f"{path}: is not what the release gives; delete it")
