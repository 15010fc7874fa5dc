"""Score pairs of records: those that blocking finds, or requested pairs. Every comparison's weight is included."""

import math

import duckdb
import pyarrow as pa

from overt.resolve.linkage.linkage_engines import DUCKDB, unknown_engine
from overt.resolve.linkage.linkage_model import LinkageModel
from overt.resolve.linkage.linkage_name_parts import NameReader
from overt.resolve.linkage.record_feature_tables import build_features
from overt.resolve.sql_queries import fill_query


def score_pairs(
    connection: duckdb.DuckDBPyConnection,
    records: pa.Table,
    model: LinkageModel,
    reader: NameReader,
    *,
    engine: str = DUCKDB,
    minimum: float | None = None,
) -> pa.Table:
    """Return all pairs of records that blocking finds and whose match probability is at least `minimum`.

    `records`: columns of `record_feature_tables.RECORDS`; only records of the model's type count. `engine`: `duckdb`, or a
    Spark master (`local[*]`, `spark://…`), which gives the same result. `minimum`: by default the model's `review` threshold.

    Columns: `left`, `right` (record ids, left before right), `probability`, `weight` (log2 of the odds, prior included), and
    `weight_NAME` for each comparison. `weight` is the prior's weight plus the weights of the comparisons. The result is sorted
    and depends neither on the order of the records nor on the number of threads. Groups of records with equal values form all
    possible pairs; groups larger than the model's `largest_group` form a chain of pairs instead. Between two groups, all pairs
    are formed if there are at most `largest_group`² of them, and only one pair otherwise.

    Raises UsageError for an engine that is unknown or not installed, and OvertError if Spark fails.
    """
    cursor = connection.cursor()
    try:
        build_features(cursor, records, model, reader)
        threshold = model.thresholds.review if minimum is None else minimum
        _predict(cursor, model, engine, math.log2(threshold / (1 - threshold)))
        return _record_pairs(cursor, model, "blocked_pairs")
    finally:
        cursor.close()


def score_requested_pairs(
    connection: duckdb.DuckDBPyConnection, records: pa.Table, requested: pa.Table, model: LinkageModel, reader: NameReader
) -> pa.Table:
    """Score each pair of `requested` (`left`, `right`), whether or not blocking finds it.

    The columns are those of `score_pairs`.

    `records` should be all records, because the score depends on how rare a brand is among them. A pair is left out if either
    record is unknown, has another type, or has neither a name nor an identifier.
    """
    cursor = connection.cursor()
    try:
        build_features(cursor, records, model, reader)
        cursor.register("linkage_requested", requested.select(["left", "right"]))
        cursor.execute(fill_query("linkage_record_pairs.requested_profiles"))
        from overt.resolve.linkage.splink_duckdb import predict

        predict(cursor, model, None, requested=True)
        return _record_pairs(cursor, model, "requested_pairs")
    finally:
        cursor.close()


def _predict(cursor: duckdb.DuckDBPyConnection, model: LinkageModel, engine: str, minimum: float) -> None:
    if engine == DUCKDB:
        from overt.resolve.linkage.splink_duckdb import predict

        predict(cursor, model, minimum)
    elif engine.startswith(("local", "spark://")):
        from overt.resolve.linkage.splink_spark import predict_on

        predict_on(cursor, model, minimum, engine)
    else:
        raise unknown_engine(engine)


def _record_pairs(cursor: duckdb.DuckDBPyConnection, model: LinkageModel, query: str) -> pa.Table:
    cursor.execute("DROP TABLE linkage_feature; DROP TABLE linkage_bearers")  # frees memory for the pairs
    names = ", ".join(f"weight_{comparison.name}" for comparison in model.comparisons)
    weights = ", ".join(f"mw_{comparison.name} AS weight_{comparison.name}" for comparison in model.comparisons)
    cursor.execute(fill_query(f"linkage_record_pairs.{query}", weights=weights, names=names, most=str(model.largest_group)))
    cursor.execute("DROP TABLE linkage_predicted")
    return cursor.execute(fill_query("linkage_record_pairs.best_scores", names=names)).to_arrow_table()
