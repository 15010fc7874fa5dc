"""The small atlas of all tests of pages: made and crawled once a run, served once a process. A plugin (tests/conftest.py)."""

import shutil
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest

from overt.export.public_release import Holdings, open_holdings
from overt.index.prepare import find_release, prepare
from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app, make_sites
from overt.site.site import Site
from overt.site.templates import Templates
from tests.once import once
from tests.support.client import Client
from tests.support.crawl import Crawled, crawl
from tests.support.editions import edition
from tests.support.exports import Made, make_all
from tests.support.small_atlas import Atlas, make_atlas

__all__ = ["edition"]


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once() -> Iterator[None]:
    """A server compiles each of its templates once. Here are some hundred servers, all of the same templates."""
    compiled: dict[tuple[str, str, NullTranslations], Any] = {}
    anew = Templates.compile

    def compile_once(templates: Templates, source: Any, name: Any = None, filename: Any = None, *more: Any) -> Any:
        if filename is None:  # of no file
            return anew(templates, source, name, filename, *more)
        key = (source, filename, templates.globals["language"].translations)  # messages become a part of what is compiled
        if key not in compiled:
            compiled[key] = anew(templates, source, name, filename, *more)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Templates, "compile", compile_once)
        yield


def _served(made: tuple[Workspace, str]) -> tuple[Path, str]:
    """What was made, and made ready to be served, whole and as others may see it."""
    workspace, release = made
    for beyond in (False, True):
        prepare(ServeSettings(workspace, release, beyond_loopback=beyond))
    return workspace.root, release


def _copy(made: tuple[Path, str], folder: Path) -> Atlas:
    """The same for one process, whose tests may write to what is kept for servers."""
    root, release = made
    return Atlas(Workspace.open(Path(shutil.copytree(root, folder / "atlas"))), release)


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    made = once(tmp_path_factory, "small", lambda folder: _served(make_atlas(folder / "atlas", note="A first release")))
    return _copy(made, tmp_path_factory.mktemp("atlas"))


@pytest.fixture(scope="session")
def client(atlas: Atlas) -> Client:
    """The whole atlas, on its own machine."""
    return Client(create_app(ServeSettings(atlas.workspace, atlas.release)))


@pytest.fixture(scope="session")
def outside(atlas: Atlas) -> Client:
    """What others see of it."""
    return Client(create_app(ServeSettings(atlas.workspace, atlas.release, beyond_loopback=True)))


@pytest.fixture(scope="session")
def crawled(client: Client, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Every page of the whole atlas, which is the same in every process."""
    return once(tmp_path_factory, "crawled", lambda _: crawl(client))


@pytest.fixture(scope="session")
def sites(atlas: Atlas) -> dict[str, Site]:
    """The site of the whole atlas in each language."""
    settings = ServeSettings(atlas.workspace, atlas.release)
    return make_sites(settings, prepare(settings))


@pytest.fixture(scope="session")
def site(sites: dict[str, Site]) -> Site:
    """The English one."""
    return sites["en"]


@pytest.fixture(scope="session")
def holdings(atlas: Atlas) -> Iterator[Holdings]:
    """What others may have of the atlas, for exports."""
    with open_holdings(atlas.workspace, find_release(atlas.workspace, atlas.release)) as found:
        yield found


@pytest.fixture(scope="session")
def exports(holdings: Holdings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """That in every format, by name; nobody writes to it."""
    return once(tmp_path_factory, "exports", lambda folder: make_all(holdings, folder))


def _two(root: Path) -> tuple[Workspace, str]:
    make_atlas(root, note="The first", without=frozenset({"other_projects", "editorial"}))
    return make_atlas(root, note="With the other projects")


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """An atlas with a release without one of its sources and its editors, and one with all."""
    made = once(tmp_path_factory, "two", lambda folder: _served(_two(folder / "atlas")))
    return _copy(made, tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="session")
def others(two: Atlas) -> Client:
    """What others see of the newer one."""
    return Client(create_app(ServeSettings(two.workspace, two.release, beyond_loopback=True)))
