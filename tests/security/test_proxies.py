"""A private server refuses forwarded requests. A public server trusts only the proxies in its settings."""

from collections.abc import Callable

import pytest
from starlette.types import Receive, Scope, Send

from overt.cli.web_server import server_config
from overt.http.foreign_and_forwarded_request_refusal import FORWARDING
from overt.model.settings import SiteSettings
from overt.server.app import ServeSettings, create_app
from tests.support.client import Client
from tests.support.hostile_and_secret_words import SECRETS
from tests.support.small_atlas import SmallAtlas

PASSED_ON = [
    ("X-Forwarded-For", "203.0.113.9"),
    ("x-forwarded-for", ""),
    ("Forwarded", "for=203.0.113.9;proto=https"),
    ("X-Forwarded-Host", "atlas.example"),
    ("X-Forwarded-Proto", "https"),
    ("X-Forwarded-Server", "proxy"),
    ("X-Real-IP", "203.0.113.9"),
    ("X-Client-IP", "203.0.113.9"),
    ("True-Client-IP", "203.0.113.9"),
    ("CF-Connecting-IP", "203.0.113.9"),
    ("Via", "1.1 proxy"),
    ("X-Original-Host", "atlas.example"),
]


@pytest.mark.parametrize(("name", "value"), PASSED_ON)
def test_a_private_server_refuses_what_a_proxy_passes_on(client: Client, name: str, value: str) -> None:
    for path in ("/", "/projects.csv", "/api/v1/projects", "/healthz", "/static/style.css"):
        answer = client.get(path, headers={name: value})
        assert answer.status_code == 403, path
        assert answer.text == (
            "A proxy passed this request on, and this server is for its own machine. Start it with `overt serve --public`.\n"
        )
        assert not [mark for mark in SECRETS if mark in answer.text]


@pytest.mark.parametrize(("name", "value"), PASSED_ON)
def test_a_public_server_gives_the_same_answer_through_a_proxy(public_client: Client, name: str, value: str) -> None:
    for path in ("/projects.csv", "/figures", "/api/v1/figures"):
        answer = public_client.get(path, headers={name: value})
        assert answer.text == public_client.get(path).text
        assert not [mark for mark in SECRETS if mark in answer.text]


def test_names_of_forwarding_headers_are_compared_as_they_arrive() -> None:
    """ASGI servers send header names in lower case."""
    assert all(name == name.lower() for name in FORWARDING)


def _client_seen(site: SiteSettings, peer: str, forwarded: str) -> Callable[[], str]:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["client"][0])

    seen: list[str] = []
    config = server_config(app, site)
    config.load()
    scope = {"type": "http", "client": (peer, 1), "headers": [(b"x-forwarded-for", forwarded.encode())]}

    def run() -> str:
        call = config.loaded_app(scope, None, None)  # type: ignore[arg-type]
        with pytest.raises(StopIteration):
            call.__await__().__next__()  # type: ignore[union-attr]
        return seen[0]

    return run


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "client"),
    [
        ([], "127.0.0.1", "203.0.113.9", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (["127.0.0.1"], "198.51.100.7", "203.0.113.9", "198.51.100.7"),
        (["127.0.0.1"], "127.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (["10.0.0.0/8"], "10.1.2.3", "203.0.113.9, 10.9.9.9", "203.0.113.9"),
    ],
)
def test_only_named_proxies_say_who_the_client_is(
    proxies: list[str], peer: str, forwarded: str, client: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    assert _client_seen(SiteSettings(proxies=proxies), peer, forwarded)() == client


def test_requests_are_reported_to_no_collector(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    from opentelemetry import trace

    class Provider(trace.NoOpTracerProvider):
        def get_tracer(self, *names: object, **more: object) -> trace.Tracer:
            tracers.append(names)
            return super().get_tracer("test")

    tracers: list[object] = []
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("opentelemetry.trace._TRACER_PROVIDER", Provider())
    assert Client(create_app(ServeSettings(atlas.workspace, atlas.release))).get("/search?q=huawei").status_code == 200
    assert not tracers
