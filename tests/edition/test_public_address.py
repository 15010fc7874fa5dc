"""An edition of an atlas with a public address: the feed, robots.txt and the sitemap lead to existing pages."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from overt.edition import edition_publication
from overt.edition import site_files_writer as making
from overt.edition.edition_plan import Part, file_of_part, parts
from overt.edition.file_names import file_of
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.model.workspace import Workspace
from overt.server.app import create_app
from overt.server.sites_by_language import make_sites
from overt.site.sitemap import page as robots
from tests.support.atom_namespace import ATOM
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

AT = "https://atlas.example"
FILES = ("releases.atom", "robots.txt", "sitemap.xml")


@pytest.fixture
def settings(atlas: SmallAtlas) -> Iterator[ServeSettings]:
    path = atlas.workspace.root / "overt.toml"
    before = path.read_text()
    path.write_text(before.replace('address = ""', f'address = "{AT}/"'))
    yield ServeSettings(Workspace.open(atlas.workspace.root), atlas.release, public=True)
    path.write_text(before)


def _planned(settings: ServeSettings) -> dict[str, Part]:
    sites = make_sites(settings, prepare(settings))
    by_file = {file_of_part(sites[part.code], part): part for part in parts(sites)}
    sites["en"].database.close()
    return by_file


def _published(settings: ServeSettings, target: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Publish only the files under test, including one whose address has a plus."""
    few = [part for file, part in _planned(settings).items() if file in FILES or file.startswith(("sitemap-", "release/"))]
    monkeypatch.setattr(making, "parts", lambda sites: [part for part in few if part.way != "table"])
    edition_publication.publish(settings.workspace, str(settings.release), target, workers=1)
    return target


def _locations(path: Path) -> list[str]:
    return re.findall("<loc>(.*?)</loc>", path.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_addresses_equal_the_server_and_have_files(
    settings: ServeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = _planned(settings)
    folder = _published(settings, tmp_path / "site", monkeypatch)
    server = Client(create_app(settings))
    for file in FILES:
        assert (folder / file).read_bytes() == server.get(f"/{file}").content, file
    assert f"Sitemap: {AT}/sitemap.xml" in (folder / "robots.txt").read_text(encoding="utf-8")
    addresses = _locations(folder / "sitemap.xml")
    entries = ElementTree.parse(folder / "releases.atom").getroot().findall("a:entry", ATOM)
    feed = [link.attrib["href"] for entry in entries for link in entry.findall("a:link", ATOM)]
    assert len(addresses) > 100
    assert feed
    for address in addresses + feed:
        path = urlsplit(address).path
        assert address.startswith(f"{AT}/")
        assert f"{path.strip('/')}/index.html".lstrip("/") in planned or file_of(path) in planned, address


def test_cited_release_with_a_plus_has_a_file(settings: ServeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _published(settings, tmp_path / "site", monkeypatch)
    page = folder / "release" / f"{settings.release}+open" / "index.html"
    target = re.search(r'content="0; url=([^"]+)"', page.read_text(encoding="utf-8"))
    assert target
    assert (page.parent / target[1]).resolve() == (folder / "release" / f"{settings.release}-open" / "index.html").resolve()
    assert (page.parent / target[1]).is_file()


@pytest.mark.slow
def test_long_sitemap_has_all_its_files(settings: ServeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    single_sitemap = _locations(_published(settings, tmp_path / "whole", monkeypatch) / "sitemap.xml")
    monkeypatch.setattr(robots, "MAX_ADDRESSES", 20)
    folder = _published(settings, tmp_path / "parted", monkeypatch)
    named = [urlsplit(address).path[1:] for address in _locations(folder / "sitemap.xml")]
    assert len(named) > 2
    assert sorted(address for file in named for address in _locations(folder / file)) == sorted(single_sitemap)


def test_edition_without_an_address_has_no_sitemap(atlas: SmallAtlas) -> None:
    settings = ServeSettings(atlas.workspace, atlas.release, public=True)
    assert not [file for file in _planned(settings) if file in FILES]
