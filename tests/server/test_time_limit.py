"""Slow queries are interrupted in SQLite and in DuckDB. The response is 503, or is cut off if it has begun."""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fastapi import FastAPI
from starlette.types import Message, Receive, Send

from overt.index.serve_settings import ServeSettings
from overt.model.engines.duckdb_connection import connect, interrupted_in_time
from overt.model.engines.request_time_limit import OutOfTime, TimeLimit, time_limit
from overt.queries.database import Database, Reader
from overt.release.release_reader import Release
from overt.server.app import create_app
from overt.site.explorer import explorer_downloads
from tests.support.client import Client
from tests.support.small_atlas import SmallAtlas

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_query_of_the_index_ends_with_its_time(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "index.sqlite").close()
    database = Database(tmp_path / "index.sqlite")
    with pytest.raises(OutOfTime), time_limit(TimeLimit(0.1)), database.lease() as reader:
        reader.select(ENDLESS)
    with pytest.raises(OutOfTime), time_limit(TimeLimit(-1)), database.lease():
        pass
    limit = TimeLimit(60)
    with time_limit(limit), database.lease() as reader:
        assert reader.select("SELECT 1 AS n") == [{"n": 1}]
    with database.lease() as reader:
        limit._end = 0
        assert reader.select("SELECT 1 AS n") == [{"n": 1}], "a later reader has no limit"
    database.close()


def test_a_query_of_a_release_ends_with_its_time(atlas: SmallAtlas) -> None:
    with Release(atlas.workspace.releases / atlas.release) as release:
        with pytest.raises(OutOfTime), time_limit(TimeLimit(0.1)):
            release.rows("SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range = b.range + 1")
        with time_limit(TimeLimit(60)):
            assert release.rows("SELECT 1 AS n") == [{"n": 1}]


def test_other_errors_of_duckdb_stay() -> None:
    with pytest.raises(duckdb.Error), time_limit(TimeLimit(60)), connect() as connection, interrupted_in_time(connection):
        connection.execute("SELECT nothing")


def test_readers_are_told_to_ask_for_less(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(create_app(ServeSettings(atlas.workspace, atlas.release)))

    def slow(self: Reader, *_: object) -> object:
        return self._connection.execute(ENDLESS).fetchall()

    original = TimeLimit.restart

    def short(self: TimeLimit) -> None:
        self._seconds = 0.2
        original(self)

    assert client.get("/search?q=huawei").status_code == 200
    monkeypatch.setattr(TimeLimit, "restart", short)
    monkeypatch.setattr(Reader, "_run", slow)
    page, data = client.get("/search?q=kenya"), client.get("/api/v1/search?q=kenya")
    for response in (page, data):
        assert response.status_code == 503
        assert "retry-after" not in response.headers and response.headers["cache-control"] == "no-store"
        assert "takes longer than the server allows" in response.text
    assert data.json()["status"] == 503
    assert "<h1>" in page.text and "content-security-policy" in page.headers
    monkeypatch.undo()
    assert client.get("/search?q=kenya").status_code == 200


def test_a_response_that_has_begun_is_cut_off_without_a_traceback(atlas: SmallAtlas, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> Iterator[bytes]:
        yield b"{"
        raise OutOfTime

    monkeypatch.setattr(explorer_downloads, "_features", late)
    app = create_app(ServeSettings(atlas.workspace, atlas.release, public=True))
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "path": "/projects.geojson", "raw_path": b"/projects.geojson",
        "query_string": b"q=x", "headers": [(b"host", b"localhost")], "client": ("192.0.2.1", 1), "server": ("localhost", 80),
        "scheme": "http", "root_path": "", "asgi": {"version": "3.0"},
    }  # fmt: skip
    asyncio.run(asyncio.wait_for(_request(app, scope, receive, send), 30))
    assert [message["type"] for message in sent][:1] == ["http.response.start"]
    assert sent[-1].get("more_body", True), "the end is missing"


async def _request(app: FastAPI, scope: dict[str, Any], receive: Receive, send: Send) -> None:
    first = True

    async def once() -> Message:
        nonlocal first
        if first:
            first = False
            return {"type": "http.request", "body": b"", "more_body": False}
        return await receive()

    await app(scope, once, send)
