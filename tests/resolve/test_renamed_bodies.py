"""Bodies of one country that were renamed or enlarged, and groups beside their companies."""

import pytest

from overt.resolve.bodies.body_evidence import evidence_of
from overt.resolve.bodies.corroborated_names import CorroboratedNames
from overt.resolve.bodies.declared_names import is_without_seat, shortens
from overt.resolve.bodies.portfolios import share_portfolio
from overt.resolve.names import NameKeys
from overt.resolve.names.translated_names import read_translated
from tests.resolve.test_agreeing_bodies import KEYS, bodies, joined
from tests.resolve.test_former_names_and_domains import bodies as bodies_of
from tests.resolve.test_former_names_and_domains import claims_of


def is_one_portfolio(country: str, left: str, right: str) -> bool:
    """Return whether two names of bodies share a portfolio."""
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


@pytest.mark.parametrize(
    ("sites", "is_one"),
    [(("quill.jp", "group.quill"), False), (("quill.jp", "quill.jp"), True), (("quill.jp", ""), True), (("", ""), True)],
)
def test_a_group_and_a_company_with_two_home_pages_are_two(sites: tuple[str, str], is_one: bool) -> None:
    values = [{"website": site} if site else {} for site in sites]
    left, right = bodies_of(
        claims_of("a:1", "JP", name="クイルウッド株式会社", alias="Quillwood", kind="company", **values[0]),
        claims_of("b:1", "JP", name="クイルウッドグループ株式会社", alias="Quillwood", kind="company", **values[1]),
    )
    assert (evidence_of(left, right) is not None) is is_one
    assert left.excludes(right) is not is_one


def test_a_brand_in_other_latin_letters_is_one_but_not_with_other_consonants() -> None:
    assert joined("UZ", ("company", "«O‘zbektelekom» aksiyadorlik jamiyati"), ("company", "Uzbektelecom JSC"))
    assert joined("UZ", ("company", "Quillotransteleqom"), ("company", "Quilotranstelecom"))
    assert not joined("UZ", ("company", "Uzbektelecom JSC"), ("company", "Uzbekenergo"))
    assert not joined("UZ", ("company", "Netcom"), ("company", "Nedkom"))  # too short to say much


def test_a_chinese_name_without_its_seat_needs_a_brand_besides() -> None:
    full = ("company", "北京旷视科技有限公司; Megvii Technology")
    assert joined("CN", full, ("company", "旷视科技; Megvii (Face++)"))
    assert not joined("CN", full, ("company", "旷视科技"))
    assert not joined("CN", full, ("company", "旷视科技有限公司; Megvii"))  # with a form, another company
    [plain, other] = bodies("CN", ("company", "北京信息技术有限公司; Quill"), ("company", "信息技术; Quill"))
    assert not is_without_seat(plain, other)  # no brand


def test_two_names_that_share_a_word_are_read_as_one() -> None:
    assert joined("CN", ("company", "浙江大华技术股份有限公司"), ("company", "Dahua Technology; Zhejiang Dahua"))


def test_abbreviations_beside_a_name_are_names() -> None:
    [paired, leading, plain] = bodies(
        "BR",
        ("state-body", "National communications regulator QXP-FXACOM"),
        ("state-body", "QUILTEL - Quill Telecomunicações"),
        ("state-body", "QXA-BR"),
    )
    assert {"qxp", "fxacom"} <= paired.short.keys()
    assert "quiltel" in leading.short
    assert not plain.short
