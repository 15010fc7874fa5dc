"""Attack a public server, and measure how long another reader waits, how much memory the server uses, and which errors occur.

    python -m bench.server.attacks [--workspace DIR] [--seconds 20] [--clients 60] [--requests 5000] [--scale 1] [--only NAME …]
                                   [--quick] [--json]

`overt serve --public` runs on one core and the attackers on another; on a busy machine both get less. A reader on the
attackers' core requests `/healthz` and pages that the server has rendered in advance, each on a new connection: before each
attack, when the server is otherwise idle, and during the attack. The attacks, one after the other on the same server: 300 and
1,000 connections that send a byte now and then; `--clients` clients that request, in one attack each, the world tile, distinct
tiles, distinct exports, pictures of maps, searches that match much or nothing, and counts of filters; 250 connections that
don't read their large responses; and `--requests` requests of all kinds. After an attack, some of its addresses are requested
again, and the responses must be the same.

Targets: medians of 100 ms for `/healthz` and for pages, 1.5 GB, no status but 200 and 503 with Retry-After, no wrong response.
There is no peer; `idle` is the same reader without an attack.
"""

import asyncio
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from bench.harness import Target, argument_parser, machine, report, served
from bench.server.attack_clients import Outcome, ask, differing, readers_that_do_not_read, slow_connections
from bench.server.pinned_server_and_waiting_reader import Server, pinned_server, reader_beside

MILLISECONDS, GIGABYTES = 100, 1.5
_PATHOLOGICAL = (
    "a b c d e f g h i j k l m n o p", "的 中 国 公 司 网 络", "hauwei tecnologies sirveillance sistem", "co co co co co co",
    "e", "of the and for in", "x" * 200, "shcool polise safecity camras natonal", "zzzzzzzz qqqqqqq",
    "华为技术有限公司 智慧城市 监控",
)  # fmt: skip


class Attack(NamedTuple):
    """An attack: its name, and a function that attacks a server and returns what its clients saw."""

    name: str
    run: Callable[[int, Namespace], Coroutine[None, None, Outcome]]


def tiles(number: int) -> str:
    """Return the address of a tile. Tiles repeat, soonest at low zooms."""
    z = 2 + number % 7
    return f"/tiles/{z}/{number * 7 % 2**z}/{number * 13 % 2**z}.mvt"


def exports(number: int) -> str:
    """Return the address of an export of all projects, different for each number."""
    return f"/projects.{('csv', 'geojson', 'parquet')[number % 3]}?page={1 + number}"


def pictures(number: int) -> str:
    """Return the address of a picture of a map, different for each number below 10,000."""
    return f"/map.png?year_from={1900 + number % 100}&year_to={2020 + number // 100 % 100}"


def searches(number: int) -> str:
    """Return the address of a search, different for each number."""
    words = quote(f"{_PATHOLOGICAL[number % len(_PATHOLOGICAL)]} {number}"[-200:])
    return f"/search?q={words}" if number % 2 else f"/api/v1/search?q={words}"


def facets(number: int) -> str:
    """Return an address with counts of filters, different for each number below 12,000."""
    years = f"year_from={1900 + number % 120}&year_to={2020 + number // 120 % 100}"
    return f"/explorer?{years}" if number % 4 == 0 else f"/api/v1/facets?{years}"


def mixed(number: int) -> str:
    """Return an address of one of several kinds, which take turns. Addresses repeat after 480 numbers."""
    kinds = (
        facets, searches, tiles, facets, searches, exports, searches, pictures, lambda _: "/countries",
        lambda _: "/tiles/0/0/0.mvt", lambda at: f"/api/v1/projects?limit={1 + at}", lambda at: f"/api/v1/records?limit={1 + at}",
    )  # fmt: skip
    return kinds[number % len(kinds)](number // len(kinds) % 40)


def _clients(paths: Callable[[int], str]) -> Callable[[int, Namespace], Coroutine[None, None, Outcome]]:
    async def run(port: int, options: Namespace) -> Outcome:
        return await ask(port, paths, options.clients, seconds=options.seconds)

    return run


def _slow(number: int) -> Callable[[int, Namespace], Coroutine[None, None, Outcome]]:
    async def run(port: int, options: Namespace) -> Outcome:
        async with slow_connections(port, max(10, round(number * options.scale))):
            await asyncio.sleep(options.seconds)
        return Outcome()

    return run


async def _unread(port: int, options: Namespace) -> Outcome:
    async with readers_that_do_not_read(port, max(10, round(250 * options.scale)), "/projects.geojson?page=2"):
        await asyncio.sleep(options.seconds)
    return Outcome()


async def _mixed(port: int, options: Namespace) -> Outcome:
    return await ask(port, mixed, options.clients, requests=options.requests)


ATTACKS = (
    Attack("slow_300", _slow(300)),
    Attack("slow_1000", _slow(1000)),
    Attack("world_tile", _clients(lambda _: "/tiles/0/0/0.mvt")),
    Attack("tiles", _clients(tiles)),
    Attack("exports", _clients(exports)),
    Attack("pictures", _clients(pictures)),
    Attack("searches", _clients(searches)),
    Attack("facets", _clients(facets)),
    Attack("unread", _unread),
    Attack("mixed", _mixed),
)


def attack(server: Server, chosen: Attack, options: Namespace) -> dict[str, Any]:
    """Attack a server.

    Return the reader's waits before and during the attack, the statuses, the memory, and the wrong responses.
    """
    with reader_beside(server.port) as idle:
        time.sleep(min(3, options.seconds))
    begin = time.monotonic()
    with server.memory_peak() as memory, reader_beside(server.port) as waits:
        outcome = asyncio.run(chosen.run(server.port, options))
    seconds = time.monotonic() - begin
    server.wait_until_idle(60)
    wrong = outcome.wrong + asyncio.run(differing(server.port, outcome.samples))
    return {
        "seconds": round(seconds, 1),
        "answers": dict(outcome.statuses),
        "idle": {name: value for name, value in idle.items() if name.endswith("_median_ms")},
        "reader": waits,
        "megabytes": {"before": round(memory[0]), "most": round(max(memory)), "after": round(server.megabytes())},
        "compared": len(outcome.samples),
        "wrong": wrong[:5],
    }


def targets_of(results: dict[str, dict[str, Any]]) -> list[Target]:
    """Return the targets of all attacks."""
    reader = [result["reader"] for result in results.values()]
    statuses = [result["answers"] for result in results.values()]
    faults = sum(number for answers in statuses for status, number in answers.items() if status not in ("200", "503"))
    maximum = max(result["megabytes"]["most"] for result in results.values())
    return [
        Target("median of /healthz", max(waits.get("healthz_median_ms", 1e9) for waits in reader), MILLISECONDS, " ms"),
        Target("median of pages", max(waits.get("pages_median_ms", 1e9) for waits in reader), MILLISECONDS, " ms"),
        Target("memory", round(maximum / 1000, 2), GIGABYTES, " GB"),
        Target("other answers", faults + sum(waits["failed"] for waits in reader), 1, ""),
        Target("wrong answers", sum(len(result["wrong"]) for result in results.values()), 1, ""),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run the attacks, print the result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--workspace", type=Path, help="an atlas with a release; by default the shipped edition")
    parser.add_argument("--seconds", type=float, default=20, help="duration of each attack")
    parser.add_argument("--clients", type=int, default=60, help="number of clients of each attack with requests")
    parser.add_argument("--requests", type=int, default=5000, help="number of requests of all kinds")
    parser.add_argument("--scale", type=float, default=1, help="multiplies the number of connections that send or read nothing")
    parser.add_argument("--only", nargs="+", choices=[chosen.name for chosen in ATTACKS], help="only these attacks")
    options = parser.parse_args(arguments)
    if options.quick:
        options.seconds, options.clients, options.requests, options.scale = 1, 4, 40, 0.05
    before, results = machine(), {}
    with served(options.workspace) as (_, atlas), pinned_server(atlas) as server:
        server.wait_until_idle(5 if options.quick else 300)
        for chosen in ATTACKS:
            if not options.only or chosen.name in options.only:
                results[chosen.name] = attack(server, chosen, options)
                if not options.json:
                    print(chosen.name, results[chosen.name], file=sys.stderr, flush=True)
    scope = {"clients": options.clients, "requests": options.requests, "scale": options.scale}
    return report({"benchmark": "attacks", **before, **scope, "attacks": results}, targets_of(results), options)


if __name__ == "__main__":
    sys.exit(main())
