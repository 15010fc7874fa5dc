"""Responses protect readers and name the onion service. Requests aren't logged. A private atlas refuses foreign host names."""

import logging
from pathlib import Path

import pytest

from overt.http.response_headers import SECURITY_HEADERS
from overt.model.settings import SiteSettings
from overt.model.workspace import Workspace
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.crawl import Crawled
from tests.support.small_atlas import SmallAtlas, make_atlas

ADDRESSES = (
    "/",
    "/nothing",
    "/country/ke",
    "/api/v1/figures",
    "/api/nothing",
    "/static/style.css",
    "/projects.csv",
    "/healthz",
    "/explorer?kind=x",
)


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_response_has_security_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["font-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"] and "http" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers
    assert "server" not in headers


def test_pages_load_no_files_of_other_sites(crawled: Crawled) -> None:
    pages, _ = crawled
    for path, page in pages.items():
        assert not [address for address in page.loaded if not address.startswith(("/static/", "#"))], path


def test_external_links_send_no_referrer(crawled: Crawled) -> None:
    pages, _ = crawled
    linking = [page for page in pages.values() if any(link.startswith("http") for link in page.links)]
    assert linking
    for page in linking:
        assert page.html.count('href="http') == page.html.count('rel="noopener noreferrer"'), page.path


def test_server_errors_reveal_no_internals(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(create_app(ServeSettings(atlas.workspace, atlas.release)))

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail /home/editor/atlas")

    monkeypatch.setattr("overt.site.explorer.map_drawing.map_places", fail)
    monkeypatch.setattr("overt.api.map_features_and_country_shading.map_places", fail)
    for path, kind in (("/explorer", "text/html"), ("/api/v1/map/places", "application/problem+json")):
        answer = client.get(path)
        assert answer.status_code == 500
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["cache-control"] == "no-store"
        assert {name: answer.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
        for words in ("secret detail", "Traceback", "RuntimeError", str(atlas.workspace.root), "/home"):
            assert words not in answer.text


def test_no_page_has_paths_of_the_machine(crawled: Crawled, atlas: SmallAtlas) -> None:
    pages, _ = crawled
    assert not [path for path, page in pages.items() if str(atlas.workspace.root) in page.html or "site-packages" in page.html]


def test_requests_are_not_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/search?q=a-very-private-question")
        client.get("/project/ovt-aaaaaaaaaaaa")
        client.get("/explorer?kind=a-very-private-question")
    records = [record for record in caplog.records if record.name.partition(".")[0] not in ("asyncio", "httpx", "httpcore")]
    assert records == []


@pytest.mark.parametrize(
    "host", ["attack.example", "attack.example:8765", "127.0.0.1.attack.example", "", "localhost.attack.example"]
)
def test_a_private_atlas_refuses_foreign_host_names(client: Client, public_client: Client, host: str) -> None:
    """This prevents DNS rebinding: a foreign page points its own name at this machine."""
    response = client.get("/", headers={"Host": host})
    assert response.status_code == 421
    assert "Overt" not in response.text
    assert public_client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8765", "127.0.0.1:1", "[::1]:8765"])
def test_a_private_atlas_accepts_loopback_names(client: Client, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_pages_name_the_onion_service(tmp_path: Path) -> None:
    workspace, release = make_atlas(tmp_path / "atlas")
    onion = f"http://{'a' * 56}.onion"
    settings = workspace.root / "overt.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('onion = ""', f'onion = "{onion}/"'), encoding="utf-8")
    client = Client(create_app(ServeSettings(Workspace.open(workspace.root), release, public=True)))
    assert client.get("/country/KE").headers["onion-location"] == f"{onion}/country/KE"
    assert client.get("/explorer?country=KE&q=a%20b").headers["onion-location"] == f"{onion}/explorer?country=KE&q=a%20b"
    assert client.get("/nothing").headers["onion-location"] == f"{onion}/nothing"
    assert "onion-location" not in client.get("/projects.csv").headers
    compressed = client.get("/country/KE", headers={"Accept-Encoding": "gzip"})
    assert compressed.headers["onion-location"] == f"{onion}/country/KE"


def test_pages_name_no_onion_service_without_a_setting(client: Client) -> None:
    assert "onion-location" not in client.get("/").headers


@pytest.mark.parametrize(
    "onion", ["javascript:alert(1)", "http://atlas.example", "http://short.onion", "http://x.onion/\\r\\nSet-Cookie: a=b"]
)
def test_invalid_onion_addresses_are_refused(onion: str) -> None:
    with pytest.raises(ValueError):
        SiteSettings(address="", onion=onion)
