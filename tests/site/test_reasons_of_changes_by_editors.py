"""Reasons on release pages, in feeds and in the API for changes that editors caused by withholding, retracting and undoing."""

import html
import re
from typing import NamedTuple

import pytest

from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.command_built_atlas import BY, Atlas, make_statements, own_id

WITHHELD, OTHER = own_id("alpha:p"), own_id("alpha:q")
SECRETS = ("Alderton cameras", "alpha:p", "Quartz Signal")
EDITORS = "this atlas’s editors"


class Served(NamedTuple):
    """What a public server showed while a release was the newest: its page's section on changes, its API, and a feed."""

    changes: str
    reasons: dict[str, str]
    feed: str

    @classmethod
    def of(cls, atlas: Atlas) -> "Served":
        client = Client(create_app(ServeSettings(Workspace.open(atlas.root), public=True)))
        newest, before = (release["id"] for release in client.get("/api/v1/releases").json()[:2])
        page = client.get(f"/release/{newest}").text.partition(' id="changes">')[2].partition("<h2")[0]
        rows = client.get(f"/api/v1/changes?since={before}").json()["items"]
        return cls(
            " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split()),
            {f"{row['id']} {row['property'] or ''}".strip(): row["reason"] for row in rows},
            html.unescape(client.get("/country/KE/changes.atom").text),
        )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> list[Served]:
    """Editors withhold a project and retract a value; undo both and add a value; undo that; retract a project; undo that."""
    atlas = Atlas(tmp_path_factory.mktemp("reasons"))
    atlas.figure("all-projects", "SELECT id AS unit_id FROM projects", any_of=["alpha"], unit="projects")
    rows = (
        make_statements("organization", "o", name="Quartz Signal", country="CN")
        + make_statements("project", "p", name="Alderton cameras", country="KE", status="agreed")
        + make_statements("role", "r", project="alpha:p", organization="alpha:o", role="supplier")
        + make_statements("project", "q", name="Birch towers", country="KE", status="agreed")
    )
    atlas.fetch("alpha", rows)
    first, pages = atlas.build(), []
    [claim] = atlas.rows(first, "SELECT claim_id FROM claims WHERE record = 'alpha:q' AND property = 'status'")
    withheld, retracted = int(atlas.ok("withhold", "alpha:p", *BY).err.split()[1]), atlas.retract(claim["claim_id"])
    atlas.build()
    pages.append(Served.of(atlas))
    atlas.undo(withheld)
    atlas.undo(retracted)
    added = atlas.claim("alpha:q", "project", "description", "Masts on hills")
    atlas.build()
    pages.append(Served.of(atlas))
    atlas.undo(added)
    atlas.build()
    pages.append(Served.of(atlas))
    retracted = atlas.retract("alpha:q")
    atlas.build()
    pages.append(Served.of(atlas))
    atlas.undo(retracted)
    atlas.build()
    pages.append(Served.of(atlas))
    return pages


@pytest.mark.slow
def test_a_release_with_a_withheld_record_says_so_and_names_nothing(served: list[Served]) -> None:
    page = served[0]
    assert "No record changed" not in page.changes and f"{EDITORS[:1].upper()}{EDITORS[1:]} withheld records." in page.changes
    assert "Status Agreed says nothing taken back by this atlas’s editors" in page.changes
    assert page.reasons == {f"{OTHER} status": "retracted by an editor"}
    assert not any(secret in text for secret in SECRETS for text in (page.changes, page.feed, str(page.reasons)))


@pytest.mark.ci
def test_undoing_a_withholding_and_a_retraction_is_the_reason_for_what_comes_back(served: list[Served]) -> None:
    page = served[1]
    assert "Alderton cameras : added no longer withheld by this atlas’s editors" in page.changes
    assert f"all-projects 1 2 +1 {EDITORS} no longer withhold some records" in page.changes
    assert "Status Agreed restored by this atlas’s editors, who had taken it back" in page.changes
    assert "Description Masts on hills said by this atlas’s editors" in page.changes
    assert "counting rules" not in page.changes and "which records are the same" not in page.changes
    assert page.reasons[WITHHELD] == "no longer withheld" and page.reasons[f"{OTHER} status"] == "retraction undone"
    assert page.reasons[f"{OTHER} description"] == "editorial claim"
    assert "Reason: no longer withheld by this atlas’s editors." in page.feed
    assert "restored by this atlas’s editors, who had taken it back" in page.feed


@pytest.mark.ci
def test_undoing_a_claim_is_not_said_by_the_editors(served: list[Served]) -> None:
    page = served[2]
    assert "Masts on hills says nothing taken back by this atlas’s editors, who had added it" in page.changes
    assert page.reasons[f"{OTHER} description"] == "editorial claim undone"
    assert "Reason: taken back by this atlas’s editors, who had added it." in page.feed


@pytest.mark.ci
def test_a_retracted_project_and_its_return_move_figures(served: list[Served]) -> None:
    assert f"all-projects 2 1 −1 {EDITORS} took back what sources say" in served[3].changes
    assert f"all-projects 1 2 +1 {EDITORS} restored what they had taken back" in served[4].changes
    assert "Birch towers : added restored by this atlas’s editors" in served[4].changes
    assert served[4].reasons == {OTHER: "retraction undone"}
