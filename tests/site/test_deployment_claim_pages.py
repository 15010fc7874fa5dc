"""Pages of claims from our register of deployments: their heading, their documents, and what was taken from each."""

import re
from typing import NamedTuple

import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from overt.site.claim.claim_heading_names import Named, names_organization, shares_name, without_brackets, without_organization
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, fetch_samples
from tests.support.page_text import spaced


class Pages(NamedTuple):
    atlas: Atlas
    release: str
    client: Client

    def claim(self, record: str, property_: str) -> str:
        """Return the address of a claim."""
        [row] = self.atlas.rows(
            self.release, f"SELECT claim_id FROM claims WHERE record = '{record}' AND property = '{property_}'"
        )
        return f"/claim/{row['claim_id']}"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """An atlas with the samples of our registers of deployments and of blocked services."""
    atlas = Atlas(tmp_path_factory.mktemp("evidence"))
    fetch_samples(atlas.workspace, ["deployments", "blocked_services"])
    release = atlas.build()
    return Pages(atlas, release, Client(create_app(ServeSettings(Workspace.open(atlas.root)))))


KABUL = "deployments:afghanistan-huawei-cctv/supplier/huawei"


def test_a_claim_of_a_register_shows_its_documents_before_its_rows(pages: Pages) -> None:
    page = pages.client.get(pages.claim(KABUL, "organization")).text
    before, fold, rows = page.partition("How Overt recorded it")
    assert spaced(before.partition("<h1")[2].partition("</h1>")[0].partition(">")[2]).startswith(
        "Huawei is named as a supplier of “ Planned camera network of the Taliban interior ministry in Kabul and other cities ”"
    )
    assert "answer-subject" not in before, "without its brackets, the name doesn't repeat the company's"
    cards = re.findall(r'<li class="document-card"[^>]*>(.*?)</li>', before, re.DOTALL)
    assert [re.findall(r'href="(https?://[^/"]+)', card)[0] for card in cards] == [
        "https://thenational-the-national-prod.cdn.arcpublishing.com", "https://www.tech360.tv",
    ]  # fmt: skip
    assert "The National (Reuters) · 25 September 2023 · press report" in spaced(cards[0])
    assert "in English Where in it: opening paragraphs" in spaced(cards[0])
    lead = "It rests on 2 documents. They have different publishers, and neither cites the other as far as their texts"
    assert lead in spaced(before)
    assert "Overt’s own Register of deployments" in spaced(before)
    assert fold and "deployment_roles.csv" in rows
    assert not re.findall(r"place_in_document|known_from|\.csv", before), "no column or file of the register above the fold"


def test_a_card_lists_what_was_taken_from_its_document(pages: Pages) -> None:
    page = pages.client.get(pages.claim(KABUL, "organization")).text
    cards = re.findall(r'<li class="document-card"[^>]*>(.*?)</li>', page, re.DOTALL)
    lines = [
        [(spaced(label), spaced(value)) for label, value in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", card, re.DOTALL)]
        for card in cards
    ]
    assert [first[0] for first in lines] == [("Supplier", "Huawei"), ("Supplier", "Huawei")], "the claimed value comes first"
    assert ("Status, as of 25 September 2023", "Announced or planned") in lines[0], "only this document says so"
    assert not any(label.startswith("Status") for label, _ in lines[1])
    assert any(label == "Statement" and "no plan was on the table" in value for label, value in lines[1])
    assert all(card.count('<div class="claimed">') == 1 for card in cards)
    place = pages.client.get(pages.claim("deployments:afghanistan-huawei-cctv", "status")).text
    [claimed] = re.findall(r'<div class="claimed"><dt>(.*?)</dt>', place)
    assert claimed.startswith("Status")


def test_a_card_marks_the_claimed_value_among_several_of_a_property(pages: Pages) -> None:
    rows = pages.atlas.rows(
        pages.release,
        "SELECT claim_id, value FROM claims WHERE record = 'blocked_services:mz-social-media-2024' AND property = 'platform'",
    )
    labels = {"facebook": "Facebook", "instagram": "Instagram", "whatsapp": "WhatsApp", "youtube": "YouTube"}
    assert {row["value"] for row in rows} == labels.keys()
    cards_of = {}
    for row in rows:
        page = pages.client.get(f"/claim/{row['claim_id']}").text
        lines = re.findall(r"<dt>Platform</dt><dd>(.*?)</dd>", page)
        assert lines and all(line.startswith(f"<strong>{labels[row['value']]}</strong>, ") for line in lines), lines
        assert all(line.count("<strong>") == 1 for line in lines)
        cards_of[row["value"]] = [re.split(" ?, ", spaced(line)) for line in lines]
    assert len(cards_of["facebook"]) == 3, "one for each document"
    assert all(len(platforms) == 3 for cards in cards_of.values() for platforms in cards), "the document's other values remain"


@pytest.mark.parametrize(
    ("project", "organization", "written", "repeats"),
    [
        ("Safe City Belgrade: Huawei cameras", "Huawei Technologies Co., Ltd.", None, True),
        ("Safe City Belgrade", "Huawei Technologies Co., Ltd.", None, False),
        ("China Daily in Lusaka", "China Telecom", None, False),
        ("Cameras of Hik Vision", "Hikvision", None, True),
        ("Pegasus in Jordan", "NSO Group", "Pegasus", True),
    ],
)
def test_a_heading_leaves_out_a_name_that_has_the_organisation_in_it(
    project: str, organization: str, written: str | None, repeats: bool
) -> None:
    named = Named("p", "project", project, "en", None, None), Named("o", "organization", organization, "en", None, written)
    assert names_organization(*named) is repeats
    bracketed = named[0]._replace(label=f"{project} (Hikvision)", label_zh="摄像头（海康威视）")
    assert without_brackets(bracketed) == named[0]._replace(label_zh="摄像头")
    assert not names_organization(named[0], None) and not names_organization(None, named[1])


@pytest.mark.parametrize(
    ("project", "organization", "shorter"),
    [
        ("Turkey: Aselsan body cameras for police", "Aselsan", "body cameras for police"),
        ("Hacking Team's Remote Control System for police", "Hacking Team", "Remote Control System for police"),
        ("ZTE monitoring system of an operator", "ZTE Corporation", "monitoring system of an operator"),
        ("Pegasus: cameras", "NSO Group", "Pegasus: cameras"),
        ("Aselsan cameras", "Aselsan", "Aselsan cameras"),
        ("Jujuy Seguro: ZTE cameras and fibre", "ZTE Corporation", "Jujuy Seguro: ZTE cameras and fibre"),
    ],
)
def test_a_heading_does_not_repeat_the_organisation_before_the_project(
    content: Catalogue, project: str, organization: str, shorter: str
) -> None:
    row = Named("p", "project", project, "en", None, None)
    body = Named("o", "organization", organization, "en", None, organization.partition(" Corp")[0])
    assert without_organization(row, body, content.areas.names).label == shorter


def test_each_document_has_a_link_to_its_archived_copies(pages: Pages) -> None:
    page = pages.client.get(pages.claim(KABUL, "organization")).text
    for card in re.findall(r'<li class="document-card"[^>]*>(.*?)</li>', page, re.DOTALL):
        [title, document, copies] = re.findall(r'<a href="(https?://[^"]+)" rel="noopener noreferrer">', card)
        assert title == document and copies == f"https://web.archive.org/web/*/{title}"
        assert "Open the document" in card and "look for a copy in the Internet Archive" in card
    chinese = pages.client.get(f"/zh{pages.claim(KABUL, 'organization')}").text
    assert chinese.count("在互联网档案馆查找存档") == 2


@pytest.mark.parametrize(
    ("project", "organization", "shared"),
    [
        ("ECU 911, Ecuador: cameras", "Servicio Integrado de Seguridad ECU 911", True),
        ("Cameras of the interior ministry", "Ministry of Interior", False),
        ("5G network by Huawei", "Huawei Technologies", False),
        ("Sistema VPN 3 in Lima", "VPN 3 Lima", True),
    ],
)
def test_a_system_and_a_body_of_one_name_are_told_apart(project: str, organization: str, shared: bool) -> None:
    rows = [Named("x", kind, label, "en", None, None) for kind, label in (("project", project), ("organization", organization))]
    assert shares_name(*rows) is shared


def test_a_heading_says_what_the_claim_says(pages: Pages) -> None:
    headings = []
    for property_ in ("known-from", "role"):
        page = pages.client.get(pages.claim(KABUL, property_)).text
        headings.append(spaced(page.partition("<h1")[2].partition("</h1>")[0].partition(">")[2]))
    name = "Planned camera network of the Taliban interior ministry in Kabul and other cities"
    assert headings[0] == f"Huawei in “ {name} ”, known from: Press report"
    assert headings[1].startswith("Huawei is named as a supplier of")
    rows = pages.atlas.rows(pages.release, "SELECT claim_id FROM claims WHERE type = 'statement' AND property = 'note'")
    page = pages.client.get(f"/claim/{rows[0]['claim_id']}").text
    assert spaced(page.partition("<h1")[2].partition("</h1>")[0].partition(">")[2]).startswith("Huawei said that")
    assert "1 document reports this statement." in spaced(page) and "On: Planned camera network" in spaced(page)


def test_a_denial_is_beside_the_documents(pages: Pages) -> None:
    page = pages.client.get(pages.claim(KABUL, "organization")).text
    assert "A statement about the project is below them" in page
    statements = spaced(page.partition('id="statements"')[2])
    assert "no plan was on the table" in statements and "It is about: supply or purchase." in statements


def test_chinese_pages_have_the_same_documents(pages: Pages) -> None:
    page = spaced(pages.client.get(f"/zh{pages.claim(KABUL, 'organization')}").text)
    assert "此说依据2份文件。二者发布机构不同，且就其文本所见互不引用。" in page
    assert "· 2023年9月25日 · 新闻报道" in page and "文中位置：开头几段" in page
    name = "Planned camera network of the Taliban interior ministry in Kabul and other cities"
    assert f"据载，华为是“{name}”的供应方" in page and "本站采自此文件：" in page
