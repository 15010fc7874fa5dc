"""The small atlas as all tests of pages look at it, built, served and crawled once a process: a plugin (tests/conftest.py)."""

import pytest

from overt.publish.app import ServeSettings, create_app, make_sites
from overt.publish.prepare import prepare
from overt.publish.site.site import Site
from tests.publish.atlas import Atlas, make_atlas
from tests.publish.client import Client
from tests.publish.crawl import Crawled, crawl


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return Atlas(*make_atlas(tmp_path_factory.mktemp("atlas") / "atlas", note="A first release"))


@pytest.fixture(scope="session")
def client(atlas: Atlas) -> Client:
    """The whole atlas, on its own machine."""
    return Client(create_app(ServeSettings(atlas.workspace, atlas.release)))


@pytest.fixture(scope="session")
def outside(atlas: Atlas) -> Client:
    """What others see of it."""
    return Client(create_app(ServeSettings(atlas.workspace, atlas.release, beyond_loopback=True)))


@pytest.fixture(scope="session")
def crawled(client: Client) -> Crawled:
    """Every page of the whole atlas."""
    return crawl(client)


@pytest.fixture(scope="session")
def sites(atlas: Atlas) -> dict[str, Site]:
    """The site of the whole atlas in each language."""
    settings = ServeSettings(atlas.workspace, atlas.release)
    return make_sites(settings, prepare(settings))


@pytest.fixture(scope="session")
def site(sites: dict[str, Site]) -> Site:
    """The English one."""
    return sites["en"]
