"""Ten million generated claims over a million records become a release: seconds and peak memory.

    python bench/release_scale.py [--records 1000000] [--threads 2] [--memory 4GB]

The claims are made by `sql/generate_claims.sql`, the same for every run. Target: under 120 s and 8 GB on two cores.
Making the claims is not in the time; resolving and releasing are.
"""

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

from overt.model.content import Catalogue
from overt.model.engine import connect, quote, write_parquet
from overt.release.build import build_release
from overt.release.inputs import ReleaseInputs, SourceInput
from overt.resolve.names import NameForms
from overt.resolve.resolver import ClaimsFile, Inputs, resolve
from overt.resolve.store import write_resolution

SOURCES = 2
_EMPTY_REPORT = {"rows_read": 0, "imported": 0, "out_of_scope": 0, "problems": 0, "claims": 0, "out_of_scope_by_rule": {}}


def generate(folder: Path, records: int) -> list[tuple[str, Path, Path]]:
    """Claims and evidence of two sources with half of the records each."""
    template = (Path(__file__).parent / "sql" / "generate_claims.sql").read_text(encoding="utf-8")
    made = []
    with connect(memory="4GB", spill=folder / "spill") as connection:
        for number, source in enumerate(("us_dod_1260h", "us_fcc_covered")[:SOURCES]):
            query = template.replace("${records}", str(records // SOURCES)).replace("${source}", source)
            query = query.replace("${offset}", str(number * records))
            claims, evidence = folder / f"{source}.parquet", folder / f"{source}-evidence.parquet"
            connection.execute(f"CREATE OR REPLACE TEMP TABLE made AS {query}")
            write_parquet(
                connection,
                "SELECT DISTINCT ON (record, property, claim_id) * EXCLUDE (i, k) FROM made ORDER BY record, property, claim_id",
                claims,
            )
            columns = "claim_id, repeat('0', 64) AS capture, 'row=' || i || ';col=' || k AS locator, value[:1000] AS excerpt"
            places = f"SELECT DISTINCT {columns}, NULL::VARCHAR AS document FROM made ORDER BY ALL"
            write_parquet(connection, places, evidence)
            connection.execute("DROP TABLE made")
            made.append((source, claims, evidence))
    return made


def run(records: int, threads: int, memory: str) -> dict[str, object]:
    """One measured run."""
    content = Catalogue()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        folder = Path(temporary)
        made = generate(folder, records)
        with connect() as connection:
            paths = ", ".join(quote(claims) for _, claims, _ in made)
            row = connection.execute(f"SELECT count(*) FROM read_parquet([{paths}])").fetchone()
        begin = time.monotonic()
        with connect(threads=threads, memory=memory, spill=folder / "spill") as connection:
            inputs = Inputs([ClaimsFile(str(claims), position) for position, (_, claims, _) in enumerate(made)])
            resolution = resolve(inputs, NameForms(content.vocabularies["legal-forms"]), connection)
        write_resolution(folder / "resolved", resolution, "bench")
        del resolution
        resolved = time.monotonic()
        identity = build_release(
            ReleaseInputs(
                [
                    SourceInput(source, "bench", "2026-11-24", claims, evidence, _EMPTY_REPORT)
                    for source, claims, evidence in made
                ],
                [],
                folder / "resolved" / "members.parquet",
            ),
            content,
            folder / "releases",
            threads=threads,
            memory=memory,
            progress=lambda step: print(f"  {time.monotonic() - begin:6.1f} s  {step}", flush=True),
        )
        end = time.monotonic()
        size = sum(path.stat().st_size for path in (folder / "releases").rglob("*") if path.is_file())
    return {
        "claims": row[0] if row else 0,
        "records": records,
        "release": identity,
        "resolve_seconds": round(resolved - begin, 1),
        "release_seconds": round(end - resolved, 1),
        "seconds": round(end - begin, 1),
        "peak_gigabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
        "release_megabytes": round(size / 1e6),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", default="4GB")
    given = parser.parse_args()
    print(json.dumps(run(given.records, given.threads, given.memory), indent=2))
