"""The comparison of countries and of companies."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from overt.index.release_preparation import prepare
from overt.model.record_ids import canonical_id
from overt.queries import comparison
from overt.queries.database import Database
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.crawl import Page
from tests.support.hostile_and_secret_words import ATTACKS
from tests.support.small_atlas import SmallAtlas, make_atlas

HUAWEI, BANK = canonical_id("secret_map:huawei"), canonical_id("open_register:bank")
ATTACK = canonical_id("open_register:attack")


def row(page: str, name: str) -> list[str]:
    """Return the cells of a row as text."""
    match = re.search(
        rf'<tr[^>]*><th scope="row">(?:<span[^>]*>[^<]*</span> |<a [^>]*>)?{name}(?:</a>)?</th>(.*?)</tr>', page, re.DOTALL
    )
    assert match, name
    return [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", match[1], re.DOTALL)]


def test_countries(client: Client) -> None:
    page = client.get("/compare?country=KE&country=LA&country=FR").text
    assert "<h1>Kenya, Laos and France</h1>" in page
    assert "Projects on record: Kenya 3, Laos 2, France 0." in page, "no system of theirs counts: Kenya's only one is cancelled"
    assert row(page, "Projects") == ["3", "2", "0"]
    assert row(page, "Restrictions") == ["1", "0", "0"]
    assert row(page, "Cables") == ["1", "0", "0"], "a layer that only other countries have is counted too"
    assert row(page, "Assessments")[1:] == ["none recorded", "none recorded"]
    assert "64" in row(page, "Freedom on the Net")[0] and "(2024)" in row(page, "Freedom on the Net")[0]
    assert 'href="/explorer?country=KE"' in page
    common = client.get("/compare?country=KE&country=LA").text.partition('id="common"')[2]
    assert "Huawei" in common.partition("<h2")[0] and "Ltd." not in common.partition("<h2")[0], "one full stop at the end"
    assert "Test Sea Cable" in client.get("/compare?country=KE&country=PK").text.partition('id="common"')[2]


def test_the_last_value_of_a_series_is_shown_however_many_there_are(atlas: SmallAtlas, tmp_path: Path) -> None:
    last = canonical_id("open_projects:indicator/ke/2")
    path = tmp_path / "serve.sqlite"
    shutil.copy(prepare(ServeSettings(atlas.workspace, atlas.release)).database, path)
    older = [f"ovt-{number:012}" for number in range(600)]  # these ids come before `last`
    with closing(sqlite3.connect(path)) as target, target:
        target.executemany("INSERT INTO links VALUES ('KE', 'indicator', 'country', ?)", [(record,) for record in older])
        target.executemany("INSERT INTO indicators VALUES ('freedom-on-the-net', 'KE', ?, ?, '1', NULL)", enumerate(older, 1400))
        columns = "type, label, label_lang, label_zh, sources, independent_sources, members, reuse, phase"
        copied = f"INSERT INTO records SELECT ?, {columns} FROM records WHERE id = ?"
        target.executemany(copied, [(record, last) for record in older])
    database = Database(path)
    with database.lease() as reader:
        assert comparison.latest_values(reader, "KE")["freedom-on-the-net"].id == last
        assert comparison.latest_values(reader, "FR") == {}
    database.close()


def test_a_cut_list_of_common_rows_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    countries = "/compare?country=KE&country=LA"
    companies = f"/compare?company={HUAWEI}&company={BANK}"
    for path in (countries, companies):
        assert "and more" not in client.get(path).text
    monkeypatch.setattr(comparison, "MAX_SHARED_ROWS", dict.fromkeys(comparison.MAX_SHARED_ROWS, 1))
    assert client.get(countries).text.count(", and more.") == 1
    assert client.get(companies).text.count(", and more.") == 2, "of countries and of projects"


def test_companies(client: Client) -> None:
    page = client.get(f"/compare?company={HUAWEI}&company={BANK}").text
    assert row(page, "as Supplier") == ["2", "1"]
    assert row(page, "Official lists") == ["1", "0"]
    assert row(page, "Money it promised")[0] == "–" and "$100 m" in row(page, "Money it promised")[1]
    assert "Denied data centre" in page.partition('id="common"')[2]
    merged = client.get(f"/compare?company={canonical_id('open_register:huawei')}&company={BANK}").text
    assert f'href="/organization/{HUAWEI}"' in merged, "an id that was merged stands for what it is now"


def test_fewer_than_two_is_a_form(client: Client) -> None:
    assert "Choose two to four countries" in client.get("/compare").text
    assert "Choose at least one more" in client.get("/compare?country=KE&country=").text
    assert (
        "Choose at least one more" in client.get(f"/compare?company={HUAWEI}&company={canonical_id('open_register:huawei')}").text
    )


@pytest.mark.parametrize(
    "query",
    [
        "country=KE&country=LA&country=FR&country=US&country=PK",
        "country=KE&company=" + HUAWEI,
        "country=QQ",
        "company=ovt-aaaaaaaaaaaa",
        "company=" + canonical_id("open_projects:cable"),
        "company=<script>",
    ],
)
def test_invalid_comparisons_are_refused(client: Client, query: str) -> None:
    assert client.get(f"/compare?{query}").status_code == 400


def test_hostile_names_are_text(client: Client) -> None:
    page = Page("/compare", client.get(f"/compare?company={ATTACK}&company={HUAWEI}").text)
    assert not {"img", "style", "textarea"} & set(page.tags) and page.tags.count("script") <= 2
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert any(attack in page.text for attack in ATTACKS)


def test_public_comparisons_cover_the_public_edition(public_client: Client) -> None:
    assert public_client.get(f"/compare?company={HUAWEI}").status_code == 400
    assert row(public_client.get("/compare?country=KE&country=DE").text, "Projects")[1] == "0"


@pytest.mark.ci
def test_an_empty_atlas_and_one_of_one_project(tmp_path: Path) -> None:
    everything = frozenset({"secret_map", "open_register", "open_projects", "other_projects", "editorial"})
    for name, without in (("none", everything), ("one", everything - {"other_projects"})):
        workspace, release = make_atlas(tmp_path / name, without=without)
        client = Client(create_app(ServeSettings(workspace, release)))
        for path in (
            "/compare",
            "/compare?country=KE&country=FR",
            f"/release/{release}",
            "/figures",
            "/figure/test-projects",
            "/releases",
        ):
            for base in ("", "/zh"):
                assert client.get(base + path).status_code == 200, (name, path)
        for path in (
            "/figure/test-projects/embed",
            "/figure/test-projects/embed.svg",
            f"/release/{release}.bib",
            f"/release/{release}.jsonld",
        ):
            assert client.get(path).status_code == 200, (name, path)
        if name == "none":
            assert "Nothing is recorded in this edition that could be compared" in client.get("/compare").text
            assert "(n.d.)" in client.get(f"/release/{release}").text
        else:
            nairobi = canonical_id("other_projects:safe-city-nairobi")
            assert "Safe City Nairobi" in client.get(f"/project/{nairobi}").text
            assert row(client.get("/compare?country=KE&country=FR").text, "Projects") == ["1", "0"]
