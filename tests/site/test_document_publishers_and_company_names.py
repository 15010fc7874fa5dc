"""What cited documents are: their kind by their publisher, public bodies, and everyday names of companies."""

import pytest

from overt.queries.rows.records import Fact, Record
from overt.site.claim.claim_heading_names import everyday_name
from overt.site.claim.document_publisher_kinds import brand, is_of_its_kind, is_public_body


def document(publisher: str) -> Record:
    text = Fact("d", "publisher", publisher, None, None, True, False, "stated", 1, 1, None, "", None, None, None)
    return Record("d", "document", None, None, None, 1, None, 1, "open", {"publisher": [text]})


@pytest.mark.parametrize(
    ("kind", "publisher", "host", "is_itself"),
    [
        ("company-statement", "Huawei", "huawei.com", True),
        ("company-statement", "Newsroom", "e.huawei.com", True),
        ("company-statement", "SHARE Foundation", "sharefoundation.info", False),
        ("official-statement", "Ministry of the Interior", "interior.gov.rs", True),
        ("company-statement", "China Daily", "chinadaily.com.cn", False),
        ("company-statement", "China Telecom", "example.com", True),
        ("company-statement", "Newsroom", "chinatelecom.com.cn", True),
        ("official-statement", "N1", "n1info.rs", False),
        ("official-statement", "Edmonton Police Service", "edmontonpolice.ca", True),
        ("official-statement", "Zawya (government press release)", "zawya.com", False),
        ("official-statement", "ABC", "abcnews.go.com", False),
        ("official-statement", "Finnish Government", "valtioneuvosto.fi", True),
        ("leaked-file", "Ministry of the Interior", "interior.gov.rs", False),
        ("court-record", "Chicago Tribune (Reuters)", "articles.chicagotribune.com", False),
        ("press-report", "Euronews", "euronews.com", True),
        ("research-report", "SHARE Foundation", "sharefoundation.info", True),
    ],
)
def test_a_document_is_of_the_kind_of_its_publisher(kind: str, publisher: str, host: str, is_itself: bool) -> None:
    assert is_of_its_kind(document(publisher), host, kind, ["huawei", "chinatelecom"]) == is_itself


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("gov.uk", True),
        ("fcc.gov", True),
        ("micitt.go.cr", True),
        ("parliament.uk", True),
        ("gover.info", False),
        ("abcnews.go.com", False),
        ("europa.blog", False),
        ("eur-lex.europa.eu", True),
        ("itu.int", True),
        ("bbc.com", False),
    ],
)
def test_public_bodies_are_recognised_by_their_host(host: str, public: bool) -> None:
    assert is_public_body(host) == public


@pytest.mark.parametrize(
    ("name", "written", "everyday"),
    [
        ("Huawei Technologies Co., Ltd.", "Huawei", "Huawei"),
        ("HMN Technologies Co., Limited", None, "HMN Technologies"),
        ("ZTE Corporation", "Zhongxing", "ZTE"),
        ("Dahua Technology", "Dah", "Dahua Technology"),
    ],
)
def test_companies_have_their_everyday_name(name: str, written: str | None, everyday: str) -> None:
    assert everyday_name(name, written) == everyday


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("Huawei Technologies Co., Ltd.", "huawei"),
        ("China Telecom", "chinatelecom"),
        ("Zhejiang Dahua Technology", "zhejiangdahua"),
        ("The Export-Import Bank of China", "exportimport"),
        ("China", ""),
    ],
)
def test_a_brand_is_more_than_a_place(name: str, beginning: str) -> None:
    assert brand(name) == beginning
