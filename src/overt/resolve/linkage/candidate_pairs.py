"""Pairs of records that may be one thing, each with its probability and what it is made of."""

import math
from importlib.resources import files

import duckdb
import pyarrow as pa

from overt.model.duckdb_connection import sql
from overt.model.errors import UsageError
from overt.resolve.linkage.features import build_features
from overt.resolve.linkage.linkage_model import LinkageModel
from overt.resolve.linkage.name_reader import NameReader

_SQL = files("overt") / "resolve" / "linkage" / "sql"
DUCKDB = "duckdb"


def score_pairs(
    connection: duckdb.DuckDBPyConnection,
    records: pa.Table,
    model: LinkageModel,
    reader: NameReader,
    *,
    engine: str = DUCKDB,
    minimum: float | None = None,
) -> pa.Table:
    """Every pair of records that blocking finds and that is one thing with probability `minimum` (the model's `review`) or more.

    `records`: columns of `features.RECORDS`; only those of the model's type are looked at. `engine`: `duckdb`, or a Spark master
    (`local[*]`, `spark://…`), which gives the same. Columns of the result: `left`, `right` (record ids, left before right),
    `probability`, `weight` (log2 of the odds, prior included), and `weight_NAME` for each comparison: weight = prior's weight
    and the sum of these. Sorted; the order of the records, and the number of threads, make no difference. Records that say the
    same word for word are paired each with each up to the model's `largest_group`, else in a chain.

    Raises UsageError for an engine that is not known or not installed.
    """
    cursor = connection.cursor()
    try:
        build_features(cursor, records, model, reader)
        least = model.thresholds.review if minimum is None else minimum
        _predict(cursor, model, engine, math.log2(least / (1 - least)))
        return _pairs(cursor, model)
    finally:
        cursor.close()


def score_asked(
    connection: duckdb.DuckDBPyConnection, records: pa.Table, asked: pa.Table, model: LinkageModel, reader: NameReader
) -> pa.Table:
    """The answer of `score_pairs`, with the same columns, for each pair of `asked` (`left`, `right`), found by blocking or not.

    `records` should be all that there are: how rare a brand is among them is a part of the answer. A pair of which one record
    is not there, is of another type or has neither name nor identifier, is left out.
    """
    cursor = connection.cursor()
    try:
        build_features(cursor, records, model, reader)
        cursor.register("linkage_wanted", asked.select(["left", "right"]))
        cursor.execute(sql(_SQL, "asked"))
        from overt.resolve.linkage.splink_duckdb import predict

        predict(cursor, model, None, asked=True)
        return _pairs(cursor, model, "answered")
    finally:
        cursor.close()


def _predict(cursor: duckdb.DuckDBPyConnection, model: LinkageModel, engine: str, minimum: float) -> None:
    """Each engine is loaded only where it is asked for."""
    if engine == DUCKDB:
        from overt.resolve.linkage.splink_duckdb import predict

        predict(cursor, model, minimum)
    elif engine.startswith(("local", "spark://")):
        from overt.resolve.linkage.splink_spark import predict_on

        predict_on(cursor, model, minimum, engine)
    else:
        raise UsageError(f"engine {engine!r} is not known; give duckdb, local[*] or spark://HOST:PORT")


def _pairs(cursor: duckdb.DuckDBPyConnection, model: LinkageModel, how: str = "pairs") -> pa.Table:
    """Pairs of profiles as pairs of records."""
    cursor.execute("DROP TABLE linkage_feature; DROP TABLE linkage_bearers")  # room for the pairs
    names = ", ".join(f"weight_{held.name}" for held in model.comparisons)
    weights = ", ".join(f"mw_{held.name} AS weight_{held.name}" for held in model.comparisons)
    cursor.execute(sql(_SQL, how, {"weights": weights, "names": names, "most": str(model.largest_group)}))
    cursor.execute("DROP TABLE linkage_predicted")
    return cursor.execute(sql(_SQL, "best", {"names": names})).to_arrow_table()
