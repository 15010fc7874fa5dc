"""Makers, resellers, products and networks: which differences mean that two projects differ."""

import pytest

from overt.model.claim import Claim
from overt.resolve.projects.makers_by_name import maker_of
from overt.resolve.projects.product_editions import other_editions
from tests.resolve.resolved_hand_made_claims import record
from tests.resolve.test_project_match_probabilities import MODEL, level, pairs, parties, place, product


def contract(key: str, role: str, company: str) -> list:
    """Return the claims of a network. `company` supplies it if `role` is `supplier`, or else promises 800 million for it."""
    source = key[0]
    claims = record(key, "project", kind="mobile-network", country="ET", name=f"Expansion {source}", agreed="2013-07")
    if role == "supplier":
        return claims + parties(key, "supplier", company)
    claims += record(f"{source}:organization/l", name=company)
    return claims + record(f"{key}/c", "commitment", project=key, financier=f"{source}:organization/l", amount="800000000")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("supplier", "ZTE Corporation"), ("supplier", "华为"), "other-maker"),
        (("supplier", "中兴通讯股份有限公司"), ("supplier", "ہواوے"), "other-maker"),
        (("lender", "ZTE Corporation"), ("supplier", "华为"), "other-maker"),
        (("supplier", "Quillwater Networks"), ("supplier", "华为"), "other"),
        (("supplier", "Hikvision"), ("supplier", "杭州海康威视数字技术股份有限公司"), "unknown"),
        (("lender", "ZTE Corporation"), ("supplier", "中兴"), "unknown"),
        (("lender", "China Eximbank"), ("supplier", "华为"), "unknown"),
        (("supplier", "Quillwater Networks"), ("supplier", "羽根"), "unknown"),
    ],
)
def test_known_makers_differ_in_any_script(left: tuple[str, str], right: tuple[str, str], expected: str) -> None:
    assert level("suppliers", contract("a:1", *left), contract("b:1", *right)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Huawei Marine Networks Co., Ltd.", "HMN Tech"),
        ("Huawei Technologies", "Huawei"),
        ("华为海洋网络有限公司", "HMN Tech"),
        ("Necton", ""),
        ("新华为民公司", ""),
    ],
)
def test_the_longest_name_of_a_maker_counts(name: str, expected: str) -> None:
    assert maker_of(name) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("QUILO Real Time face recognition", "La Polizia usa QUILO Enterprise: confronta una foto", True),
        ("Quillgate Pro for the police", "Quillgate Enterprise for the police", True),
        ("Quillgate 1.0 starts", "Quillgate 2.0 starts", True),
        ("QUILO Real Time face recognition", "The police use QUILO Real-Time", False),
        ("QUILO Real Time face recognition", "QUILO face recognition of the police", False),
        ("QUILO Cameras in Fernwick", "QUILO System in Fernwick", False),
        ("Quillgate cameras", "Quillgate system", False),
        ("Huawei Cloud for the state", "Huawei Enterprise for the state", False),
    ],
)
def test_editions_of_a_product_differ(left: str, right: str, expected: bool) -> None:
    assert other_editions([left], [right], {"huawei"}, MODEL.words) is expected
    assert other_editions([right], [left], {"huawei"}, MODEL.words) is expected


def test_another_edition_of_a_product_is_evidence_against() -> None:
    values = {"kind": "facial-recognition", "country": "IT"}
    left = record("a:1", "project", name="QUILO Real Time face recognition", **values)
    right = record("b:1", "project", name="La Polizia usa QUILO Enterprise: confronta una foto", **values)
    assert level("mention", left, right) == "edition"


@pytest.mark.parametrize(
    ("title", "expected"), [("Modernisation of the Quill network", "renewal"), ("Training for the Quill network", "one")]
)
def test_a_network_that_is_modernised_may_be_built_in_other_words(title: str, expected: str) -> None:
    values = {"kind": "fixed-network", "country": "RS"}
    first = record("a:1", "project", name=title, **values)
    assert level("act", first, record("b:1", "project", name="Fern selects an all-IP future", **values)) == expected


def test_one_product_of_two_customers_is_two_projects() -> None:
    left = product("a:1", "成田空港の手続き「Quillgate Fernpass」", "成田国際空港株式会社", "成田市")
    right = product("b:1", "羽田空港で「Quillgate Fernpass」始まる", "東京国際空港ターミナル株式会社", "大田区")
    assert level("customers", left, right) == "other-named"
    assert level("place", left, right) == "towns"
    same = product("b:1", "成田で「Quillgate Fernpass」始まる", "成田国際空港株式会社", "成田市")
    assert level("customers", left, same) == "unknown"


def test_one_maker_builds_two_operators_networks_in_one_city_and_month() -> None:
    """Without customers, the same claims make one project, so the customers keep the networks apart."""

    def ericsson_network(key: str, name: str, *customers: str) -> list[Claim]:
        claims = record(key, "project", kind="mobile-network", country="BR", name=name, agreed="2022-06")
        claims += parties(key, "supplier", "Ericsson") + parties(key, "customer", *customers)
        return claims + place(f"{key}/p", key, name="São Paulo", latitude="-23.55", longitude="-46.63", precision="locality")

    left, right = "Ericsson to roll out 5G Standalone for Vivo in São Paulo", "TIM escolhe a Ericsson para o 5G em São Paulo"
    pair = ("a:1", "b:1")
    assert pairs(ericsson_network("a:1", left), ericsson_network("b:1", right))[pair] >= MODEL.same
    assert pairs(ericsson_network("a:1", left, "Vivo"), ericsson_network("b:1", right, "TIM Brasil")).get(pair, 0.0) < MODEL.same


@pytest.mark.parametrize(
    ("text", "agreed", "expected"),
    [
        ("Sold by a Mexican reseller.", "2014-10-29", "reseller"),
        ("La intermediaria no tiene oficina.", "2014-10-29", "reseller"),
        ("Sold to the police.", "2014-10-29", "other"),
        ("Sold by a Mexican reseller.", "2015-03", "other"),
    ],
)
def test_a_maker_and_its_reseller_are_weak_evidence_of_two(text: str, agreed: str, expected: str) -> None:
    def contract(key: str, supplier: str, **values: str) -> list[Claim]:
        claims = record(key, "project", name=f"Quill {key}", kind="spyware", country="MX", **values)
        claims += record(f"{key}/m", "commitment", project=key)
        claims.append(Claim(key.partition(":")[0], f"{key}/m", "commitment", "amount", "32000000", unit="USD"))
        return claims + parties(key, "supplier", supplier) + parties(key, "customer", "Fern Office")

    first = contract("a:1", "Fernware", agreed="2014-10", description=text)
    assert level("suppliers", first, contract("b:1", "Mossbull", agreed=agreed)) == expected
