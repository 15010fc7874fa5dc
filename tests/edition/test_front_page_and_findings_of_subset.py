"""Pages of a subset: what the front page and the findings say that it has, and no heading or link that leads to nothing."""

import html
import re

import pytest

from tests.support.client import Client

_HEADING = r"<h[2-6][^>]*>(?P<heading>[^<]*)</h[2-6]>"


def text(markup: str) -> str:
    """Return a page's main part without markup."""
    main = markup.partition("<main")[2].partition("</main")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def test_the_front_page_of_a_subset_counts_what_the_subset_has(served_subset: Client) -> None:
    page = served_subset.get("/").text
    words = text(page)
    release = served_subset.get("/healthz").json()["release"]
    tables = served_subset.get(f"/release/{release}/manifest.json").json()["tables"]
    assert f"This part of it has {tables['projects']['rows']} projects in " in words
    assert f"{tables['organizations']['rows']} organisations that these name" in words
    assert "supports no finding" not in words and "A part of an edition has no findings." in words
    assert 'href="/figures">figures</a>, which count only this part' in page
    assert "这一部分包括" in text(served_subset.get("/zh/").text)


def test_the_front_page_of_a_subset_starts_from_its_countries_and_suppliers(served_subset: Client) -> None:
    page = served_subset.get("/").text
    assert (
        "with the number of projects on record" in page and '<a href="/country/KE"' in page.partition("Start from a country")[2]
    )
    company = page.partition("Start from a company")[2]
    assert not company or 'href="/organization/ovt-' in company.partition("</div>")[0]
    assert not re.search(r"<ul[^>]*>\s*</ul>", page)


def test_the_findings_of_a_subset_say_why_there_are_none(served_subset: Client) -> None:
    page = served_subset.get("/findings").text
    assert "A part of an edition has no findings" in page and "0 findings" not in page
    assert "full edition" in text(page)


@pytest.mark.parametrize("path", ["/", "/findings", "/figures", "/explorer", "/country/KE", "/companies", "/countries"])
def test_pages_of_a_subset_have_no_dead_anchor_and_no_heading_without_content(served_subset: Client, path: str) -> None:
    page = served_subset.get(path).text
    for link in sorted(set(re.findall(r'<a [^>]*href="([^"]*#[^"]+)"', page))):
        address, _, anchor = html.unescape(link).partition("#")
        target = served_subset.get(address).text if address.startswith("/") else page if not address else ""
        assert not target or f'id="{anchor}"' in target, f"{path}: {link}"
    empty = re.search(rf"{_HEADING}\s*(</(section|div|main)>|<h[1-2])", page)
    assert not empty, f"{path}: {empty and empty['heading']}"
