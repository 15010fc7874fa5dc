"""The crawled pages of the small atlas's public edition."""

import pytest

from tests.support.client import Client
from tests.support.crawl import Crawled, crawl


@pytest.fixture(scope="session")
def crawled_public(public_client: Client, crawled_countries: frozenset[str] | None) -> Crawled:
    """The pages of the public edition, except those of countries that the crawler leaves out."""
    return crawl(public_client, countries=crawled_countries)
