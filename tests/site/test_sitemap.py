"""Files for search engines: pages without filters, with full addresses, and nothing if the atlas has no address."""

import re
from dataclasses import replace

import pytest
from fastapi import FastAPI

from overt.site.site import Site
from overt.site.sitemap import page as robots
from tests.support.client import Client

AT = "https://atlas.example"


@pytest.fixture
def named(site: Site) -> Client:
    """The site of an atlas with a public address."""
    app = FastAPI()
    app.include_router(robots.routes(replace(site, address_of_site=AT)))
    return Client(app)


def locations(text: str) -> list[str]:
    return re.findall("<loc>(.*?)</loc>", text)


def test_an_atlas_without_an_address_has_no_sitemap(client: Client) -> None:
    robots_file = client.get("/robots.txt")
    assert (
        robots_file.headers["content-type"].startswith("text/plain")
        and "Disallow: /*?" in robots_file.text
        and "Sitemap" not in robots_file.text
    )
    assert client.get("/sitemap.xml").status_code == client.get("/zh/robots.txt").status_code == 404


def test_the_sitemap_has_every_page_and_only_pages(named: Client, client: Client) -> None:
    assert f"Sitemap: {AT}/sitemap.xml" in named.get("/robots.txt").text
    addresses = locations(named.get("/sitemap.xml").text)
    assert len(addresses) == len(set(addresses)) > 100 and all(address.startswith(f"{AT}/") for address in addresses)
    paths = [address.removeprefix(AT) for address in addresses]
    assert {"/", "/zh/", "/country/KE", "/zh/country/KE", "/figure/test-projects", "/source/open_projects"} <= set(paths)
    assert not [path for path in paths if "?" in path or path.startswith(("/record/", "/claim/", "/api/"))]
    for path in paths[:: len(paths) // 40]:
        assert client.get(path).status_code == 200, path


def test_a_long_sitemap_is_several_files(named: Client, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    all_addresses = locations(named.get("/sitemap.xml").text)
    monkeypatch.setattr(robots, "MAX_ADDRESSES", 20)
    app = FastAPI()
    app.include_router(robots.routes(replace(site, address_of_site=AT)))
    parts = Client(app)
    files = locations(parts.get("/sitemap.xml").text)
    assert len(files) > 2
    pages = [locations(parts.get(file.removeprefix(AT)).text) for file in files]
    assert all(len(part) <= 20 for part in pages[1:]) and [address for part in pages for address in part] == all_addresses
    for none in ("0", str(len(files) + 1), "99999999999999999999", "-1", "x"):
        assert parts.get(f"/sitemap-{none}.xml").status_code == 404
