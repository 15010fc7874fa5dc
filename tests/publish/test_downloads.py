"""Tables to take along: every row says whose it is, what may be done with it, and where its page is."""

import csv
import io

import pytest

from overt.publish.read import projects
from overt.publish.read.database import Reader
from overt.publish.read.filters import ProjectFilter
from tests.publish.client import Client

OWED = ("sources", "licences", "attribution", "reuse", "page")
ORDER = ("open", "share-alike", "non-commercial", "private")


def rows(client: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("path", ["/projects.csv", "/figure/test-projects.csv", "/figure/test-money.csv"])
def test_every_row_names_its_sources(client: Client, path: str) -> None:
    held = rows(client, path)
    assert held
    for row in held:
        assert all(row[name] for name in OWED), row
        several = [row[name].split("; ") for name in ("sources", "licences", "attribution")]
        assert len({len(part) for part in several}) == 1, row
        assert row["reuse"] in ORDER


def test_the_strictest_reuse_is_told(client: Client) -> None:
    held = {row["id"]: row for row in rows(client, "/projects.csv")}
    secret = [row for row in held.values() if "Source: secret_map" in row["attribution"]]
    assert secret
    assert {row["reuse"] for row in secret} == {"private"}
    assert all("All rights reserved" in row["licences"] for row in secret)
    assert "open" in {row["reuse"] for row in held.values()}


def test_sources_are_titles_and_not_a_count(client: Client, reader: Reader) -> None:
    """Those of the row's organisations, too: two sources may tell of one project."""
    counted = {row["id"]: row["sources"] for row in projects.page(reader, ProjectFilter(), size=1_000)}
    for row in rows(client, "/projects.csv"):
        assert len(row["sources"].split("; ")) >= counted[row["id"]] >= 1
        assert not row["sources"].isdecimal()
    assert 2 in counted.values(), "else this shows little"


def test_pages_have_full_addresses(client: Client) -> None:
    for path in ("/projects.csv", "/figure/test-projects.csv"):
        row = rows(client, path)[0]
        assert row["page"].startswith("http://")
        identity = row.get("id") or row["unit_id"]
        assert row["page"].endswith(f"/project/{identity}")
        assert client.get("/" + row["page"].split("/", 3)[3]).status_code == 200


def test_a_promise_leads_to_its_project(client: Client) -> None:
    for row in rows(client, "/figure/test-money.csv"):
        assert "/project/" in row["page"]
        assert row["unit_id"] not in row["page"]


def test_nothing_of_what_is_left_out(outside: Client) -> None:
    for path in ("/projects.csv", "/figure/test-projects.csv", "/figure/test-money.csv"):
        held = rows(outside, path)
        assert {row["reuse"] for row in held} == {"open"}
        assert not [row for row in held if "secret" in row["attribution"].lower()]


def test_a_variant_that_is_not_known_takes_no_row(client: Client) -> None:
    assert "not known: no row tells it" in client.get("/figure/test-projects").text
    assert {row["variants"] for row in rows(client, "/figure/test-projects.csv")} == {"", "kenya"}


def test_a_note_stands_beside_the_download(client: Client) -> None:
    for path in ("/", "/figure/test-projects"):
        assert "names its sources, their licences and whom to credit" in client.get(path).text
