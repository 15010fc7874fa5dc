"""Link a million organisation records with duplicates: seconds, peak memory, precision and recall.

    python -m bench.linkage.million_record_linkage [--records 1000000] [--threads 2] [--memory 1200MB] [--no-spark]
        [--quick] [--json]

The records come from `generated_organizations.py` and are the same in every run. Reading them, parsing names, and finding and
scoring pairs are timed in a separate process, whose peak memory is measured. Target: under 60 s and 2.5 GB. Precision and
recall against the known truth are for pairs scored `same` or more, and for pairs scored `review` or more. Then a tenth of the
records are scored on DuckDB and, if it is installed, on a local Spark (`pip install -e '.[spark]'`): they must agree on 99 % of
the pairs.

The model was trained on other records of the same generator (another seed), so precision and recall here only show how well it
does on such generated names. If the real data is available, labelled pairs of companies show how it performs on real names.
There is no peer, because Splink itself does the scoring. nomenklatura takes about 329 µs per pair, so the pairs of this
benchmark would take it half an hour.
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

from bench.harness import DATA, Target, argument_parser, machine, report, run_child
from bench.linkage.generated_organizations import write
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.resolve.linkage.linkage_model import load_linkage_model
from overt.resolve.linkage.linkage_name_parts import load_reader
from overt.resolve.linkage.pair_scores import score_pairs
from overt.resolve.linkage.record_feature_tables import RECORDS

SEED = 1


def link(records: Path, out: Path, threads: int, memory: str) -> dict[str, Any]:
    """Link the records of a file, and write the scored pairs to the folder `out`.

    Return the numbers of records and pairs, and the seconds.
    """
    begin = monotonic()
    reader = load_reader(Catalogue())
    with connect(threads=threads, memory=memory, spill=out / "spill") as connection:
        table = pq.read_table(records, columns=RECORDS.names)
        model = load_linkage_model().for_record_count(table.num_rows)
        pairs = score_pairs(connection, table, model, reader)
        pq.write_table(pairs, out / "pairs.parquet")
    end = monotonic()
    return {
        "records": len(table),
        "pairs": len(pairs),
        "seconds": round(end - begin, 1),
    }


def accuracy(records: Path, out: Path, same: float, review: float) -> dict[str, Any]:
    """Return precision, recall and counts of the pairs scored at least `same`, and of those scored at least `review`."""
    with connect(memory="4GB", spill=out / "judge") as connection:
        connection.execute(f"CREATE TABLE record AS SELECT record, entity FROM {quote_literal(records)}")
        true_pairs = _count(
            connection, "SELECT sum(n * (n - 1) // 2)::BIGINT FROM (SELECT count(*) AS n FROM record GROUP BY entity)"
        )
        scored = (
            f"SELECT l.entity = r.entity AS same FROM {quote_literal(out / 'pairs.parquet')} "
            'JOIN record AS l ON l.record = "left" JOIN record AS r ON r.record = "right" WHERE probability >= '
        )
        counts = {
            "pairs_scored_same": [
                _count(connection, f"SELECT count(*) FROM ({scored} {same}) {only}") for only in ("", "WHERE same")
            ],
            "pairs_offered_for_review_too": [
                _count(connection, f"SELECT count(*) FROM ({scored} {review}) {only}") for only in ("", "WHERE same")
            ],
        }
    return {
        "true_pairs": true_pairs,
        **{
            name: {"pairs": made, "right": right, "precision": round(right / made, 4), "recall": round(right / true_pairs, 4)}
            for name, (made, right) in counts.items()
            if made and true_pairs
        },
    }


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0] or 0) if row else 0


def agreement(records: int) -> dict[str, Any]:
    """Score the same records on DuckDB and on a local Spark.

    Returns the number of pairs that both engines find, and the largest difference between their probabilities.
    """
    reader = load_reader(Catalogue())
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary, connect(memory="2GB") as connection:
        path = Path(temporary) / "records.parquet"
        write(records, path, SEED)
        table = pq.read_table(path, columns=RECORDS.names)
        model = load_linkage_model().for_record_count(table.num_rows)
        scores: dict[str, dict[tuple[Any, Any], float]] = {}
        seconds: dict[str, float] = {}
        for engine in ("duckdb", "local[*]"):
            begin = monotonic()
            pairs = score_pairs(connection, table, model, reader, engine=engine)
            seconds[engine] = round(monotonic() - begin, 1)
            keys = zip(pairs["left"].to_pylist(), pairs["right"].to_pylist(), strict=True)
            scores[engine] = dict(zip(keys, (float(score or 0) for score in pairs["probability"].to_pylist()), strict=True))
    duckdb_scores, spark_scores = scores.values()
    both = duckdb_scores.keys() & spark_scores.keys()
    return {
        "records": records,
        "seconds": seconds,
        "pairs": [len(duckdb_scores), len(spark_scores)],
        "pairs_of_both": len(both),
        "share": round(len(both) / max(len(duckdb_scores.keys() | spark_scores.keys()), 1), 6),
        "largest_difference_of_probability": max((abs(duckdb_scores[pair] - spark_scores[pair]) for pair in both), default=0.0),
    }


def labelled_pairs(path: Path) -> dict[str, Any]:
    """Count the labelled pairs of companies and organisations that the model joins, and those that it joins or offers.

    The model gets only the names.
    """
    with path.open(encoding="utf-8", newline="") as handle:
        cases = [row for row in csv.DictReader(handle) if row["schema"] in ("Company", "Organization", "LegalEntity")]
    names = sorted({row[side] for row in cases for side in ("name1", "name2")})
    number = {name: f"case:{place}" for place, name in enumerate(names)}
    table = pa.Table.from_pylist(
        [
            {
                "record": record,
                "type": "organization",
                "source": "case",
                "names": [name],
                "countries": [],
                "identifiers": [],
                "sites": [],
            }
            for name, record in number.items()
        ],
        schema=RECORDS,
    )
    model = load_linkage_model().for_record_count(table.num_rows)
    with connect(memory="1GB") as connection:
        pairs = score_pairs(connection, table, model, load_reader(Catalogue()))
    scores = {
        (left, right): score
        for left, right, score in zip(*(pairs[name].to_pylist() for name in ("left", "right", "probability")), strict=True)
    }
    result: dict[str, Any] = {"pairs": len(cases), "of_them_same": sum(row["is_match"] == "true" for row in cases)}
    for name, threshold in (("joined", model.thresholds.same), ("joined_or_offered", model.thresholds.review)):
        chosen = [row for row in cases if _score(scores, number[row["name1"]], number[row["name2"]]) >= threshold]
        result[name] = {"pairs": len(chosen), "right": sum(row["is_match"] == "true" for row in chosen)}
    return result


def _score(scores: dict[tuple[str, str], float], first: str, second: str) -> float:
    left, right = sorted((first, second))
    return 1.0 if left == right else scores.get((left, right), 0.0)


def run(records: int, threads: int, memory: str, spark: int) -> dict[str, Any]:
    """Measure one run, compare DuckDB with Spark, and score the labelled pairs if they are there.

    `spark`: the number of records for the comparison with Spark; 0 leaves it out.
    """
    before = machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        folder = Path(temporary)
        path = folder / "records.parquet"
        write(records, path, SEED)
        command = (
            sys.executable,
            "-m",
            "bench.linkage.million_record_linkage",
            "--link",
            path,
            "--threads",
            str(threads),
            "--memory",
            memory,
        )
        child = run_child(command)
        linked = json.loads(child.output)
        thresholds = load_linkage_model().thresholds
        right = accuracy(path, folder, thresholds.same, thresholds.review)
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
        "labelled_companies": labelled_pairs(cases) if cases.is_file() else "the real data is not there",
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", default="1200MB", help="memory of the engine before it spills to disk")
    parser.add_argument("--no-spark", action="store_true", help="leave out the comparison with Spark")
    parser.add_argument(
        "--link", type=Path, help="link the records of this file and print the result; used for the measured process"
    )
    options = parser.parse_args(arguments)
    if options.link:
        print(json.dumps(link(options.link, options.link.parent, options.threads, options.memory)))
        return 0
    spark = 0 if options.quick or options.no_spark or not find_spec("pyspark") else options.records // 10
    result = run(2000, 2, "500MB", 0) if options.quick else run(options.records, options.threads, options.memory, spark)
    targets = [
        Target("wall", result["seconds"], 60, " s"),
        Target("peak memory", result["peak_gigabytes"], 2.5, " GB"),
    ]
    if spark:
        targets.append(Target("pairs that DuckDB and Spark share", result["duckdb_and_spark"]["share"], 0.99, "", at_least=True))
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
