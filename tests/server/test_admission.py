"""Only a few requests run at once. Many requests of one kind, or from one client, don't keep others waiting."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from overt.server import admission_middleware
from overt.server.admission import Admission, AdmissionLimits, Refused, Ticket
from overt.server.admission_middleware import AdmissionMiddleware
from overt.server.request_kinds import request_kind

CHUNK = bytes(100_000)
LIMITS = AdmissionLimits(running=4, running_per_kind=2, waiting_per_kind=3, seconds=5)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/healthz", None),
        ("/static/style.css", None),
        ("/", "page"),
        ("/zh/country/KE", "page"),
        ("/figure/cables", "page"),
        ("/figure/cables@2026-01-01-0123abcd", "release"),
        ("/explorer?country=KE", "query"),
        ("/api/v1/facets", "query"),
        ("/zh/ogc/collections", "query"),
        ("/search?q=huawei", "search"),
        ("/zh/search", "search"),
        ("/api/v1/search", "search"),
        ("/reconcile", "search"),
        ("/tiles/0/0/0.mvt", "tile"),
        ("/api/v1/explore/tiles/0/0/0", "tile"),
        ("/projects.csv?country=KE", "file"),
        ("/zh/country/KE/timeline.csv", "file"),
        ("/map.png", "picture"),
        ("/zh/map.svg", "picture"),
        ("/country/KE/charts/timeline.svg", "picture"),
        ("/api/v1/releases/x/figures", "release"),
    ],
)
def test_the_address_gives_the_kind(address: str, kind: str | None) -> None:
    path, _, query = address.partition("?")
    assert request_kind(path, query.encode()) == kind


def states(tickets: list[Ticket]) -> list[str]:
    return [ticket.state for ticket in tickets]


def without_body() -> Receive:
    """Return the ASGI `receive` function of a request without a body, whose client stays connected."""
    parts: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not parts:
            await asyncio.Event().wait()
        return parts.pop()

    return receive


def in_loop(test: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    def run() -> None:
        asyncio.run(test())  # type: ignore[arg-type]

    run.__name__ = test.__name__
    return run


@in_loop
async def test_many_of_one_kind_leave_room_for_another() -> None:
    admission = Admission(LIMITS)
    searches = [admission.apply("search", "a") for _ in range(4)]
    assert states(searches) == ["running", "running", "waiting", "waiting"]
    tiles = [admission.apply("tile", "a") for _ in range(2)]
    assert states(tiles) == ["running", "running"]
    query = admission.apply("query", "b")
    assert query.state == "waiting", "four run"
    admission.leave(searches[0])
    assert states([searches[2], query]) == ["running", "waiting"]
    admission.leave(searches[1])
    assert states([searches[3], query]) == ["waiting", "running"], "another kind has its turn"


@in_loop
async def test_many_of_one_client_leave_room_for_another() -> None:
    admission = Admission(LIMITS)
    many = [admission.apply("search", "a") for _ in range(5)]
    with pytest.raises(Refused):
        admission.apply("search", "a")
    other = admission.apply("search", "b")
    assert states(many) == ["running", "running", "waiting", "waiting", "refused"]
    admission.leave(many[0])
    admission.leave(many[1])
    assert other.state == "running" and states(many[2:4]).count("running") == 1


@in_loop
async def test_a_request_waits_only_so_long() -> None:
    admission = Admission(LIMITS)
    running = [admission.apply("search", "a") for _ in range(2)]
    waiting = admission.apply("search", "a")
    with pytest.raises(Refused):
        await admission.wait(waiting, 0.01)
    admission.leave(running[0])
    after = admission.apply("search", "b")
    assert after.state == "running"
    for ticket in (running[1], after, waiting):
        admission.leave(ticket)
        admission.leave(ticket)
    assert not admission._running.total() and not admission._waiting


@in_loop
async def test_an_answer_that_has_begun_is_never_refused() -> None:
    admission = Admission(LIMITS)
    running = [admission.apply("file", "a") for _ in range(2)]
    begun = [admission.apply("file", "a", begun=True) for _ in range(5)]
    waiting = [admission.apply("file", "a") for _ in range(3)]
    other = admission.apply("file", "b")
    assert states(begun) == ["waiting"] * 5
    assert states(waiting) == ["waiting", "waiting", "refused"] and other.state == "waiting"
    for ticket in running:
        admission.leave(ticket)
    assert other.state == begun[0].state == "running"


class Server:
    """An application that waits for a signal, and counts how many requests run at once."""

    def __init__(self, response: Callable[[], Response] | None = None) -> None:
        self.running = self.most = 0
        self.go = asyncio.Event()
        self.app = AdmissionMiddleware(self._serve, LIMITS, lambda path: PlainTextResponse(f"busy: {path}", 503))

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.running += 1
        self.most = max(self.most, self.running)
        await self.go.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        self.running -= 1
        await send({"type": "http.response.body", "body": b"answer"})

    async def get(self, path: str, *, gone: asyncio.Event | None = None, client: str | None = "a") -> int:
        messages: list[Message] = []
        parts: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> Message:
            if parts:
                return parts.pop()
            await (gone or asyncio.Event()).wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            messages.append(message)

        address = (client, 1) if client else None
        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "client": address, "headers": []}
        await self.app(scope, receive, send)
        return int(messages[0]["status"])


@in_loop
async def test_requests_over_the_limit_are_refused_and_others_answered() -> None:
    server = Server()
    requests = [asyncio.ensure_future(server.get("/search")) for _ in range(9)]
    other = asyncio.ensure_future(server.get("/healthz"))
    await asyncio.sleep(0.01)
    assert server.running == 3, "two searches and the health check"
    server.go.set()
    assert sorted(await asyncio.gather(*requests)) == [200] * 5 + [503] * 4
    assert await other == 200


@in_loop
async def test_a_reader_who_left_is_not_worked_for() -> None:
    server, gone = Server(), asyncio.Event()
    first = [asyncio.ensure_future(server.get("/search")) for _ in range(2)]
    left = asyncio.ensure_future(server.get("/search", gone=gone))
    await asyncio.sleep(0.01)
    gone.set()
    assert await left == 503
    last = asyncio.ensure_future(server.get("/search"))
    server.go.set()
    assert await asyncio.gather(*first, last) == [200] * 3


@in_loop
async def test_forms_that_arrive_slowly_take_no_turn() -> None:
    async def read_form(scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message["more_body"]
        await PlainTextResponse(body)(scope, receive, send)

    app = AdmissionMiddleware(read_form, LIMITS, lambda path: PlainTextResponse("busy", 503))
    scope = {"type": "http", "method": "POST", "path": "/reconcile", "query_string": b"", "client": ("a", 1), "headers": []}

    async def post(arrived: asyncio.Event, part: bytes) -> bytes:
        parts = [(part, False), (part, True)]

        async def receive() -> Message:
            if len(parts) == 1:
                await arrived.wait()
            body, more = parts.pop()
            return {"type": "http.request", "body": body, "more_body": more}

        async def send(message: Message) -> None:
            answer.append(message.get("body", b""))

        answer: list[bytes] = []
        await app(scope, receive, send)
        return b"".join(answer)

    rest = asyncio.Event()
    slow = [asyncio.ensure_future(post(rest, b"slow")) for _ in range(9)]
    await asyncio.sleep(0.01)
    at_once = asyncio.Event()
    at_once.set()
    assert await asyncio.wait_for(post(at_once, b"fast"), 5) == b"fastfast"
    large = [asyncio.ensure_future(post(rest, b"x" * 900_000)) for _ in range(40)]
    await asyncio.sleep(0.05)
    assert sum(task.done() for task in large) == 5, "36 of them have more than 32 MB"
    rest.set()
    assert {task.result() if task.done() else b"" for task in large} == {b"", b"busy"}
    answers = await asyncio.gather(*slow, *large)
    assert answers[:9] == [b"slowslow"] * 9 and answers[9:].count(b"busy") >= 5
    assert app._buffered == 0


@in_loop
async def test_no_body_uses_more_memory_than_counts() -> None:
    async def wait(scope: Scope, receive: Receive, send: Send) -> None:
        await go.wait()
        await PlainTextResponse("answer")(scope, receive, send)

    go = asyncio.Event()
    app = AdmissionMiddleware(wait, AdmissionLimits(1, 1, 100, 5), lambda path: PlainTextResponse("busy", 503))

    async def request(method: str, bodies: int) -> int:
        async def receive() -> Message:
            nonlocal sent
            await asyncio.sleep(0)
            if sent > bodies:
                await asyncio.Event().wait()
            sent += 1
            read[0] += len(CHUNK) if bodies else 0
            return {"type": "http.request", "body": CHUNK if bodies else b"", "more_body": bodies > 0}

        async def send(message: Message) -> None:
            statuses.append(message.get("status", 0))

        sent, statuses = 0, list[int]()
        scope = {"type": "http", "method": method, "path": "/search", "query_string": b"", "client": ("a", 1), "headers": []}
        await app(scope, receive, send)
        return statuses[0]

    read = [0]
    tasks = [asyncio.ensure_future(request("GET", 0))]
    await asyncio.sleep(0.01)
    tasks += [asyncio.ensure_future(request(method, 100)) for method in ("GET", "POST") * 10]
    await asyncio.sleep(0.1)
    assert read[0] == app._buffered == 20 * (admission_middleware._MAX_FORM_BYTES + len(CHUNK)), "no more of any is read"
    tasks += [asyncio.ensure_future(request("GET", 100)) for _ in range(20)]
    await asyncio.sleep(0.1)
    assert app._buffered <= admission_middleware._MAX_BUFFERED_BYTES + len(CHUNK)
    go.set()
    answers = await asyncio.gather(*tasks)
    assert set(answers[:21]) == {200} and answers.count(503) > 5
    assert app._buffered == 0


@in_loop
async def test_warm_up_requests_never_wait() -> None:
    server = Server()
    requests = [asyncio.ensure_future(server.get("/search", client=None)) for _ in range(20)]
    await asyncio.sleep(0.01)
    assert server.running == 20
    server.go.set()
    assert set(await asyncio.gather(*requests)) == {200}


@in_loop
async def test_long_streams_take_turns() -> None:
    async def stream(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for number in range(parts):
            await asyncio.sleep(0.02)
            await send({"type": "http.response.body", "body": b"part", "more_body": number < parts - 1})

    app, parts = AdmissionMiddleware(stream, LIMITS, lambda path: PlainTextResponse("busy", 503)), 60
    scope = {"type": "http", "method": "GET", "path": "/a.parquet", "query_string": b"", "client": ("a", 1), "headers": []}

    async def download() -> list[Message]:
        async def send(message: Message) -> None:
            messages.append(message)

        messages: list[Message] = []
        await app(scope, without_body(), send)
        return messages

    long = [asyncio.ensure_future(download()) for _ in range(2)]
    await asyncio.sleep(0.05)
    parts = 1
    assert len(await download()) == 2
    assert not any(task.done() for task in long), "it did not wait for their end"
    for task in long:
        task.cancel()
    await asyncio.gather(*long, return_exceptions=True)
    assert not app._admission._running.total() and not app._admission._waiting


@in_loop
async def test_slow_readers_of_streams_let_others_run() -> None:
    async def stream(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for more in (True, True, False):
            await send({"type": "http.response.body", "body": b"part", "more_body": more})

    app = AdmissionMiddleware(stream, LIMITS, lambda path: PlainTextResponse("busy", 503))
    scope = {"type": "http", "method": "GET", "path": "/projects.csv", "query_string": b"", "client": ("a", 1), "headers": []}
    read, received = asyncio.Event(), [0, 0, 0, 0]

    def reader(number: int, *, slow: bool) -> Awaitable[None]:
        async def send(message: Message) -> None:
            if slow and message.get("body"):
                await read.wait()
            received[number] += message["type"] == "http.response.body"

        return asyncio.ensure_future(app(scope, without_body(), send))

    slow = [reader(number, slow=True) for number in range(3)]
    await asyncio.sleep(4 * admission_middleware.SLOW_SECONDS)
    await reader(3, slow=False)
    assert received == [0, 0, 0, 3]
    read.set()
    await asyncio.gather(*slow)
    assert received == [3, 3, 3, 3]
