"""Measure how long pages and data about an organisation in a country take, and pages with a date or of an older release.

    python -m bench.site.organization_in_country_and_dated_pages [--workspace ATLAS] [--data ../shared/data] [--each 200]
        [--quick] [--json]

Without `--workspace` an atlas is built from the real data first; an atlas given by `--workspace` is copied. A second release is
made, with a note, and its stages are timed. One client then requests from `overt serve`, each address once, so that no response
comes from the page cache: pages of organisations in countries, the same answers from the API, pages of countries with and without
`as_of=`, and with and without `known=` the first release. Peers: the same page without the parameter. Targets: 10 ms (the median)
for the page of an organisation in a country, 3 seconds for the spans and answers of a release, 1.5 times a page's
processor time with a date, and 1.2 times with an older release. `--quick` uses the shipped edition.
"""

import json
import random
import shutil
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.harness import DATA, OVERT, Missing, Target, argument_parser, build_atlas, folder, machine, report, run_child, served
from bench.site.as_of_slowdown import processor_seconds, server_process
from bench.site.explorer_scale import PREPARE, Client

_PAIRS = "SELECT DISTINCT organization, country FROM answer_rows WHERE type = 'project' ORDER BY organization, country"
_COUNTRIES = "SELECT code FROM countries WHERE projects > 0 ORDER BY code"
_RELEASE = """
import json, sys, time
from pathlib import Path
from overt.cli.atlas_access import writing
from overt.release.workspace_release import run_release
stages = []
with writing(Path(sys.argv[1])) as (workspace, archive, ledger):
    note = "A second release"
    run_release(workspace, archive, ledger, note=note, progress=lambda *stage: stages.append((stage[0], time.monotonic())))
print(json.dumps(stages))
"""
_TIMED = ("spans", "answers")
"""Stages of a release, as its progress names them."""
_IDLE = 0.3
"""Processor seconds per second below which the server is idle."""


def release_seconds(atlas: Path) -> dict[str, float]:
    """Make a release of an atlas. Return the wall-clock seconds of the stages in _TIMED, and all processor seconds."""
    child = run_child([sys.executable, "-c", _RELEASE, atlas])
    seconds = dict.fromkeys(_TIMED, 0.0)
    for (stage, begin), (_, end) in pairwise(json.loads(child.output.splitlines()[-1])):
        if stage in seconds:
            seconds[stage] += end - begin
    return {**{stage: round(seconds[stage], 2) for stage in _TIMED}, "release_cpu": round(child.cpu_seconds, 1)}


def ask(client: Client, server: int, paths: Sequence[str]) -> dict[str, float]:
    """Request addresses. Return the median milliseconds, and the server's mean processor milliseconds."""
    before = processor_seconds(server)
    times = client.ask(paths)
    return {"ms": times["median_ms"], "cpu_ms": round(1000 * (processor_seconds(server) - before) / len(paths), 1)}


def measure(atlas: Path, first: str, each: int) -> dict[str, dict[str, float]]:
    """Serve an atlas, and return the times of up to `each` requests of each kind. `first`: the id of its first release."""
    prepared = run_child([sys.executable, "-c", PREPARE, atlas])
    with closing(sqlite3.connect(f"file:{prepared.output.splitlines()[-1]}?mode=ro", uri=True)) as connection:
        pairs = connection.execute(_PAIRS).fetchall()
        codes = [code for (code,) in connection.execute(_COUNTRIES)]
    chance = random.Random(20_261_130)
    chance.shuffle(pairs)
    pages = [f"/organization/{organization}/in/{country}" for organization, country in pairs]
    data = [f"/api/v1/answers?{urlencode({'organization': who, 'area': where})}" for who, where in pairs]
    countries = chance.sample(codes, min(each, len(codes)))
    with served(atlas) as (address, _), closing(Client(address)) as client:
        server = server_process()
        _wait(client, server, f"/country/{codes[0]}?known={first}")
        client.ask([*pages[each:][:20], *data[each:][:5]])  # these requests load what all pages need
        return {
            "pages": ask(client, server, pages[:each]),
            "answers of the API": ask(client, server, data[:each]),
            "countries": ask(client, server, [f"/country/{code}" for code in countries]),
            "countries with a date": ask(client, server, [f"/country/{code}?as_of=2018" for code in countries]),
            "countries in the older release": ask(client, server, [f"/country/{code}?known={first}" for code in countries]),
        }


def _wait(client: Client, server: int, path: str) -> None:
    """Wait until the server has rendered pages in advance, and serves a page that needs the older release."""
    for _ in range(300):
        before = processor_seconds(server)
        time.sleep(1)
        with suppress(AssertionError):
            if processor_seconds(server) - before < _IDLE:
                client.ask([path])
                return
    raise RuntimeError(f"{path} isn't served, or the server is never idle")


def run(workspace: Path | None, data: Path, each: int, *, quick: bool) -> dict[str, Any]:
    """Measure an atlas. If none is given, build one first; raises Missing if the data for it is missing."""
    before = machine()
    with folder(None) as temporary:
        atlas = temporary / "atlas"
        if workspace is not None:
            shutil.copytree(workspace, atlas, ignore=shutil.ignore_patterns("cache"))
            run_child([*OVERT, "build", "--workspace", atlas, "--allow-problems"])  # other code may have made the release
        else:
            build_atlas(atlas, data, shipped=quick)
        first = (atlas / "releases" / "latest").read_text(encoding="utf-8").strip()
        seconds = release_seconds(atlas)
        return {
            "benchmark": "organization_in_country_and_dated_pages",
            **before,
            "release": seconds,
            "requests": measure(atlas, first, each),
        }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--each", type=int, default=200, help="addresses of each kind")
    options = parser.parse_args(arguments)
    try:
        result = run(options.workspace, options.data, 5 if options.quick else options.each, quick=options.quick)
    except Missing as missing:
        print(f"organization_in_country_and_dated_pages: skipped: {missing}")
        return 0
    requests, plain = result["requests"], result["requests"]["countries"]["cpu_ms"]
    added = sum(result["release"][stage] for stage in _TIMED)
    ratios = {name: round(requests[f"countries {name}"]["cpu_ms"] / plain, 2) for name in ("with a date", "in the older release")}
    targets = [
        Target("page of an organisation in a country, median", requests["pages"]["ms"], 10, " ms"),
        Target("spans and answers of a release", round(added, 2), 3, " s"),
        Target("page of a country with a date", ratios["with a date"], 1.5, "×"),
        Target("page of a country in an older release", ratios["in the older release"], 1.2, "×"),
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
