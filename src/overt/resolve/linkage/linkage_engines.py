"""The engines that can link organisations: DuckDB, or Spark."""

import re

from overt.model.engines.spark_session import require_spark
from overt.model.errors import UsageError

DUCKDB = "duckdb"
_SPARK = re.compile(r"local(\[(\*|\d+)(,\s*\d+)?\])?|spark://\S+")


def check_engine(engine: str) -> None:
    """Raise UsageError if an engine is unknown or not installed."""
    if engine == DUCKDB:
        return
    if not _SPARK.fullmatch(engine):
        raise unknown_engine(engine)
    require_spark(engine)


def unknown_engine(engine: str) -> UsageError:
    """Return the error to raise for an unknown engine."""
    return UsageError(f"unknown engine {engine!r}: give duckdb, local[*] or spark://HOST:PORT")
