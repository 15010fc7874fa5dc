"""Measure search as you type among a million names: the response time in process and over HTTP, and the quality.

    python -m bench.site.search [--names 1030000] [--each 60] [--atlas DIR] [--quick] [--json]

The names of `generated_organizations.py`, the same in every run, and a few well-known ones become a release and its served
file. The search needs only that file. The queries of `generated_search_queries.py` run one after the other in process, and then
against a real server in its own process over one open connection. Target: 15 ms at the 95th percentile, for both.

For complete queries, the result has how often the wanted record is among the first eight. It can't always be among them,
because many generated names begin alike. Peers in the same run: SQLite's FTS5 with its trigram tokenizer over the same names,
ranked by bm25; and rapidfuzz (WRatio) over all names, with fewer queries, because each takes about a second.
"""

import gzip
import http.client
import json
import re
import resource
import sqlite3
import sys
import tempfile
from argparse import Namespace
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any
from urllib.parse import quote, urlsplit

import pyarrow.parquet as pq
from rapidfuzz import fuzz, process, utils

from bench.harness import Target, argument_parser, folder, machine, peak_gigabytes, report, served
from bench.site.generated_search_atlas import EXAMPLES, make, serve_file
from bench.site.generated_search_queries import Query, queries
from overt.model.workspace import Workspace
from overt.queries.database import Database
from overt.queries.name_search import name_lookup

LIMIT = 8
"""Number of matches that a page lists while its reader types."""
EXAMPLE_QUERIES = {
    "Huawei": ("huawei", "华为", "hua wei", "хуавэй", "huawie", "華為"),
    "Hikvision": ("haikang", "海康"),
    "ZTE": ("zhongxing", "中兴"),
}
Find = Callable[[str], Sequence[Sequence[str]]]
"""Function that returns the keys of each match (its id, or its names), best first."""


def measure(typed: Sequence[Query], find: Find, keys: dict[int, set[str]], *, in_process: bool = True) -> dict[str, Any]:
    """Return the milliseconds of the queries, and how many complete queries have their record among the first LIMIT.

    `keys`: the keys that `find` returns for an entity, by entity. If this process does the work (`in_process`), the result also
    has processor milliseconds, which other work on the machine hardly changes.
    """
    times: dict[str, list[float]] = defaultdict(list)
    right: dict[str, list[bool]] = defaultdict(list)
    cores: list[float] = []
    for query in typed:
        begin, core = perf_counter(), thread_time()
        matches = find(query.text)
        times[query.kind].append(1000 * (perf_counter() - begin))
        cores.append(1000 * (thread_time() - core))
        if query.entity is not None:
            right[query.kind].append(any(keys[query.entity] & set(match) for match in matches[:LIMIT]))
    all_times = [time for kind_times in times.values() for time in kind_times]
    return {
        **_percentiles(all_times),
        **({"of_a_core": _percentiles(cores)} if in_process else {}),
        "queries": len(all_times),
        "kinds": {kind: {**_percentiles(kind_times), "queries": len(kind_times)} for kind, kind_times in times.items()},
        "thing_in_first_eight": {kind: f"{sum(results)} of {len(results)}" for kind, results in right.items()},
    }


def _percentiles(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {f"p{part}_ms": round(ordered[min(len(ordered) - 1, len(ordered) * part // 100)], 2) for part in (50, 95, 99)}


def find_in_process(database: Database) -> Find:
    """Return a function that searches in the same way as a page."""

    def find(text: str) -> Sequence[Sequence[str]]:
        with database.lease() as reader:
            return [[match.entry.id] for match in name_lookup.first(reader, text, LIMIT)]

    return find


@contextmanager
def find_over_http(workspace: Path) -> Iterator[Find]:
    """Serve the atlas and yield a function that searches over one open connection."""
    with (
        served(workspace) as (address, _),
        closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection,
    ):
        yield _finder(connection)


def _finder(connection: http.client.HTTPConnection) -> Find:
    def find(text: str) -> Sequence[Sequence[str]]:
        connection.request("GET", f"/api/v1/search?q={quote(text)}", headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        plain = gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body
        return [[row["id"]] for row in json.loads(plain)["results"]]

    find("warm")
    return find


@contextmanager
def find_by_trigrams(names: Sequence[str], folder: Path) -> Iterator[tuple[Find, dict[str, Any]]]:
    """Build a trigram index of all names in SQLite.

    Yield a function that ranks matches by bm25, and the index's build time and size.
    """
    path = folder / "trigram.sqlite"
    connection = sqlite3.connect(path)
    begin = perf_counter()
    connection.execute("CREATE VIRTUAL TABLE known USING fts5(name, tokenize='trigram')")
    connection.executemany("INSERT INTO known VALUES (?)", ((name,) for name in names))
    connection.execute("INSERT INTO known (known) VALUES ('optimize')")
    connection.commit()
    costs = {"seconds_to_build": round(perf_counter() - begin, 1), "megabytes": round(path.stat().st_size / 1e6, 1)}

    def find(text: str) -> Sequence[Sequence[str]]:
        phrase = '"' + text[:200].replace('"', '""').replace("\0", "") + '"'
        rows = connection.execute("SELECT name FROM known WHERE known MATCH ? ORDER BY rank LIMIT ?", [phrase, LIMIT])
        return rows.fetchall()

    yield find, costs
    connection.close()


def find_by_rapidfuzz(names: Sequence[str]) -> Find:
    """Return a function that compares a query with every name, using rapidfuzz."""
    prepared = [utils.default_process(name) for name in names]

    def find(text: str) -> Sequence[Sequence[str]]:
        matches = process.extract(utils.default_process(text[:200]), prepared, scorer=fuzz.WRatio, limit=LIMIT)
        return [(names[at],) for _, _, at in matches]

    return find


def run(root: Path, options: Namespace) -> dict[str, Any]:
    """Make the atlas unless it exists, and run all queries."""
    before = machine()
    atlas = root / "atlas"
    costs = serve_file(Workspace.open(atlas)) if atlas.is_dir() else make(root, options.names, "4GB")
    path = Path(costs.pop("database"))
    things = pq.read_table(root / "things.parquet").to_pylist()
    generated = [(row["entity"], row["names"]) for row in things if row["entity"] >= 0]
    typed = queries(generated, options.each)
    names = {row["entity"]: set(row["names"]) for row in things}
    every = sorted({name for row in things for name in row["names"]})
    database = Database(path)
    ids = _ids(path, {query.entity: names[query.entity] for query in typed if query.entity is not None})
    result: dict[str, Any] = {
        "benchmark": "search",
        **before,
        "names": len(every),
        "things": len(things),
        **costs,
        "megabytes": round(path.stat().st_size / 1e6, 1),
        "of_which_search_megabytes": _sizes(path),
        "queries": len(typed),
    }
    find = find_in_process(database)
    # The first queries are slower, because they load transliteration tables and pages of the file.
    measure(typed[:200], find, ids)
    result["in_process"] = measure(typed, find, ids)
    with find_over_http(atlas) as find:
        result["over_http"] = measure(typed, find, ids, in_process=False)
    result["tried"] = _example_ranks(database)
    database.close()
    result["peak_gigabytes"] = round(peak_gigabytes(resource.getrusage(resource.RUSAGE_SELF)), 2)
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as folder, find_by_trigrams(every, Path(folder)) as (find, costs):
        result["fts5_trigram"] = {**costs, **measure(typed, find, names)}
    few = [query for query in typed if query.entity is not None][:: max(1, options.each // 3)]
    result["rapidfuzz_all_names"] = measure(few, find_by_rapidfuzz(every), names)
    return result


def _ids(path: Path, names: dict[int, set[str]]) -> dict[int, set[str]]:
    """Return the published ids of each entity: the ids of the records that have one of its names."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    by_name: dict[str, set[str]] = defaultdict(set)
    needed = {name for entity_names in names.values() for name in entity_names}
    for identity, value in connection.execute("SELECT id, value FROM facts WHERE property = 'name'"):
        if value in needed:
            by_name[value].add(identity)
    connection.close()
    return {entity: set().union(*(by_name[name] for name in entity_names)) for entity, entity_names in names.items()}


def _sizes(path: Path) -> dict[str, float]:
    """Return the size in megabytes of each table for the search."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    query = "SELECT name, sum(pgsize) FROM dbstat WHERE name = 'entries' OR name LIKE 'search%' GROUP BY name"
    sizes: dict[str, float] = defaultdict(float)
    for name, size in connection.execute(query):
        sizes[re.sub(r"_(data|idx|config|docsize)$", "", name)] += size / 1e6
    connection.close()
    return {name: round(size, 1) for name, size in sizes.items()} | {"all": round(sum(sizes.values()), 1)}


def _example_ranks(database: Database) -> dict[str, dict[str, int | None]]:
    """Return the rank (from 1) of each example for each of its queries, or None if it is not among the first 50 matches."""
    ranks: dict[str, dict[str, int | None]] = {}
    with database.lease() as reader:
        for names in EXAMPLES:
            ranks[names[0]] = {}
            for text in EXAMPLE_QUERIES[names[0]]:
                labels = [match.entry.label for match in name_lookup.first(reader, text, 50)]
                ranks[names[0]][text] = next((at for at, label in enumerate(labels, start=1) if label in names), None)
    return ranks


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--names", type=int, default=1_030_000, help="generated records, with about a million distinct names")
    parser.add_argument("--each", type=int, default=60, help="names to type of each kind")
    parser.add_argument("--atlas", type=Path, help="the folder of the atlas; an atlas there is used again")
    options = parser.parse_args(arguments)
    if options.quick:
        options.names, options.each = 2_000, 4
    with folder(options.atlas) as place:
        result = run(place, options)
    targets = [
        Target("in process, 95th percentile", result["in_process"]["p95_ms"], 15, " ms"),
        Target("over HTTP, 95th percentile", result["over_http"]["p95_ms"], 15, " ms"),
    ]
    return report(result, targets, options)


if __name__ == "__main__":
    sys.exit(main())
