"""Addresses of data are told apart from addresses of pages, and errors at data addresses are problem details in JSON."""

import pytest

from overt.http.data_or_page_address import is_data
from tests.support.client import Client


def test_pages_and_data_have_separate_addresses() -> None:
    files = ("/project/ovt-x.jsonld", "/project/ovt-x.bib", "/project/ovt-x.csl.json", "/project/ovt-x.prov.jsonld", "/map.png")
    for path in ("/zh/ogc", "/ogc/collections", "/figure/x.csv", "/release/x/tables/y.parquet", "/tiles", "/reconcile", *files):
        assert is_data(path), path
    for path in ("/", "/zh/", "/figure/x", "/release/2026-11-25-a+open", "/figure/x/embed", "/ogcs", "/static/built/world.json"):
        assert not is_data(path), path


@pytest.mark.parametrize("path", ["/projects.csv?kind=nope", "/map.svg?kind=nope", "/figure/nope.csv"])
def test_problems_of_data_are_for_programs(client: Client, path: str) -> None:
    assert client.get(path).headers["content-type"] == "application/problem+json"
