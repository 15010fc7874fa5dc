"""Addresses at which the Internet Archive lists the copies of a document that a claim cites."""

from types import SimpleNamespace
from typing import cast

import pytest

from overt.queries.rows.records import Claim, Fact, Record
from overt.site.claim.internet_archive_links import archived_copies


def copies(address: str | None, *retrieved: str | None) -> str | None:
    """Return the address of the copies of a document. `retrieved`: addresses of the files in which the claim was read."""
    facts = {}
    if address is not None:
        facts["url"] = [Fact("d", "url", address, None, None, True, False, "stated", 1, 1, None, "", None, None, None)]
    document = Record("d", "document", None, None, None, 1, None, 1, "open", facts)
    claim = SimpleNamespace(places=[SimpleNamespace(address=place) for place in retrieved])
    return archived_copies(cast(Claim, claim), [document]).get("d")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://www.example.org/news/1", "https://www.example.org/news/1"),
        ("http://example.org/?a=1&b=%20c#part", "http://example.org/?a=1&b=%20c"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://example.org/新闻", "https://example.org/%E6%96%B0%E9%97%BB"),
        ("https://archive.example.com/1", "https://archive.example.com/1"),
    ],
)
def test_copies_are_listed_under_the_escaped_address(address: str, path: str) -> None:
    assert copies(address) == f"https://web.archive.org/web/*/{path}"


@pytest.mark.parametrize(
    "address",
    [
        "https://web.archive.org/web/20200101000000/https://example.org/",
        "http://archive.ph/AbCde",
        "https://archive.today/AbCde",
        "https://perma.cc/AB12-CD34",
        "ftp://example.org/file",
        None,
    ],
)
def test_archives_and_documents_without_a_web_address_have_no_link(address: str | None) -> None:
    assert copies(address) is None


def test_an_archived_document_has_no_link() -> None:
    assert copies("https://www.example.org/list.pdf", None, "http://example.org/list.pdf") is None
    assert copies("https://www.example.org/list.pdf", "https://www.example.org/other.pdf", "file of the editors")
