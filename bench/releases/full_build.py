"""Build the complete atlas from the real data: seconds, peak memory, and each source's counts of rows by outcome.

    python -m bench.releases.full_build [--data ../shared/data] [--repeat 3] [--quick] [--json]

Runs `overt init` and `overt build --from DATA` as a user does, each time in a new directory. The build is measured; the result
has the median times and the highest memory peak. Target: under 60 s and 2 GB. There is no peer: no other tool reads these
sources. `--quick` builds the shipped edition of one source.
"""

import sys
import tempfile
from importlib.resources import as_file, files
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow.parquet as pq

from bench.harness import DATA, OVERT, Child, Missing, Target, argument_parser, machine, report, run_child

COUNTS = ("rows_read", "imported", "out_of_scope", "problems", "claims")


def build(data: Path) -> tuple[Child, str, list[dict[str, Any]]]:
    """Build an atlas from `data`. Return the measurements, the release's id, and each source's counts of rows by outcome."""
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        atlas = Path(temporary) / "atlas"
        run_child([*OVERT, "init", atlas])
        child = run_child([*OVERT, "build", "--workspace", atlas, "--from", data, "--retrieved", "2026-11-24"])
        identity = child.output.splitlines()[-1]
        table = pq.read_table(atlas / "releases" / identity / "tables" / "sources.parquet", columns=["source", *COUNTS])
        return child, identity, table.to_pylist()


def run(data: Path, repeat: int) -> dict[str, Any]:
    """Build the same files several times, and report whether all builds produced the same release.

    Raises Missing if the real data is not there.
    """
    if not data.is_dir():
        raise Missing(f"{data}: the real data is not there; set OVERT_DATA or --data")
    before = machine()
    builds = [build(data) for _ in range(repeat)]
    account = builds[0][2]
    return {
        "benchmark": "full_build",
        **before,
        "seconds": round(median(child.seconds for child, *_ in builds), 1),
        "seconds_of_each": [round(child.seconds, 1) for child, *_ in builds],
        "cpu_seconds": round(median(child.cpu_seconds for child, *_ in builds), 1),
        "peak_gigabytes": round(max(child.peak_gigabytes for child, *_ in builds), 2),
        "release": builds[0][1],
        "same_release_each_time": len({identity for _, identity, _ in builds}) == 1,
        "rows_read": sum(row["rows_read"] for row in account),
        "claims": sum(row["claims"] for row in account),
        "every_row_accounted_for": all(
            row["rows_read"] == row["imported"] + row["out_of_scope"] + row["problems"] for row in account
        ),
        "account": [_line(**row) for row in account],
    }


def _line(source: str, rows_read: int, imported: int, out_of_scope: int, problems: int, claims: int) -> str:
    parts = f"{imported} imported + {out_of_scope} out of scope + {problems} problems"
    return f"{source}: {rows_read} rows = {parts}; {claims} claims"


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args(arguments)
    try:
        if options.quick:
            with as_file(files("overt") / "content" / "sources" / "us_dod_1260h" / "edition") as edition:
                result = run(edition, 1)
        else:
            result = run(options.data, options.repeat)
    except Missing as missing:
        print(f"full_build: skipped: {missing}")
        return 0
    targets = [Target("wall", result["seconds"], 60, " s"), Target("peak memory", result["peak_gigabytes"], 2, " GB")]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
