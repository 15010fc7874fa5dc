"""Decide which requests run now, which wait, and which are refused, so that a rush of requests can't stop the server.

Only a few requests run at once, because each uses a thread, memory and a share of the interpreter. The others queue by kind and
client. Kinds take turns, and so do the clients of each kind, so no kind and no client can keep the others waiting. When too many
requests of a kind wait, one request of the client with the most of them is refused.
"""

import asyncio
import threading
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from overt.model.settings import SiteSettings
from overt.server.request_kinds import RequestKind


class AdmissionLimits(NamedTuple):
    """How many requests can run and wait."""

    running: int = 4
    """Maximum number of requests that run at once."""
    running_per_kind: int = 2
    """Maximum number of requests of one kind that run at once."""
    waiting_per_kind: int = 100
    """Maximum number of requests of one kind that wait."""
    seconds: float = 20
    """Maximum time, in seconds, for which a request waits for its first turn.

    It is also the time limit for the queries of a response, or of each part of a streamed response, but not for rendering.
    """

    @classmethod
    def from_settings(cls, site: SiteSettings) -> "AdmissionLimits":
        """Return the limits set by a site's settings. A kind gets at most half of the running requests, but always one."""
        half = max(1, site.requests_at_once // 2)
        return cls(site.requests_at_once, half, site.requests_waiting, site.request_seconds)


class Refused(Exception):
    """Raised for a request that is refused.

    Either too many requests wait, this one has waited too long, request bodies take too much memory, or the client has
    disconnected.
    """


@dataclass(eq=False)
class Ticket:
    """A request that is waiting, running, refused or finished."""

    kind: RequestKind
    client: str
    begun: bool = False
    """Whether a part of the response has been sent. Such a request is never refused."""
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)
    state: Literal["waiting", "running", "refused", "finished"] = "waiting"
    decided: asyncio.Event = field(default_factory=asyncio.Event)

    def decide(self, state: Literal["running", "refused"]) -> None:
        """Let the request run, or refuse it. This ends its wait."""
        self.state = state
        self.loop.call_soon_threadsafe(self.decided.set)  # Another thread may decide; asyncio's events are not thread-safe.


class Admission:
    """The requests that run and wait. Thread-safe."""

    def __init__(self, limits: AdmissionLimits) -> None:
        self.limits = limits
        self._lock = threading.Lock()
        self._running: Counter[RequestKind] = Counter()
        self._waiting: OrderedDict[RequestKind, OrderedDict[str, deque[Ticket]]] = OrderedDict()

    def apply(self, kind: RequestKind, client: str, *, begun: bool = False) -> Ticket:
        """Let a request run, or else queue it. Return its ticket.

        If too many requests of the kind wait, either a request of another client is refused instead, or this method raises
        Refused. A request whose response has `begun` is never refused.
        """
        ticket = Ticket(kind, client, begun)
        with self._lock:
            if not begun and not self._make_room(kind, client):
                raise Refused
            self._waiting.setdefault(kind, OrderedDict()).setdefault(client, deque()).append(ticket)
            self._admit()
        return ticket

    async def wait(self, ticket: Ticket, seconds: float | None = None) -> None:
        """Wait until a request may run.

        Raises Refused after `seconds` (by default, never), or if the request is refused to make room for another client's.
        """
        try:
            if ticket.state == "waiting":
                await asyncio.wait_for(ticket.decided.wait(), seconds)
        except TimeoutError:
            self.leave(ticket)
        except BaseException:
            self.leave(ticket)
            raise
        if ticket.state != "running":
            raise Refused

    def leave(self, ticket: Ticket) -> None:
        """Remove a request that stops waiting or has finished. If it was running, another request can run in its place."""
        with self._lock:
            if ticket.state == "waiting":
                self._waiting[ticket.kind][ticket.client].remove(ticket)
                self._tidy(ticket.kind, ticket.client)
            elif ticket.state == "running":
                self._running[ticket.kind] -= 1
                self._admit()
            ticket.state = "finished"

    def _admit(self) -> None:
        """Admit requests while there is room, alternating between kinds and between the clients of each kind."""
        while self._running.total() < self.limits.running:
            kind = next((kind for kind in self._waiting if self._running[kind] < self.limits.running_per_kind), None)
            if kind is None:
                return
            clients = self._waiting[kind]
            client, tickets = next(iter(clients.items()))
            self._waiting.move_to_end(kind)
            clients.move_to_end(client)
            tickets.popleft().decide("running")
            self._running[kind] += 1
            self._tidy(kind, client)

    def _make_room(self, kind: RequestKind, client: str) -> bool:
        """Return whether another request of `client` may wait, refusing a waiting request if necessary.

        If too many requests of the kind wait, the newest one of the client with the most of them is refused, unless `client`
        would have at least as many with this request.
        """
        clients = self._waiting.get(kind, OrderedDict())
        waiting = {name: [ticket for ticket in tickets if not ticket.begun] for name, tickets in clients.items()}
        if sum(map(len, waiting.values())) < self.limits.waiting_per_kind:
            return True
        largest = max(waiting, key=lambda name: len(waiting[name]))
        if len(waiting[largest]) <= len(waiting.get(client, ())) + 1:
            return False
        refused = waiting[largest][-1]
        clients[largest].remove(refused)
        refused.decide("refused")
        self._tidy(kind, largest)
        return True

    def _tidy(self, kind: RequestKind, client: str) -> None:
        clients = self._waiting[kind]
        if not clients[client]:
            del clients[client]
        if not clients:
            del self._waiting[kind]
