"""The small atlas as a static edition, published once a run: a part of the plugin `shared`."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from overt.edition.plan import Part, file_of_part, parts
from overt.edition.publish import publish
from overt.index.prepare import prepare
from overt.index.prepared import ServeSettings
from overt.server.app import make_sites
from overt.site.site import Site
from tests.once import once
from tests.support.small_atlas import Atlas


class Edition(NamedTuple):
    """An edition, and what it was made from."""

    folder: Path
    said: dict[str, Any]
    sites: dict[str, Site]
    plan: dict[str, Part]
    """Each part by its file."""

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")


def beside(file: str, link: str) -> str:
    """The file that a relative link in a file leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(link)))


def _published(atlas: Atlas, folder: Path) -> tuple[Path, dict[str, Any]]:
    return folder, publish(atlas.workspace, atlas.release, folder, workers=1)


@pytest.fixture(scope="session")
def edition(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    folder, said = once(tmp_path_factory, "edition", lambda folder: _published(atlas, folder / "site"))
    settings = ServeSettings(atlas.workspace, atlas.release, beyond_loopback=True)
    sites = make_sites(settings, prepare(settings))
    yield Edition(folder, said, sites, {file_of_part(sites[part.code], part): part for part in parts(sites)})
    sites["en"].database.close()
