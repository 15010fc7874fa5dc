"""Pages are compressed with gzip, and data with zstd if the client accepts it."""

import orjson
import pytest
import zstandard
from starlette.datastructures import Headers

from overt.http.accepted_encodings import accepted_encodings
from tests.support.client import Client


def test_data_use_zstd_if_accepted_and_pages_use_gzip(client: Client) -> None:
    headers = {"Accept-Encoding": "gzip, zstd"}
    data = client.get("/api/v1/figures", headers={"Accept-Encoding": "zstd"})
    assert data.headers["content-encoding"] == "zstd"
    assert orjson.loads(
        zstandard.ZstdDecompressor().decompressobj().decompress(data.content) if data.content[:1] == b"\x28" else data.content
    )
    assert client.get("/figures", headers=headers).headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in data.headers["vary"]


def test_pages_are_compressed_and_keep_their_tag(client: Client) -> None:
    response = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in response.headers["vary"].lower()
    assert response.headers["etag"].startswith("W/"), "the tag is that of the page, however it is sent"


@pytest.mark.parametrize("path", ["/projects.csv", "/ogc/api?f=json", "/ogc/collections/projects/queryables?f=json", "/map.svg"])
def test_all_types_of_data_are_compressed(client: Client, path: str) -> None:
    response = client.get(path, headers={"Accept-Encoding": "zstd"})
    assert (response.status_code, response.headers["content-encoding"]) == (200, "zstd")


def test_pages_are_never_zstd(client: Client) -> None:
    assert "content-encoding" not in client.get("/figure/test-projects", headers={"Accept-Encoding": "zstd"}).headers


@pytest.mark.parametrize("path", ["/figure/test-projects", "/api/v1/figures"])
def test_a_refused_encoding_is_not_used(client: Client, path: str) -> None:
    for _ in range(2):  # the second response comes from the cache
        compressed = client.get(path, headers={"Accept-Encoding": "gzip"})
        refused = client.get(path, headers={"Accept-Encoding": "zstd;q=0, gzip;q=0.0, identity"})
        assert compressed.headers["content-encoding"] == "gzip" and "content-encoding" not in refused.headers
        assert refused.text == compressed.text and "accept-encoding" in refused.headers["vary"].lower()
    weighted = client.get(path, headers={"Accept-Encoding": "zstd;q=0, gzip;q=0.5"})
    assert weighted.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("", set()), ("gzip, deflate", {"gzip"}), ("GZIP;q=1, br; q=0, *;q=0.5", {"gzip", "zstd"}), ("gzip;q=x, br;q=nan", set()),
        (" , br ;level=0", {"br"}), ("*;q=0", set()), ("*, zstd;q=0.0", {"br", "gzip"}),
    ],
)  # fmt: skip
def test_accepted_encodings(header: str, accepted: set[str]) -> None:
    assert accepted_encodings(Headers({"Accept-Encoding": header})) == accepted


@pytest.mark.parametrize("header", ["*", "GZIP", "x-gzip", "br;q=0, *;q=0.1"])
def test_every_way_to_accept_gzip_gets_it(client: Client, header: str) -> None:
    for path in ("/figure/test-projects", "/static/style.css"):
        response = client.get(path, headers={"Accept-Encoding": header})
        assert response.headers["content-encoding"] in ("gzip", "br"), path


def test_a_style_sheet_is_sent_with_brotli_to_clients_that_refuse_gzip(client: Client) -> None:
    for header in ("br", "br, gzip;q=0"):
        response = client.get("/static/built/map.css", headers={"Accept-Encoding": header})
        assert response.headers["content-encoding"] == "br"


def test_two_headers_count_together(client: Client) -> None:
    headers = [("Accept-Encoding", "zstd, gzip"), ("Accept-Encoding", "zstd;q=0")]
    assert client.get("/api/v1/figures", headers=headers).headers["content-encoding"] == "gzip"
    assert client.get("/api/v1/figures", headers={"Accept-Encoding": "zstd"}).headers["content-encoding"] == "zstd"
