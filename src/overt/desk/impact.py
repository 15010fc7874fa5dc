"""The impact of a pair of records: the rows of published figures that a decision about it can change."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pyarrow as pa

from overt.model.engines.duckdb_connection import connect
from overt.model.engines.duckdb_sql_and_parquet import quote_literal, sql
from overt.model.errors import OvertError
from overt.resolve.review.question import Question
from overt.resolve.review.question_ranking import Impact

_SQL = files("overt") / "desk" / "sql"
_TABLES = ("members", "values", "records", "figure_rows")
Impacts = dict[tuple[str, str], Impact]


def impacts(release: Path, questions: Sequence[Question], *, memory: str = "4GB") -> Impacts:
    """Return the impact of each question in a release, by pair of records.

    A record that the release lacks has no impact. `release`: its directory; `memory`: what DuckDB may use. Raises OvertError if
    the release lacks a table.
    """
    if not questions:
        return {}
    pairs = pa.table(
        {
            "left_record": [question.left.record for question in questions],
            "right_record": [question.right.record for question in questions],
        }
    )
    with connect(memory=memory) as connection:
        connection.register("question_pairs", pairs)
        for name in _TABLES:
            path = release / "tables" / f"{name}.parquet"
            if not path.is_file():
                raise OvertError(f"{release}: has no table {name}; make a new release with `overt release`")
            connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet({quote_literal(path)})')
        rows = connection.execute(sql(_SQL, "impact")).fetchall()
    return {(left, right): Impact(*counts) for left, right, *counts in rows}
