"""Measure how long it takes to publish the entire site of an atlas as files, and how many files there are.

    python -m bench.site.static_edition [--workspace DIR] [--kept DIR] [--quick] [--json]

`overt publish` publishes the atlas at `--workspace`, or the shipped edition, twice: first after its cached drawings are deleted
(`cold`), then with all of them (`kept`). `--quick` publishes it only once, and deletes nothing. `seconds` are wall-clock,
`cpu_seconds` those of all processes; two idle cores need at least half of these. Target: under 60 s with cached drawings, on two
cores. There is no peer: `wget --mirror` of a running server gets only pages, without search, filters and old ids.
"""

import json
import sys
from pathlib import Path
from typing import Any

from bench.harness import OVERT, Target, argument_parser, folder, machine, report, run_child

LIMIT = 60


def publish(atlas: Path, target: Path) -> dict[str, Any]:
    """Publish the atlas to `target`. Return the times, and the numbers of pages, files and bytes."""
    child = run_child([*OVERT, "publish", target, "--workspace", atlas, "--force", "--json"])
    output = json.loads(child.output)
    return {
        "seconds": round(child.seconds, 1),
        "cpu_seconds": round(child.cpu_seconds, 1),
        **{name: output[name] for name in ("pages", "files", "bytes")},
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--workspace", type=Path, help="an atlas with a release; by default the shipped edition")
    parser.add_argument("--kept", dest="target", type=Path, metavar="DIR", help="write the edition to this folder and keep it")
    options = parser.parse_args(arguments)
    with folder(None) as temporary, folder(options.target) as place:
        atlas = options.workspace or temporary / "atlas"
        if options.workspace is None:
            run_child([*OVERT, "init", atlas])
            run_child([*OVERT, "build", "--workspace", atlas])
        for drawings in () if options.quick else atlas.glob("cache/*/charts.sqlite*"):
            drawings.unlink()
        cold = publish(atlas, place / "site")
        cached = cold if options.quick else publish(atlas, place / "site")
    targets = [Target("the whole site with cached drawings", cached["seconds"], LIMIT, " s")]
    return report({"benchmark": "static_edition", **machine(), "cold": cold, "kept": cached}, targets, options)


if __name__ == "__main__":
    sys.exit(main())
