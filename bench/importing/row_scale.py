"""Import a register of a million rows: peak memory, and rows per second.

    python -m bench.importing.row_scale [--rows 1000000] [--small 125000] [--quick] [--json]

`overt import` reads a generated register (`bench.importing.generated_rows`) from the archive, in a separate process, and a
smaller register before that, to show whether memory grows with the rows. Every row must be imported or out of scope.
Targets: 600 MB, and less than 1.25 times the memory for the small register, not counting what `overt import --help` needs.

The peer reads the same file with `csv.DictReader` and writes one line of JSON for each statement, with an SHA-1 id, as scripts
that feed FollowTheMoney do. It doesn't check values, record evidence, remove duplicates or sort.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from bench.harness import OVERT, Child, Target, argument_parser, folder, machine, report, run_child
from bench.importing.generated_rows import SOURCE, write_rows, write_source

CLAIMS_PER_ROW = 12
"""Number of claims per row about its project, role and place. The supplier's name is not included, because many rows share it."""
_PEER = """
import csv, hashlib, json, sys
written = 0
with open(sys.argv[1], newline="", encoding="utf-8") as rows, open(sys.argv[2], "w", encoding="utf-8") as out:
    def state(schema, entity, prop, value):
        global written
        text = "\\x1f".join(("generated", entity, prop, value))
        key = hashlib.sha1(text.encode()).hexdigest()
        line = {"id": key, "entity_id": entity, "schema": schema, "prop": prop, "value": value}
        out.write(json.dumps(line) + "\\n")
        written += 1
    for row in csv.DictReader(rows):
        if row["what"] != "cameras":
            continue
        project, company = row["id"], "organization/" + row["supplier"]
        role, place = project + "/supplier/" + row["supplier"], project + "/place"
        for prop, column in (("name", "name"), ("country", "country"), ("agreed", "agreed"), ("status", "state")):
            state("Project", project, prop, row[column])
        state("Project", project, "kind", "video-surveillance")
        state("Company", company, "name", row["supplier"])
        for prop, value in (("project", project), ("organization", company), ("role", "supplier")):
            state("Role", role, prop, value)
        for prop, value in (
            ("project", project), ("name", row["town"]), ("country", row["country"]), ("precision", "unlocated")
        ):
            state("Place", place, prop, value)
print(written)
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the large register")
    parser.add_argument("--small", type=int, default=125_000, help="rows of the small register")
    options = parser.parse_args(arguments)
    large, small = (2_000, 500) if options.quick else (options.rows, options.small)
    with folder(None) as temporary:
        return _measure(temporary, large, small, options)


def _measure(temporary: Path, large: int, small: int, options: argparse.Namespace) -> int:
    before = machine()
    base = run_child([*OVERT, "import", "--help"])
    first, _ = import_rows(temporary / "small", small)
    child, account = import_rows(temporary / "large", large)
    peer = run_child([sys.executable, "-c", _PEER, temporary / "large" / "drops" / "cameras.csv", os.devnull])
    claims = int(account["claims"])
    result: dict[str, Any] = {
        "benchmark": "row_scale",
        **before,
        "rows": large,
        "claims": claims,
        "seconds": round(child.seconds, 1),
        "cpu_seconds": round(child.cpu_seconds, 1),
        "rows_per_second": round(large / child.seconds),
        "peak_megabytes": round(child.peak_gigabytes * 1000),
        "small": {
            "rows": small,
            "seconds": round(first.seconds, 1),
            "cpu_seconds": round(first.cpu_seconds, 1),
            "peak_megabytes": round(first.peak_gigabytes * 1000),
        },
        "peak_megabytes_of_help": round(base.peak_gigabytes * 1000),
        "dict_reader_to_json": {
            "statements": int(peer.output),
            "seconds": round(peer.seconds, 1),
            "rows_per_second": round(large / peer.seconds),
            "peak_megabytes": round(peer.peak_gigabytes * 1000),
        },
        "times_the_peer_cpu": round(child.cpu_seconds / peer.cpu_seconds, 1),
    }
    growth = (child.peak_gigabytes - base.peak_gigabytes) / max(first.peak_gigabytes - base.peak_gigabytes, 0.001)
    targets = [
        Target("memory", round(child.peak_gigabytes * 1000), 600, " MB"),
        Target("memory, compared with the small register", round(growth, 2), 1.25, " times"),
    ]
    return report(result, targets, options)


def import_rows(
    home: Path, rows: int, *, mapping: bool = False, claims_per_row: int = CLAIMS_PER_ROW
) -> tuple[Child, dict[str, Any]]:
    """Import a register of this many rows into a new atlas. Return the measured command and the account of the rows.

    The import uses an importer or, with `mapping`, a mapping. Raises RuntimeError if the numbers of imported rows, of rows out of
    scope and of claims aren't the expected ones.
    """
    atlas, drops = home / "atlas", home / "drops"
    run_child([*OVERT, "init", atlas])
    write_source(atlas, mapping=mapping)
    drops.mkdir()
    write_rows(drops / "cameras.csv", rows)
    run_child([*OVERT, "fetch", SOURCE, "--workspace", atlas, "--from", drops, "--retrieved", "2026-11-24"])
    child = run_child([*OVERT, "import", "--workspace", atlas, "--json"])
    (account,) = json.loads(child.output)
    benches = rows // 50
    claims = account["claims"] - account["records"]["organization"]
    if (account["imported"], account["out_of_scope"], claims) != (rows - benches, benches, (rows - benches) * claims_per_row):
        raise RuntimeError(f"row_scale: {rows:,} rows were read wrongly: {account}")
    return child, account


if __name__ == "__main__":
    raise SystemExit(main())
