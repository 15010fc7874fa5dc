"""What hangs on a pair of records: the rows of published figures that a decision on it can move."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pyarrow as pa

from overt.ledger import Judgement
from overt.model.duckdb_connection import connect, quote_literal, sql
from overt.model.errors import OvertError
from overt.model.workspace import Workspace
from overt.resolve.review.members import Members
from overt.resolve.review.open_questions import open_questions
from overt.resolve.review.question import Question
from overt.resolve.review.review_queue import Impact, RankedQuestion, rank_questions

_SQL = files("overt") / "desk" / "sql"
_TABLES = ("members", "values", "records", "figure_rows")
Impacts = dict[tuple[str, str], Impact]


def impacts(release: Path, questions: Sequence[Question], *, memory: str = "4GB") -> Impacts:
    """What hangs on each question in a release (its directory), by pair of records; nothing on records that it lacks.

    Raises OvertError when the release lacks a table.
    """
    if not questions:
        return {}
    asked = pa.table(
        {
            "left_record": [held.left.record for held in questions],
            "right_record": [held.right.record for held in questions],
        }
    )
    with connect(memory=memory) as connection:
        connection.register("asked", asked)
        for name in _TABLES:
            path = release / "tables" / f"{name}.parquet"
            if not path.is_file():
                raise OvertError(f"{release}: has no table {name}; make a release anew with `overt release`")
            connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet({quote_literal(path)})')
        found = connection.execute(sql(_SQL, "impact")).fetchall()
    return {(left, right): Impact(*counts) for left, right, *counts in found}


def ranked_queue(
    workspace: Workspace,
    members: Members,
    judgements: Sequence[Judgement],
    release: Path | None,
    *,
    left_open: bool = False,
) -> list[RankedQuestion]:
    """The whole queue of a workspace. Without a release nothing is published that could move, and uncertainty alone decides."""
    questions = open_questions(workspace.resolved, members, judgements, left_open=left_open)
    held = impacts(release, questions, memory=workspace.settings.engine.memory) if release is not None else {}
    return rank_questions(questions, held)
