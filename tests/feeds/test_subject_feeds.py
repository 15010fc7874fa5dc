"""Feeds about a country, an organisation, a kind, a figure and an answer agree with `overt diff --about`."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from overt.index.serve_settings import ServeSettings
from overt.server.app import create_app
from tests.support.atom_namespace import ATOM
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, Statement, make_statements, own_id
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas import SmallAtlas

_KEYS = ("what", "id", "type", "property", "before", "after", "gone", "come", "source")
_HUAWEI, _ZTE = own_id("alpha:h"), own_id("alpha:z")


def rows_of(supplier: str, status: str, *more: Statement) -> list[Statement]:
    """Return statements about a project in Kenya with supplier and place, one in Zambia with a supplier, and then `more`."""
    return [
        *make_statements("organization", "h", name="Huawei"),
        *make_statements("organization", "z", name="ZTE", country="CN"),
        *make_statements("project", "p", name="Safe City", country="KE", kind="video-surveillance", status=status),
        *make_statements("project", "q", name="Ring road cable", country="ZM", kind="submarine-cable"),
        *make_statements("role", "r", project="alpha:p", organization=f"alpha:{supplier}", role="supplier"),
        *make_statements("role", "s", project="alpha:q", organization="alpha:z", role="supplier"),
        *make_statements("place", "l", project="alpha:p", name="Nairobi" if supplier == "h" else "Mombasa", country="KE"),
        *more,
    ]


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, list[str]]:
    """An atlas and its three releases, oldest first. Nothing changed in Kenya between the second and the third."""
    made = Atlas(tmp_path_factory.mktemp("feeds"))
    made.figure("projects", "SELECT id AS unit_id FROM projects")
    made.figure("organizations", "SELECT id AS unit_id FROM organizations")
    releases = []
    money = make_statements("commitment", "c", project="alpha:p", amount=("1000000", "USD"))
    road = make_statements("project", "t", name="Lusaka cameras", country="ZM", kind="facial-recognition")
    for day, rows in (
        ("2026-01-01", rows_of("h", "agreed")),
        ("2026-02-01", rows_of("z", "operational", *money)),
        ("2026-03-01", rows_of("z", "operational", *money, *road)),
    ):
        made.fetch("alpha", rows, day)
        releases.append(made.build())
    return made, releases


@pytest.fixture(scope="module")
def client_of_three(atlas: tuple[Atlas, list[str]]) -> Client:
    return Client(create_app(ServeSettings(atlas[0].workspace, atlas[1][-1])))


def items(client: Client, folder: str) -> list[dict[str, Any]]:
    response = client.get(f"{folder}/changes.json")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/feed+json"), response.text
    listed: list[dict[str, Any]] = response.json()["items"]
    return listed


def changes_in(feed: Sequence[dict[str, Any]], release: str) -> list[tuple[Any, ...]]:
    """Return the differences in a feed's entries about one release, each as its values of `_KEYS`, sorted."""
    rows = [change for item in feed if item["_overt"]["release"] == release for change in item["_overt"]["changes"]]
    return sorted((tuple(row[key] for key in _KEYS) for row in rows), key=str)


@pytest.mark.slow(after=3)
@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("/country/KE", ["KE"]),
        ("/country/ZM", ["Zambia"]),
        ("/country/CN", ["CN"]),
        ("/country/FR", ["France"]),
        (f"/organization/{_HUAWEI}", ["huawei"]),
        (f"/organization/{_ZTE}", [_ZTE]),
        (f"/organization/{_ZTE}/in/KE", ["zte", "KE"]),
        (f"/organization/{_ZTE}/in/ZM", ["zte", "ZM"]),
        ("/kind/video-surveillance", ["video-surveillance"]),
        ("/kind/facial-recognition", ["facial-recognition"]),
    ],
)
def test_entries_are_the_differences_that_the_command_prints(
    atlas: tuple[Atlas, list[str]], client_of_three: Client, folder: str, names: list[str]
) -> None:
    feed = items(client_of_three, folder)
    made, releases = atlas
    about = [word for name in names for word in ("--about", name)]
    for old, new in pairwise(releases):
        printed = made.diff(old, new, *about)
        expected = sorted((tuple(row[key] for key in _KEYS) for row in printed["differences"]), key=str)
        assert changes_in(feed, new) == expected, (old, new)
    assert bool(feed) == (folder not in ("/country/FR", "/country/CN", f"/organization/{_ZTE}/in/ZM"))


def test_subjects_reach_parts_of_projects_and_nothing_else(atlas: tuple[Atlas, list[str]], client_of_three: Client) -> None:
    _, (_, second, third) = atlas

    def ids(folder: str, release: str) -> set[str]:
        return {str(row[1]) for row in changes_in(items(client_of_three, folder), release)}

    in_kenya = {own_id(f"alpha:{key}") for key in ("p", "r", "l", "c")}
    assert ids("/country/KE", second) == in_kenya
    assert ids(f"/organization/{_HUAWEI}", second) == in_kenya, "the project of which it was the supplier until then"
    assert ids(f"/organization/{_ZTE}/in/KE", second) == in_kenya
    assert ids("/kind/video-surveillance", second) == in_kenya
    assert ids("/country/ZM", second) == ids("/country/KE", third) == ids(f"/organization/{_ZTE}/in/ZM", third) == set()
    assert ids("/country/ZM", third) == ids("/kind/facial-recognition", third) == {own_id("alpha:t")}
    assert own_id("alpha:t") in ids("/kind/surveillance", third), "a broader kind has what changed in the narrower"


def test_sentences_are_plain_in_both_languages(client_of_three: Client) -> None:
    titles = {item["title"]: item for item in items(client_of_three, "/country/KE")}
    assert "Safe City: status changed from “Agreed” to “Operational”" in titles
    assert "Role of ZTE, Safe City: organisation changed from “Huawei” to “ZTE”" in titles
    [money] = [item for title, item in titles.items() if title.startswith("New commitment: Safe City")]
    assert "$1,000,000" in money["title"] and money["content_text"].startswith(f"{money['title']}.\n")
    assert "Reason: a newer snapshot of Alpha." in money["content_text"]
    chinese = " ".join(item["title"] for item in items(client_of_three, "/zh/country/KE"))
    assert "状态" in chinese and "changed" not in chinese and "New " not in chinese


def test_figures_have_their_values_before_and_after(atlas: tuple[Atlas, list[str]], client_of_three: Client) -> None:
    made, (_, second, third) = atlas
    [item] = items(client_of_three, "/figure/projects")
    [difference] = made.diff(second, third, "--about", "projects")["figures"]
    [change] = item["_overt"]["changes"]
    assert item["_overt"]["release"] == third
    assert (float(change["before"]), float(change["after"])) == (difference["before"], difference["after"]) == (2, 3)
    assert item["title"].endswith(": 3, before 2")
    assert made.diff(second, third, "--about", "organizations")["figures"] == []
    assert items(client_of_three, "/figure/organizations") == []


@pytest.mark.slow
def test_feeds_are_valid_and_stable_over_restarts(atlas: tuple[Atlas, list[str]], client_of_three: Client) -> None:
    made, releases = atlas
    restarted = Client(create_app(ServeSettings(made.workspace, releases[-1])))
    for folder in ("/country/KE", "/country/FR", "/zh/country/KE", "/figure/projects", f"/organization/{_ZTE}/in/KE"):
        text = client_of_three.get(f"{folder}/changes.atom").text
        assert text == restarted.get(f"{folder}/changes.atom").text
        root = ElementTree.fromstring(text)
        entries = root.findall("a:entry", ATOM)
        data = client_of_three.get(f"{folder}/changes.json").json()
        for element in (root, *entries):
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext("a:id", namespaces=ATOM) or "")
            assert re.fullmatch(r"2026-0[123]-01T00:00:00Z", element.findtext("a:updated", namespaces=ATOM) or "")
            assert element.findtext("a:title", namespaces=ATOM)
        assert root.findtext("a:author/a:name", namespaces=ATOM)
        assert root.find("a:link[@rel='self']", ATOM).attrib["href"] == f"http://127.0.0.1{folder}/changes.atom"  # type: ignore[union-attr]
        ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
        assert ids == [item["id"] for item in data["items"]] and len(set(ids)) == len(ids)
        for item in data["items"]:
            assert client_of_three.get(item["url"].removeprefix("http://127.0.0.1")).status_code == 200
    of_kenya = {item["id"]: item for item in items(client_of_three, "/country/KE")}
    of_zte = {item["id"]: item for item in items(client_of_three, f"/organization/{_ZTE}")}
    assert of_kenya.keys() & of_zte.keys(), "one entry has one id in every feed"
    assert all(of_kenya[key] == of_zte[key] for key in of_kenya.keys() & of_zte.keys())
    older = Client(create_app(ServeSettings(made.workspace, releases[1])))
    assert {item["id"] for item in items(older, "/country/KE")} == set(of_kenya), "entries keep their ids in the next release"


def test_empty_feeds_say_since_when(atlas: tuple[Atlas, list[str]], client_of_three: Client) -> None:
    made, releases = atlas
    feed = client_of_three.get("/country/FR/changes.json").json()
    assert feed["items"] == []
    assert feed["description"] == f"Nothing changed since edition {releases[0]} of 1 January 2026."
    first = Client(create_app(ServeSettings(made.workspace, releases[0]))).get("/country/KE/changes.json").json()
    assert (first["items"], first["description"]) == (
        [],
        "This is the first edition here. The next one will be compared with it.",
    )


def test_pages_link_to_their_feeds(client_of_three: Client) -> None:
    for page, folder in (
        ("/country/KE", "/country/KE"),
        (f"/organization/{_ZTE}", f"/organization/{_ZTE}"),
        (f"/organization/{_ZTE}/in/KE", f"/organization/{_ZTE}/in/KE"),
        ("/figure/projects", "/figure/projects"),
        ("/explorer?kind=video-surveillance", "/kind/video-surveillance"),
        ("/zh/country/KE", "/zh/country/KE"),
    ):
        text = client_of_three.get(page).text
        for form, media_type in (("atom", "atom+xml"), ("json", "feed+json")):
            assert f'<a href="{folder}/changes.{form}">' in text, page
            assert re.search(
                f'<link rel="alternate" type="application/{re.escape(media_type)}"[^>]* href="{folder}/changes.{form}">', text
            )
    assert "/kind/" not in client_of_three.get("/explorer?kind=video-surveillance&country=KE").text
    assert 'href="/kind/video-surveillance/changes.atom"' in client_of_three.get("/releases").text


def test_unknown_subjects_and_dates_are_refused(client_of_three: Client) -> None:
    for path in (
        "/country/XX",
        f"/organization/{own_id('alpha:p')}",
        f"/organization/{_ZTE}/in/XX",
        "/kind/none",
        "/figure/no",
    ):
        assert client_of_three.get(f"{path}/changes.atom").status_code == 404, path
    refused = client_of_three.get("/country/KE/changes.atom?as_of=2018")
    assert (refused.status_code, "as_of" in refused.text) == (400, True)


def test_feeds_for_others_have_nothing_private(public_two_releases_client: Client, two_releases: SmallAtlas) -> None:
    private = Client(create_app(ServeSettings(two_releases.workspace, two_releases.release)))
    for country in ("KE", "LA", "RS", "RU"):
        public_feed = public_two_releases_client.get(f"/country/{country}/changes.atom").text
        assert not [mark for mark in SECRETS if mark in public_feed]
    assert private.get("/country/KE/changes.json").json()["items"]


def test_the_command_refuses_what_it_cannot_compare(atlas: tuple[Atlas, list[str]]) -> None:
    made, (first, second, _) = atlas
    for words, message in (
        (["--about", "nowhere"], "overt: --about nowhere: "),
        (["--about", "Safe City"], "overt: --about Safe City: is a record of type project; choose a country"),
        (["--about", "projects", "--about", "KE"], "overt: --about projects: is a figure"),
        (["--about", "KE", "--observations"], "overt: --observations lists measurements by domain"),
    ):
        outcome = made.overt("diff", first, second, *words)
        assert outcome.code == 2 and outcome.errors and outcome.errors[0].startswith(message), outcome
    assert "about KE" in made.ok("diff", first, second, "--about", "KE").out.splitlines()[0]


@pytest.mark.slow
def test_a_removed_organisation_can_still_be_named(tmp_path: Path) -> None:
    made = Atlas(tmp_path)
    made.fetch("alpha", rows_of("h", "agreed"))
    old = made.build()
    made.fetch("alpha", [row for row in rows_of("z", "agreed") if row.key != "h"], "2026-02-01")
    new = made.build()
    removed = made.diff(old, new, "--about", "huawei")["differences"]
    assert _HUAWEI in {row["id"] for row in removed if row["what"] == "removed"}
