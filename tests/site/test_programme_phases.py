"""Phases of a programme: on pages, in the API, in tables and in a subset of a release."""

from pathlib import Path

import pytest

from overt.index.editions.filtered_project_subset import Subset, take_subset
from overt.index.editions.public_edition import restrict
from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from tests.site.test_country import section
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, make_statements, own_id
from tests.support.release_table_rows_and_file_hashes import query_release, read_table

PROGRAMME = own_id("alpha:programme")
FIRST, SECOND = own_id("alpha:1"), own_id("alpha:2")


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with a loan and a grant for one phase, which are one project; a second phase; and a linked project elsewhere."""
    atlas = Atlas(tmp_path_factory.mktemp("programmes"))
    values = {"kind": "smart-city", "country": "SR", "part-of": "alpha:programme"}
    atlas.fetch(
        "alpha",
        [
            *make_statements("project_programme", "programme", name="Quillwater programme", country="SR"),
            *make_statements("project", "1", name="Loan", phase="1", linked=["alpha:1b", "alpha:2"], **values),
            *make_statements("project", "1b", name="Grant", phase="1", linked=["alpha:1", "alpha:2"], **values),
            *make_statements("project", "2", name="Second loan", phase="2", linked=["alpha:1", "alpha:1b", "alpha:3"], **values),
            *make_statements("project", "3", name="Elsewhere", kind="smart-city", country="CV", linked="alpha:2"),
        ],
    )
    atlas.build()
    return atlas


@pytest.fixture(scope="module")
def client(atlas: Atlas) -> Client:
    return Client(create_app(ServeSettings(Workspace.open(atlas.root))))


def test_a_page_lists_the_phases_of_its_programme(client: Client) -> None:
    phases = section(client.get(f"/project/{FIRST}").text, "programme")
    assert f"/record/{PROGRAMME}" in phases and "Quillwater programme" in phases
    first, second = phases.split("<li>")[1:]
    assert "phase 1" in first and "this project" in first
    assert "phase 2" in second and f"/project/{SECOND}" in second
    assert f"/project/{FIRST}" in client.get(f"/record/{PROGRAMME}").text


def test_merged_records_have_no_link_to_themselves(client: Client) -> None:
    facts = client.get(f"/api/v1/records/{FIRST}").json()["values"]
    assert [value["value"] for value in facts["linked"]] == [SECOND]
    assert [value["value"] for value in facts["part-of"]] == [PROGRAMME]
    assert [value["value"] for value in facts["phase"]] == ["1"]


@pytest.mark.ci
def test_a_programme_is_no_project(atlas: Atlas) -> None:
    release = atlas.root / "releases" / atlas.build()
    assert query_release(release, "SELECT count(*) AS projects FROM projects") == [{"projects": 3}]
    assert query_release(release, "SELECT id, name FROM project_programmes") == [
        {"id": PROGRAMME, "name": "Quillwater programme"}
    ]


@pytest.mark.ci
def test_a_subset_has_the_programmes_of_its_projects(atlas: Atlas, tmp_path: Path) -> None:
    workspace = Workspace.open(atlas.root)
    release = atlas.build()
    full = restrict(workspace.releases / release, ["open"], workspace.content, workspace.cache)
    part = take_subset(full, release, Subset((("country", ("SR",)),)), workspace.content, tmp_path)
    assert [row["id"] for row in read_table(part.tables / "project_programmes.parquet")] == [PROGRAMME]
    linked = {row["id"]: row["linked"] for row in read_table(part.tables / "projects.parquet")}
    assert linked == {FIRST: [SECOND], SECOND: [FIRST]}, "the project elsewhere is left out, with the link to it"
