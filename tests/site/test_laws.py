"""Laws on pages: separate from treaties, with articles by topic and past versions."""

import re
from dataclasses import replace

import pytest

from overt.model.record_ids import canonical_id
from overt.model.values.date_comparison import is_over
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Fact, Record
from overt.site.agreement.agreement_context import replaced_on
from overt.site.agreement.law_article_names_and_order import article_name, article_order
from overt.site.agreement.law_changes import law_changes
from overt.site.agreement.law_documents import LawDocument, is_in_text, weakness
from overt.site.agreement.law_name_parts import common_era_year, law_title, names_year, number_unbroken
from overt.site.agreement.law_status import in_force, law_status, planned_start
from overt.site.agreement.provisions_by_topic import leading_provisions, provisions_by_topic
from overt.site.agreement.unadopted_laws import unadopted
from overt.site.site import Site
from tests.site.test_country import section
from tests.support.client import Client
from tests.support.page_text import plain, spaced

NEW = f"/agreement/{canonical_id('open_register:law/2021')}"
OLD = f"/agreement/{canonical_id('open_register:law/2014')}"
TREATY = f"/agreement/{canonical_id('open_register:treaty')}"


def test_laws_stand_apart_from_treaties(client: Client) -> None:
    page = client.get("/country/RU/agreements").text
    agreements, _, laws = page.rpartition('id="laws">')
    treaties = agreements.rpartition("<tbody>")[2]
    assert TREATY in treaties and NEW not in treaties
    assert NEW in laws and TREATY not in laws.partition("</table>")[0]
    assert TREATY in client.get("/agreements").text and NEW not in client.get("/agreements").text
    laws = client.get("/agreements?group=laws").text
    assert NEW in laws and TREATY not in laws and OLD not in laws
    topics = re.findall(r'href="[^"]*#topic-([a-z-]+)">[^<]*</a> (\d)', laws.partition("</table>")[0])
    assert topics == [("lawful-access", "1"), ("real-name-registration", "1"), ("encryption", "1")], "in the vocabulary's order"
    assert "1 agreement and 2 laws" in laws, "laws are counted apart"


def test_agreements_have_filters_that_need_no_script(client: Client) -> None:
    for query, listed in (
        ("group=laws&topic=encryption", True),
        ("group=laws&topic=minors", False),
        ("group=laws&country=RU", True),
        ("group=laws&country=CN", False),
        ("group=laws&kind=administrative-regulation", True),
        ("group=laws&kind=treaty", False),
        ("group=laws&year=2021", True),
        ("group=laws&year=2019", False),
    ):
        page = client.get(f"/agreements?{query}").text
        assert (NEW in page.partition("</form>")[2]) == listed, query
        assert listed or "Nothing matches these filters." in page
    form = client.get("/agreements?group=laws&country=RU").text.partition('<form class="list-filters"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="group" value="laws">' in form and '<option value="encryption">' in form
    for wrong in ("country=QQ", "kind=nonsense", "topic=nonsense", "year=soon", "group=nonsense", "page=0"):
        assert client.get(f"/agreements?{wrong}").status_code == 400, wrong


def test_a_law_is_called_a_law(client: Client) -> None:
    assert "Administrative regulation" in client.get("/search?q=Russian+Networks+Act").text
    assert "(Law ovt-" in client.get(NEW).text and "(Agreement ovt-" in client.get(TREATY).text


def test_laws_are_events_of_their_own_kind(client: Client) -> None:
    laws, agreements = (client.get(f"/country/RU/timeline?of={kind}").text for kind in ("laws", "agreements"))
    assert NEW in laws and TREATY not in laws
    assert TREATY in agreements and NEW not in agreements


def test_superseded_versions_are_history(client: Client) -> None:
    past = client.get("/agreements?group=past").text
    assert OLD in past and NEW not in past
    page = client.get(OLD).text
    lead = re.sub("<[^>]+>", "", re.findall(r'<p class="lead">(.*?)</p>', page, re.DOTALL)[0])
    first = lead.strip().partition(" replaced it.")[0]
    assert re.match(r"It had provisions on .* and was in force .*1 July 2021; the ", first) and NEW in page, "all in one sentence"
    assert "No longer in force: " not in page and "<dt>Status</dt>" not in page, "the first sentence says it"
    assert "It has provisions" not in page
    assert "in force since" not in page
    versions = section(client.get(NEW).text, "versions")
    assert OLD in versions and "1 July 2021" in versions


@pytest.mark.parametrize(
    ("end", "over"),
    [("2026-07-01", True), ("2026-12-01", False), ("2026-11", False), ("2026-10~", True), ("2026-10/2027", False)],
)
def test_a_law_is_over_only_when_its_end_has_come(end: str, over: bool) -> None:
    assert is_over(end, "2026-11-29") is over


def test_articles_are_grouped_by_topic_in_order(client: Client) -> None:
    provisions = section(client.get(NEW).text, "provisions")
    assert "2 of its provisions are on record" in provisions
    groups = dict(re.findall(r'<h3 id="topic-([a-z-]+)">.*?</h3>(.*?)(?=<h3|$)', provisions, re.DOTALL))
    assert list(groups) == ["lawful-access", "real-name-registration"]
    assert "Article 9" in groups["real-name-registration"] and "Article 10" in groups["lawful-access"]
    assert '<span id="topic-encryption">encryption</span>' in provisions, "topics with the same articles have one heading"
    assert "What Article 9 says" in groups["real-name-registration"]


def test_english_pages_number_chinese_articles(client: Client) -> None:
    assert "Article 11" in section(client.get(OLD).text, "provisions")
    assert "第十一条" in section(client.get(f"/zh{OLD}").text, "provisions")


def test_articles_sort_by_number() -> None:
    articles = ["第一百零二条", "第二十一条", "第九条之二", "第九条", "Article 10", "第十条", "Preamble"]
    ordered = sorted(articles, key=article_order)
    assert ordered == ["第九条", "第九条之二", "Article 10", "第十条", "第二十一条", "第一百零二条", "Preamble"]


@pytest.mark.parametrize(
    ("name", "plain", "number"),
    [
        ("Decree No. 53/2022/ND-CP detailing the Law (Russia)", "Decree detailing the Law (Russia)", "No. 53/2022/ND-CP"),
        ("Federal Law No. 139-FZ of 2012 on the register", "Federal Law on the register (Russia)", "No. 139-FZ of 2012"),
        ("Government Resolution No. 1667, Rules for networks", "Government Resolution, Rules for networks (Russia)", "No. 1667"),
        ("Cybersecurity Law No. 1/2025 (Myanmar)", "Cybersecurity Law (Myanmar) (Russia)", "No. 1/2025"),
        ("“Sovereign” law (Federal Law No. 90-FZ, Russia)", "“Sovereign” law (Russia)", "Federal Law No. 90-FZ"),
        ("Social media law (Law No. 7253, Turkey)", "Social media law (Russia)", "Law No. 7253, Turkey"),
        ("Cyber Crimes Act 2021 (Russia)", "Cyber Crimes Act 2021 (Russia)", ""),
    ],
)  # fmt: skip
def test_the_title_of_a_law_comes_before_its_number(site: Site, name: str, plain: str, number: str) -> None:
    assert law_title(site, law(name)) == (plain, number)


def test_a_title_names_the_country_of_a_law(site: Site) -> None:
    for name in ("Notice on the Filing of Mobile Applications", "Cyber Crimes Act", "Law No. 5"):
        assert law_title(site, law(name)) == (f"{name} (Russia)", "")
    for name in ("Law of the Republic of Russia", "Russian Networks Act"):
        assert law_title(site, law(name)) == (name, "")
    assert law_title(site, law("Treaty with Nigeria", "NE")) == ("Treaty with Nigeria (Niger)", ""), "a part of another name"


def law(name: str, code: str = "RU") -> Record:
    country = Fact("l", "party-country", code, None, None, True, False, "stated", 1, 1, None, "", None, None, None)
    return Record("l", "agreement", name, "en", None, 1, None, 1, "open", {"party-country": [country]})


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("2026-07-01", "was replaced by the %(newer)s on %(date)s"),
        ("2026-07-01~", "was replaced by the %(newer)s on %(date)s"),
        ("2026-11-29", "was replaced by the %(newer)s on %(date)s"),
        ("2026-11-30", "is replaced by the %(newer)s from %(date)s"),
        ("2026-10", "was replaced by the %(newer)s in %(date)s"),
        ("2026-11", "is replaced by the %(newer)s from %(date)s"),
        ("2026", "is replaced by the %(newer)s from %(date)s"),
        ("2025", "was replaced by the %(newer)s in %(date)s"),
    ],
)
def test_a_law_was_replaced_once_the_date_is_past(end: str, words: str) -> None:
    assert words in replaced_on(end, "2026-11-29")


def test_in_force_is_said_as_of_the_newest_document(site: Site) -> None:
    start = Fact("l", "in-force", "2022-10-01", None, None, True, False, "stated", 1, 1, None, "", None, None, None)
    record = Record("l", "agreement", "A law", "en", None, 1, None, 1, "open", {"in-force": [start]})
    assert in_force(site, record, "2022-11") == "In force from 1 October 2022, according to documents up to November 2022."
    assert in_force(site, record, "2022").startswith("In force from"), "a year that may be later"
    assert in_force(site, record, "2022-08-20~") == (
        "Was to come into force on 1 October 2022, as of about 20 August 2022; no newer source here confirms it."
    ), "the day is past in the edition"
    later = replace(record, facts={"in-force": [replace(start, value="2099-10-01")]})
    assert planned_start(site, later, "2022-08-20").startswith("Due to come into force on 1 October 2099")
    status = Fact("l", "status", "in-force", None, None, True, False, "stated", 1, 1, None, "", None, None, None)
    stated = Record("l", "agreement", "A law", "en", None, 1, None, 1, "open", {"in-force": [start], "status": [status]})
    assert in_force(site, stated, "2022-08-20").startswith("In force from 1 October 2022. The newest document on it is of")
    assert in_force(site, record, "") == "In force from 1 October 2022."


@pytest.mark.parametrize(
    ("status", "start", "as_of", "words"),
    [
        ("in-force", "2019-11-01", "2021-03", "In force as of March 2021"),
        ("in-force", "2019-11-01", "2019", "In force as of 2019"),
        ("in-force", "2019-11-01", "2019-05-01", "In force from 1 November 2019; not checked since"),
        ("in-force", "2019-11-01", None, "In force from 1 November 2019; not checked since"),
        ("in-force", None, "2021-03~", "In force as of about March 2021"),
        ("in-force", None, None, "In force, according to undated documents"),
        ("repealed", "2019-11-01", "2021-03", "Repealed"),
        (None, "2019-11-01", None, ""),
    ],
)
def test_the_status_of_a_law_has_the_day_of_its_evidence(
    site: Site, status: str | None, start: str | None, as_of: str | None, words: str
) -> None:
    values = {"status": status, "in-force": start}
    facts = {
        name: [Fact("l", name, value, None, None, True, False, "stated", 1, 1, None, "", None, None, None)]
        for name, value in values.items()
        if value
    }
    assert law_status(site, Record("l", "agreement", "A law", "en", None, 1, None, 1, "open", facts), as_of) == words


def test_lists_of_laws_show_the_day_of_their_status(client: Client) -> None:
    day = "In force as of"
    for address in ("/agreements?group=laws", "/country/RU/agreements", "/topic/encryption"):
        page = client.get(address).text
        assert day in page or "not checked since" in page, address
        assert "chip--in-force" not in page.partition('<h2 id="known"')[0], address


def test_a_law_leads_with_what_it_says(client: Client) -> None:
    page = client.get(NEW).text.partition('<h2 id="known"')[0]
    lead = page.partition('<p class="lead">')[2].partition("</p>")[0]
    assert "What Article 9 says" in lead and "It has provisions on" not in lead
    assert "What Article 9 says" in section(page, "provisions") and "Passed by parliament" not in page


def test_a_law_says_once_that_other_laws_are_not_checked(shipped: Client) -> None:
    [law] = set(re.findall(r"/agreement/ovt-[a-z2-7]+(?=\">(?:<[^>]*>)?[^<]*90-FZ)", shipped.get("/country/RU/agreements").text))
    page = plain(shipped.get(law).text.partition('<details class="fold" id="known"')[0])
    assert re.search(r"In force from\s*1 November 2019", page) and "before this came into force (1 November 2019)" in page
    assert page.count("1 November 2019") == 2, "in the first sentence and the box"
    assert page.count("not checked since") == 1 and page.count("hasn’t checked") == 1
    assert " Status " not in page, "the day of its entry into force is there already"


def test_copies_of_pages_come_last() -> None:
    def row(publisher: str, kind: str = "") -> LawDocument:
        fact = Fact("d", "publisher", publisher, None, None, True, False, "stated", 1, 1, None, "", None, None, None)
        record = Record("d", "document", publisher, "en", None, 1, None, 1, "open", {"publisher": [fact]})
        return LawDocument(record, "example.org", kind)

    rows = [row("Scribd"), row("AURDIP (copy of Haaretz)"), row("Lexology"), row("Wikipedia"), row("Scribd", "text")]
    ordered = [(item.document.label, item.kind) for item in sorted(rows, key=weakness)]
    assert ordered[:2] == [("Scribd", "text"), ("Lexology", "")]


@pytest.mark.parametrize(
    ("place", "in_text"),
    [
        ("text of the law, articles 9 and 11", True),
        ("whole text", True),
        ("text, 20 articles: header, articles 6 and 9", True),
        ("head and articles 1–4", True),
        ("header and the articles named", True),
        ("order and articles 1–6", True),
        ("articles 1–4", True),
        ("section on VPNs", False),
        ("first to third paragraphs", False),
        ("whole item", False),
        ("head: order and dates", False),
        ("head", True),
        ("list of sections", True),
        ("rule 1", True),
    ],
)
def test_a_place_shows_whether_a_document_is_the_text_of_a_law(place: str, in_text: bool) -> None:
    assert is_in_text(place) == in_text


def test_the_end_of_a_law_is_a_plan_if_its_documents_are_older(site: Site) -> None:
    values = {"status": "superseded", "in-force": "2019-01-01", "repealed": "2020-07-01"}
    facts = {
        name: [Fact("l", name, value, None, None, True, False, "stated", 1, 1, None, "", None, None, None)]
        for name, value in values.items()
    }
    law = Record("l", "agreement", "A law", "en", None, 1, None, 1, "open", facts)
    assert law_status(site, law, "2020-01-05") == (
        "Was to be in force until 1 July 2020, as of 5 January 2020; no newer source here confirms its end"
    )
    assert law_status(site, law, "2020-07-02") == "Superseded, in force until 1 July 2020"
    assert law_status(site, law, None) == "Superseded, in force until 1 July 2020"


def test_a_law_and_its_predecessor_agree_on_an_unconfirmed_day(shipped: Client, shipped_reader: Reader) -> None:
    [law] = shipped_reader.select("SELECT id FROM records WHERE label = 'Law on Cybersecurity 2025 (Vietnam)'")
    page = shipped.get(f"/agreement/{law['id']}").text
    assert page.count("no newer source here confirms it") >= 2, "of its start, and of the end of the law before it"
    assert ">In force from<" not in page
    past = shipped.get("/agreements?group=past").text
    assert "no newer source here confirms its end" not in past and "Law on Cybersecurity 2018 (Vietnam)" not in past
    laws = spaced(shipped.get("/agreements?group=laws&country=VN").text)
    assert "Was to be in force until 1 July 2026" in laws and "Was to come into force on 1 July 2026" in laws
    assert "In force since" not in laws


def described_law(**values: str) -> Record:
    facts = {
        name.replace("_", "-"): [Fact("law", name, value, None, None, True, False, "stated", 1, 1, None, "", None, None, None)]
        for name, value in values.items()
    }
    return Record("law", "agreement", "Law", "en", None, 1, None, 1, "open", facts)


def document_of(name: str, published: str = "") -> LawDocument:
    values = {"published": published} if published else {}
    return LawDocument(replace(described_law(**values), id=name), "", "")


@pytest.mark.parametrize(
    ("amended", "in_force", "published", "words"),
    [
        ("2022-10-18", "2020-10-01", "", "Amended on 18 October 2022. What follows is from documents that"),
        ("2022-10", "2020-10-01", "2020-11", "Amended in October 2022. What follows is from documents that"),
        ("2022-10-18", "2020-10-01", "2023-01-05", "As of 5 January 2023, the date of the newest document."),
        ("2022-10-18", "2023-01-01", "2022-10-01", "As of 1 October 2022, before it came into force (1 January 2023)."),
        ("", "2021-11", "2021-08-20", "As of 20 August 2021, before it came into force (November 2021). Overt hasn’t checked"),
        ("", "2021-11", "2021", "As of 2021, the date of the newest document."),
        ("2008", "", "", "According to undated documents. Overt hasn’t checked for later changes."),
        ("", "2020-10-01", "2022-10-17", "As of 17 October 2022, the date of the newest document. Overt hasn’t checked"),
        ("2999", "2020-10-01", "2022-10-17", "As of 17 October 2022"),
    ],
)
def test_a_law_begins_with_a_change_that_its_description_lacks(
    site: Site, amended: str, in_force: str, published: str, words: str
) -> None:
    values = {name: value for name, value in (("amended", amended), ("in_force", in_force)) if value}
    text = plain(law_changes(site, described_law(**values), [], [document_of("described", published)], [{"described"}]))
    assert text.replace("\u20601", "").startswith(words), "without the mark of its source"


def test_an_undated_document_may_be_newer_than_the_entry_into_force(site: Site) -> None:
    documents = [document_of("described", "2021"), document_of("undated")]
    text = plain(law_changes(site, described_law(in_force="2023-09-14"), [], documents, [{"described", "undated"}]))
    assert text.startswith("The newest dated document is of 2021, before this came into force (14 September 2023); others are")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("draft", "A draft, according to undated documents. No source here says that it was adopted."),
        ("cancelled", "Given up, according to undated documents."),
        ("denied", "Denied, according to undated documents."),
        ("announced", "Announced or planned, according to undated documents."),
    ],
)
def test_what_never_became_a_law_says_so_first(site: Site, status: str, words: str) -> None:
    law = described_law(status=status, in_force="2015-01-01")
    assert plain(law_changes(site, law, [], [document_of("newer", "2022")], [{"newer"}])).startswith(words)


def test_the_newest_document_of_a_draft_is_the_latest_by_date(site: Site) -> None:
    """Compared as texts, “about 2021” (`2021~`) would be later than June 2021."""
    stated = Claim(*[None] * len(Claim._fields))._replace(property="status", value="draft", standing="current", places=())
    documents = [document_of(day, day) for day in ("2021~", "2021-06")]
    claims = [stated._replace(document=row.document.id) for row in documents]
    sentence = plain(unadopted(site, described_law(status="draft"), claims, documents))
    assert sentence.startswith("A draft, according to documents up to June 2021.")


def test_the_line_above_a_title_names_a_status_that_binds_nobody(shipped: Client) -> None:
    for name, words in (
        ("law-ir-user-protection-bill", "Draft: Law"),
        ("cn-law-draft-data-gateway-2021", "Draft: Regulation"),
        ("law-th-single-gateway-2015", "Cancelled: Policy"),
    ):
        page = shipped.get(f"/agreement/{canonical_id(f'laws:{name}')}").text
        kicker, _, rest = page.partition('<p class="kicker">')[2].partition("</p>")
        assert kicker == words
        first = plain(rest.partition('class="law-as-of">')[2].partition("</p>")[0])
        assert first.startswith(("A draft, according to documents up to", "Given up, according to")), first


def test_a_law_is_in_one_register(shipped: Client, shipped_reader: Reader) -> None:
    """The register of agreements used to have three records of laws. Their addresses redirect to the register of laws."""
    kinds = shipped_reader.select(
        "SELECT DISTINCT c.value FROM claims AS c WHERE c.source = 'agreements' AND c.type = 'agreement' AND c.property = 'kind'"
    )
    assert not {row["value"] for row in kinds} & {"law", "regulation", "policy", "decision"}
    for old, new in (
        ("cybersecurity-law", "cn-law-cybersecurity-2016"),
        ("data-storage-rule", "cn-law-cybersecurity-2016"),
        ("data-security-gateway", "cn-law-draft-data-gateway-2021"),
    ):
        answer = shipped.get(f"/agreement/{canonical_id(f'agreements:{old}')}")
        assert answer.status_code == 308
        assert answer.headers["location"].endswith(f"/agreement/{canonical_id(f'laws:{new}')}")


@pytest.mark.parametrize(
    ("name", "has_year"),
    [("Digital Security Act 2018", True), ("State Secrets Law (2024 revision)", True), ("Law No. 20189", False), ("Law", False)],
)
def test_a_title_with_a_year_needs_no_other(name: str, has_year: bool) -> None:
    assert names_year(name) is has_year


def test_a_law_without_topics_leads_with_its_first_provisions(site: Site) -> None:
    rows = [
        replace(described_law(note=f"Rule {article}", article=str(article)), id=f"p{article}", type="provision")
        for article in (4, 1, 3, 2)
    ]
    leading = leading_provisions(provisions_by_topic(site, rows, {}))
    assert [row.value("note") for row in leading] == ["Rule 1", "Rule 2", "Rule 3"]


def test_no_law_in_force_leads_with_a_count(shipped: Client, shipped_reader: Reader) -> None:
    rows = shipped_reader.select(
        "SELECT id FROM records WHERE type = 'agreement' AND id IN (SELECT id FROM claims WHERE source = 'laws')"
    )
    assert rows
    for row in rows:
        lead = plain(shipped.get(f"/agreement/{row['id']}").text.partition('<p class="lead">')[2].partition("</p>")[0])
        assert "provisions are below" not in lead and "None of its provisions" not in lead, (row["id"], lead)


def test_a_description_can_lack_a_change_in_part(site: Site) -> None:
    law, documents = (
        described_law(amended="2022-10-18", in_force="2020-10-01"),
        [document_of("old", "2021"), document_of("new", "2023")],
    )
    assert "Some of what follows is from documents that" in plain(law_changes(site, law, [], documents, [{"old"}, {"new"}]))
    assert plain(law_changes(site, law, [], documents, [{"old", "new"}])).startswith("As of 2023, ")


@pytest.mark.parametrize(
    ("repealed", "words"),
    [
        ("2018-07-01", "It was to be replaced by the New law from 1 July 2018. No newer source here confirms it."),
        ("2999-07-01", "It is to be replaced by the New law from 1 July 2999."),
        ("2999", "It is to be replaced by the New law from 2999."),
    ],
)
def test_a_law_begins_with_the_law_that_replaces_it(site: Site, repealed: str, words: str) -> None:
    law = described_law(superseded_by="new", repealed=repealed, amended="2017-01-01", in_force="2015-01-01")
    [newer] = law.facts["superseded-by"]
    facts = {**law.facts, "superseded-by": [replace(newer, label="New law", label_lang="en")]}
    documents = [document_of("described", "2016")]
    assert plain(law_changes(site, replace(law, facts=facts), [], documents, [{"described"}])) == words
    assert plain(law_changes(site, law, [], documents, [{"described"}])).startswith("Amended"), "the newer law has no page"


def test_the_pages_of_amended_and_replaced_laws_say_so_first(shipped: Client) -> None:
    def page(name: str) -> str:
        return plain(shipped.get(f"/agreement/{canonical_id(f'laws:{name}')}").text)

    turkey = page("law-tr-7253-2020")
    amendment, lead = (
        turkey.index("Amended on 18 October 2022 by the Disinformation law"),
        turkey.index("Large social networks must"),
    )
    assert amendment < lead and "checked for later changes" not in turkey
    assert "As amended on 27 April 2018." in page("cn-law-national-intelligence-2017"), "its text of 2017 has the amendment"
    assert turkey.count("Additional Article 4 of Law 5651") == 1, "the article of three provisions in a row"
    lead = page("law-bd-cyber-security-2023")
    assert re.search(r"It had provisions on [^.]+ and was in force until 21 May 2025; the Cyber Security Ordinance 2025", lead)
    ended = page("law-by-blocking-procedure-2010")
    assert re.search(r"It had provisions on [^.]+ and is no longer in force\.[^N]* No source here says when it ended\.", ended)
    assert ended.lower().count("no longer in force") == 1


@pytest.mark.parametrize(
    ("article", "english", "chinese"),
    [
        ("Additional Article 4 (Law 5651)", "Additional Article 4 of Law 5651", "第5651号法律附加第4条"),
        ("Section 69A", "Section 69A", "第69A条"),
        ("Rule 8 (2009)", "Rule 8 (2009)", "规则第8条（2009）"),
        ("Sections 9 and 11", "Sections 9 and 11", "第9和11条"),
        ("Sections 45, 48, 68", "Sections 45, 48, 68", "第45、48、68条"),
        ("11, 22", "Articles 11, 22", "第11、22条"),
        ("10.6 (149-FZ)", "Article 10.6 (149-FZ)", "第10.6条（149-FZ）"),
        ("PART IV", "PART IV", "PART IV"),
    ],
)
def test_articles_have_a_chinese_form(sites: dict[str, Site], article: str, english: str, chinese: str) -> None:
    provision = described_law(article=article)
    assert (article_name(sites["en"], provision), article_name(sites["zh"], provision)) == (english, chinese)


def test_agreements_of_one_field_begin_with_the_newest(shipped: Client) -> None:
    page = shipped.get("/agreements?field=training").text
    dates = map(spaced, re.findall(r'data-label="Date">(.*?)</td>', page, re.DOTALL))
    years = [re.findall(r"\d{4}", date)[0] for date in dates if date]
    assert "The newest come first." in page and len(years) > 10
    assert years == sorted(years, reverse=True)


def test_years_of_another_era() -> None:
    assert common_era_year("Computer Crime Act (No. 2) B.E. 2560") == ("2560", "2017")
    assert common_era_year("Act of 2017") is None
    assert number_unbroken("Act (No. 2)") == "Act (No.\u00a02)"
