"""Statements aggregated into entities per second: Overt beside followthemoney and nomenklatura, on the same statements.

    python -m bench.releases.aggregation [--entities 400000] [--repeat 3] [--quick] [--json]

The statements (`sql/generate_statements.sql`) are what two sources say of made-up companies. Every side finds them on disk in
the form that suits it, with the entity of each known and sorted by entity; making these files is not in the time. Each side ends
with its entities on disk:

- Overt: the part of the release's step `derive` that makes things out of claims: the different values of each property of each
  record, ranked, with their sources and rivals counted, and from them a table per record type in Parquet;
- followthemoney: what its command `ftm aggregate-statements` runs, called without the time that the command needs to start, from
  each of the three formats that it reads, to a line of JSON per entity. Its pack format has no column for the entity that a
  record was merged into, so it is given the entity as the record;
- nomenklatura: the store made to read statements in Parquet (`DuckDBBatchStore`), written with followthemoney's own writer.

All must give the same entities with the same values. Overt is compared with the fastest of the others; the median of the runs
counts. Target: at least 20 times as fast. Overt works on all cores, the others can use one only. Two more stand beside it: the
whole step `derive`, which also writes every value with its evidence, and an index of all records, for which the others have
nothing; and the bare query (`sql/bare_entities.sql`) for no more than what the others make, on Overt's engine. Seconds of the
processors are told too, for a machine on which others work.

Needs `pip install 'overt[ftm]'`, which needs a compiler, pkg-config and ICU's headers.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import monotonic, process_time
from typing import Any

import orjson
import pyarrow.parquet as pq

from bench.harness import Missing, Target, machine, parser, report
from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect, quote, threads_of, write_parquet
from overt.release.aggregate import values
from overt.release.derive import derive, view, write_things
from overt.release.typed_tables import Things

SOURCES = ("us_dod_1260h", "us_fcc_covered")
DATE = "2026-11-24"
DATES = dict.fromkeys(SOURCES, DATE)
PROPERTIES = ("name", "alias", "country", "identifier", "website")
PEERS = ("followthemoney_csv", "followthemoney_json", "followthemoney_pack", "nomenklatura_store")
Entities = dict[str, dict[str, set[str]]]


def generate(folder: Path, entities: int) -> int:
    """Claims as a release holds them; returns how many statements there are."""
    query = (Path(__file__).parents[1] / "sql" / "generate_statements.sql").read_text(encoding="utf-8")
    with connect() as connection:
        return write_parquet(connection, query.replace("${entities}", str(entities)), folder / "claims.parquet")


def overt(folder: Path, content: Catalogue) -> float:
    """Seconds for the things that a release makes out of these claims."""
    out = folder / "overt"
    out.mkdir(exist_ok=True)
    begin = monotonic()
    with connect() as connection:
        things = Things(content.schema)
        for span in values(folder / "claims.parquet", content.schema, DATES, things.of, threads=threads_of(connection)):
            things.add(span.things)
        write_things(connection, content, things, out)
    return monotonic() - begin


def whole_step(folder: Path, content: Catalogue) -> float:
    """Seconds for all that `derive` makes."""
    out = folder / "derived"
    out.mkdir(exist_ok=True)
    (out / "claims.parquet").unlink(missing_ok=True)
    (out / "claims.parquet").hardlink_to(folder / "claims.parquet")
    begin = monotonic()
    with connect() as connection:
        view(connection, "claims_out", out / "claims.parquet")
        derive(connection, content, out, DATES)
    return monotonic() - begin


def bare_query(folder: Path) -> float:
    """Seconds for the different values of each entity and nothing more."""
    query = (Path(__file__).parents[1] / "sql" / "bare_entities.sql").read_text(encoding="utf-8")
    begin = monotonic()
    with connect() as connection:
        view(connection, "claims", folder / "claims.parquet")
        write_parquet(connection, query, folder / "bare.parquet")
    return monotonic() - begin


def table_entities(path: Path) -> Entities:
    """What a table of organisations says."""
    found: Entities = {}
    for row in pq.read_table(path).to_pylist():
        found[row["id"]] = {name: set([row[name]] if isinstance(row[name], str) else row[name]) for name in PROPERTIES}
    return found


def statements(folder: Path, *, merged: bool) -> Iterator[Any]:
    """The same statements as followthemoney has them; `merged`: with the entity as the record that says it."""
    from followthemoney.statement import Statement

    columns = ["id", "record", "source", "property", "value", "lang"]
    for batch in pq.ParquetFile(folder / "claims.parquet").iter_batches(columns=columns):
        for row in batch.to_pylist():
            scheme, _, number = row["value"].partition(":")
            identifier = {"lei": "leiCode", "register": "registrationNumber"}.get(scheme, "")
            name, value = (identifier, number) if row["property"] == "identifier" else (row["property"], row["value"])
            yield Statement(
                entity_id=row["id"] if merged else row["record"],
                canonical_id=row["id"],
                prop=name,
                schema="Company",
                value=value.lower() if name == "country" else value,
                dataset=row["source"],
                lang="eng" if row["lang"] else None,
                first_seen=DATE,
            )


def write_statements(folder: Path) -> None:
    """The statement files that followthemoney and nomenklatura read."""
    from followthemoney.statement import serialize

    for form in serialize.FORMATS:
        with (folder / f"statements.{form}").open("wb") as handle:
            serialize.write_statements(handle, form, statements(folder, merged=form == serialize.PACK))
    names = "id, canonical_id AS entity_id, schema, prop, value, dataset"
    words = ", ".join(f"nullif({name}, '') AS {name}" for name in ("lang", "original_value", "origin"))
    times = ", ".join(f"nullif({name}, '')::TIMESTAMP AS {name}" for name in ("first_seen", "last_seen"))
    with connect() as connection:
        source = f"read_csv({quote(folder / 'statements.csv')}, all_varchar = true)"
        query = f"SELECT {names}, {words}, false AS external, {times} FROM {source} ORDER BY entity_id"
        write_parquet(connection, query, folder / "statements.parquet")


def followthemoney(folder: Path, form: str) -> float:
    """Seconds that `ftm aggregate-statements` needs for a file of a format."""
    from followthemoney.cli.statement import statements_aggregate

    assert statements_aggregate.callback
    begin = monotonic()
    statements_aggregate.callback(folder / f"statements.{form}", folder / f"{form}.entities", "bench", form, False)
    return monotonic() - begin


def nomenklatura(folder: Path) -> float:
    """Seconds that the store over statements in Parquet needs to give out every entity."""
    from followthemoney import Dataset, StatementEntity
    from followthemoney.cli.util import write_entity
    from nomenklatura import duck
    from nomenklatura.resolver import Linker
    from nomenklatura.store.duckdb_batch import DuckDBBatchStore

    children = [Dataset.make({"name": name}) for name in SOURCES]
    dataset = Dataset.make({"name": "bench"})
    dataset.children.update(children)
    begin = monotonic()
    with duck.connect() as connection, (folder / "store.entities").open("wb") as out:
        connection.execute(f"CREATE VIEW statements AS SELECT * FROM read_parquet({quote(folder / 'statements.parquet')})")
        linker: Linker[StatementEntity] = Linker({})
        store: DuckDBBatchStore[Dataset, StatementEntity] = DuckDBBatchStore(dataset, linker, connection, "statements")
        for entity in store.view(dataset).entities():
            write_entity(out, entity)
        store.close()
    return monotonic() - begin


def peer_entities(path: Path) -> Entities:
    """What a file of entities says, in Overt's words."""
    found: Entities = {}
    with path.open("rb") as lines:
        for line in lines:
            entity = orjson.loads(line)
            held = entity["properties"]
            found[entity["id"]] = {
                **{name: set(held[name]) for name in ("name", "alias", "website")},
                "country": {code.upper() for code in held["country"]},
                "identifier": {f"lei:{code}" for code in held["leiCode"]}
                | {f"register:{code}" for code in held["registrationNumber"]},
            }
    return found


def run(entities: int, repeat: int) -> dict[str, Any]:
    """All sides on the same statements; raises RuntimeError when they disagree on any entity."""
    for package in ("followthemoney", "nomenklatura"):
        if find_spec(package) is None:
            how = "pip install 'overt[ftm]' (needs a compiler, pkg-config and ICU's headers)"
            raise Missing(f"{package} is not installed; {how}")
    content, before = Catalogue(), machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        folder = Path(temporary)
        count = generate(folder, entities)
        write_statements(folder)
        sides: dict[str, Callable[[], float]] = {
            "overt": lambda: overt(folder, content),
            "overt_whole_step": lambda: whole_step(folder, content),
            "bare_query": lambda: bare_query(folder),
            "followthemoney_csv": lambda: followthemoney(folder, "csv"),
            "followthemoney_json": lambda: followthemoney(folder, "json"),
            "followthemoney_pack": lambda: followthemoney(folder, "pack"),
            "nomenklatura_store": lambda: nomenklatura(folder),
        }
        wall: dict[str, list[float]] = {name: [] for name in sides}
        cpu: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(repeat):
            for name, side in sides.items():
                begin = process_time()
                wall[name].append(side())
                cpu[name].append(process_time() - begin)
        ours = table_entities(folder / "overt" / "organizations.parquet")
        others = {name: peer_entities(folder / f"{name.partition('_')[2]}.entities") for name in sides if name in PEERS}
        tables = {"bare_query": folder / "bare.parquet", "overt_whole_step": folder / "derived" / "organizations.parquet"}
        for name, found in (others | {name: table_entities(path) for name, path in tables.items()}).items():
            if found != ours:
                raise RuntimeError(f"aggregation: {name} and Overt disagree on the values of an entity")
    rates = {name: entities / median(each) for name, each in wall.items()}
    fastest = max(PEERS, key=lambda name: rates[name])
    return {
        "benchmark": "aggregation",
        **before,
        "entities": entities,
        "statements": count,
        "same_entities_and_values": True,
        "runs": repeat,
        "entities_per_second": {name: round(rate) for name, rate in rates.items()},
        "cpu_microseconds_per_statement": {name: round(median(each) / count * 1e6, 2) for name, each in cpu.items()},
        "fastest_peer": fastest,
        "ratio": round(rates["overt"] / rates[fastest], 1),
        "ratio_of_whole_step": round(rates["overt_whole_step"] / rates[fastest], 1),
        "ratio_of_bare_query": round(rates["bare_query"] / rates[fastest], 1),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run it and tell."""
    options = parser(__doc__)
    options.add_argument("--entities", type=int, default=400_000)
    options.add_argument("--repeat", type=int, default=3)
    given = options.parse_args(arguments)
    try:
        result = run(*((200, 1) if given.quick else (given.entities, given.repeat)))
    except Missing as missing:
        print(f"aggregation: skipped: {missing}")
        return 0
    return report(result, [Target("ratio to the fastest peer", result["ratio"], 20, "", at_least=True)], given)


if __name__ == "__main__":
    sys.exit(main())
