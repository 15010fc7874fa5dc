"""Overt's own registers have no address on the web: pages and reports don't print a folder of the repository instead."""

import pytest

from overt.export.export_report import _source
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
