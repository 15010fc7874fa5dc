"""Bodies of one country that were renamed or enlarged."""

import pytest

from overt.resolve.names import NameKeys
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.same_organizations.evidence_levels import evidence_of
from overt.resolve.same_organizations.former_and_shortened_names import shortens
from overt.resolve.same_organizations.ministry_portfolios import share_portfolio
from overt.resolve.same_organizations.pairs_with_different_names import CorroboratedNames
from tests.resolve.test_combined_evidence_for_organizations import KEYS, joined
from tests.resolve.test_former_names_and_domains import bodies as bodies_of
from tests.resolve.test_former_names_and_domains import claims_of


def is_one_portfolio(country: str, left: str, right: str) -> bool:
    """Return whether the names of two bodies are about the same portfolio, such as communications."""
    names = [read_translated(NameKeys().key(name) or "", country) for name in (left, right)]
    return share_portfolio(names[0], names[1])


@pytest.mark.parametrize(
    ("country", "left", "right"),
    [
        ("SA", "Communications, Space and Technology Commission", "هيئة الاتصالات وتقنية المعلومات"),
        ("ID", "Kementerian Komunikasi dan Informatika", "Ministry of Communication and Digital Affairs"),
        (
            "KE",
            "Ministry of Information, Communications and Technology",
            "Ministry of Information, Communications and the Digital Economy",
        ),
        ("AE", "Telecommunications Regulatory Authority", "Telecommunications and Digital Government Regulatory Authority"),
    ],
)
def test_a_renamed_or_enlarged_body_has_the_fields_of_the_former_one(country: str, left: str, right: str) -> None:
    assert is_one_portfolio(country, left, right)
    assert joined(country, ("state-body", left), ("state-body", right))


@pytest.mark.parametrize(
    ("country", "left", "right"),
    [
        ("KR", "Hanaro Telecom Inc.", "SK브로드밴드; 하나로텔레콤 (2008년까지)"),
        ("JP", "Quillsen Sensing Solutions Co., Ltd.", "羽根株式会社; クイルセンセンシングソリューションズ株式会社（旧社名）"),
    ],
)
def test_a_former_name_is_known_by_its_sound_in_another_script(country: str, left: str, right: str) -> None:
    assert joined(country, ("company", left), ("company", right))


@pytest.mark.parametrize(
    ("country", "left", "right"),
    [
        ("TZ", "Ministry of Foreign Affairs", "Ministry of Foreign Trade"),
        ("MM", "Ministry of Public Security", "Ministry of Public Works"),
        ("US", "Federal Communications Commission", "National Telecommunications and Information Administration"),
        ("KR", "Korea Communications Commission", "Korea Communications Standards Commission"),
        ("IN", "Ministry of Electronics and Information Technology", "Ministry of Information and Broadcasting"),
        ("GH", "Ministry of Information", "Ministry of Communications and Digitalisation"),
        ("KE", "Communications Authority of Kenya", "Information and Communication Technology Authority"),
        ("SL", "Ministry of Information and Civic Education", "Ministry of Communication, Technology and Innovation"),
        ("RU", "Ministry of Digital Development of Tatarstan", "Министерство цифрового развития, связи и массовых коммуникаций"),
        ("FR", "Autorité de régulation des communications électroniques", "Autorité de la communication audiovisuelle"),
        ("EG", "Ministry of Communications and Information Technology", "National Telecom Regulatory Authority"),
        ("PE", "Provincial Authority of Communications and Technology", "Authority of Communications and Technology"),
    ],
)  # fmt: skip
def test_other_fields_kinds_levels_and_provinces_are_other_bodies(country: str, left: str, right: str) -> None:
    assert not is_one_portfolio(country, left, right)
    assert not joined(country, ("state-body", left), ("state-body", right))


def test_a_regulator_of_communications_is_the_authority_for_them() -> None:
    left = ("state-body", "Autoridade Nacional de Comunicações; FXACOM")
    assert joined("PT", left, ("state-body", "Portuguese communications regulator QXP-FXACOM"))
    assert not joined("PT", left, ("state-body", "Portuguese railway regulator"))


@pytest.mark.parametrize(
    ("country", "alias", "is_one"),
    [
        ("SN", "ex-QXDIE", True),
        ("SN", "QXDIE (jusqu'en 2021)", True),
        ("SN", "anciennement QXDIE", True),
        ("SN", "QXDIE (depuis 2021)", False),
        ("SN", "Ex Quill", False),
    ],
)
def test_a_declared_former_name_outweighs_another_name(country: str, alias: str, is_one: bool) -> None:
    left = ("state-body", "Agence de l'Informatique de l'État; QXDIE")
    right = ("state-owned-company", f"Sénégal Numérique S.A.; SENUM; {alias}")
    assert bool(joined(country, left, right)) is is_one


def test_a_former_name_can_be_one_of_plain_words_and_an_abbreviation_in_hangul() -> None:
    former = "formerly Ethiopian Telecommunications Corporation"
    assert joined("ET", ("company", "Ethiopian Telecommunications Corporation"), ("company", f"Ethio Telecom; {former}"))
    assert shortens("미래부", "미래창조과학부")
    assert not shortens("미래부", "미래창조과학원")
    assert not shortens("미래부", "미래부")
    assert joined("KR", ("state-body", "미래창조과학부"), ("state-body", "과학기술정보통신부; 미래부(2017년까지)"))
    assert not joined("KR", ("state-body", "미래창조과학부"), ("state-body", "과학기술정보통신부; 미래부"))


def test_two_bodies_that_followed_one_are_two() -> None:
    claims = claims_of("a:1", "MA", name="Maroc Telecom", kind="company", alias="ex-QXNPT")
    claims += claims_of("b:1", "MA", name="Poste Maroc", kind="company", alias="ex-QXNPT")
    assert not list(CorroboratedNames(claims, {"a:1": "a:1", "b:1": "b:1"}, KEYS).find())
    assert (evidence_of(*bodies_of(claims[:4], claims[4:])) or {}).get("former") is None


def test_three_names_of_a_renamed_ministry_are_no_rivals() -> None:
    names = (
        "Kementerian Komunikasi dan Informatika",
        "Ministry of Communication and Digital Affairs",
        "Ministry of Communication and Informatics",
    )
    pairs = joined("ID", *(("state-body", name) for name in names))
    assert len({record for pair in pairs for record in pair}) == 3
