"""Which records are the same entity, and the id under which they are published."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.resolve.resolved_hand_made_claims import World, clusters_of, record, relation


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


# --- Why records are joined ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Huawei Technologies Co., Ltd.", "HUAWEI TECHNOLOGIES"),
        ("华为技术有限公司", "华为技术"),
        ("The People’s Bank of China", "People's Bank of China"),
        ("Telefónica S.A.", "Telefonica SA"),
        ("AT&T Inc.", "AT and T"),
        ("ООО «Ромашка»", "Ромашка"),
        ("Ｈｕａｗｅｉ", "Huawei"),
    ],
)
def test_spellings_of_one_name_join(world: World, left: str, right: str) -> None:
    world.snapshot(record("a:1", name=left), record("b:1", name=right))
    assert world.clusters() == {frozenset({"a:1", "b:1"})}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Huawei Technologies", "Huawei Marine"),
        ("华为", "华"),
        ("Bank of China", "People's Bank of China"),
        ("Какао", "Как"),
        ("Co", "Ltd"),
        ("A", "A"),
        ("!!!", "???"),
        ("Kūrybos", "Kurybos 2"),
    ],
)
def test_different_names_do_not_join(world: World, left: str, right: str) -> None:
    world.snapshot(record("a:1", name=left), record("b:1", name=right))
    assert world.clusters() == set()


def test_equal_identifiers_merge_records_with_any_names(world: World) -> None:
    world.snapshot(
        record("a:1", name="Huawei", identifier="wikidata:Q160120"),
        record("b:1", name="华为", identifier="wikidata:Q160120"),
        record("c:1", name="Other", identifier="wikidata:Q1"),
        record("d:1", "project", name="Project", identifier="wikidata:Q160120"),
    )
    assert world.clusters() == {frozenset({"a:1", "b:1"})}


def test_projects_with_equal_names_are_not_merged(world: World) -> None:
    world.snapshot(record("a:1", "project", name="Safe City"), record("b:1", "project", name="Safe City"))
    assert world.clusters() == set()


def test_documents_are_one_by_their_address(world: World) -> None:
    world.snapshot(
        record("a:d", "document", url="https://example.org/x", title="A"),
        record("b:d", "document", url="https://example.org/x", title="B"),
        record("c:d", "document", url="https://example.org/y", title="A"),
    )
    assert world.clusters() == {frozenset({"a:d", "b:d"})}


TITLE = "Huawei wins a contract in Belgrade"


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        ({}, True),
        ({"publisher": "Reuters"}, True),
        ({"publisher": "Xinhua"}, False),
        ({"published": "2020"}, False),
        ({"title": "Huawei wins a contract in Nairobi"}, False),
    ],
)
def test_a_document_cited_with_and_without_its_address_is_one(world: World, other: dict[str, str], is_one: bool) -> None:
    details = {"title": TITLE, "publisher": "Reuters", "published": "2019"}
    world.snapshot(record("a:d", "document", url="https://example.org/x", **details))
    world.snapshot(record("editorial:d", "document", **{"title": TITLE, **other}))
    assert world.clusters() == ({frozenset({"a:d", "editorial:d"})} if is_one else set())


def test_a_title_with_two_addresses_says_nothing_about_a_document_without_one(world: World) -> None:
    addresses = [record(f"a:{key}", "document", title=TITLE, url=f"https://example.org/{key}") for key in "xy"]
    world.snapshot(*addresses, record("b:d", "document", title=TITLE))
    assert world.clusters() == set()


@pytest.mark.parametrize(("title", "is_one"), [("华为在内罗毕签署合同", True), ("年度报告", False)])
def test_two_characters_of_a_chinese_title_count_as_a_word(title: str, is_one: bool, world: World) -> None:
    world.snapshot(record("a:d", "document", title=title, url="https://example.org/x"), record("b:d", "document", title=title))
    assert world.clusters() == ({frozenset({"a:d", "b:d"})} if is_one else set())


def test_a_title_of_two_words_identifies_no_document(world: World) -> None:
    world.snapshot(
        record("a:d", "document", title="Annual report", url="https://example.org/x"),
        record("b:d", "document", title="Annual report"),
    )
    assert world.clusters() == set()


def test_an_alias_joins_the_record_that_has_it_as_its_name(world: World) -> None:
    world.snapshot(record("a:1", name="Hengtong Marine", alias="HMN Tech"), record("b:1", name="HMN Tech"))
    assert world.clusters() == {frozenset({"a:1", "b:1"})}


def test_an_alias_does_not_join_a_name_that_adds_a_legal_form(world: World) -> None:
    world.snapshot(record("a:1", name="China National Offshore Oil", alias="CNOOC"), record("b:1", name="CNOOC Limited"))
    assert world.clusters() == set()
    register = frozenset({("a", "organization")})
    assert world.clusters(one_to_one=register) == set(), "the group bears the short name, and its listed company the legal one"


def test_an_alias_with_a_legal_form_is_a_full_name(world: World) -> None:
    world.snapshot(record("a:1", name="Hengtong Marine", alias="HMN Tech Ltd"), record("b:1", name="HMN Tech Company Limited"))
    assert world.clusters() == {frozenset({"a:1", "b:1"})}


def test_initials_join_in_one_country_only(world: World) -> None:
    long = record("a:1", name="Radio Television Ivoirienne", alias="RTI", country="CI")
    world.snapshot(long, record("b:1", name="RTI"))
    assert world.clusters() == set()
    world.snapshot(long, record("b:1", name="RTI", country="CI"))
    assert world.clusters() == {frozenset({"a:1", "b:1"})}


def test_initials_in_the_register_identify_its_record(world: World) -> None:
    world.snapshot(record("register:1", name="Radio Television Ivoirienne", alias="RTI", country="CI"), record("b:1", name="RTI"))
    one_to_one = frozenset({("register", "organization")})
    assert world.clusters(one_to_one=one_to_one) == {frozenset({"register:1", "b:1"})}


def test_two_aliases_do_not_join_one_another(world: World) -> None:
    world.snapshot(record("a:group", name="BGI Group", alias="BGI"), record("b:listed", name="BGI Genomics", alias="BGI"))
    assert world.clusters() == set()


def test_an_alias_of_two_records_merges_nothing(world: World) -> None:
    world.snapshot(
        record("a:institute", name="Beijing Genomics Institute", alias="BGI"),
        record("b:listed", name="BGI Genomics", alias="BGI"),
        record("c:1", name="BGI"),
    )
    assert world.clusters() == set()


def test_an_alias_in_the_register_identifies_its_record(world: World) -> None:
    world.snapshot(
        record("register:bgi", name="BGI Genomics", alias="BGI"),
        record("b:group", name="BGI Group", alias="BGI"),
        record("c:1", name="BGI"),
    )
    assert world.clusters(one_to_one=frozenset({("register", "organization")})) == {frozenset({"register:bgi", "c:1"})}


# --- Why records are kept apart -----------------------------------------------------------------------------------------


def test_equal_names_in_two_countries_do_not_join(world: World) -> None:
    world.snapshot(
        record("a:1", name="Telecom Ltd", country="KE"),
        record("b:1", name="Telecom Ltd", country="FJ"),
        record("c:1", name="Telecom"),
    )
    assert world.clusters() == set(), "the one without a country may be either"


def test_a_record_without_a_country_joins_the_only_country_there_is(world: World) -> None:
    world.snapshot(record("a:1", name="Telecom Ltd", country="KE"), record("b:1", name="Telecom Ltd"))
    assert world.clusters() == {frozenset({"a:1", "b:1"})}


@pytest.mark.parametrize("kind", ["parent", "subsidiary", "joint-venture", "share-held", "predecessor"])
def test_a_subsidiary_is_not_its_parent(world: World, kind: str) -> None:
    world.snapshot(
        record("a:parent", name="China Mobile"),
        record("a:child", name="China Mobile Limited"),
        relation("a:r", "a:child", kind, "a:parent"),
        record("b:1", name="China Mobile"),
    )
    resolution = world.resolve()
    assert not any({"a:parent", "a:child"} <= members for members in clusters_of(resolution))
    assert {(contradiction.first, contradiction.second) for contradiction in resolution.contradictions} & {
        ("a:child", "a:parent"),
        ("a:parent", "a:child"),
    }


def test_a_third_record_does_not_join_a_child_and_its_parent(world: World) -> None:
    world.snapshot(
        record("a:parent", name="Parent", identifier="lei:1"),
        record("a:child", name="Child", identifier="lei:2"),
        relation("a:r", "a:child", "parent", "a:parent"),
        record("b:1", name="Something", identifier=["lei:1", "lei:2"]),
    )
    [cluster] = world.clusters()
    assert len(cluster) == 2


def test_a_renamed_company_is_merged(world: World) -> None:
    world.snapshot(
        record("a:marine", name="Huawei Marine Networks"),
        record("a:hmn", name="HMN Technologies", alias="Huawei Marine Networks"),
        relation("a:r", "a:marine", "renamed", "a:hmn"),
    )
    assert world.clusters() == {frozenset({"a:marine", "a:hmn"})}


def test_a_source_without_duplicates_keeps_its_records_apart(world: World) -> None:
    world.snapshot(
        record("register:1", name="ZTE", identifier="lei:1"),
        record("register:2", name="ZTE Kangxun", identifier="lei:2"),
        record("b:1", name="ZTE Kangxun", identifier="lei:1"),
    )
    resolution = world.resolve(one_to_one=frozenset({("register", "organization")}))
    assert clusters_of(resolution) == {frozenset({"register:1", "b:1"})}
    [contradiction] = resolution.contradictions
    assert (contradiction.edge.reason, contradiction.why) == ("name", "register has no duplicates")
    assert {contradiction.first, contradiction.second} == {"register:1", "register:2"}


def test_an_ambiguous_name_merges_nothing(world: World) -> None:
    companies = record("register:1", name="Telecom Inc"), record("register:2", name="Telecom Ltd")
    world.snapshot(*companies, record("b:1", name="Telecom"))
    assert world.clusters(one_to_one=frozenset({("register", "organization")})) == set()
    assert world.clusters() == {frozenset({"register:1", "register:2", "b:1"})}


# --- Group, listed company and national subsidiary (docs/decisions/0070) ------------------------------------------------

REGISTER = frozenset({("register", "organization")})


def test_a_short_name_is_the_group_and_a_legal_name_the_listed_company(world: World) -> None:
    world.snapshot(
        record("register:group", name="China Telecom Group Co., Ltd.", alias="China Telecom", country="CN"),
        record("register:listed", name="China Telecom Corporation Limited", country="CN"),
        record("a:1", name="China Telecom"),
        record("b:1", name="China Telecom Corporation Limited"),
        record("c:1", name="China Telecom", country="CN"),
    )
    joined = {frozenset({"register:group", "a:1", "c:1"}), frozenset({"register:listed", "b:1"})}
    assert world.clusters(one_to_one=REGISTER) == joined


def test_two_legal_forms_of_one_list_are_two_companies(world: World) -> None:
    world.snapshot(
        record("list:ao", name="AO Kaspersky Lab"),
        record("list:inc", name="Kaspersky Lab, Inc."),
        record("register:1", name="AO Kaspersky Lab", country="RU"),
        record("b:1", name="Kaspersky Lab"),
    )
    assert world.clusters(one_to_one=REGISTER) == {frozenset({"register:1", "list:ao", "b:1"})}
    assert world.clusters() == {frozenset({"register:1", "list:ao"})}, "without a register, the name without a form may be either"


def test_a_legal_form_and_its_translation_are_one(world: World) -> None:
    world.snapshot(record("a:1", name="AO Kaspersky Lab"), record("b:1", name="Kaspersky Lab JSC"))
    assert world.clusters() == {frozenset({"a:1", "b:1"})}


def test_a_short_name_without_a_country_is_the_registered_body_among_several(world: World) -> None:
    world.snapshot(
        record("register:1", name="Telefonaktiebolaget LM Ericsson", alias="Ericsson", country="SE"),
        record("list:se", name="Ericsson", country="SE"),
        record("list:us", name="Ericsson", country="US"),
        record("b:1", name="Ericsson"),
    )
    assert world.clusters(one_to_one=REGISTER) == {frozenset({"register:1", "list:se", "b:1"})}


def test_a_name_and_its_group_are_one_unless_a_list_has_both(world: World) -> None:
    world.snapshot(record("a:1", name="MTN Group"), record("b:1", name="MTN"))
    assert world.clusters() == {frozenset({"a:1", "b:1"})}
    world.snapshot(record("b:2", name="MTN Group"))
    assert world.clusters() == {frozenset({"a:1", "b:2"})}


def test_a_legal_name_is_not_that_of_its_group(world: World) -> None:
    world.snapshot(record("a:1", name="Sony Corporation"), record("b:1", name="Sony Group Corporation"))
    assert world.clusters() == set()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Cape Verde Telecom", "Cabo Verde Telecom"),
        ("CNOOC ENERGY TECH & SRVCES LTD", "CNOOC Energy Technology & Services Limited"),
        ("GUANGZHOU HAIGE COMM GRP", "Guangzhou Haige Communications Group Incorporated Company"),
        ("Airtel (Bharti)", "Bharti Airtel Limited"),
        ("Nippon Telegraph and Telephone Corporation (NTT)", "Nippon Telegraph and Telephone Corporation"),
        ("Harrow National Optics Import & Export Corp. (HOIEC)", "Harrow National Optics Import and Export Corporation"),
        ("Bluestem Telecom Ltd. (until March 2017)", "Bluestem Telecom"),
        ("Bluestem Telecom (formerly Fern Radio)", "Bluestem Telecom Limited"),
        ("ПАО «Ромашка» (с 2019)", "Ромашка"),
    ],
)
def test_one_name_is_found_in_its_spellings(world: World, left: str, right: str) -> None:
    world.snapshot(record("a:1", name=left), record("b:1", name=right))
    assert world.clusters() == {frozenset({"a:1", "b:1"})}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Bluestem Telecom (Kenya)", "Bluestem Telecom"),
        ("Bluestem Telecom (KTN)", "Bluestem Telecom"),
        ("Bluestem Telecom (2017)", "Bluestem Telecom"),
    ],
)
def test_other_words_in_brackets_are_part_of_the_name(world: World, left: str, right: str) -> None:
    world.snapshot(record("a:1", name=left), record("b:1", name=right))
    assert world.clusters() == set()


@pytest.mark.parametrize(("country", "is_one"), [("ZA", True), ("KE", False)])
def test_a_name_is_that_with_the_country_of_all_its_projects(world: World, country: str, is_one: bool) -> None:
    world.snapshot(
        record("a:telkom", name="Telkom"),
        record("a:1", "project", name="Loan", country=country),
        record("a:1/recipient", "role", project="a:1", organization="a:telkom"),
        record("b:1", name="Telkom South Africa"),
        record("b:2", name="Telkom Indonesia"),
    )
    assert world.clusters() == ({frozenset({"a:telkom", "b:1"})} if is_one else set())


def test_a_name_with_projects_in_two_countries_is_no_national_company(world: World) -> None:
    world.snapshot(
        record("a:telkom", name="Telkom"),
        *(record(f"a:{country}", "project", name="Loan", country=country) for country in ("ZA", "KE")),
        *(record(f"a:{country}/r", "role", project=f"a:{country}", organization="a:telkom") for country in ("ZA", "KE")),
        record("b:1", name="Telkom South Africa"),
    )
    assert world.clusters() == set()


# --- What people decide -------------------------------------------------------------------------------------------------


def test_different_separates_equal_names(world: World) -> None:
    world.snapshot(record("a:1", name="ZTE"), record("b:1", name="ZTE"))
    resolution = world.resolve(different=[("a:1", "b:1")])
    assert clusters_of(resolution) == set()
    assert [contradiction.why for contradiction in resolution.contradictions] == ["judged to be different"]


def test_different_holds_across_clusters(world: World) -> None:
    world.snapshot(
        record("a:1", name="ZTE"), record("b:1", name="ZTE", identifier="lei:1"), record("c:1", name="Other", identifier="lei:1")
    )
    for cluster in world.clusters(different=[("a:1", "c:1")]):
        assert not {"a:1", "c:1"} <= cluster


def test_same_joins_records_with_nothing_in_common(world: World) -> None:
    world.snapshot(record("a:1", name="ZTE", country="CN"), record("b:1", name="Zhongxing", country="HK"))
    assert world.clusters(same=[("a:1", "b:1")]) == {frozenset({"a:1", "b:1"})}


def test_same_beats_a_relation_and_a_source_without_duplicates(world: World) -> None:
    world.snapshot(
        record("register:1", name="A"),
        record("register:2", name="B"),
        relation("register:r", "register:1", "parent", "register:2"),
    )
    resolution = world.resolve(same=[("register:1", "register:2")], one_to_one=frozenset({("register", "organization")}))
    assert clusters_of(resolution) == {frozenset({"register:1", "register:2"})}
    assert resolution.contradictions == []


def test_same_never_beats_different(world: World) -> None:
    world.snapshot(record("a:1", name="A"), record("b:1", name="B"), record("c:1", name="C"))
    resolution = world.resolve(same=[("a:1", "b:1"), ("b:1", "c:1")], different=[("a:1", "c:1")])
    assert clusters_of(resolution) == {frozenset({"a:1", "b:1"})}
    assert len(resolution.contradictions) == 1


def test_the_machine_joins_no_unsure_pair_on_any_path(world: World) -> None:
    world.snapshot(*(record(f"{source}:1", name="Huawei") for source in "abc"))
    assert world.clusters(unsure=[("a:1", "b:1")]) == {frozenset({"a:1", "c:1"})}, "b:1 may not join through c:1 either"
    [contradiction] = world.resolve(unsure=[("a:1", "b:1")]).contradictions
    assert (contradiction.edge[:2], contradiction.first, contradiction.second) == (("a:1", "b:1"), "a:1", "b:1")
    assert contradiction.why.startswith("judged unsure")


def test_people_may_join_an_unsure_pair(world: World) -> None:
    world.snapshot(*(record(f"{source}:1", name=source * 3) for source in "abc"))
    same = [("a:1", "c:1"), ("b:1", "c:1")]
    assert world.clusters(same=same, unsure=[("a:1", "b:1")]) == {frozenset({"a:1", "b:1", "c:1"})}
    assert world.clusters(same=same[:1], unsure=[("a:1", "b:1")]) == {frozenset({"a:1", "c:1"})}


def test_records_of_two_types_never_join(world: World) -> None:
    world.snapshot(record("a:1", name="A"), record("a:p", "project", name="A"))
    resolution = world.resolve(same=[("a:1", "a:p")])
    assert clusters_of(resolution) == set()
    assert [contradiction.why for contradiction in resolution.contradictions] == ["of two types: organization, project"]


def test_a_judgement_on_an_unknown_record_has_no_effect(world: World) -> None:
    world.snapshot(record("a:1", name="A"), record("b:1", name="B"))
    assert world.clusters(same=[("a:1", "gone:1"), ("gone:1", "b:1")]) == set()


# --- Ids ----------------------------------------------------------------------------------------------------------------


def test_a_cluster_has_the_id_of_the_record_archived_first(world: World) -> None:
    world.snapshot(record("z:1", name="ZTE"))
    world.snapshot(record("a:1", name="ZTE"), record("b:1", name="ZTE"))
    assert set(world.ids().values()) == {"z:1"}


def test_ties_go_to_the_smaller_record_id(world: World) -> None:
    world.snapshot(record("b:1", name="ZTE"), record("a:2", name="ZTE"), record("a:10", name="ZTE"))
    assert set(world.ids().values()) == {"a:10"}


def test_after_a_split_each_part_takes_its_own_anchor(world: World) -> None:
    world.snapshot(record("a:1", name="ZTE"))
    world.snapshot(record("b:1", name="ZTE"), record("b:2", name="ZTE"))
    apart = {"different": [("a:1", "b:1"), ("a:1", "b:2")]}
    assert world.ids(**apart) == {"a:1": "a:1", "b:1": "b:1", "b:2": "b:1"}
    assert world.ids() == {"a:1": "a:1", "b:1": "a:1", "b:2": "a:1"}, "and undoing restores the cluster"


def test_a_record_that_vanished_upstream_stays_an_anchor(world: World) -> None:
    world.snapshot(record("a:1", name="ZTE"), record("a:2", name="Other"))
    world.snapshot(record("b:1", name="ZTE"))
    world.snapshot(record("a:2", name="Other"))
    assert world.ids() == {"a:1": "a:1", "a:2": "a:2", "b:1": "a:1"}


def test_a_renamed_key_keeps_its_id(world: World) -> None:
    world.snapshot(record("a:old", name="ZTE"))
    world.snapshot(record("a:new", name="Zhongxing"))
    assert world.ids(renamed={"a:old": "a:new"}) == {"a:old": "a:old", "a:new": "a:old"}
    assert world.ids(renamed={"a:old": "a:newer", "a:newer": "a:newest"})["a:new"] == "a:new"


def test_a_renamed_key_of_a_source_without_duplicates_takes_its_names_along(world: World) -> None:
    world.snapshot(record("register:old", name="HMN Tech", alias="Huawei Marine"))
    world.snapshot(record("b:1", name="HMN Tech"), record("b:2", name="Huawei Marine"))
    before = world.ids(one_to_one=frozenset({("register", "organization")}))
    world.snapshot(record("register:new", name="HMN Tech", alias="Huawei Marine"))
    after = world.ids(one_to_one=frozenset({("register", "organization")}), renamed={"register:old": "register:new"})
    assert set(before.values()) == set(after.values()) == {"register:old"}


def test_an_editorial_record_comes_after_every_archived_one(world: World) -> None:
    world.snapshot(record("z:1", name="ZTE"))
    world.editorial = [
        claim for key, name in (("zte", "ZTE"), ("b", "Bull"), ("a", "Bull")) for claim in record(f"editorial:{key}", name=name)
    ]
    ids = world.ids(editorial={"editorial:zte": 1, "editorial:b": 2, "editorial:a": 3})
    assert ids == {"z:1": "z:1", "editorial:zte": "z:1", "editorial:b": "editorial:b", "editorial:a": "editorial:b"}


def test_an_editorial_claim_does_not_change_the_source_of_a_record(world: World) -> None:
    world.snapshot(record("zeta:1", name="ZTE"))
    world.editorial = [claim._replace(source="editorial") for claim in record("zeta:1", alias="Zhongxing")]
    [(name, _, _, source, position)] = world.resolve(editorial={"zeta:1": 5}).members
    assert (name, source, position) == ("zeta:1", "zeta", 0)


# --- Current claims --------------------------------------------------------------------------------------------------------


def test_a_name_corrected_upstream_no_longer_joins(world: World) -> None:
    world.snapshot(
        record("a:1", name="ZTE", identifier="lei:1"), record("b:1", name="ZTE"), record("c:1", name="C", identifier="lei:1")
    )
    assert len(world.clusters()) == 1
    world.snapshot(record("a:1", name="Hengtong", identifier="lei:2"))
    assert world.clusters() == set()


def test_a_relation_withdrawn_upstream_no_longer_separates(world: World) -> None:
    world.snapshot(record("a:1", name="ZTE"), record("a:2", name="ZTE Ltd"), relation("a:r", "a:1", "parent", "a:2"))
    assert world.clusters() == set()
    world.snapshot(record("a:1", name="ZTE"), record("a:2", name="ZTE Ltd"), relation("a:r", "a:1", "renamed", "a:2"))
    assert world.clusters() == {frozenset({"a:1", "a:2"})}


def test_a_retracted_name_no_longer_joins(world: World) -> None:
    [claim] = record("a:1", name="ZTE")
    world.snapshot([claim], record("b:1", name="ZTE"))
    assert world.clusters(retracted=frozenset({claim.id})) == set()
    assert world.clusters(retracted=frozenset({"0" * 32})) == {frozenset({"a:1", "b:1"})}


def test_a_retracted_record_keeps_its_id(world: World) -> None:
    world.snapshot(record("a:1", name="ZTE"))
    world.snapshot(record("b:1", name="ZTE"))
    assert set(world.ids(retracted=frozenset({"a:1"})).values()) == {"a:1"}


@pytest.mark.parametrize("target", ["record", "kind"])
def test_a_retracted_relation_no_longer_separates(world: World, target: str) -> None:
    claims = relation("a:r", "a:1", "parent", "a:2")
    world.snapshot(record("a:1", name="ZTE"), record("a:2", name="ZTE Ltd"), claims)
    retracted = "a:r" if target == "record" else next(claim.id for claim in claims if claim.property == "kind")
    assert world.clusters(retracted=frozenset({retracted})) == {frozenset({"a:1", "a:2"})}


def test_no_claims_give_no_members(world: World) -> None:
    assert world.resolve().members == []


# --- Order -------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["ZTE", "ZTE Corp", "Huawei", "Huawei Marine", "华为", "HMN", "Telecom"])
RECORDS = [f"{source}:{number}" for source in ("a", "b", "register") for number in range(3)]
PAIRS = st.lists(
    st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS)).filter(lambda pair: pair[0] != pair[1]), max_size=4
)


@pytest.mark.ci
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    records=st.fixed_dictionaries(
        {
            name: st.fixed_dictionaries(
                {
                    "name": st.lists(NAMES, min_size=1, max_size=2),
                    "alias": st.lists(NAMES, max_size=1),
                    "identifier": st.lists(st.sampled_from(["lei:1", "lei:2"]), max_size=1),
                    "country": st.lists(st.sampled_from(["CN", "HK"]), max_size=1),
                }
            )
            for name in RECORDS
        }
    ),
    same=PAIRS,
    different=PAIRS,
    related=PAIRS,
    seed=st.integers(0, 1000),
)
def test_order_does_not_matter(tmp_path_factory, records, same, different, related, seed) -> None:
    claims = [claim for name, values in records.items() for claim in record(name, **values)]
    claims += [claim for number, pair in enumerate(related) for claim in relation(f"a:r{number}", pair[0], "parent", pair[1])]
    seen = []
    for turn in range(2):
        shuffled = random.Random(seed * turn).sample(claims, len(claims)) if turn else claims
        world = World(tmp_path_factory.mktemp("order"))
        world.snapshot(shuffled)
        order = list if turn == 0 else lambda pairs: [pair[::-1] for pair in reversed(pairs)]
        pairs = {
            name: sorted({tuple(sorted(pair)) for pair in order(values)})
            for name, values in (("same", same), ("different", different))
        }
        if turn:
            pairs = {name: random.Random(seed).sample(values, len(values)) for name, values in pairs.items()}
        resolution = world.resolve(one_to_one=frozenset({("register", "organization")}), **pairs)
        seen.append((resolution.members, sorted(resolution.edges), sorted(resolution.contradictions)))
    assert seen[0] == seen[1]
    # Properties that every result must have:
    cluster_of = {name: identity for name, _, identity, *_ in seen[0][0]}
    for left, right in different:
        assert cluster_of[left] != cluster_of[right]
    judged = {tuple(sorted(pair)) for pair in same}
    registered = [name for name in RECORDS if name.startswith("register:")]
    for left in registered:
        for right in registered:
            if left < right and cluster_of[left] == cluster_of[right]:
                assert judged, "a source without duplicates was joined by the machine"
