"""The desk after a real resolution: its proposals, and the entries that a single button writes."""

import shutil
from copy import copy
from pathlib import Path

import pytest

from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from tests.desk.conftest import HERE, TOKEN, DeskClient
from tests.desk.test_desk import text
from tests.support.command_built_atlas import Atlas, make_statements

BOTH = {"left": "alpha:bluestem", "right": "beta:bureau", "who": "Ada", "why": "its annual report", "at": "0"}
PROPOSED = "Bluestem Lantern Second Engineering Bureau has Bluestem Lantern Co., Ltd. as its parent"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Atlas, str]:
    """An atlas and its release.

    It has a company and its second bureau, a pair without a proposal, two organisations that share a name, and two projects.
    """
    atlas = Atlas(tmp_path_factory.mktemp("relations"))
    atlas.figure("all-projects", "SELECT id AS unit_id FROM projects", measure="count")
    rows = make_statements("organization", "bluestem", name="Bluestem Lantern Co., Ltd.") + make_statements(
        "organization", "zte", name="ZTE"
    )
    rows += make_statements("organization", "quartz", name="Quartz Lantern") + make_statements("project", "p", name="Cable")
    rows += make_statements("role", "r", project="alpha:p", organization="alpha:bluestem", role="owner")
    atlas.fetch("alpha", rows)
    rows = make_statements("organization", "bureau", name="Bluestem Lantern Second Engineering Bureau")
    rows += make_statements("organization", "quartz", name="Quartz Lantern Systems") + make_statements(
        "organization", "zte", name="ZTE"
    )
    atlas.fetch("beta", rows + make_statements("project", "p", name="Other"))
    release = atlas.build()
    create_app(ServeSettings(atlas.workspace, release))
    return atlas, release


@pytest.fixture
def atlas(original: tuple[Atlas, str], tmp_path: Path) -> Atlas:
    copied = copy(original[0])
    copied.root = tmp_path / "atlas"
    shutil.copytree(original[0].root, copied.root)
    copied.workspace = Workspace.open(copied.root)
    return copied


@pytest.fixture
def desk(atlas: Atlas, original: tuple[Atlas, str]) -> DeskClient:
    return DeskClient(create_app(ServeSettings(atlas.workspace, original[1], desk=TOKEN)))


def test_records_with_equal_names_need_no_judgement(desk: DeskClient) -> None:
    page = text(desk.get(f"{HERE}queue"))
    assert "2 open questions" in page and "zte" not in page.lower()
    assert f": {PROPOSED}" in page


def test_proposed_relation_is_preselected(desk: DeskClient) -> None:
    page = desk.get(HERE)
    assert "Question 1 of 2" in text(page)
    assert "Proposed with " in text(page) and PROPOSED in text(page)
    assert f'<option value="parent 2" selected>{PROPOSED} (proposed)</option>' in page.text
    assert page.text.count('value="related"') == 1 and 'accesskey="r">Related' in page.text
    other = desk.get(f"{HERE}?at=1")
    assert "Proposed with " not in text(other) and '<option value="">Choose</option>' in other.text


def test_one_button_writes_judgement_and_relation_and_another_undoes_both(desk: DeskClient, atlas: Atlas) -> None:
    answer = desk.post("judge", **BOTH, verdict="related", relation="parent 2")
    assert (answer.status_code, answer.headers["location"]) == (303, "./?at=0&who=Ada&done=1")
    assert [(judgement.left, judgement.right, judgement.verdict) for judgement in atlas.ledger.judgements()] == [
        ("alpha:bluestem", "beta:bureau", "different")
    ]
    assert [claim.value for claim in atlas.ledger.claims()] == ["beta:bureau", "parent", "alpha:bluestem"]
    page = text(desk.get(HERE + answer.headers["location"].removeprefix("./")))
    assert "and a relation is recorded: beta:bureau has alpha:bluestem as its parent" in page
    assert "Question 1 of 1" in page
    assert "No relation is proposed" in text(desk.get(f"{HERE}relations"))
    listed = text(desk.get(f"{HERE}judgements"))
    assert "Relation: beta:bureau has alpha:bluestem as its parent" in listed
    form = text(desk.get(f"{HERE}judgements?undo=1"))
    assert "With it go back entries 1 to 4, which were written in one act" in form
    answer = desk.post("undo", entry="1", who="Bo", why="no")
    assert "Entry 5 takes entries 1 to 4 back" in text(desk.get(HERE + answer.headers["location"]))
    assert atlas.ledger.judgements() == [] and atlas.ledger.claims() == []
    assert "Question 1 of 2" in text(desk.get(HERE))


def test_another_relation_can_be_chosen_with_a_document(desk: DeskClient, atlas: Atlas) -> None:
    document = {"document": "Annual report", "place": "page 3", "url": "https://a.example/report"}
    answer = desk.post("judge", **BOTH, **document, verdict="related", relation="renamed 1")
    assert answer.status_code == 303
    assert [document.verdict for document in atlas.ledger.judgements()] == ["same"]
    assert [claim.value for claim in atlas.ledger.claims()] == ["alpha:bluestem", "renamed", "beta:bureau"]
    [document] = {document for claim in atlas.ledger.claims() for document in claim.documents}
    assert (document.title, document.place, document.url) == ("Annual report", "page 3", "https://a.example/report")


@pytest.mark.slow(after=1)
@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "no relation was chosen"),
        ({"relation": "parent"}, "no relation was chosen"),
        ({"relation": "parent 3"}, "no relation was chosen"),
        ({"relation": "owner 1"}, "is not a kind of relation"),
        ({"relation": "parent 1", "place": "page 3"}, "the document has no title"),
        ({"relation": "parent 1", "document": "Report"}, "the place in it is empty"),
        ({"relation": "parent 1", "document": "Report", "place": "p", "url": "javascript:x"}, "is not a web address"),
        ({"relation": "parent 1", "why": " "}, "why is empty"),
    ],
)
def test_invalid_relation_is_refused_and_the_form_stays_filled(desk, atlas, fields, why) -> None:
    answer = desk.post("judge", **{**BOTH, **fields}, verdict="related")
    assert answer.status_code == 400 and why in text(answer)
    assert atlas.ledger.entries() == []
    for name in ("document", "place"):
        if name in fields:
            assert f'value="{fields[name]}"' in answer.text


def test_the_relations_that_are_proposed_have_a_page(desk: DeskClient) -> None:
    page = desk.get(f"{HERE}relations?who=Ada")
    assert "1 proposed relation " in text(page) and PROPOSED in text(page)
    assert 'href="./?left=alpha%3Abluestem&amp;right=beta%3Abureau&amp;who=Ada"' in page.text
    chosen = desk.get(f"{HERE}?left=alpha:bluestem&right=beta:bureau&who=Ada")
    assert "A pair of your choice" in text(chosen) and "Proposed with " in text(chosen)


def test_projects_cannot_have_relations(desk: DeskClient) -> None:
    page = desk.get(f"{HERE}?left=alpha:p&right=beta:p")
    assert "have no score here" in text(page) and 'name="relation"' not in page.text


def test_open_desk_sees_entries_of_other_processes(desk: DeskClient, atlas: Atlas) -> None:
    """The desk reads claims, ledger and clusters once, and again after they have changed."""
    assert "Bluestem Group" not in desk.get(HERE).text
    atlas.claim("alpha:bluestem", "organization", "alias", "Bluestem Group")
    assert "Bluestem Group" in desk.get(HERE).text
    atlas.fetch(
        "beta",
        make_statements("organization", "bureau", name="Bluestem Lantern Second Engineering Bureau", country="KE"),
        "2026-02-02",
    )
    atlas.ok("import")
    atlas.ok("resolve")
    page = desk.get(f"{HERE}?left=alpha:bluestem&right=beta:bureau")
    assert "Kenya" in text(page) and "Bluestem Group" in text(page)
