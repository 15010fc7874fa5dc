"""Known makers in several scripts, and editions of one product: different makers or editions mean that two projects differ."""

import pytest

from overt.resolve.projects.maker_names import maker_of
from overt.resolve.projects.product_editions import other_editions
from tests.resolve.claim_snapshots import record
from tests.resolve.test_projects import MODEL, level, parties


def contract(key: str, role: str, company: str) -> list:
    """Return the claims of a network. If `role` is supplier, `company` supplies it; otherwise it promises 800 million for it."""
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
