"""A denial removes a project from counts only if fewer than two separate sources document the project as well."""

from pathlib import Path

import duckdb
import orjson
import pytest

from overt.index.editions.public_edition import restrict
from overt.release.source_independence.claim_documents import create_claim_documents
from overt.release.source_independence.independent_sources import denied_origins
from tests.support.command_built_atlas import BY, Atlas, Statement, make_statements
from tests.support.release_table_rows_and_file_hashes import query_release

PUBLISHERS = {
    "first": "Morning Post",
    "second": "Evening Ledger",
    "copy": "Night Wire (citing Morning Post)",
    "ministry": "Ministry Gazette",
    "echo": "Late Edition",
}
"""Publishers of the documents. The ministry's document has the denial."""
PROJECTS = {
    "outweighed": ("first", "second"),
    "lonely": ("first",),
    "repeated": ("first", "copy"),
    "built": ("first", "second"),
    "answered": ("first", "echo"),
    "claimed": ("first",),
    "stated": ("first",),
    "contradicted": ("first", "second"),
    "partly": ("first",),
}
"""Project → documents that state its kind."""
STATED = {"stated": "system", "contradicted": "system", "partly": "function"}
"""Projects that only a statement denies, and the part that it denies."""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Six projects with the status `denied`, and three that only a statement denies.

    Two of the six have another status, too. In a third, one of the documents that describe the project also denies it.
    """
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
        if project not in STATED:
            rows.append(Statement("project", project, "status", "denied", document="alpha:ministry"))
    rows.append(Statement("project", "outweighed", "website", "https://cameras.example", document="alpha:echo"))
    rows.append(Statement("project", "outweighed", "started", "2019", rule="told@1"))
    rows.append(Statement("project", "built", "status", "operational", document="alpha:second"))
    rows.append(Statement("project", "claimed", "status", "completed", document="alpha:first"))
    for project, part in STATED.items():
        about = (
            ("about", f"alpha:{project}"),
            ("by", "alpha:denier"),
            ("kind", "denial"),
            ("concerns", "supply"),
            ("concerns", part),
        )
        rows += [Statement("statement", f"on {project}", name, value, document="alpha:ministry") for name, value in about]
    rows += [
        Statement("statement", "s", name, value, document="alpha:echo")
        for name, value in (("about", "alpha:answered"), ("by", "alpha:denier"), ("kind", "denial"))
    ]
    three = "SELECT id AS unit_id FROM records WHERE type = 'project' AND independent_sources >= 3"
    atlas.figure("of-three", three, any_of=["alpha"])
    atlas.fetch("alpha", rows)
    atlas.build()
    return atlas


def newest_release(atlas: Atlas) -> str:
    return (atlas.root / "releases" / "latest").read_text().strip()


def rows_of(atlas: Atlas, query: str) -> dict[str, str | None]:
    names = {atlas.id_of(f"alpha:{project}"): project for project in PROJECTS}
    return {names[row["id"]]: row["value"] for row in atlas.rows(newest_release(atlas), query) if row["id"] in names}


def test_two_independent_sources_outweigh_a_denial(atlas: Atlas) -> None:
    assert rows_of(atlas, "SELECT id, status AS value FROM projects") == {
        "outweighed": None,
        "lonely": "denied",
        "repeated": "denied",
        "built": "operational",
        "answered": "denied",
        "claimed": "denied",
        "stated": "denied",
        "contradicted": None,
        "partly": None,
    }


def test_the_claim_of_an_outweighed_denial_is_released_as_such(atlas: Atlas) -> None:
    query = "SELECT id, standing AS value FROM claims WHERE type = 'project' AND property = 'status' AND value = 'denied'"
    assert rows_of(atlas, query) == {
        project: "outweighed" if project in ("outweighed", "built", "contradicted") else "current"
        for project in PROJECTS
        if project != "partly"
    }


def test_a_stated_denial_gives_the_status_with_the_places_of_the_statement(atlas: Atlas) -> None:
    release = newest_release(atlas)
    query = """
        SELECT c.id, c.basis || ' ' || count(e.locator)::VARCHAR || ' ' || c.document AS value
        FROM claims AS c JOIN evidence AS e USING (claim_id)
        WHERE c.property = 'status' AND c.value = 'denied' AND c.basis <> 'stated'
        GROUP BY c.id, c.basis, c.document
    """
    assert rows_of(atlas, query) == dict.fromkeys(("stated", "contradicted"), "computed 1 alpha:ministry")
    assert len(atlas.rows(release, "FROM claims")) == len(atlas.rows(release, "SELECT DISTINCT claim_id FROM claims"))
    tables = orjson.loads((atlas.root / "releases" / release / "manifest.json").read_bytes())["tables"]
    for name in ("claims", "evidence"):
        assert tables[name]["rows"] == len(atlas.rows(release, f"FROM {name}"))


def test_only_projects_that_meet_the_condition_are_read(atlas: Atlas) -> None:
    folder = atlas.root / "releases" / newest_release(atlas) / "tables"
    lonely = atlas.id_of("alpha:lonely")
    with duckdb.connect() as connection:
        for view, table in (("claims_out", "claims"), ("members", "members"), ("evidence", "evidence")):
            connection.execute(f"CREATE VIEW {view} AS FROM '{folder / table}.parquet'")
        create_claim_documents(connection)
        every = denied_origins(connection)
        assert len(every) == len(PROJECTS) - 1
        assert denied_origins(connection, f"id = '{lonely}'") == {lonely: every[lonely]}


def test_leaving_out_what_does_not_concern_a_denial_leaves_the_number_of_sources(atlas: Atlas) -> None:
    """A third publisher's document states only the website. If nobody denied the project, it would count as a third source."""
    query = "FROM figure_sensitivity WHERE name = 'of-three' AND item = 'told@1'"
    [row] = atlas.rows(newest_release(atlas), query)
    assert (row["difference"], row["come"], row["gone"]) == (0, [], [])


def test_the_number_of_sources_leaves_out_those_of_the_denial(atlas: Atlas) -> None:
    query = "SELECT id, independent_sources::VARCHAR AS value FROM records WHERE type = 'project'"
    two = {"outweighed", "built", "contradicted", "partly"}  # the second source of `partly` is the dataset itself
    assert rows_of(atlas, query) == {project: "2" if project in two else "1" for project in PROJECTS}


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


def test_an_edition_without_the_source_of_a_status_has_that_of_the_statement(tmp_path: Path) -> None:
    """The full release takes the status `denied` from a private source, so it doesn't compute it from the public statement."""
    atlas = Atlas(tmp_path)
    atlas.source("public")
    atlas.source("hidden", reuse="private")
    rows = make_statements("document", "m", url="https://m.example/page", title="Denial", publisher="Ministry Gazette")
    rows += make_statements("project", "p", name="Cameras of Alderton", country="KE", kind="video-surveillance")
    rows += make_statements("organization", "denier", name="Ministry of Alderton")
    about = (("about", "public:p"), ("by", "public:denier"), ("kind", "denial"), ("concerns", "system"))
    rows += [Statement("statement", "s", name, value, document="public:m") for name, value in about]
    atlas.fetch("public", rows)
    atlas.fetch("hidden", make_statements("project", "p", name="Cameras of Alderton", country="KE", status="denied"))
    atlas.build()
    atlas.ok("judge", "same", "public:p", "hidden:p", *BY)
    release = atlas.root / "releases" / atlas.build()
    edition = restrict(release, ["open"], atlas.workspace.content, atlas.workspace.cache)
    statuses = """
        SELECT source, basis, count(e.locator) AS places
        FROM claims JOIN evidence AS e USING (claim_id) WHERE value = 'denied' GROUP BY ALL
    """
    assert query_release(release, statuses) == [{"source": "hidden", "basis": "stated", "places": 1}]
    assert query_release(edition.tables.parent, statuses) == [{"source": "public", "basis": "computed", "places": 1}]
    assert query_release(edition.tables.parent, "SELECT status FROM projects") == [{"status": "denied"}]
    assert edition.manifest["tables"]["claims"]["rows"] == len(query_release(edition.tables.parent, "FROM claims"))
