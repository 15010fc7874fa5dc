"""Measure how long short commands take, which libraries they import, and how long it takes to make the index of a release.

    python -m bench.releases.command_and_index_times [--workspace ATLAS] [--data ../shared/data] [--repeat 9] [--quick] [--json]

Without `--workspace` an atlas is built from the real data first. Each command runs in a separate process; processor seconds are
the median. Before that, the index of the newest release is made; an atlas given by `--workspace` is copied first. Targets: 0.35
processor seconds for `figures`, `show` and `search`, and 5 seconds of wall-clock time for the index. There is no peer. `--quick`
uses the shipped edition.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.harness import DATA, OVERT, Missing, Target, argument_parser, build_atlas, folder, machine, report, run_child

COMMANDS = {
    "help": ("--help",),
    "figures": ("figures",),
    "show": ("show", "organizations:huawei"),
    "search": ("search", "huawei"),
    "sources": ("sources",),
    "judge list": ("judge", "list"),
    "verify --help": ("verify", "--help"),
}
"""Arguments of each command, by its name in the result."""
JUDGED = ("figures", "show", "search")
_IMPORTS = """
import sys
from overt.cli.runner import run
run(sys.argv[1:])
names = {name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names - {"overt"}
print("imported:", *sorted(name for name in names if not name.startswith("_")), file=sys.stderr)
"""
_INDEX = """
import sys, time
from pathlib import Path
from overt.index.release_preparation import prepare
from overt.index.serve_settings import ServeSettings
from overt.model.workspace import Workspace
begin, begin_cpu = time.monotonic(), time.process_time()
path = prepare(ServeSettings(Workspace.open(Path(sys.argv[1])))).database
print(time.monotonic() - begin, time.process_time() - begin_cpu, path.stat().st_size)
"""


def measure_commands(atlas: Path, repeat: int) -> dict[str, dict[str, Any]]:
    """Run each command several times. Return, by command, the median times and the third-party packages that it imports."""
    results = {}
    for name, words in COMMANDS.items():
        command = [*OVERT, *_at(atlas, words)]
        runs = [run_child(command) for _ in range(repeat)]
        results[name] = {
            "cpu_seconds": round(median(child.cpu_seconds for child in runs), 3),
            "seconds": round(median(child.seconds for child in runs), 3),
            "imports": _imports(atlas, words),
        }
    return results


def _at(atlas: Path, words: Sequence[str]) -> list[str]:
    return list(words) if "--help" in words else ["--workspace", str(atlas), *words]


def _imports(atlas: Path, words: Sequence[str]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORTS, *_at(atlas, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stderr.rpartition("imported:")[2].split()


def measure_index(atlas: Path, repeat: int) -> dict[str, Any]:
    """Make the index of the newest release several times, each time after deleting the atlas's cache.

    Returns the median wall-clock and processor seconds, and the size in megabytes.
    """
    times = []
    for _ in range(repeat):
        shutil.rmtree(atlas / "cache", ignore_errors=True)
        times.append([float(part) for part in run_child([sys.executable, "-c", _INDEX, atlas]).output.split()[-3:]])
    return {
        "seconds": round(median(seconds for seconds, _, _ in times), 2),
        "cpu_seconds": round(median(cpu for _, cpu, _ in times), 2),
        "megabytes": round(times[-1][2] / 1e6, 1),
    }


def run(workspace: Path | None, data: Path, repeat: int, *, quick: bool) -> dict[str, Any]:
    """Measure an atlas. If none is given, build one first; raises Missing if the data for it is missing."""
    before = machine()
    with folder(None) as temporary:
        atlas = temporary / "atlas"
        # The atlas is copied, because its cache is deleted. Its archive and claims are left out, because nothing reads them.
        if workspace is not None:
            shutil.copytree(workspace, atlas, ignore=shutil.ignore_patterns("archive", "claims", "cache"))
        else:
            build_atlas(atlas, data, shipped=quick)
        index = measure_index(atlas, min(repeat, 5))
        commands = measure_commands(atlas, repeat)
    return {"benchmark": "command_and_index_times", **before, "index": index, "commands": commands}


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--repeat", type=int, default=9)
    options = parser.parse_args(arguments)
    try:
        result = run(options.workspace, options.data, 1 if options.quick else options.repeat, quick=options.quick)
    except Missing as missing:
        print(f"command_and_index_times: skipped: {missing}")
        return 0
    targets = [Target(name, result["commands"][name]["cpu_seconds"], 0.35, " s") for name in JUDGED]
    return report(result, [*targets, Target("index", result["index"]["seconds"], 5, " s")], options)


if __name__ == "__main__":
    sys.exit(main())
