"""Applications of older releases are made once, one at a time, and closed at the end. Unreadable releases are refused."""

import sqlite3
import threading
from collections.abc import Callable

import pytest
from fastapi import FastAPI

from overt.index.prepared_release import PreparedRelease
from overt.index.serve_settings import ServeSettings
from overt.model.engines.request_time_limit import OutOfTime, TimeLimit, current_limit, time_limit
from overt.model.errors import OvertError
from overt.model.progress import Progress
from overt.queries.database import Database
from overt.release.release_folders import list_releases
from overt.server import app, older_releases, sites_by_language
from overt.server.older_releases import KnownRefused, KnownReleases
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

FIRST, SECOND, THIRD = "2026-01-01-00000001", "2026-02-01-00000002", "2026-03-01-00000003"


class Maker:
    """Makes applications, except for the second release, which can't be read."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.closed: list[str] = []
        self.begun, self.finish = threading.Event(), threading.Event()
        self.finish.set()

    def __call__(self, release: str, progress: Progress) -> tuple[FastAPI, Callable[[], None]]:
        self.begun.set()
        assert self.finish.wait(10)
        self.made.append(release)
        if release == SECOND:
            raise OvertError("its tables are damaged")
        return FastAPI(), lambda: self.closed.append(release)


def test_each_application_is_made_once_and_closed_once() -> None:
    maker = Maker()
    known = KnownReleases([FIRST, SECOND, THIRD], maker)
    known.make_all(threading.Event())
    assert maker.made == [THIRD, SECOND, FIRST], "the newest first"
    assert known.application(THIRD) is known.ready(THIRD) is not None
    for _ in range(2):
        with pytest.raises(KnownRefused) as refused:
            known.application(SECOND)
        assert refused.value.status == 400 and refused.value.values == {"text": SECOND, "releases": f"{FIRST}, {THIRD}"}
    assert len(maker.made) == 3
    known.close()
    assert sorted(maker.closed) == [FIRST, THIRD]


def test_nobody_waits_for_the_application_that_another_request_makes() -> None:
    maker = Maker()
    maker.finish.clear()
    known = KnownReleases([FIRST, THIRD], maker)
    thread = threading.Thread(target=known.application, args=(FIRST,))
    thread.start()
    assert maker.begun.wait(10)
    for release in (FIRST, THIRD):
        with pytest.raises(KnownRefused) as refused:
            known.application(release)
        assert refused.value.status == 503
    maker.finish.set()
    thread.join()
    assert known.application(FIRST) is known.ready(FIRST) is not None


def test_a_date_chooses_among_all_releases_as_it_does_for_commands() -> None:
    earlier = ["2025-06-01-0000000a", "2025-12-01-0000000b"]
    known = KnownReleases([FIRST, THIRD], Maker(), [*earlier, FIRST, SECOND, THIRD])
    assert known.choose("2026-01") == known.choose(f"{FIRST}+open") == FIRST and known.choose("2027") == THIRD
    for text in ("2025", "2026-02", SECOND, earlier[1]):
        with pytest.raises(KnownRefused, match="is not served here") as refused:
            known.choose(text)
        assert refused.value.values == {"text": SECOND if "02" in text[5:7] else earlier[1], "releases": f"{FIRST}, {THIRD}"}
    for text, message in (("2024", "every release has"), ("soon", "is not a release"), ("2026-01-01-99999999", "not served")):
        with pytest.raises(KnownRefused, match=message):
            known.choose(text)


def test_a_server_that_stops_makes_no_more() -> None:
    maker, stop = Maker(), threading.Event()
    stop.set()
    KnownReleases([FIRST], maker).make_all(stop)
    assert not maker.made


def test_a_server_that_stops_ends_what_is_being_made() -> None:
    begun, stop = threading.Event(), threading.Event()

    def make(release: str, progress: Progress) -> tuple[FastAPI, Callable[[], None]]:
        begun.set()
        while True:
            progress("never ready")
            stop.wait(0.01)

    known = KnownReleases([FIRST, THIRD], make)
    thread = threading.Thread(target=known.make_all, args=(stop,))
    thread.start()
    assert begun.wait(10)
    stop.set()
    thread.join(10)
    assert not thread.is_alive() and known.ready(THIRD) is None
    known.close()


def test_a_step_without_end_does_not_keep_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older_releases, "_LAST_SECONDS", 0.01)
    maker = Maker()
    maker.finish.clear()
    known = KnownReleases([FIRST], maker)
    thread = threading.Thread(target=known.application, args=(FIRST,))
    thread.start()
    assert maker.begun.wait(10)
    known.close()
    assert thread.is_alive()
    maker.finish.set()
    thread.join()


@pytest.mark.parametrize("error", [OSError("disk full"), OutOfTime(), sqlite3.OperationalError("database or disk is full")])
def test_what_may_pass_is_tried_again(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    if isinstance(error, sqlite3.Error):
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
    errors = [error]

    def make(release: str, progress: Progress) -> tuple[FastAPI, Callable[[], None]]:
        if errors:
            raise errors.pop()
        return FastAPI(), lambda: None

    known = KnownReleases([FIRST, THIRD], make)
    for _ in range(2):
        with pytest.raises(KnownRefused) as refused:
            known.application(FIRST)
        assert refused.value.status == 503, "not at once again, which would use up the machine"
    assert not errors and known.application(THIRD)
    monkeypatch.setattr(older_releases, "RETRY_SECONDS", 0)
    assert known.application(FIRST) is known.ready(FIRST) is not None


def test_the_time_of_the_request_does_not_end_the_work(two_releases: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    older = list_releases(two_releases.workspace.releases)[0].name
    served = app.create_app(ServeSettings(two_releases.workspace, two_releases.release))
    prepare, limits = app.prepare, list[TimeLimit | None]()

    def slow(settings: ServeSettings, progress: Progress) -> PreparedRelease:
        limits.append(current_limit())
        if limits[-1]:
            limits[-1]._end = 0
        return prepare(settings, progress)

    monkeypatch.setattr(app, "prepare", slow)
    assert Client(served).get(f"/api/v1/projects?known={older}").json()["release"] == older
    assert limits == [None]
    with time_limit(limit := TimeLimit(20)), time_limit(None):
        assert current_limit() is None
    assert limit.seconds_left() > 0


def test_an_application_that_fails_leaves_nothing_open(two_releases: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    older = list_releases(two_releases.workspace.releases)[0].name
    served = app.create_app(ServeSettings(two_releases.workspace, two_releases.release))
    closed, close = list[Database](), Database.close

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    def noted(database: Database) -> None:
        closed.append(database)
        close(database)

    monkeypatch.setattr(Database, "close", noted)
    for module, part in ((app, "_state_application"), (sites_by_language, "StoredReleases")):
        with monkeypatch.context() as patched:
            patched.setattr(module, part, fail)
            patched.setattr(older_releases, "RETRY_SECONDS", 0)
            assert Client(served).get(f"/api/v1/projects?known={older}").status_code == 503
    assert len(closed) == 2
    assert Client(served).get(f"/api/v1/projects?known={older}").status_code == 503, "it was tried a moment ago"
