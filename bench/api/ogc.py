"""OGC API – Features of a very large release, asked by eight clients; beside pygeoapi; and a file of tiles beside tippecanoe.

    python -m bench.api.ogc [--projects 1000000] [--atlas DIR] [--requests 2000] [--peer-projects 50000] [--points 1000000]
                        [--runs 5] [--parts box,peer,tiles] [--quick] [--json]

`box`: `overt serve` of generated projects (`explorer_atlas`), boxes of a town to a continent at random sites, 100 features each,
eight clients that keep their connections; the median of the runs counts. `peer`: sites of a smaller atlas, drained by one client
1,000 at a time from both servers, the best of the runs of each counting; pygeoapi, in an environment of its own that this makes,
has them as `overt export` writes them (`ogc_peer`).
`tiles`: generated points, all with their names, zooms 0 to 8; tippecanoe's numbers are missing where it is not installed.
Targets: 25 ms at the 99th percentile; five times pygeoapi's features a second; 10 s for the tiles.
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

from bench.api.pygeoapi import pygeoapi
from bench.harness import Target, folder, machine, parser, report, run_child, served
from bench.site.explorer_atlas import make
from overt.index.map_squares import square_of
from overt.model.workspace import Workspace
from overt.vector_tiles.mvt import text, whole
from overt.vector_tiles.pmtiles_archive import write_archive
from overt.vector_tiles.point_tiles import Points

CLIENTS = 8
_LIMIT = 100
_PAGE = 1_000
_TILES = ("-q", "-f", "-Z0", "-z8", "-l", "points", "-r1", "--cluster-distance=16", "--no-feature-limit", "--no-tile-size-limit")


def _read(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=600) as answer:
        return orjson.loads(answer.read())


def boxes(address: str, name: str, many: int, place: str = "/ogc") -> list[str]:
    """Addresses of what is in boxes around random sites, the same in every run."""
    chance = random.Random(20_261_125)
    root = f"{place}/collections/{name}/items"
    first = _read(f"{address}{place}/collections/sites/items?f=json&limit=1000")["features"]
    points = [one["geometry"]["coordinates"] for one in first]
    made = []
    for _ in range(many):
        west, south = chance.choice(points)[:2]
        wide = chance.choice((0.5, 4, 20, 60))
        sides = max(-180, west - wide), max(-85, south - wide / 2), min(180, west + wide), min(85, south + wide / 2)
        made.append(f"{root}?bbox={','.join(f'{side:.3f}' for side in sides)}&limit={_LIMIT}&f=json")
    return made


async def _client(netloc: str, paths: Sequence[str], took: list[float]) -> None:
    host, _, port = netloc.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    for path in paths:
        begin = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {netloc}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        assert b" 200 " in head.partition(b"\r\n")[0], head
        size = next(line for line in head.split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(size.partition(b":")[2]))
        took.append(1000 * (time.perf_counter() - begin))
    writer.close()


def ask(address: str, paths: Sequence[str], clients: int) -> dict[str, float]:
    """What these addresses take when so many clients ask at once, each for the next as soon as it has one."""
    took: list[float] = []

    async def all_of_them() -> None:
        netloc = urlsplit(address).netloc
        await asyncio.gather(*(_client(netloc, paths[at::clients], took) for at in range(clients)))

    begin = time.perf_counter()
    asyncio.run(all_of_them())
    seconds = time.perf_counter() - begin
    took.sort()
    at = {name: took[min(len(took) - 1, len(took) * part // 100)] for name, part in (("median", 50), ("p95", 95), ("p99", 99))}
    return {**{f"{name}_ms": round(held, 1) for name, held in at.items()}, "a_second": round(len(took) / seconds)}


def box(root: Path, given: Namespace) -> dict[str, Any]:
    """Boxes of the large release."""
    atlas = root / "atlas"
    workspace = Workspace.open(atlas) if atlas.is_dir() else make(root, given.projects, "4GB")
    found: dict[str, Any] = {"projects": given.projects}
    with served(workspace.root) as (address, _):
        for name in ("sites", "projects"):
            paths = boxes(address, name, given.requests)
            one = ask(
                address, paths[: given.requests // 4], 1
            )  # the server's first seconds are in it, in which it makes pages ahead
            runs = [ask(address, paths, CLIENTS) for _ in range(given.runs)]
            p99 = statistics.median(run["p99_ms"] for run in runs)
            found[name] = {"one_client": one, "clients": runs, "median_p99_ms": p99}
    return found


def drain(items: str, most: int) -> dict[str, float]:
    """Features, page by page, as long as there are any or `most` have come."""
    begin, held = time.perf_counter(), 0
    next_page: str | None = f"{items}?f=json&limit={_PAGE}"
    while next_page and held < most:
        page = _read(next_page)
        held += len(page["features"])
        next_page = next((one["href"] for one in page["links"] if one["rel"] == "next"), None)
    seconds = time.perf_counter() - begin
    return {"features": held, "seconds": round(seconds, 2), "a_second": round(held / seconds)}


def drained(items: str, given: Namespace) -> dict[str, Any]:
    """Several times, after a first page; `a_second`: the best of them, which other work on the machine disturbed least."""
    drain(items, _PAGE)
    runs = [drain(items, given.drained) for _ in range(given.runs)]
    return {"runs": runs, "a_second": max(run["a_second"] for run in runs)}


def peer(root: Path, given: Namespace) -> dict[str, Any]:
    """The same sites from both servers, one after the other; `times`: beside the faster of the other's."""
    place = root / "peer"
    atlas = place / "atlas"
    workspace = Workspace.open(atlas) if atlas.is_dir() else make(place, given.peer_projects, "2GB")
    found: dict[str, Any] = {"projects": given.peer_projects}
    with served(workspace.root) as (address, _):
        items = f"{address}/ogc/collections/sites/items"
        found["overt"] = drained(items, given)
        paths = boxes(address, "sites", 200)
        found["overt"]["box"] = ask(address, paths, 1)
    with pygeoapi(place, workspace.root, given.peer_python) as (address, names):
        for name in names:
            found[f"pygeoapi, {name}"] = drained(f"{address}/collections/{name}/items", given)
            theirs = [path.replace("/ogc/collections/sites/", f"/collections/{name}/") for path in paths[:50]]
            found[f"pygeoapi, {name}"]["box"] = ask(address, theirs, 1)
    fastest = max(found[f"pygeoapi, {name}"]["a_second"] for name in names)
    found["times"] = round(found["overt"]["a_second"] / fastest, 1)
    return found


def generated(many: int) -> Points:
    """Points in and around 5,000 towns, each with a name of its own; the same in every run."""
    chance = np.random.default_rng(20_261_125)
    town = chance.integers(0, 5_000, many)
    longitude = chance.uniform(-179, 179, 5_000)[town] + chance.normal(0, 0.2, many)
    latitude = chance.uniform(-55, 70, 5_000)[town] + chance.normal(0, 0.2, many)
    longitude = np.clip(longitude, -180, 180)
    square = square_of(longitude, latitude)
    order = np.argsort(square, kind="stable")
    kinds = [text(name) for name in ("networks", "surveillance", "cables", "presence")]
    codes = {
        "layer": (chance.integers(0, 4, many), kinds),
        "precision": (chance.integers(0, 3, many), [text(name) for name in ("exact", "locality", "admin1")]),
        "year": (chance.integers(-1, 25, many), [whole(year) for year in range(2000, 2025)]),
    }
    numbers = range(many)
    ids, names = [text(f"ovt-{number:012x}") for number in numbers], [text(f"Project {number} of a town") for number in numbers]
    return Points(square[order], longitude[order], latitude[order], np.arange(many), codes, ids, names)


def _as_lines(points: Points, path: Path) -> None:
    """The same as GeoJSON, a feature a line."""
    plain: dict[str, list[str | int]] = {name: [_plain(value) for value in values] for name, (_, values) in points.codes.items()}
    plain["year"] = list(range(2000, 2025))
    said = {name: (codes.tolist(), plain[name]) for name, (codes, _) in points.codes.items()}
    with path.open("wb") as out:
        for at, place in enumerate(zip(points.longitude.tolist(), points.latitude.tolist(), strict=True)):
            properties: dict[str, str | int] = {"id": _plain(points.ids[at]), "name": _plain(points.names[at])}
            properties |= {name: values[codes[at]] for name, (codes, values) in said.items() if codes[at] >= 0}
            feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": properties}
            out.write(orjson.dumps(feature) + b"\n")


def _plain(value: bytes) -> str:
    return value[4:].decode(errors="replace")


def tiles(root: Path, given: Namespace) -> dict[str, Any]:
    """A file of tiles of generated points."""
    points = generated(given.points)
    path, lines, other = root / "points.pmtiles", root / "points.geojsonl", root / "tippecanoe.pmtiles"
    path.unlink(missing_ok=True)
    begin = time.perf_counter()
    made = write_archive(points, [], path, {"name": "points"})
    found: dict[str, Any] = {
        "points": given.points,
        "overt": {"seconds": round(time.perf_counter() - begin, 1), "tiles": made, "megabytes": round(path.stat().st_size / 1e6)},
    }
    if program := shutil.which("tippecanoe"):
        _as_lines(points, lines)
        child = run_child([program, *_TILES, "-P", "-o", other, lines])
        size = round(other.stat().st_size / 1e6)
        found["tippecanoe"] = {"seconds": round(child.seconds, 1), "cpu_seconds": round(child.cpu_seconds, 1), "megabytes": size}
    return found


PARTS = {"box": box, "peer": peer, "tiles": tiles}


def run(root: Path, given: Namespace) -> dict[str, Any]:
    """The parts that are asked for."""
    return {"benchmark": "ogc", **machine(), **{name: PARTS[name](root, given) for name in given.parts.split(",")}}


def _targets(result: dict[str, Any]) -> list[Target]:
    found = []
    for name in ("sites", "projects"):
        if "box" in result:
            what = f"boxes of {name}, {CLIENTS} clients, 99th percentile, median of the runs"
            found.append(Target(what, result["box"][name]["median_p99_ms"], 25, " ms"))
    if "peer" in result:
        found.append(Target("features a second beside pygeoapi", result["peer"]["times"], 5, " times", at_least=True))
    if "tiles" in result:
        found.append(Target("tiles of a million points", result["tiles"]["overt"]["seconds"], 10, " s"))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run it and tell."""
    options = parser(__doc__)
    options.add_argument("--projects", type=int, default=1_000_000)
    options.add_argument("--atlas", type=Path, help="directory to keep atlases and peers in; what is there is used again")
    options.add_argument("--requests", type=int, default=2_000)
    options.add_argument("--peer-projects", type=int, default=50_000)
    options.add_argument("--peer-python", default=sys.executable, help="the Python that pygeoapi is to run on")
    options.add_argument("--drained", type=int, default=20_000, help="features that are read from each server")
    options.add_argument("--points", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=5, help="times that boxes are asked for and sites drained")
    options.add_argument("--parts", default="box,peer,tiles")
    given = options.parse_args(arguments)
    if given.quick:
        given.projects, given.requests, given.points, given.runs = 2_000, 16, 2_000, 2
        given.parts = given.parts.replace("peer,", "").replace("peer", "box")  # makes an environment, which asks the network
    with folder(given.atlas) as place:
        result = run(place, given)
    return report(result, _targets(result), given)


if __name__ == "__main__":
    sys.exit(main())
