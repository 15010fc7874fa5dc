"""Measure how much longer pages and data of a very large release take with `as_of=` than without.

    python -m bench.site.as_of_slowdown [--projects 1000000] [--each 12] [--atlas DIR] [--memory 4GB] [--quick] [--json]

`generated_project_atlas` makes the atlas, as for `explorer_scale`. One client requests each address from `overt serve` without
a date and, right after that, the same address with `as_of=` a year. Addresses hardly ever repeat, so responses don't come from
the page cache. The server's processor seconds are counted, because wall-clock time also depends on other work on the machine.
Peer: the same address without the date. Target: less than 1.5 times its processor time for each kind of address.
"""

import os
import random
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.harness import Target, argument_parser, folder, machine, report, run_child, served
from bench.site.explorer_scale import PREPARE, Choices, Client, Pairs, address_of
from bench.site.generated_project_atlas import make
from overt.model.workspace import Workspace

_MAX_RATIO = 1.5
_TICKS = os.sysconf("SC_CLK_TCK")


def requests(choices: Choices, each: int) -> dict[str, list[tuple[str, Pairs]]]:
    """Return requests by kind. Each is a path and its parameters, without a date."""
    filters: dict[str, Callable[[], Pairs]] = {
        "one_facet": lambda: choices.facets(1), "three_facets": lambda: choices.facets(3), "years": choices.years,
        "words": choices.words, "box": choices.box,
    }  # fmt: skip
    made: dict[str, list[tuple[str, Pairs]]] = {
        "page_no_filter": [("/explorer", [("size", str(size))]) for size in range(10, 10 + each)],
        "page_region": [("/explorer", [("region", "european-union"), ("size", str(size))]) for size in range(10, 10 + each)],
    }
    for name, choose in filters.items():
        made[f"page_{name}"] = [("/explorer", [*choose(), ("size", str(20 + at))]) for at in range(each)]
    made["countries"] = [("/api/v1/map/countries", choices.facets(1)) for _ in range(each)]
    made["api"] = [("/api/v1/projects", [*choices.facets(1), ("limit", str(50 + at))]) for at in range(each)]
    tiles = [tile for zoom in (0, 3, 6) for tile in choices.tiles(zoom, each)]
    made["tiles"] = [(tile, [*choices.facets(1)]) for tile in tiles]
    return made


def compare(address: str, server: int, choices: Choices, each: int) -> dict[str, Any]:
    """Request all addresses without and with a date.

    Returns, by kind, the mean processor and wall-clock milliseconds without and with a date, and the ratio of the processor
    times.
    """
    chance, result = random.Random(20_261_129), {}
    with closing(Client(address)) as client:
        client.ask(["/explorer", "/explorer?as_of=2011"])  # these requests load what all pages need
        for kind, paths in requests(choices, each).items():
            seconds, clock = [0.0, 0.0], [0.0, 0.0]
            for path, pairs in paths:
                dated = [*pairs, ("as_of", str(chance.randint(2005, 2024)))]
                for at, parameters in enumerate((pairs, dated)):
                    before = processor_seconds(server)
                    clock[at] += client.ask([address_of(path, parameters)])["median_ms"]
                    seconds[at] += processor_seconds(server) - before
            plain, with_date = (1000 * total / len(paths) for total in seconds)
            result[kind] = {
                "cpu_ms": round(plain, 1), "cpu_ms_as_of": round(with_date, 1),
                "ms": round(clock[0] / len(paths), 1), "ms_as_of": round(clock[1] / len(paths), 1),
                "ratio": round(with_date / plain, 2) if plain else None, "addresses": len(paths),
            }  # fmt: skip
    return result


def processor_seconds(server: int) -> float:
    """Return the processor seconds that a process has used so far."""
    fields = Path(f"/proc/{server}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def server_process() -> int:
    """Return the process id of the server, which is a child of this process. Raises RuntimeError if there is none."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and b"serve" in (entry.parent / "cmdline").read_bytes().split(b"\0"):
            return int(entry.parent.name)
    raise RuntimeError("the server has ended")


def run(root: Path, options: Namespace) -> dict[str, Any]:
    """Make the atlas unless it exists, serve it, and send all requests."""
    before = machine()
    atlas = root / "atlas"
    workspace = Workspace.open(atlas) if atlas.is_dir() else make(root, options.projects, options.memory)
    prepared = run_child([sys.executable, "-c", PREPARE, workspace.root])
    database = Path(prepared.output.splitlines()[-1])
    with served(workspace.root) as (address, _):
        kinds = compare(address, server_process(), Choices(database), options.each)
    return {"benchmark": "as_of_slowdown", **before, "projects": options.projects, "kinds": kinds}


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--projects", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=12, help="addresses of each kind")
    parser.add_argument("--atlas", type=Path, help="the folder of the atlas; an atlas there is used again")
    parser.add_argument("--memory", default="4GB", help="most memory of the engine that makes the atlas")
    options = parser.parse_args(arguments)
    if options.quick:
        options.projects, options.each = 2_000, 2
    with folder(options.atlas) as place:
        result = run(place, options)
    targets = [
        Target(f"{kind}, times the address without a date", numbers["ratio"] or 0, _MAX_RATIO, "")
        for kind, numbers in result["kinds"].items()
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
