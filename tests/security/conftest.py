"""The pages of the small atlas's public edition."""

import pytest

from tests.support.client import Client
from tests.support.crawl import Crawled, crawl


@pytest.fixture(scope="session")
def crawled_public(public_client: Client, crawled_countries: frozenset[str] | None) -> Crawled:
    """Every page of the public edition."""
    return crawl(public_client, countries=crawled_countries)
