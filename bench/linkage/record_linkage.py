"""A million organisation records with duplicates are linked: seconds, peak memory, and how right it is.

    python -m bench.linkage.record_linkage [--records 1000000] [--threads 2] [--memory 1200MB] [--no-spark] [--quick] [--json]

The records are made by `generate_names.py`, the same in every run; making them is not in the time. In it are reading them, taking
names apart, finding and scoring pairs, and joining these to clusters, in a process of its own whose resident memory is measured.
Target: under 60 s and 2.5 GB. How right: pairs of probability `same` or more, and pairs that are in one cluster, against who is
who by construction. Then a tenth of the records are scored on DuckDB and on a local Spark, where that is installed
(`pip install 'overt[spark]'`): they must agree on 99 % of the pairs.

The model was trained on other records of the same generator (another seed): how right it is here says how well it does what it
was made for. What it makes of real names is shown by the real file where it is there: pairs of companies that people labelled.
No peer is run: Splink itself does the scoring; nomenklatura scores a pair in about 329 µs, which for the pairs of this benchmark
would take half an hour.
"""

import csv
import json
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bench.harness import DATA, Target, machine, parser, report, run_child
from bench.linkage.generated_names import write
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect, quote
from overt.resolve.linkage.features import RECORDS
from overt.resolve.linkage.groups import group
from overt.resolve.linkage.model import load_model
from overt.resolve.linkage.score import score_pairs
from overt.resolve.linkage.words import load_reader

SEED = 1
UNLIKELY = 0.0001
"""Pairs from this probability on are kept: the unlikely ones speak against joining."""


def link(records: Path, out: Path, threads: int, memory: str) -> dict[str, Any]:
    """Link the records of a file: pairs and clusters go to files beside `out`; returns how long each step took."""
    begin = monotonic()
    reader = load_reader(Catalogue())
    with connect(threads=threads, memory=memory, spill=out / "spill") as connection:
        table = pq.read_table(records, columns=RECORDS.names)
        model = load_model().among(table.num_rows)
        pairs = score_pairs(connection, table, model, reader, minimum=UNLIKELY)
        scored = monotonic()
        clusters = group(pairs, table, model.thresholds.same)
        pq.write_table(pairs, out / "pairs.parquet")
        pq.write_table(clusters, out / "clusters.parquet")
    end = monotonic()
    return {
        "records": len(table),
        "pairs": len(pairs),
        "seconds": round(end - begin, 1),
        "scoring_seconds": round(scored - begin, 1),
        "clustering_seconds": round(end - scored, 1),
    }


def judged(records: Path, out: Path, same: float, review: float) -> dict[str, Any]:
    """Precision and recall of pairs, with the counts that they are made of."""
    with connect(memory="4GB", spill=out / "judge") as connection:
        connection.execute(f"CREATE TABLE record AS SELECT record, entity FROM {quote(records)}")
        known = _count(connection, "SELECT sum(n * (n - 1) // 2)::BIGINT FROM (SELECT count(*) AS n FROM record GROUP BY entity)")
        found = (
            f"SELECT l.entity = r.entity AS same FROM {quote(out / 'pairs.parquet')} "
            'JOIN record AS l ON l.record = "left" JOIN record AS r ON r.record = "right" WHERE probability >= '
        )
        clusters = f"SELECT cluster, entity FROM {quote(out / 'clusters.parquet')} JOIN record USING (record)"
        size = "SELECT sum(n * (n - 1) // 2)::BIGINT FROM (SELECT count(*) AS n FROM ({}) GROUP BY {})"
        counts = {
            "pairs_scored_same": [
                _count(connection, f"SELECT count(*) FROM ({found} {same}) {only}") for only in ("", "WHERE same")
            ],
            "pairs_in_one_cluster": [_count(connection, size.format(clusters, by)) for by in ("cluster", "cluster, entity")],
            "pairs_offered_for_review_too": [
                _count(connection, f"SELECT count(*) FROM ({found} {review}) {only}") for only in ("", "WHERE same")
            ],
        }
    return {
        "true_pairs": known,
        **{
            name: {"pairs": made, "right": right, "precision": round(right / made, 4), "recall": round(right / known, 4)}
            for name, (made, right) in counts.items()
            if made and known
        },
    }


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0] or 0) if row else 0


def agreement(records: int) -> dict[str, Any]:
    """The same records scored on DuckDB and on a local Spark: how many pairs both have, and how far apart they are."""
    reader = load_reader(Catalogue())
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary, connect(memory="2GB") as connection:
        path = Path(temporary) / "records.parquet"
        write(records, path, SEED)
        table = pq.read_table(path, columns=RECORDS.names)
        model = load_model().among(table.num_rows)
        found: dict[str, dict[tuple[Any, Any], float]] = {}
        seconds: dict[str, float] = {}
        for engine in ("duckdb", "local[*]"):
            begin = monotonic()
            pairs = score_pairs(connection, table, model, reader, engine=engine)
            seconds[engine] = round(monotonic() - begin, 1)
            keys = zip(pairs["left"].to_pylist(), pairs["right"].to_pylist(), strict=True)
            found[engine] = dict(zip(keys, (float(held or 0) for held in pairs["probability"].to_pylist()), strict=True))
    one, other = found.values()
    both = one.keys() & other.keys()
    return {
        "records": records,
        "seconds": seconds,
        "pairs": [len(one), len(other)],
        "pairs_of_both": len(both),
        "share": round(len(both) / max(len(one.keys() | other.keys()), 1), 6),
        "largest_difference_of_probability": max((abs(one[pair] - other[pair]) for pair in both), default=0.0),
    }


def labelled(path: Path) -> dict[str, Any]:
    """Pairs of names of companies and organisations that people labelled, by name alone: what the model joins or offers."""
    with path.open(encoding="utf-8", newline="") as handle:
        cases = [row for row in csv.DictReader(handle) if row["schema"] in ("Company", "Organization", "LegalEntity")]
    names = sorted({row[side] for row in cases for side in ("name1", "name2")})
    number = {name: f"case:{place}" for place, name in enumerate(names)}
    table = pa.table(
        [
            list(number.values()),
            ["organization"] * len(names),
            ["case"] * len(names),
            [[name] for name in names],
            *[[[]] * len(names)] * 2,
        ],
        schema=RECORDS,
    )
    model = load_model().among(table.num_rows)
    with connect(memory="1GB") as connection:
        pairs = score_pairs(connection, table, model, load_reader(Catalogue()))
    scores = {
        (left, right): held
        for left, right, held in zip(*(pairs[name].to_pylist() for name in ("left", "right", "probability")), strict=True)
    }
    told: dict[str, Any] = {"pairs": len(cases), "of_them_same": sum(row["is_match"] == "true" for row in cases)}
    for name, least in (("joined", model.thresholds.same), ("joined_or_offered", model.thresholds.review)):
        chosen = [row for row in cases if _score(scores, number[row["name1"]], number[row["name2"]]) >= least]
        told[name] = {"pairs": len(chosen), "right": sum(row["is_match"] == "true" for row in chosen)}
    return told


def _score(scores: dict[tuple[str, str], float], one: str, other: str) -> float:
    left, right = sorted((one, other))
    return 1.0 if left == right else scores.get((left, right), 0.0)


def run(records: int, threads: int, memory: str, spark: int) -> dict[str, Any]:
    """One measured run, the comparison with Spark where there is one, and the real labels where they are there."""
    before = machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        folder = Path(temporary)
        path = folder / "records.parquet"
        write(records, path, SEED)
        command = (
            sys.executable,
            "-m",
            "bench.linkage.record_linkage",
            "--link",
            path,
            "--threads",
            str(threads),
            "--memory",
            memory,
        )
        child = run_child(command)
        linked = json.loads(child.output)
        thresholds = load_model().thresholds
        right = judged(path, folder, thresholds.same, thresholds.review)
    cases = DATA / "er" / "name_bench_cases.csv"
    return {
        "benchmark": "linkage",
        **before,
        "threads": threads,
        "engine_memory": memory,
        **linked,
        "cpu_seconds": round(child.cpu_seconds, 1),
        "peak_gigabytes": round(child.peak_gigabytes, 2),
        **right,
        "duckdb_and_spark": agreement(spark) if spark else "not run",
        "labelled_companies": labelled(cases) if cases.is_file() else "the real data is not there",
    }


def main(arguments: list[str] | None = None) -> int:
    """Run it and tell."""
    options = parser(__doc__)
    options.add_argument("--records", type=int, default=1_000_000)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--memory", default="1200MB", help="what the engine may keep before it spills")
    options.add_argument("--no-spark", action="store_true", help="leave out the comparison with Spark")
    options.add_argument("--link", type=Path, help="only link the records of this file; what the measured process does")
    given = options.parse_args(arguments)
    if given.link:
        print(json.dumps(link(given.link, given.link.parent, given.threads, given.memory)))
        return 0
    spark = 0 if given.quick or given.no_spark or not find_spec("pyspark") else given.records // 10
    result = run(2000, 2, "500MB", 0) if given.quick else run(given.records, given.threads, given.memory, spark)
    targets = [
        Target("wall", result["seconds"], 60, " s"),
        Target("peak memory", result["peak_gigabytes"], 2.5, " GB"),
    ]
    if spark:
        targets.append(Target("pairs that DuckDB and Spark share", result["duckdb_and_spark"]["share"], 0.99, "", at_least=True))
    return report(result, targets, given)


if __name__ == "__main__":
    sys.exit(main())
