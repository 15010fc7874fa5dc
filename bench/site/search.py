"""Search as you type among a million names: how long an answer takes, in process and over HTTP, and whether it is right.

    python -m bench.site.search [--names 1030000] [--each 60] [--atlas DIR] [--quick] [--json]

The names are those of `generate_names.py`, the same in every run, made into an atlas, a release and the file that `overt serve`
reads, by the code that a user runs; the search needs no more than that file. The queries are those of `search_queries.py`, asked
one after the other in process, and then of a real server in a process of its own, over one connection that stays open. Target:
the answer comes in 15 ms at the 95th percentile.

Whether the thing is among the first eight is counted for queries that are typed to their end; many generated names begin alike,
so that not all of them can be. Peers in the same run: SQLite's FTS5 with its trigram tokenizer over the same names, ranked by
bm25; and rapidfuzz (WRatio) over all names, with fewer queries, because each takes about a second.
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

from bench.harness import Target, folder, machine, parser, peak_gigabytes, report, served
from bench.site.search_atlas import EXAMPLES, make, serve_file
from bench.site.search_queries import Asked, queries
from overt.model.workspace import Workspace
from overt.queries import search
from overt.queries.database import Database

SHOWN = 8
"""Things that a page shows while its reader types."""
TRIED = {
    "Huawei": ("huawei", "华为", "hua wei", "хуавэй", "huawie", "華為"),
    "Hikvision": ("haikang", "海康"),
    "ZTE": ("zhongxing", "中兴"),
}
Find = Callable[[str], Sequence[Sequence[str]]]
"""Gives what each thing that is found is known by, its id or its name, the best first."""


def measure(asked: Sequence[Asked], find: Find, known: dict[int, set[str]], *, here: bool = True) -> dict[str, Any]:
    """Milliseconds of every query, and how many of those typed to their end have the thing among the first eight.

    `known`: what each thing is known by, in what `find` gives. `here`: whether this process does the work, so that what it takes
    of a core can be told; other work on the machine lengthens what the clock says, and that hardly.
    """
    took: dict[str, list[float]] = defaultdict(list)
    right: dict[str, list[bool]] = defaultdict(list)
    cores: list[float] = []
    for query in asked:
        begin, core = perf_counter(), thread_time()
        found = find(query.text)
        took[query.kind].append(1000 * (perf_counter() - begin))
        cores.append(1000 * (thread_time() - core))
        if query.thing is not None:
            right[query.kind].append(any(known[query.thing] & set(one) for one in found[:SHOWN]))
    every = [one for held in took.values() for one in held]
    return {
        **_percentiles(every),
        **({"of_a_core": _percentiles(cores)} if here else {}),
        "queries": len(every),
        "kinds": {kind: {**_percentiles(held), "queries": len(held)} for kind, held in took.items()},
        "thing_in_first_eight": {kind: f"{sum(held)} of {len(held)}" for kind, held in right.items()},
    }


def _percentiles(held: list[float]) -> dict[str, float]:
    ordered = sorted(held)
    return {f"p{part}_ms": round(ordered[min(len(ordered) - 1, len(ordered) * part // 100)], 2) for part in (50, 95, 99)}


def in_process(database: Database) -> Find:
    """The search as a page calls it."""

    def find(text: str) -> Sequence[Sequence[str]]:
        with database.lease() as reader:
            return [[match.entry["id"]] for match in search.first(reader, text, SHOWN)]

    return find


@contextmanager
def over_http(workspace: Path) -> Iterator[Find]:
    """The same of `overt serve`, over a connection that stays open."""
    with (
        served(workspace) as (address, _),
        closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection,
    ):
        yield _asking(connection)


def _asking(connection: http.client.HTTPConnection) -> Find:
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
def trigrams(names: Sequence[str], folder: Path) -> Iterator[tuple[Find, dict[str, Any]]]:
    """The peer that SQLite brings: a trigram index of all names, ranked by bm25."""
    path = folder / "trigram.sqlite"
    connection = sqlite3.connect(path)
    begin = perf_counter()
    connection.execute("CREATE VIRTUAL TABLE known USING fts5(name, tokenize='trigram')")
    connection.executemany("INSERT INTO known VALUES (?)", ((name,) for name in names))
    connection.execute("INSERT INTO known (known) VALUES ('optimize')")
    connection.commit()
    made = {"seconds_to_build": round(perf_counter() - begin, 1), "megabytes": round(path.stat().st_size / 1e6, 1)}

    def find(text: str) -> Sequence[Sequence[str]]:
        phrase = '"' + text[:200].replace('"', '""').replace("\0", "") + '"'
        rows = connection.execute("SELECT name FROM known WHERE known MATCH ? ORDER BY rank LIMIT ?", [phrase, SHOWN])
        return rows.fetchall()

    yield find, made
    connection.close()


def every_name(names: Sequence[str]) -> Find:
    """The peer that looks at each name: rapidfuzz, prepared once."""
    prepared = [utils.default_process(name) for name in names]

    def find(text: str) -> Sequence[Sequence[str]]:
        found = process.extract(utils.default_process(text[:200]), prepared, scorer=fuzz.WRatio, limit=SHOWN)
        return [(names[at],) for _, _, at in found]

    return find


def run(root: Path, given: Namespace) -> dict[str, Any]:
    """Make the atlas, or take the one that is there, and ask."""
    before = machine()
    held = root / "atlas"
    built = serve_file(Workspace.open(held)) if held.is_dir() else make(root, given.names, "4GB")
    path = Path(built.pop("database"))
    things = pq.read_table(root / "things.parquet").to_pylist()
    generated = [(row["entity"], row["names"]) for row in things if row["entity"] >= 0]
    asked = queries(generated, given.each)
    names = {row["entity"]: set(row["names"]) for row in things}
    every = sorted({name for row in things for name in row["names"]})
    database = Database(path)
    ids = _ids(path, {query.thing: names[query.thing] for query in asked if query.thing is not None})
    result: dict[str, Any] = {
        "benchmark": "search",
        **before,
        "names": len(every),
        "things": len(things),
        **built,
        "megabytes": round(path.stat().st_size / 1e6, 1),
        "of_which_search_megabytes": _sizes(path),
        "queries": len(asked),
    }
    find = in_process(database)
    measure(asked[:200], find, ids)  # what is read once: tables of letters, pages of the file
    result["in_process"] = measure(asked, find, ids)
    with over_http(held) as find:
        result["over_http"] = measure(asked, find, ids, here=False)
    result["tried"] = _tried(database)
    database.close()
    result["peak_gigabytes"] = round(peak_gigabytes(resource.getrusage(resource.RUSAGE_SELF)), 2)
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as folder, trigrams(every, Path(folder)) as (find, made):
        result["fts5_trigram"] = {**made, **measure(asked, find, names)}
    few = [query for query in asked if query.thing is not None][:: max(1, given.each // 3)]
    result["rapidfuzz_all_names"] = measure(few, every_name(every), names)
    return result


def _ids(path: Path, wanted: dict[int, set[str]]) -> dict[int, set[str]]:
    """The published id of each thing that is looked for: the one with a name of it."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    by_name: dict[str, set[str]] = defaultdict(set)
    needed = {name for held in wanted.values() for name in held}
    for identity, value in connection.execute("SELECT id, value FROM facts WHERE property = 'name'"):
        if value in needed:
            by_name[value].add(identity)
    connection.close()
    return {entity: set().union(*(by_name[name] for name in held)) for entity, held in wanted.items()}


def _sizes(path: Path) -> dict[str, float]:
    """Megabytes of each table of the search."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    query = "SELECT name, sum(pgsize) FROM dbstat WHERE name = 'entries' OR name LIKE 'search%' GROUP BY name"
    sizes: dict[str, float] = defaultdict(float)
    for name, size in connection.execute(query):
        sizes[re.sub(r"_(data|idx|config|docsize)$", "", name)] += size / 1e6
    connection.close()
    return {name: round(size, 1) for name, size in sizes.items()} | {"all": round(sum(sizes.values()), 1)}


def _tried(database: Database) -> dict[str, dict[str, int | None]]:
    """At which place each example is found, counted from one."""
    told: dict[str, dict[str, int | None]] = {}
    with database.lease() as reader:
        for names in EXAMPLES:
            told[names[0]] = {}
            for text in TRIED[names[0]]:
                labels = [match.entry["label"] for match in search.first(reader, text, 50)]
                told[names[0]][text] = next((at for at, label in enumerate(labels, start=1) if label in names), None)
    return told


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    options = parser(__doc__)
    options.add_argument("--names", type=int, default=1_030_000, help="generated records, with about a million different names")
    options.add_argument("--each", type=int, default=60, help="names of each kind that are typed")
    options.add_argument("--atlas", type=Path, help="directory to keep the atlas in; one that is there is used again")
    given = options.parse_args(arguments)
    if given.quick:
        given.names, given.each = 2_000, 4
    with folder(given.atlas) as place:
        result = run(place, given)
    targets = [
        Target("in process, 95th percentile", result["in_process"]["p95_ms"], 15, " ms"),
        Target("over HTTP, 95th percentile", result["over_http"]["p95_ms"], 15, " ms"),
    ]
    return report(result, targets, given)


if __name__ == "__main__":
    sys.exit(main())
