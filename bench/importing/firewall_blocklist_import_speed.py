"""Import firewall lists: nine million domain-days to episodes, compared with a bare count by DuckDB.

    python -m bench.importing.firewall_blocklist_import_speed [--data DIR] [--quick] [--json]

A separate process imports the archive of daily lists as `overt import` does: it unpacks, checks and accounts for every line, and
makes episodes with their bounds. The peer only counts: DuckDB reads the same lines, unpacked beforehand, and counts the
listed days of each series and domain. Both must give the same numbers. Targets: under 15 s and 2 GB. `--quick` imports generated
lists.
"""

import argparse
import sys
import tarfile
from pathlib import Path
from typing import Any

from bench.harness import DATA, Target, argument_parser, folder, machine, report, run_child
from tests.importing.blocklist_files import HENAN, NATIONAL, write_daily

SOURCE, ARCHIVE = "gfw_report_daily", "sp25-daily-sni-lists.tar.xz"
_IMPORT = """
import sys
from pathlib import Path
from overt.importing.folder_import_without_archive import import_folder
from overt.model.content_catalogue import Catalogue
outcome = import_folder(Catalogue(), "gfw_report_daily", Path(sys.argv[1]))
table = outcome.observations.episodes
print(outcome.report.imported, table.num_rows, len(table.group_by(["series", "domain"]).aggregate([])))
"""
_COUNT = """
import sys
import duckdb
query = '''SELECT count(*), sum(days) FROM (
    SELECT regexp_extract(filename, 'sni-([a-z]+)_', 1) AS series, name, count(*) AS days
    FROM read_csv(
        ?, header = false, columns = {'name': 'VARCHAR'}, filename = true, delim = '\\t', quote = '', auto_detect = false
    )
    GROUP BY series, name
)'''
with duckdb.connect(config={"threads": 2}) as connection:
    print(*connection.execute(query, [sys.argv[1] + "/**/*.txt"]).fetchone())
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--data", type=Path, default=DATA / "gfw", help="the folder of the archive")
    options = parser.parse_args(arguments)
    with folder(None) as temporary:
        data = options.data
        if options.quick:
            days = {f"2024-01-{day:02}": [f"{name}.example" for name in range(day, day + 500)] for day in range(1, 21)}
            data = write_daily(temporary / "in", {NATIONAL: days, HENAN: days})
        elif not (data / ARCHIVE).is_file():
            print(f"firewall_blocklist_import_speed: skipped: {data / ARCHIVE}: no such file; set OVERT_DATA or --data")
            return 0
        return _measure(data, temporary / "lists", options)


def _measure(data: Path, lists: Path, options: argparse.Namespace) -> int:
    before = machine()
    with tarfile.open(data / ARCHIVE) as archive:
        archive.extractall(lists, filter="data")
    ours, peer = (run_child([sys.executable, "-c", code, path]) for code, path in ((_IMPORT, data), (_COUNT, lists)))
    imported, episodes, domains = map(int, ours.output.split())
    counted, days = map(int, peer.output.split())
    if (domains, imported) != (counted, days):
        raise RuntimeError(
            f"firewall_blocklist_import_speed: the import has {domains:,} domains on {imported:,} days, DuckDB {counted:,} on "
            f"{days:,}"
        )
    result: dict[str, Any] = {
        "benchmark": "firewall_blocklist_import_speed",
        **before,
        "domain_days": imported,
        "domains": domains,
        "episodes": episodes,
        "seconds": round(ours.seconds, 2),
        "cpu_seconds": round(ours.cpu_seconds, 2),
        "peak_gigabytes": round(ours.peak_gigabytes, 2),
        "bare_count": {"seconds": round(peer.seconds, 2), "cpu_seconds": round(peer.cpu_seconds, 2)},
        "times_the_bare_count": round(ours.seconds / peer.seconds, 2),
        "times_the_bare_count_cpu": round(ours.cpu_seconds / peer.cpu_seconds, 2),
    }
    targets = [Target("time", round(ours.seconds, 1), 15, " s"), Target("memory", round(ours.peak_gigabytes, 2), 2, " GB")]
    return report(result, targets, options)


if __name__ == "__main__":
    raise SystemExit(main())
