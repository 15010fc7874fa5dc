"""Chinese names alone beside Latin ones, through `resolve`."""

from math import log2
from pathlib import Path

import pytest

from overt.model.content import Catalogue
from overt.resolve import cross_script
from overt.resolve.linkage.linkage_model import load_linkage_model
from overt.resolve.scored_pair import ScoredPair
from overt.resolve.scorer import Scorer
from tests.resolve.world import World, clusters_of, record

SCORER = Scorer(Catalogue())
LATIN = [
    record("a:leidos", name="Leidos Holdings, Inc.", country="US"),
    record("a:thales", name="Thales Group", country="FR"),
    record("a:saab", name="Saab AB", country="SE"),
    record("a:ocean", name="Jiangsu Hengtong Marine Cable Systems Co., Ltd.", country="CN"),
    record("a:fiberhome", name="FiberHome Telecommunication Technologies", country="CN"),
    record("a:lantern", name="Lantern Street Lighting", country="GB"),
]
HAN = [
    record("b:1", name="莱多斯控股公司"),
    record("b:2", name="萨博公司", country="SE"),
    record("b:3", name="江苏亨通海洋光网系统有限公司"),
    record("b:4", name="无锡药明康德新药开发股份有限公司", country="CN"),
]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def pairs(found: list[ScoredPair]) -> dict[tuple[str, str], ScoredPair]:
    return {held[:2]: held for held in found}


def test_a_name_that_sounds_like_the_other_is_found(world: World) -> None:
    world.snapshot(*LATIN, *HAN)
    found = world.resolve(scorer=SCORER)
    assert {"a:leidos", "b:1"} in clusters_of(found)
    assert {"a:saab", "b:2"} in clusters_of(found)
    assert not any({"b:4"} & cluster for cluster in clusters_of(found)), "nobody here is meant"


def test_the_parts_add_up_and_say_what_answers_what(world: World) -> None:
    world.snapshot(*LATIN, *HAN)
    for pair in world.resolve(scorer=SCORER).scored:
        assert sum(part.bits for part in pair.parts) == pytest.approx(log2(pair.probability / (1 - pair.probability)), abs=0.05)
    leidos = pairs(world.resolve(scorer=SCORER).scored)["a:leidos", "b:1"]
    assert any(part.level and "莱多斯" in part.level for part in leidos.parts)


def test_other_countries_speak_against_it(world: World) -> None:
    world.snapshot(*LATIN, record("b:1", name="莱多斯控股公司", country="BR"))
    here = pairs(world.resolve(scorer=SCORER).scored)
    assert not any(held.same for held in here.values())
    assert clusters_of(world.resolve(scorer=SCORER)) == set()


def test_whoever_has_names_in_both_scripts_is_found_by_those(world: World) -> None:
    world.snapshot(record("a:x", name="Leidos", alias="莱多斯公司"), record("c:x", name="Leidos"), record("d:x", name="莱多斯"))
    found = world.resolve(scorer=SCORER)
    assert {"a:x", "c:x"} <= set().union(*clusters_of(found))
    assert not any(part.comparison == "rivals" for held in found.scored for part in held.parts)


def test_too_many_names_are_not_laid_beside_one_another_but_a_pair_can_be_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    named = {held[0].record: {"name": [claim.value for claim in held if claim.property == "name"]} for held in (*LATIN, *HAN)}
    things, linkage = {one: one for one in named}, load_linkage_model()
    assert ("a:saab", "b:2") in pairs(cross_script.across_scripts(named, things, linkage))
    monkeypatch.setattr(cross_script, "MOST_NAMES", 3)
    assert cross_script.across_scripts(named, things, linkage) == []
    asked = pairs(cross_script.across_asked(named, things, linkage, ("b:2", "a:saab")))["a:saab", "b:2"]
    assert not asked.same
    assert "looked at by themselves" in str(asked.parts[-1].level)
