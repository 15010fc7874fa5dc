"""Tasks of each kind of user in a real browser, on a desktop and on a phone, with and without JavaScript.

A researcher follows a number to its cell, a reader prints a country, someone shares a filtered list, and a data team downloads
tables. test_desk.py has an editor's tasks.
"""

import csv
import hashlib
import io
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, choose, confirmed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("script", [True, False], ids=["script", "no script"]),
    pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desk", "phone"]),
]
Size = tuple[int, int]


def open_page(visit: Open, path: str, size: Size, script: bool) -> Page:
    return visit(path, script=script, canvas=False, width=size[0], height=size[1])


def number(text: str | None) -> int:
    """Return the first number in a text."""
    match = re.search(r"\d[\d,]*", text or "")
    assert match, text
    return int(match[0].replace(",", ""))


def body_rows(table: Locator) -> Locator:
    return table.locator("tbody").get_by_role("row")


def csv_rows(page: Page, link: Locator, folder: Path) -> list[dict[str, str]]:
    """Download the CSV file of a link to `folder`, and return its rows."""
    with page.expect_download() as download:
        link.click()
    download.value.save_as(folder / "taken.csv")
    return list(csv.DictReader(io.StringIO((folder / "taken.csv").read_text(encoding="utf-8-sig"))))


def test_a_researcher_follows_a_number_to_its_place_in_the_capture(visit: Open, size: Size, script: bool) -> None:
    page = open_page(visit, "/figures", size, script)
    figures = page.get_by_role("table").filter(has=page.get_by_role("columnheader", name="Others say"))
    line = figures.get_by_role("row", name="Projects of the test")
    value = number(line.get_by_role("cell").first.inner_text())
    line.get_by_role("cell").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Projects of the test")
    expect(page).to_have_url(re.compile(r"/figure/test-projects#rows$"))
    page.get_by_role("checkbox", name="Show rows").check()
    rows = page.get_by_role("region", name="Rows", exact=True).get_by_role("table")
    assert value > 1
    expect(body_rows(rows), "the number counts its rows").to_have_count(value)
    body_rows(rows).filter(has_text="5G trial in Laos").get_by_role("link", name="evidence").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("5G trial in Laos")
    claim = page.get_by_role("listitem").filter(has_text="open_projects.csv").filter(has_text="2019")
    claim.get_by_role("link", name="cite or check this").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2019")
    place = page.locator("details.machine")
    place.locator("summary").click()
    expect(page.locator(".exhibit").first).to_contain_text("open_projects.csv")
    expect(place).to_contain_text(re.compile(r"row=\d+;col=agreed"))
    expect(place).to_contain_text(re.compile(r"SHA-256 [0-9a-f]{64}"))


def test_a_reader_downloads_and_prints_a_country(visit: Open, size: Size, script: bool, tmp_path: Path) -> None:
    page = open_page(visit, "/", size, script)
    page.get_by_role("search").get_by_label("Search").fill("Kenya")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link", name="Kenya", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kenya")
    main = page.get_by_role("main")
    counted = main.get_by_role("link", name=re.compile(r"^Projects \d+$")).first
    projects = number(counted.inner_text())
    names = {row["name"] for row in csv_rows(page, main.get_by_role("link", name="CSV").first, tmp_path)}
    assert len(names) == projects > 1
    counted.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Projects in Kenya")
    listed = main.get_by_role("table").get_by_role("rowheader").get_by_role("link").filter(has_not_text=re.compile(r"^\d+$"))
    expect(listed).to_have_count(projects)
    assert set(listed.all_inner_texts()) == names
    page.go_back()
    main.get_by_role("link", name="to print").click()
    page.wait_for_url("**/country/KE/print")  # wait for the complete page before printing
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    page.get_by_role("navigation", name="Language").get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("肯尼亚")


def test_a_filtered_list_is_shared_as_an_address(visit: Open, address: str, size: Size, script: bool) -> None:
    """The shared address shows the same list with and without JavaScript."""
    page = open_page(visit, "/explorer", size, script)
    unfiltered = heading(page).inner_text()
    if size[0] < 700:
        page.get_by_role("link", name="Filters").click()
    choose(page, "country", "KE")
    if not script:
        page.locator("[data-facet][open] button").click()
    expect(heading(page)).not_to_have_text(unfiltered)
    if size[0] < 700 and script:
        page.get_by_role("link", name="Show results").click()
    if script:
        # Without this, a click could hit results that are being replaced.
        expect(confirmed(page)).to_have_text(heading(page).inner_text())
    if size[0] >= 700:
        page.get_by_role("columnheader", name="Project").get_by_role("link").click()
        expect(page.get_by_role("columnheader", name="Project")).to_have_attribute("aria-sort", "ascending")
    other = open_page(visit, page.url.removeprefix(address), (1280, 900), False)
    expected = visible(other)
    assert expected[0] != unfiltered
    if script:
        expect(confirmed(page)).to_have_text(expected[0])
    assert visible(page) == expected


def heading(page: Page) -> Locator:
    return page.locator("#results").get_by_role("heading", level=2)


def visible(page: Page) -> tuple[str, list[str], list[str]]:
    """Return the heading, the rows, and the visible facet values with their counts, without values that no project has."""

    def texts(locator: Locator) -> list[str]:
        return [" ".join(text.split()) for text in locator.all_text_contents()]

    choices = [line for line in texts(page.locator("#filters li:not([hidden]) label")) if not line.endswith(" 0")]
    return texts(heading(page))[0], texts(page.locator("#results tbody tr")), sorted(choices)


def test_a_data_team_downloads_the_tables_and_checks_them(
    visit: Open, address: str, size: Size, script: bool, tmp_path: Path
) -> None:
    page = open_page(visit, "/explorer?country=KE", size, script)
    results = int(re.findall(r"\d+", heading(page).inner_text())[0])
    page.locator("summary", has_text="Download").click()
    assert len(csv_rows(page, page.get_by_role("link", name="CSV", exact=True), tmp_path)) == results > 1
    page.get_by_role("contentinfo").get_by_role("link", name=re.compile("^edition of ")).click()
    page.locator("summary", has_text=re.compile(r"^\d+ tables$")).click()
    line = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="projects", exact=True))
    with page.expect_download() as download:
        line.get_by_role("link").click()
    download.value.save_as(tmp_path / "projects.parquet")
    cells = line.get_by_role("cell").all_inner_texts()
    assert pq.read_metadata(tmp_path / "projects.parquet").num_rows == number(cells[0])
    assert cells[-1] == hashlib.sha256((tmp_path / "projects.parquet").read_bytes()).hexdigest()
    manifest = page.request.get(address + (page.get_by_role("link", name="the manifest").get_attribute("href") or "")).json()
    assert manifest["tables"]["projects"]["sha256"] == cells[-1]
