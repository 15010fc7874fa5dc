"""Relations between organisations, with `overt judge relate` or a key in review: proposed, entered, undone and refused."""

import shutil
from copy import copy
from pathlib import Path

import orjson
import pytest

from overt.cli.editor_entries.review_session import RELATED as RELATED_KEYS
from overt.model.workspace import Workspace
from tests.cli.test_exit_codes_errors_and_json import one_line
from tests.cli.test_judge_review_next_and_list import Sitting
from tests.support.command_built_atlas import BY, DOCUMENT, Atlas, make_statements, own_id

RELATED = ("beta:bureau", "alpha:bluestem")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with three pairs of organisations.

    They are a company and its bureau, each with a project; the old and the new name of a company; and a possible duplicate.
    """
    atlas = Atlas(tmp_path_factory.mktemp("relate"))
    rows = make_statements("organization", "bluestem", name="Bluestem Lantern Co., Ltd.") + make_statements(
        "organization", "old", name="Alder Marine"
    )
    rows += make_statements("project", "p", name="Cable") + make_statements(
        "role", "r", project="alpha:p", organization="alpha:bluestem", role="owner"
    )
    rows += make_statements("organization", "quartz", name="Quartz Lantern")
    atlas.fetch("alpha", rows)
    rows = make_statements("organization", "bureau", name="Bluestem Lantern Second Engineering Bureau") + make_statements(
        "organization", "new", name="Birch Networks"
    )
    rows += make_statements("project", "p", name="Other") + make_statements(
        "role", "r", project="beta:p", organization="beta:bureau", role="owner"
    )
    rows += make_statements("organization", "quartz", name="Quartz Lantern Systems")
    atlas.fetch("beta", rows)
    atlas.build()
    return atlas


@pytest.fixture
def atlas(original: Atlas, tmp_path: Path) -> Atlas:
    duplicate = copy(original)
    duplicate.root = tmp_path / "atlas"
    shutil.copytree(original.root, duplicate.root)
    duplicate.workspace = Workspace.open(duplicate.root)
    return duplicate


def related(atlas: Atlas) -> list[tuple[str, str, str]]:
    """Make a release; return its relations as (from, kind, to). Each end is the first archived record of its organisation."""
    release = atlas.build()
    ids = {row["id"]: row["record"] for row in atlas.rows(release, "FROM members ORDER BY first_position DESC, record DESC")}
    relations = atlas.rows(release, 'SELECT "from", kind, "to" FROM relations')
    return [(ids[row["from"]], row["kind"], ids[row["to"]]) for row in relations]


def test_a_proposed_relation_is_listed_until_accepted(atlas: Atlas) -> None:
    [relation] = atlas.read_json("judge", "list", "--relations")["relations"]
    assert list(relation) == ["from", "kind", "to", "from_id", "to_id", "probability", "words", "parts"]
    assert (relation["from"], relation["kind"], relation["to"]) == ("beta:bureau", "parent", "alpha:bluestem")
    assert relation["probability"] > 0.5 and {"name", "words", "bits"} == relation["parts"][0].keys()
    outcome = atlas.ok("judge", "list", "--relations")
    assert outcome.out.split()[-3:] == ["beta:bureau", "parent", "alpha:bluestem"]
    assert "accept one with: overt judge relate A KIND B" in outcome.err
    atlas.ok("judge", "relate", relation["from"], relation["kind"], relation["to"], *BY)
    assert atlas.ok("judge", "list", "--relations").err == "no relation is proposed\n"


@pytest.mark.slow
def test_one_undo_reverts_an_acceptance(atlas: Atlas) -> None:
    assert related(atlas) == []
    outcome = atlas.ok("judge", "relate", "beta:bureau", "parent", "alpha:bluestem", *BY)
    assert outcome.err.startswith("entries 1 to 4; `overt judge undo 1 --why … --who …` takes them back; `overt resolve`")
    [judged] = atlas.ledger.judgements()
    assert (judged.left, judged.right, judged.verdict, judged.why) == (*sorted(RELATED), "different", "both pages say so")
    assert [(claim.type, claim.property, claim.value) for claim in atlas.ledger.claims()] == [
        ("relation", "from", "beta:bureau"), ("relation", "kind", "parent"), ("relation", "to", "alpha:bluestem"),
    ]  # fmt: skip
    assert {(document.title, document.place) for claim in atlas.ledger.claims() for document in claim.documents} == {
        ("Judgement in the ledger of this atlas", "entry 1")
    }
    assert related(atlas) == [("beta:bureau", "parent", "alpha:bluestem")]
    assert not atlas.are_merged(*RELATED)
    [line] = atlas.ok("judge", "list").out.splitlines()
    assert line.endswith("[beta:bureau has alpha:bluestem as its parent]")
    explanation = atlas.read_json("judge", "explain", *RELATED)
    assert [(relation["kind"], relation["source"]) for relation in explanation["stated"]] == [("parent", "editorial")]
    assert atlas.ok("judge", "undo", 3, *BY).err.startswith("entry 5 takes entries 1 to 4 back")
    assert atlas.ledger.judgements() == [] and atlas.ledger.claims() == []
    assert related(atlas) == []
    assert len(atlas.read_json("judge", "list", "--relations")["relations"]) == 1, "it is proposed again"
    atlas.undo(5)
    assert related(atlas) == [("beta:bureau", "parent", "alpha:bluestem")]
    assert atlas.ok("verify").code == 0


def test_a_rename_is_one_company_and_a_relation(atlas: Atlas) -> None:
    atlas.ok("judge", "relate", "alpha:old", "renamed", "beta:new", *DOCUMENT, "--url", "https://a.example/report", *BY)
    assert atlas.are_merged("alpha:old", "beta:new")
    assert related(atlas) == [("alpha:old", "renamed", "alpha:old")], "both ends are the one company"
    [document] = {item for claim in atlas.ledger.claims() for item in claim.documents}
    assert (document.title, document.place, document.url) == ("Annual report", "page 3", "https://a.example/report")
    atlas.undo(2)
    assert not atlas.are_merged("alpha:old", "beta:new")


def test_a_judgement_in_force_is_not_entered_again(atlas: Atlas) -> None:
    atlas.judge("different", *RELATED)
    outcome = atlas.ok("judge", "relate", "beta:bureau", "parent", "alpha:bluestem", *BY)
    assert outcome.err.startswith("entries 2 to 4;")
    assert {document.place for claim in atlas.ledger.claims() for document in claim.documents} == {"entry 1"}
    atlas.undo(4)
    assert [judgement.sequence for judgement in atlas.ledger.judgements()] == [1]


def test_overridden_judgements_are_named(atlas: Atlas) -> None:
    atlas.judge("same", *RELATED)
    outcome = atlas.ok("judge", "relate", "beta:bureau", "parent", "alpha:bluestem", *BY)
    assert "note: overrides entry 1: same, An editor on " in outcome.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            ("beta:bureau", "owner", "alpha:bluestem"),
            "'owner' is not a kind of relation; it must be one of parent, subsidiary, renamed",
        ),
        (("beta:p", "parent", "alpha:bluestem"), "beta:p is of type project; relations are between organisations"),
        (("beta:new", "parent", "beta:new"), "beta:new: an organisation has no relation to itself"),
        (("beta:none", "parent", "beta:new"), "beta:none: there is no such record"),
        ((*RELATED[:1], "parent", RELATED[1], "--document", "Report"), "a document needs its title and the place in it"),
        ((*RELATED[:1], "parent", RELATED[1], "--url", "https://a.example/"), "a document needs its title and the place in it"),
    ],
)
def test_invalid_relations_are_refused(atlas: Atlas, words: tuple[str, ...], why: str) -> None:
    assert why in one_line(atlas.overt("judge", "relate", *words, *BY), 2)
    assert atlas.ledger.entries() == []


def test_a_stated_relation_is_not_recorded_again(atlas: Atlas) -> None:
    words = ("judge", "relate", "beta:bureau", "parent", "alpha:bluestem", *BY)
    atlas.ok(*words)
    assert "an entry of the ledger says so already (editorial:relation/ovt-" in one_line(atlas.overt(*words), 2)
    atlas.fetch("gamma", make_statements("relation", "r", from_="beta:new", kind="parent", to="alpha:old"))
    atlas.ok("import")
    atlas.ok("resolve")
    line = one_line(atlas.overt("judge", "relate", "beta:new", "parent", "alpha:old", *BY), 2)
    assert line == "overt: beta:new has alpha:old as its parent: gamma states it already (gamma:r)"


def test_merging_a_parent_and_its_subsidiary_gives_a_warning(atlas: Atlas) -> None:
    """The command gets published ids. The parent was archived first, so the merged organisation has the parent's id."""
    atlas.fetch("gamma", make_statements("relation", "r", from_="beta:new", kind="parent", to="alpha:old"))
    atlas.ok("import")
    atlas.ok("resolve")
    states = "Gamma states: beta:new has alpha:old as its parent (gamma:r)"
    ids = own_id("beta:new"), own_id("alpha:old")
    outcome = atlas.ok("judge", "same", *ids, *BY, "--json")
    assert outcome.err.splitlines()[1:4] == [
        f"A: beta:new “Birch Networks” (named {ids[0]}), of {ids[0]} (1 record)",
        f"B: alpha:old “Alder Marine” (named {ids[1]}), of {ids[1]} (1 record)",
        f"together they become {ids[1]}, and {ids[0]} will lead there",
    ]
    assert f"note: {states}; `same` merges them anyway" in outcome.err
    result = orjson.loads(outcome.out)
    assert result["sides"][0] == {
        "given": ids[0], "record": "beta:new", "name": "Birch Networks", "id": ids[0], "records": ["beta:new"],
    }  # fmt: skip
    assert (result["together"], result["related"]) == (ids[1], [states])
    assert any(note.startswith(states) for note in result["notes"])
    atlas.ok("resolve")
    assert atlas.are_merged("alpha:old", "beta:new"), "people beat sources"
    assert f"both are {ids[1]} now" in atlas.ok("judge", "same", "alpha:old", ids[0], *BY).err


def test_keeping_them_apart_gives_no_warning(atlas: Atlas) -> None:
    atlas.fetch("gamma", make_statements("relation", "r", from_="beta:new", kind="parent", to="alpha:old"))
    atlas.ok("import")
    atlas.ok("resolve")
    outcome = atlas.ok("judge", "different", "beta:new", "alpha:old", *BY, "--json")
    assert "note: " not in outcome.err and "together" not in outcome.err
    result = orjson.loads(outcome.out)
    assert result["together"] is None and len(result["related"]) == 1 and result["notes"] == []


# --- In review ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "ends"), [("r", ("beta:bureau", "alpha:bluestem")), ("x", ("alpha:bluestem", "beta:bureau"))])
def test_one_key_accepts_what_is_proposed(atlas: Atlas, key: str, ends: tuple[str, str]) -> None:
    sat = Sitting(atlas, f"{key}zq", "the annual report")
    assert [line.split()[-1] for line in sat.questions] == ["alpha:bluestem", "alpha:quartz", "alpha:bluestem"], (
        "undone, asked again"
    )
    assert sat.prompts == [f"{ends[0]} has {ends[1]} as its parent, because: "]
    assert f"are related: {ends[0]} has {ends[1]} as its parent" in sat.output and "entry 1 is undone" in sat.output
    kinds = [entry.kind for entry in atlas.ledger.entries()]
    assert kinds == ["judgement", "claim", "claim", "claim", "undo"]
    assert [claim.value for claim in atlas.ledger.claims(until=4)] == [ends[0], "parent", ends[1]]
    assert atlas.ledger.judgements() == [] and atlas.ledger.claims() == []


def test_without_a_proposal_the_key_does_nothing(atlas: Atlas) -> None:
    sat = Sitting(atlas, "nrxq", "because")
    assert sat.questions[-1] == "2 of 2 alpha:quartz"
    assert sat.output.count("no relation is proposed; `overt judge relate A KIND B` records any") == 2
    assert sat.output.count(RELATED_KEYS) == 1, "the keys are told only where they do something"
    assert atlas.ledger.entries() == []


def test_the_question_shows_the_proposed_relation(atlas: Atlas) -> None:
    outcome = atlas.ok("judge", "next")
    assert "Bluestem Lantern Second Engineering Bureau has Bluestem Lantern Co., Ltd. as its parent" in " ".join(
        outcome.out.split()
    )
    assert "or with:     overt judge relate 'beta:bureau' parent 'alpha:bluestem' --why … --who …" in outcome.err
    first, second = atlas.read_json("judge", "review")
    assert second["proposal"] is None
    assert (first["proposal"]["from"], first["proposal"]["kind"]) == ("beta:bureau", "parent")
