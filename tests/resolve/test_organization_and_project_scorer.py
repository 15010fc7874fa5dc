"""Pairs that the machine joins by score, and pairs that it only asks about, in any order of records."""

import random
from math import log2
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overt.importing.folder_import_without_archive import import_folder
from overt.model.claim import Claim
from overt.model.content_catalogue import Catalogue
from overt.model.record_ids import canonical_id
from overt.resolve.pair_scorer import Scorer, build_register, claims_by_organization
from overt.resolve.relations import Organization
from overt.resolve.resolver import Resolution
from tests.resolve.resolved_hand_made_claims import World, clusters_of, record, relation

SCORER = Scorer(Catalogue())
TYPING = [
    record("a:hikvision", name="Hangzhou Hikvision Digital Technology Co., Ltd.", country="CN"),
    record("b:hikvision", name="Hangzhou Hikvison Digital Technology Co Ltd", country="CN"),
    record("c:kenya", name="Hangzhou Hikvision Digital Technology (Kenya) Limited", country="KE"),
]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def scores(resolution: Resolution) -> dict[tuple[str, str], float]:
    return {(pair.left, pair.right): pair.probability for pair in resolution.scored}


def test_a_slip_of_the_pen_is_one_company_and_a_subsidiary_is_not(world: World) -> None:
    world.snapshot(*TYPING)
    resolution = world.resolve(scorer=SCORER)
    assert clusters_of(resolution) == {frozenset({"a:hikvision", "b:hikvision"})}
    assert [(edge.left, edge.right) for edge in resolution.edges if edge.reason == "score"] == [("a:hikvision", "b:hikvision")]
    assert clusters_of(world.resolve()) == set(), "without a score nothing joins, as no name is equal"


@pytest.mark.parametrize(
    ("evidence", "joins"),
    [
        ({}, False),
        ({"country": "CN"}, True),
        ({"website": "https://www.hikvision.com/en/"}, True),
    ],
)
def test_a_score_joins_only_with_evidence_beyond_the_name(world: World, evidence: dict[str, str], joins: bool) -> None:
    world.snapshot(
        record("a:1", name="Hangzhou Hikvision Digital Technology Co., Ltd.", **evidence),
        record("b:1", name="Hangzhou Hikvison Digital Technology Co Ltd", **evidence),
    )
    resolution = world.resolve(scorer=SCORER)
    assert clusters_of(resolution) == ({frozenset({"a:1", "b:1"})} if joins else set())
    assert scores(resolution)["a:1", "b:1"] > 0.7, "without evidence, a person is asked"


def test_a_country_is_no_evidence_for_short_names_that_differ_in_a_letter(world: World) -> None:
    world.snapshot(record("a:1", name="CAICT", country="CN"), record("b:1", name="SAICT", country="CN"))
    assert clusters_of(world.resolve(scorer=SCORER)) == set()


def test_two_rows_of_a_list_never_join_by_a_score(world: World) -> None:
    world.snapshot(*TYPING[:2], record("b:2", name="Hangzhou Hikvisin Digital Technology Co., Ltd.", country="CN"))
    distinct = frozenset({("b", "organization")})
    resolution = world.resolve(scorer=SCORER, distinct=distinct)
    assert [len(cluster) for cluster in clusters_of(resolution)] == [2]
    assert "two rows of b, so not by a score" in {refused.why for refused in resolution.contradictions}
    world.snapshot(record("b:3", name="Hangzhou Hikvison Digital Technology Company Limited", country="CN"))
    assert {"b:hikvision", "b:3"} <= set().union(*clusters_of(world.resolve(scorer=SCORER, distinct=distinct)))


def test_judgements_overrule_the_score(world: World) -> None:
    world.snapshot(*TYPING)
    pair = [("b:hikvision", "a:hikvision")]
    for judged in ({"different": pair}, {"unsure": pair}):
        resolution = world.resolve(scorer=SCORER, **judged)
        assert clusters_of(resolution) == set()
        [contradiction] = resolution.contradictions
        assert contradiction.edge[:2] == ("a:hikvision", "b:hikvision")


def test_a_source_without_duplicates_keeps_its_records_apart(world: World) -> None:
    world.snapshot(*TYPING[:2], record("b:other", name="Hangzhou Hikvision Digital Technologies Co Ltd"))
    resolution = world.resolve(scorer=SCORER, one_to_one=frozenset({("b", "organization")}))
    assert not any({"b:hikvision", "b:other"} <= cluster for cluster in clusters_of(resolution))


def test_a_stated_relation_separates_similar_names(world: World) -> None:
    world.snapshot(*TYPING[:2], relation("r:1", "a:hikvision", "parent", "b:hikvision"))
    assert clusters_of(world.resolve(scorer=SCORER)) == set()


def test_the_parts_add_up_to_the_probability(world: World) -> None:
    world.snapshot(*TYPING)
    [*pairs] = world.resolve(scorer=SCORER).scored
    assert pairs
    for pair in pairs:
        bits = sum(part.bits for part in pair.parts)
        assert bits == pytest.approx(log2(pair.probability / (1 - pair.probability)), abs=0.05), pair
        assert pair.parts[-1].level is not None
        assert pair.parts[-1].level.startswith("looks like ")


def test_a_retracted_name_is_not_scored(world: World) -> None:
    world.snapshot(*TYPING[:2])
    [name] = [claim.id for claim in TYPING[1] if claim.property == "name"]
    assert scores(world.resolve(scorer=SCORER, retracted=frozenset({name}))) == {}


@pytest.mark.ci
def test_loans_for_one_project_are_one_project_and_stay_so_when_one_is_retracted(world: World) -> None:
    content = Catalogue()
    shipped = Path(str(content.source_folders["aiddata_gcdf"])) / "edition"
    world.snapshot(list(import_folder(content, "aiddata_gcdf", shipped).claims))
    loans = frozenset(f"aiddata_gcdf:{key}" for key in (1144, 20089, 20104, 20881, 21229))
    resolution = world.resolve(scorer=SCORER)
    assert loans in clusters_of(resolution)
    ids = {name: identity for name, _, identity, *_ in resolution.members}
    assert len({ids[f"{loan}/commitment"] for loan in loans}) == 5, "commitments are never merged"
    assert {ids[loan] for loan in loans} == {canonical_id("aiddata_gcdf:1144")}
    for loan in ("aiddata_gcdf:1144", "aiddata_gcdf:20881"):  # the anchor and another record
        without = world.resolve(scorer=SCORER, retracted=frozenset({loan}))
        assert {name: identity for name, _, identity, *_ in without.members} == ids, "published ids stay"


@pytest.mark.ci
def test_a_retracted_role_of_a_project_does_not_count(world: World) -> None:
    """Only the role is removed, so the pair's score lacks the part on participants."""
    values = {"name": "Quillwater Harrowfen Express", "kind": "submarine-cable", "operational": "2018-04", "length": "1200"}
    for source in "ab":
        role = {"project": f"{source}:1", "organization": f"{source}:o", "role": "supplier"}
        world.snapshot(
            record(f"{source}:1", "project", **values),
            record(f"{source}:o", name="Larkspur Optical"),
            record(f"{source}:r", "role", **role),
        )
    [pair] = [scored for scored in world.resolve(scorer=SCORER).scored if scored.left == "a:1"]
    [without] = [scored for scored in world.resolve(scorer=SCORER, retracted=frozenset({"a:r"})).scored if scored.left == "a:1"]
    assert "participants" in {part.comparison for part in pair.parts} - {part.comparison for part in without.parts}


def test_organisations_without_a_name_are_not_scored(world: World) -> None:
    world.snapshot(record("a:x", country="KE"), record("b:x", country="KE"))
    assert world.resolve(scorer=SCORER).scored == []
    assert World(Path("/nowhere")).resolve(scorer=SCORER).members == []


WORDS = [
    "Huawei",
    "Hwawei",
    "Lantern",
    "Optical",
    "Tianjin",
    "Kenya",
    "Telecom",
    "Group",
    "Co Ltd",
    "Limited",
    "烽火通信",
    "科技有限公司",
]
named = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
companies = st.lists(
    st.tuples(st.sampled_from("abc"), named, st.none() | st.sampled_from(["CN", "KE"])), min_size=2, max_size=9, unique_by=repr
)


@pytest.mark.ci
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(drawn=companies, seed=st.integers(0, 10_000))
def test_the_order_of_rows_sources_and_threads_does_not_matter(
    drawn: list[tuple[str, str, str | None]], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    records = [
        record(f"{source}:{number}", name=name, **({"country": country} if country else {}))
        for number, (source, name, country) in enumerate(drawn)
    ]

    def resolved(order: list[list[Claim]], threads: int) -> Resolution:
        world = World(tmp_path_factory.mktemp("world"))
        world.snapshot(*order)
        return world.resolve(scorer=SCORER, threads=threads)

    shuffled = [random.Random(seed).sample(claims, len(claims)) for claims in records]
    random.Random(seed).shuffle(shuffled)
    first, second = resolved(records, 1), resolved(shuffled, 2)
    assert (first.members, scores(first)) == (second.members, scores(second))
    assert first.edges == second.edges


def test_an_alias_that_ended_is_a_former_name_unless_it_is_a_name_too() -> None:
    values = [("name", "Harrowfen"), ("alias", "Marshgate"), ("former", "Marshgate"), ("former", "Harrowfen"), ("country", "KE")]
    claims = claims_by_organization(("r:1", "organization", property_, value) for property_, value in values)
    register = build_register(claims, [], ["r:1", "r:gone"])
    harrowfen, marshgate = (Organization((name,)) for name in ("Harrowfen", "Marshgate"))
    assert register.stated_label(harrowfen, marshgate).label == "renamed"
    assert register.stated_label(harrowfen, harrowfen).label == "same"
    assert register.find(Organization(("Harrowfen",), countries=frozenset({"NO"}))) is None
