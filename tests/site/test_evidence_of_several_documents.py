"""Evidence whose places cite several documents: all are named, each place appears once, and no document is shown as an id."""

import re

import pytest

from overt.http.untitled_document_names import untitled_name
from overt.model.workspace import Workspace
from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import UntitledDocument
from overt.server.app import ServeSettings, create_app
from overt.site.site import Site
from tests.importing.mapping.tracker_source import MAPPING, ROW, SLUG, make_workbook
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, own_id

ADDRESSES = [f"https://reports.example/{number}" for number in range(8)]
CITING = MAPPING.replace("document: {column: Source URL, title: Source}", 'document: {column: Source URL, split: ";"}').replace(
    "Notes: our own reminders", "Notes: our own reminders, Source: not here"
)


@pytest.fixture(scope="module")
def tracker(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """A client for an atlas with a project whose row cites eight documents."""
    atlas = Atlas(tmp_path_factory.mktemp("cited"))
    source, drops = atlas.root / "sources" / SLUG, tmp_path_factory.mktemp("drops")
    source.mkdir(parents=True)
    (source / "source.yml").write_text(CITING, encoding="utf-8")
    (drops / "tracker_2024.xlsx").write_bytes(make_workbook([{**ROW, "Type": "CCTV", "Source URL": "; ".join(ADDRESSES)}]))
    atlas.ok("fetch", SLUG, "--from", drops, "--retrieved", "2026-11-24")
    atlas.build()
    return Client(create_app(ServeSettings(Workspace.open(atlas.root))))


@pytest.fixture(scope="module")
def kind(tracker: Client) -> str:
    """The section about the kind of the project."""
    page = tracker.get(f"/project/{own_id(f'{SLUG}:7')}").text
    return page.partition('id="claims-kind"')[2].partition("</section>")[0]


def test_all_documents_of_a_statement_are_named_by_their_site(kind: str) -> None:
    assert kind.count("<bdi>reports.example</bdi>") + kind.count(">reports.example<") >= 8, "eight reports"
    assert not re.findall(r">\s*ovt-[a-z0-9]{12}\s*<", kind)


def test_a_place_is_named_once_whatever_number_of_documents_it_cites(kind: str) -> None:
    assert kind.count("col=Type") == 1
    assert "more places" not in kind


def test_each_document_of_a_claim_has_a_link_to_its_archived_copies(tracker: Client, kind: str) -> None:
    page = tracker.get(re.findall(r'href="(/claim/[0-9a-f]{32})"', kind)[0]).text
    copies = re.findall(r'<a href="https://web\.archive\.org/web/\*/([^"]+)" rel="noopener noreferrer">', page)
    assert sorted(copies) == ADDRESSES, "each of the eight documents has one"
    assert "hasn’t checked" not in page


@pytest.mark.parametrize(
    ("publisher", "published", "kind", "by_organization", "name"),
    [
        ("Sandvine", "2024-09-19", "company-statement", True, "Company statement of Sandvine, 19 September 2024"),
        ("Reuters", "2024-09-19", "company-statement", False, "Reuters, 19 September 2024"),
        ("444.hu", "2024-05", "press-report", False, "Press report of 444.hu, May 2024"),
        ("Senego", None, "leaked-file", True, "Senego"),
        (None, "2019", None, False, "Untitled document, 2019"),
        (None, None, "press-report", False, "Untitled document"),
    ],
)
def test_a_document_without_a_title_has_a_name(
    site: Site, publisher: str | None, published: str | None, kind: str | None, by_organization: bool, name: str
) -> None:
    document = UntitledDocument("ovt-aaaaaaaaaaaa", publisher, published, kind, by_organization)
    assert untitled_name(site.language, site.formats, site.words, document) == name


def test_pages_call_an_untitled_document_by_its_name(shipped: Client, shipped_reader: Reader) -> None:
    untitled = records.untitled_documents(shipped_reader)
    assert untitled
    for document in untitled:
        page = shipped.get(f"/record/{document.id}").text
        heading = page.partition("<h1>")[2].partition("</h1>")[0]
        assert (document.publisher or "Untitled document") in heading
        for claim in re.findall(r'href="(/claim/[0-9a-f]{32})"', page)[:2]:
            assert not re.search(rf"(?:<bdi[^>]*>|“){document.id}", shipped.get(claim).text)
