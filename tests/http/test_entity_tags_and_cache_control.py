"""Entity tags, Cache-Control and HEAD requests."""

import pytest

from tests.support.client import Client

SOME = ("/", "/figures", "/country/KE", "/method", "/figure/test-projects.csv", "/api/v1/map/places", "/projects.csv")


@pytest.mark.parametrize("path", SOME)
def test_unchanged_pages_are_not_sent_again(client: Client, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    again = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-type" not in again.headers
    assert again.headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_errors_have_no_tag(client: Client) -> None:
    tag = client.get("/").headers["etag"]
    missing = client.get("/nothing", headers={"If-None-Match": tag})
    assert missing.status_code == 404
    assert "etag" not in missing.headers


def test_head_is_get_without_a_body(client: Client) -> None:
    for path in (*SOME, "/static/style.css", "/nothing", "/healthz"):
        full, head = client.get(path), client.request("HEAD", path)
        assert head.status_code == full.status_code
        assert head.content == b""
        assert head.headers["content-type"] == full.headers["content-type"]


def test_cache_control_by_kind_of_answer(client: Client, public_client: Client) -> None:
    assert client.get("/").headers["cache-control"] == "private, no-cache"
    assert public_client.get("/").headers["cache-control"] == "public, max-age=300"
    assert public_client.get("/releases").headers["cache-control"] == "no-cache"
    assert "immutable" in client.get("/static/style.css?v=1").headers["cache-control"]
    assert "immutable" not in client.get("/static/style.css").headers["cache-control"]


def test_editions_have_tags_of_their_own(client: Client, public_client: Client) -> None:
    assert client.get("/").headers["etag"] != public_client.get("/").headers["etag"]
