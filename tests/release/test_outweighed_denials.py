"""A denial removes a project from counts only if fewer than two independent sources document the project as well."""

from pathlib import Path

import pytest

from overt.index.editions.public_edition import restrict
from tests.support.atlas import BY, Atlas, Statement, make_statements, query_release

PUBLISHERS = {
    "first": "Morning Post",
    "second": "Evening Ledger",
    "copy": "Night Wire (citing Morning Post)",
    "ministry": "Ministry Gazette",
    "echo": "Late Edition",
}
"""Publishers of the documents. The ministry's has the denial."""
PROJECTS = {
    "outweighed": ("first", "second"),
    "lonely": ("first",),
    "repeated": ("first", "copy"),
    "built": ("first", "second"),
    "answered": ("first", "echo"),
    "claimed": ("first",),
}
"""The documents that say of what kind each project is, besides the denial."""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Six denied projects; two have another status, too, and one of the documents of another has a denial of its own."""
    atlas = Atlas(tmp_path_factory.mktemp("denials"))
    rows = make_statements("organization", "denier", name="Ministry of Alderton")
    for key, publisher in PUBLISHERS.items():
        rows += make_statements(
            "document", key, url=f"https://{key}.example/page", title=f"Page of {publisher}", publisher=publisher
        )
    for project, documents in PROJECTS.items():
        rows += make_statements("project", project, name=f"{project} cameras", country="KE")
        rows += [
            Statement("project", project, "kind", kind, document=f"alpha:{document}")
            for document, kind in zip(documents, ("video-surveillance", "facial-recognition"), strict=False)
        ]
        rows.append(Statement("project", project, "status", "denied", document="alpha:ministry"))
    rows.append(Statement("project", "built", "status", "operational", document="alpha:second"))
    rows.append(Statement("project", "claimed", "status", "completed", document="alpha:first"))
    rows += [
        Statement("statement", "s", name, value, document="alpha:echo")
        for name, value in (("about", "alpha:answered"), ("by", "alpha:denier"), ("kind", "denial"))
    ]
    atlas.fetch("alpha", rows)
    atlas.build()
    return atlas


def rows_of(atlas: Atlas, query: str) -> dict[str, str | None]:
    release = (Path(atlas.root) / "releases" / "latest").read_text().strip()
    names = {atlas.id_of(f"alpha:{project}"): project for project in PROJECTS}
    return {names[row["id"]]: row["value"] for row in atlas.rows(release, query) if row["id"] in names}


def test_two_independent_sources_outweigh_a_denial(atlas: Atlas) -> None:
    assert rows_of(atlas, "SELECT id, status AS value FROM projects") == {
        "outweighed": None,
        "lonely": "denied",
        "repeated": "denied",
        "built": "operational",
        "answered": "denied",
        "claimed": "denied",
    }


def test_the_claim_of_an_outweighed_denial_is_released_as_such(atlas: Atlas) -> None:
    query = "SELECT id, standing AS value FROM claims WHERE type = 'project' AND property = 'status' AND value = 'denied'"
    assert rows_of(atlas, query) == {
        project: "outweighed" if project in ("outweighed", "built") else "current" for project in PROJECTS
    }


def test_an_edition_weighs_denials_by_the_sources_that_it_has(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.source("public")
    atlas.source("hidden", reuse="private")
    for slug, publisher in (("public", "Morning Post"), ("hidden", "Evening Ledger")):
        rows = make_statements("document", "d", url=f"https://{slug}.example/page", title=f"Page of {slug}", publisher=publisher)
        rows += make_statements("project", "p", name="Cameras of Alderton", country="KE")
        rows.append(Statement("project", "p", "kind", "video-surveillance", document=f"{slug}:d"))
        rows.append(Statement("project", "p", "status", "operational", document=f"{slug}:d"))
        if slug == "public":
            rows += make_statements("document", "m", url="https://m.example/page", title="Denial", publisher="Ministry Gazette")
            rows.append(Statement("project", "p", "status", "denied", document="public:m"))
        atlas.fetch(slug, rows)
    atlas.build()
    atlas.ok("judge", "same", "public:p", "hidden:p", *BY)
    release = atlas.root / "releases" / atlas.build()
    edition = restrict(release, ["open"], atlas.workspace.content, atlas.workspace.cache)
    statuses = [query_release(folder, "SELECT status FROM projects") for folder in (release, edition.tables.parent)]
    assert statuses == [[{"status": "operational"}], [{"status": "denied"}]]
