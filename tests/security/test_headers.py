"""Readers are protected and not watched."""

import logging
from pathlib import Path

import pytest

from overt.http.security_headers import PROTECTION
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
    "/?kind=x",
)


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_answer_is_protected(client: Client, path: str) -> None:
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


def test_pages_load_nothing_from_elsewhere(crawled: Crawled) -> None:
    pages, _ = crawled
    for path, page in pages.items():
        assert not [address for address in page.loaded if not address.startswith(("/static/", "#"))], path


def test_links_out_tell_nobody_where_the_reader_was(crawled: Crawled) -> None:
    pages, _ = crawled
    outward = [page for page in pages.values() if any(link.startswith("http") for link in page.links)]
    assert outward
    for page in outward:
        assert page.html.count('href="http') == page.html.count('rel="noopener noreferrer"'), page.path


def test_faults_show_nothing_of_the_inside(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(create_app(ServeSettings(atlas.workspace, atlas.release)))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail /home/editor/atlas")

    monkeypatch.setattr("overt.site.explorer.map_drawing.map_places", broken)
    monkeypatch.setattr("overt.api.map.map_places", broken)
    for path, kind in (("/", "text/html"), ("/api/v1/map/places", "application/problem+json")):
        answer = client.get(path)
        assert answer.status_code == 500
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["cache-control"] == "no-store"
        assert {name: answer.headers[name] for name in PROTECTION} == PROTECTION
        for words in ("secret detail", "Traceback", "RuntimeError", str(atlas.workspace.root), "/home"):
            assert words not in answer.text


def test_paths_of_this_machine_are_on_no_page(crawled: Crawled, atlas: SmallAtlas) -> None:
    pages, _ = crawled
    assert not [path for path, page in pages.items() if str(atlas.workspace.root) in page.html or "site-packages" in page.html]


def test_nothing_is_logged_of_who_reads_what(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/search?q=a-very-private-question")
        client.get("/project/ovt-aaaaaaaaaaaa")
        client.get("/?kind=a-very-private-question")
    ours = [record for record in caplog.records if record.name.partition(".")[0] not in ("asyncio", "httpx", "httpcore")]
    assert ours == []


@pytest.mark.parametrize(
    "host", ["attack.example", "attack.example:8765", "127.0.0.1.attack.example", "", "localhost.attack.example"]
)
def test_a_private_atlas_answers_under_its_own_names_only(client: Client, public_client: Client, host: str) -> None:
    """Else a foreign page could point a name of its own at this machine and read what only its people may."""
    refused = client.get("/", headers={"Host": host})
    assert refused.status_code == 421
    assert "Overt" not in refused.text
    assert public_client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8765", "127.0.0.1:1", "[::1]:8765"])
def test_the_names_of_this_machine(client: Client, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_the_onion_service_is_named_where_there_is_one(tmp_path: Path) -> None:
    workspace, release = make_atlas(tmp_path / "atlas")
    onion = f"http://{'a' * 56}.onion"
    settings = workspace.root / "overt.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('onion = ""', f'onion = "{onion}/"'), encoding="utf-8")
    there = Client(create_app(ServeSettings(Workspace.open(workspace.root), release, beyond_loopback=True)))
    assert there.get("/country/KE").headers["onion-location"] == f"{onion}/country/KE"
    assert there.get("/?country=KE&q=a%20b").headers["onion-location"] == f"{onion}/?country=KE&q=a%20b"
    assert there.get("/nothing").headers["onion-location"] == f"{onion}/nothing"
    assert "onion-location" not in there.get("/projects.csv").headers
    again = there.get("/country/KE", headers={"Accept-Encoding": "gzip"})
    assert again.headers["onion-location"] == f"{onion}/country/KE"


def test_no_onion_service_is_made_up(client: Client) -> None:
    assert "onion-location" not in client.get("/").headers


@pytest.mark.parametrize(
    "onion", ["javascript:alert(1)", "http://atlas.example", "http://short.onion", "http://x.onion/\\r\\nSet-Cookie: a=b"]
)
def test_settings_take_no_other_address_for_one(onion: str) -> None:
    with pytest.raises(ValueError):
        SiteSettings(address="", onion=onion)
