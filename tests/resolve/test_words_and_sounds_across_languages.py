"""Names that match by what their words mean or how they sound in two languages, each with a look-alike that stays apart."""

import pytest

from overt.resolve.names.abbreviations.translated_abbreviations import abbreviates_by_syllables
from overt.resolve.names.consonant_comparison import sound_alike, vowels_alike
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.names.translated_name_comparison import compare_translated
from overt.resolve.projects.participant_name_reader import read_party
from overt.resolve.same_organizations.abbreviation_evidence import abbreviation_level
from overt.resolve.same_organizations.evidence_levels import evidence_of
from tests.resolve.two_organizations import two


@pytest.mark.parametrize(("short", "is_one"), [("kominfo", True), ("komnas", False)])
def test_syllables_of_one_language_abbreviate_a_name_in_another(short: str, is_one: bool) -> None:
    name = read_translated("ministry of communication and information", "ID")
    assert abbreviates_by_syllables(short, name, "ID") is is_one
    left, right = two("ID", "state-body", {"name": "Ministry of Communication and Information"}, {"name": short.capitalize()})
    assert (abbreviation_level(left, right) == "initials") is is_one


@pytest.mark.parametrize(("left", "right", "is_one"), [("أوجيرو", "Ogero", True), ("أوجيرو", "Ogaru Nera", False)])
def test_vowels_count_for_short_brands_in_arabic_letters(left: str, right: str, is_one: bool) -> None:
    assert vowels_alike(left, right.casefold()) is is_one


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [("الرباط", "rabat", True), ("الرباط", "riyadh", False), ("київська", "kyiv", True), ("харківська", "kyiv", False)],
)
def test_article_and_slavic_ending_may_be_missing(left: str, right: str, is_one: bool) -> None:
    assert sound_alike(left, right) is is_one


@pytest.mark.parametrize(
    ("country", "left", "right", "comparison"),
    [
        ("ES", "police of catalonia", "policia de catalunya", "equal"),
        ("ES", "police of catalonia", "policia de canarias", "unknown"),
        ("VN", "police of hanoi", "cong an ha noi", "equal"),
        ("VN", "police of hanoi", "cong an ha giang", "unknown"),
    ],
)
def test_exonyms_and_names_written_apart(country: str, left: str, right: str, comparison: str) -> None:
    names = read_translated(left, country), read_translated(right, country)
    assert (compare_translated(*names, strict=False) == "equal") is (comparison == "equal")


def test_a_compound_is_a_part_of_the_police() -> None:
    unit, police = read_translated("кіберполіція", "UA"), read_translated("поліція", "UA")
    assert "cyber" in unit.words
    assert compare_translated(unit, police, strict=True) != "equal"


def test_a_side_tells_two_neighbours_apart() -> None:
    names = {"name": "Police of Mato Grosso"}, {"name": "Polícia de Mato Grosso do Sul"}
    evidence = evidence_of(*two("BR", "state-body", *names))
    assert evidence is None or evidence.get("name") not in ("equal", "most")


@pytest.mark.parametrize(("force", "is_one"), [("South Wales Police", True), ("North Wales Police", False)])
def test_a_commissioner_buys_for_the_police_of_the_area(force: str, is_one: bool) -> None:
    names = read_party("The Police and Crime Commissioner for South Wales", "GB"), read_party(force, "GB")
    assert (compare_translated(*names, strict=False) == "equal") is is_one
