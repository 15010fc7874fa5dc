"""Questions on decisions, which are agreements, and with everyday words that are misspelled or unknown."""

from tests.site.conftest import Ask
from tests.support.client import Client


def test_decisions_are_laws_and_agreements(answer: Ask) -> None:
    data = answer("european laws and decisions excluding huawei from 5g")
    assert data["intent"] == "agreements" and data["total"] > 10
    assert "8 of them mention Huawei" in data["sentence"]


def test_misspelled_everyday_words_are_read(answer: Ask) -> None:
    data = answer("wich countries bought geedge firewall")
    assert data["intent"] == "places" and {"typed": "wich", "read": "which"} in data["readings"]
    assert answer("survelliance camaras in kenya")["sentence"] == answer("surveillance cameras in kenya")["sentence"]


def test_a_page_names_the_word_that_was_not_understood(shipped: Client) -> None:
    page = shipped.get("/search?q=whose+countries+bought+geedge+qwzx").text
    assert "because of" in page and "qwzx" in page.partition('aria-label="Question"')[2].partition("</section>")[0]
