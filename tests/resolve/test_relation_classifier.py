"""The relation classifier, with and without relations that sources state."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.linkage.organization_relation_quality import HOMONYM, LABELLED_PAIRS, MIRRORED, cases, register, share
from overt.resolve.relations import Classifier, Organization, Register
from overt.resolve.relations.clues import NONE, find_clues
from overt.resolve.relations.relation_labels_and_verdict import LABELS
from overt.resolve.relations.relation_model import CLUES, load_relation_model

NAMES = Classifier(load_relation_model())
INFORMED = Classifier(load_relation_model(), register())


def organization(name: str, country: str = "", *aliases: str, record: str | None = None) -> Organization:
    return Organization((name,), aliases, frozenset({country} - {""}), record=record)


HUAWEI = organization("Huawei Technologies Co., Ltd.", "CN")


# --- What must hold -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kenya", ["Huawei Technologies (Kenya) Co., Ltd.", "Huawei Technologies Kenya"])
@pytest.mark.parametrize("classifier", [NAMES, INFORMED])
def test_a_company_and_its_kenyan_subsidiary_are_related_and_not_the_same(classifier: Classifier, kenya: str) -> None:
    for subsidiary in (organization(kenya, "KE"), organization(kenya)):
        verdict = classifier.classify(HUAWEI, subsidiary)
        assert (verdict.label, verdict.is_same) == ("subsidiary", False)
        assert verdict.relation("r:huawei", "a:kenya") == ("r:huawei", "subsidiary", "a:kenya")


def test_huawei_marine_and_hmn_tech_are_the_same_by_the_register() -> None:
    verdict = INFORMED.classify(organization("Huawei Marine"), organization("HMN Tech"))
    assert (verdict.label, verdict.is_same) == ("renamed", True)
    assert verdict.relation("a:1", "b:1") == ("a:1", "renamed", "b:1")
    assert not NAMES.classify(organization("Huawei Marine"), organization("HMN Tech")).is_same


def test_two_state_groups_with_similar_names_are_different() -> None:
    cec = organization("China Electronics Corporation", "CN", "CEC")
    cetc = organization("China Electronics Technology Group Corporation", "CN", "CETC")
    for classifier in (NAMES, INFORMED):
        verdict = classifier.classify(cec, cetc)
        assert (verdict.label, verdict.is_same, verdict.relation("a", "b")) == ("different", False, None)


# --- Stated relations outweigh names -----------------------------------------------------------------------------------------

STATED = Register(
    names=[("r:old", "Quillwater Networks"), ("r:new", "Harrowfen"), ("r:big", "Larkspur Holdings"), ("r:twin", "Harrowfen Two")],
    former=[("r:new", "Marshgate")],
    relations=[("r:old", "parent", "r:big"), ("r:new", "joint-venture", "r:big"), ("r:old", "share-held", "r:new")],
    seats={"r:new": "KE"},
)


@pytest.mark.parametrize(
    ("left", "right", "label"),
    [
        ("Quillwater Networks", "Larkspur Holdings", "parent"),
        ("Larkspur Holdings", "Quillwater Networks", "subsidiary"),
        ("Harrowfen", "Larkspur Holdings", "joint-venture"),
        ("Marshgate", "Harrowfen", "renamed"),
        ("Harrowfen", "HARROWFEN", "same"),
        ("Quillwater Networks", "Harrowfen", "different"),
    ],
)
def test_a_stated_relation_decides_the_label(left: str, right: str, label: str) -> None:
    assert Classifier(load_relation_model(), STATED).classify(organization(left), organization(right)).label == label


def test_a_homonym_in_another_country_is_not_the_registered_organisation() -> None:
    assert STATED.find(organization("Harrowfen", "KE")) == "r:new"
    assert STATED.find(organization("Harrowfen", "NO")) is None
    verdict = Classifier(load_relation_model(), STATED).classify(organization("Harrowfen", "KE"), organization("Harrowfen", "NO"))
    assert not verdict.is_same


def test_equal_names_with_two_seats_are_homonyms() -> None:
    verdict = NAMES.classify(organization("Harrowfen Ltd.", "KE"), organization("Harrowfen", "NO"))
    assert (verdict.label, verdict.is_same) == ("different", False)
    assert "homonym" in {clue.clue for clue in verdict.clues}
    assert NAMES.classify(organization("Harrowfen Ltd.", "KE"), organization("Harrowfen", "KE")).label == "same"


def test_initials_without_a_known_seat_are_not_the_same() -> None:
    long, short = organization("Quillwater Harbour Authority", "KE", "QHA"), organization("QHA")
    verdict = NAMES.classify(long, short)
    assert not verdict.is_same
    assert "unplaced" in {clue.clue for clue in verdict.clues}
    placed = NAMES.classify(long, organization("QHA", "KE"))
    assert "unplaced" not in {clue.clue for clue in placed.clues}
    known = Classifier(load_relation_model(), Register(names=[("r:1", "Quillwater Harbour Authority"), ("r:1", "QHA")]))
    assert known.classify(long, short).is_same


def test_the_register_separates_its_own_records_only() -> None:
    ours, theirs = organization("Harrowfen", record="r:new"), organization("Harrowfen", record="other:1")
    assert STATED.stated_label(ours, organization("Harrowfen Two", record="r:twin")).label == "different"
    assert STATED.stated_label(ours, theirs) is None
    assert Classifier(load_relation_model(), STATED).classify(ours, theirs).label == "same"


def test_records_of_two_registers_are_not_separated() -> None:
    both = Register(names=[("r:1", "Harrowfen Optical"), ("r:2", "Larkspur"), ("q:1", "Harrowfen Optics")])
    ours, theirs = organization("Harrowfen Optical", record="r:1"), organization("Harrowfen Optics", record="q:1")
    assert both.stated_label(ours, organization("Larkspur", record="r:2")).label == "different"
    assert both.stated_label(ours, theirs) is both.stated_label(theirs, ours) is None
    assert Classifier(load_relation_model(), both).classify(ours, theirs) == NAMES.classify(ours, theirs)


def test_a_name_of_two_records_identifies_neither() -> None:
    known = Register(names=[("r:1", "Harrowfen"), ("r:2", "Harrowfen")])
    assert known.find(organization("Harrowfen")) is None


def test_equal_identifiers_are_the_same_organisation() -> None:
    left, right = (
        Organization((name,), identifiers=frozenset({"lei:5493002ERZU2K9PZDL40"})) for name in ("Quillwater", "工商银行")
    )
    assert NAMES.classify(left, right).is_same


# --- Properties of every verdict --------------------------------------------------------------------------------------------

names = st.one_of(
    st.sampled_from([name for case in cases() for name in case.left.names + case.right.names]),
    st.text(max_size=40),
)
sides = st.builds(
    lambda name, alias, country: organization(name, country, *alias),
    names,
    st.lists(names, max_size=1),
    st.sampled_from(["", "CN", "KE"]),
)


@settings(deadline=None)  # comparing the first Chinese name loads the dictionary
@given(sides, sides)
def test_the_sides_may_be_exchanged(left: Organization, right: Organization) -> None:
    forth, back = NAMES.classify(left, right), NAMES.classify(right, left)
    assert sum(forth.probabilities.values()) == pytest.approx(1, abs=1e-5)
    assert {MIRRORED.get(label, label): probability for label, probability in forth.probabilities.items()} == pytest.approx(
        back.probabilities
    )
    assert forth.is_same == back.is_same


def test_many_pairs_at_once_have_the_same_verdicts() -> None:
    pairs = [(case.left, case.right) for case in cases()[:40]]
    assert INFORMED.classify_all(pairs) == [INFORMED.classify(*pair) for pair in pairs]
    assert INFORMED.classify_all([]) == []


def test_an_organisation_with_very_many_names_takes_bounded_time() -> None:
    many = Organization(tuple(f"Quillwater {number}" for number in range(10_000)))
    assert len(many.all_names) < 30
    assert NAMES.classify(many, many).label in LABELS


@pytest.mark.parametrize("name", ["x" * 100_000, "!!!", "‮⁦🚨", "华为 Huawei Хуавэй هواوي"])
def test_strange_names_have_a_verdict(name: str) -> None:
    assert NAMES.classify(organization(name), HUAWEI).label in LABELS


def test_an_organisation_has_a_name() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        Organization(())


# --- Labels -----------------------------------------------------------------------------------------------------------------


def test_every_labelled_pair_names_its_source() -> None:
    with LABELLED_PAIRS.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) >= 150
    assert {row["label"] for row in rows} == {*LABELS, HOMONYM}
    assert sum(row["label"] == HOMONYM for row in rows) >= 14
    assert sum(row["label"] == "joint-venture" for row in rows) >= 10
    assert all(row["source"] and row["pointer"] for row in rows)
    pairs = {frozenset((row[side], row[f"{side}_country"]) for side in ("left", "right")) for row in rows}
    assert len(pairs) == len(rows)


def test_a_homonym_counts_as_different_and_in_a_row_of_its_own() -> None:
    homonyms = [case for case in cases() if case.row == HOMONYM]
    assert {case.label for case in homonyms} == {"different"}
    assert {case.part for case in homonyms} == {"dev", "test"}
    shares = share([(case, INFORMED.classify(case.left, case.right)) for case in homonyms])
    assert sum(shares["matrix"][HOMONYM].values()) == shares["homonyms"] == len(homonyms)
    assert shares["homonyms_joined"] == 0


def test_every_level_of_a_clue_is_known_to_the_model() -> None:
    for levels in find_clues([(case.left, case.right) for case in cases()], load_relation_model()):
        assert levels.keys() == CLUES.keys()
        assert all(level == NONE or level in CLUES[clue] for clue, level in levels.items()), levels


@pytest.mark.parametrize("part", ["dev", "test"])
def test_no_two_different_organisations_are_joined(part: str) -> None:
    joined = [case for case in cases() if case.part == part and INFORMED.classify(case.left, case.right).is_same]
    assert len(joined) >= 15
    assert [(case.left.names, case.right.names) for case in joined if case.label not in ("same", "renamed")] == []
