"""Misspelled words: what they are read as, and words that are no misspellings."""

import pytest

from tests.site.conftest import Ask


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("which goverment bodies use face recogniton in kazakstan", "facial-recognition"),
        ("facal recogniton in Serbia", "facial-recognition"),
        ("smrt city Huawei Kenya", "smart-city"),
        ("lawfull interception Uganda", "interception"),
        ("wich companys suply camras to Kenya", "video-surveillance"),
        ("survelance in Zambia", "surveillance"),
    ],
)
def test_misspelled_kinds_are_read_and_the_reading_is_named(question: str, kind: str, answer: Ask) -> None:
    data = answer(question)
    assert data["understood"] and [part["id"] for part in data["parts"] if part["type"] == "kind"] == [kind]
    assert data["readings"]


def test_face_recognition_in_kazakhstan_has_its_projects(answer: Ask) -> None:
    data = answer("which goverment bodies use face recogniton in kazakstan")
    assert [reading["read"] for reading in data["readings"]] == ["government", "face recognition"]
    assert "organization" not in {part["type"] for part in data["parts"]} and data["total"]


def test_a_word_of_a_compound_is_no_brand_before_an_unknown_word(answer: Ask) -> None:
    data = answer("face recgnitn Serbia")
    assert {part["type"] for part in data["parts"]} == {"area"}
    brand = answer("Face++ in Kazakhstan")
    assert "organization" in {part["type"] for part in brand["parts"]}


def test_words_near_to_none_remain_unknown(answer: Ask) -> None:
    assert not answer("how many pyramids are in Eritrea")["understood"]
    prisons = answer("how many prisons are in Eritrea")
    assert prisons["readings"] == [] and prisons["sentence"].startswith(
        "This leaves out “prisons”, so what you ask for remains open"
    )
    assert answer("Huawei qwertz Kenya")["readings"] == []


def test_ordinary_words_are_no_misspelled_names(answer_in_english: Ask) -> None:
    parts = answer_in_english("crimes solved with cameras in Ecuador")["parts"]
    assert [part["label"] for part in parts if part["type"] == "area"] == ["Ecuador"]


def test_misspelled_everyday_words_are_read(answer: Ask) -> None:
    data = answer("wich countries bought geedge firewall")
    assert data["intent"] == "places" and {"typed": "wich", "read": "which"} in data["readings"]
    assert answer("survelliance camaras in kenya")["sentence"] == answer("surveillance cameras in kenya")["sentence"]
