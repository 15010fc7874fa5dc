"""Bodies of one country for which several kinds of evidence suffice together, although none does alone."""

import pytest

from overt.model.content_files import packaged_content
from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import read_mapping
from overt.resolve.equal_names_and_identifiers import MatchingClaim
from overt.resolve.names import NameKeys
from overt.resolve.names.cross_script.cross_script_comparison import cross_match
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.same_organizations.evidence_levels import evidence_of
from overt.resolve.same_organizations.evidence_points import parse_body_model
from overt.resolve.same_organizations.former_and_shortened_names import is_without_seat
from overt.resolve.same_organizations.name_agreement import agreement
from overt.resolve.same_organizations.organization_clusters_by_country import Body, read_bodies
from overt.resolve.same_organizations.pairs_with_different_names import CorroboratedNames

KEYS = NameKeys()


def claims_of(record: str, country: str, kind: str, names: str) -> list[MatchingClaim]:
    """Return the claims of an organisation. `names`: its name and aliases, separated by `; `."""
    name, *aliases = names.split("; ")
    values = [("name", name), ("country", country), ("kind", kind), *(("alias", alias) for alias in aliases)]
    return [(record, "organization", property_, value) for property_, value in values]


def bodies(country: str, *entries: tuple[str, str]) -> list[Body]:
    """Return a body for each pair of a kind and names (as for `claims_of`), each from its own source."""
    claims = [claim for number, (kind, names) in enumerate(entries) for claim in claims_of(f"s{number}:1", country, kind, names)]
    return list(read_bodies(claims, {f"s{number}:1": f"s{number}:1" for number in range(len(entries))}, KEYS).values())


def joined(country: str, *entries: tuple[str, str]) -> list[list[str]]:
    """Return the pairs of records that agree."""
    claims = [claim for number, (kind, names) in enumerate(entries) for claim in claims_of(f"s{number}:1", country, kind, names)]
    clusters = {f"s{number}:1": f"s{number}:1" for number in range(len(entries))}
    return [shared.records for shared in CorroboratedNames(claims, clusters, KEYS).agreeing(clusters.__getitem__)]


@pytest.mark.parametrize(
    ("country", "left", "right"),
    [
        ("FR", "Direction générale de la sécurité intérieure", "General Directorate for Internal Security"),
        ("TH", "สำนักงานตำรวจแห่งชาติ", "Royal Thai Police"),
        ("MZ", "Serviço de Informações e Segurança do Estado; SISE", "State Information and Security Service; SISE"),
        ("EG", "الجهاز القومي لتنظيم الاتصالات", "National Telecom Regulatory Authority"),
    ],
)
def test_state_bodies_agree_by_their_words(country: str, left: str, right: str) -> None:
    assert joined(country, ("state-body", left), ("state-body", right))


@pytest.mark.parametrize(
    ("country", "kind", "left", "right"),
    [
        ("LT", "state-body", "Lietuvos Respublikos ryšių reguliavimo tarnyba", "Communications Regulatory Authority"),
        ("KG", "state-body", "Улуттук коопсуздук мамлекеттик комитети", "State Committee for National Security"),
        ("EE", "state-body", "Riigi Infosüsteemi Amet", "Estonian Information System Authority"),
        ("HT", "state-body", "Police nationale d’Haïti", "Haitian National Police"),
        ("VN", "company", "Tập đoàn Công nghiệp – Viễn thông Quân đội", "Military Industry and Telecoms Group"),
        ("SE", "company", "Quill Systemation AB; QSAB B", "QSAB"),
    ],
)  # fmt: skip
def test_words_of_many_languages_compounds_and_letters_of_a_stock_agree(country: str, kind: str, left: str, right: str) -> None:
    assert joined(country, (kind, left), (kind, right))


def test_a_ministry_and_that_of_a_region_are_two_whatever_an_alias_says() -> None:
    regional = ("state-body", "Ministry of Interior, Kurdistan Regional Government; وەزارەتی ناوخۆ")
    assert not joined("IQ", ("state-body", "Ministry of Interior; وزارة الداخلية"), regional)


@pytest.mark.parametrize(
    ("country", "left", "right"),
    [
        ("PK", "سندھ سیف سٹیز اتھارٹی", "Punjab Safe Cities Authority"),
        ("UA", "Національна поліція України", "National Guard of Ukraine"),
        ("EG", "وزارة الاتصالات وتكنولوجيا المعلومات", "National Telecom Regulatory Authority"),
        ("CN", "陕西省公安厅", "Shanxi Provincial Public Security Department"),
        ("DZ", "Groupe Télécom Algérie", "Algérie Télécom"),
        ("RU", "Saint Petersburg State University", "Санкт-Петербургский государственный электротехнический университет"),
        ("KZ", "Development Bank of Kazakhstan; DBK", "Eurasian Development Bank; EDB"),
    ],
)
def test_look_alikes_of_one_country_are_two(country: str, left: str, right: str) -> None:
    assert not joined(country, ("state-body", left), ("state-body", right))


def test_a_company_in_two_scripts_is_one_unless_it_is_a_group() -> None:
    assert joined("CN", ("company", "Shanghai Yitu Network Technology Co., Ltd."), ("company", "上海依图网络科技有限公司"))
    assert not joined("CN", ("company", "China Mobile Limited"), ("company", "中国移动通信集团有限公司"))


def test_a_product_that_two_companies_sell_makes_them_one() -> None:
    assert joined("IL", ("company", "Quillo; Better Morrow"), ("company", "Fernvision Technologies Ltd.; Better Morrow"))
    # These two share only the brand of their group.
    assert not joined("IL", ("company", "Quillo Mobile; Quillo Group"), ("company", "Quillo Networks; Quillo Group"))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Silknet", "სილქნეტი", "whole"),
        ("Silknet Telecom", "სილქნეტი", "alike"),
        ("SDAIA", "سدايا", "alike"),  # The brand has only two consonants.
        ("SDAIA Telecom", "سدايا", "short"),
        ("Silknet", "მაგთიკომი", None),
    ],
)
def test_a_brand_in_two_scripts_counts_by_length_and_words_beside_it(left: str, right: str, expected: str | None) -> None:
    first, second = bodies("GE", ("company", left), ("company", right))
    evidence = evidence_of(first, second) or {}
    assert evidence.get("brand") == expected
    assert "abbreviation" not in evidence


def test_an_operator_can_be_a_company_and_a_state_body() -> None:
    operator, authority, university = bodies(
        "EC",
        ("company", "CNT EP; National Telecommunications Corporation of Ecuador; CNT"),
        ("state-body", "Empresa Pública Corporación Nacional de Telecomunicaciones CNT EP"),
        ("university", "Corporación Nacional de Telecomunicaciones"),
    )
    assert evidence_of(operator, authority) == {"kind": "other", "name": "equal", "abbreviation": "same"}
    assert evidence_of(operator, university) is None


def test_a_second_partner_that_is_nearly_as_likely_prevents_a_join() -> None:
    service = ("state-body", "Security Service of Ukraine")
    assert joined("UA", service, ("state-body", "Служба безпеки України"))
    assert not joined("UA", service, ("state-body", "Служба безпеки України"), ("state-body", "Служба безпеки"))


@pytest.mark.parametrize(("parents", "is_one"), [([], True), ([("s1:1", "s1:2")], False)])
def test_the_stated_parent_of_a_body_is_another_body(parents: list[tuple[str, str]], is_one: bool) -> None:
    claims = claims_of("s0:1", "UA", "state-body", "Security Service of Ukraine")
    claims += claims_of("s1:1", "UA", "state-body", "Служба безпеки України")
    claims += claims_of("s1:2", "PL", "state-body", "Служба безпеки України")
    clusters = {record: record for record in ("s0:1", "s1:1", "s1:2")}
    pairs = CorroboratedNames(claims, clusters, KEYS, parents).agreeing(clusters.__getitem__)
    assert [shared.records for shared in pairs] == ([["s0:1", "s1:1"]] if is_one else [])


def test_a_place_after_the_legal_form_is_no_part_of_the_name() -> None:
    quill, seated = (
        "National Quill & Telecommunication Corporation",
        "National Quill and Telecomunications Corporation (Pvt) Limited",
    )
    kinds = ("state-owned-company", "company")
    assert joined("PK", (kinds[0], quill), (kinds[1], f"{seated}, Haripur"))
    assert not joined("PK", (kinds[0], quill), (kinds[1], f"{seated} of Haripur"))


def test_a_direction_tells_the_companies_of_a_group_apart() -> None:
    assert cross_match("nippon telegraph and telephone corporation", "東日本電信電話").misses_place
    assert not cross_match("nippon telegraph and telephone corporation", "日本電信電話").misses_place


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("agencia nacional de telecomunicaciones", "national telecommunications agency", "equal"),
        ("centro de operaciones y análisis del presidente", "operations and analysis centre", "most"),
        ("academia de la policia nacional", "national police of peru", "part"),
        ("policia nacional", "police of peru", "most"),
        ("ministerio del interior", "internal security agency", "other"),
        ("policia civil", "policia militar", "other"),
        ("agencia de seguridad quechua", "security agency", "little"),  # They share a field, and one word is left over.
        ("policia rodoviaria federal", "federal police of peru", "little"),
        ("hidroquechua seguridad", "hidroquechua", "part"),  # They share a proper name.
        ("companhia de processamento de dados", "data processing company", "equal"),
        ("national radio & telecommunication corporation", "national radio telecomunications corporation", "equal"),
        ("telecom peru", "telecom group peru", "part"),
    ],
)
def test_names_agree_in_degrees(left: str, right: str, expected: str) -> None:
    first, second = (read_translated(KEYS.key(name) or "", "PE") for name in (left, right))
    assert agreement(first, second) == agreement(second, first) == expected


def test_a_model_with_an_unknown_level_is_refused() -> None:
    data = read_mapping(packaged_content() / "models" / "organizations_of_one_country.yml")
    assert parse_body_model(data).sum({"name": "equal", "kind": "same"}) >= parse_body_model(data).same
    with pytest.raises(ContentError, match="'perfect' is not known"):
        parse_body_model({**data, "points": {**data["points"], "name": {"perfect": 9}}})
    with pytest.raises(ContentError, match="'page' is missing"):
        parse_body_model({**data, "points": {kind: of for kind, of in data["points"].items() if kind != "page"}})


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


@pytest.mark.parametrize(
    ("country", "left", "short", "right", "expected"),
    [
        ("TZ", "Mamlaka ya Mawasiliano Tanzania", "TCRA", "Tanzania Communications Regulatory Authority", True),
        ("TZ", "Mamlaka ya Mawasiliano Tanzania", "TCAA", "Tanzania Communications Regulatory Authority", False),
        ("TZ", "Jeshi la Polisi Tanzania", "TCRA", "Tanzania Communications Regulatory Authority", False),
        (
            "AO",
            "Instituto Nacional de Fomento da Sociedade da Informação",
            "INFOSI",
            "National Institute for the Promotion of the Information Society",
            True,
        ),
        ("IR", "Iranian Cyber Police", "FATA", "پلیس فضای تولید و تبادل اطلاعات", True),
        ("IR", "Iranian Cyber Police", "FATA", "پلیس راهنمایی", False),
    ],
)  # fmt: skip
def test_initials_and_translations_join_state_bodies(country: str, left: str, short: str, right: str, expected: bool) -> None:
    assert bool(joined(country, ("state-body", f"{left}; {short}"), ("state-body", right))) is expected


def test_a_brand_in_other_latin_letters_is_one_but_not_with_other_consonants() -> None:
    assert joined("UZ", ("company", "«O‘zbektelekom» aksiyadorlik jamiyati"), ("company", "Uzbektelecom JSC"))
    assert joined("UZ", ("company", "Quillotransteleqom"), ("company", "Quilotranstelecom"))
    assert not joined("UZ", ("company", "Uzbektelecom JSC"), ("company", "Uzbekenergo"))
    assert not joined("UZ", ("company", "Netcom"), ("company", "Nedkom"))  # Names this short say little.


def test_a_chinese_name_without_its_seat_needs_a_brand_besides() -> None:
    full = ("company", "北京旷视科技有限公司; Megvii Technology")
    assert joined("CN", full, ("company", "旷视科技; Megvii (Face++)"))
    assert not joined("CN", full, ("company", "旷视科技"))
    assert not joined("CN", full, ("company", "旷视科技有限公司; Megvii"))  # A name with a legal form may be another company's.
    [plain, other] = bodies("CN", ("company", "北京信息技术有限公司; Quill"), ("company", "信息技术; Quill"))
    assert not is_without_seat(plain, other)  # The Chinese names contain no brand.


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
