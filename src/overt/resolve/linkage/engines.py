"""What may link organisations."""

import re
from importlib.util import find_spec

from overt.model.errors import UsageError
from overt.resolve.linkage.candidate_pairs import DUCKDB

_SPARK = re.compile(r"local(\[(\*|\d+)(,\s*\d+)?\])?|spark://\S+")


def check_engine(engine: str) -> None:
    """Raise UsageError for an engine that is not known or not installed, whether or not there is anything to link by it."""
    if engine == DUCKDB:
        return
    if not _SPARK.fullmatch(engine):
        raise UsageError(f"engine {engine!r} is not known; give duckdb, local[*] or spark://HOST:PORT")
    if not find_spec("pyspark"):
        raise UsageError(f"engine {engine!r} needs Spark: pip install 'overt[spark]'")
