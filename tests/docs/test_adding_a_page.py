"""CONTRIBUTING.md's walk-through of a new page works: its folder alone makes the page available everywhere."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

import overt.site
from overt.edition.edition_plan import parts
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.server.app import application
from overt.server.sites_by_language import make_sites
from overt.site.page_declaration import load_pages
from overt.site.site import Site
from tests.docs.test_adding_a_source import FENCE, PAGE
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

pytestmark = pytest.mark.ci

FOLDER = "src/overt/site/"
CATALOGUE = "src/overt/language/messages/zh.po"


def fences() -> dict[str, str]:
    text = PAGE.read_text(encoding="utf-8").partition("\n## Add a page\n")[2].partition("\n## Add a filter\n")[0]
    return {fence["info"]: fence["body"] for fence in FENCE.finditer(text)}


@pytest.fixture
def sites(atlas: SmallAtlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Site]]:
    """The site in both languages, with the walk-through's folder added to the others and its texts in the catalogue."""
    for path, body in fences().items():
        if path.startswith(FOLDER):
            target = tmp_path / path.removeprefix(FOLDER)
            target.parent.mkdir(exist_ok=True)
            target.write_text(body, encoding="utf-8")
    monkeypatch.setattr(overt.site, "__path__", [*overt.site.__path__, str(tmp_path)])
    load_pages.cache_clear()
    settings = ServeSettings(atlas.workspace, atlas.release)
    sites = make_sites(settings, prepare(settings))
    yield {"en": sites["en"], "zh": replace(sites["zh"], language=replace(sites["zh"].language, translations=translations()))}
    sites["en"].older_releases.close()
    sites["en"].charts.close()
    sites["en"].database.close()
    load_pages.cache_clear()
    for name in [name for name in sys.modules if name.startswith("overt.site.lenders")]:
        del sys.modules[name]


def translations() -> Translations:
    catalogue = read_po(BytesIO(fences()[CATALOGUE].encode()), locale="zh")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def test_a_folder_is_all_that_a_page_needs(sites: dict[str, Site], atlas: SmallAtlas) -> None:
    settings = ServeSettings(atlas.workspace, atlas.release)
    served = {code: replace(site, address_of_site="https://atlas.example") for code, site in sites.items()}
    client = Client(application(settings, prepare(settings), served))
    english, chinese = client.get("/lenders"), client.get("/zh/lenders")
    assert english.status_code == chinese.status_code == 200
    assert "<h1>Lenders</h1>" in english.text
    assert "<h1>出资方</h1>" in chinese.text
    assert "家机构为已收录的项目出资" in chinese.text
    assert "<loc>https://atlas.example/lenders</loc>" in client.get("/sitemap.xml").text
    assert {part.code for part in parts(sites) if part.address == "/lenders"} == {"en", "zh"}
