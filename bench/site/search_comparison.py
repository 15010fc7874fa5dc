"""Compare Overt's search index in SQLite with Tantivy: build time, size, time per query, and quality.

    python -m bench.site.search_comparison [--atlas DIR] [--generated 100000] [--peer DIR] [--rounds 5] [--quick] [--json]

Both index the names of the same entries of one served file, by default from the shipped edition. Then both do so again with the
names of generated records (`generated_organizations.py`) after these entries. Overt's index is built into a new SQLite file, as
`overt serve` builds it. Both run the queries of `labels/search_queries.csv`, which names the organisation that a reader wants;
it was written from the sources before either search was run. The result counts whether that organisation is first, and whether
it is among the first eight, which a page lists while its reader types.

Query times are the fastest of several rounds, in process, and `ratio` is Overt's number divided by Tantivy's. Target: Overt has
at least as many of the wanted organisations among the first eight as Tantivy.

The peer is Tantivy 0.27.0 (MIT), installed into its own environment (`--peer` keeps it in DIR; otherwise the network is used
in every run). `--quick` without `--peer` measures only Overt.
"""

import csv
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

from bench.exports.ftm_ofds_and_oc4ids import shipped
from bench.harness import Target, argument_parser, folder, install, machine, report
from bench.linkage.generated_organizations import records
from bench.site.tantivy_search import PACKAGE, run_peer
from overt.index.index_sql import script
from overt.index.release_preparation import prepare
from overt.index.search_index import Entry, write_index
from overt.index.serve_settings import ServeSettings
from overt.model.workspace import Workspace
from overt.queries.database import Database
from overt.queries.name_search import name_lookup

LABELS = Path(__file__).parents[1] / "labels" / "search_queries.csv"
SEED = 1
LIMIT = 8
"""Number of matches that a page lists while its reader types."""
_SEARCH_TABLES = "name = 'entries' OR name LIKE 'search%'"


class LabelledQuery(NamedTuple):
    """A query, and a name of the organisation that the search should find."""

    kind: str
    text: str
    name: str


def labelled_queries() -> list[LabelledQuery]:
    """Read the labelled queries."""
    with LABELS.open(encoding="utf-8", newline="") as handle:
        return [LabelledQuery(row["kind"], row["query"], row["name"]) for row in csv.DictReader(handle)]


def read_entries(path: Path) -> list[Entry]:
    """Read the search entries of a served file, with their names."""
    columns = "type, id, label, label_lang, label_zh, kind, countries, projects, year, names"
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    rows = connection.execute(f"SELECT {columns} FROM entries ORDER BY n").fetchall()
    connection.close()
    return [Entry._make([*row[:-1], [line.partition("\t")[0] for line in row[-1].split("\n")], []]) for row in rows]


def generated_entries(count: int) -> list[Entry]:
    """Return one entry for each of `count` generated records of organisations."""
    batches = records(count, SEED)
    return [
        Entry("organization", row["record"], row["names"][0], None, None, None, None, 0, None, row["names"], [])
        for batch in batches
        for row in batch.select(["record", "names"]).to_pylist()
    ]


def build_index(entries: Sequence[Entry], path: Path) -> dict[str, float]:
    """Build Overt's index of entries in a new SQLite file. Return the seconds, and the size in bytes."""
    connection = sqlite3.connect(path)
    connection.executescript(script("schema"))
    wall, begin = perf_counter(), process_time()
    write_index(connection, [entries])
    for table in ("search", "search_around", "search_slips"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    connection.commit()
    seconds, cpu = perf_counter() - wall, process_time() - begin
    (size,) = connection.execute(f"SELECT sum(pgsize) FROM dbstat WHERE {_SEARCH_TABLES}").fetchone()
    connection.close()
    return {"build_seconds": seconds, "build_cpu_seconds": cpu, "bytes": size}


def time_queries(find: Callable[[str], object], queries: Sequence[LabelledQuery], rounds: int) -> list[float]:
    """Return the milliseconds of each query in the fastest of several rounds."""
    times = []
    for query in queries:
        taken = []
        for _ in range(rounds):
            begin = perf_counter()
            find(query.text)
            taken.append(1000 * (perf_counter() - begin))
        times.append(min(taken))
    return times


def quality(queries: Sequence[LabelledQuery], matches: Sequence[Sequence[int]], entries: Sequence[Entry]) -> dict[str, Any]:
    """Count, by kind, the queries whose organisation is the first match, and those whose organisation is among the first LIMIT.

    Also list the other queries. `matches`: for each query, the indexes in `entries` of its matches, best first.
    """
    counts: dict[str, list[int]] = {}
    missed = []
    for query, places in zip(queries, matches, strict=True):
        right = [entries[place].type == "organization" and query.name in entries[place].names for place in places[:LIMIT]]
        for kind in (query.kind, "all"):
            count = counts.setdefault(kind, [0, 0, 0])
            count[0] += 1
            count[1] += bool(right and right[0])
            count[2] += any(right)
        if not any(right):
            missed.append(query.text)
    return {
        "first": {kind: f"{first} of {queries}" for kind, (queries, first, _) in counts.items()},
        "in_first_eight": {kind: f"{eight} of {queries}" for kind, (queries, _, eight) in counts.items()},
        "right_in_first_eight": counts["all"][2],
        "missed": missed,
    }


def _summary(measured: dict[str, Any], queries: Sequence[LabelledQuery], entries: Sequence[Entry]) -> dict[str, Any]:
    times = sorted(measured["milliseconds"])
    return {
        "build_seconds": round(measured["build_seconds"], 2),
        "build_cpu_seconds": round(measured["build_cpu_seconds"], 2),
        "megabytes": round(measured["bytes"] / 1e6, 2),
        "median_ms": round(median(times), 3),
        "p95_ms": round(times[min(len(times) - 1, len(times) * 95 // 100)], 3),
        **quality(queries, measured["matches"], entries),
    }


def run(entries: Sequence[Entry], python: Path | None, rounds: int) -> dict[str, Any]:
    """Measure Overt's index of some entries and, unless `python` is None, the peer's. `python`: the Python with the peer."""
    queries = labelled_queries()
    names = {name for entry in entries if entry.type == "organization" for name in entry.names}
    result: dict[str, Any] = {
        "entries": len(entries),
        "queries": len(queries),
        "not_in_this_release": [query.name for query in queries if query.name not in names],
    }
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        built = Path(temporary) / "search.sqlite"
        ours: dict[str, Any] = build_index(entries, built)
        database = Database(built)
        with database.lease() as reader:
            rows = [name_lookup.first(reader, query.text, LIMIT) for query in queries]
            ours["matches"] = [[match.entry.n - 1 for match in matches] for matches in rows]
            ours["milliseconds"] = time_queries(lambda text: name_lookup.first(reader, text, LIMIT), queries, rounds)
        database.close()
    result["overt"] = _summary(ours, queries, entries)
    if python:
        texts = [query.text for query in queries]
        peer = run_peer(python, [entry.names for entry in entries], texts, LIMIT, rounds)
        result["tantivy"] = _summary(peer, queries, entries)
        result["ratio"] = {
            name: round(result["overt"][name] / result["tantivy"][name], 2)
            for name in ("build_cpu_seconds", "megabytes", "median_ms", "p95_ms")
            if result["tantivy"][name]
        }
    return result


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--atlas", type=Path, help="the folder of an atlas with a release")
    parser.add_argument("--peer", type=Path, metavar="DIR", help="the folder of the peer's environment, made if it is missing")
    parser.add_argument("--generated", type=int, default=100_000, help="generated records that are added in the second run")
    parser.add_argument("--rounds", type=int, default=5, help="how often each query is timed")
    options = parser.parse_args(arguments)
    rounds, generated = (1, 200) if options.quick else (options.rounds, options.generated)
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary, folder(options.atlas) as place:
        before = machine()
        atlas = place if options.atlas else shipped(place / "atlas")
        python = None if options.quick and not options.peer else install(PACKAGE, options.peer or Path(temporary) / "peer")
        entries = read_entries(prepare(ServeSettings(Workspace.open(atlas))).database)
        runs = {"release": run(entries, python, rounds)}
        runs["with_generated"] = run([*entries, *generated_entries(generated)], python, rounds)
    targets = [
        Target(f"{name}: in the first eight", measured["overt"]["right_in_first_eight"], bound, "", at_least=True)
        for name, measured in runs.items()
        if python and (bound := measured["tantivy"]["right_in_first_eight"]) is not None
    ]
    return report({"benchmark": "search_comparison", **before, **runs}, targets, options)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        sys.exit(f"search_comparison: the peer: {(error.stderr or error.stdout or '').strip()[-300:]}")
