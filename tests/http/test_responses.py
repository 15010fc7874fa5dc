"""Caching, HEAD requests, compression, static files, requests from other origins, and errors for programs."""

import pytest

from overt.http.data_or_page_address import is_data
from overt.http.static_files import static_folder
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

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


def test_compression(client: Client) -> None:
    response = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in response.headers["vary"].lower()
    assert response.headers["etag"].startswith("W/"), "the tag is that of the page, however it is sent"


def test_cache_control_by_kind_of_answer(client: Client, public_client: Client) -> None:
    assert client.get("/").headers["cache-control"] == "private, no-cache"
    assert public_client.get("/").headers["cache-control"] == "public, max-age=300"
    assert public_client.get("/releases").headers["cache-control"] == "no-cache"
    assert "immutable" in client.get("/static/style.css?v=1").headers["cache-control"]
    assert "immutable" not in client.get("/static/style.css").headers["cache-control"]


def test_editions_have_tags_of_their_own(client: Client, public_client: Client) -> None:
    assert client.get("/").headers["etag"] != public_client.get("/").headers["etag"]


def test_files_have_the_type_that_browsers_want(client: Client) -> None:
    assert client.get("/static/style.css").headers["content-type"] == "text/css; charset=utf-8"
    assert client.get("/static/favicon.svg").headers["content-type"] == "image/svg+xml"
    for path in (
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/%2e%2e%2f%2e%2e%2fapp.py",
        "/static//etc/passwd",
        "/static/",
    ):
        assert client.get(path).status_code == 404, path


def test_nothing_is_made_at_import() -> None:
    import overt.server.app as module

    assert not [name for name, value in vars(module).items() if type(value).__name__ in ("FastAPI", "APIRouter", "Site")]


def test_applications_share_nothing(atlas: SmallAtlas) -> None:
    first_client = Client(create_app(ServeSettings(atlas.workspace, atlas.release)))
    other = Client(create_app(ServeSettings(atlas.workspace, atlas.release, public=True)))
    assert first_client.get("/sources").text != other.get("/sources").text


def test_files_are_sent_packed_to_readers_who_take_it(client: Client) -> None:
    if not (static_folder() / "built" / "map.js.br").is_file():
        pytest.skip("the front end has not been built (make setup)")
    packed = client.get("/static/built/world-steps.json", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["content-encoding"] == "br"
    assert packed.headers["content-type"] == "application/json"
    assert packed.headers["vary"] == "Accept-Encoding"
    plain = client.get("/static/built/world-steps.json", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert int(packed.headers["content-length"]) < len(plain.content) / 2


def test_pages_and_data_have_separate_addresses() -> None:
    files = ("/project/ovt-x.jsonld", "/project/ovt-x.bib", "/project/ovt-x.csl.json", "/project/ovt-x.prov.jsonld", "/map.png")
    for path in ("/zh/ogc", "/ogc/collections", "/figure/x.csv", "/release/x/tables/y.parquet", "/tiles", "/reconcile", *files):
        assert is_data(path), path
    for path in ("/", "/zh/", "/figure/x", "/release/2026-11-25-a+open", "/figure/x/embed", "/ogcs", "/static/built/world.json"):
        assert not is_data(path), path


def test_data_of_a_public_site_are_for_pages_of_any_origin(public_client: Client) -> None:
    for path in ("/zh/ogc", "/projects.csv", "/map.svg"):
        for headers in ({}, {"Origin": "https://others.example"}):
            response = public_client.get(path, headers=headers)
            assert response.headers["access-control-allow-origin"] == "*", path
            assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    page = public_client.get("/figure/test-projects", headers={"Origin": "https://others.example"})
    assert page.status_code == 200 and "access-control-allow-origin" not in page.headers


def test_data_of_this_machine_say_that_they_differ_by_origin(client: Client) -> None:
    for headers in ({}, {"Origin": "http://localhost:3333"}, {"Origin": "https://others.example"}):
        response = client.get("/zh/ogc", headers=headers)
        assert "origin" in response.headers["vary"].lower()
        allowed = response.headers.get("access-control-allow-origin")
        assert allowed == (headers["Origin"] if "localhost" in headers.get("Origin", "") else None)


@pytest.mark.parametrize("path", ["/projects.csv", "/ogc/api?f=json", "/ogc/collections/projects/queryables?f=json", "/map.svg"])
def test_all_types_of_data_are_compressed(client: Client, path: str) -> None:
    response = client.get(path, headers={"Accept-Encoding": "zstd"})
    assert (response.status_code, response.headers["content-encoding"]) == (200, "zstd")


def test_pages_are_never_zstd(client: Client) -> None:
    assert "content-encoding" not in client.get("/figure/test-projects", headers={"Accept-Encoding": "zstd"}).headers


@pytest.mark.parametrize("path", ["/projects.csv?kind=nope", "/map.svg?kind=nope", "/figure/nope.csv"])
def test_problems_of_data_are_for_programs(client: Client, path: str) -> None:
    assert client.get(path).headers["content-type"] == "application/problem+json"
