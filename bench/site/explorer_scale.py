"""The explorer of a very large release: what its page, tiles, map data and rows take over HTTP.

    python -m bench.site.explorer_scale [--projects 1000000] [--each 12] [--atlas DIR] [--quick] [--json]

The atlas is made by `explorer_atlas`; its served file by the code that a user runs, in a process of its own. `overt serve` is
then asked over one connection, each address once, tiles nine at a time with one filter, as a map does. Peer: none. Targets: a
page of the explorer in 500 ms at the median; a tile in 100 ms at the median, 250 ms at the 95th percentile; a server of 2 GB.
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

from bench.harness import Target, folder, machine, parser, report, run_child, served
from bench.site.explorer_atlas import make
from overt.model.workspace import Workspace

_PREPARE = """
import sys
from pathlib import Path
from overt.model.workspace import Workspace
from overt.index.prepare import prepare
from overt.index.prepared import ServeSettings
print(prepare(ServeSettings(Workspace.open(Path(sys.argv[1]))), lambda step: print(step, file=sys.stderr)).database)
"""
_TILES = "/api/v1/explore/tiles/"
_SORTS = ("unit", "name", "year", "status", "country", "sources")
_DEEPEST = 8
Pairs = list[tuple[str, str]]


class Choices:
    """Filters as readers choose them: what a release has much of more often than what it has little of; the same in every run."""

    def __init__(self, database: Path) -> None:
        self._chance = random.Random(20_261_124)
        connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True)

        def most(column: str, table: str, test: str = "true") -> list[str]:
            query = f"SELECT {column} FROM {table} WHERE {test} GROUP BY 1 ORDER BY count(*) DESC LIMIT 40"
            return [str(value) for (value,) in connection.execute(query)]

        with closing(connection):
            self._values = {
                "kind": most("kind", "project_kind"),
                "country": most("country", "project_country"),
                "status": most("status", "projects", "status IS NOT NULL"),
                "supplier": most("organization", "project_company", "role = 'supplier'"),
                "financier": most("organization", "project_company", "role = 'financier'"),
                "precision": most("precision", "project_precision"),
                "source": most("source", "project_source"),
            }
            query = "SELECT label FROM places WHERE label IS NOT NULL AND n % 97 = 1 LIMIT 40"
            self._towns = [label for (label,) in connection.execute(query)]
            self._points: list[tuple[float, float]] = connection.execute(
                "SELECT longitude, latitude FROM places WHERE longitude IS NOT NULL AND n % 89 = 1 LIMIT 40"
            ).fetchall()

    def facets(self, many: int) -> Pairs:
        """A value of each of so many facets."""
        names = self._chance.sample(sorted(self._values), many)
        return [(name, held[int(len(held) * self._chance.random() ** 2)]) for name in names for held in [self._values[name]]]

    def years(self) -> Pairs:
        """A span of years."""
        first = self._chance.randint(1998, 2020)
        return [("year_from", str(first)), ("year_to", str(first + self._chance.randint(0, 8)))]

    def words(self) -> Pairs:
        """The name of a town, now and then a word that every project has."""
        return [("q", "project" if self._chance.random() < 0.2 else self._chance.choice(self._towns))]

    def box(self) -> Pairs:
        """What a map shows, from a continent to a town."""
        west, south = self._chance.choice(self._points)
        wide = self._chance.choice((0.5, 4, 20, 60))
        sides = max(-180, west - wide), max(-85, south - wide / 2), min(180, west + wide), min(85, south + wide / 2)
        return [("bbox", ",".join(f"{side:.3f}" for side in sides))]

    def tiles(self, zoom: int, most: int) -> Iterator[str]:
        """Tiles that have something in them."""
        held = [(int((west / 360 + 0.5) * 2**zoom), _down(south, zoom)) for west, south in self._points]
        for x, y in list(dict.fromkeys(held))[:most]:
            yield f"{_TILES}{zoom}/{x}/{y}"


def _down(latitude: float, zoom: int) -> int:
    from overt.index.map_squares import position

    return int(position(0, latitude)[1] * 2**zoom)


class Asker:
    """One reader with a connection that stays open."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=300)

    def ask(self, paths: Sequence[str]) -> dict[str, float]:
        """What these addresses take, from asking to the last byte; bytes as they are sent."""
        took, sizes = [], []
        for path in paths:
            begin = perf_counter()
            _, body = self._get(path)
            took.append(1000 * (perf_counter() - begin))
            sizes.append(len(body))
        took.sort()
        sizes.sort()
        median, late = took[len(took) // 2], took[min(len(took) - 1, len(took) * 95 // 100)]
        return {
            "median_ms": round(median, 1),
            "p95_ms": round(late, 1),
            "median_bytes": sizes[len(sizes) // 2],
            "queries": len(paths),
        }

    def first_byte(self, paths: Sequence[str]) -> dict[str, float]:
        """How long it takes until a download begins; the rest of it is left."""
        took = []
        for path in paths:
            begin = perf_counter()
            self._connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = self._connection.getresponse()
            answer.read(1)
            took.append(1000 * (perf_counter() - begin))
            assert answer.status == 200, path
            self._connection.close()
        took.sort()
        return {"median_ms": round(took[len(took) // 2], 1), "most_ms": round(took[-1], 1), "queries": len(paths)}

    def _get(self, path: str) -> tuple[http.client.HTTPMessage, bytes]:
        self._connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = self._connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, answer.status, gzip.decompress(body) if answer.headers["Content-Encoding"] else body)
        return answer.headers, body

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _address(path: str, pairs: Pairs) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path


def ask(address: str, choices: Choices, each: int) -> dict[str, Any]:
    """All questions; each group of `each` addresses."""
    with closing(Asker(address)) as reader:
        found: dict[str, Any] = {"home_first": reader.ask(["/"])}
        filters = {
            "one_facet": [choices.facets(1) for _ in range(each)],
            "three_facets": [choices.facets(3) for _ in range(each)],
            "years": [choices.years() for _ in range(each)],
            "words": [choices.words() for _ in range(each)],
            "box": [choices.box() for _ in range(each)],
        }
        unique = {name: list({tuple(pairs): pairs for pairs in held}.values()) for name, held in filters.items()}
        found["home_no_filter"] = reader.ask([f"/?size={size}" for size in range(10, 10 + each)])
        for name, held in unique.items():
            found[f"home_{name}"] = reader.ask([_address("/", pairs) for pairs in held])
        more = [choices.facets(2) for _ in range(each)]
        found["home_second_page"] = reader.ask([_address("/", [*pairs, ("page", "2")]) for pairs in more])
        sorts = [("sort", sort) for sort in _SORTS]
        found["home_sorted"] = reader.ask([_address("/", [pair]) for pair in sorts])
        found["home_sorted_years"] = reader.ask([_address("/", [pair, *choices.years()]) for pair in sorts])
        found["home_late_page"] = reader.ask([_address("/", [pair, ("page", "900")]) for pair in sorts])
        for name in ("one_facet", "years", "words"):
            found[f"countries_{name}"] = reader.ask([_address("/api/v1/map/countries", pairs) for pairs in unique[name]])
        found["countries"] = reader.ask(["/api/v1/map/countries", "/api/v1/map/countries?shade=all"])
        found["routes"] = reader.ask(["/api/v1/map/routes"])
        for zoom in range(_DEEPEST + 1):
            found[f"tile_{zoom}"] = reader.ask(list(choices.tiles(zoom, 9)))
        narrowed = [choices.facets(1), choices.facets(2), choices.years(), choices.words()]
        for zoom in range(_DEEPEST + 1):
            found[f"tile_{zoom}_filtered"] = reader.ask(
                [_address(tile, pairs) for pairs in (*narrowed, choices.facets(1)) for tile in choices.tiles(zoom, 9)]
            )
        found["csv_first_byte"] = reader.first_byte(["/projects.csv", *(_address("/projects.csv", pairs) for pairs in more[:3])])
    return found


def _server_gigabytes() -> float:
    """The most memory that a process this one started held at once, of those that still run; 0 where the system does not say."""
    found = [0.0]
    for child in Path("/proc").glob("[0-9]*/status"):
        try:
            said = dict(line.split(":", 1) for line in child.read_text(encoding="utf-8").splitlines() if ":" in line)
        except OSError:
            continue
        if said["PPid"].strip() == str(os.getpid()) and "VmHWM" in said:
            found.append(int(said["VmHWM"].split()[0]) * 1024 / 1e9)
    return max(found)


def run(root: Path, given: Namespace) -> dict[str, Any]:
    """Make the atlas, or take the one that is there, and ask."""
    before = machine()
    held = root / "atlas"
    workspace = Workspace.open(held) if held.is_dir() else make(root, given.projects, "4GB")
    made = run_child([sys.executable, "-c", _PREPARE, workspace.root])
    database = Path(made.output.splitlines()[-1])  # before it may stand how far the engine is
    with served(workspace.root) as (address, _):
        asked = ask(address, Choices(database), given.each)
        memory = _server_gigabytes()
    return {
        "benchmark": "explorer_scale",
        **before,
        "projects": given.projects,
        "prepare_seconds": round(made.seconds, 1),
        "prepare_cpu_seconds": round(made.cpu_seconds, 1),
        "prepare_peak_gigabytes": round(made.peak_gigabytes, 2),
        "megabytes": round(database.stat().st_size / 1e6),
        "server_peak_gigabytes": round(memory, 2),
        **asked,
    }


def _targets(result: dict[str, Any]) -> list[Target]:
    """The slowest zoom is judged, and the slowest kind of filter; not the page for which a server has to make itself ready."""
    tiles = [held for name, held in result.items() if name.startswith("tile_")]
    pages = [held for name, held in result.items() if name.startswith("home_") and name != "home_first"]
    return [
        Target("home, median of the slowest kind", max(held["median_ms"] for held in pages), 500, " ms"),
        Target("tiles, median of the slowest zoom", max(held["median_ms"] for held in tiles), 100, " ms"),
        Target("tiles, 95th percentile of the slowest zoom", max(held["p95_ms"] for held in tiles), 250, " ms"),
        Target("memory of the server", result["server_peak_gigabytes"], 2, " GB"),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run it and tell."""
    options = parser(__doc__)
    options.add_argument("--projects", type=int, default=1_000_000)
    options.add_argument("--each", type=int, default=12, help="addresses of each kind")
    options.add_argument("--atlas", type=Path, help="directory to keep the atlas in; one that is there is used again")
    given = options.parse_args(arguments)
    if given.quick:
        given.projects, given.each = 2_000, 2
    with folder(given.atlas) as place:
        result = run(place, given)
    return report(result, _targets(result), given)


if __name__ == "__main__":
    sys.exit(main())
