"""Overt's own registers have no address on the web: pages and reports lead to a page of the site or to documents instead."""

import re

import pytest

from overt.export.export_report import _source
from overt.queries.database import Reader
from overt.site.project.project_documents import only_publishers, property_documents
from overt.site.site import Site
from tests.support.client import Client


@pytest.mark.parametrize("slug", ["deployments", "laws"])
def test_the_page_of_a_register_leads_to_its_files(shipped: Client, slug: str) -> None:
    page = shipped.get(f"/source/{slug}").text
    assert "src/overt" not in page
    assert '<a href="#files">its files</a>' in page and 'id="files"' in page


@pytest.mark.parametrize(
    ("own", "address", "reported"),
    [
        (True, "src/overt/content/sources/laws/edition", "/source/laws"),
        (True, "https://register.example/", "https://register.example/"),
        (False, "https://example.org/", "https://example.org/"),
    ],
)
def test_reports_of_exports_name_a_page_of_the_site(own: bool, address: str, reported: str) -> None:
    columns = ["source", "title", "publisher", "licence", "licence_url", "attribution", "reuse", "retrieved", "as_of"]
    row = {**dict.fromkeys(columns, ""), "source": "laws", "own": own, "address": address}
    assert _source(row)["address"] == reported


def test_documents_stand_for_our_own_register(shipped: Client, site: Site, shipped_reader: Reader) -> None:
    [project] = shipped_reader.select(
        "SELECT p.id FROM projects AS p JOIN project_source AS s ON s.id = p.id WHERE p.sources = 1 AND s.source = 'deployments' "
        "AND p.voices > 2 ORDER BY p.id LIMIT 1"
    )
    _, *ledgers = shipped.get(f"/project/{project['id']}").text.split('<table class="ledger">')
    ledger = "".join(part.partition("</table>")[0] for part in ledgers)
    assert "/document/" in ledger or "/record/" in ledger
    assert "Register of deployments</bdi></a></td>" not in ledger
    assert re.search(r"ledger-sources\">Overt’s editors", ledger), "the title is ours"
    assert property_documents([], []) == {}
    assert only_publishers(site, shipped_reader, project["id"], []) == {}
