"""Addresses of documents: which addresses mean the same document, and their registered domain."""

import pytest

from overt.model.values.document_url_normalization import normalize_address, registered_domain


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a/b",
        "https://www.example.org/a/b/",
        "https://EXAMPLE.org:443/a/b#part",
        "https://example.org/a/b?utm_source=x&fbclid=1",
        "https://web.archive.org/web/20240101000000/https://example.org/a/b",
        "http://web.archive.org/web/2024id_/example.org/a//b/",
        "https://m.example.org/a/b",
        "  https://example.org/a/b  ",
    ],
)
def test_addresses_of_the_same_document_are_equal(address: str) -> None:
    assert normalize_address(address) == normalize_address("https://example.org/a/b") == "example.org/a/b"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://example.org/a", "https://example.org/a/b"),
        ("https://search.gleif.org/#/record/1", "https://search.gleif.org/#/record/2"),
        ("https://en.wikipedia.org/wiki/A", "https://zh.wikipedia.org/wiki/A"),
        ("https://archive.ph/DlYUC", "https://archive.ph/jXjxG"),
    ],
)
def test_addresses_of_different_documents_differ(left: str, right: str) -> None:
    assert normalize_address(left) != normalize_address(right)


@pytest.mark.parametrize("original", ["http://[bad", "https://[::1", "http://ex\u2100mple.com/a"])
def test_a_copy_of_what_has_no_valid_address_is_a_page_of_the_archive(original: str) -> None:
    copy = f"https://web.archive.org/web/2020/{original}"
    assert normalize_address(copy).startswith("web.archive.org/web/2020/")
    assert registered_domain(copy) == "archive.org"
    assert registered_domain(original) == ""


def test_the_order_of_a_query_does_not_matter() -> None:
    assert normalize_address("https://example.org/?b=2&a=1") == normalize_address("http://example.org?a=1&b=2")


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://chinatechmap.aspi.org.au/", "aspi.org.au"),
        ("https://www.aspi.org.au/report/x", "aspi.org.au"),
        ("https://data.mendeley.com/datasets/1", "mendeley.com"),
        ("http://www.cac.gov.cn/2016", "cac.gov.cn"),
        ("https://gov.uk", "gov.uk"),
        ("src/overt/content", ""),
        ("localhost", ""),
    ],
)
def test_an_address_has_a_registered_domain(address: str, domain: str) -> None:
    assert registered_domain(address) == domain
