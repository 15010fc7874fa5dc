"""Downloads: every row has its sources, its terms of reuse and the address of its page; and commands for exports."""

import csv
import io
import re
import shlex
from dataclasses import replace
from html import unescape
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from fastapi import FastAPI

from overt.export.format_registry import FORMATS
from overt.export.public_release_reader import PublicRelease
from overt.queries import projects
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.site.explorer import explorer_downloads
from overt.site.figure import figure_row_files
from overt.site.site import Site
from tests.support.client import Client
from tests.support.command_runs import overt
from tests.support.small_atlas import SmallAtlas

OWED = ("source_title", "licence", "attribution", "reuse", "page")
ORDER = ("open", "share-alike", "non-commercial", "private")


def rows(client: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("path", ["/projects.csv", "/figure/test-projects.csv", "/figure/test-money.csv"])
def test_every_row_names_its_sources(client: Client, path: str) -> None:
    found_rows = rows(client, path)
    assert found_rows
    for row in found_rows:
        assert all(row[name] for name in OWED), row
        several = [row[name].split("; ") for name in ("source_title", "licence", "attribution")]
        assert len({len(part) for part in several}) == 1, row
        assert row["reuse"] in ORDER


def test_the_strictest_reuse_is_stated(client: Client) -> None:
    by_id = {row["id"]: row for row in rows(client, "/projects.csv")}
    secret = [row for row in by_id.values() if "Source: secret_map" in row["attribution"]]
    assert secret
    assert {row["reuse"] for row in secret} == {"private"}
    assert all("All rights reserved" in row["licence"] for row in secret)
    assert "open" in {row["reuse"] for row in by_id.values()}


def test_sources_are_titles_and_not_a_count(client: Client, reader: Reader) -> None:
    """A row names every source of its project and, in addition, the sources of the project's roles."""
    counted = {row["id"]: row["sources"] for row in reader.select("SELECT id, sources FROM projects")}
    for row in rows(client, "/projects.csv"):
        assert len(row["source_title"].split("; ")) >= counted[row["id"]] >= 1
        assert not row["source_title"].isdecimal()
    assert 2 in counted.values(), "else this shows little"


def test_pages_have_full_addresses(client: Client) -> None:
    for path in ("/projects.csv", "/figure/test-projects.csv"):
        row = rows(client, path)[0]
        assert row["page"].startswith("http://")
        identity = row.get("id") or row["unit_id"]
        assert row["page"].endswith(f"/project/{identity}")
        assert client.get("/" + row["page"].split("/", 3)[3]).status_code == 200


def test_addresses_are_those_that_the_atlas_configures(site: Site) -> None:
    """The addresses never contain a foreign Host header, because the response may be cached for other readers."""
    there = replace(site, address_of_site="https://atlas.example")
    app = FastAPI()
    for page in (explorer_downloads, figure_row_files):
        app.include_router(page.routes(there))
    stranger = {"headers": {"host": "stranger.example"}}
    for path in ("/projects.csv", "/figure/test-projects.csv", *(["/map.svg"] if site.shapes else [])):
        text = Client(app).get(path, **stranger).text
        assert "https://atlas.example/" in text and "stranger.example" not in text, path


def test_a_download_in_parts_has_every_row_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for query in ("", "?country=KE", "?q=nothing+is+called+so"):
        all_rows = rows(client, f"/projects.csv{query}")
        with monkeypatch.context() as patch:
            patch.setattr("overt.site.explorer.explorer_download_rows._FIRST", 1)
            patch.setattr("overt.site.explorer.explorer_download_rows._BATCH", 1)
            assert rows(client, f"/projects.csv{query}") == all_rows


def test_no_later_part_of_a_download_costs_more(reader: Reader) -> None:
    """Each batch begins after the last project of the previous one, instead of skipping all earlier projects."""
    every = [row.id for row in projects.by_name(reader, ProjectFilter(), size=1_000)]
    assert every == [row.id for row in projects.page(reader, ProjectFilter(), sort="name", descending=False, size=1_000)]
    steps: list[int] = []
    for last in every[:-1]:
        calls: list[None] = []
        reader._connection.set_progress_handler(lambda calls=calls: calls.append(None), 1)  # type: ignore[misc]
        following = projects.by_name(reader, ProjectFilter(), size=1, after=last)
        reader._connection.set_progress_handler(None, 0)
        assert [row.id for row in following] == [every[every.index(last) + 1]]
        steps.append(len(calls))
    assert max(steps) - min(steps) < len(every), "not one step for each row before"


@pytest.mark.parametrize("name", ["test-projects", "test-money"])
def test_a_figure_has_the_same_rows_in_every_form(client: Client, name: str) -> None:
    lines = rows(client, f"/figure/{name}.csv")
    document = client.get(f"/figure/{name}.json").json()
    assert document["name"] == name and document["value"] and document["question"] and document["release"] == lines[0]["release"]
    table = pq.read_table(io.BytesIO(client.get(f"/figure/{name}.parquet").content)).to_pylist()
    assert len(lines) == len(document["rows"]) == len(table)
    for line, item, other in zip(lines, document["rows"], table, strict=True):
        assert list(line) == list(item) == list(other)
        assert line["page"] == item["page"] == other["page"]
        assert (line["counted"] == "yes") is item["counted"] is other["counted"]
        assert float(line["amount"] or 0) == (item["amount"] or 0) == float(other["amount"] or 0)
        assert item["variants"] == other["variants"] and line["variants"] == "; ".join(item["variants"])
        assert [item[group] for group in document["groups"]] == [other[group] for group in document["groups"]]


def test_a_commitment_leads_to_its_project(client: Client) -> None:
    for row in rows(client, "/figure/test-money.csv"):
        assert "/project/" in row["page"]
        assert row["unit_id"] not in row["page"]


def test_downloads_lack_withheld_sources(public_client: Client) -> None:
    for path in ("/projects.csv", "/figure/test-projects.csv", "/figure/test-money.csv"):
        public_rows = rows(public_client, path)
        assert {row["reuse"] for row in public_rows} == {"open"}
        assert not [row for row in public_rows if "secret" in row["attribution"].lower()]


def test_an_unknown_variant_has_no_rows(client: Client) -> None:
    assert "Overt’s files don’t say:" in client.get("/figure/test-projects").text
    assert {row["variants"] for row in rows(client, "/figure/test-projects.csv")} == {"", "kenya"}


def test_a_note_is_beside_the_download(client: Client) -> None:
    for path in ("/explorer", "/figure/test-projects"):
        assert "names its sources, their licences and whom to credit" in client.get(path).text


@pytest.mark.parametrize("language", ["", "/zh"])
def test_the_release_page_has_the_command_of_every_format(
    atlas: SmallAtlas,
    public_client: Client,
    public_release: PublicRelease,
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page shows a command for each format; the one for JSON Lines works as it is shown."""
    page = unescape(public_client.get(f"{language}/release/{public_release.id}").text)
    commands = [shlex.split(command) for command in re.findall(r"<code>overt (export [^<]+)</code>", page)]
    assert [words[1] for words in commands] == list(FORMATS)
    monkeypatch.chdir(tmp_path)
    [words] = [words for words in commands if words[1] == "jsonl"]
    done = overt(*words, "--workspace", atlas.workspace.root)
    assert done.code == 0, done
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["overt.jsonl", "overt.jsonl.report.json"]
