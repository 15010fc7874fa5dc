"""A body and its office in one region; bodies under a ministry, and names that Indian scripts spell."""

import pytest

from overt.resolve.bodies.body_evidence import evidence_of
from overt.resolve.bodies.organization_bodies import Body, read_bodies
from overt.resolve.names.folding import latin
from overt.resolve.names.former_names import is_about_time
from overt.resolve.projects.party_readings import read_party
from overt.resolve.projects.same_office import is_one_office, keys_of
from tests.resolve.claim_snapshots import record
from tests.resolve.test_agreeing_bodies import KEYS, claims_of, joined
from tests.resolve.test_projects import level, parties


def with_pages(country: str, *entries: tuple[str, str]) -> list[Body]:
    """Return a state body for each pair of names and a home page."""
    claims = []
    for number, (names, page) in enumerate(entries):
        claims += claims_of(f"s{number}:1", country, "state-body", names)
        claims += [(f"s{number}:1", "organization", "website", page)] if page else []
    return list(read_bodies(claims, {f"s{number}:1": f"s{number}:1" for number in range(len(entries))}, KEYS).values())


def test_a_page_below_the_domain_of_a_body_is_no_evidence_for_its_office_in_a_region() -> None:
    service = ("Федеральная служба по надзору в сфере связи", "quill.gov.ru")
    office = ("Управление Федеральной службы по надзору в сфере связи по Республике Татарстан", "16.quill.gov.ru")
    english = ("Federal Service for Supervision of Communications", "en.quill.gov.ru")
    assert evidence_of(*with_pages("RU", service, office)) == {"kind": "same", "name": "part"}
    evidence = evidence_of(*with_pages("RU", service, english))
    assert evidence is not None and evidence["page"] == "domain"


@pytest.mark.parametrize(
    ("country", "left", "right"),
    [
        (
            "LT",
            "Policijos departamentas prie Lietuvos Respublikos vidaus reikalų ministerijos",
            "Police Department under the Ministry of the Interior of the Republic of Lithuania",
        ),
        ("IN", "தமிழ்நாடு காவல்துறை", "Tamil Nadu Police"),
    ],
)
def test_words_for_under_say_nothing_and_two_words_may_be_one(country: str, left: str, right: str) -> None:
    assert joined(country, ("state-body", left), ("state-body", right))


def test_the_label_of_a_domain_is_evidence_if_the_other_body_is_called_so() -> None:
    finnish = ("Suojelupoliisi; Quillpo", "")
    service = ("Finnish Security and Intelligence Service", "quillpo.fi")
    assert evidence_of(*with_pages("FI", finnish, service)) == {"kind": "same", "page": "named"}
    other = evidence_of(*with_pages("FI", finnish, ("Finnish Fern Service", "fern.fi")))
    assert other is not None and "page" not in other


def test_an_english_name_may_spell_a_word_of_an_indian_language() -> None:
    left, right = read_party("Nepal Doorsanchar Company Limited", "NP"), read_party("नेपाल दूरसञ्चार कम्पनी लिमिटेड", "NP")
    assert latin("दूरसञ्चार") == "dursnchar"
    assert set(keys_of(left)) & set(keys_of(right))
    assert is_one_office(left, right)


def test_a_ministry_has_one_field_under_two_near_words() -> None:
    left = read_party("Ministry of Communication and Information Technology", "ID")
    assert is_one_office(left, read_party("Kementerian Komunikasi dan Informatika", "ID"))
    assert not is_one_office(left, read_party("Kementerian Pertahanan", "ID"))


@pytest.mark.parametrize("note", ["kuni 2017", "līdz 2019", "hadi 2014", "2019 წლამდე", "2016 तक"])
def test_notes_with_until_are_read_in_further_languages(note: str) -> None:
    assert is_about_time(note)


def network(key: str, name: str, operator: str, description: str) -> list:
    """Return the claims of a mobile network in Taiwan by Quillcom."""
    values = {"kind": "mobile-network", "country": "TW", "name": name, "agreed": "2020-06", "description": description}
    return record(key, "project", **values) + parties(key, "supplier", "Quillcom") + parties(key, "customer", operator)


@pytest.mark.parametrize(("description", "expected"), [("三年合約4.53億歐元", "other-named"), ("三年合約", "other-operator")])
def test_a_sum_that_both_texts_state_speaks_for_one_operator_in_two_scripts(description: str, expected: str) -> None:
    left = network("a:1", "Quillcom wins EUR 453 million contract of Fernwater Mobile", "Fernwater Mobile", "")
    assert level("customers", left, network("b:1", "行動網路由其獨家供應", "大哥大電信", description)) == expected
