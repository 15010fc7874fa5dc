"""The small atlas, whole and as others may see it."""

import pytest

from tests.publish.atlas import atlas
from tests.publish.client import Client
from tests.publish.conftest import client, crawled, outside, site, sites
from tests.publish.crawl import Crawled, crawl

__all__ = ["atlas", "client", "crawled", "outside", "site", "sites"]


@pytest.fixture(scope="session")
def crawled_outside(outside: Client) -> Crawled:
    """Every page that others can come to."""
    return crawl(outside)
