"""Rules for names in domains, syllables, compounds, exonyms and aliases, each with a look-alike that stays apart."""

import pytest

from overt.resolve.names import NameKeys
from overt.resolve.names.abbreviations.translated_abbreviations import abbreviates_by_syllables
from overt.resolve.names.consonant_comparison import sound_alike, vowels_alike
from overt.resolve.names.translated_name_comparison import compare_translated
from overt.resolve.names.translated_name_reader import read_translated
from overt.resolve.projects.brand_sounds import are_joined_alike
from overt.resolve.projects.participant_name_reader import read_party
from overt.resolve.same_organizations.evidence_levels import evidence_of
from overt.resolve.same_organizations.former_and_shortened_names import former_name
from overt.resolve.same_organizations.organization_clusters_by_country import Body, read_bodies
from overt.resolve.same_organizations.page_evidence import page_level
from overt.resolve.same_organizations.shared_abbreviations import abbreviation_level
from overt.resolve.same_organizations.shared_aliases import alias_level

KEYS = NameKeys()
Side = dict[str, str]


def two(country: str, kind: str, left: Side, right: Side) -> tuple[Body, Body]:
    """Return the bodies of two records of a country and kind, with these names, aliases and home pages."""
    claims = [
        (record, "organization", property_, value)
        for record, values in (("a:1", left), ("b:1", right))
        for property_, value in {"country": country, "kind": kind, **values}.items()
    ]
    bodies = read_bodies(claims, {"a:1": "a:1", "b:1": "b:1"}, KEYS)
    return bodies["a:1"], bodies["b:1"]


@pytest.mark.parametrize(
    ("country", "left", "right", "level"),
    [
        ("JP", {"name": "JICT"}, {"name": "株式会社海外通信・放送・郵便事業支援機構", "website": "jictfund.co.jp"}, "named"),
        ("JP", {"name": "JICT"}, {"name": "株式会社海外通信・放送・郵便事業支援機構", "website": "jictquill.co.jp"}, ""),
        ("RU", {"name": "Quillon", "website": "quillon.com"}, {"name": "Quillon Telecom", "website": "quillon.ru"}, "named"),
        (
            "RU",
            {"name": "Quillon", "website": "quillon.com"},
            {"name": "Quillon Fernix Telecom", "website": "quillon.ru"},
            "label",
        ),
    ],
)
def test_a_domain_has_a_short_name_or_a_brand(country: str, left: Side, right: Side, level: str) -> None:
    kind = "state-owned-company" if country == "JP" else "company"
    assert page_level(*two(country, kind, left, right)) == level


@pytest.mark.parametrize(
    ("right", "name"),
    [("Hạ tầng Viễn thông CMC", "equal"), ("Công nghệ CMC", ""), ("Hạ tầng Viễn thông FPT", "")],
)
def test_companies_share_a_brand_and_all_fields_in_two_languages(right: str, name: str) -> None:
    evidence = evidence_of(*two("VN", "company", {"name": "CMC Telecom Infrastructure"}, {"name": right}))
    assert evidence is not None and evidence.get("name", "") == name


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


@pytest.mark.parametrize(("alias", "level"), [("formerly Smart Mobile", "same"), ("formerly Mobile Telecom", "")])
def test_a_former_name_may_be_an_alias_without_a_proper_name(alias: str, level: str) -> None:
    alias_of_both = {"name": "Quillon", "alias": alias.removeprefix("formerly ")}
    assert former_name(*two("KH", "company", alias_of_both, {"name": "Fernix", "alias": alias})) == level


@pytest.mark.parametrize(("alias", "level"), [("Gtel Mobile JSC", "same"), ("Gtel Mobile", "")])
def test_an_alias_with_a_legal_form_is_a_name(alias: str, level: str) -> None:
    assert alias_level(*two("VN", "company", {"name": "Beeline Vietnam", "alias": alias}, {"name": "Gtel Mobile"})) == level


@pytest.mark.parametrize(
    ("right", "level"),
    [({"name": "Moov Africa Malitel", "alias": "Malitel"}, "same"), ({"name": "Malitel"}, ""), ({"name": "Moov Mali"}, "")],
)
def test_an_alias_of_abbreviation_and_brand_names_its_company(right: Side, level: str) -> None:
    left = {"name": "Société des Télécommunications du Mali", "alias": "SOTELMA-Malitel"}
    bodies = two("ML", "company", left, right)
    bodies[0].short.setdefault("sotelma", "a:1")
    assert alias_level(*bodies) == level


@pytest.mark.parametrize(
    ("alias", "level"),
    [
        ("prej Iskratel, telekomunikacijski sistemi, d.o.o., Kranj", "same"),
        ("partner Iskratel, telekomunikacijski sistemi, d.o.o., Kranj", ""),
    ],
)
def test_a_former_registered_name_begins_with_the_brand(alias: str, level: str) -> None:
    assert former_name(*two("SI", "company", {"name": "Iskratel"}, {"name": "Kontron, d.o.o.", "alias": alias})) == level


@pytest.mark.parametrize(
    ("right", "is_one"), [("جيزيكه وديفرينت الألمانيه", True), ("جيزيكه وسيمنز الألمانيه", False), ("جيزيكه", False)]
)
def test_two_brands_are_joined_by_and(right: str, is_one: bool) -> None:
    assert are_joined_alike(["giesecke", "and", "devrient"], right.split()) is is_one


@pytest.mark.parametrize(("force", "is_one"), [("South Wales Police", True), ("North Wales Police", False)])
def test_a_commissioner_buys_for_the_police_of_the_area(force: str, is_one: bool) -> None:
    names = read_party("The Police and Crime Commissioner for South Wales", "GB"), read_party(force, "GB")
    assert (compare_translated(*names, strict=False) == "equal") is is_one
