"""What is told of a pair is what `overt resolve` makes of it: the same function, found or not."""

import itertools
from math import log2
from pathlib import Path

import orjson
import pytest

from overt.importing.folder_import import import_folder
from overt.model.content import Catalogue
from overt.resolve.resolver import Resolution
from overt.resolve.scored_pair import ScoredPair
from overt.resolve.scorer import Scorer
from tests.resolve.world import World, record, relation
from tests.support.atlas import Atlas, make_statements

CONTENT = Catalogue()
SCORER = Scorer(CONTENT)
COMPANIES = [
    record("a:hikvision", name="Hangzhou Hikvision Digital Technology Co., Ltd."),
    record("b:hikvision", name="Hangzhou Hikvison Digital Technology Company Limited"),
    record("c:kenya", name="Hangzhou Hikvision Digital Technology (Kenya) Limited", country="KE"),
    record("a:leidos", name="Leidos Holdings, Inc.", country="US"),
    record("b:leidos", name="莱多斯控股公司"),
    record("a:saab", name="Saab AB", country="SE"),
    record("b:saab", name="萨博公司", country="SE"),
    record("b:other", name="无锡药明康德新药开发股份有限公司", country="CN"),
    record("c:nameless", country="KE"),
    relation("c:r", "c:kenya", "parent", "a:hikvision"),
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("world"))
    shipped = Path(str(CONTENT.source_folders["aiddata_gcdf"])) / "edition"
    world.snapshot(list(import_folder(CONTENT, "aiddata_gcdf", shipped).claims))
    world.snapshot(*COMPANIES)
    return world


@pytest.fixture(scope="module")
def resolution(world: World) -> Resolution:
    return world.resolve(scorer=SCORER)


def asked(world: World, resolution: Resolution, left: str, right: str) -> list[ScoredPair]:
    settled = {name: identity for name, kind, identity, *_ in resolution.members if kind == "organization"}
    return world.resolve(scorer=Scorer(CONTENT, asked=(left, right), settled=settled)).scored


def test_a_pair_that_was_found_is_told_as_it_was_found(world: World, resolution: Resolution) -> None:
    kinds = {name: kind for name, kind, *_ in resolution.members}
    found = {kind: [pair for pair in resolution.scored if kinds[pair.left] == kind] for kind in ("organization", "project")}
    across = [pair for pair in found["organization"] if any(part.comparison == "rivals" for part in pair.parts)]
    assert len(found["organization"]) > 2 and len(found["project"]) > 10 and len(across) == 2
    chosen = [found["organization"][0], across[0], found["project"][-1]]  # each is a resolution of its own, and across it is two
    for number, pair in enumerate(chosen):
        for one, other in (pair[:2], pair[1::-1]) if pair in across else (pair[:2] if number % 2 else pair[1::-1],):
            [held] = asked(world, resolution, one, other)
            assert held._replace(kin=None) == pair._replace(kin=None)
            if pair.kin:
                assert held.kin == pair.kin


def test_a_pair_that_nobody_found_is_told_with_parts_that_add_up(world: World, resolution: Resolution) -> None:
    found = {pair[:2] for pair in resolution.scored}
    names = ["a:hikvision", "c:kenya", "a:leidos", "a:saab", "b:saab", "b:other", "b:leidos"]
    pairs = [pair for pair in itertools.combinations(sorted(names), 2) if pair not in found]
    assert ("a:saab", "b:other") in pairs and len(pairs) > 12
    for pair in pairs[::5]:  # each is a resolution of its own
        [held] = asked(world, resolution, *pair)
        assert not held.same and held.parts[0].comparison
        if 1e-5 < held.probability < 1 - 1e-5:
            odds = log2(held.probability / (1 - held.probability))
            assert sum(part.bits for part in held.parts) == pytest.approx(odds, abs=0.05), held


@pytest.mark.parametrize("pair", [("a:saab", "b:other"), ("a:leidos", "b:saab")])
def test_names_in_two_scripts_say_what_answers_what_though_nothing_does(world: World, resolution: Resolution, pair) -> None:
    [held] = asked(world, resolution, *pair)
    assert {"prior", "unanswered", "rivals"} <= {part.comparison for part in held.parts}
    assert held.probability < 0.1


def test_how_two_organisations_stand_is_told_of_a_pair_that_is_asked_for(world: World, resolution: Resolution) -> None:
    [held] = asked(world, resolution, "a:hikvision", "c:kenya")
    assert held.kin is not None
    assert (held.kin.label, held.kin.relation("a:hikvision", "c:kenya").kind) == ("subsidiary", "subsidiary")
    assert "stated" in {part.clue for part in held.kin.parts}
    [strangers] = asked(world, resolution, "a:hikvision", "a:saab")
    assert strangers.kin is not None and strangers.kin.label == "different"


def test_whoever_has_no_name_is_not_scored(world: World, resolution: Resolution) -> None:
    assert asked(world, resolution, "a:hikvision", "c:nameless") == []


# --- As people ask for it -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Companies of three sources, a relation, an editorial record and a retracted name; projects; a judgement and a refusal."""
    atlas = Atlas(tmp_path_factory.mktemp("explain"))
    names = {"meier": "Meier Optics", "quartz": "Quartz Signal GmbH", "holding": "Quartz Signal Holding"}
    rows = [row for key, name in names.items() for row in make_statements("organization", key, name=name, country="DE")]
    rows += make_statements("relation", "r", from_="alpha:quartz", kind="parent", to="alpha:holding")
    for key, amount in (("p1", "7"), ("p2", "8")):
        rows += make_statements(
            "project", key, name="National cameras of Kenya, phase 1", country="KE", kind="video-surveillance", agreed="2019"
        )
        rows += make_statements("commitment", f"{key}m", project=f"alpha:{key}", amount=(amount, "USD@2021"))
    rows += make_statements("project", "cable", name="Sea cable", kind="submarine-cable")
    atlas.fetch("alpha", rows)
    rows = make_statements("organization", "quartz", name="Quartz Signal") + make_statements(
        "organization", "wrong", name=["Meier Optics", "Mayer Lenses"]
    )
    rows += make_statements("organization", "bluestem", name="Bluestem Lenses Limited") + make_statements(
        "document", "d", url="https://a.example/d"
    )
    atlas.fetch("beta", rows)
    atlas.ok("import")
    atlas.ok("resolve")
    [claim] = [one for one in atlas_claims(atlas, "beta:wrong") if one["value"] == "Meier Optics"]
    atlas.retract(claim["claim_id"])
    atlas.claim("editorial:meier", "organization", "name", "Meier Optics AG")
    atlas.judge("different", "alpha:meier", "beta:bluestem")
    atlas.judge("same", "beta:quartz", "alpha:holding")
    atlas.ok("resolve")
    return atlas


def atlas_claims(atlas: Atlas, name: str) -> list[dict]:
    from tests.support.atlas import read_table

    [path] = (atlas.root / "claims" / name.partition(":")[0]).glob("*/claims.parquet")
    return [row for row in read_table(path) if row["record"] == name]


def told(atlas: Atlas, left: str, right: str) -> dict:
    return orjson.loads(atlas.ok("judge", "explain", left, right, "--json").out)


def test_the_form_of_an_answer(atlas: Atlas) -> None:
    found = told(atlas, "alpha:quartz", "alpha:holding")
    assert list(found) == [
        "left", "right", "type", "same", "current", "judgement", "path", "refused", "probability", "bits", "joins", "parts",
        "relation", "stated", "shared", "countries", "because",
    ]  # fmt: skip
    assert all(part.keys() == {"name", "words", "bits"} for part in [*found["parts"], *found["relation"]["parts"]])
    assert found["bits"] == pytest.approx(sum(part["bits"] for part in found["parts"]), abs=0.01)
    assert found["current"] is True


def test_a_stated_relation_is_named_with_who_states_it(atlas: Atlas) -> None:
    found = told(atlas, "alpha:quartz", "alpha:holding")
    assert found["stated"] == [
        {
            "from": "alpha:quartz",
            "kind": "parent",
            "to": "alpha:holding",
            "record": "alpha:r",
            "source": "alpha",
            "title": "Alpha",
        }
    ]
    assert "Alpha states: alpha:quartz has alpha:holding as its parent (alpha:r)" in found["because"]
    assert (found["relation"]["kind"], found["relation"]["from"], found["relation"]["to"]) == (
        "parent", "alpha:quartz", "alpha:holding",
    )  # fmt: skip
    assert found["relation"]["probability"] > 0.9


def test_a_refusal_is_told_with_what_refused_it_and_the_pairs_that_led_there(atlas: Atlas) -> None:
    found = told(atlas, "beta:quartz", "alpha:quartz")
    [refused] = found["refused"]
    assert (refused["why"], refused["by"]) == ("a source states a relation between them", "alpha:r")
    assert len(refused["path"]) == 2
    assert not found["same"] and found["shared"]["names"] == ["Quartz Signal"]
    [line] = [line for line in found["because"] if line.startswith("a join was refused")]
    assert line == (
        "a join was refused: a source states a relation between them (alpha:r), alpha:quartz and alpha:holding:"
        " alpha:quartz ~ beta:quartz (refused: name 'quartz signal'), beta:quartz = alpha:holding (entry 4),"
        " alpha:quartz ≠ alpha:holding (alpha:r)"
    )


def test_a_judgement_decides_and_is_told_first(atlas: Atlas) -> None:
    found = told(atlas, "beta:bluestem", "alpha:meier")
    assert (found["same"], found["judgement"]["verdict"], found["judgement"]["who"]) == (False, "different", "An editor")
    assert found["because"][0].startswith("judged different by An editor on ")
    assert found["probability"] is not None and found["parts"], "what speaks for and against is told all the same"
    found = told(atlas, "alpha:holding", "beta:quartz")
    assert found["same"] and [edge["reason"] for edge in found["path"]] == ["judgement"]


def test_editorial_records_count_and_retracted_claims_do_not(atlas: Atlas) -> None:
    found = told(atlas, "editorial:meier", "alpha:meier")
    assert found["same"] and found["shared"]["names"] == ["Meier Optics AG"]
    assert found["path"][0]["reason"] == "name" and found["probability"] > 0.3
    found = told(atlas, "beta:wrong", "alpha:meier")
    assert not found["same"] and found["shared"]["names"] == [], "the name that they shared was taken back"
    assert "no whole name and no identifier of theirs is the same" in found["because"]


def test_projects_are_told_with_all_that_resolve_knows_of_them(atlas: Atlas) -> None:
    found = told(atlas, "alpha:p1", "alpha:p2")
    assert found["probability"] > 0.01 and found["relation"] is None
    assert {"prior", "kind", "name", "country", "agreed"} <= {part["name"] for part in found["parts"]}
    found = told(atlas, "alpha:p1", "alpha:cable")
    assert found["probability"] is None and "they are not scored: their kinds cannot be one thing" in found["because"]


def test_what_is_never_scored_is_told_too(atlas: Atlas) -> None:
    found = told(atlas, "alpha:p1", "alpha:meier")
    assert (found["type"], found["same"]) == (None, False)
    assert "they are of two types: project, organization" in found["because"]
    found = told(atlas, "alpha:p1m", "alpha:p2m")
    assert "records of type commitment are never merged" in found["because"]
    assert told(atlas, "beta:d", "beta:d")["probability"] is None


def test_what_is_older_than_the_ledger_is_said(atlas: Atlas) -> None:
    entry = atlas.judge("unsure", "alpha:quartz", "beta:bluestem")
    found = told(atlas, "alpha:quartz", "beta:bluestem")
    assert found["current"] is False and found["judgement"]["verdict"] == "unsure"
    assert "`resolved/` is older than what is here now; `overt resolve` makes it anew" in found["because"]
    atlas.undo(entry)
    atlas.ok("resolve")


def test_people_read_the_parts_in_lines(atlas: Atlas) -> None:
    lines = atlas.ok("judge", "explain", "alpha:quartz", "alpha:holding").out.splitlines()
    assert lines[0] == "not the same"
    assert "What the probability is made of, in bits:" in lines
    assert any(line.split()[1:2] == ["prior"] for line in lines)
    assert "What speaks for this relation, against the mean of all, in bits:" in lines
