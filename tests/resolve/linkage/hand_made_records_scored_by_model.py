"""Hand-made records, and their scores by the model."""

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_connection import connect
from overt.resolve.linkage.linkage_model import load_linkage_model
from overt.resolve.linkage.linkage_name_parts import load_reader
from overt.resolve.linkage.pair_scores import score_pairs
from overt.resolve.linkage.record_feature_tables import RECORDS

MODEL = load_linkage_model()
READER = load_reader(Catalogue())


def record(
    name: str,
    *names: str | None,
    country: str | Sequence[str] = (),
    identifier: str | Sequence[str] = (),
    site: str | Sequence[str] = (),
    kind: str = "",
) -> dict[str, Any]:
    """Return a record. `name`: its id, such as `source:key`. `names`: its names. `kind`: its type, by default an organisation."""
    return {
        "record": name,
        "type": kind or "organization",
        "source": name.partition(":")[0],
        "names": list(names),
        "countries": [country] if isinstance(country, str) else list(country),
        "identifiers": [identifier] if isinstance(identifier, str) else list(identifier),
        "sites": [site] if isinstance(site, str) else list(site),
    }


def table(records: Iterable[dict[str, Any]]) -> pa.Table:
    """Return records as a table with the columns of RECORDS."""
    return pa.Table.from_pylist(list(records), schema=RECORDS)


def scored(records: Iterable[dict[str, Any]] | pa.Table, threads: int = 1, **options: Any) -> pa.Table:
    """Return the scored pairs of records; by default all candidate pairs, however unlikely."""
    table_of_records = records if isinstance(records, pa.Table) else table(records)
    with connect(threads=threads, memory="1GB") as connection:
        return score_pairs(connection, table_of_records, MODEL, READER, **{"minimum": 1e-12, **options})


def probabilities(records: Iterable[dict[str, Any]], **options: Any) -> dict[tuple[str, str], float]:
    """Return the probability of each candidate pair."""
    return {(pair["left"], pair["right"]): pair["probability"] for pair in scored(records, **options).to_pylist()}
