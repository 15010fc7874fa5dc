"""The warm-up renders tiles, charts and pages ahead, yields to readers, is not limited like a client, and survives failures."""

import asyncio
import threading
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from overt.charts import chart_renderer
from overt.http.rate_limit import RateLimitMiddleware
from overt.http.reader_activity import ActivityTracker
from overt.server import warm_up
from overt.server.app import ServeSettings, create_app, prepare
from overt.server.sites_by_language import make_sites
from overt.site.country import page as countries
from overt.site.figure import page as figures
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas, make_atlas


def test_background_work_waits_while_a_reader_is_served() -> None:
    tracker, stop = ActivityTracker(), threading.Event()
    tracker.wait_until_quiet(stop)  # there has been no reader yet
    quiet = threading.Event()
    thread = threading.Thread(target=lambda: (tracker.wait_until_quiet(stop), quiet.set()))
    with tracker.request():
        thread.start()
        assert not quiet.wait(0.6), "longer than the quiet time after a request"
    assert quiet.wait(30)
    thread.join()


def test_stopping_the_server_ends_the_wait() -> None:
    tracker, stop = ActivityTracker(), threading.Event()
    with tracker.request():
        thread = threading.Thread(target=tracker.wait_until_quiet, args=[stop])
        thread.start()
        stop.set()
        thread.join(30)
    assert not thread.is_alive()


def test_every_reader_is_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[ActivityTracker] = []
    original = ActivityTracker.request

    def counted(tracker: ActivityTracker) -> object:
        requests.append(tracker)
        return original(tracker)

    monkeypatch.setattr(ActivityTracker, "request", counted)
    client.get("/healthz")
    assert len(requests) == 1


def test_tiles_of_the_world_are_made_ahead_in_every_packing(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(ServeSettings(atlas.workspace, atlas.release, public=True))
    for packing in warm_up._PACKINGS:
        asyncio.run(warm_up._request(app, "/tiles/0/0/0.mvt", packing))
    monkeypatch.setattr("overt.queries.maps.tile_points.points", None)
    for packing in ("gzip", "gzip, deflate, br, zstd", "gzip, deflate"):
        assert Client(app).get("/tiles/0/0/0.mvt", headers={"Accept-Encoding": packing, "Host": "a.example"}).status_code == 200
    assert Client(app).get("/tiles/5/0/0.mvt").status_code == 500, "it would be made now"


def test_the_warm_up_is_not_limited_like_a_client(caplog: pytest.LogCaptureFixture) -> None:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(scope["path"], 404 if scope["path"] == "/nothing" else 200)(scope, receive, send)

    limited = RateLimitMiddleware(answer, per_minute=2)
    for path in ("/", "/figures", "/sources", "/nothing"):
        asyncio.run(warm_up._request(limited, path, b"gzip"))
    assert caplog.messages == ["/nothing: could not be rendered ahead: it answered with status 404"]
    reader = Client(limited)
    assert [reader.get("/").status_code for _ in range(3)] == [200, 200, 429]


def test_failures_are_logged_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fail(*_: object) -> None:
        raise OSError("no charts today")

    done: list[str] = []
    monkeypatch.setattr(warm_up, "load_pages", lambda: [SimpleNamespace(drawn_ahead=fail, ahead=fail)] * 2)
    site = SimpleNamespace(charts=SimpleNamespace(prepare=fail), database=SimpleNamespace(lease=lambda: nullcontext()))
    with warm_up.warm_up([site], fail, tasks=[fail], last=lambda stop: done.append("last")):
        next(thread for thread in threading.enumerate() if thread.name == "warm-up").join(30)
    assert done == ["last"]
    assert caplog.messages.count("could not be made ready: OSError: no charts today") == 4


def test_drawings_are_made_ahead_and_then_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    orders: list[bytes] = []

    class Counting:
        def draw(self, order: bytes) -> str:
            orders.append(order)
            return '<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>'

    monkeypatch.setattr(chart_renderer, "chart_process", Counting)
    workspace, release = make_atlas(tmp_path / "atlas")
    settings = ServeSettings(workspace, release)
    sites = make_sites(settings, prepare(settings))
    with warm_up.warm_up(sites.values()):
        next(thread for thread in threading.enumerate() if thread.name == "warm-up").join()
    ahead = len(orders)
    assert ahead == len(set(orders)) > 10
    client = Client(create_app(settings))
    for path in ("/country/KE/rows", "/zh/country/KE/rows", "/figure/test-money", "/zh/figure/test-money"):
        assert "<svg" in client.get(path).text
    assert len(orders) == ahead, "nothing is left to be drawn while a reader waits"
    assert any(True for _ in countries.charts(sites["en"])) and any(True for _ in figures.charts(sites["en"]))


@pytest.mark.slow
def test_country_pages_are_rendered_ahead_and_cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, release = make_atlas(tmp_path / "atlas")
    settings = ServeSettings(workspace, release)
    app = create_app(settings)
    with warm_up.warm_up(make_sites(settings, prepare(settings)).values(), app):
        next(thread for thread in threading.enumerate() if thread.name == "warm-up").join()

    def broken(*_: object) -> None:
        raise AssertionError("made anew")

    monkeypatch.setattr("overt.site.site.Site.render", broken)
    client = Client(app)
    for path in ("/", "/zh/", "/countries", "/country/KE", "/zh/country/KE"):
        assert client.get(path).status_code == 200
    assert client.get("/country/KE/print").status_code == 500


def test_a_failing_page_does_not_stop_the_warm_up(caplog: pytest.LogCaptureFixture) -> None:
    paths: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        paths.append(scope["path"])
        if scope["path"] == "/countries":
            raise ValueError("no such thing")

    asyncio.run(
        warm_up._render_pages(app, ["/", "/countries", "/country/KE"], threading.Event(), ActivityTracker().wait_until_quiet)
    )
    assert paths == ["/", "/countries", "/country/KE"]
    (message,) = caplog.messages
    assert message == "/countries: could not be rendered ahead: ValueError: no such thing"
