"""The page of a claim: its heading in one sentence, its folded ids, and the row of the file from which it was read."""

import re
from html import escape, unescape
from typing import NamedTuple

import pytest

from overt.model.workspace import Workspace
from overt.queries import records
from overt.queries.database import Reader
from overt.server.app import ServeSettings, create_app
from overt.site.claim.documents_behind_claim import cited_evidence
from overt.site.claim.source_row import split_locator
from overt.site.site import Site
from tests.support.client import Client
from tests.support.command_built_atlas import Atlas, fetch_samples
from tests.support.crawl import Crawled
from tests.support.page_text import plain


class Evidence(NamedTuple):
    claim_id: str
    record: str
    type: str
    capture: str
    locator: str
    excerpt: str


def heading(page: str) -> str:
    [text] = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return plain(text)


def first_claim(reader: Reader, kind: str, property_: str) -> str:
    rows = reader.select(
        "SELECT min(claim_id) AS claim_id FROM claims WHERE type = ? AND property = ? AND standing = 'current'", [kind, property_]
    )
    return str(rows[0]["claim_id"])


@pytest.mark.parametrize(
    ("kind", "property_", "pattern"),
    [
        ("role", "organization", r".+ names .+ as \w+ in “.+”"),
        ("role", "role", r".+ names .+ as \w+ in “.+”"),
        ("project", "name", r".+ calls it “.+”"),
        ("project", "country", r".+ places “.+” in \w.+"),
        ("project", "status", r".+ on “.+”: status \w+"),
    ],
)
def test_a_claim_is_one_sentence(client: Client, reader: Reader, kind: str, property_: str, pattern: str) -> None:
    page = client.get(f"/claim/{first_claim(reader, kind, property_)}").text
    assert re.fullmatch(pattern, heading(page)), heading(page)
    assert heading(page) in unescape(page.partition("</title>")[0])


def test_the_reference_to_a_claim_marks_names_as_its_heading_does_and_has_no_links(client: Client, reader: Reader) -> None:
    page = client.get(f"/zh/claim/{first_claim(reader, 'role', 'organization')}").text
    recorded = page.partition('class="cite-line')[2].partition("</p>")[0].partition("收录于：")[2]
    names = re.findall(r"<bdi[^>]*>[^<]*</bdi>", page.partition("<h1")[2].partition("</h1>")[0])
    assert len(names) >= 3 and [name for name in names if name not in recorded] == []
    assert recorded.startswith("<bdi>Test atlas</bdi>，") and set(re.findall(r"</?(\w+)", recorded)) == {"bdi"}


def test_all_documents_are_counted_not_only_those_of_the_first_places(site: Site, reader: Reader) -> None:
    rows = reader.select(
        "SELECT claim_id, document FROM evidence WHERE document IS NOT NULL AND claim_id IN (SELECT claim_id FROM claims)"
    )
    assert rows
    stated = records.claim(reader, rows[0]["claim_id"])
    assert stated
    documents = {row["document"] for row in rows if row["claim_id"] == stated.claim_id}
    without_places = cited_evidence(site, reader, stated, [], [])
    assert {row.document.id for row in without_places.documents} == documents


def test_every_claim_has_a_sentence_and_its_ids_are_folded(crawled: Crawled) -> None:
    pages = [page.html for path, page in crawled[0].items() if path.startswith("/claim/")]
    assert len(pages) > 30
    for page in pages:
        assert not re.search(r"ovt-[a-z2-7]{12}|[0-9a-f]{32}", heading(page)), heading(page)
        visible = page.partition("<main")[2].partition('<details class="machine">')[0]
        assert "SHA-256" not in visible


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> tuple[Client, list[Evidence]]:
    """A client for the sample of an index (a sheet with a row per country), and the places where its claims were read."""
    atlas = Atlas(tmp_path_factory.mktemp("index"))
    fetch_samples(atlas.workspace, ["aigs_2022"])
    release = atlas.build()
    rows = atlas.rows(
        release,
        "SELECT claim_id, c.record, c.type, e.capture, e.locator, e.excerpt FROM claims AS c JOIN evidence AS e USING (claim_id)",
    )
    evidence = [Evidence(*(row[name] for name in Evidence._fields)) for row in rows]
    return Client(create_app(ServeSettings(Workspace.open(atlas.root)))), evidence


def test_rows_are_those_of_the_file(index: tuple[Client, list[Evidence]]) -> None:
    client, evidence = index
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for place in evidence:
        if parts := split_locator(place.locator):
            rows.setdefault((place.capture, parts[0]), {})[parts[1]] = place.excerpt
    supplier = [place for place in evidence if place.type == "assessment" and ";col=" in place.locator]
    assert len(supplier) > 20
    for place in supplier[:20]:
        page = client.get(f"/claim/{place.claim_id}").text
        [exhibit] = re.findall(r'<dl class="exhibit-row">(.*?)</dl>', page, re.DOTALL)
        cells = dict(re.findall(r"<dt[^>]*>(.*?)</dt><dd[^>]*>(.*?)</dd>", exhibit, re.DOTALL))
        marked = dict(re.findall(r"Under “<bdi[^>]*>(.*?)</bdi>”, this row says: (<mark.*?</mark>)", page, re.DOTALL))
        assert not cells.keys() & marked.keys(), "each cell is shown once"
        cells |= marked
        row, column = split_locator(place.locator) or ("", "")
        words = {unescape(name): unescape(re.sub("<[^>]+>", "", text)) for name, text in cells.items()}
        assert words.items() <= rows[place.capture, row].items()
        own = {(split_locator(each.locator) or ("", ""))[1] for each in evidence if each.record == place.record}
        assert own <= set(words) | {""}
        assert "<mark" in cells[escape(column)]
        assert len(marked) == len({each.locator for each in evidence if each.claim_id == place.claim_id})


@pytest.mark.parametrize(
    ("locator", "parts"),
    [
        ("row=17;col=Status", ("row=17", "Status")),
        ("sheet=A;B;row=2;col=x;col=y", ("sheet=A;B;row=2;col=x", "y")),
        ("/features/3/properties/name", ("/features/3/properties", "name")),
        ("/name", None),
        ("entry=5", None),
        ("row=17", None),
    ],
)
def test_locators_are_split_into_row_and_column(locator: str, parts: tuple[str, str] | None) -> None:
    assert split_locator(locator) == parts
