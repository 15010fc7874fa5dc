"""Brands that a group and its subsidiary share, notes beside names, and a firm known by its brand only."""

import pytest

from overt.resolve.equal_names_and_identifiers import WEBSITE
from overt.resolve.home_pages import home_page
from overt.resolve.names import NameKeys
from overt.resolve.names.notes_in_brackets import abbreviation_in_note, is_former_by_note, is_registered_by_note
from overt.resolve.same_organizations.pairs_with_different_names import CorroboratedNames
from tests.resolve.resolved_hand_made_claims import record

Values = dict[str, str | list[str]]


def are_one(country: str, kind: str, left: Values, right: Values) -> bool:
    """Return whether the rules find that two organisations of one country and kind are the same."""
    claims = []
    for key, values in (("a:1", left), ("b:1", right)):
        for of in record(key, country=country, kind=kind, **values):
            value = home_page(of.value) if of.property == WEBSITE else of.value
            claims.append((key, "organization", of.property, value or ""))
    names = CorroboratedNames(claims, {"a:1": "a:1", "b:1": "b:1"}, NameKeys())
    return any(names.find()) or any(names.agreeing(str))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            {"name": "TT Fern İletişim Hizmetleri A.Ş.", "alias": ["Türk Telekom", "Quillea"]},
            {"name": "Türk Telekomünikasyon A.Ş.", "alias": ["Türk Telekom", "TTKOM"]},
        ),
        (
            {"name": "TT Fern İletişim Hizmetleri A.Ş.", "alias": ["Turkish Telecom"]},
            {"name": "Türk Telekomünikasyon A.Ş.", "alias": ["Türk Telekom", "TTKOM"]},
        ),
        (
            {"name": "Telekomünikasyon Selüler A.Ş.", "alias": ["Telkosel", "Telko Group"]},
            {"name": "Telekomünikasyon Türkiye A.Ş.", "alias": ["Telko Group", "TLKM"]},
        ),
    ],
)
def test_a_brand_that_both_have_as_an_alias_joins_no_subsidiary(left: Values, right: Values) -> None:
    assert not are_one("TR", "company", left, right)


def test_an_abbreviation_of_the_name_itself_joins() -> None:
    short = {"name": "Türk Telekom", "alias": "TTKOM"}
    assert are_one("TR", "company", short, {"name": "Türk Telekomünikasyon A.Ş.", "alias": "TTKOM"})


@pytest.mark.parametrize(
    ("name", "key", "short", "is_former", "is_registered"),
    [
        ("Công ty Thông tin Quill (VMS, đến năm 2014)", "thong tin quill", "VMS", True, False),
        ("Quill Networks (until 2014; QNX)", "quill network", "QNX", True, False),
        ("Quill Networks (QNX, since 2014)", "quill network", "QNX", False, False),
        ("Quill SA (raison sociale)", "quill", "", False, True),
        ("Квилл (бренд)", "квилл", "", False, False),
        ("Quill Networks (Lima, Peru)", "quill network lima peru", "", False, False),
    ],
)
def test_a_note_says_which_sort_of_name_it_is(name: str, key: str, short: str, is_former: bool, is_registered: bool) -> None:
    assert NameKeys().key(name) == key
    assert abbreviation_in_note(name) == short
    assert (is_former_by_note(name), is_registered_by_note(name)) == (is_former, is_registered)


def test_a_registered_name_in_a_note_is_a_name() -> None:
    full = {"name": "Office National des Télécommunications du Burkina", "alias": "ONATEL"}
    assert are_one("BF", "company", full, {"name": "Quill Africa", "alias": "Onatel SA (raison sociale)"})
    assert not are_one("BF", "company", full, {"name": "Quill Africa", "alias": "Onatel"})


@pytest.mark.parametrize(
    ("country", "brand", "name", "site", "expected"),
    [
        ("CN", "SenseFerns", "深圳市深网视界科技有限公司", "https://www.senseferns.com", True),
        ("CN", "SenseFerns", "深圳市深网视界科技有限公司", "https://www.deepnet.com", False),
        ("CN", "Hikvision", "杭州海康机器人股份有限公司", "https://www.hikvision.com", False),  # subsidiary of a known maker
        ("RU", "Quillex", "ООО «Квиллекс.Облако»", "https://www.quillex.ru", False),  # The name has one word more than the brand.
    ],
)
def test_a_page_names_a_firm_that_is_known_by_its_brand(country: str, brand: str, name: str, site: str, expected: bool) -> None:
    assert are_one(country, "company", {"name": brand}, {"name": name, "website": site}) is expected
