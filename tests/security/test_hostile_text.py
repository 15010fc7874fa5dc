"""Hostile text from sources and readers is displayed as text: on every kind of page, in files and in the API."""

import csv
import io
import re

import pytest

from tests.support.client import Client
from tests.support.crawl import Crawled, Page
from tests.support.hostile_and_secret_words import ATTACKS

SCRIPTS = {f"/static/built/{name}.js" for name in ("downloads", "map", "search")}


def test_pages_show_the_attacks(crawled: Crawled) -> None:
    pages, _ = crawled
    kinds = {path.split("/")[1].partition("?")[0] for path in pages}
    assert kinds >= {
        "",
        "project",
        "organization",
        "country",
        "agreement",
        "figure",
        "source",
        "claim",
        "record",
        "companies",
        "sources",
    }
    shown_attacks = {
        kind: {attack for path, page in pages.items() if path.split("/")[1] == kind for attack in ATTACKS if _shows(page, attack)}
        for kind in kinds
    }
    assert shown_attacks["project"] == shown_attacks["claim"] == set(ATTACKS)
    for kind in ("organization", "country", "record", "agreement", "figure", "source", "companies", "sources", "agreements"):
        assert shown_attacks[kind], kind


MAX_META = 12
"""Maximum number of `meta` elements: character set, viewport, robots, description, and those about a preview picture."""


def _shows(page: Page, attack: str) -> bool:
    return attack in page.text or attack[:70] in page.text


def test_no_attack_becomes_markup(crawled: Crawled) -> None:
    pages, _ = crawled
    for path, page in pages.items():
        assert "overt-attack" not in " ".join(page.tags)
        for tag in ("iframe", "object", "embed", "img", "base", "meta"):
            allowed = MAX_META if tag == "meta" else 0
            assert page.tags.count(tag) <= allowed, (path, tag)
        assert page.tags.count("textarea") == page.tags.count("style") == 0, path
        assert _has_only_our_scripts(page), path
        for tag, name, value in page.attributes:
            assert not name.startswith("on"), (path, tag, name)
            assert name != "style", (path, tag, "needs a looser Content-Security-Policy")
            if name in ("href", "src", "action", "formaction"):
                assert value.startswith(("/", "#", "https://", "http://")) and not value.startswith("//"), (path, value)
        text = re.sub(r"[0-9a-f]{64}|13\.3713", "", page.text)
        assert "36481" not in text and "1337" not in text, f"{path}: a template ran what a source wrote"


def _has_only_our_scripts(page: Page) -> bool:
    """Return whether all scripts are our own files and none is inline."""
    scripts = [value.partition("?")[0] for tag, name, value in page.attributes if tag == "script" and name == "src"]
    return set(scripts) <= SCRIPTS and page.tags.count("script") == len(set(scripts))


@pytest.mark.parametrize("attack", ATTACKS)
def test_input_of_a_reader_is_shown_as_text(client: Client, attack: str) -> None:
    for path in ("/search", "/explorer", "/companies"):
        answer = client.get(path, params={"q": attack})
        page = Page(path, answer.text)
        assert answer.status_code == 200
        assert not [value for tag, name, value in page.attributes if name.startswith("on")]
        assert _has_only_our_scripts(page)
    for name in ("kind", "country", "company", "sort", "page", "bbox", "year_from"):
        page = Page("/explorer", client.get("/explorer", params={name: attack}).text)
        assert _has_only_our_scripts(page) and "img" not in page.tags
        assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    for path in (
        f"/project/{attack}",
        f"/country/{attack}",
        f"/figure/{attack}",
        f"/claim/{attack}",
        f"/source/{attack}",
        f"/{attack}",
    ):
        answer = client.get(path)
        assert answer.status_code in (400, 404)
        assert "overt-attack" not in answer.text, "an address is not repeated"


def test_files_contain_no_formulas(client: Client) -> None:
    for path in ("/projects.csv", "/figure/test-projects.csv"):
        answer = client.get(path)
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.headers["content-disposition"].startswith("attachment")
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert "'" + ATTACKS[5] in cells, "the text itself is unchanged"
        assert "'" + ATTACKS[6] in cells


def test_browsers_do_not_treat_json_as_a_page(client: Client) -> None:
    for path in ("/api/v1/map/places", "/api/v1/map/routes", "/api/v1/figures", "/api/v1/search?q=script"):
        answer = client.get(path)
        assert "html" not in answer.headers["content-type"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    names = {feature["properties"]["name"] for feature in client.get("/api/v1/map/places").json()["features"]}
    assert set(ATTACKS) <= names, "JSON has the text unchanged"
