"""Fixtures for tests of editions: a subset of the small atlas, published and served."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from overt.edition.edition_plan import file_of_part, parts
from overt.edition.edition_publication import publish
from overt.index.editions.filtered_project_subset import Subset
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.server.app import create_app
from overt.server.sites_by_language import make_sites
from tests.support.client import Client
from tests.support.shared_run_results import build_once
from tests.support.small_atlas import SmallAtlas
from tests.support.static_edition import Edition

OF_KENYA = Subset((("country", ("KE",)),))


@pytest.fixture(scope="session")
def of_kenya(atlas: SmallAtlas) -> ServeSettings:
    """Return the settings for serving the public edition of the projects in Kenya."""
    return ServeSettings(atlas.workspace, atlas.release, public=True, subset=OF_KENYA)


def _published(atlas: SmallAtlas, folder: Path) -> tuple[Path, dict[str, Any]]:
    return folder, publish(atlas.workspace, atlas.release, folder, subset=OF_KENYA, workers=1)


@pytest.fixture(scope="session")
def subset(atlas: SmallAtlas, of_kenya: ServeSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    """The public edition of the projects in Kenya, published as static files."""
    folder, report = build_once(tmp_path_factory, "subset", lambda folder: _published(atlas, folder / "site"))
    sites = make_sites(of_kenya, prepare(of_kenya))
    yield Edition(folder, report, sites, {file_of_part(sites[part.code], part): part for part in parts(sites)})
    sites["en"].database.close()


@pytest.fixture(scope="session")
def served_subset(of_kenya: ServeSettings) -> Client:
    """The public edition of the projects in Kenya on a server."""
    return Client(create_app(replace(of_kenya)))


@pytest.fixture(params=["whole", "subset"])
def pair(request: pytest.FixtureRequest) -> tuple[Edition, Client]:
    """An edition and a server with the same contents: once for a complete release, and once for a subset."""
    names = {"whole": ("edition", "public_client"), "subset": ("subset", "served_subset")}[request.param]
    edition, client = (request.getfixturevalue(name) for name in names)
    assert isinstance(edition, Edition) and isinstance(client, Client)
    return edition, client
