"""Looking up a domain in an edition opened from disk gives the results of the server."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from overt.edition.edition_publication import publish
from overt.server.app import ServeSettings, create_app
from tests.browser.conftest import built
from tests.support.client import Client

pytestmark = pytest.mark.browser
_ROWS = """([html, rows]) => {
    const page = html === null ? document : new DOMParser().parseFromString(html, "text/html");
    return [...page.querySelectorAll(rows)].map((row) => [...row.cells].slice(0, 4).map((cell) => cell.textContent.trim()));
}"""
"""A script that returns the texts of the first four cells of each row. On the server's page, a fifth cell names the file."""


@pytest.fixture(scope="module")
def published(measured: ServeSettings, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Client]:
    built()
    folder = tmp_path_factory.mktemp("published") / "site"
    publish(measured.workspace, measured.release, folder, workers=1)
    return folder, Client(create_app(measured))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert not complaints


def look_up(page: Page, folder: Path, language: str, name: str) -> None:
    page.goto(f"{folder.as_uri()}/{language}domain/index.html")
    page.fill("#domain-name", name)
    page.locator(".domain-form button").click()
    expect(page.locator("#looked-up")).to_be_visible()


@pytest.mark.parametrize("language", ["", "zh/"])
@pytest.mark.parametrize("name", ["alder.example", "X.com.", "Bücher.example", "https://x.com/page"])
@pytest.mark.slow(after=1)
def test_a_domain_has_the_results_of_the_server(published: tuple[Path, Client], page: Page, language: str, name: str) -> None:
    folder, server = published
    look_up(page, folder, language, name)
    expect(page.locator("#looked-up tbody tr").first).to_be_visible()
    html = server.get(f"/{language}domain?name={quote(name)}", follow_redirects=True).text
    expected = page.evaluate(_ROWS, [html, "[aria-labelledby=episodes] tbody tr"])
    assert expected and page.evaluate(_ROWS, [None, "#looked-up tbody tr"]) == expected


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("never.example", "None of Overt’s lists of blocked domains names this domain."),
        ("toString", "None of Overt’s lists of blocked domains names this domain."),
        ("x..com", "This is not a domain name; write it as in example.org."),
        ("192.0.2.1", "This is not a domain name; write it as in example.org."),
        ("<b>", "This is not a domain name; write it as in example.org."),
    ],
)
def test_unlisted_and_invalid_names_are_reported(published: tuple[Path, Client], page: Page, name: str, line: str) -> None:
    look_up(page, published[0], "", name)
    expect(page.locator("#looked-up p")).to_have_text(line)
    expect(page.locator("#looked-up .table-wrap")).to_be_hidden()


def test_the_form_of_a_country_page_opens_the_look_up(published: tuple[Path, Client], page: Page) -> None:
    page.goto(f"{published[0].as_uri()}/country/CN/restrictions/index.html")
    page.fill("#domain-name", "x.com")
    page.keyboard.press("Enter")
    expect(page.locator("#looked-up h2")).to_have_text("x.com")
    expect(page.locator("#looked-up tbody tr")).to_have_count(4)


@pytest.mark.parametrize(("file", "text"), [("domain", "needs scripts"), ("zh/domain", "需要脚本")])
def test_without_scripts_the_form_links_to_the_file_of_all_domains(
    browser: Browser, published: tuple[Path, Client], file: str, text: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto((published[0] / file / "index.html").as_uri())
        note = page.locator(".edition-note")
        expect(note).to_contain_text(text)
        address = note.get_by_role("link", name="blocked.csv.gz").evaluate("link => link.href")
        assert address == (published[0] / "blocked.csv.gz").as_uri() and (published[0] / "blocked.csv.gz").is_file()
    finally:
        context.close()
