"""Export to other communities' standards, and validate with their own libraries.

    python -m bench.exports.ftm_ofds_and_oc4ids [--data ../shared/data] [--quick] [--json]

Runs `overt export ftm`, `ofds` and `oc4ids` as a user does, on the shipped edition and on an atlas of all the real data. The
result has seconds, bytes, records written, and the findings of followthemoney with nomenklatura, libcoveofds and libcoveoc4ids.
Every entity passes through followthemoney's model and comes back equal, and nomenklatura's store makes the same entities from the
statements. Then the source `ftm_statements` imports the statements: rows read = imported + out of scope + problems. Target: no
finding and no problem. There is no peer: no other tool makes these files from our tables. `--quick` uses only the shipped
edition.

The validators are those of `make test` (.venv-validators).
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.harness import DATA, OVERT, Missing, Target, argument_parser, machine, report, run_child
from tests.validators import PYTHON, run_check

FORMATS = {"ftm": "", "ofds": "", "oc4ids": ".json"}
ALL = 'republish = ["open", "share-alike", "non-commercial", "private"]\n'


def shipped(folder: Path) -> Path:
    """Build an atlas of the shipped edition in `folder`. Return `folder`."""
    run_child([*OVERT, "demo", "--check", "--directory", folder, "--port", "0"])
    return folder


def full(folder: Path, data: Path) -> Path:
    """Build an atlas of the real data in `folder`, with settings that allow all of it to be exported.

    Return `folder`. Raises Missing without the data.
    """
    if not data.is_dir():
        raise Missing(f"{data}: the real data is not there; set OVERT_DATA or --data")
    run_child([*OVERT, "init", folder])
    settings = folder / "overt.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(ALL + "\n".join(line for line in text.splitlines() if not line.startswith("republish")), encoding="utf-8")
    run_child([*OVERT, "build", "--workspace", folder, "--from", data, "--retrieved", "2026-11-24"])
    return folder


def exported(atlas: Path, name: str, target: Path) -> dict[str, Any]:
    """Export an atlas in one format. Return the time and memory, the numbers of records, and the validator's findings."""
    child = run_child([*OVERT, "export", name, target, "--workspace", atlas, "--json"])
    output = json.loads(child.output)
    (validation,) = run_check(name, target)
    return {
        "seconds": round(child.seconds, 1),
        "cpu_seconds": round(child.cpu_seconds, 1),
        "peak_gigabytes": round(child.peak_gigabytes, 2),
        "megabytes": round(sum(file["bytes"] for file in output["files"]) / 1e6, 1),
        "records_written": {kind: counts["written"] for kind, counts in output["records"].items() if counts["written"]},
        "records_left": {
            kind: left for kind, counts in output["records"].items() if (left := counts["in_edition"] - counts["written"])
        },
        "findings": validation["findings"],
        "counts": validation["counts"],
    }


def imported(statements: Path, folder: Path) -> dict[str, Any]:
    """Import FollowTheMoney statements into a new atlas. Return the seconds, and the numbers of rows, claims and records."""
    run_child([*OVERT, "init", folder])
    run_child([*OVERT, "fetch", "ftm_statements", "--from", statements, "--workspace", folder, "--retrieved", "2026-11-24"])
    child = run_child([*OVERT, "import", "ftm_statements", "--workspace", folder, "--json"])
    (output,) = json.loads(child.output)
    account = {name: output[name] for name in ("rows_read", "imported", "out_of_scope", "problems", "claims", "records")}
    return {"seconds": round(child.seconds, 1), **account}


def measured(atlas: Path, folder: Path) -> dict[str, Any]:
    """Export an atlas in each of FORMATS, and import its FollowTheMoney statements into a new atlas."""
    formats = {name: exported(atlas, name, folder / f"{name}{ending}") for name, ending in FORMATS.items()}
    return {**formats, "ftm_statements": imported(folder / "ftm", folder / "again")}


def run(data: Path, *, quick: bool) -> dict[str, Any]:
    """Measure the shipped edition and, unless `quick`, an atlas of the real data.

    Raises Missing without the validators or, unless `quick`, without the real data.
    """
    if not PYTHON.is_file():
        raise Missing(f"{PYTHON}: the validators are not installed; `make bench` installs them")
    before = machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        root = Path(temporary)
        result: dict[str, Any] = {
            "benchmark": "ftm_ofds_and_oc4ids",
            **before,
            "shipped": measured(shipped(root / "shipped"), root / "of-shipped"),
        }
        if not quick:
            result["full"] = measured(full(root / "full", data), root / "of-full")
    return result


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the real data")
    options = parser.parse_args(arguments)
    try:
        result = run(options.data, quick=options.quick)
    except Missing as error:
        print(error, file=sys.stderr)
        return 1
    editions = [result[name] for name in ("shipped", "full") if name in result]
    count = sum(len(edition[name]["findings"]) for edition in editions for name in FORMATS)
    problems = sum(edition["ftm_statements"]["problems"] for edition in editions)
    return report(result, [Target("findings", count, 1, ""), Target("problems", problems, 1, "")], options)


if __name__ == "__main__":
    sys.exit(main())
