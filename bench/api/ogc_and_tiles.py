"""Measure OGC API – Features with a very large release, compared with pygeoapi, and tiles, compared with tippecanoe.

    python -m bench.api.ogc_and_tiles [--projects 1000000] [--atlas DIR] [--requests 2000]
                        [--peer-projects 50000] [--points 1000000] [--runs 5] [--parts box,peer,tiles] [--quick] [--json]

`box`: `overt serve` of generated projects (`bench.site.generated_project_atlas`). Eight clients on open connections request
boxes, from a town to a continent in size, at random sites, 100 features each; the result is the median of the runs. `peer`: one
client reads the sites of a smaller atlas from both servers, 1,000 at a time, and the best run of each counts; it also requests
boxes, as in `box`. pygeoapi serves the files of `overt export` (`bench.api.pygeoapi_server`), in an environment that this
benchmark creates. `tiles`: generated points with names, zooms 0 to 8; without tippecanoe, the peer is left out. Targets: 25 ms
at the 99th percentile; five times pygeoapi's features a second; 10 s for the tiles. `--quick` leaves out `peer`, which needs
the network.
"""

import asyncio
import random
import shutil
import statistics
import sys
import time
import urllib.request
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import orjson

from bench.api.pygeoapi_server import pygeoapi
from bench.harness import Target, argument_parser, folder, machine, report, run_child, served
from bench.site.generated_project_atlas import make
from overt.index.web_mercator_positions_and_squares import square_of
from overt.model.workspace import Workspace
from overt.vector_tiles.mvt import encode_int, encode_string
from overt.vector_tiles.pmtiles_archive import write_archive
from overt.vector_tiles.point_tiles import ProjectPoints

CLIENTS = 8
_LIMIT = 100
_PAGE = 1_000
_TILES = ("-q", "-f", "-Z0", "-z8", "-l", "points", "-r1", "--cluster-distance=16", "--no-feature-limit", "--no-tile-size-limit")


def _read(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=600) as answer:
        return orjson.loads(answer.read())


def boxes(address: str, name: str, many: int, place: str = "/ogc") -> list[str]:
    """Return the paths of `many` requests for boxes in the collection `name`, around random sites among the first 1,000.

    Every run gets the same paths. `place`: the path of the service.
    """
    chance = random.Random(20_261_125)
    root = f"{place}/collections/{name}/items"
    first = _read(f"{address}{place}/collections/sites/items?f=json&limit=1000")["features"]
    points = [feature["geometry"]["coordinates"] for feature in first]
    addresses = []
    for _ in range(many):
        west, south = chance.choice(points)[:2]
        width = chance.choice((0.5, 4, 20, 60))
        sides = max(-180, west - width), max(-85, south - width / 2), min(180, west + width), min(85, south + width / 2)
        addresses.append(f"{root}?bbox={','.join(f'{side:.3f}' for side in sides)}&limit={_LIMIT}&f=json")
    return addresses


async def _client(netloc: str, paths: Sequence[str], times: list[float]) -> None:
    host, _, port = netloc.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    for path in paths:
        begin = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {netloc}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        assert b" 200 " in head.partition(b"\r\n")[0], head
        size = next(line for line in head.split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(size.partition(b":")[2]))
        times.append(1000 * (time.perf_counter() - begin))
    writer.close()


def ask(address: str, paths: Sequence[str], clients: int) -> dict[str, float]:
    """Request each path once, with several clients at once.

    Returns percentiles of the response time in milliseconds, and the number of responses per second.
    """
    times: list[float] = []

    async def run_clients() -> None:
        netloc = urlsplit(address).netloc
        await asyncio.gather(*(_client(netloc, paths[at::clients], times) for at in range(clients)))

    begin = time.perf_counter()
    asyncio.run(run_clients())
    seconds = time.perf_counter() - begin
    times.sort()
    percentiles = {
        name: times[min(len(times) - 1, len(times) * part // 100)] for name, part in (("median", 50), ("p95", 95), ("p99", 99))
    }
    return {**{f"{name}_ms": round(value, 1) for name, value in percentiles.items()}, "a_second": round(len(times) / seconds)}


def box(root: Path, options: Namespace) -> dict[str, Any]:
    """Measure requests for boxes from the large release, by one client and then by CLIENTS at once."""
    atlas = root / "atlas"
    workspace = Workspace.open(atlas) if atlas.is_dir() else make(root, options.projects, "4GB")
    result: dict[str, Any] = {"projects": options.projects}
    with served(workspace.root) as (address, _):
        for name in ("sites", "projects"):
            paths = boxes(address, name, options.requests)
            # For the first collection, this includes the seconds after the start in which the server also renders pages in
            # advance.
            one_client = ask(address, paths[: options.requests // 4], 1)
            runs = [ask(address, paths, CLIENTS) for _ in range(options.runs)]
            p99 = statistics.median(run["p99_ms"] for run in runs)
            result[name] = {"one_client": one_client, "clients": runs, "median_p99_ms": p99}
    return result


def drain(items: str, limit: int) -> dict[str, float]:
    """Read pages of features until the last page, or until there are at least `limit` features.

    Return the number of features, the seconds, and the features per second.
    """
    begin, count = time.perf_counter(), 0
    next_page: str | None = f"{items}?f=json&limit={_PAGE}"
    while next_page and count < limit:
        page = _read(next_page)
        count += len(page["features"])
        next_page = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    seconds = time.perf_counter() - begin
    return {"features": count, "seconds": round(seconds, 2), "a_second": round(count / seconds)}


def drained(items: str, options: Namespace) -> dict[str, Any]:
    """Measure how fast features can be read, in several runs of `options.drained` features.

    A first page is read before that and not measured. A run ends early if the collection has fewer features. `a_second` is the
    rate of the fastest run, which other work disturbed least.
    """
    drain(items, _PAGE)
    runs = [drain(items, options.drained) for _ in range(options.runs)]
    return {"runs": runs, "a_second": max(run["a_second"] for run in runs)}


def peer(root: Path, options: Namespace) -> dict[str, Any]:
    """Read the same sites from both servers, and request boxes.

    `times`: Overt's features per second divided by those of pygeoapi's faster collection.
    """
    place = root / "peer"
    atlas = place / "atlas"
    workspace = Workspace.open(atlas) if atlas.is_dir() else make(place, options.peer_projects, "2GB")
    result: dict[str, Any] = {"projects": options.peer_projects}
    with served(workspace.root) as (address, _):
        items = f"{address}/ogc/collections/sites/items"
        result["overt"] = drained(items, options)
        paths = boxes(address, "sites", 200)
        result["overt"]["box"] = ask(address, paths, 1)
    with pygeoapi(place, workspace.root, options.peer_python) as (address, names):
        for name in names:
            result[f"pygeoapi, {name}"] = drained(f"{address}/collections/{name}/items", options)
            theirs = [path.replace("/ogc/collections/sites/", f"/collections/{name}/") for path in paths[:50]]
            result[f"pygeoapi, {name}"]["box"] = ask(address, theirs, 1)
    fastest = max(result[f"pygeoapi, {name}"]["a_second"] for name in names)
    result["times"] = round(result["overt"]["a_second"] / fastest, 1)
    return result


def generated(many: int) -> ProjectPoints:
    """Generate named points in and around 5,000 towns; every run gets the same points."""
    chance = np.random.default_rng(20_261_125)
    town = chance.integers(0, 5_000, many)
    longitude = chance.uniform(-179, 179, 5_000)[town] + chance.normal(0, 0.2, many)
    latitude = chance.uniform(-55, 70, 5_000)[town] + chance.normal(0, 0.2, many)
    longitude = np.clip(longitude, -180, 180)
    square = square_of(longitude, latitude)
    order = np.argsort(square, kind="stable")
    kinds = [encode_string(name) for name in ("networks", "surveillance", "cables", "presence")]
    codes = {
        "layer": (chance.integers(0, 4, many), kinds),
        "precision": (chance.integers(0, 3, many), [encode_string(name) for name in ("exact", "locality", "admin1")]),
        "year": (chance.integers(-1, 25, many), [encode_int(year) for year in range(2000, 2025)]),
    }
    numbers = range(many)
    ids, names = (
        [encode_string(f"ovt-{number:012x}") for number in numbers],
        [encode_string(f"Project {number} of a town") for number in numbers],
    )
    return ProjectPoints(square[order], longitude[order], latitude[order], np.arange(many), codes, ids, names)


def _write_lines(points: ProjectPoints, path: Path) -> None:
    """Write points as GeoJSON, one feature per line."""
    plain: dict[str, list[str | int]] = {name: [_plain(value) for value in values] for name, (_, values) in points.codes.items()}
    plain["year"] = list(range(2000, 2025))
    columns = {name: (codes.tolist(), plain[name]) for name, (codes, _) in points.codes.items()}
    with path.open("wb") as out:
        for at, place in enumerate(zip(points.longitude.tolist(), points.latitude.tolist(), strict=True)):
            properties: dict[str, str | int] = {"id": _plain(points.ids[at]), "name": _plain(points.names[at])}
            properties |= {name: values[codes[at]] for name, (codes, values) in columns.items() if codes[at] >= 0}
            feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": properties}
            out.write(orjson.dumps(feature) + b"\n")


def _plain(value: bytes) -> str:
    return value[4:].decode(errors="replace")


def tiles(root: Path, options: Namespace) -> dict[str, Any]:
    """Write generated points to a file of tiles with Overt and, if it is installed, with tippecanoe."""
    points = generated(options.points)
    path, lines, peer_path = root / "points.pmtiles", root / "points.geojsonl", root / "tippecanoe.pmtiles"
    path.unlink(missing_ok=True)
    begin = time.perf_counter()
    count = write_archive(points, [], path, {"name": "points"})
    result: dict[str, Any] = {
        "points": options.points,
        "overt": {
            "seconds": round(time.perf_counter() - begin, 1),
            "tiles": count,
            "megabytes": round(path.stat().st_size / 1e6),
        },
    }
    if program := shutil.which("tippecanoe"):
        _write_lines(points, lines)
        child = run_child([program, *_TILES, "-P", "-o", peer_path, lines])
        size = round(peer_path.stat().st_size / 1e6)
        result["tippecanoe"] = {"seconds": round(child.seconds, 1), "cpu_seconds": round(child.cpu_seconds, 1), "megabytes": size}
    return result


PARTS = {"box": box, "peer": peer, "tiles": tiles}


def run(root: Path, options: Namespace) -> dict[str, Any]:
    """Run the parts of the benchmark listed in `--parts`."""
    return {"benchmark": "ogc", **machine(), **{name: PARTS[name](root, options) for name in options.parts.split(",")}}


def _targets(result: dict[str, Any]) -> list[Target]:
    targets = []
    for name in ("sites", "projects"):
        if "box" in result:
            label = f"boxes of {name}, {CLIENTS} clients, 99th percentile, median of the runs"
            targets.append(Target(label, result["box"][name]["median_p99_ms"], 25, " ms"))
    if "peer" in result:
        targets.append(Target("features a second beside pygeoapi", result["peer"]["times"], 5, " times", at_least=True))
    if "tiles" in result:
        targets.append(Target("tiles of a million points", result["tiles"]["overt"]["seconds"], 10, " s"))
    return targets


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--projects", type=int, default=1_000_000)
    parser.add_argument("--atlas", type=Path, help="the folder of atlases and peers; what is there is used again")
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--peer-projects", type=int, default=50_000)
    parser.add_argument("--peer-python", default=sys.executable, help="the Python for pygeoapi")
    parser.add_argument("--drained", type=int, default=20_000, help="features to read from each server")
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5, help="runs of boxes and of reading sites")
    parser.add_argument("--parts", default="box,peer,tiles")
    options = parser.parse_args(arguments)
    if options.quick:
        options.projects, options.requests, options.points, options.runs = 2_000, 16, 2_000, 2
        options.parts = options.parts.replace("peer,", "").replace("peer", "box")  # the peer's installation needs the network
    with folder(options.atlas) as place:
        result = run(place, options)
    return report(result, _targets(result), options)


if __name__ == "__main__":
    sys.exit(main())
