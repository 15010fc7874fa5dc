"""Pages of the shipped edition: a claim and its documents, a law, and a company in a country."""

import re
from html import unescape

import pytest

from overt.model.record_ids import canonical_id
from overt.release.source_independence.independent_sources import Voice
from overt.site.claim.documents_behind_claim import why_dependent
from tests.support.client import Client
from tests.support.page_regions import repeated_regions
from tests.support.page_text import marked


@pytest.mark.parametrize(
    ("keys", "passes_on", "why"),
    [
        ({"document b"}, {"document a"}, "cites"),
        ({"document b"}, {"publisher acme"}, "credits"),
        ({"document b", "publisher acme"}, set(), "publisher"),
        ({"document b", "same a b"}, set(), "same"),
        ({"document b"}, {"publisher agency"}, "cites-same"),
    ],
)
def test_why_a_document_is_not_independent(keys: set[str], passes_on: set[str], why: str) -> None:
    other = Voice(frozenset({"document a", "publisher acme", "same a b"}), frozenset({"publisher agency"}))
    assert why_dependent(Voice(frozenset(keys), frozenset(passes_on)), other) == why


def test_a_collection_is_not_independent_of_another_document() -> None:
    other = Voice(frozenset({"document a", "publisher acme"}), frozenset())
    collection = Voice(frozenset({"document c", "publisher incidents"}), collects=True)
    assert why_dependent(collection, other) == "collects"


def test_a_claim_shows_its_documents_before_statements_on_other_parts(shipped: Client) -> None:
    systems = shipped.get("/country/RS").text.partition('id="systems"')[2]
    [project] = re.findall(r'href="(/project/ovt-[a-z2-7]+)"><bdi>Safe City Belgrade', systems)
    claim = re.findall(r'href="(/claim/[^"#]+)"', shipped.get(project).text)[0]
    page = shipped.get(claim).text
    before, cards, after = page.partition('<ol class="document-cards">')
    assert cards and "A statement about the project is below them" in marked(before.partition('<p class="lead">')[2])
    in_cards, _, statements = after.partition('id="statements"')
    assert "Serbian authorities, August 2021: The authorities say that face recognition is not in use." in marked(statements)
    assert "It is about: function, use. It is not about who supplied or ordered the system." in marked(statements)
    assert "none cites another as far as their texts show" in marked(before) and 'href="/method#claims"' in page
    assert "typed" not in marked(before) and "without a title" not in page
    assert "Not counted separately: it is credited to document 3 (SHARE Foundation)." in marked(in_cards)
    assert "1,000 cameras at 800 places announced" in marked(in_cards)
    assert "Not counted: it collects others’ reports." in marked(in_cards)
    assert "3 of them are separate sources:" in marked(before)
    with_kinds = [marked(card) for card in in_cards.split('<li class="document-card"') if "<dt>Kind</dt>" in card]
    beside = "A statement on record about the kinds: "
    assert beside in with_kinds[0] and not any(beside in card for card in with_kinds[1:]), "below what the first card took"


def test_a_law_says_what_overt_knows_of_later_changes(shipped: Client) -> None:
    law = re.findall(r"/agreement/ovt-[a-z2-7]+", shipped.get("/search?q=Vietnam+Decree+53%2F2022").text)[0]
    text = " ".join(unescape(marked(shipped.get(law).text)).split())
    assert "Decree detailing the Law on Cybersecurity (Vietnam) No. 53/2022/ND-CP" in text, (
        "the plain title first, then the number"
    )
    assert "In force from 1 October 2022, according to documents up to 29 November 2022." in text
    assert (
        "The law that it details, the Law on Cybersecurity 2018 (Vietnam), was to be replaced by the Law on Cybersecurity 2025 "
        "(Vietnam) from 1 July 2026; no newer source here confirms it."
    ) in text
    assert "No document on record says whether this regulation still applies." in text and "No later change or repeal" not in text
    box = marked(shipped.get(law).text.partition('<dl class="law-facts">')[2].partition("</dl>")[0])
    assert re.match(
        r"\s*Adopted15 August 2022\s*In force from1 October 2022.*whether it still applies isn’t on record", box, re.DOTALL
    )
    assert "In our words, from the documents named beside them. We have no link to the official text." in text
    assert "Described by" in box and text.count("from Tilleke") > 1, "beside each provision, because they have two documents"
    fines = marked(shipped.get(f"/agreement/{canonical_id('laws:law-ru-405fz-2019')}").text)
    assert "In our words, from Advokatskaya Gazeta. We have no link to the official text." in " ".join(fines.split())
    assert fines.count("from Advokatskaya Gazeta") == 1, "named once"
    assert re.search(
        r"Other laws on record, Vietnam.*Law on Cybersecurity 2018 \(Vietnam\) was to be in force until 1 July 2026, as of",
        text,
    )


def test_a_company_in_a_country_bridges_projects_and_systems(shipped: Client) -> None:
    company = re.findall(r"/organization/ovt-[a-z2-7]+", shipped.get("/search?q=hikvision").text)[0]
    page = shipped.get(f"{company}/in/RS").text
    text = re.sub(r"\s+", " ", marked(page))
    assert re.search(r"We searched the \d+ projects .*\(15 in Serbia\), .*from 12 datasets and registers\.", text)
    [(countries_named, documents)] = re.findall(
        r"name Hikvision in (\d+) countries, but not in Serbia\. That is not evidence of absence: the full texts of the ([\d,]+) "
        r"cited documents were not searched\.",
        text,
    )
    assert int(documents.replace(",", "")) > int(countries_named)
    total = int(re.findall(r"\((\d+) in Serbia\)", text)[0])
    [(systems, other_projects, unnamed)] = re.findall(
        r'>Together, each project once</th><td class="number">(\d+)</td><td class="number">(\d+)</td></tr></tbody>\s*</table>'
        r'</div>\s*<p class="section-note">(\d+) more projects there name no supplier\.',
        page,
    )
    assert int(systems) + int(other_projects) + int(unnamed) == total, "the table and the sentence below it add up"
    assert re.search(
        r">Huawei</bdi></a><span class=\"muted\"> \(China\)</span><span [^>]*>other projects: 2 networks or data centres, "
        r"1 partnership, factory, office or other presence</span></th><td class=\"number\">3</td><td class=\"number\">3</td>",
        page,
    )
    named = page.partition('<ul class="country-list">')[2].partition("</ul>")[0]
    assert re.search(
        r'>Myanmar</a><span class="small nowrap"> \(<a href="/record/ovt-[a-z2-7]+">its statement</a>\)</span>', named
    )
    countries = re.findall(r'/in/[A-Z]+">(.*?)</a>', named)
    assert countries == sorted(countries) and len(countries) == 12


def test_a_company_with_many_rows_has_no_two_regions_of_one_name(shipped: Client) -> None:
    [company] = set(
        re.findall(r'href="(/organization/ovt-[a-z2-7]+)"[^>]*>(?:<bdi[^>]*>)?Huawei<', shipped.get("/companies").text)
    )
    page = shipped.get(company).text
    assert "In projects of several kinds" in page and repeated_regions(page) == []
