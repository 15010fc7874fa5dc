"""The small atlas, with one release and with two: built, crawled and exported once per run, served once per process.

A plugin, see tests/conftest.py.
"""

import shutil
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from overt.export.public_release_reader import PublicRelease, open_public_release
from overt.index.release_preparation import find_release, prepare
from overt.model.workspace import Workspace
from overt.queries.database import Database, Reader
from overt.server.app import ServeSettings, create_app
from overt.server.sites_by_language import make_sites
from overt.site.site import Site
from tests.support.client import Client
from tests.support.crawl import SOME_COUNTRIES, Crawled, crawl
from tests.support.shared_run_results import build_once
from tests.support.small_atlas import SmallAtlas, make_atlas
from tests.support.small_atlas_exports import ExportedFile, export_all
from tests.support.static_edition import edition

__all__ = ["edition"]


@pytest.fixture(scope="session", autouse=True)
def _compile_templates_once() -> Iterator[None]:
    """Share compiled templates among the hundreds of servers in a test process."""
    compiled: dict[tuple[str, str, NullTranslations], Any] = {}
    compile_template = Environment.compile

    def compile_once(templates: Environment, source: Any, name: Any = None, filename: Any = None, *more: Any) -> Any:
        language = templates.globals.get("language")
        if filename is None or language is None:  # the template is not from a file, or not from the site
            return compile_template(templates, source, name, filename, *more)
        key = (source, filename, language.translations)  # Jinja applies filters, and so translations, when it compiles
        if key not in compiled:
            compiled[key] = compile_template(templates, source, name, filename, *more)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compile_once)
        yield


def _prepare(atlas: tuple[Workspace, str]) -> tuple[Path, str]:
    """Build the indexes of a release, complete and public. Return the atlas's root and the release."""
    workspace, release = atlas
    for is_public in (False, True):
        prepare(ServeSettings(workspace, release, public=is_public))
    return workspace.root, release


def _copy(original: tuple[Path, str], folder: Path) -> SmallAtlas:
    """Copy an atlas for one process, whose servers write to the cache."""
    root, release = original
    return SmallAtlas(Workspace.open(Path(shutil.copytree(root, folder / "atlas"))), release)


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> SmallAtlas:
    original = build_once(
        tmp_path_factory, "small", lambda folder: _prepare(make_atlas(folder / "atlas", note="A first release"))
    )
    return _copy(original, tmp_path_factory.mktemp("atlas"))


@pytest.fixture(scope="session")
def client(atlas: SmallAtlas) -> Client:
    """A client on the same machine, which sees the complete atlas."""
    return Client(create_app(ServeSettings(atlas.workspace, atlas.release)))


@pytest.fixture(scope="session")
def public_client(atlas: SmallAtlas) -> Client:
    """A public reader of the small atlas."""
    return Client(create_app(ServeSettings(atlas.workspace, atlas.release, public=True)))


@pytest.fixture(scope="session")
def crawled_countries(pytestconfig: pytest.Config) -> frozenset[str] | None:
    """The countries whose pages are visited: all (None) in `make test-all`."""
    return None if pytestconfig.getoption("--slow") else SOME_COUNTRIES


@pytest.fixture(scope="session")
def crawled(client: Client, tmp_path_factory: pytest.TempPathFactory, crawled_countries: frozenset[str] | None) -> Crawled:
    """The English pages of the complete atlas, without the countries that are not visited."""
    return build_once(tmp_path_factory, "crawled", lambda _: crawl(client, countries=crawled_countries))


@pytest.fixture(scope="session")
def sites(atlas: SmallAtlas) -> dict[str, Site]:
    """Sites of the complete atlas, by language."""
    settings = ServeSettings(atlas.workspace, atlas.release)
    return make_sites(settings, prepare(settings))


@pytest.fixture(scope="session")
def site(sites: dict[str, Site]) -> Site:
    """The English site of the complete atlas."""
    return sites["en"]


@pytest.fixture(scope="session")
def public_release(atlas: SmallAtlas) -> Iterator[PublicRelease]:
    """The public part of the small atlas, for exports."""
    with open_public_release(atlas.workspace, find_release(atlas.workspace, atlas.release)) as public_release:
        yield public_release


@pytest.fixture(scope="session")
def exports(public_release: PublicRelease, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ExportedFile]:
    """Exports of the public part, by format. Tests must not change them."""
    return build_once(tmp_path_factory, "exports", lambda folder: export_all(public_release, folder))


def _make_two_releases(root: Path) -> tuple[Workspace, str]:
    make_atlas(root, note="The first", without=frozenset({"other_projects", "editorial"}))
    return make_atlas(root, note="With the other projects")


@pytest.fixture(scope="session")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> SmallAtlas:
    """An atlas with two releases. The first lacks a source and the editors' claims."""
    original = build_once(tmp_path_factory, "two", lambda folder: _prepare(_make_two_releases(folder / "atlas")))
    return _copy(original, tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="session")
def public_two_releases_client(two_releases: SmallAtlas) -> Client:
    """A public reader of the newer of two releases."""
    return Client(create_app(ServeSettings(two_releases.workspace, two_releases.release, public=True)))


@pytest.fixture
def reader(atlas: SmallAtlas) -> Iterator[Reader]:
    """A reader of the complete atlas's index."""
    database = Database(prepare(ServeSettings(atlas.workspace, atlas.release)).database)
    with database.lease() as reader:
        yield reader
    database.close()
