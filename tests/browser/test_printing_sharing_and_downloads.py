"""A reader prints a country, someone shares a filtered list, and a data team downloads tables, in a real browser.

They do so on a desktop and on a phone, with and without JavaScript. test_desk.py has an editor's tasks, and
test_evidence_of_values.py a researcher's.
"""

import csv
import hashlib
import io
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, choose, confirmed, first_number

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("script", [True, False], ids=["script", "no script"]),
    pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desk", "phone"]),
]
Size = tuple[int, int]


def open_page(visit: Open, path: str, size: Size, script: bool) -> Page:
    return visit(path, script=script, canvas=False, width=size[0], height=size[1])


def csv_rows(page: Page, link: Locator, folder: Path) -> list[dict[str, str]]:
    """Save a link's CSV file in `folder`, and return its rows."""
    with page.expect_download() as download:
        link.click()
    download.value.save_as(folder / "taken.csv")
    return list(csv.DictReader(io.StringIO((folder / "taken.csv").read_text(encoding="utf-8-sig"))))


def test_a_reader_downloads_and_prints_a_country(visit: Open, size: Size, script: bool, tmp_path: Path) -> None:
    page = open_page(visit, "/", size, script)
    page.get_by_role("search").get_by_label("Search").fill("Kenya")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link", name="Kenya", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kenya")
    main = page.get_by_role("main")
    counted = main.get_by_role("link", name=re.compile(r"^Projects \d+$")).first
    projects = first_number(counted.inner_text())
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
    assert pq.read_metadata(tmp_path / "projects.parquet").num_rows == first_number(cells[0])
    assert cells[-1] == hashlib.sha256((tmp_path / "projects.parquet").read_bytes()).hexdigest()
    manifest = page.request.get(address + (page.get_by_role("link", name="the manifest").get_attribute("href") or "")).json()
    assert manifest["tables"]["projects"]["sha256"] == cells[-1]
