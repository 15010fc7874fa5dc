"""Exports in the standards of other communities, judged by these communities' own libraries.

    python -m bench.exports.standards [--data ../shared/data] [--quick] [--json]

What is measured: `overt export ftm`, `ofds` and `oc4ids` of the edition that Overt ships and of an atlas of all the real files,
as a user runs them: seconds, bytes, records written, and what followthemoney with nomenklatura, libcoveofds and libcoveoc4ids
find wrong. Every entity goes through followthemoney's model and comes back equal, and nomenklatura's store makes the same
entities out of the statements. Then the source `ftm_statements` reads the statements: rows read = imported + out of scope +
problems. Target: no finding and no problem. There is no peer: no other tool makes these files of our tables. `--quick` takes the
shipped edition alone.

The validators are those of `make test` (.venv-validators).
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.harness import DATA, OVERT, Missing, Target, machine, parser, report, run_child
from tests.validators import PYTHON, findings

FORMATS = {"ftm": "", "ofds": "", "oc4ids": ".json"}
ALL = 'republish = ["open", "share-alike", "non-commercial", "private"]\n'


def shipped(folder: Path) -> Path:
    """The atlas of what Overt ships."""
    run_child([*OVERT, "demo", "--check", "--directory", folder, "--port", "0"])
    return folder


def full(folder: Path, data: Path) -> Path:
    """An atlas of the real files, all of which may go into an export."""
    if not data.is_dir():
        raise Missing(f"{data}: the real data is not there; set OVERT_DATA or --data")
    run_child([*OVERT, "init", folder])
    settings = folder / "overt.toml"
    said = settings.read_text(encoding="utf-8")
    settings.write_text(ALL + "\n".join(line for line in said.splitlines() if not line.startswith("republish")), encoding="utf-8")
    run_child([*OVERT, "build", "--workspace", folder, "--from", data, "--retrieved", "2026-11-24"])
    return folder


def exported(atlas: Path, name: str, target: Path) -> dict[str, Any]:
    """One format of an atlas: what it cost, what is in it, and what its validator finds."""
    child = run_child([*OVERT, "export", name, target, "--workspace", atlas, "--json"])
    said = json.loads(child.output)
    (found,) = findings(name, target)
    return {
        "seconds": round(child.seconds, 1),
        "cpu_seconds": round(child.cpu_seconds, 1),
        "peak_gigabytes": round(child.peak_gigabytes, 2),
        "megabytes": round(sum(file["bytes"] for file in said["files"]) / 1e6, 1),
        "records_written": {kind: held["written"] for kind, held in said["records"].items() if held["written"]},
        "records_left": {kind: left for kind, held in said["records"].items() if (left := held["in_edition"] - held["written"])},
        "findings": found["findings"],
        "counts": found["counts"],
    }


def imported(statements: Path, folder: Path) -> dict[str, Any]:
    """The account of importing statements."""
    run_child([*OVERT, "init", folder])
    run_child([*OVERT, "fetch", "ftm_statements", "--from", statements, "--workspace", folder, "--retrieved", "2026-11-24"])
    child = run_child([*OVERT, "import", "ftm_statements", "--workspace", folder, "--json"])
    (said,) = json.loads(child.output)
    account = {name: said[name] for name in ("rows_read", "imported", "out_of_scope", "problems", "claims", "records")}
    return {"seconds": round(child.seconds, 1), **account}


def measured(atlas: Path, folder: Path) -> dict[str, Any]:
    """Every format of an atlas, and its statements imported again."""
    done = {name: exported(atlas, name, folder / f"{name}{ending}") for name, ending in FORMATS.items()}
    return {**done, "ftm_statements": imported(folder / "ftm", folder / "again")}


def run(data: Path, *, quick: bool) -> dict[str, Any]:
    """Both editions, or the shipped one."""
    if not PYTHON.is_file():
        raise Missing(f"{PYTHON}: the validators are not installed; `make bench` installs them")
    before = machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        root = Path(temporary)
        result: dict[str, Any] = {
            "benchmark": "standards",
            **before,
            "shipped": measured(shipped(root / "shipped"), root / "of-shipped"),
        }
        if not quick:
            result["full"] = measured(full(root / "full", data), root / "of-full")
    return result


def main(arguments: list[str] | None = None) -> int:
    """Run it and judge."""
    options = parser(__doc__)
    options.add_argument("--data", type=Path, default=DATA, help="directory of the real files")
    given = options.parse_args(arguments)
    try:
        result = run(given.data, quick=given.quick)
    except Missing as error:
        print(error, file=sys.stderr)
        return 1
    editions = [result[name] for name in ("shipped", "full") if name in result]
    found = sum(len(edition[name]["findings"]) for edition in editions for name in FORMATS)
    problems = sum(edition["ftm_statements"]["problems"] for edition in editions)
    return report(result, [Target("findings", found, 1, ""), Target("problems", problems, 1, "")], given)


if __name__ == "__main__":
    sys.exit(main())
