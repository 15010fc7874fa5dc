"""Applications of older releases: made once, one at a time, closed at the end; a release that cannot be read is refused."""

import threading
from collections.abc import Callable

import pytest
from fastapi import FastAPI

from overt.model.errors import OvertError
from overt.server.known_releases import KnownRefused, KnownReleases

FIRST, SECOND, THIRD = "2026-01-01-00000001", "2026-02-01-00000002", "2026-03-01-00000003"


class Maker:
    """Makes applications, except of the second release, which cannot be read."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.closed: list[str] = []
        self.begun, self.finish = threading.Event(), threading.Event()
        self.finish.set()

    def __call__(self, release: str) -> tuple[FastAPI, Callable[[], None]]:
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


def test_a_server_that_stops_makes_no_more() -> None:
    maker, stop = Maker(), threading.Event()
    stop.set()
    KnownReleases([FIRST], maker).make_all(stop)
    assert not maker.made
