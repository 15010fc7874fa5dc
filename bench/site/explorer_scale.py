"""Measure the explorer of a very large release over HTTP: the times of its page, tiles, map data and rows.

    python -m bench.site.explorer_scale [--projects 1000000] [--each 12] [--atlas DIR] [--quick] [--json]

`generated_project_atlas` makes the atlas; a separate process prepares the served file as the command does. Then one client
requests the addresses from `overt serve` one after another, and up to nine tiles with each filter, as a map does. Targets: for
the slowest kind of page, 500 ms at the median; for the slowest zoom, a tile in 100 ms at the median and 250 ms at the 95th
percentile; 2 GB for the server. There is no peer.
"""

import gzip
import http.client
import os
import random
import sqlite3
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.harness import Target, argument_parser, folder, machine, report, run_child, served
from bench.site.generated_project_atlas import make
from overt.model.workspace import Workspace

PREPARE = """
import sys
from pathlib import Path
from overt.model.workspace import Workspace
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
print(prepare(ServeSettings(Workspace.open(Path(sys.argv[1]))), lambda step, share=None: print(step, file=sys.stderr)).database)
"""
_TILES = "/api/v1/explore/tiles/"
_SORTS = ("unit", "name", "year", "status", "country", "sources")
_MAX_ZOOM = 8
Pairs = list[tuple[str, str]]


class Choices:
    """Random filters like those of readers, who choose frequent values more often. Every run gets the same filters."""

    def __init__(self, database: Path) -> None:
        self._chance = random.Random(20_261_124)
        connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True)

        def frequent(column: str, table: str, test: str = "true") -> list[str]:
            query = f"SELECT {column} FROM {table} WHERE {test} GROUP BY 1 ORDER BY count(*) DESC LIMIT 40"
            return [str(value) for (value,) in connection.execute(query)]

        with closing(connection):
            self._values = {
                "kind": frequent("kind", "project_kind"),
                "country": frequent("country", "project_country"),
                "status": frequent("status", "projects", "status IS NOT NULL"),
                "supplier": frequent("organization", "project_company", "role = 'supplier'"),
                "financier": frequent("organization", "project_company", "role = 'financier'"),
                "precision": frequent("precision", "project_precision"),
                "source": frequent("source", "project_source"),
            }
            query = "SELECT label FROM places WHERE label IS NOT NULL AND n % 97 = 1 LIMIT 40"
            self._towns = [label for (label,) in connection.execute(query)]
            self._points: list[tuple[float, float]] = connection.execute(
                "SELECT longitude, latitude FROM places WHERE longitude IS NOT NULL AND n % 89 = 1 LIMIT 40"
            ).fetchall()

    def facets(self, many: int) -> Pairs:
        """Return one random value for each of `many` random facets."""
        names = self._chance.sample(sorted(self._values), many)
        return [
            (name, values[int(len(values) * self._chance.random() ** 2)]) for name in names for values in [self._values[name]]
        ]

    def years(self) -> Pairs:
        """Return a random span of years."""
        first = self._chance.randint(1998, 2020)
        return [("year_from", str(first)), ("year_to", str(first + self._chance.randint(0, 8)))]

    def words(self) -> Pairs:
        """Return the name of a town or, sometimes, a word that is in every project's name."""
        return [("q", "project" if self._chance.random() < 0.2 else self._chance.choice(self._towns))]

    def box(self) -> Pairs:
        """Return a random box for a map, as small as a town or as large as a continent."""
        west, south = self._chance.choice(self._points)
        width = self._chance.choice((0.5, 4, 20, 60))
        sides = max(-180, west - width), max(-85, south - width / 2), min(180, west + width), min(85, south + width / 2)
        return [("bbox", ",".join(f"{side:.3f}" for side in sides))]

    def tiles(self, zoom: int, limit: int) -> Iterator[str]:
        """Yield up to `limit` addresses of non-empty tiles."""
        tiles = [(int((west / 360 + 0.5) * 2**zoom), _tile_row(south, zoom)) for west, south in self._points]
        for x, y in list(dict.fromkeys(tiles))[:limit]:
            yield f"{_TILES}{zoom}/{x}/{y}"


def _tile_row(latitude: float, zoom: int) -> int:
    from overt.index.web_mercator_positions_and_squares import position

    return int(position(0, latitude)[1] * 2**zoom)


class Client:
    """An HTTP client with one open connection."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=300)

    def ask(self, paths: Sequence[str]) -> dict[str, float]:
        """Request addresses.

        Return the median and 95th percentile in milliseconds, the median compressed size, and the number of requests.
        """
        times, sizes = [], []
        for path in paths:
            begin = perf_counter()
            _, body = self._get(path)
            times.append(1000 * (perf_counter() - begin))
            sizes.append(len(body))
        times.sort()
        sizes.sort()
        median, late = times[len(times) // 2], times[min(len(times) - 1, len(times) * 95 // 100)]
        return {
            "median_ms": round(median, 1),
            "p95_ms": round(late, 1),
            "median_bytes": sizes[len(sizes) // 2],
            "queries": len(paths),
        }

    def first_byte(self, paths: Sequence[str]) -> dict[str, float]:
        """Request downloads, but read only the first byte of each.

        Return the median and the longest milliseconds until then.
        """
        times = []
        for path in paths:
            begin = perf_counter()
            self._connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = self._connection.getresponse()
            answer.read(1)
            times.append(1000 * (perf_counter() - begin))
            assert answer.status == 200, path
            self._connection.close()
        times.sort()
        return {"median_ms": round(times[len(times) // 2], 1), "most_ms": round(times[-1], 1), "queries": len(paths)}

    def _get(self, path: str) -> tuple[http.client.HTTPMessage, bytes]:
        self._connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = self._connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, answer.status, gzip.decompress(body) if answer.headers["Content-Encoding"] else body)
        return answer.headers, body

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def address_of(path: str, pairs: Pairs) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path


def ask(address: str, choices: Choices, each: int) -> dict[str, Any]:
    """Send all requests, and return their times by kind. `each`: the maximum number of requests with random filters of a kind."""
    with closing(Client(address)) as client:
        result: dict[str, Any] = {"home_first": client.ask(["/explorer"])}
        filters = {
            "one_facet": [choices.facets(1) for _ in range(each)],
            "three_facets": [choices.facets(3) for _ in range(each)],
            "years": [choices.years() for _ in range(each)],
            "words": [choices.words() for _ in range(each)],
            "box": [choices.box() for _ in range(each)],
        }
        unique = {name: list({tuple(pairs): pairs for pairs in queries}.values()) for name, queries in filters.items()}
        result["home_no_filter"] = client.ask([f"/explorer?size={size}" for size in range(10, 10 + each)])
        for name, queries in unique.items():
            result[f"home_{name}"] = client.ask([address_of("/explorer", pairs) for pairs in queries])
        more = [choices.facets(2) for _ in range(each)]
        result["home_second_page"] = client.ask([address_of("/explorer", [*pairs, ("page", "2")]) for pairs in more])
        sorts = [("sort", sort) for sort in _SORTS]
        result["home_sorted"] = client.ask([address_of("/explorer", [pair]) for pair in sorts])
        result["home_sorted_years"] = client.ask([address_of("/explorer", [pair, *choices.years()]) for pair in sorts])
        result["home_late_page"] = client.ask([address_of("/explorer", [pair, ("page", "900")]) for pair in sorts])
        for name in ("one_facet", "years", "words"):
            result[f"countries_{name}"] = client.ask([address_of("/api/v1/map/countries", pairs) for pairs in unique[name]])
        result["countries"] = client.ask(["/api/v1/map/countries", "/api/v1/map/countries?shade=all"])
        result["routes"] = client.ask(["/api/v1/map/routes"])
        for zoom in range(_MAX_ZOOM + 1):
            result[f"tile_{zoom}"] = client.ask(list(choices.tiles(zoom, 9)))
        narrowed = [choices.facets(1), choices.facets(2), choices.years(), choices.words()]
        for zoom in range(_MAX_ZOOM + 1):
            result[f"tile_{zoom}_filtered"] = client.ask(
                [address_of(tile, pairs) for pairs in (*narrowed, choices.facets(1)) for tile in choices.tiles(zoom, 9)]
            )
        result["csv_first_byte"] = client.first_byte(
            ["/projects.csv", *(address_of("/projects.csv", pairs) for pairs in more[:3])]
        )
    return result


def _server_gigabytes() -> float:
    """Return the peak memory of the largest running child process; 0 if the system doesn't report it."""
    peaks = [0.0]
    for child in Path("/proc").glob("[0-9]*/status"):
        try:
            status = dict(line.split(":", 1) for line in child.read_text(encoding="utf-8").splitlines() if ":" in line)
        except OSError:
            continue
        if status["PPid"].strip() == str(os.getpid()) and "VmHWM" in status:
            peaks.append(int(status["VmHWM"].split()[0]) * 1024 / 1e9)
    return max(peaks)


def run(root: Path, options: Namespace) -> dict[str, Any]:
    """Make the atlas unless it exists, serve it, and send all requests."""
    before = machine()
    atlas = root / "atlas"
    workspace = Workspace.open(atlas) if atlas.is_dir() else make(root, options.projects, "4GB")
    prepared = run_child([sys.executable, "-c", PREPARE, workspace.root])
    database = Path(prepared.output.splitlines()[-1])  # DuckDB may print its progress before the result
    with served(workspace.root) as (address, _):
        times = ask(address, Choices(database), options.each)
        memory = _server_gigabytes()
    return {
        "benchmark": "explorer_scale",
        **before,
        "projects": options.projects,
        "prepare_seconds": round(prepared.seconds, 1),
        "prepare_cpu_seconds": round(prepared.cpu_seconds, 1),
        "prepare_peak_gigabytes": round(prepared.peak_gigabytes, 2),
        "megabytes": round(database.stat().st_size / 1e6),
        "server_peak_gigabytes": round(memory, 2),
        **times,
    }


def _targets(result: dict[str, Any]) -> list[Target]:
    """Return the targets for the slowest zoom, the slowest kind of page (without the first after the start) and the memory."""
    tiles = [times for name, times in result.items() if name.startswith("tile_")]
    pages = [times for name, times in result.items() if name.startswith("home_") and name != "home_first"]
    return [
        Target("home, median of the slowest kind", max(times["median_ms"] for times in pages), 500, " ms"),
        Target("tiles, median of the slowest zoom", max(times["median_ms"] for times in tiles), 100, " ms"),
        Target("tiles, 95th percentile of the slowest zoom", max(times["p95_ms"] for times in tiles), 250, " ms"),
        Target("memory of the server", result["server_peak_gigabytes"], 2, " GB"),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--projects", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=12, help="addresses of each kind")
    parser.add_argument("--atlas", type=Path, help="the folder of the atlas; an atlas there is used again")
    options = parser.parse_args(arguments)
    if options.quick:
        options.projects, options.each = 2_000, 2
    with folder(options.atlas) as place:
        result = run(place, options)
    return report(result, _targets(result), options)


if __name__ == "__main__":
    sys.exit(main())
