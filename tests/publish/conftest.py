"""The small atlas that these tests look at, whole and as others may see it."""

from collections.abc import Iterator

import pytest

from overt.publish.app import ServeSettings, create_app, make_sites
from overt.publish.prepare import prepare
from overt.publish.read.database import Database, Reader
from overt.publish.site.site import Site
from tests.publish.atlas import Atlas, atlas
from tests.publish.client import Client
from tests.publish.crawl import Crawled, crawl

__all__ = ["atlas"]


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


@pytest.fixture
def reader(atlas: Atlas) -> Iterator[Reader]:
    database = Database(prepare(ServeSettings(atlas.workspace, atlas.release)).database)
    with database.lease() as held:
        yield held
    database.close()
