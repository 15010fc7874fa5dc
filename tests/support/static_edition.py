"""The small atlas as a static edition, published once per run. Part of the plugin tests/support/small_atlas_fixtures.py."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from overt.edition.edition_plan import Part, file_of_part, parts
from overt.edition.edition_publication import publish
from overt.edition.manifest import MANIFEST
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.model.files.file_digests import sha256_file
from overt.server.sites_by_language import make_sites
from overt.site.site import Site
from tests.support.shared_run_results import build_once
from tests.support.small_atlas import SmallAtlas


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of an edition's manifest. Equal editions have equal hashes."""
    return sha256_file(folder / MANIFEST)


class Edition(NamedTuple):
    """A published edition with the sites and the plan from which it was made."""

    folder: Path
    report: dict[str, Any]
    sites: dict[str, Site]
    plan: dict[str, Part]
    """Parts by file name."""
    announced: int = 0
    """Number of pages announced before the first one was written."""

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")


def resolve_link(file: str, link: str) -> str:
    """Return the target file of a relative link in a file."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(link)))


def _publish(atlas: SmallAtlas, folder: Path) -> tuple[Path, dict[str, Any], int]:
    announced: list[int] = []
    report = publish(atlas.workspace, atlas.release, folder, workers=1, announce=announced.append)
    return folder, report, announced[0]


@pytest.fixture(scope="session")
def edition(atlas: SmallAtlas, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    folder, report, announced = build_once(tmp_path_factory, "edition", lambda folder: _publish(atlas, folder / "site"))
    settings = ServeSettings(atlas.workspace, atlas.release, public=True)
    sites = make_sites(settings, prepare(settings))
    plan = {file_of_part(sites[part.code], part): part for part in parts(sites)}
    yield Edition(folder, report, sites, plan, announced)
    sites["en"].database.close()
