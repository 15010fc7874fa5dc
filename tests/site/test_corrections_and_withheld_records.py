"""Corrections, replies and withheld records: on pages, in the API, in exports and in the output of commands."""

import re
from pathlib import Path

import orjson
import pytest

from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from tests.cli.test_correct_and_withhold import LINKED, PROJECT, VENDOR, WHY, statements
from tests.support.client import Client
from tests.support.command_built_atlas import DOCUMENT, Atlas, own_id
from tests.support.release_table_rows_and_file_hashes import read_table

REASON = WHY[-1]
SECRETS = ("Alderton cameras", "alpha:cameras", "It sold nothing.", "Alderton buys cameras")


class Made:
    """An atlas with two releases. The second has two corrections, a reply and a withheld project."""

    def __init__(self, folder: Path) -> None:
        atlas = self.atlas = Atlas(folder)
        settings = atlas.root / "overt.toml"
        text = settings.read_text(encoding="utf-8").replace('address = ""', 'address = "https://atlas.example"')
        settings.write_text(text.replace('corrections = ""', 'corrections = "corrections@atlas.example"'), encoding="utf-8")
        atlas.workspace = Workspace.open(atlas.root)
        atlas.figure("all-projects", "SELECT id AS unit_id FROM projects", any_of=["alpha"], unit="projects")
        atlas.fetch("alpha", statements())
        self.old = atlas.build()
        atlas.ok("correct", "Birch towers", "name", "Birch masts", *DOCUMENT, *WHY)
        atlas.ok("correct", own_id("alpha:r2"), "organization", "City of Alderton", *DOCUMENT, *WHY)
        for name, value in (("about", LINKED), ("by", VENDOR), ("kind", "reply"), ("note", "We only sold masts.")):
            atlas.claim("editorial:reply-1", "statement", name, value)
        atlas.ok("withhold", "Alderton cameras", *WHY)
        self.new = atlas.ok("release").out.strip()

    def client(self, *, public: bool = False) -> Client:
        return Client(create_app(ServeSettings(Workspace.open(self.atlas.root), public=public)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("corrections"))


@pytest.fixture(scope="module")
def client(made: Made) -> Client:
    return made.client(public=True)


def test_the_page_says_how_to_ask_and_lists_what_was_corrected(client: Client) -> None:
    page = client.get("/corrections").text
    assert 'href="mailto:corrections@atlas.example?subject=Correction"' in page
    for words in (
        "Which value is wrong:",
        "What is right:",
        "Private persons",
        "1 record is withheld from this edition, with 5 of its parts",
    ):
        assert words in page
    assert "Birch towers</bdi></s> → <bdi" in page and "Birch masts" in page and REASON in page
    assert f'/organization/{own_id("alpha:city")}"' in page, "a corrected organisation is linked"
    assert "We only sold masts." in page and f'/record/{own_id("editorial:reply-1")}"' in page
    assert f'/record/{PROJECT}"' in page and "Withheld" in page
    assert not any(secret in page for secret in SECRETS)
    assert "更正" in client.get("/zh/corrections").text
    assert "<loc>https://atlas.example/corrections</loc>" in client.get("/sitemap.xml").text


def test_an_edition_without_an_address_says_so(made: Made) -> None:
    workspace = Workspace.open(made.atlas.root)
    settings = workspace.settings.model_copy(
        update={"site": workspace.settings.site.model_copy(update={"corrections": "", "address": ""})}
    )
    object.__setattr__(workspace, "settings", settings)
    client = Client(create_app(ServeSettings(workspace)))
    pages = [client.get("/corrections").text, client.get(f"/project/{LINKED}").text]
    assert all("This server names no address for corrections" in page for page in pages)
    assert not any("words-to-copy" in page for page in pages), "nobody would receive the words"


@pytest.mark.parametrize("path", [f"/project/{LINKED}", f"/organization/{VENDOR}", f"/record/{own_id('alpha:r2')}"])
def test_pages_of_records_have_words_to_copy_with_their_address(client: Client, path: str) -> None:
    page = client.get(path).text
    assert f"Record (address): https://atlas.example{path}" in page
    assert 'href="/corrections">Corrections</a>' in page, "in the footer"
    assert f"https://atlas.example/zh{path}" in client.get(f"/zh{path}").text


def test_the_page_of_a_claim_has_the_words_too(client: Client) -> None:
    claim = client.get(f"/api/v1/claims?about={LINKED}").json()["items"][0]["claim_id"]
    assert f"Record (address): https://atlas.example/claim/{claim}" in client.get(f"/claim/{claim}").text


@pytest.mark.parametrize("prefix", ["/project", "/record", "/zh/project"])
def test_the_address_of_a_withheld_record_says_since_when_and_why(client: Client, prefix: str) -> None:
    answer = client.get(f"{prefix}/{PROJECT}")
    assert answer.status_code == 410
    assert REASON in answer.text and re.search(r"20\d\d", answer.text)
    assert not any(secret in answer.text for secret in SECRETS)


def test_what_goes_with_a_withheld_record_leads_to_it(client: Client) -> None:
    answer = client.get(f"/record/{own_id('alpha:m')}")
    assert answer.status_code == 410 and f'href="/record/{PROJECT}"' in answer.text


def test_programs_get_the_reason_and_nothing_else(made: Made, client: Client) -> None:
    for path in (
        f"/api/v1/records/{PROJECT}",
        f"/api/v1/claims?about={PROJECT}",
        f"/project/{PROJECT}.jsonld",
        f"/ogc/collections/projects/items/{PROJECT}",
    ):
        answer = client.get(path)
        assert answer.status_code == 410 and REASON in answer.text, path
    answer = client.get("/api/v1/corrections").json()
    assert {row["kind"]: row["id"] for row in answer["items"]}.items() >= {"withheld": PROJECT, "reply": LINKED}.items()
    assert (answer["total"], answer["withheld"], answer["withheld_with_them"]) == (4, 1, 5)
    first = client.get("/api/v1/corrections?limit=3").json()
    rest = client.get(f"/api/v1/corrections?limit=3&cursor={first['next']}").json()
    assert [*first["items"], *rest["items"]] == answer["items"] and rest["next"] is None
    assert client.get("/api/v1/corrections?cursor=nonsense").status_code == 400


@pytest.mark.slow(after=1)
@pytest.mark.parametrize("public", [False, True])
def test_no_answer_names_a_withheld_record(made: Made, public: bool) -> None:
    client = made.client(public=public)
    old = client.get("/api/v1/releases").json()[1]["id"]
    assert old != made.old and old.startswith(f"{made.old}+without-"), "an edition of the older release has its own id"
    for path in (
        "/", "/search?q=Alderton", "/country/KE", "/figures", "/figure/all-projects", f"/organization/{VENDOR}",
        f"/project/{LINKED}", "/releases", f"/release/{made.new}", "/releases.atom", "/api/v1/records", "/api/v1/projects",
        "/api/v1/search?q=Alderton", f"/api/v1/changes?since={old}", f"/api/v1/releases/{old}", f"/api/v1/releases/{old}/figures",
        f"/api/v1/releases/{old}/records/{LINKED}", f"/api/v1/releases/{old}/records/{PROJECT}",
    ):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code in (200, 404), (path, answer.text)
        assert not any(secret in answer.text for secret in SECRETS), path
    assert client.get(f"/api/v1/releases/{made.old}/records/{LINKED}").status_code == 308
    table = made.atlas.root / "names.parquet"
    table.write_bytes(client.get(f"/api/v1/releases/{old}/tables/values.parquet").content)
    values = {row["value"] for row in read_table(table)}
    assert "Birch towers" in values and not values & set(SECRETS)


def test_the_release_lists_its_corrections(made: Made, client: Client) -> None:
    page = client.get(f"/release/{made.new}").text
    assert 'id="corrections"' in page and "Birch masts" in page and REASON in page
    [old] = [row["id"] for row in client.get("/api/v1/releases").json() if not row["served"]]
    kinds = [row["kind"] for row in client.get(f"/api/v1/changes?since={old}").json()["corrections"]]
    assert sorted(kinds) == ["correction", "correction", "reply", "withheld"]


def test_figures_do_not_count_a_withheld_record(client: Client) -> None:
    assert client.get("/api/v1/figures/all-projects").json()["value"] == 1


@pytest.mark.ci
def test_diff_names_the_corrections_and_no_withheld_record(made: Made) -> None:
    text = made.atlas.ok("diff", made.old, made.new).out
    assert f"withheld  {PROJECT}  ({REASON})" in text
    assert f"corrected {LINKED} Birch masts name: Birch towers → Birch masts  ({REASON})" in text
    assert not any(secret in text for secret in SECRETS)
    for words in (("--html",), ("--atom",), ("--json",)):
        out = made.atlas.ok("diff", made.old, made.new, *words).out
        assert REASON in out and not any(secret in out for secret in SECRETS), words


def test_show_and_status_say_that_it_is_withheld(made: Made) -> None:
    for name in (PROJECT, "alpha:cameras", "Alderton cameras"):
        outcome = made.atlas.overt("show", name)
        assert outcome.code == 2 and f"release {made.new} withholds it, since" in outcome.err
        assert f"{REASON}; `overt judge undo 7`" in outcome.err
    assert f"withholds it, with {PROJECT}, since" in made.atlas.overt("show", "alpha:m").err
    assert "withheld: 1 record in dispute" in made.atlas.ok("status").out
    [row] = orjson.loads(made.atlas.ok("status", "--json").out)["withheld"]
    assert row["record"] == "alpha:cameras" and row["why"] == REASON


@pytest.mark.parametrize("form", ["csv", "jsonl", "sqlite", "ftm", "parquet"])
def test_no_export_has_it(made: Made, tmp_path: Path, form: str) -> None:
    made.atlas.ok("export", form, tmp_path / "out")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    data = b"".join(path.read_bytes() for path in files)
    assert b"Birch masts" in data or form in ("sqlite", "parquet")
    assert not any(secret.encode() in data for secret in SECRETS)
    if form == "csv":
        assert REASON in next(path for path in files if path.name == "corrections.csv").read_text(encoding="utf-8")


def test_an_older_release_is_exported_without_it(made: Made, tmp_path: Path) -> None:
    made.atlas.ok("export", "csv", tmp_path / "out", "--release", made.old)
    data = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert b"Birch towers" in data and not any(secret.encode() in data for secret in SECRETS)


@pytest.mark.slow
def test_the_static_edition_has_the_pages(made: Made, tmp_path: Path) -> None:
    made.atlas.ok("publish", tmp_path / "site")
    pages = {path.relative_to(tmp_path / "site").as_posix(): path for path in (tmp_path / "site").rglob("*.html")}
    for address in (f"project/{PROJECT}", f"record/{PROJECT}", f"zh/project/{PROJECT}", f"record/{own_id('alpha:m')}"):
        text = pages[f"{address}/index.html"].read_text(encoding="utf-8")
        assert REASON in text
    assert "Birch masts" in pages["corrections/index.html"].read_text(encoding="utf-8")
    assert (tmp_path / "site" / "api" / "v1" / "corrections.json").is_file()
    for path in (tmp_path / "site").rglob("*"):
        if path.is_file() and path.suffix in (".html", ".json", ".js", ".csv", ".xml", ".jsonld"):
            text = path.read_text(encoding="utf-8")
            assert not any(secret in text for secret in SECRETS), path
