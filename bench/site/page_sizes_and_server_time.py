"""Measure the compressed size of each kind of page, the server's time for a country page, and how long eight readers wait.

    python -m bench.site.page_sizes_and_server_time [--workspace DIR] [--most 100] [--quick] [--json]

`sizes`: gzip bytes of pages in both languages, by kind, without the script and the style sheet, which are sent once: median,
largest, and the address of the largest. Pages are the front page, lists and comparisons, and those of the release, of all
countries, sources and figures, of the `--most` organisations, projects, agreements and other records with the most claims, and
of `--most` claims. `work`: processor milliseconds of the server for a country page with cached drawings: when it is rendered,
and when it comes from the cache. `country`: how long readers wait while `overt serve` or `overt demo` serves the atlas at
`--workspace`, or the shipped edition. Eight clients together request every country once, right after the start, while the
server renders pages in advance; and then, when all pages are rendered, random countries. Targets: 60 kB for any page but the
explorer; for random countries, a median of 20 ms and 60 ms at the 99th percentile. There is no peer.
"""

import asyncio
import random
import re
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from bench.harness import Target, argument_parser, machine, report, served
from bench.site.charts import drawings
from overt.model.workspace import Workspace
from overt.server.app import PreparedRelease, ServeSettings, create_app, prepare

HOST = "http://127.0.0.1"
LIMIT = 60_000
CLIENTS = 8
_EXPLORER = "explorer"
_LISTS = {
    "front page": ["/"], "findings": ["/findings"], _EXPLORER: ["/explorer"], "blocked": ["/blocked"], "figures": ["/figures"],
    "countries": ["/countries"], "companies": ["/companies"],
    "agreements": ["/agreements"], "sources": ["/sources"], "releases": ["/releases"], "method": ["/method"],
    "search": ["/search?q=huawei", "/search?q=5g"],
}  # fmt: skip
_RECORDS_BY_CLAIMS = """
    SELECT r.id FROM records AS r JOIN claims AS c USING (id) WHERE r.type IN ({types})
    GROUP BY r.id ORDER BY count(*) DESC, r.id LIMIT ?
"""


def addresses(prepared: PreparedRelease, limit: int, countries: int | None = None) -> dict[str, list[str]]:
    """Return the English addresses of pages by kind.

    `limit`: maximum number of records of each kind, and of claims. `countries`: maximum number of countries.
    """
    connection = sqlite3.connect(f"{prepared.database.resolve().as_uri()}?mode=ro", uri=True)

    def column(query: str, *values: object) -> list[str]:
        return [row[0] for row in connection.execute(query, values)]

    def largest(*types: str) -> list[str]:
        return column(_RECORDS_BY_CLAIMS.format(types=", ".join(f"'{name}'" for name in types)), limit)

    codes = column("SELECT code FROM countries ORDER BY code")[:countries]
    names = column("SELECT name FROM figures ORDER BY name")
    other_types = (
        "assessment",
        "commitment",
        "document",
        "indicator",
        "listing",
        "place",
        "relation",
        "reported_figure",
        "restriction",
        "role",
    )
    pages = {
        **_LISTS,
        "country": [f"/country/{code}" for code in codes],
        "country on one page": [f"/country/{code}/print" for code in codes],
        "rows of a country": [f"/country/{code}/rows" for code in codes],
        "compare": ["/compare", f"/compare?{'&'.join(f'country={code}' for code in codes[-4:])}"],
        "figure": [f"/figure/{name}" for name in names],
        "figure in a frame": [f"/figure/{name}/embed" for name in names],
        "release": [f"/release/{prepared.release}"],
        "source": [f"/source/{name}" for name in column("SELECT source FROM sources ORDER BY source")],
        "organisation": [f"/organization/{identity}" for identity in largest("organization")],
        "project": [f"/project/{identity}" for identity in largest("project")],
        "agreement": [f"/agreement/{identity}" for identity in largest("agreement")],
        "record": [f"/record/{identity}" for identity in largest(*other_types)],
        "claim": [f"/claim/{claim}" for claim in column("SELECT claim_id FROM claims ORDER BY claim_id LIMIT ?", limit)],
    }
    connection.close()
    return pages


def sizes(settings: ServeSettings, limit: int, countries: int | None) -> dict[str, Any]:
    """Return the compressed sizes of each kind of page, in both languages. `limit`, `countries`: as for `addresses`."""
    app = create_app(settings)
    pages = addresses(prepare(settings), limit, countries)

    async def measured() -> dict[str, Any]:
        result: dict[str, Any] = {}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST, timeout=120) as client:
            for kind, paths in pages.items():
                measured_pages = []
                for path in [f"{base}{path}" for base in ("", "/zh") for path in paths]:
                    async with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
                        answer.raise_for_status()
                        measured_pages.append((sum([len(part) async for part in answer.aiter_raw()]), path))
                if measured_pages:
                    largest = max(measured_pages)
                    result[kind] = {
                        "pages": len(measured_pages),
                        "median_bytes": round(median(size for size, _ in measured_pages)),
                        "most_bytes": largest[0],
                        "largest": largest[1],
                    }
        return result

    return asyncio.run(measured())


def work(settings: ServeSettings, countries: int | None) -> dict[str, float]:
    """Return the median and the largest processor milliseconds of country pages, when rendered and when cached."""
    app = create_app(settings)
    paths = addresses(prepare(settings), 1, countries)["country"]

    async def measured() -> list[list[float]]:
        passes: list[list[float]] = []
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST, timeout=120) as client:
            await client.get("/")
            for _ in range(2):
                passes.append([])
                for path in paths:
                    begin = time.process_time()
                    (await client.get(path)).raise_for_status()
                    passes[-1].append(1000 * (time.process_time() - begin))
        return passes

    rendered, cached = asyncio.run(measured())
    return {
        "rendered_median": round(median(rendered), 1), "rendered_most": round(max(rendered), 1),
        "cached_median": round(median(cached), 2), "cached_most": round(max(cached), 1),
    }  # fmt: skip


def country(workspace: Path | None, seconds: float) -> dict[str, Any]:
    """Return how long readers wait for country pages right after the start, and once all country pages are rendered."""
    with served(workspace) as (address, atlas):
        codes = sorted(set(re.findall(r'href="/country/([A-Z-]+)"', httpx.get(f"{address}/countries", timeout=60).text)))
        first = ask(address, [codes[number::CLIENTS] for number in range(CLIENTS)], None)
        while drawings(atlas) < drawings(atlas, after=4.0):
            pass
        for code in codes:
            # The server may not have rendered these pages in advance yet.
            httpx.get(f"{address}/zh/country/{code}", timeout=60).raise_for_status()
        later = ask(address, [codes] * CLIENTS, seconds)
        return {"countries": len(codes), "after_the_start": first, "then": later}


def ask(address: str, codes: list[list[str]], seconds: float | None) -> dict[str, Any]:
    """Let clients request country pages, and return the number of requests, their rate and their times.

    `codes`: the countries of each client. `seconds`: how long each client requests random countries of its own; None requests
    each country once.
    """
    end = time.monotonic() + (seconds or 0)

    def read(number: int) -> list[float]:
        random_code, times = random.Random(number), []
        # The server is faster than httpx, so a plain connection is used.
        with closing(HTTPConnection(address.removeprefix("http://"), timeout=60)) as client:
            for code in codes[number] if seconds is None else iter(lambda: random_code.choice(codes[number]), None):
                if seconds is not None and time.monotonic() >= end:
                    break
                begin = time.perf_counter()
                client.request("GET", f"/country/{code}", headers={"Accept-Encoding": "gzip"})
                answer = client.getresponse()
                answer.read()
                assert answer.status == 200, code
                times.append(time.perf_counter() - begin)
        return times

    begin = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        times = sorted(seconds for part in pool.map(read, range(CLIENTS)) for seconds in part)
    return {
        "requests": len(times),
        "median_milliseconds": round(1000 * median(times), 1),
        "p99_milliseconds": round(1000 * times[int(0.99 * len(times))], 1),
        "a_second": round(len(times) / (time.monotonic() - begin)),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--workspace", type=Path, help="an atlas with a release; by default the shipped edition")
    parser.add_argument("--most", type=int, default=100, help="the most organisations, projects, records and claims to measure")
    options = parser.parse_args(arguments)
    with served(options.workspace) as (_, atlas):
        settings = ServeSettings(Workspace.open(atlas))
        countries = 5 if options.quick else None
        page_sizes = sizes(settings, 3 if options.quick else options.most, countries)
        page_work = work(settings, countries)
    waits = country(options.workspace, 1 if options.quick else 15)
    largest = max(kind_sizes["most_bytes"] for kind, kind_sizes in page_sizes.items() if kind != _EXPLORER)
    targets = [
        Target("largest page but the explorer", round(largest / 1000, 1), LIMIT / 1000, " kB"),
        Target("country page with 8 clients, median", waits["then"]["median_milliseconds"], 20, " ms"),
        Target("99th percentile", waits["then"]["p99_milliseconds"], 60, " ms"),
    ]
    return report(
        {"benchmark": "page_sizes_and_server_time", **machine(), "sizes": page_sizes, "work": page_work, "country": waits},
        targets,
        options,
    )


if __name__ == "__main__":
    sys.exit(main())
