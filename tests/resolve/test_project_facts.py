"""Numbers in titles and descriptions of projects in many languages, and participants under two names."""

import pytest

from overt.resolve.projects.participant_matches import alike_participants
from overt.resolve.projects.project_model import load_project_model
from overt.resolve.projects.project_name_reader import ProjectNameReader

READER = ProjectNameReader(load_project_model().words)


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("Quito sumará 1.200 cámaras", set()),
        ("Police install 45 more cameras", set()),
        ("Réseau national, 3 200 km", set()),
        ("В городе установят 5 тысяч камер", set()),
        ("Proyek tahap kedua", {"2"}),
        ("Rede nacional, segunda fase", {"2"}),
        ("Güvenli şehir üçüncü aşama", {"3"}),
        ("Вторая очередь системы", {"2"}),
        ("المرحلة الثالثة من الشبكة", {"3"}),
        ("智慧城市三期工程", {"3"}),
        ("Mạng quốc gia giai đoạn hai", {"2"}),
        ("Thượng Hải network", set()),
    ],
)
def test_quantities_are_no_phases_and_ordinals_are(title: str, numbers: set[str]) -> None:
    assert READER.read(title).numbers == numbers


def test_a_number_of_an_abbreviation_belongs_to_it() -> None:
    parsed = READER.read("Quillwater Safe City (QSC3)")
    assert (parsed.numbers, parsed.bound) == (frozenset(), {("qsc", "3")})


def test_first_is_an_ordinal_without_a_phase() -> None:
    assert READER.read("First data centre in Quillwater").ordinals == {"1"}


def test_a_description_names_a_phase_but_no_quantity() -> None:
    assert READER.phases("The second phase has 45 cameras and 6 schools.") == {"2"}


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
