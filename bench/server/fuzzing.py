"""Fuzz a public server for some minutes: addresses that it links to and its APIs, with odd values, methods, headers and bodies.

    python -m bench.server.fuzzing [--minutes 60] [--clients 2] [--seed 1] [--workspace DIR] [--port PORT] [--quick] [--json]

`overt serve --public`, or `overt demo` without `--workspace`, answers random requests (`bench.server.random_requests`). They
begin with links of a few pages and the operations of the API descriptions, and links in responses are added. The result has the
number of requests, the statuses, the number of shapes of addresses, and the first failures with their requests. Target: no
failure, and a server that still runs. Failures are: a status of 500 or more (except 503 with Retry-After), a broken connection, a
response that reveals internals (such as a traceback), and a response that took more than a minute. There is no peer.

`--port` fuzzes a server that is already running. With one client, a seed gives the same requests as long as the responses are the
same.
"""

import sys
import threading
import time
from argparse import Namespace
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from typing import Any

import orjson

from bench.harness import Target, argument_parser, machine, report, served
from bench.server.random_requests import Corpus, FuzzRequest

_FIRST = (
    "/",
    "/zh/",
    "/sitemap.xml",
    "/explorer",
    "/search?q=huawei",
    "/ogc?f=html",
    "/ogc/collections",
    "/reconcile",
    "/feed.atom",
)
_DESCRIPTIONS = (("/api/openapi.json", ""), ("/ogc/api", "/ogc"), ("/zh/ogc/api", "/zh/ogc"))
"""Addresses of the API descriptions, and the prefix of the paths in each."""
_SLOW_SECONDS = 60.0
_LEAKS = (b"Traceback (most recent call last)", b"site-packages")
_MOST_PRINTED = 50
_PROGRESS = 5_000
"""Number of requests between two lines that report the progress."""


@dataclass
class Findings:
    """Results of the random requests: counts of responses by status, failures, and the slowest response with its request."""

    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def add(self, request: FuzzRequest, status: int, seconds: float, problem: str) -> None:
        """Count a response. Print its problem, and now and then the progress.

        `status`: 0 if the connection broke. `problem`: what is wrong with the response; empty if nothing is.
        """
        self.statuses[status] += 1
        self.slowest = max(self.slowest, (round(seconds, 1), str(request)[:500]))
        if problem:
            self.failures.append(f"{problem}: {request}")
            print(self.failures[-1][:3_000], file=sys.stderr, flush=True)
        if (number := sum(self.statuses.values())) % _PROGRESS == 0:
            print(f"{number:,} requests, {len(self.failures)} failures", file=sys.stderr, flush=True)


def send(port: int, request: FuzzRequest) -> tuple[int, dict[str, str], bytes]:
    """Send a request on a new connection, and return status, headers and body.

    Raises OSError or HTTPException if there is no complete response.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=2 * _SLOW_SECONDS)
    try:
        connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
        names = {name for name, _ in request.headers}
        for name, value in (*request.headers, *(() if "Host" in names else (("Host", "localhost"),))):
            connection.putheader(name, value.encode("latin-1"))
        if request.body:
            connection.putheader("Content-Length", str(len(request.body)))
        connection.endheaders(request.body or None)
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


def problem_of(status: int, headers: dict[str, str], body: bytes, seconds: float) -> str:
    """Return what is wrong with a response; empty if nothing is."""
    if status >= 500 and not (status == 503 and "retry-after" in headers):
        return f"status {status}"
    if any(leak in body for leak in _LEAKS):
        return "reveals internals"
    return f"{seconds:.0f} s" if seconds > _SLOW_SECONDS else ""


def fuzz(port: int, corpus: Corpus, findings: Findings, random: Random, end: float, most: int) -> None:
    """Send random requests until `end` on the monotonic clock, but at most `most`. Add links in responses to the corpus."""
    for _ in range(most):
        if time.monotonic() > end:
            return
        request, begin = corpus.request(random), time.monotonic()
        try:
            status, headers, body = send(port, request)
        except (OSError, HTTPException) as error:
            findings.add(request, 0, time.monotonic() - begin, f"{type(error).__name__} {error}")
            continue
        seconds = time.monotonic() - begin
        findings.add(request, status, seconds, problem_of(status, headers, body, seconds))
        if status == 200:
            corpus.add_links(headers.get("content-type", ""), body)


def first_addresses(port: int) -> Corpus:
    """Return a corpus of the links on a few pages and of the operations in the API descriptions. Fuzzing begins with these."""
    corpus = Corpus()
    for path in _FIRST:
        corpus.add(path)
        _, headers, body = send(port, FuzzRequest("GET", path))
        corpus.add_links(headers.get("content-type", ""), body)
    for path, base in _DESCRIPTIONS:
        corpus.add_description(orjson.loads(send(port, FuzzRequest("GET", path))[2]), base)
    return corpus


def run(options: Namespace) -> dict[str, Any]:
    """Fuzz the server on `options.port` or, if that is None, a new server. Return the result."""
    before, findings = machine(), Findings()
    with ExitStack() as stack:
        port = options.port
        if port is None:
            address, _ = stack.enter_context(served(options.workspace, *(["--public"] if options.workspace else [])))
            port = int(address.rpartition(":")[2])
        corpus, begin = first_addresses(port), time.monotonic()
        threads = [
            threading.Thread(
                target=fuzz,
                args=(port, corpus, findings, Random(f"{options.seed}/{number}"), begin + 60 * options.minutes, options.most),
            )
            for number in range(options.clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.monotonic() - begin
        alive = send(port, FuzzRequest("GET", "/healthz"))[0] == 200
    return {
        "benchmark": "server_fuzz", **before, "seed": options.seed, "minutes": round(seconds / 60, 1),
        "requests": sum(findings.statuses.values()), "statuses": dict(sorted(findings.statuses.items())), "shapes": len(corpus),
        "slowest": findings.slowest, "alive": alive,
        "failures": len(findings.failures), "failed": findings.failures[:_MOST_PRINTED],
    }  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="how long to send requests")
    parser.add_argument("--clients", type=int, default=2, help="number of clients at one time")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the random requests")
    parser.add_argument("--workspace", type=Path, help="an atlas with a release; by default the shipped edition")
    parser.add_argument("--port", type=int, help="the port of a server that is already running on this machine")
    parser.set_defaults(most=10**9)
    options = parser.parse_args(arguments)
    if options.quick:
        options.most = 100
    result = run(options)
    return report(result, [Target("failures", result["failures"] + (not result["alive"]), 1, "")], options)


if __name__ == "__main__":
    sys.exit(main())
