"""Changes from release to release, downloads and the signature of a release, and figures of older releases, in both editions."""

import hashlib
import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import orjson
import pyarrow.parquet as pq
import pytest

from overt.cli.runner import run
from overt.index.editions.edition_tables_and_limits import full_edition
from overt.index.editions.public_edition import restrict
from overt.index.history import served_and_older_releases
from overt.index.history.record_and_figure_history import Stage, changed_inputs
from overt.index.index_sql import index_query
from overt.index.release_preparation import prepare
from overt.model.record_ids import canonical_id
from overt.model.workspace import Workspace
from overt.queries import changes_between_releases
from overt.queries.database import Database, Row
from overt.release.release_folders import list_releases as release_folders
from overt.server.app import ServeSettings, application, create_app
from overt.server.sites_by_language import make_sites
from tests.support.client import Client
from tests.support.crawl import Page
from tests.support.hostile_and_secret_words import ATTACKS, SECRETS
from tests.support.small_atlas import SmallAtlas, make_atlas

NAIROBI, BACKBONE = canonical_id("secret_map:nairobi"), canonical_id("open_projects:backbone")
SAFE = canonical_id("open_projects:nairobi")
"""The id that Nairobi's project has in an edition without the private source."""


@pytest.fixture(scope="module")
def inside(two_releases: SmallAtlas) -> Client:
    return Client(create_app(ServeSettings(two_releases.workspace, two_releases.release)))


def part(page: str, name: str) -> str:
    """Return the part of a page from a heading, or the start of a fold, to the next heading, without markup."""
    section = page.partition(f' id="{name}">')[2].partition("<h2")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", section).split())


@pytest.mark.ci
def test_the_page_of_a_record_shows_its_changes(inside: Client, public_two_releases_client: Client) -> None:
    history = part(inside.get(f"/project/{NAIROBI}").text, "history")
    assert "2 editions are compared" in history and "It is in the first of them." in history
    assert "other_projects:safe-city-nairobi : is described by one more record" in history
    assert "Other Projects" in history and "was added to the atlas" in history
    section = part(inside.get(f"/project/{BACKBONE}").text, "history")
    assert "Description" in section and "Said by an editor" in section and "said by this atlas’s editors" in section
    assert "was added to the atlas" in part(public_two_releases_client.get(f"/project/{SAFE}").text, "history")


def test_a_record_that_came_later_says_since_when(inside: Client) -> None:
    page = inside.get(f"/organization/{canonical_id('editorial:desk')}").text
    assert re.search(r"It came with edition \d{4}-\d\d-\d\d-[0-9a-f]{8}\.", part(page, "history"))
    assert "Nothing has changed about it since." in part(page, "history")


def test_one_release_has_nothing_to_compare_with(client: Client) -> None:
    assert "No older edition is kept here" in part(client.get(f"/project/{NAIROBI}").text, "history")
    assert "No older edition is kept here" in part(client.get("/figure/test-projects").text, "history")


def test_figures_show_their_values_and_reasons_for_changes(inside: Client) -> None:
    lines = part(inside.get("/figure/test-projects").text, "history")
    assert lines.count("2026-02-0") >= 2
    assert "14" in lines


def test_the_release_page_shows_changes_and_reasons(inside: Client, two_releases: SmallAtlas) -> None:
    page = inside.get(f"/release/{two_releases.release}").text
    changes = part(page, "changes")
    assert "What changed since" in changes and "was added to the atlas" in changes
    assert "is described by one more record Project 1" in changes and "changed Project 2" in changes


def test_public_answers_reveal_nothing_private(public_two_releases_client: Client, two_releases: SmallAtlas) -> None:
    release = public_two_releases_client.get("/healthz").json()["release"]
    for path in (f"/release/{release}", f"/project/{SAFE}", f"/project/{BACKBONE}", "/figure/test-projects", "/releases"):
        answer = public_two_releases_client.get(path)
        assert answer.status_code == 200
        assert not [mark for mark in (*SECRETS, "Zürn") if mark in answer.text], path


def test_downloads_are_what_the_manifest_says(
    inside: Client, public_two_releases_client: Client, two_releases: SmallAtlas
) -> None:
    for client in (inside, public_two_releases_client):
        release = client.get("/healthz").json()["release"]
        manifest = client.get(f"/release/{release}/manifest.json")
        page = client.get(f"/release/{release}").text
        for name in ("projects", "claims", "figures"):
            file = client.get(f"/release/{release}/tables/{name}.parquet", headers={"Accept-Encoding": "gzip"})
            assert file.status_code == 200 and "content-encoding" not in file.headers
            entry = manifest.json()["tables"][name]
            assert hashlib.sha256(file.content).hexdigest() == entry["sha256"] and entry["sha256"] in page
            table = pq.read_table(io.BytesIO(file.content))
            assert table.num_rows == entry["rows"]
            if client is public_two_releases_client:
                assert not [mark for mark in SECRETS if mark in str(table.to_pylist())]
    full_edition = inside.get(f"/release/{two_releases.release}/manifest.json").content
    assert two_releases.release.endswith(hashlib.sha256(full_edition).hexdigest()[:8])


def test_no_other_file_can_be_requested(inside: Client, public_two_releases_client: Client, two_releases: SmallAtlas) -> None:
    release = public_two_releases_client.get("/healthz").json()["release"]
    for name in ("judgements", "retractions"):
        assert inside.get(f"/release/{two_releases.release}/tables/{name}.parquet").status_code == 200
        assert public_two_releases_client.get(f"/release/{release}/tables/{name}.parquet").status_code == 404, "they name editors"
    for path in ("tables/none.parquet", "tables/..%2Fmanifest.parquet", "tables/../../x.parquet", "overt.toml"):
        assert inside.get(f"/release/{two_releases.release}/{path}").status_code == 404, path
    assert public_two_releases_client.get(f"/release/{two_releases.release}/tables/claims.parquet").status_code == 404, (
        "that is the whole release"
    )


def test_releases_that_are_not_served(inside: Client, two_releases: SmallAtlas) -> None:
    first = next(
        folder.name
        for folder in two_releases.workspace.releases.iterdir()
        if folder.is_dir() and folder.name != two_releases.release
    )
    answer = inside.get(f"/release/{first}")
    assert answer.status_code == 404
    assert "can serve it again" in answer.text and "overt serve" not in answer.text and "The first" in answer.text
    gone = inside.get("/release/2020-01-01-0123abcd")
    assert gone.status_code == 404 and "not kept here any more" in gone.text and "0123abcd" not in gone.text
    now, then = (inside.get(f"/figure/test-projects@{release}") for release in (two_releases.release, first))
    assert (now.status_code, then.status_code) == (200, 200)
    for page in (now, then):
        assert "Recomputed from the tables of this edition with the query below: the same value, groups and" in page.text
    assert now.text != then.text and f"test-projects@{first}" in then.text
    assert inside.get(f"/figures/test-projects@{first}").headers["location"] == f"/figure/test-projects@{first}"
    assert inside.get(f"/figure/test-projects@{first[:-1]}x").status_code == 404
    assert f"overt serve --release {first}" in inside.get(f"/figure/test-projects@{first}").text


def test_a_figure_of_a_release_is_made_again_once(two_releases: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    differences = served_and_older_releases.reproduction_differences
    monkeypatch.setattr(
        served_and_older_releases,
        "reproduction_differences",
        lambda *arguments: made.append(arguments) or differences(*arguments),
    )
    client = Client(create_app(ServeSettings(two_releases.workspace, two_releases.release)))
    page = f"/figure/test-projects@{two_releases.release}"
    assert [client.get(path).status_code for path in (page, f"/zh{page}", page)] == [200, 200, 200]
    assert len(made) == 1
    refused = client.get(f"{page}?x=1")
    assert refused.status_code == 400 and "no such parameter: x" in refused.text


def test_a_figure_of_a_release_without_its_tables(two_releases: SmallAtlas, tmp_path: Path) -> None:
    settings = ServeSettings(two_releases.workspace, two_releases.release)
    prepared = prepare(settings)
    [stage] = prepared.older
    folder = tmp_path / "tables"
    shutil.copytree(stage.tables, folder)
    away = replace(prepared, older=(replace(stage, tables=folder),))
    client = Client(application(settings, away, make_sites(settings, away)))
    page, record = f"/figure/test-projects@{stage.release}", f"/api/v1/releases/{stage.release}/records/{NAIROBI}"
    folder.rename(tmp_path / "elsewhere")
    for _ in range(2):
        assert [client.get(path).status_code for path in (page, record)] == [503, 503]
    (tmp_path / "elsewhere").rename(folder)
    assert [client.get(path).status_code for path in (page, record)] == [200, 200]


@pytest.mark.slow
def test_an_older_release_that_cannot_be_read_is_left_out_as_long(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    root = tmp_path / "atlas"
    workspace, first = make_atlas(root, note="The first")
    _, release = make_atlas(root, note="The second")
    broken = workspace.releases / first / "tables" / "claims.parquet"
    content = broken.read_bytes()
    broken.write_bytes(b"broken")
    settings = ServeSettings(workspace, release)
    page = Client(create_app(settings)).get(f"/project/{NAIROBI}").text
    assert "No older edition is kept here" in page and f"release {first} is left out" in caplog.text
    prepared = [prepare(replace(settings, public=beyond)) for beyond in (False, True)]
    broken.write_bytes(content)
    two = [prepare(replace(settings, public=beyond)) for beyond in (False, True)]
    for before, after in zip(prepared, two, strict=True):
        assert before.database != after.database, "what was left out is not taken for read"
        assert len(_stages(after.database)) == 2


def _stages(path: Path) -> list[Row]:
    database = Database(path)
    with database.lease() as reader:
        stages = reader.rows("changes_between_releases.stages")
    database.close()
    return stages


@pytest.mark.slow
def test_changed_figures_change_the_public_history(tmp_path: Path) -> None:
    root = tmp_path / "atlas"
    make_atlas(root, note="The first")
    workspace, release = make_atlas(root, note="Without the private source", without=frozenset({"secret_map"}))
    settings = ServeSettings(workspace, release, public=True)
    before = prepare(settings)
    query = root / "figures" / "test-projects" / "query.sql"
    query.write_text(query.read_text(encoding="utf-8") + " WHERE p.name IS NOT NULL", encoding="utf-8")
    again = Workspace.open(root)
    assert before.left_out == () and prepare(replace(settings, workspace=again)).fingerprint != before.fingerprint


@pytest.mark.ci
def test_a_withdrawn_record_names_the_last_release_that_has_it(tmp_path: Path) -> None:
    root = tmp_path / "atlas"
    _, first = make_atlas(root)
    workspace, release = make_atlas(root, without=frozenset({"other_projects"}), note="Without it")
    assert first != release
    client = Client(create_app(ServeSettings(workspace, release)))
    gone = client.get(f"/project/{canonical_id('open_projects:gone')}")
    assert gone.status_code == 410 and "The publisher took it back" in gone.text


@pytest.mark.slow
def test_hostile_names_are_escaped_in_history_too(tmp_path: Path) -> None:
    root = tmp_path / "atlas"
    for attack in ATTACKS[:3]:
        make_atlas(root, note=attack, without=frozenset({"open_projects", "editorial"}))
    workspace, release = make_atlas(root, note=ATTACKS[1])
    client = Client(create_app(ServeSettings(workspace, release)))
    attacked = canonical_id("open_projects:attack-0")
    for path in ("/releases", f"/release/{release}", "/release/none", f"/project/{attacked}", "/figure/test-projects"):
        for base in ("", "/zh"):
            page = Page(path, client.get(base + path).text)
            assert not {"img", "iframe", "svg/onload", "style", "textarea"} & set(page.tags), path
            assert page.tags.count("script") <= 1
            assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert ATTACKS[1] in Page("/releases", client.get("/releases").text).text
    assert ATTACKS[0] in Page("/release", client.get(f"/release/{release}").text).text


@pytest.mark.ci
def test_the_public_history_reports_changed_rules(two_releases: SmallAtlas, tmp_path: Path) -> None:
    first, last = release_folders(two_releases.workspace.releases)
    other = tmp_path / first.name
    shutil.copytree(first, other)
    manifest = orjson.loads((other / "manifest.json").read_bytes())
    (other / "manifest.json").write_bytes(orjson.dumps({**manifest, "code": "of another version"}))
    content = two_releases.workspace.content
    was, same, now = (
        Stage(path.name, edition.tables, edition.manifest)
        for path, cache in (
            (other, tmp_path / "cache"),
            (first, two_releases.workspace.cache),
            (last, two_releases.workspace.cache),
        )
        for edition in [restrict(path, ("open",), content, cache)]
    )
    assert changed_inputs(was, now)["rules"], "both leave out a source"
    assert not changed_inputs(same, now)["rules"]
    complete = full_edition(last)
    assert not changed_inputs(same, Stage(last.name, complete.tables, complete.manifest))["rules"]


APART, TOGETHER = {"a:1": "Alpha", "b:1": "Beta"}, {"a:1": "Alpha", "b:1": "Alpha"}


@pytest.mark.parametrize(
    ("before", "after", "newest", "expected"),
    [
        (APART, TOGETHER, TOGETHER, [("Alpha", "merged")]),
        (APART, TOGETHER, APART, [("Alpha", "merged"), ("Beta", "merged")]),
        (TOGETHER, APART, APART, [("Alpha", "split"), ("Beta", "split")]),
        (TOGETHER, APART, TOGETHER, [("Alpha", "split")]),
        (APART, APART, TOGETHER, []),
    ],
)
def test_merges_and_splits_are_reported_even_if_reversed(
    before: dict[str, str], after: dict[str, str], newest: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    with duckdb.connect() as source:
        for prefix, members in (("s0_", before), ("s1_", after), ("", newest)):
            source.execute(f'CREATE TABLE "{prefix}members" (record VARCHAR, id VARCHAR, type VARCHAR)')
            source.execute(f'CREATE TABLE "{prefix}records" (id VARCHAR, label VARCHAR)')
            source.executemany(
                f'INSERT INTO "{prefix}members" VALUES (?, ?, ?)', [(*member, "project") for member in members.items()]
            )
            source.executemany(
                f'INSERT INTO "{prefix}records" VALUES (?, ?)', [(member, member) for member in set(members.values())]
            )
        rows = source.execute(index_query("record_and_cluster_changes.merged", {"old": "s0", "new": "s1"})).fetchall()
    assert [(row[0], row[1]) for row in rows] == expected
    for row in rows:
        assert row[4] == "project" and orjson.loads(row[6] or row[7]) == [{"value": "Alpha"}, {"value": "Beta"}]


def test_lists_on_a_page_are_cut_but_sentences_are_not(
    two_releases: SmallAtlas, inside: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, role = canonical_id("editorial:desk"), canonical_id("editorial:open")
    monkeypatch.setattr(changes_between_releases, "MAX_ROWS", 1)
    database = Database(prepare(ServeSettings(two_releases.workspace, two_releases.release)).database)
    with database.lease() as reader:
        changes = changes_between_releases.record_history(reader, role, [desk])
        assert changes.since and changes.since.release == two_releases.release, (
            "though another row stands before the one that says so"
        )
        assert (changes.rows, changes.total) == ([], 0), "what came with it is not told of"
        several = changes_between_releases.record_history(reader, NAIROBI, [BACKBONE, role])
        assert several.since is None and (len(several.rows), several.total) == (1, 3)
    database.close()
    assert "共3处变化，此处显示最新的1处。" in part(inside.get(f"/zh/project/{BACKBONE}").text, "history")


def test_signature_is_served_with_the_full_release(tmp_path: Path) -> None:
    workspace, release = make_atlas(tmp_path / "atlas")
    inside = Client(create_app(ServeSettings(workspace, release)))
    address = f"/release/{release}/manifest.json.sig"
    assert inside.get(address).status_code == 404
    key = tmp_path / "key"
    assert run(["key", str(key)]) == 0
    settings = workspace.root / "overt.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('[signing]\nkey = ""', f'[signing]\nkey = "{key}"'), encoding="utf-8")
    assert run(["sign", "--workspace", str(workspace.root)]) == 0
    assert inside.get(address).content == (workspace.releases / release / "manifest.json.sig").read_bytes()
    assert address in inside.get(f"/release/{release}").text
