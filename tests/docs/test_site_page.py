"""docs/site.md lists every kind of page, and shows the small pictures of existing records that `make screenshots` takes."""

import re
from pathlib import Path

from overt.site.site import Site
from tests.support.page_kinds import find_route, page_routes
from tests.support.release_table_rows_and_file_hashes import read_table
from tests.support.shipped_edition import ShippedEdition
from tools.docs_screenshots import DESK, IMAGES, SHOTS
from tools.pictures_of_page_kinds import PAGES

PAGE = Path(__file__).parents[2] / "docs" / "site.md"
MAX_BYTES = 1_500_000
WITHOUT_PICTURE = {
    "/claim/{claim_id}", "/country/{code}/blocked", "/measured/{country}/{name}", "/figures/{name}", "/overlaps",
}  # fmt: skip
"""Addresses without a picture of their own.

A claim is pictured through a link on a project. The shipped edition has neither national
blocklists nor measurements, so no country has pages of them. The other addresses redirect.
"""


def test_every_kind_of_page_is_listed(site: Site) -> None:
    text = PAGE.read_text(encoding="utf-8")
    routes = [route.path for route in page_routes(site)]
    assert len(routes) > 20
    assert [path for path in routes if f"`{path}`" not in text] == []
    named = set(re.findall(r"^### .*`(/[^`]*)`$", text, re.MULTILINE))
    assert named == set(routes), "a listed page doesn't exist"


def test_every_picture_is_taken_and_shown() -> None:
    embedded = re.findall(r"!\[[^\]]+\]\(images/([^)]+)\)", PAGE.read_text(encoding="utf-8"))
    taken = [f"{shot.name}.png" for shot in (*SHOTS, *DESK)]
    assert sorted(embedded) == sorted(taken)
    assert {path.name for path in IMAGES.iterdir()} == set(taken)
    assert sum(path.stat().st_size for path in IMAGES.iterdir()) <= MAX_BYTES


def test_pictured_records_are_in_the_shipped_edition(shipped_edition: ShippedEdition) -> None:
    pictured = {match[0] for shot in SHOTS if shot.name != "error" and (match := re.search(r"ovt-\w+", shot.path))}
    published = {row["id"] for row in read_table(shipped_edition.root / "resolved" / "members.parquet", "id")}
    assert pictured and pictured - published == set()


def test_every_kind_of_page_can_be_pictured(site: Site) -> None:
    routes = {route.path for route in page_routes(site)}
    pictured = {find_route(site, path.replace("RELEASE", site.prepared.release)) for path in PAGES.values()}
    assert routes - pictured == WITHOUT_PICTURE
