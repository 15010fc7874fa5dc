"""Measure how long `overt verify` and `overt verify --quick` take, and how much the check of the index adds to `overt show`.

    python -m bench.releases.verification [--workspace ATLAS] [--data ../shared/data] [--repeat 3] [--quick] [--json]

Without `--workspace` an atlas is built from the real data first. The full run repeats the import, resolution, release and index,
so its peer is the build itself. Targets: under 1.6 times the processor seconds of `overt build` and under 2 GB; for `verify
--quick`, under half the processor seconds of the build; for `overt show`, with an index that was checked before, 0.35 s. With
`--workspace` nothing is built, so nothing is compared with a build. This benchmark's own option `--quick` uses the shipped
edition.
"""

import sys
from pathlib import Path
from statistics import median
from typing import Any

from bench.harness import DATA, OVERT, Child, Missing, Target, argument_parser, folder, machine, report, run_child
from overt.model.files.file_digests import CHECKED_ENDING


def measure(atlas: Path, repeat: int, *words: str) -> dict[str, Any]:
    """Run `overt` with the arguments `words` several times. Return the median times in seconds, and the peak memory."""
    runs = [run_child([*OVERT, *words, "--workspace", atlas]) for _ in range(repeat)]
    return numbers(runs)


def numbers(runs: list[Child]) -> dict[str, Any]:
    """Return the median times of runs in seconds, and their peak memory in gigabytes."""
    return {
        "seconds": round(median(run.seconds for run in runs), 2),
        "cpu_seconds": round(median(run.cpu_seconds for run in runs), 2),
        "peak_gigabytes": round(max(run.peak_gigabytes for run in runs), 2),
    }


def measure_show(atlas: Path, repeat: int) -> dict[str, Any]:
    """Measure `overt show` with an index whose bytes must be read, and with one that was already checked."""
    unchecked = []
    for _ in range(repeat):
        for path in (atlas / "cache").glob(f"*/*{CHECKED_ENDING}"):
            path.unlink()
        unchecked.append(run_child([*OVERT, "show", "organizations:huawei", "--workspace", atlas]))
    return {"unchecked": numbers(unchecked), "checked": measure(atlas, repeat, "show", "organizations:huawei")}


def run(workspace: Path | None, data: Path, repeat: int, *, quick: bool) -> dict[str, Any]:
    """Build an atlas if none is given. Measure its verification, and `overt show`.

    Raises Missing if there is no data to build it from.
    """
    before = machine()
    with folder(None) as temporary:
        atlas = workspace or temporary / "atlas"
        built = None
        if workspace is None:
            if not quick and not data.is_dir():
                raise Missing(f"{data}: the real data is not there; set OVERT_DATA, --data or --workspace")
            run_child([*OVERT, "init", atlas])
            files: list[str | Path] = [] if quick else ["--from", data, "--allow-problems"]
            built = numbers([run_child([*OVERT, "build", "--workspace", atlas, *files])])
        return {
            "benchmark": "verification",
            **before,
            "build": built,
            "quick": measure(atlas, repeat, "verify", "--quick"),
            "full": measure(atlas, repeat, "verify"),
            "show": measure_show(atlas, repeat),
        }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args(arguments)
    try:
        result = run(options.workspace, options.data, 1 if options.quick else options.repeat, quick=options.quick)
    except Missing as missing:
        print(f"verification: skipped: {missing}")
        return 0
    targets = [
        Target("peak memory", result["full"]["peak_gigabytes"], 2, " GB"),
        Target("show", result["show"]["checked"]["cpu_seconds"], 0.35, " s"),
    ]
    if built := result["build"]:
        targets += [
            Target("full, in builds", round(result["full"]["cpu_seconds"] / built["cpu_seconds"], 2), 1.6, ""),
            Target("quick, in builds", round(result["quick"]["cpu_seconds"] / built["cpu_seconds"], 2), 0.5, ""),
        ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
