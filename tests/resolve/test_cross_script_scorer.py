"""`resolve` matches organisations across scripts: names in Latin letters with Chinese and Russian names."""

from math import log2
from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue
from overt.resolve import cross_script_scorer as cross_script
from overt.resolve.linkage.linkage_model import load_linkage_model
from overt.resolve.pair_scorer import Scorer
from overt.resolve.scored_pair import ScoredPair
from tests.resolve.resolved_hand_made_claims import World, clusters_of, record

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
    record("b:1", name="莱多斯控股公司", country="US"),
    record("b:2", name="萨博公司", country="SE"),
    record("b:3", name="江苏亨通海洋光网系统有限公司"),
    record("b:4", name="无锡药明康德新药开发股份有限公司", country="CN"),
]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def pairs(scored: list[ScoredPair]) -> dict[tuple[str, str], ScoredPair]:
    return {pair[:2]: pair for pair in scored}


def test_names_that_sound_alike_join(world: World) -> None:
    world.snapshot(*LATIN, *HAN)
    resolution = world.resolve(scorer=SCORER)
    assert {"a:leidos", "b:1"} in clusters_of(resolution)
    assert {"a:saab", "b:2"} in clusters_of(resolution)
    assert not any({"b:4"} & cluster for cluster in clusters_of(resolution)), "its organisation is not here"


def test_a_russian_name_joins_in_its_country_and_not_without_one(world: World) -> None:
    world.snapshot(
        record("a:plant", name="Bluestem Optical Plant", country="RU"),
        record("a:bank", name="Quartz Signal Bank", country="RU"),
        record("b:plant", name="АО «Оптический завод «Блюстем»", country="RU"),
        record("b:bank", name="Банк «Кварц Сигнал»"),
    )
    resolution = world.resolve(scorer=SCORER)
    assert {"a:plant", "b:plant"} in clusters_of(resolution)
    assert not any("b:bank" in cluster for cluster in clusters_of(resolution)), "nothing but the name says so"
    assert ("a:bank", "b:bank") in pairs(resolution.scored)


def test_two_schools_of_technology_in_one_town_are_only_offered(world: World) -> None:
    world.snapshot(
        record("a:school", name="Tianjin University of Technology", country="CN"),
        record("b:school", name="天津工业大学", country="CN"),
    )
    resolution = world.resolve(scorer=SCORER)
    assert clusters_of(resolution) == set()
    assert ("a:school", "b:school") in pairs(resolution.scored)


def test_the_parts_add_up_and_name_the_matching_words(world: World) -> None:
    world.snapshot(*LATIN, *HAN)
    for pair in world.resolve(scorer=SCORER).scored:
        assert sum(part.bits for part in pair.parts) == pytest.approx(log2(pair.probability / (1 - pair.probability)), abs=0.05)
    leidos = pairs(world.resolve(scorer=SCORER).scored)["a:leidos", "b:1"]
    assert any(part.level and "莱多斯" in part.level for part in leidos.parts)


def test_legal_names_are_compared_although_both_records_have_an_alias_in_the_other_script(world: World) -> None:
    world.snapshot(
        *LATIN,
        record("a:saw", name="Wuhan Fiberlink Optical Technology Co., Ltd.", alias="菲伯林克", country="CN"),
        record("b:saw", name="武汉菲伯林克光学技术股份有限公司", alias="Fiberlink", country="CN"),
        record("b:short", name="菲伯林克光学", alias="Fiberlink Optics", country="CN"),
    )
    resolution = world.resolve(scorer=SCORER)
    assert any({"a:saw", "b:saw"} <= cluster for cluster in clusters_of(resolution))


def test_words_that_no_list_translates_leave_no_doubt_beside_one_home_page(world: World) -> None:
    names = ("Saint Petersburg State University", "Санкт-Петербургский государственный электротехнический университет")
    for website, is_one in (("", False), ("https://www.spbu.example/{}", True)):
        own = {"website": website} if website else {}
        world.snapshot(
            *(
                record(f"{source}:spb", name=name, country="RU", **{key: page.format(path) for key, page in own.items()})
                for source, name, path in (("a", names[0], "en"), ("b", names[1], "ru"))
            )
        )
        assert bool(clusters_of(world.resolve(scorer=SCORER))) == is_one


def test_the_sphere_of_an_agency_is_no_word_of_its_own(world: World) -> None:
    world.snapshot(
        record("a:1", name="Federal Service for Supervision of Transport and Communications", country="RU"),
        record("b:1", name="Федеральная служба по надзору в сфере транспорта и связи", country="RU"),
    )
    assert clusters_of(world.resolve(scorer=SCORER)) == {frozenset({"a:1", "b:1"})}


@pytest.mark.parametrize(("country", "is_one"), [("TJ", True), ("KZ", False)])
def test_a_state_body_in_another_script_is_in_the_country_of_its_projects(world: World, country: str, is_one: bool) -> None:
    world.snapshot(
        record("a:1", name="Ministry of Communications", country="TJ"),
        record("b:1", name="Министерство связи", kind="state-body"),
        record("b:loan", "project", name="Заём", country=country),
        record("b:loan/c", "role", project="b:loan", organization="b:1"),
    )
    assert bool(clusters_of(world.resolve(scorer=SCORER))) == is_one


def test_names_without_a_country_are_only_offered(world: World) -> None:
    world.snapshot(*LATIN, record("b:1", name="莱多斯控股公司"))
    resolution = world.resolve(scorer=SCORER)
    assert clusters_of(resolution) == set()
    assert ("a:leidos", "b:1") in pairs(resolution.scored)


def test_different_countries_prevent_a_join(world: World) -> None:
    world.snapshot(*LATIN, record("b:1", name="莱多斯控股公司", country="BR"))
    scored = pairs(world.resolve(scorer=SCORER).scored)
    assert not any(pair.same for pair in scored.values())
    assert clusters_of(world.resolve(scorer=SCORER)) == set()


def test_a_record_with_names_in_both_scripts_joins_by_those(world: World) -> None:
    world.snapshot(record("a:x", name="Leidos", alias="莱多斯公司"), record("c:x", name="Leidos"), record("d:x", name="莱多斯"))
    resolution = world.resolve(scorer=SCORER)
    assert {"a:x", "c:x"} <= set().union(*clusters_of(resolution))
    assert not any(part.comparison == "rivals" for pair in resolution.scored for part in pair.parts)


def test_too_many_names_are_not_compared_but_a_requested_pair_is(monkeypatch: pytest.MonkeyPatch) -> None:
    named = {
        claims[0].record: {"name": [claim.value for claim in claims if claim.property == "name"]} for claims in (*LATIN, *HAN)
    }
    clusters, linkage = {record: record for record in named}, load_linkage_model()
    assert ("a:saab", "b:2") in pairs(cross_script.score_across_scripts(named, clusters, linkage))
    monkeypatch.setattr(cross_script, "MAX_NAMES", 3)
    assert cross_script.score_across_scripts(named, clusters, linkage) == []
    pair = pairs(cross_script.score_pair_across_scripts(named, clusters, linkage, ("b:2", "a:saab")))["a:saab", "b:2"]
    assert not pair.same
    assert "looked at by themselves" in str(pair.parts[-1].level)
