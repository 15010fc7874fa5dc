"""An edition of very many projects: the explorer's script loads all of them, or the page says that there are too many.

A server would send tiles of the map instead.
"""

import re
from pathlib import Path

import pytest

from overt.edition import edition_publication
from overt.edition import site_files_writer as making
from overt.edition.edition_plan import Part
from overt.queries.maps import explorer_columns
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

COLUMNS = "api/v1/explore/columns.json"


@pytest.fixture
def explorer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish only the explorer and its data."""
    all_parts = making.parts

    def few(sites: object) -> list[Part]:
        return [part for part in all_parts(sites) if part.address == "/explorer" or "/explore/" in part.address]  # type: ignore[arg-type]

    monkeypatch.setattr(making, "parts", few)


def _home(atlas: SmallAtlas, folder: Path) -> str:
    edition_publication.publish(atlas.workspace, atlas.release, folder, workers=1)
    return (folder / "explorer" / "index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("explorer")
def test_more_projects_than_a_server_loads_at_once(
    atlas: SmallAtlas, public_client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = public_client.get("/api/v1/explore/columns?lang=en").content
    monkeypatch.setattr(explorer_columns, "MAX_PROJECTS", 5)
    assert public_client.get("/api/v1/explore/columns?lang=en").status_code == 404
    home = _home(atlas, tmp_path / "site")
    assert (tmp_path / "site" / COLUMNS).read_bytes() == expected
    if "still-map.js" in home:  # needs a built front end
        assert re.search(r'<section id="map"[^>]* data-columns="../api/v1/explore/columns', home)
        assert "data-tiles" not in home


@pytest.mark.usefixtures("explorer")
def test_more_projects_than_a_script_can_load(atlas: SmallAtlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explorer_columns, "MAX_PROJECTS", 5)
    monkeypatch.setattr(explorer_columns, "MAX_STANDALONE_PROJECTS", 12)
    home = _home(atlas, tmp_path / "site")
    assert not (tmp_path / "site" / COLUMNS).exists()
    assert "<script" not in home
    assert "more projects (13) than a script can load" in home
    assert 'id="filters"' not in home
    assert re.search(r'<figure class="static-map">\s*(<svg|<figcaption>The map has not been built)', home), "what is drawn stays"
