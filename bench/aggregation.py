"""Statements aggregated into entities per second: Overt against followthemoney's own aggregation of the same statements.

    python -m bench.aggregation [--entities 20000] [--json]

Both get the same companies: names, aliases, countries, sectors and websites from two datasets, sorted by entity. followthemoney
reads its sorted statement files and aggregates as its command `ftm aggregate-statements` does (the faster of its CSV and JSON
formats counts; pack keeps no canonical id) and writes entities as JSON. Overt reads claims from Parquet, picks the shown values
and writes its tables.
The values of every entity must be equal. Target: 20 times followthemoney's rate. Needs the extra: pip install -e '.[ftm]'.
"""

import argparse
import json
import tempfile
import time
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from overt.model.claim import CLAIMS, Claim
from overt.model.content import Catalogue
from overt.model.engine import connect, write_parquet
from overt.model.record import canonical_id
from overt.release.derive import derive, view

SAME = {"name": "name", "alias": "alias", "country": "country", "sector": "sector", "website": "website"}
COUNTRIES = ("ke", "zm", "rs", "pk", "ec", "fr", "it", "ng")


def statements(entities: int) -> list[tuple[str, str, str, str, str]]:
    """dataset, record, entity, property, value: two records an entity, eleven statements in all; sorted by entity."""
    made = []
    for number in range(entities):
        for dataset in ("us_dod_1260h", "us_fcc_covered"):
            record = f"{dataset}:{number:08d}"
            values = [
                ("name", f"Company {number} Limited"),
                ("alias", f"C{number} {dataset}"),
                ("country", COUNTRIES[number % len(COUNTRIES)]),
                ("sector", f"Sector {number % 97}"),
                ("website", f"https://company{number}.example/"),
            ]
            if dataset == "us_dod_1260h":
                values.append(("alias", f"Co {number}"))
            made += [(dataset, record, f"e{number:08d}", name, value) for name, value in values]
    return made


def overt(made: list[tuple[str, str, str, str, str]], folder: Path) -> tuple[float, dict[str, dict[str, set[str]]]]:
    """Seconds from claims on disk to tables on disk, and each entity's values."""
    claims = [
        Claim(dataset, record, "organization", name, value.upper() if name == "country" else value)
        for dataset, record, _, name, value in made
    ]
    held = [{"claim_id": claim.id, **claim._asdict()} for claim in claims]
    pq.write_table(pa.Table.from_pylist(held, schema=CLAIMS), folder / "claims.parquet", compression="zstd")
    members = {record: entity for _, record, entity, _, _ in made}
    ids = {entity: canonical_id(entity) for entity in members.values()}
    table = pa.table({"record": list(members), "id": [ids[entity] for entity in members.values()]})
    pq.write_table(table, folder / "members.parquet")
    begin = time.monotonic()
    with connect() as connection:
        view(connection, "members", folder / "members.parquet")
        view(connection, "source_claims", folder / "claims.parquet")
        columns = "c.*, m.id, 'bench' AS snapshot, 'current' AS standing"
        query = f"SELECT {columns} FROM source_claims AS c JOIN members AS m USING (record) ORDER BY m.id, c.property, c.claim_id"
        write_parquet(connection, query, folder / "claims_out.parquet")
        view(connection, "claims_out", folder / "claims_out.parquet")
        derive(connection, Catalogue(), folder, {"us_dod_1260h": "2026-11-24", "us_fcc_covered": "2026-11-24"})
        seconds = time.monotonic() - begin
        rows = connection.execute("SELECT id, property, value FROM values_out WHERE type = 'organization'").fetchall()
    back = {published: entity for entity, published in ids.items()}
    found: dict[str, dict[str, set[str]]] = {}
    for published, name, value in rows:
        found.setdefault(back[published], {}).setdefault(name, set()).add(value.lower() if name == "country" else value)
    return seconds, found


def followthemoney(made: list[tuple[str, str, str, str, str]], folder: Path) -> tuple[float, str, dict[str, dict[str, set[str]]]]:
    """Seconds of the faster of its two formats, which one that is, and each entity's values."""
    from followthemoney import Dataset
    from followthemoney.statement import Statement, StatementEntity
    from followthemoney.statement.serialize import read_path_statements, write_statements

    original = [
        Statement(entity_id=record, prop=SAME[name], schema="Company", value=value, dataset=dataset, canonical_id=entity)
        for dataset, record, entity, name, value in made
    ]
    dataset = Dataset.make({"name": "bench", "title": "bench"})
    best: tuple[float, str] | None = None
    found: dict[str, dict[str, set[str]]] = {}
    for form in ("csv", "json"):
        path = folder / f"statements.{form}"
        with path.open("wb") as handle:
            write_statements(handle, form, original)
        begin = time.monotonic()
        with (folder / f"entities.{form}.json").open("w", encoding="utf-8") as out:
            for entity_id, group in groupby(
                read_path_statements(path, format=form), key=lambda statement: statement.canonical_id
            ):
                entity = StatementEntity.from_statements(dataset, group)
                out.write(json.dumps(entity.to_dict()) + "\n")
                found[entity_id] = {name: set(values) for name, values in entity.properties.items()}
        seconds = time.monotonic() - begin
        best = min(best or (seconds, form), (seconds, form))
    assert best is not None
    return (*best, found)


def run(entities: int) -> dict[str, Any]:
    """Both on the same statements; raises AssertionError when they disagree on any value."""
    made = statements(entities)
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        theirs, form, their_values = followthemoney(made, Path(temporary))
        ours, our_values = overt(made, Path(temporary))
    assert their_values == our_values, "the two disagree on the values of an entity"
    return {
        "entities": entities,
        "statements": len(made),
        "overt_entities_per_second": round(entities / ours),
        "followthemoney_entities_per_second": round(entities / theirs),
        "followthemoney_format": form,
        "ratio": round(theirs / ours, 1),
    }


def main() -> None:
    """Print both rates and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    try:
        result = run(given.entities)
    except ImportError as error:
        print(f"followthemoney is not installed ({error}); pip install -e '.[ftm]' (needs a compiler and ICU)")
        return
    print(
        json.dumps(result, indent=2)
        if given.json
        else "; ".join(f"{name}: {value:,}" if isinstance(value, int) else f"{name}: {value}" for name, value in result.items())
    )


if __name__ == "__main__":
    main()
