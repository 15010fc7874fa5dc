"""The explanation of any pair: the score that `overt resolve` gives it or would give it, its parts, and other reasons."""

import itertools
from math import log2
from pathlib import Path

import orjson
import pytest

from overt.importing.folder_import_without_archive import import_folder
from overt.model.content_catalogue import Catalogue
from overt.resolve.explanation_text import relation_sentence
from overt.resolve.pair_scorer import Scorer
from overt.resolve.resolver import Resolution
from overt.resolve.scored_pair import ScoredPair
from tests.resolve.resolved_hand_made_claims import World, record, relation
from tests.support.command_built_atlas import Atlas, make_statements

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


def score_pair(world: World, resolution: Resolution, left: str, right: str) -> list[ScoredPair]:
    clusters = {name: identity for name, kind, identity, *_ in resolution.members if kind == "organization"}
    return world.resolve(scorer=Scorer(CONTENT, only_pair=(left, right), organization_clusters=clusters)).scored


@pytest.mark.slow
def test_a_scored_pair_is_explained_by_the_same_score(world: World, resolution: Resolution) -> None:
    kinds = {name: kind for name, kind, *_ in resolution.members}
    by_type = {kind: [pair for pair in resolution.scored if kinds[pair.left] == kind] for kind in ("organization", "project")}
    cross_script = [pair for pair in by_type["organization"] if any(part.comparison == "rivals" for part in pair.parts)]
    assert len(by_type["organization"]) > 2 and len(by_type["project"]) > 10 and len(cross_script) == 2
    chosen = [
        by_type["organization"][0],
        cross_script[0],
        by_type["project"][-1],
    ]  # each needs a separate resolution; the pair across scripts needs two
    for number, pair in enumerate(chosen):
        for left, right in (pair[:2], pair[1::-1]) if pair in cross_script else (pair[:2] if number % 2 else pair[1::-1],):
            [explained] = score_pair(world, resolution, left, right)
            assert explained._replace(verdict=None) == pair._replace(verdict=None)
            if pair.verdict:
                assert explained.verdict == pair.verdict


@pytest.mark.ci
def test_a_pair_that_is_not_a_candidate_has_parts_that_add_up(world: World, resolution: Resolution) -> None:
    scored = {names[:2] for names in resolution.scored}
    records = ["a:hikvision", "c:kenya", "a:leidos", "a:saab", "b:saab", "b:other", "b:leidos"]
    pairs = [names for names in itertools.combinations(sorted(records), 2) if names not in scored]
    assert ("a:saab", "b:other") in pairs and len(pairs) > 12
    for names in pairs[::5]:  # each pair needs a separate resolution
        [pair] = score_pair(world, resolution, *names)
        assert not pair.same and pair.parts[0].comparison
        if 1e-5 < pair.probability < 1 - 1e-5:
            odds = log2(pair.probability / (1 - pair.probability))
            assert sum(part.bits for part in pair.parts) == pytest.approx(odds, abs=0.05), pair


@pytest.mark.parametrize("pair", [("a:saab", "b:other"), ("a:leidos", "b:saab")])
def test_names_in_two_scripts_without_a_match_have_parts(world: World, resolution: Resolution, pair) -> None:
    [scored] = score_pair(world, resolution, *pair)
    assert {"prior", "unanswered", "rivals"} <= {part.comparison for part in scored.parts}
    assert scored.probability < 0.1


@pytest.mark.ci
def test_an_explanation_has_the_relation_of_two_organisations(world: World, resolution: Resolution) -> None:
    [related] = score_pair(world, resolution, "a:hikvision", "c:kenya")
    assert related.verdict is not None
    assert (related.verdict.label, related.verdict.relation("a:hikvision", "c:kenya").kind) == ("subsidiary", "subsidiary")
    assert "stated" in {clue.clue for clue in related.verdict.clues}
    [strangers] = score_pair(world, resolution, "a:hikvision", "a:saab")
    assert strangers.verdict is not None and strangers.verdict.label == "different"


def test_an_organisation_without_a_name_is_not_scored(world: World, resolution: Resolution) -> None:
    assert score_pair(world, resolution, "a:hikvision", "c:nameless") == []


# --- The command -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with companies of two sources and an editor, a relation, a retracted name, projects and a refused join."""
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
    [claim] = [row for row in atlas_claims(atlas, "beta:wrong") if row["value"] == "Meier Optics"]
    atlas.retract(claim["claim_id"])
    atlas.claim("editorial:meier", "organization", "name", "Meier Optics AG")
    atlas.judge("different", "alpha:meier", "beta:bluestem")
    atlas.judge("same", "beta:quartz", "alpha:holding")
    atlas.ok("resolve")
    return atlas


def atlas_claims(atlas: Atlas, name: str) -> list[dict]:
    from tests.support.release_table_rows_and_file_hashes import read_table

    [path] = (atlas.root / "claims" / name.partition(":")[0]).glob("*/claims.parquet")
    return [row for row in read_table(path) if row["record"] == name]


def explain(atlas: Atlas, left: str, right: str) -> dict:
    return orjson.loads(atlas.ok("judge", "explain", left, right, "--json").out)


def test_the_keys_of_an_explanation(atlas: Atlas) -> None:
    explanation = explain(atlas, "alpha:quartz", "alpha:holding")
    assert list(explanation) == [
        "left", "right", "type", "same", "current", "judgement", "path", "refused", "probability", "bits", "joins", "parts",
        "relation", "stated", "shared", "countries", "because",
    ]  # fmt: skip
    assert all(part.keys() == {"name", "words", "bits"} for part in [*explanation["parts"], *explanation["relation"]["parts"]])
    assert explanation["bits"] == pytest.approx(sum(part["bits"] for part in explanation["parts"]), abs=0.01)
    assert explanation["current"] is True


def test_a_stated_relation_is_listed_with_its_source(atlas: Atlas) -> None:
    explanation = explain(atlas, "alpha:quartz", "alpha:holding")
    assert explanation["stated"] == [
        {
            "from": "alpha:quartz",
            "kind": "parent",
            "to": "alpha:holding",
            "record": "alpha:r",
            "source": "alpha",
            "title": "Alpha",
        }
    ]
    assert "Alpha states: alpha:quartz has alpha:holding as its parent (alpha:r)" in explanation["because"]
    assert (explanation["relation"]["kind"], explanation["relation"]["from"], explanation["relation"]["to"]) == (
        "parent", "alpha:quartz", "alpha:holding",
    )  # fmt: skip
    assert explanation["relation"]["probability"] > 0.9


def test_a_refused_join_is_listed_with_its_cause_and_path(atlas: Atlas) -> None:
    explanation = explain(atlas, "beta:quartz", "alpha:quartz")
    [refused] = explanation["refused"]
    assert (refused["why"], refused["by"]) == ("a source states a relation between them", "alpha:r")
    assert len(refused["path"]) == 2
    assert not explanation["same"] and explanation["shared"]["names"] == ["Quartz Signal"]
    [line] = [line for line in explanation["because"] if line.startswith("a join was refused")]
    assert line == (
        "a join was refused: a source states a relation between them (alpha:r), alpha:quartz and alpha:holding:"
        " alpha:quartz ~ beta:quartz (refused: name 'quartz signal'), beta:quartz = alpha:holding (entry 4),"
        " alpha:quartz ≠ alpha:holding (alpha:r)"
    )


@pytest.mark.ci
def test_a_judgement_decides_and_comes_first(atlas: Atlas) -> None:
    explanation = explain(atlas, "beta:bluestem", "alpha:meier")
    assert (explanation["same"], explanation["judgement"]["verdict"], explanation["judgement"]["who"]) == (
        False,
        "different",
        "An editor",
    )
    assert explanation["because"][0].startswith("judged different by An editor on ")
    assert explanation["probability"] is not None and explanation["parts"], "a judged pair has a score too"
    explanation = explain(atlas, "alpha:holding", "beta:quartz")
    assert explanation["same"] and [edge["reason"] for edge in explanation["path"]] == ["judgement"]


@pytest.mark.ci
def test_editorial_records_count_and_retracted_claims_do_not(atlas: Atlas) -> None:
    explanation = explain(atlas, "editorial:meier", "alpha:meier")
    assert explanation["same"] and explanation["shared"]["names"] == ["Meier Optics AG"]
    assert explanation["path"][0]["reason"] == "name" and explanation["probability"] > 0.3
    explanation = explain(atlas, "beta:wrong", "alpha:meier")
    assert not explanation["same"] and explanation["shared"]["names"] == [], "the shared name was retracted"
    assert "they share no full name and no identifier" in explanation["because"]


def test_projects_are_explained_with_all_their_parts(atlas: Atlas) -> None:
    explanation = explain(atlas, "alpha:p1", "alpha:p2")
    assert explanation["probability"] > 0.01 and explanation["relation"] is None
    assert {"prior", "kind", "name", "country", "agreed"} <= {part["name"] for part in explanation["parts"]}
    explanation = explain(atlas, "alpha:p1", "alpha:cable")
    assert (
        explanation["probability"] is None
        and "they are not scored: their kinds cannot be the same thing" in explanation["because"]
    )


def test_pairs_that_are_never_scored_are_explained(atlas: Atlas) -> None:
    explanation = explain(atlas, "alpha:p1", "alpha:meier")
    assert (explanation["type"], explanation["same"]) == (None, False)
    assert "they are of two types: project, organization" in explanation["because"]
    explanation = explain(atlas, "alpha:p1m", "alpha:p2m")
    assert "records of type commitment are never merged" in explanation["because"]
    assert explain(atlas, "beta:d", "beta:d")["probability"] is None


@pytest.mark.ci
def test_an_outdated_resolution_is_reported(atlas: Atlas) -> None:
    entry = atlas.judge("unsure", "alpha:quartz", "beta:bluestem")
    explanation = explain(atlas, "alpha:quartz", "beta:bluestem")
    assert explanation["current"] is False and explanation["judgement"]["verdict"] == "unsure"
    assert "`resolved/` is older than what is here now; `overt resolve` makes it again" in explanation["because"]
    atlas.undo(entry)
    atlas.ok("resolve")


def test_people_read_the_parts_in_lines(atlas: Atlas) -> None:
    lines = atlas.ok("judge", "explain", "alpha:quartz", "alpha:holding").out.splitlines()
    assert lines[0] == "not the same"
    assert "Parts of the probability, in bits:" in lines
    assert any(line.split()[1:2] == ["prior"] for line in lines)
    assert "Evidence for this relation, relative to the mean of all kinds, in bits:" in lines


def test_every_kind_of_relation_has_a_sentence() -> None:
    """The editors' desk offers these sentences as choices, so none may contain an id of the vocabulary."""
    kinds = [term.id for term in Catalogue().vocabularies["relation-kinds"].terms]
    sentences = [relation_sentence(kind, "Alder", "Birch") for kind in kinds]
    assert len(set(sentences)) == len(kinds) > 5
    assert [sentence for sentence in sentences if "is related to" in sentence or "-" in sentence] == []
