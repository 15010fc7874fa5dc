"""The public edition has no value, name, id, quote, place or count from sources that may not be republished."""

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from overt.index.editions.public_edition import restrict
from overt.index.release_preparation import find_release
from overt.model.record_ids import canonical_id
from overt.server.app import ServeSettings, create_app, prepare
from tests.support.client import Client
from tests.support.crawl import Crawled
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas import SmallAtlas, make_atlas
from tests.support.small_atlas_rows import make_sources

PRIVATE = next(source for source in make_sources() if source.slug == "secret_map")
IDS = {canonical_id(record) for record in PRIVATE.types}


def test_the_complete_atlas_has_the_secrets(crawled: Crawled) -> None:
    """If the complete atlas lacked the secrets, the tests below would prove nothing."""
    everything = " ".join(page.text for page in crawled[0].values())
    assert all(mark in everything for mark in SECRETS)
    assert IDS & set(re.findall(r"ovt-[a-z2-7]{12}", everything + " ".join(crawled[0])))


def test_no_public_page_has_a_secret(crawled_public: Crawled) -> None:
    pages, statuses = crawled_public
    assert len(pages) > 300
    assert set(statuses.values()) <= {200, 308}
    for path, page in pages.items():
        for mark in (*SECRETS, PRIVATE.capture, PRIVATE.capture[:16]):
            assert mark not in page.html, (path, mark)
        assert not IDS & set(re.findall(r"ovt-[a-z2-7]{12}", page.html)), path


def test_no_public_data_has_a_secret(public_client: Client) -> None:
    for path in (
        "/api/v1/map/places",
        "/api/v1/map/routes",
        "/api/v1/map/countries",
        "/api/v1/figures",
        "/projects.csv",
        "/figure/test-projects.csv",
    ):
        text = public_client.get(path).text
        assert not [mark for mark in SECRETS if mark in text], path
        assert not IDS & set(re.findall(r"ovt-[a-z2-7]{12}", text)), path


def test_private_ids_and_claims_are_not_found(public_client: Client) -> None:
    for identity in IDS:
        for kind in ("project", "organization", "record"):
            assert public_client.get(f"/{kind}/{identity}").status_code == 404
        assert public_client.get(f"/api/v1/records/{identity}").status_code == 404
    for claim in PRIVATE.claims:
        assert public_client.get(f"/claim/{claim.id}").status_code == 404
    assert public_client.get("/source/secret_map").status_code == 404
    for mark in ("Geheimprojekt", "祖恩", "Zürn", "Nebelburg"):
        assert "Nothing here has the name" in public_client.get("/search", params={"q": mark}).text


def test_public_counts_equal_those_of_an_atlas_without_the_source(public_client: Client, tmp_path: Path) -> None:
    workspace, release = make_atlas(tmp_path / "atlas", without=frozenset({"secret_map"}))
    without_source = Client(create_app(ServeSettings(workspace, release, public=True)))
    paths = (
        "/api/v1/map/countries",
        "/api/v1/map/places",
        "/api/v1/map/routes",
        "/countries",
        "/country/DE",
        "/country/KE",
        "/companies",
        "/projects.csv",
        "/figures",
    )
    for path in paths:
        assert _without_release(public_client.get(path).text) == _without_release(without_source.get(path).text), path


def _without_release(text: str) -> str:
    """Remove what may differ: the release's id and date, and notes about what was left out."""
    text = re.sub(r"\d{4}-\d\d-\d\d-[0-9a-f]{8}(\+open)?", "", text)
    text = re.sub(r"edition of \d+ \w+ \d{4}", "", text)
    text = re.sub(r" \(1 source is <a[^>]*>left out of this edition</a>\)", "", text)
    # The atlas without the private source states the gap in other words.
    gap = r"without sources that are withheld|without the source “[^”]*”|not in this edition: [^)]*"
    text = re.sub(rf' ?<span class="small muted"> ?\(({gap})\)</span>', "", text)
    return re.sub(r", and mind that.*?</a>", "", text).replace("source withheld", "source not in this edition")


def test_public_figures_are_recomputed(public_client: Client, client: Client) -> None:
    complete = {row["name"]: row for row in client.get("/api/v1/figures").json()}
    public = {row["name"]: row for row in public_client.get("/api/v1/figures").json()}
    assert complete["test-projects"]["value"] == public["test-projects"]["value"] + 1
    assert complete["test-money"]["value"] == public["test-money"]["value"] + 987654321
    assert complete["test-secret"]["value"] == 2
    assert public["test-secret"]["value"] is None
    assert public["test-secret"]["status"] == "source withheld: secret_map", "the release has it"
    assert "Source withheld" in public_client.get("/figure/test-secret").text


def test_a_public_figure_names_its_withheld_sources(public_client: Client, client: Client) -> None:
    """The figure's value is smaller than in the complete atlas, so the two must not look the same."""
    assert "may not be republished, so it isn’t in this edition." in public_client.get("/figure/test-money").text
    assert "(without sources that are withheld)" in public_client.get("/figures").text
    [figure] = [row for row in public_client.get("/api/v1/figures").json() if row["name"] == "test-money"]
    assert [(gap["source"], gap["what"]) for gap in figure["gaps"]] == [("secret_map", "withheld")]
    assert "so it isn’t in this edition." not in client.get("/figure/test-money").text


def test_the_public_edition_has_its_own_id(public_client: Client, client: Client, atlas: SmallAtlas) -> None:
    own = f"{atlas.release}+open"
    assert {row["release"] for row in public_client.get("/api/v1/figures").json()} == {own}
    assert {row["release"] for row in client.get("/api/v1/figures").json()} == {atlas.release}
    assert public_client.get("/healthz").json()["release"] == own
    assert own in public_client.get("/").headers["etag"]
    for path in ("/", "/projects.csv", "/figure/test-projects.csv", "/figure/test-projects", "/releases", f"/release/{own}"):
        # The command in the text contains the complete release's id.
        text = re.sub(r" --release [\w-]+</code>", "", public_client.get(path).text)
        assert own in text and not re.search(rf"{atlas.release}(?!\+open)", text), path
    assert public_client.get(f"/release/{atlas.release}").headers["location"] == f"/release/{own}"


def test_pages_say_what_is_left_out(public_client: Client, client: Client) -> None:
    page = public_client.get("/sources").text
    assert "Left out of this edition" in page
    assert "Publisher of secret_map" in page and "All rights reserved" in page
    assert "left out of this edition" in public_client.get("/").text
    assert "left out" not in client.get("/sources").text


def test_a_merged_cluster_has_the_id_of_its_public_anchor(public_client: Client) -> None:
    anchor = canonical_id("open_register:huawei")
    page = public_client.get(f"/organization/{anchor}")
    assert page.status_code == 200
    assert "open_projects:huawei" in page.text
    assert (
        public_client.get(f"/organization/{canonical_id('open_projects:huawei')}").headers["location"]
        == f"/organization/{anchor}"
    )


def test_editorial_claims_about_private_records_are_left_out(public_client: Client) -> None:
    page = public_client.get(f"/project/{canonical_id('open_projects:backbone')}").text
    assert "Said by an editor" in page and "Our own organisation" in page
    assert canonical_id("editorial:private") not in page


def test_no_public_table_has_a_secret(atlas: SmallAtlas) -> None:
    edition = restrict(find_release(atlas.workspace, atlas.release), ["open"], atlas.workspace.content, atlas.workspace.cache)
    assert edition.tables != atlas.workspace.releases / atlas.release / "tables"
    for path in edition.tables.glob("*.parquet"):
        text = str(pq.read_table(path).to_pylist())
        for mark in (*SECRETS, PRIVATE.capture):
            assert mark not in text, (path.name, mark)
        assert not IDS & set(re.findall(r"ovt-[a-z2-7]{12}", text)), path.name
    assert "secret_map" not in str(edition.manifest)


def test_the_public_index_has_no_secret(atlas: SmallAtlas) -> None:
    prepared = prepare(ServeSettings(atlas.workspace, atlas.release, public=True))
    data = prepared.database.read_bytes()
    for mark in ("Geheimprojekt", "SECRET-77", "987654321", "confidential excerpt", "Nebelburg", "祖恩", *IDS):
        assert mark.encode() not in data, mark


@pytest.mark.parametrize(("allowed", "left_out"), [(["open"], 1), (["open", "private"], 0), ([], 4)])
def test_settings_decide_what_is_left_out(atlas: SmallAtlas, allowed: list[str], left_out: int) -> None:
    edition = restrict(find_release(atlas.workspace, atlas.release), allowed, atlas.workspace.content, atlas.workspace.cache)  # type: ignore[arg-type]
    assert len(edition.left_out) == left_out
    assert (edition.tables == atlas.workspace.releases / atlas.release / "tables") == (left_out == 0)


@pytest.mark.slow
def test_a_stricter_licence_applies_at_once(tmp_path: Path) -> None:
    workspace, release = make_atlas(tmp_path / "atlas")
    first = prepare(ServeSettings(workspace, release, public=True))
    source = workspace.root / "sources" / "other_projects" / "source.yml"
    source.write_text(source.read_text(encoding="utf-8").replace("reuse: open", "reuse: private"), encoding="utf-8")
    again = prepare(ServeSettings(type(workspace).open(workspace.root), release, public=True))
    assert {row["source"] for row in again.left_out} == {"other_projects", "secret_map"}
    assert again.fingerprint != first.fingerprint
    client = Client(create_app(ServeSettings(type(workspace).open(workspace.root), release, public=True)))
    assert "Safe City Nairobi" not in client.get(f"/project/{canonical_id('open_projects:nairobi')}").text
