"""Pages of laws, agreements and platforms in a small atlas, and the front page without measurements."""

import re

import pytest

from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, fetch_samples, make_statements, own_id
from tests.support.page_text import spaced

LASTING = ["CN", "IR", "KP"]
"""Countries whose invented block has no end. In the countries of `ENDED`, the block has ended."""
ENDED = ["BR", "UG"]
LAW = f"/agreement/{own_id('laws:cn-law-anti-telecom-fraud-2022')}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """A reader of an atlas with the samples of two of our registers, and invented restrictions of Telegram.

    These are blocks in five countries, a withdrawal, and a block of calls.
    """
    atlas = Atlas(tmp_path_factory.mktemp("laws"))
    fetch_samples(atlas.workspace, ["laws", "agreements"])
    atlas.source("blocks")
    rows = []
    withdrawals = {"withdrawn": {"kind": "withdrawal", "country": "CA"}, "calls": {"kind": "call-blocking", "country": "MA"}}
    for name, values in withdrawals.items():
        rows += make_statements("restriction", f"telegram-{name}", platform="telegram", **values)
    for position, country in enumerate(LASTING + ENDED):
        values = {"kind": "blocking", "country": country, "platform": "telegram", "start": f"20{15 + position}-03"}
        end = {"end": "2019-05-04"} if country in ENDED else {}
        rows += make_statements("restriction", f"telegram-{country}", **values, **end)
    atlas.fetch("blocks", rows)
    atlas.build()
    return Client(create_app(ServeSettings(Workspace.open(atlas.root))))


def test_a_law_opens_with_what_it_concerns_and_where_to_read_it(client: Client) -> None:
    page = client.get(LAW).text
    head = page.partition('id="provisions"')[0]
    assert spaced(head.partition("<h1")[2].partition("</h1>")[0]).rstrip().endswith("(China)"), "the title has the country"
    topics = page.partition('id="provisions"')[2].split("<h3 ")[1:]
    firsts = [re.findall(r"</a>: .*?<bdi[^>]*>(.*?)</bdi>", topic)[0] for topic in topics if "Other provisions" not in topic]
    leading = re.findall(
        r'<span class="value"><bdi[^>]*>(.*?)</bdi><a class="evidence-mark',
        page.partition('class="lead"')[2].partition("</p>")[0],
    )
    assert len(firsts) > 1 and leading == firsts[:3], "the first provision of each topic"
    facts = head.partition('class="law-facts"')[2]
    in_force = spaced(facts.partition("<dt>In force from</dt>")[2].partition("<dt>")[0])
    assert in_force.split() == ["1", "December", "2022"]
    assert (
        "As of 2 September 2022, before it came into force (1 December 2022). Overt hasn’t checked for later changes."
        in spaced(head)
    )
    assert re.search(r'<dt>Text</dt><dd><a href="https://github\.com/', facts)
    names = re.findall(r"<dt>(.*?)</dt>", facts)
    assert names[:3] == ["Adopted", "In force from", "Made by"] and names.index("Text") > 2
    provisions = spaced(page.partition('id="provisions"')[2])
    assert "7 of its provisions are on record" in provisions
    assert provisions.index("Lawful access and technical assistance") < provisions.index("Real-name registration")
    assert "Article 9:" in provisions and "Articles 11, 22:" in provisions


def test_agreements_are_ranked_by_field(client: Client) -> None:
    page = client.get("/agreements").text
    order = re.findall(r'<tr><th scope="row"><a href="[^"]*/agreement/([^"]+)"', page)
    names = {own_id(f"agreements:{key}"): key for key in ("china-russia-content", "training-foreign-officials", "new-ip")}
    ranked = [names[identity] for identity in order if identity in names]
    assert ranked == ["china-russia-content", "new-ip", "training-foreign-officials"], "the newest first in a field"
    assert "Sorted by field, from “Internet control and cyber security”" in page
    training = client.get("/agreements?field=training").text.partition("<tbody>")[2]
    assert own_id("agreements:training-foreign-officials") in training and own_id("agreements:new-ip") not in training
    assert client.get("/agreements?field=nonsense").status_code == 400


def test_a_platform_in_several_countries_says_where_an_end_is_reported(client: Client) -> None:
    page = client.get("/platform/telegram").text
    text = spaced(page)
    assert (
        "Telegram was reported blocked in 3 countries: China (undated), Iran (undated) and North Korea (undated). "
        "Overt has no newer report on whether the blocks lasted. In brackets: the date of the newest report."
    ) in text, "an undated report doesn't show that it is of the beginning"
    key = spaced(page.partition('class="state-key"')[2].partition("</table>")[0])
    assert "Blocked when last reported 3 Ended: blocked or throttled before 2" in key
    assert "Withdrawn by its operator 1 Only a part, such as calls or app stores 1 All countries with a report 7" in key
    rows = re.findall(r'<tr><th scope="row">.*?/country/([A-Z]{2})', page)
    assert rows == ["CN", "IR", "KP", "BR", "UG", "CA", "MA"], "those without an end first, each country once"
    assert text.count("no end reported Blocks") == len(LASTING) + 2, "each row names its source"
    assert "Used there instead" not in text, "no column without a value"
    assert "is the only country on record" not in text


def test_a_page_without_measurements_promises_none(client: Client) -> None:
    page = client.get("/").text
    assert "what is reported to be blocked" in page and "measured to be blocked" not in page
