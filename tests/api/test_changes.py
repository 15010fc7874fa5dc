"""Changes since a release: the API returns what `overt diff` prints, except for records that the served edition lacks."""

import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from overt.index.editions.filtered_project_subset import Subset
from overt.server.app import ServeSettings, create_app
from tests.support.atom_namespace import ATOM
from tests.support.client import Client
from tests.support.command_built_atlas import BY, Atlas, Statement, make_statements, own_id
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas import SmallAtlas

_ID = re.compile("ovt-[a-z2-7]{12}")


def changes(client: Client, since: str, limit: int = 1_000) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Follow the `Link` headers; return all changes since a release, and the JSON of the first page."""
    items: list[dict[str, Any]] = []
    address = "/api/v1/changes"
    params: dict[str, str] | None = {"since": since, "limit": str(limit)}
    first: dict[str, Any] = {}
    while True:
        response = client.get(address, params=params)
        assert response.status_code == 200, response.text
        page = response.json()
        assert len(page["items"]) <= limit
        first = first or page
        items += page["items"]
        if page["next"] is None:
            assert page["total"] == len(items)
            return items, first
        address, params = response.headers["link"].partition(">")[0].removeprefix("<http://127.0.0.1"), None


def ids(items: Iterable[dict[str, Any]]) -> set[str]:
    return {item["id"] for item in items}


def agree(atlas: Atlas, old: str, new: str) -> list[dict[str, Any]]:
    """Check that the API and the feed agree with `overt diff`, and return the differences.

    Nothing is withheld, so the public edition must have the same differences. Only the reasons given for differences may vary.
    """
    expected = atlas.diff(old, new)
    inside = Client(create_app(ServeSettings(atlas.workspace, new)))
    differences, first = changes(inside, old)
    assert differences == expected["differences"]
    assert {name: first[name] for name in ("counts", "causes", "figures", "names", "names_before", "observations")} == {
        name: expected[name] for name in ("counts", "causes", "figures", "names", "names_before", "observations")
    }
    outside, _ = changes(Client(create_app(ServeSettings(atlas.workspace, new, public=True))), old)
    assert [{**difference, "reason": ""} for difference in outside] == [
        {**difference, "reason": ""} for difference in differences
    ], "all of it may be republished"
    entries = ElementTree.fromstring(atlas.ok("diff", old, new, "--atom").out).findall("a:entry", ATOM)
    summaries = [
        entry.findtext("a:summary", namespaces=ATOM) or ""
        for entry in entries
        if (category := entry.find("a:category", ATOM)) is not None and category.attrib["term"] not in ("figure", "cause")
    ]
    assert {summary.partition(" ")[0] for summary in summaries} == ids(differences)
    return differences


def chain(snapshot: dict[str, str]) -> list[Statement]:
    """Return statements about a project, an organisation, and the organisation's role in the project."""
    rows = make_statements("project", "p", name=snapshot["project"]) + make_statements(
        "organization", "o", name=snapshot["company"]
    )
    return rows + make_statements("role", "r", project="alpha:p", organization="alpha:o", role=snapshot["role"])


_SNAPSHOT = st.fixed_dictionaries(
    {
        "project": st.sampled_from(["Safe City", "平安城市"]),
        "company": st.sampled_from(["ZTE", "Zhongxing"]),
        "role": st.sampled_from(["supplier", "owner"]),
    }
)
_ACT = st.one_of(
    st.tuples(st.just("fetch"), _SNAPSHOT),
    st.tuples(st.sampled_from(["same", "different"]), st.sampled_from("po")),
    st.tuples(st.just("retract"), st.sampled_from(["alpha:p", "beta:o"])),
)
_FIRST = {"project": "Safe City", "company": "ZTE", "role": "supplier"}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, str]:
    atlas = Atlas(tmp_path_factory.mktemp("first"))
    atlas.figure("projects", "SELECT id AS unit_id FROM projects")
    atlas.fetch("alpha", chain(_FIRST))
    atlas.fetch(
        "beta", make_statements("organization", "o", name="Zhongxing Tongxun") + make_statements("project", "p", name="Safe Town")
    )
    return atlas, atlas.build()


def play(started: tuple[Atlas, str], acts: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder:
        atlas = started[0].copy_to(Path(folder))
        for day, act in enumerate(acts, 2):
            match act:
                case ("fetch", snapshot):
                    atlas.fetch("alpha", chain(snapshot), f"2026-01-{day:02}")
                case ("retract", target):
                    atlas.overt("retract", target, *BY)
                case (verdict, key):
                    atlas.overt("judge", verdict, f"alpha:{key}", f"beta:{key}", *BY)
        agree(atlas, started[1], atlas.build())


_ROUGH = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.mark.slow
@settings(max_examples=2, deadline=None, suppress_health_check=_ROUGH, phases=[Phase.generate], derandomize=True, database=None)
@given(st.lists(_ACT, min_size=2, max_size=4))
def test_the_api_the_command_and_the_feed_agree(started: tuple[Atlas, str], acts: list[tuple[Any, ...]]) -> None:
    play(started, acts)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=_ROUGH, database=None)
@given(st.lists(_ACT, min_size=1, max_size=5))
def test_the_api_and_the_command_agree_on_random_histories(started: tuple[Atlas, str], acts: list[tuple[Any, ...]]) -> None:
    play(started, acts)


@pytest.mark.slow
def test_record_with_only_a_changed_relation_is_listed(started: tuple[Atlas, str], tmp_path: Path) -> None:
    atlas = started[0].copy_to(tmp_path)
    atlas.fetch("gamma", make_statements("role", "r", project="beta:p", organization="beta:o", role="supplier"))
    old = atlas.build()
    atlas.judge("same", "alpha:o", "beta:o")
    atlas.fetch("alpha", chain({**_FIRST, "project": "Safe City 2"}), "2026-02-01")
    differences = agree(atlas, old, atlas.build())
    [role] = [difference for difference in differences if difference["type"] == "role"]
    assert (role["id"], role["property"]) == (own_id("gamma:r"), "organization")
    assert (role["gone"], role["come"]) == ([own_id("beta:o")], [own_id("alpha:o")]), "both sides are told"
    [named] = [difference for difference in differences if difference["id"] == own_id("alpha:p")]
    assert (named["gone"], named["come"]) == (["Safe City"], ["Safe City 2"])


@pytest.mark.ci
def test_changes_are_paginated_and_stored_ids_find_them(public_two_releases_client: Client, two_releases: SmallAtlas) -> None:
    newest, oldest = (release["id"] for release in public_two_releases_client.get("/api/v1/releases").json())
    differences, first = changes(public_two_releases_client, oldest)
    assert changes(public_two_releases_client, oldest, 3)[0] == differences
    assert (first["release"], first["since"]) == (newest, oldest)
    assert sum(first["counts"].values()) == len(differences) and first["counts"]["added"]
    assert "source added" in {cause["what"] for cause in first["causes"]}
    full_release = oldest.partition("+")[0]
    for since in (oldest.replace("+", "%2B"), oldest.replace("+", "%20"), oldest, full_release):
        assert public_two_releases_client.get(f"/api/v1/changes?since={since}&limit=1").json()["items"] == differences[:1], since
    assert public_two_releases_client.get("/api/v1/changes", params={"since": newest}).json()["items"] == []
    assert public_two_releases_client.get("/api/v1/changes").status_code == 400
    following = public_two_releases_client.get("/api/v1/changes", params={"since": oldest, "limit": 1}).json()["next"]
    wrong = public_two_releases_client.get("/api/v1/changes", params={"since": newest, "cursor": following})
    assert (wrong.status_code, wrong.json()["detail"][:7]) == (400, "cursor:"), "a page of another comparison"


def test_missing_release_is_refused_with_a_list_of_stored_releases(
    public_two_releases_client: Client, two_releases: SmallAtlas
) -> None:
    ids_kept = [release["id"] for release in public_two_releases_client.get("/api/v1/releases").json()]
    for since in (
        "nope",
        f"{ids_kept[1]}-x",
        f"{ids_kept[1]}+country-KE",
        ids_kept[1].replace("+open", "+none"),
        "2020-01-01-00000000+open",
    ):
        response = public_two_releases_client.get("/api/v1/changes", params={"since": since})
        assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json"), since
        assert response.json()["detail"] == f"since: no release {since!r} is kept here; there are {', '.join(ids_kept)}."
    inside = Client(create_app(ServeSettings(two_releases.workspace, two_releases.release)))
    assert inside.get("/api/v1/changes", params={"since": ids_kept[1]}).status_code == 404, "an edition for others"


@pytest.mark.slow
def test_changes_exclude_what_the_edition_lacks(public_two_releases_client: Client, two_releases: SmallAtlas) -> None:
    _, oldest = (release["id"] for release in public_two_releases_client.get("/api/v1/releases").json())
    first = oldest.partition("+")[0]
    private, page = changes(Client(create_app(ServeSettings(two_releases.workspace, two_releases.release))), first)
    assert any(mark in str((private, page)) for mark in SECRETS), "else the test would prove nothing"
    public = changes(public_two_releases_client, first)
    assert not [mark for mark in (*SECRETS, "An Editor") if mark in str(public)]
    subset = Subset((("kind", ("fixed-network",)),))
    part = Client(create_app(ServeSettings(two_releases.workspace, two_releases.release, public=True, subset=subset)))
    some, page = changes(part, first)
    ids_in_part = {difference["id"] for difference in part.get("/api/v1/records", params={"limit": 1_000}).json()["items"]}
    gone = {difference["id"] for difference in some if difference["what"] in ("removed", "merged")}
    assert some and ids(some) - gone <= ids_in_part, "nothing of what is not in the part"
    assert len(some) < len(public[0])
    assert not [mark for mark in (*SECRETS, "An Editor") if mark in str((some, page))]
