"""Feeds and search after editors took back one project and withheld another, both new in an earlier release."""

import pytest

from overt.index.serve_settings import ServeSettings
from overt.server.app import create_app
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, make_statements, own_id

pytestmark = pytest.mark.slow

WHY = ("--who", "An editor", "--why", "The contract names another city")
ALDER, BIRCH, UNIT, VENDOR = (own_id(f"alpha:{key}") for key in ("alder", "birch", "unit", "vendor"))


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> tuple[Client, Client]:
    """Servers of two releases: one in which both projects are new, and the next, which lacks them."""
    atlas = Atlas(tmp_path_factory.mktemp("corrected"))
    camera = {"kind": "video-surveillance", "country": "KE"}
    first = [
        *make_statements("organization", "vendor", name="Quillwater Optics", country="CN"),
        *make_statements("project", "cedar", name="Cedar cameras", **camera),
        *make_statements("role", "r1", project="alpha:cedar", organization="alpha:vendor", role="supplier"),
    ]
    new = [
        *make_statements("project", "alder", name="Alder cameras", **camera),
        *make_statements("project", "birch", name="Birch cameras", **camera),
        *make_statements("organization", "unit", name="Birchwood Police Unit", country="KE"),
        *make_statements("role", "r2", project="alpha:birch", organization="alpha:vendor", role="supplier"),
        *make_statements("role", "r3", project="alpha:birch", organization="alpha:unit", role="customer"),
    ]
    atlas.fetch("alpha", first, "2026-01-01")
    atlas.build()
    atlas.fetch("alpha", [*first, *new], "2026-02-01")
    announced = atlas.build()
    atlas.ok("correct", "Alder cameras", *WHY)
    atlas.ok("withhold", "Birch cameras", *WHY)
    corrected = atlas.ok("release").out.strip()
    before, after = (ServeSettings(atlas.workspace, release, public=True) for release in (announced, corrected))
    # The older release is served without what the newest one withholds, so Birch cameras are in no feed.
    return Client(create_app(before)), Client(create_app(after))


@pytest.mark.parametrize("folder", ["/country/KE", "/kind/video-surveillance"])
def test_what_was_taken_back_is_no_longer_announced(clients: tuple[Client, Client], folder: str) -> None:
    before, after = ({item["title"]: item for item in client.get(f"{folder}/changes.json").json()["items"]} for client in clients)
    assert [title for title in before if title.startswith("New project: Alder cameras")]
    assert [title for title in after if "Alder cameras" in title] == ["No longer recorded: Alder cameras"]
    item = after["No longer recorded: Alder cameras"]
    assert item["url"] == "http://127.0.0.1/corrections" and "Reason: " in item["content_text"]
    page = clients[1].get("/corrections")
    assert page.status_code == 200 and ALDER in page.text
    assert not [title for title in (*before, *after) if "Birch" in title]


def test_a_party_that_only_a_withheld_project_names_is_nowhere(clients: tuple[Client, Client]) -> None:
    for client in clients:
        assert client.get("/api/v1/search?q=birchwood").json()["results"] == []
        assert client.get("/api/v1/search?q=quillwater").json()["results"][0]["id"] == VENDOR, "another project names it"
        assert "Birchwood" not in client.get("/organizations").text
    assert clients[1].get(f"/organization/{UNIT}").status_code == clients[1].get(f"/project/{BIRCH}").status_code == 410
