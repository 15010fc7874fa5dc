"""`overt fetch` from an address whose last segment is not a file name, such as that of a published spreadsheet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue
from tests.archive.conftest import Server, answer
from tests.support.command_built_atlas import Atlas

SOURCE = "aspi_tech_map"
SHEET = "/spreadsheets/d/invented/export"


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    atlas = Atlas(tmp_path / "atlas")
    settings = atlas.root / "overt.toml"
    text = settings.read_text()
    assert "allow_private = []" in text
    settings.write_text(text.replace("allow_private = []", 'allow_private = ["127.0.0.1"]'))
    return atlas


@pytest.fixture
def sheet(content: Catalogue) -> Iterator[Server]:
    """Serve the source's sample as CSV, behind a redirect, as published spreadsheets are. Also serve a sign-in page."""
    server = Server()
    data = content.source_folders[SOURCE] / "sample" / "aspi" / "data.csv"
    server.answers["/sheet.csv"] = answer(data.read_bytes(), Content_Type="text/csv")
    server.answers[SHEET] = answer(status=307, Location=server.url("/sheet.csv"))
    server.answers["/login"] = answer(b"<!DOCTYPE html><html>Sign in</html>")
    yield server
    server.close()


def test_a_published_sheet_is_read_as_the_download_is(atlas: Atlas, sheet: Server) -> None:
    fetched = atlas.ok("fetch", SOURCE, "--from", sheet.url(f"{SHEET}?format=csv"), "--as", "aspi_map.csv", "--json")
    assert f'"{SOURCE}"' in fetched.out
    (capture,) = [line for line in (atlas.root / "archive/index.jsonl").read_text().splitlines() if SOURCE in line]
    assert '"name":"aspi_map.csv"' in capture.replace(" ", "") and "format=csv" not in capture, "queries can hold secrets"
    imported = atlas.ok("import", SOURCE)
    assert "0 problems" in imported.out


def test_an_address_without_a_file_name_needs_one(atlas: Atlas, sheet: Server) -> None:
    refused = atlas.overt("fetch", SOURCE, "--from", sheet.url(SHEET))
    assert refused.code == 2 and "'export' is not a file of aspi_tech_map" in refused.err and "--as NAME" in refused.err
    assert sheet.requests == [], "nothing is fetched that nobody could read"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--as", "table.csv"), "'table.csv' is not a file of aspi_tech_map"),
        (("--as", "../aspi_map.csv"), "is not the name of a file"),
    ],
)
def test_the_name_must_be_one_that_the_source_looks_for(
    atlas: Atlas, sheet: Server, arguments: tuple[str, str], message: str
) -> None:
    refused = atlas.overt("fetch", SOURCE, "--from", sheet.url(SHEET), *arguments)
    assert (refused.code, sheet.requests) == (2, []) and message in refused.err


def test_a_name_without_an_address_is_refused(atlas: Atlas, tmp_path: Path) -> None:
    refused = atlas.overt("fetch", SOURCE, "--from", str(tmp_path), "--as", "aspi_map.csv")
    assert refused.code == 2 and "--as needs --from ADDRESS" in refused.err


def test_a_page_that_asks_to_sign_in_is_no_table(atlas: Atlas, sheet: Server) -> None:
    atlas.ok("fetch", SOURCE, "--from", sheet.url("/login"), "--as", "aspi_map.csv")
    refused = atlas.overt("import", SOURCE)
    assert refused.code == 1 and "this is a web page, not a table" in refused.err
