"""Addresses of documents that lead to a copy, and what the page of a claim says about its links."""

import pytest

from overt.queries.rows.records import Fact, Record
from overt.site.claim.documents_on_copy_sites import hosts_of_copies, is_copy


def document(publisher: str, url: str) -> Record:
    def fact(name: str, value: str) -> Fact:
        return Fact("d", name, value, None, None, True, False, "stated", 1, 1, None, "", None, None, None)

    values = {"publisher": [fact("publisher", publisher)], "url": [fact("url", url)]}
    return Record("d", "document", None, None, None, 1, None, 1, "open", values)


@pytest.mark.parametrize(
    ("publisher", "url", "copied"),
    [
        ("The New York Times (copy)", "https://www.earthinfonow.com/made-in-china", True),
        ("AFP (repeated by Dawn)", "https://dawn.com/news/1", True),
        ("copy of a Reuters report", "https://thenationalpolicy.com/apple", True),
        ("Freedom House via ecoi.net", "https://www.ecoi.net/en/document/1.html", True),
        ("Sri Lanka Mirror", "https://srilankamirror.com/news/1", False),
        ("China Copyright and Media", "https://chinacopyrightandmedia.wordpress.com/2016/", False),
        ("Ministry of Public Security", "https://github.com/LawRefBook/Laws/blob/x/1.md", True),
        ("LawRefBook/Laws (repository of Chinese law texts)", "https://github.com/LawRefBook/Laws/blob/x/1.md", False),
        ("Citizen Lab", "https://github.com/citizenlab/bluecoat-investigations", False),
        ("Scribd (Data Localization Snapshot)", "https://scribd.com/document/1/x", True),
        ("Amnesty International and OONI", "https://docslib.org/doc/1/x", True),
        ("Waikato Times", "https://www.pressreader.com/new-zealand/waikato-times/1", True),
        ("BBC News", "https://www.bbc.com/news/1", False),
        ("Reuters", "", False),
    ],
)
def test_a_copy_is_recognised_by_its_publisher_field_or_host(publisher: str, url: str, *, copied: bool) -> None:
    assert is_copy(document(publisher, url)) == copied


def test_each_host_of_copies_is_named_once() -> None:
    documents = [
        document("AP (copy)", "https://www.example.org/1"),
        document("BBC News", "https://www.bbc.com/news/1"),
        document("AFP (copy)", "https://example.org/2"),
    ]
    assert hosts_of_copies(documents) == ["example.org"]
