"""Import a register of a million rows by a mapping and by an importer in Python: processor time, and memory.

    python -m bench.importing.mapping_against_importer [--rows 1000000] [--quick] [--json]

Both read the same generated register (`bench.importing.generated_rows`) with `overt import`, each in a separate process. The
mapping makes one more claim per row: that the place is a site. Targets for the mapping: less than 1.5 times the importer's
processor time, and less than 600 MB.
"""

from typing import Any

from bench.harness import Target, argument_parser, folder, machine, report
from bench.importing.row_scale import CLAIMS_PER_ROW, import_rows


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the register")
    options = parser.parse_args(arguments)
    rows = 2_000 if options.quick else options.rows
    with folder(None) as temporary:
        before = machine()
        importer, _ = import_rows(temporary / "importer", rows)
        mapping, account = import_rows(temporary / "mapping", rows, mapping=True, claims_per_row=CLAIMS_PER_ROW + 1)
    ratio = round(mapping.cpu_seconds / importer.cpu_seconds, 2)
    result: dict[str, Any] = {
        "benchmark": "mapping_against_importer",
        **before,
        "rows": rows,
        "claims": account["claims"],
        "mapping": {
            "cpu_seconds": round(mapping.cpu_seconds, 1),
            "peak_megabytes": round(mapping.peak_gigabytes * 1000),
        },
        "importer": {
            "cpu_seconds": round(importer.cpu_seconds, 1),
            "peak_megabytes": round(importer.peak_gigabytes * 1000),
        },
        "times_the_importer_cpu": ratio,
    }
    targets = [
        Target("times the importer's processor time", ratio, 1.5, ""),
        Target("memory", round(mapping.peak_gigabytes * 1000), 600, " MB"),
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    raise SystemExit(main())
