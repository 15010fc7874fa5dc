"""Release ten million generated claims about a million records: seconds and peak memory, on two threads.

    python -m bench.releases.release_scale [--records 1000000] [--threads 2] [--memory 6GB] [--quick] [--json]

`sql/generate_claims.sql` generates the same claims in every run. Resolving and releasing them is timed; generating them is not.
Target: under 120 s and 8 GB. Then 100,000 records are resolved and released on one thread and on two: every file must have the
same bytes. There is no peer: followthemoney, which `statement_aggregation` measures, makes no release.
"""

import resource
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, process_time
from typing import Any

from bench.harness import Target, argument_parser, machine, peak_gigabytes, report
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal, write_parquet
from overt.model.files.file_digests import sha256_file
from overt.release.release_build import build_release
from overt.release.release_inputs import ReleaseInputs, SourceInput
from overt.resolve.names import NameKeys
from overt.resolve.resolution_inputs import ClaimsFile, ResolutionInputs
from overt.resolve.resolution_writer import write_resolution
from overt.resolve.resolver import resolve

SOURCES = ("us_dod_1260h", "us_fcc_covered")
DATE = "2026-11-24"
REPORT: dict[str, object] = {
    "rows_read": 0,
    "imported": 0,
    "out_of_scope": 0,
    "problems": 0,
    "claims": 0,
    "as_of": None,
    "as_of_said": None,
    "part": None,
    "suppliers": None,
    "other_edition": None,
    "out_of_scope_by_rule": {},
}


@dataclass(frozen=True)
class Generated:
    """A generated source: its name, its file of claims and its file of evidence."""

    source: str
    claims: Path
    evidence: Path


def generate(folder: Path, records: int) -> list[Generated]:
    """Write generated claims and evidence of two sources, each with half of the records, as Parquet files in `folder`."""
    template = (Path(__file__).parents[1] / "sql" / "generate_claims.sql").read_text(encoding="utf-8")
    sources = []
    with connect(memory="4GB", spill=folder / "spill") as connection:
        for number, source in enumerate(SOURCES):
            query = template.replace("${records}", str(records // len(SOURCES))).replace("${source}", source)
            query = query.replace("${offset}", str(number * records))
            generated = Generated(source, folder / f"{source}.parquet", folder / f"{source}-evidence.parquet")
            connection.execute(f"CREATE OR REPLACE TEMP TABLE made AS {query}")
            claims = "SELECT DISTINCT ON (record, property, claim_id) * EXCLUDE (i, k) FROM made"
            write_parquet(connection, f"{claims} ORDER BY record, property, claim_id", generated.claims)
            columns = "claim_id, repeat('0', 64) AS capture, 'row=' || i || ';col=' || k AS locator, value[:1000] AS excerpt"
            places = f"SELECT DISTINCT {columns}, NULL::VARCHAR AS document FROM made ORDER BY ALL"
            write_parquet(connection, places, generated.evidence)
            connection.execute("DROP TABLE made")
            sources.append(generated)
    return sources


def count_claims(generated: list[Generated]) -> int:
    """Return the number of distinct claims in all sources together."""
    paths = ", ".join(quote_literal(source.claims) for source in generated)
    with connect() as connection:
        row = connection.execute(f"SELECT count(DISTINCT claim_id::UUID) FROM read_parquet([{paths}])").fetchone()
    return row[0] if row else 0


def release(
    generated: list[Generated], content: Catalogue, folder: Path, threads: int, memory: str
) -> tuple[Path, dict[str, float]]:
    """Resolve and release the claims of generated sources.

    Returns the release's directory, and the seconds from the start until each step began and, as `end`, until the last ended.
    """
    begin = monotonic()
    steps = {"resolve": 0.0}

    def progress(step: str, share: float | None = None) -> None:
        if step not in steps:
            steps[step] = round(monotonic() - begin, 1)
            print(f"  {steps[step]:6.1f} s  {step}", file=sys.stderr, flush=True)

    with connect(threads=threads, memory=memory, spill=folder / "spill") as connection:
        inputs = ResolutionInputs([ClaimsFile(str(source.claims), position) for position, source in enumerate(generated)])
        resolution = resolve(inputs, NameKeys(), connection)
    write_resolution(folder / "resolved", resolution, "bench")
    del resolution
    sources = [SourceInput(source.source, "bench", DATE, source.claims, source.evidence, REPORT) for source in generated]
    identity = build_release(
        ReleaseInputs(sources, [], folder / "resolved" / "members.parquet"),
        content,
        folder / "releases",
        threads=threads,
        memory=memory,
        progress=progress,
    )
    return folder / "releases" / identity, {**steps, "end": round(monotonic() - begin, 1)}


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file in a directory and its subdirectories, by relative path."""
    return {str(path.relative_to(folder)): sha256_file(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def compare(records: int, content: Catalogue, memory: str) -> dict[str, Any]:
    """Release the same claims on one thread and on two.

    Return the files that differ, and whether the releases' ids are the same.
    """
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        folder = Path(temporary)
        generated = generate(folder, records)
        one_thread, _ = release(generated, content, folder / "one", 1, memory)
        two_threads, _ = release(generated, content, folder / "two", 2, memory)
        first, second = hashes(one_thread), hashes(two_threads)
    differ = sorted(name for name in first | second if first.get(name) != second.get(name))
    return {"records": records, "files": len(first), "same_id": one_thread.name == two_threads.name, "files_that_differ": differ}


def run(records: int, compared: int, threads: int, memory: str) -> dict[str, Any]:
    """Measure one run, and compare a release on one thread with one on two threads."""
    content, before = Catalogue(), machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        generated = generate(Path(temporary), records)
        claims = count_claims(generated)
        cpu = process_time()
        place, steps = release(generated, content, Path(temporary), threads, memory)
        cpu = process_time() - cpu
        size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
        identity = place.name
    peak = peak_gigabytes(resource.getrusage(resource.RUSAGE_SELF))
    return {
        "benchmark": "release_scale",
        **before,
        "threads": threads,
        "records": records,
        "claims": claims,
        "seconds": steps["end"],
        "resolve_seconds": steps["claims"],
        "release_seconds": round(steps["end"] - steps["claims"], 1),
        "cpu_seconds": round(cpu, 1),
        "peak_gigabytes": round(peak, 2),
        "release": identity,
        "release_megabytes": round(size / 1e6),
        "one_thread_and_two": compare(compared, content, memory),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", default="6GB")
    options = parser.parse_args(arguments)
    result = run(1000, 1000, 2, "1GB") if options.quick else run(options.records, 100_000, options.threads, options.memory)
    targets = [
        Target("wall", result["seconds"], 120, " s"),
        Target("peak memory", result["peak_gigabytes"], 8, " GB"),
        Target("claims", result["claims"], 10 * options.records, "", at_least=True),
        Target("files that differ between one thread and two", len(result["one_thread_and_two"]["files_that_differ"]), 1, ""),
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
