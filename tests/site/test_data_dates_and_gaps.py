"""Pages state the origin and date of data, and the gaps of a figure."""

import re
from pathlib import Path

import pytest

from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, Statement, make_statements

QUERY = "SELECT id AS unit_id, umbrella FROM projects"
PART = "Only the rows of Italy."
WHY = "Suppliers stand in titles alone."


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with two projects, a row with an unknown country, and a figure reported by others, from a file on disk."""
    atlas = Atlas(tmp_path_factory.mktemp("gaps"))
    files = {
        "statements": {
            "patterns": ["alpha.csv"], "format": "csv", "part": PART, "part_zh": "仅含意大利的行。", "suppliers": WHY,
            "suppliers_zh": "供应方仅见于标题。",
        }
    }  # fmt: skip
    atlas.source("alpha", files=files, as_of="2022-11-10", title_zh="甲")
    variants = [
        {"name": "frames", "title": "No frames", "where": "umbrella IS DISTINCT FROM true", "told": "umbrella IS NOT NULL"},
        {"name": "all", "title": "All of them", "where": "true"},
    ]
    atlas.figure(
        "mine", QUERY, any_of=["alpha", "telegeography"], variants=variants, headline=True, comparators=[{"measure": "5g-plans"}]
    )
    report = make_statements("reported_figure", "r", measure="5g-plans", value="9", bound="exact", reported_by="Somebody")
    rows = make_statements("project", "p", name="P", kind="surveillance", country="Kenya")
    rows += [*make_statements("project", "q", name="Q"), Statement("project", "q", "country", "Kenyaa")]
    atlas.fetch("alpha", rows + report, "2026-01-02")
    atlas.build("--allow-problems")
    return atlas


@pytest.fixture(scope="module")
def pages(atlas: Atlas) -> Client:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    return Client(create_app(ServeSettings(atlas.workspace, release, public=False)))


def test_a_figure_page_gives_its_gaps_and_data_dates(pages: Client) -> None:
    page = pages.get("/figure/mine").text
    assert '<a href="/source/alpha">Alpha</a>, as of 10 November 2022' in page
    assert "1 row of Alpha is left out as a problem." in page
    assert f"Alpha: {PART}" in page
    assert "The source “Submarine Cable Map” isn’t in this edition. What only it records isn’t counted." in page
    assert "We can’t explain the difference. What our number lacks is listed above." in page
    assert "Overt’s files don’t say: " in page and "2, the same rows" in page
    for path in ("/figures",):
        assert "(1 row left out as a problem)" in pages.get(path).text, path


def test_the_same_in_chinese(pages: Client) -> None:
    page = pages.get("/zh/figure/mine").text
    assert "甲有1行因存在问题而未计入。" in page
    assert "甲：仅含意大利的行。" in page
    assert "来源“海底电缆地图”不在本版中；仅由它记载的内容未计入。" in page
    assert "本站现有的文件无法回答：" in page


def test_the_api_gives_them_as_data(pages: Client) -> None:
    [figure] = [figure for figure in pages.get("/api/v1/figures").json() if figure["name"] == "mine"]
    assert [(gap["source"], gap["what"], gap["rows"]) for gap in figure["gaps"]] == [
        ("alpha", "problems", 1), ("alpha", "part", None), ("telegeography", "not loaded", None),
    ]  # fmt: skip
    assert [(source["source"], source["as_of"]) for source in figure["sources"]] == [("alpha", "2022-11-10")]


def test_a_source_page_gives_its_date_and_that_its_files_came_from_disk(pages: Client) -> None:
    page = pages.get("/source/alpha").text
    assert f", as of 10 November 2022. {PART}</p>" in page
    assert re.search(r'<dt>Retrieved</dt><dd title="[^"]+">2 January 2026, as a file on the editor’s machine</dd>', page)


@pytest.mark.parametrize("path", ["/country/KE/unknown", "/country/KE/print", "/compare?country=KE&country=UG"])
def test_the_reason_for_missing_suppliers_is_shown_beside_the_table(pages: Client, path: str) -> None:
    assert f'>1 project of <a href="/source/alpha"><bdi>Alpha</bdi></a> names no supplier. {WHY}</p>' in pages.get(path).text
    assert "供应方仅见于标题。</p>" in pages.get(f"/zh{path}").text
    assert WHY not in pages.get(path.replace("KE", "TZ")).text, "where there is no such project"


def test_a_claim_names_no_wrong_origin_of_a_file(atlas: Atlas, pages: Client) -> None:
    release = (atlas.root / "releases" / "latest").read_text().strip()
    [claim] = atlas.rows(release, "SELECT claim_id FROM claims WHERE record = 'alpha:p' AND property = 'name'")
    page = pages.get(f"/claim/{claim['claim_id']}").text
    assert "retrieved on 2 January 2026" in page
    assert '<a href="https://alpha.example/" rel="noopener noreferrer">Open the publisher’s page</a>' in page
    assert "Retrieved 2 January 2026 from" not in page


@pytest.mark.ci
def test_another_edition_says_so(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.source("alpha", as_of="2019", counts={"files": {"statements": 1}})
    atlas.fetch("alpha", make_statements("project", "p", name="P") + make_statements("project", "q", name="Q"))
    mark = atlas.overt("import").errors[0].split('"')[1]
    settings = atlas.root / "overt.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("whole = []", f'whole = ["{mark}"]'), encoding="utf-8")
    release = atlas.build()
    page = Client(create_app(ServeSettings(atlas.workspace, release, public=False))).get("/source/alpha").text
    assert "An editor of this atlas confirmed that it is complete." in page
    assert 'title="2 rows of &#39;statements&#39;, where the edition that Overt knows has 1"' in page
    assert ", as of 2019" not in page
