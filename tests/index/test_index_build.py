"""The serving index is built from a release and the content, reused while neither changes, read-only, and never incomplete."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from overt.index import index_build as build
from overt.index.editions.limited_edition import create_once
from overt.model.errors import UsageError
from overt.model.record_ids import canonical_id
from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app, prepare
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas, make_atlas


@pytest.mark.ci
def test_it_is_made_once(tmp_path: Path) -> None:
    workspace, release = make_atlas(tmp_path / "atlas")
    steps: dict[str, float | None] = {}
    first = prepare(ServeSettings(workspace), steps.setdefault)
    assert first.release == release
    assert first.database.parent == workspace.cache / release
    assert first.database.name == f"serve-{first.fingerprint[:12]}.sqlite", "what decides the content is in the name"
    shares = [share for share in steps.values() if share is not None]
    assert "search" in steps and shares == sorted(shares) and shares[-1] > 0.9, "progress moves on to the end"
    made = first.database.stat().st_mtime_ns
    steps.clear()
    assert prepare(ServeSettings(workspace), steps.setdefault) == first
    assert (steps, first.database.stat().st_mtime_ns) == ({}, made)


@pytest.mark.ci
def test_it_can_be_deleted_or_broken(tmp_path: Path) -> None:
    workspace, _ = make_atlas(tmp_path / "atlas")
    first = prepare(ServeSettings(workspace))
    shutil.rmtree(workspace.cache)
    assert prepare(ServeSettings(workspace)) == first
    first.database.write_bytes(b"not a database")
    assert prepare(ServeSettings(workspace)) == first
    with closing(sqlite3.connect(first.database)) as connection:
        assert connection.execute("SELECT count(*) FROM projects").fetchone()[0] == 14


@pytest.mark.ci
def test_other_code_or_content_makes_it_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, _ = make_atlas(tmp_path / "atlas")
    first = prepare(ServeSettings(workspace))
    source = workspace.root / "sources" / "open_register" / "source.yml"
    source.write_text(source.read_text(encoding="utf-8").replace("names the kind", "tells the kind"), encoding="utf-8")
    second = prepare(ServeSettings(type(workspace).open(workspace.root)))
    assert second.fingerprint != first.fingerprint
    monkeypatch.setattr("overt.index.release_preparation.made_by", lambda: "other")
    assert prepare(ServeSettings(workspace)).fingerprint not in (first.fingerprint, second.fingerprint)


@pytest.mark.ci
def test_a_release_that_could_not_be_read_once_is_named_and_read_the_next_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    workspace, first = make_atlas(tmp_path / "atlas")
    make_atlas(tmp_path / "atlas", note="second")
    table = workspace.releases / first / "tables" / "figures.parquet"
    table.rename(table.with_suffix(".away"))
    without = prepare(ServeSettings(workspace))
    assert [line.partition(":")[0] for line in caplog.messages] == [f"release {first} is left out of the list of changes"]
    table.with_suffix(".away").rename(table)
    both = prepare(ServeSettings(workspace))
    assert both.fingerprint != without.fingerprint
    with closing(sqlite3.connect(both.database)) as connection:
        assert connection.execute("SELECT release FROM stages ORDER BY position").fetchone() == (first,)


@pytest.mark.ci
def test_independent_sources_of_a_release_that_did_not_count_them_are_not_known(atlas: SmallAtlas, tmp_path: Path) -> None:
    root = tmp_path / "atlas"
    shutil.copytree(atlas.workspace.root, root, ignore=shutil.ignore_patterns("cache"))
    workspace = Workspace.open(root)
    for name in ("records", "values"):
        table = workspace.releases / atlas.release / "tables" / f"{name}.parquet"
        pq.write_table(pq.read_table(table).drop_columns("independent_sources"), table)
    client = Client(create_app(ServeSettings(workspace)))
    nairobi = canonical_id("secret_map:nairobi")
    page = client.get(f"/project/{nairobi}").text.partition('id="known"')[2].partition("</p>")[0]
    assert "3 datasets record it." in page and not re.search(r"\d separate sources?\b", page)
    for address in (f"/api/v1/records/{nairobi}", f"/api/v1/releases/{atlas.release}/records/{nairobi}"):
        record = client.get(address).json()
        assert record["sources"] == 3 and record["independent_sources"] is None
        assert {value["independent_sources"] for values in record["values"].values() for value in values} == {None}
    assert set(client.get("/api/v1/explore/columns").json()["independent"]) == {None}
    assert client.get("/projects.csv?sources=1").text.count("\n") == 1, "none that has one"


@pytest.mark.slow
def test_changed_figures_change_the_public_fingerprint(tmp_path: Path) -> None:
    workspace, _ = make_atlas(tmp_path / "atlas")
    first = prepare(ServeSettings(workspace, public=True))
    query = next((workspace.root / "figures").glob("*/query.sql"))
    query.write_text(query.read_text(encoding="utf-8") + "\n-- thought about again\n", encoding="utf-8")
    second = prepare(ServeSettings(type(workspace).open(workspace.root), public=True))
    assert second.fingerprint != first.fingerprint


@pytest.mark.slow
def test_an_old_release_without_cited_documents_is_served(tmp_path: Path) -> None:
    workspace, release = make_atlas(tmp_path / "atlas")
    path = workspace.releases / release / "tables" / "evidence.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["document"]), path)
    for beyond in (False, True):
        assert prepare(ServeSettings(workspace, release, public=beyond)).database.is_file()


@pytest.mark.ci
def test_a_killed_build_leaves_nothing_under_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, _ = make_atlas(tmp_path / "atlas")

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(build, "write_index", broken)
        prepare(ServeSettings(workspace))
    assert not list(workspace.cache.rglob("serve-*"))
    prepare(ServeSettings(workspace))


def test_two_servers_that_make_an_edition_at_once_share_it(tmp_path: Path) -> None:
    folder = tmp_path / "edition"
    with create_once(folder) as temporary:
        temporary.mkdir()
        (temporary / "edition.json").write_text("second", encoding="utf-8")
        folder.mkdir()
        (folder / "edition.json").write_text("first", encoding="utf-8")
    assert (folder / "edition.json").read_text(encoding="utf-8") == "first"
    assert [child.name for child in tmp_path.iterdir()] == ["edition"]


def test_no_release(tmp_path: Path) -> None:
    workspace, _ = make_atlas(tmp_path / "atlas")
    with pytest.raises(UsageError, match="no release '2026-01-01-00000000'"):
        prepare(ServeSettings(workspace, "2026-01-01-00000000"))
    shutil.rmtree(workspace.releases)
    with pytest.raises(UsageError, match="has no release yet; make one with `overt build`"):
        prepare(ServeSettings(workspace))


@pytest.mark.ci
def test_the_newest_release_is_served(tmp_path: Path) -> None:
    workspace, first = make_atlas(tmp_path / "atlas")
    _, second = make_atlas(tmp_path / "atlas", note="second")
    assert first != second
    assert prepare(ServeSettings(workspace)).release == second
    assert prepare(ServeSettings(workspace, first)).release == first


@pytest.mark.ci
def test_a_release_of_before_a_property_is_served_without_it(tmp_path: Path) -> None:
    workspace, release = make_atlas(tmp_path / "atlas")
    now = prepare(ServeSettings(workspace))
    table = workspace.releases / release / "tables" / "projects.parquet"
    rows = pq.read_table(table)
    late = [name for name in rows.column_names if name.startswith(("started", "kind", "completed"))]
    pq.write_table(rows.drop_columns(late), table)
    shutil.rmtree(workspace.cache)
    prepare(ServeSettings(workspace))
    with closing(sqlite3.connect(now.database)) as connection:
        assert connection.execute("SELECT count(*), sum(year IS NOT NULL) FROM projects").fetchone() == (14, 13)
