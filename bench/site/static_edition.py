"""The static edition: how long it takes to write the whole site of an atlas as files, and how many these are.

    python -m bench.site.static_edition [--workspace DIR] [--kept DIR] [--quick] [--json]

The atlas at `--workspace`, else the shipped edition, is published by `overt publish`, twice: the first time no drawing is
there yet (`cold`), the second time all are (`kept`, with `--force`). `seconds` are of the clock, `cpu_seconds` of all
processes: what it would take of two cores with nothing beside it is half of that or more. Target: under 60 s with drawings
kept, on two cores. There is no peer here: `wget --mirror` of a running server gets pages alone, without search, filters and
old ids.
"""

import json
import sys
from pathlib import Path
from typing import Any

from bench.harness import OVERT, Target, folder, machine, parser, report, run_child

LIMIT = 60


def publish(atlas: Path, target: Path) -> dict[str, Any]:
    """Publish once."""
    child = run_child([*OVERT, "publish", target, "--workspace", atlas, "--force", "--json"])
    said = json.loads(child.output)
    return {
        "seconds": round(child.seconds, 1),
        "cpu_seconds": round(child.cpu_seconds, 1),
        **{name: said[name] for name in ("pages", "files", "bytes")},
    }


def main(arguments: list[str] | None = None) -> int:
    """Measure, and tell."""
    options = parser(__doc__)
    options.add_argument("--workspace", type=Path, help="an atlas with a release; else the shipped edition is built")
    options.add_argument("--kept", type=Path, help="a directory for the edition, which is kept; else it is gone afterwards")
    given = options.parse_args(arguments)
    with folder(None) as temporary, folder(given.kept) as place:
        atlas = given.workspace or temporary / "atlas"
        if given.workspace is None:
            run_child([*OVERT, "init", atlas])
            run_child([*OVERT, "build", "--workspace", atlas])
        for drawings in () if given.quick else atlas.glob("cache/*/charts.sqlite*"):
            drawings.unlink()
        cold = publish(atlas, place / "site")
        kept = cold if given.quick else publish(atlas, place / "site")
    targets = [Target("the whole site with drawings kept", kept["seconds"], LIMIT, " s")]
    return report({"benchmark": "static_edition", **machine(), "cold": cold, "kept": kept}, targets, given)


if __name__ == "__main__":
    sys.exit(main())
