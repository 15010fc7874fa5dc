"""Records made by hand, and what the model makes of them."""

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from overt.model.content import Catalogue
from overt.model.duckdb_connection import connect
from overt.resolve.linkage.candidate_pairs import score_pairs
from overt.resolve.linkage.features import RECORDS
from overt.resolve.linkage.linkage_model import load_linkage_model
from overt.resolve.linkage.name_reader import load_reader

MODEL = load_linkage_model()
READER = load_reader(Catalogue())


def record(
    name: str, *names: str | None, country: str | Sequence[str] = (), identifier: str | Sequence[str] = (), kind: str = ""
) -> dict[str, Any]:
    """One record, `source:key`."""
    return {
        "record": name,
        "type": kind or "organization",
        "source": name.partition(":")[0],
        "names": list(names),
        "countries": [country] if isinstance(country, str) else list(country),
        "identifiers": [identifier] if isinstance(identifier, str) else list(identifier),
    }


def table(records: Iterable[dict[str, Any]]) -> pa.Table:
    """The records as they are handed to linking."""
    return pa.Table.from_pylist(list(records), schema=RECORDS)


def scored(records: Iterable[dict[str, Any]] | pa.Table, threads: int = 1, **options: Any) -> pa.Table:
    """The pairs of the records; by default all that blocking finds, however unlikely."""
    given = records if isinstance(records, pa.Table) else table(records)
    with connect(threads=threads, memory="1GB") as connection:
        return score_pairs(connection, given, MODEL, READER, **{"minimum": 1e-12, **options})


def probabilities(records: Iterable[dict[str, Any]], **options: Any) -> dict[tuple[str, str], float]:
    """The probability of each pair that is found."""
    return {(pair["left"], pair["right"]): pair["probability"] for pair in scored(records, **options).to_pylist()}
