"""Ends of cables, exact sums of lenders, renamed towns and coined names show one project; customers and towns show two."""

import numpy as np
import pytest

from overt.model.claim import Claim
from overt.resolve.projects.evidence_levels import contradicts
from overt.resolve.projects.lenders import meaning
from overt.resolve.projects.participant_matches import alike_participants
from overt.resolve.projects.renamed_places import present_name
from overt.resolve.projects.same_office import without_suffixes
from overt.resolve.projects.titles_across_scripts import Titles
from tests.resolve.claim_snapshots import record
from tests.resolve.test_projects import MODEL, READER, level, pairs, parties, place


def cable_between(key: str, maker: str, *towns: str) -> list[list]:
    """Return the claims of a cable, its maker and its landings."""
    claims = record(key, "project", kind="submarine-cable", name=f"Cable {key[0]} of Quill{key[0]}")
    claims += parties(key, "supplier", maker)
    for town in towns:
        claims += place(f"{key}/{town}", key, name=town)
    return claims


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("Quillmarine", "Kribi", "Fortaleza"), ("Quillmarine", "Kribi", "Fortaleza"), "ends"),
        (("Quillmarine", "Chennai", "Colombo"), ("Quillmarine", "チェンナイ", "コロンボ"), "ends"),
        (("Quillmarine", "Kribi", "Fortaleza"), ("Fernworks", "Kribi", "Fortaleza"), "several"),
        (("Quillmarine", "Kribi", "Fortaleza"), ("Quillmarine", "Kribi", "Fortaleza", "Lagos"), "several"),
        (("Quillmarine", "Kribi"), ("Quillmarine", "Kribi"), "near"),
    ],
)
def test_cables_with_the_same_ends_and_a_common_party_are_one(
    left: tuple[str, ...], right: tuple[str, ...], expected: str
) -> None:
    assert level("place", cable_between("a:1", *left), cable_between("b:1", *right)) == expected


def product(key: str, title: str, customer: str, town: str) -> list:
    """Return the claims of a project with its customer and its place."""
    claims = record(key, "project", kind="facial-recognition", country="JP", name=title)
    return claims + parties(key, "customer", customer) + place(f"{key}/p", key, name=town)


def test_one_product_of_two_customers_is_two_projects() -> None:
    left = product("a:1", "成田空港の手続き「Quillgate Fernpass」", "成田国際空港株式会社", "成田市")
    right = product("b:1", "羽田空港で「Quillgate Fernpass」始まる", "東京国際空港ターミナル株式会社", "大田区")
    assert level("customers", left, right) == "other-named"
    assert level("place", left, right) == "towns"
    same = product("b:1", "成田で「Quillgate Fernpass」始まる", "成田国際空港株式会社", "成田市")
    assert level("customers", left, same) == "unknown"


@pytest.mark.parametrize(("town", "expected"), [("泉佐野市", "elsewhere"), ("大阪府", "unknown")])
def test_towns_in_chinese_characters_differ_at_home_but_not_from_a_region(town: str, expected: str) -> None:
    left = product("a:1", "Quillgate", "Quill Office", "常滑市")
    assert level("place", left, product("b:1", "Fernpass", "Fern Office", town)) == expected


def loan(key: str, lender: str, amount: str, agreed: str) -> list:
    """Return the claims of a project on credit."""
    source = key[0]
    claims = record(key, "project", kind="data-centre", country="KE", name=f"Quillwater {source}", agreed=agreed)
    claims += record(f"{source}:organization/l", name=lender)
    commitment = record(f"{key}/c", "commitment", project=key, financier=f"{source}:organization/l", amount=amount)
    return claims + [claim._replace(unit="USD") if claim.property == "amount" else claim for claim in commitment]


@pytest.mark.parametrize(
    ("lender", "amount", "agreed", "expected"),
    [
        ("Eximbank de Chine", "88705000", "2021", "exact"),
        ("中国进出口银行", "88700000", "2021", "exact"),
        ("Export-Import Bank of Korea", "88700000", "2021", "same"),
        ("China Eximbank", "88700000", "2016", "same"),
        ("China Eximbank", "89300000", "2021", "same"),
    ],
)
def test_one_exact_sum_of_one_lender_within_two_years(lender: str, amount: str, agreed: str, expected: str) -> None:
    left = loan("a:1", "Export-Import Bank of China", "88700000", "2021")
    assert level("amount", left, loan("b:1", lender, amount, agreed)) == expected


def test_a_round_sum_of_one_lender_says_less() -> None:
    left, right = (loan(key, "Export-Import Bank of China", "50000000", "2021") for key in ("a:1", "b:1"))
    assert level("amount", left, right) == "same"


def test_lenders_mean_one_bank_in_several_languages() -> None:
    assert meaning("Banco de Desarrollo de China") == meaning("China Development Bank") != ""
    assert meaning("Eximbank de Chine") == meaning("Export-Import Bank of China") != meaning("Export-Import Bank of Korea")
    assert meaning("Bank of China") == ""  # no field
    assert meaning("Quill Development Bank") == ""  # no country
    assert meaning("Austrian Development Agency") == "AT development"
    assert meaning("Australian Development Agency") == "AU development"


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Нур-Султан", "KZ", "Astana"),
        ("Bombay", "IN", "Mumbai"),
        ("Madras", "", "Chennai"),
        ("Salisbury", "GB", "Salisbury"),  # not Harare
        ("Quillwater", "KZ", "Quillwater"),
    ],
)
def test_a_renamed_town_has_its_present_name(name: str, country: str, expected: str) -> None:
    assert present_name(name, [country] if country else []) == expected


def test_projects_in_a_renamed_town_are_near() -> None:
    values = {"kind": "video-surveillance", "country": "KZ"}
    left = record("a:1", "project", name="Quill", **values) + place("a:1/p", "a:1", name="Astana")
    right = record("b:1", "project", name="Fern", **values) + place("b:1/p", "b:1", name="Нур-Султан")
    assert level("place", left, right) == "near"


@pytest.mark.parametrize(
    ("latin", "other", "is_shared"),
    [
        ("Sergek traffic monitoring", "Как работает «Сергек»", True),
        ("Sergek traffic monitoring", "Как работает Сергек", False),  # not quoted
        ("Traffic monitoring", "Как работает «Трафик»", False),  # no coined word
        ("Quillek traffic monitoring", "Как работает «Сергек»", False),
    ],
)
def test_a_coined_name_is_quoted_in_another_script(latin: str, other: str, is_shared: bool) -> None:
    assert Titles({"a": [latin], "b": [other]}, MODEL.words).shares_coined_name("a", "b") is is_shared


def test_a_lack_of_evidence_contradicts_nothing() -> None:
    levels = {comparison: np.array(["unknown", "unknown"], object) for comparison in MODEL.comparisons}
    levels["suppliers"] = np.array(["unknown", "other"], object)
    levels["evidence"] = np.array(["context", "context"], object)
    assert contradicts(levels).tolist() == [False, True]


def test_participants_are_known_by_initials_with_the_legal_form_and_without_their_country() -> None:
    full = frozenset({"China National Electronics Import & Export Corporation"})
    rows = [("KG", "a:1", "supplier", "a:o", full), ("KG", "b:1", "supplier", "b:o", frozenset({"CEIEC"}))]
    assert list(alike_participants(rows)) == [("KG", "a:o", "b:o")]
    assert "教育部" in without_suffixes("埃塞俄比亚教育部", "ET")
    assert "教育部" not in without_suffixes("埃塞俄比亚教育部", "KE")


def test_numbers_of_centres_are_no_phases() -> None:
    assert not READER.read("El sistema integrado: 4.300 cámaras y 16 centros").numbers
    assert READER.read("Backbone 16").bound or READER.read("Backbone 16").numbers


def test_a_latin_name_within_a_title_is_not_the_title() -> None:
    left = product("a:1", "羽田空港で「Quillgate Fernpass」始まる", "成田国際空港株式会社", "成田市")
    right = product("b:1", "羽田空港にも「Quillgate Fernpass」導入", "東京国際空港ターミナル株式会社", "大田区")
    assert level("name", left, right) == "part"
    after = record("a:1", "project", kind="facial-recognition", country="JP", name="羽田空港の手続き Quillgate Fernpass")
    before = record("b:1", "project", kind="facial-recognition", country="JP", name="Quillgate Fernpass")
    assert level("name", after, before) == "equal-telling"  # a title in two languages


def test_one_maker_builds_two_operators_networks_in_one_city_and_month() -> None:
    """The same claims without customers make one project, so it is these that keep the networks apart."""

    def network(key: str, name: str, *customers: str) -> list[Claim]:
        claims = record(key, "project", kind="mobile-network", country="BR", name=name, agreed="2022-06")
        claims += parties(key, "supplier", "Ericsson") + parties(key, "customer", *customers)
        return claims + place(f"{key}/p", key, name="São Paulo", latitude="-23.55", longitude="-46.63", precision="locality")

    left, right = "Ericsson to roll out 5G Standalone for Vivo in São Paulo", "TIM escolhe a Ericsson para o 5G em São Paulo"
    pair = ("a:1", "b:1")
    assert pairs(network("a:1", left), network("b:1", right))[pair] >= MODEL.same
    assert pairs(network("a:1", left, "Vivo"), network("b:1", right, "TIM Brasil")).get(pair, 0.0) < MODEL.same
