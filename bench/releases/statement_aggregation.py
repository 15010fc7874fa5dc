"""Aggregate statements into entities with Overt, followthemoney and nomenklatura, and compare entities per second.

    python -m bench.releases.statement_aggregation [--entities 400000] [--repeat 3] [--quick] [--json]

The statements (`sql/generate_company_statements.sql`) are those of two sources about generated companies. Each program reads
them from disk in the format that suits it, sorted by entity, and writes its entities to disk. Preparing the input is not timed.

- Overt: the part of the release step `derive` that turns claims into records: the distinct values of each property of each
  record, ranked, with counts of sources and rivals, and a Parquet table for each record type.
- followthemoney: the function behind `ftm aggregate-statements`, without the start of the command, from each of its three input
  formats to a line of JSON for each entity. Its pack format has no column for the merged entity, so it gets the entity as the
  record.
- nomenklatura: the store that reads statements in Parquet (`DuckDBBatchStore`), written with followthemoney's own writer.

All must produce the same entities with the same values. Overt is compared with the fastest peer by the median of the runs.
Target: at least 20 times as fast. Overt uses all cores, the peers can use one. Two more times are measured: the complete step
`derive`, which also writes every value with its evidence and an index of all records, which the peers don't make; and a bare
query (`sql/followthemoney_aggregation.sql`) on Overt's engine that makes only what the peers make. Processor seconds are
reported as well, because other work may share the machine.

Needs `pip install -e '.[ftm]'`, which needs a compiler, pkg-config and ICU's headers.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import monotonic, process_time
from typing import Any

import orjson
import pyarrow.parquet as pq

from bench.harness import Missing, Target, argument_parser, machine, report
from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect, thread_count
from overt.model.engines.duckdb_sql_and_parquet import create_parquet_view, quote_literal, write_parquet
from overt.release.record_tables import RecordTables
from overt.release.tables_derived_from_claims import write_derived_tables, write_record_tables
from overt.release.value_aggregation import aggregate_values

SOURCES = ("us_dod_1260h", "us_fcc_covered")
DATE = "2026-11-24"
RECENCY = dict.fromkeys(SOURCES, 1)
DAY = date.fromisoformat(DATE)
PROPERTIES = ("name", "alias", "country", "identifier", "website")
PEERS = ("followthemoney_csv", "followthemoney_json", "followthemoney_pack", "nomenklatura_store")
Entities = dict[str, dict[str, set[str]]]


def generate(folder: Path, entities: int) -> int:
    """Write generated claims as a release stores them. Return the number of claims."""
    query = (Path(__file__).parents[1] / "sql" / "generate_company_statements.sql").read_text(encoding="utf-8")
    with connect() as connection:
        return write_parquet(connection, query.replace("${entities}", str(entities)), folder / "claims.parquet")


def overt(folder: Path, content: Catalogue) -> float:
    """Return the seconds that Overt takes to turn the generated claims in `folder` into the records of a release."""
    out = folder / "overt"
    out.mkdir(exist_ok=True)
    begin = monotonic()
    with connect() as connection:
        records = RecordTables(content.schema, DAY)
        claims, threads = folder / "claims.parquet", thread_count(connection)
        for batch in aggregate_values(claims, content.schema, RECENCY, records.gather, threads=threads):
            records.add(batch.records)
        write_record_tables(connection, content, records, out)
    return monotonic() - begin


def derive_step(folder: Path, content: Catalogue) -> float:
    """Return the seconds that the complete step `derive` takes."""
    out = folder / "derived"
    out.mkdir(exist_ok=True)
    (out / "claims.parquet").unlink(missing_ok=True)
    (out / "claims.parquet").hardlink_to(folder / "claims.parquet")
    begin = monotonic()
    with connect() as connection:
        create_parquet_view(connection, "claims_out", out / "claims.parquet")
        write_derived_tables(connection, content, out, RECENCY, DAY)
    return monotonic() - begin


def bare_query(folder: Path) -> float:
    """Return the seconds that a query takes to compute only the distinct values of each entity."""
    query = (Path(__file__).parents[1] / "sql" / "followthemoney_aggregation.sql").read_text(encoding="utf-8")
    begin = monotonic()
    with connect() as connection:
        create_parquet_view(connection, "claims", folder / "claims.parquet")
        write_parquet(connection, query, folder / "bare.parquet")
    return monotonic() - begin


def table_entities(path: Path) -> Entities:
    """Read the entities in a table of organisations, as Overt and the bare query write it."""
    entities: Entities = {}
    for row in pq.read_table(path).to_pylist():
        entities[row["id"]] = {name: set([row[name]] if isinstance(row[name], str) else row[name]) for name in PROPERTIES}
    return entities


def statements(folder: Path, *, merged: bool) -> Iterator[Any]:
    """Yield the claims as followthemoney's statements. If `merged`, a statement's record is replaced with its entity."""
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
    """Write the statement files that followthemoney and nomenklatura read."""
    from followthemoney.statement import serialize

    for form in serialize.FORMATS:
        with (folder / f"statements.{form}").open("wb") as handle:
            serialize.write_statements(handle, form, statements(folder, merged=form == serialize.PACK))
    names = "id, canonical_id AS entity_id, schema, prop, value, dataset"
    texts = ", ".join(f"nullif({name}, '') AS {name}" for name in ("lang", "original_value", "origin"))
    times = ", ".join(f"nullif({name}, '')::TIMESTAMP AS {name}" for name in ("first_seen", "last_seen"))
    with connect() as connection:
        source = f"read_csv({quote_literal(folder / 'statements.csv')}, all_varchar = true)"
        query = f"SELECT {names}, {texts}, false AS external, {times} FROM {source} ORDER BY entity_id"
        write_parquet(connection, query, folder / "statements.parquet")


def followthemoney(folder: Path, form: str) -> float:
    """Return the seconds that the function behind `ftm aggregate-statements` takes for the file in the format `form`."""
    from followthemoney.cli.statement import statements_aggregate

    assert statements_aggregate.callback
    begin = monotonic()
    statements_aggregate.callback(folder / f"statements.{form}", folder / f"{form}.entities", "bench", form, False)
    return monotonic() - begin


def nomenklatura(folder: Path) -> float:
    """Return the seconds that nomenklatura's Parquet store takes to write every entity."""
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
        connection.execute(
            f"CREATE VIEW statements AS SELECT * FROM read_parquet({quote_literal(folder / 'statements.parquet')})"
        )
        linker: Linker[StatementEntity] = Linker({})
        store: DuckDBBatchStore[Dataset, StatementEntity] = DuckDBBatchStore(dataset, linker, connection, "statements")
        for entity in store.view(dataset).entities():
            write_entity(out, entity)
        store.close()
    return monotonic() - begin


def peer_entities(path: Path) -> Entities:
    """Read a peer's file of entities. Convert properties and values to Overt's form."""
    entities: Entities = {}
    with path.open("rb") as lines:
        for line in lines:
            entity = orjson.loads(line)
            properties = entity["properties"]
            entities[entity["id"]] = {
                **{name: set(properties[name]) for name in ("name", "alias", "website")},
                "country": {code.upper() for code in properties["country"]},
                "identifier": {f"lei:{code}" for code in properties["leiCode"]}
                | {f"register:{code}" for code in properties["registrationNumber"]},
            }
    return entities


def run(entities: int, repeat: int) -> dict[str, Any]:
    """Run all programs on the same statements.

    Raises Missing if a peer is not installed, and RuntimeError if two programs disagree on an entity.
    """
    for package in ("followthemoney", "nomenklatura"):
        if find_spec(package) is None:
            how = "pip install -e '.[ftm]' (needs a compiler, pkg-config and ICU's headers)"
            raise Missing(f"{package} is not installed; {how}")
    content, before = Catalogue(), machine()
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        folder = Path(temporary)
        count = generate(folder, entities)
        write_statements(folder)
        sides: dict[str, Callable[[], float]] = {
            "overt": lambda: overt(folder, content),
            "overt_whole_step": lambda: derive_step(folder, content),
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
        peers = {name: peer_entities(folder / f"{name.partition('_')[2]}.entities") for name in sides if name in PEERS}
        tables = {"bare_query": folder / "bare.parquet", "overt_whole_step": folder / "derived" / "organizations.parquet"}
        for name, entities_of_peer in (peers | {name: table_entities(path) for name, path in tables.items()}).items():
            if entities_of_peer != ours:
                raise RuntimeError(f"statement_aggregation: {name} and Overt disagree on the values of an entity")
    rates = {name: entities / median(each) for name, each in wall.items()}
    fastest = max(PEERS, key=lambda name: rates[name])
    return {
        "benchmark": "statement_aggregation",
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
    """Run the benchmark, print its result, and return the exit code."""
    parser = argument_parser(__doc__)
    parser.add_argument("--entities", type=int, default=400_000)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args(arguments)
    try:
        result = run(*((200, 1) if options.quick else (options.entities, options.repeat)))
    except Missing as missing:
        print(f"statement_aggregation: skipped: {missing}")
        return 0
    return report(result, [Target("ratio to the fastest peer", result["ratio"], 20, "", at_least=True)], options)


if __name__ == "__main__":
    sys.exit(main())
