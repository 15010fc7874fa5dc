"""What is made ahead keeps out of the way of readers."""

import threading

import pytest

from overt.http.activity import Readers
from tests.support.client import Client


def test_nothing_is_made_ahead_while_a_reader_waits() -> None:
    readers, stop = Readers(), threading.Event()
    readers.wait_until_away(stop)  # nobody was ever here
    readers.come()
    away = threading.Event()
    thread = threading.Thread(target=lambda: (readers.wait_until_away(stop), away.set()))
    thread.start()
    assert not away.wait(0.6), "longer than a reader is waited for who has been answered"
    readers.go()
    assert away.wait(30)
    thread.join()


def test_who_stops_the_server_is_not_kept_waiting() -> None:
    readers, stop = Readers(), threading.Event()
    readers.come()
    thread = threading.Thread(target=readers.wait_until_away, args=[stop])
    thread.start()
    stop.set()
    thread.join(30)
    assert not thread.is_alive()


def test_every_reader_is_noticed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(Readers, "come", lambda self: seen.append("come"))
    monkeypatch.setattr(Readers, "go", lambda self: seen.append("go"))
    client.get("/healthz")
    assert seen == ["come", "go"]
