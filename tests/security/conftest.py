"""The small atlas as others may see it."""

import pytest

from tests.support.client import Client
from tests.support.crawl import Crawled, crawl


@pytest.fixture(scope="session")
def crawled_outside(public_client: Client) -> Crawled:
    """Every page that others can come to."""
    return crawl(public_client)
