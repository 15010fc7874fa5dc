"""Pages: how large each kind is as it is sent, and how long eight readers wait for the page of a country.

    python -m bench.site.pages [--workspace DIR] [--most 100] [--quick] [--json]

`sizes`: compressed bytes (gzip, as the server sends them) of every kind of page in both languages, without the script and the
style, which are sent once: the median, the largest, and which that is. All countries, sources and figures are asked for, and of
organisations, projects, records and claims the `--most` of which the most is known. `work`: processor milliseconds of the server
for the page of a country, drawings being there: when it is made, and when it is kept. `country`: the atlas at `--workspace`, else
the shipped edition, is served by `overt serve` or `overt demo`; eight clients ask for every country once, right after the start,
while the server makes drawings and pages ahead, and then, when all are made, for countries at random. Targets: 60 kB for any page
but the explorer; then a median of 20 ms and 60 ms at the 99th percentile. There is no peer.
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

from bench.harness import Target, machine, parser, report, served
from bench.site.charts import drawings
from overt.model.workspace import Workspace
from overt.server.app import PreparedRelease, ServeSettings, create_app, prepare

HOST = "http://127.0.0.1"
LIMIT = 60_000
CLIENTS = 8
_EXPLORER = "explorer"
_ONE = {
    _EXPLORER: ["/"], "figures": ["/figures"], "countries": ["/countries"], "companies": ["/companies"],
    "agreements": ["/agreements"], "sources": ["/sources"], "releases": ["/releases"], "method": ["/method"],
    "search": ["/search?q=huawei", "/search?q=5g"],
}  # fmt: skip
_MANY = """
    SELECT r.id FROM records AS r JOIN claims AS c USING (id) WHERE r.type IN ({types})
    GROUP BY r.id ORDER BY count(*) DESC, r.id LIMIT ?
"""


def addresses(prepared: PreparedRelease, most: int, countries: int | None = None) -> dict[str, list[str]]:
    """The pages of each kind, in English; `countries`: so many of them, else all."""
    connection = sqlite3.connect(f"{prepared.database.resolve().as_uri()}?mode=ro", uri=True)

    def column(query: str, *values: object) -> list[str]:
        return [row[0] for row in connection.execute(query, values)]

    def much(*types: str) -> list[str]:
        return column(_MANY.format(types=", ".join(f"'{name}'" for name in types)), most)

    codes = column("SELECT code FROM countries ORDER BY code")[:countries]
    names = column("SELECT name FROM figures ORDER BY name")
    others = (
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
    found = {
        **_ONE,
        "country": [f"/country/{code}" for code in codes],
        "country on one page": [f"/country/{code}/print" for code in codes],
        "rows of a country": [f"/country/{code}/rows" for code in codes],
        "compare": ["/compare", f"/compare?{'&'.join(f'country={code}' for code in codes[-4:])}"],
        "figure": [f"/figure/{name}" for name in names],
        "figure in a frame": [f"/figure/{name}/embed" for name in names],
        "release": [f"/release/{prepared.release}"],
        "source": [f"/source/{name}" for name in column("SELECT source FROM sources ORDER BY source")],
        "organisation": [f"/organization/{identity}" for identity in much("organization")],
        "project": [f"/project/{identity}" for identity in much("project")],
        "agreement": [f"/agreement/{identity}" for identity in much("agreement")],
        "record": [f"/record/{identity}" for identity in much(*others)],
        "claim": [f"/claim/{claim}" for claim in column("SELECT claim_id FROM claims ORDER BY claim_id LIMIT ?", most)],
    }
    connection.close()
    return found


def sizes(settings: ServeSettings, most: int, countries: int | None) -> dict[str, Any]:
    """Compressed bytes of each kind of page, in both languages."""
    app = create_app(settings)
    pages = addresses(prepare(settings), most, countries)

    async def measured() -> dict[str, Any]:
        found: dict[str, Any] = {}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST, timeout=120) as client:
            for kind, paths in pages.items():
                held = []
                for path in [f"{base}{path}" for base in ("", "/zh") for path in paths]:
                    async with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
                        answer.raise_for_status()
                        held.append((sum([len(part) async for part in answer.aiter_raw()]), path))
                if held:
                    largest = max(held)
                    found[kind] = {
                        "pages": len(held),
                        "median_bytes": round(median(size for size, _ in held)),
                        "most_bytes": largest[0],
                        "largest": largest[1],
                    }
        return found

    return asyncio.run(measured())


def work(settings: ServeSettings, countries: int | None) -> dict[str, float]:
    """Processor milliseconds for the page of a country: the first time, and again."""
    app = create_app(settings)
    paths = addresses(prepare(settings), 1, countries)["country"]

    async def measured() -> list[list[float]]:
        taken: list[list[float]] = []
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST, timeout=120) as client:
            await client.get("/")
            for _ in range(2):
                taken.append([])
                for path in paths:
                    begin = time.process_time()
                    (await client.get(path)).raise_for_status()
                    taken[-1].append(1000 * (time.process_time() - begin))
        return taken

    made, kept = asyncio.run(measured())
    return {
        "made_median": round(median(made), 1), "made_most": round(max(made), 1),
        "kept_median": round(median(kept), 2), "kept_most": round(max(kept), 1),
    }  # fmt: skip


def country(workspace: Path | None, seconds: float) -> dict[str, Any]:
    """How long readers wait for the page of a country right after the start, and when all pages are made."""
    with served(workspace) as (address, atlas):
        codes = sorted(set(re.findall(r'href="/country/([A-Z-]+)"', httpx.get(f"{address}/countries", timeout=60).text)))
        first = ask(address, [codes[number::CLIENTS] for number in range(CLIENTS)], None)
        while drawings(atlas) < drawings(atlas, after=4.0):
            pass
        for code in codes:
            httpx.get(f"{address}/zh/country/{code}", timeout=60).raise_for_status()  # what the server has not made ahead yet
        then = ask(address, [codes] * CLIENTS, seconds)
        return {"countries": len(codes), "after_the_start": first, "then": then}


def ask(address: str, codes: list[list[str]], seconds: float | None) -> dict[str, Any]:
    """Clients ask for the pages of their countries: each once, or at random for some seconds."""
    end = time.monotonic() + (seconds or 0)

    def read(number: int) -> list[float]:
        chosen, taken = random.Random(number), []
        with closing(HTTPConnection(address.removeprefix("http://"), timeout=60)) as client:  # httpx takes longer than the server
            for code in codes[number] if seconds is None else iter(lambda: chosen.choice(codes[number]), None):
                if seconds is not None and time.monotonic() >= end:
                    break
                begin = time.perf_counter()
                client.request("GET", f"/country/{code}", headers={"Accept-Encoding": "gzip"})
                answer = client.getresponse()
                answer.read()
                assert answer.status == 200, code
                taken.append(time.perf_counter() - begin)
        return taken

    begin = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        taken = sorted(held for part in pool.map(read, range(CLIENTS)) for held in part)
    return {
        "requests": len(taken),
        "median_milliseconds": round(1000 * median(taken), 1),
        "p99_milliseconds": round(1000 * taken[int(0.99 * len(taken))], 1),
        "a_second": round(len(taken) / (time.monotonic() - begin)),
    }


def main(arguments: list[str] | None = None) -> int:
    """Measure, and tell."""
    options = parser(__doc__)
    options.add_argument("--workspace", type=Path, help="an atlas with a release; else the shipped edition is built")
    options.add_argument("--most", type=int, default=100, help="organisations, projects, records and claims that are measured")
    given = options.parse_args(arguments)
    with served(given.workspace) as (_, atlas):  # the shipped edition is built, where no atlas is given
        settings = ServeSettings(Workspace.open(atlas))
        countries = 5 if given.quick else None
        found = sizes(settings, 3 if given.quick else given.most, countries)
        used = work(settings, countries)
    held = country(given.workspace, 1 if given.quick else 15)
    largest = max(one["most_bytes"] for kind, one in found.items() if kind != _EXPLORER)
    targets = [
        Target("largest page but the explorer", round(largest / 1000, 1), LIMIT / 1000, " kB"),
        Target("country page with 8 clients, median", held["then"]["median_milliseconds"], 20, " ms"),
        Target("99th percentile", held["then"]["p99_milliseconds"], 60, " ms"),
    ]
    return report({"benchmark": "pages", **machine(), "sizes": found, "work": used, "country": held}, targets, given)


if __name__ == "__main__":
    sys.exit(main())
