"""Participants of projects that are one organisation under two names, which may be in two languages or scripts."""

import pytest

from overt.resolve.names.folding_and_scripts import latin
from overt.resolve.projects.participant_name_comparison import is_one_office, keys_of, without_suffixes
from overt.resolve.projects.participant_name_reader import read_party
from overt.resolve.projects.participants_under_two_names import alike_participants


@pytest.mark.parametrize(
    ("left", "right", "role", "is_one"),
    [
        ("KSCA", "Karoo Safe Cities Authority", "customer", True),
        ("Agencia Boliviana Espacial (ABE)", "Bolivian Space Agency", "customer", True),
        ("Secretaria da Saúde do Estado da Bahia", "Bahia Health Secretariat", "customer", True),
        ("Secretaria da Saúde do Estado da Bahia", "Bahia Security Secretariat", "customer", False),
        ("Quill", "Quill Technologies", "supplier", True),
        ("Quill", "Quill Technologies", "customer", False),
        ("Quill Systems", "Bramble Systems", "supplier", False),
    ],
)
def test_participants_of_one_country(left: str, right: str, role: str, is_one: bool) -> None:
    sides = [("BO", f"{place}:1", role, f"{place}:org", frozenset({name})) for place, name in (("a", left), ("b", right))]
    assert bool(list(alike_participants(sides))) is is_one


def test_two_participants_of_one_project_stay_two() -> None:
    sides = [("BO", "a:1", "supplier", name, frozenset({name})) for name in ("Quill", "Quill Technologies")]
    assert list(alike_participants(sides)) == []


def test_an_english_name_may_spell_a_word_of_an_indian_language() -> None:
    left, right = read_party("Nepal Doorsanchar Company Limited", "NP"), read_party("नेपाल दूरसञ्चार कम्पनी लिमिटेड", "NP")
    assert latin("दूरसञ्चार") == "dursnchar"
    assert set(keys_of(left)) & set(keys_of(right))
    assert is_one_office(left, right)


def test_a_ministry_has_one_field_under_two_near_words() -> None:
    left = read_party("Ministry of Communication and Information Technology", "ID")
    assert is_one_office(left, read_party("Kementerian Komunikasi dan Informatika", "ID"))
    assert not is_one_office(left, read_party("Kementerian Pertahanan", "ID"))


@pytest.mark.parametrize(
    ("country", "left", "right", "expected"),
    [
        ("AF", "Ministry of Interior Affairs of the Quill administration", "وزارت امور داخله", True),
        ("AO", "Ministério do Interior", "安哥拉内政部", True),
        ("AO", "Ministério da Defesa Nacional", "安哥拉内政部", False),
        ("KR", "Bucheon City", "부천시", True),
        ("KR", "Suwon City", "부천시", False),
    ],
)
def test_customers_are_one_across_languages(country: str, left: str, right: str, expected: bool) -> None:
    rows = [(country, f"{side}:1", "customer", side, frozenset({name})) for side, name in (("a", left), ("b", right))]
    assert bool([*alike_participants(rows)]) is expected


def test_participants_are_known_by_initials_with_the_legal_form_and_without_their_country() -> None:
    full = frozenset({"China National Electronics Import & Export Corporation"})
    rows = [("KG", "a:1", "supplier", "a:o", full), ("KG", "b:1", "supplier", "b:o", frozenset({"CEIEC"}))]
    assert list(alike_participants(rows)) == [("KG", "a:o", "b:o")]
    assert "教育部" in without_suffixes("埃塞俄比亚教育部", "ET")
    assert "教育部" not in without_suffixes("埃塞俄比亚教育部", "KE")
