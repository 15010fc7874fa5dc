"""Laws on pages: apart from treaties, their articles by topic, and versions of the past."""

import re

import pytest

from overt.model.record_ids import canonical_id
from overt.site.law_texts import article_order
from tests.site.test_country import section
from tests.support.client import Client

NEW = f"/agreement/{canonical_id('open_register:law/2021')}"
OLD = f"/agreement/{canonical_id('open_register:law/2014')}"
TREATY = f"/agreement/{canonical_id('open_register:treaty')}"


@pytest.mark.parametrize("path", ["/agreements", "/country/RU"])
def test_laws_stand_apart_from_treaties(client: Client, path: str) -> None:
    page = client.get(path).text
    agreements, _, laws = page.rpartition('id="laws">')
    treaties = agreements.rpartition("<tbody>")[2]
    assert TREATY in treaties and NEW not in treaties
    assert NEW in laws and TREATY not in laws.partition("</table>")[0]
    topics = re.findall(r'href="[^"]*#topic-([a-z-]+)">[^<]*</a> (\d)', laws.partition("</table>")[0])
    assert topics == [("real-name-registration", "1"), ("encryption", "1"), ("lawful-access", "1")], "in the vocabulary's order"


def test_superseded_versions_are_history(client: Client) -> None:
    past = section(client.get("/agreements").text, "past")
    assert OLD in past and NEW not in past
    page = client.get(OLD).text
    assert "This version is history, not law in force." in page and NEW in page
    assert "in force since" not in page
    versions = section(client.get(NEW).text, "versions")
    assert OLD in versions and "1 July 2021" in versions


def test_articles_are_grouped_by_topic_in_order(client: Client) -> None:
    provisions = section(client.get(NEW).text, "provisions")
    assert "2 articles that bear on a topic" in provisions
    groups = dict(re.findall(r'<h3 id="topic-([a-z-]+)">.*?</h3>(.*?)(?=<h3|$)', provisions, re.DOTALL))
    assert list(groups) == ["real-name-registration", "encryption", "lawful-access"]
    assert "Article 9" in groups["real-name-registration"] and "Article 10" in groups["encryption"]
    assert "Article 10" in groups["lawful-access"], "an article with two topics is in both"
    assert "What Article 9 says" in groups["real-name-registration"]


def test_english_pages_number_chinese_articles(client: Client) -> None:
    assert "Article 11" in section(client.get(OLD).text, "provisions")
    assert "第十一条" in section(client.get(f"/zh{OLD}").text, "provisions")


def test_articles_sort_by_number() -> None:
    articles = ["第一百零二条", "第二十一条", "第九条之二", "第九条", "Article 10", "第十条", "Preamble"]
    ordered = sorted(articles, key=article_order)
    assert ordered == ["第九条", "第九条之二", "Article 10", "第十条", "第二十一条", "第一百零二条", "Preamble"]
