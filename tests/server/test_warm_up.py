"""The warm-up yields to readers, renders tiles ahead, is not limited like a client, and survives failures."""

import asyncio
import threading
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from overt.http.rate_limit import RateLimitMiddleware
from overt.http.reader_activity import ActivityTracker
from overt.index.serve_settings import ServeSettings
from overt.server import warm_up
from overt.server.app import create_app
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas


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
