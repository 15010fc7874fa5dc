"""Judged measurements of a source, as rows of a table. Every measurement is accounted for."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from overt.importing.errors import FileProblem
from overt.importing.readers.input_file import InputFile
from overt.importing.snapshot_report import Report
from overt.model.errors import ContentError
from overt.model.observation_table_columns import MEASUREMENT_ORDER, MEASUREMENTS
from overt.model.source import SourceSpec

MAX_PROBLEMS = 1_000
"""Files are refused if more entries than this are not measurements, and these are more than half of those read so far."""
_BATCH_ROWS = 20_000
"""Number of rows that are collected as objects before they become columns, which take a tenth of the memory."""


class Measurements:
    """Collects the measurements of an import."""

    def __init__(self, spec: SourceSpec, report: Report) -> None:
        self._spec = spec
        self._report = report
        self._rows: list[dict[str, Any]] = []
        self._batches: list[pa.RecordBatch] = []

    def add(self, file: InputFile, member: str, place: str, columns: Mapping[str, Any]) -> None:
        """Add a measurement that has a verdict.

        `member`: name within an archive, and `place`: place in the file or member; empty if there is none. `columns`: the other
        values of a row of `MEASUREMENTS`.
        """
        self._report.rows_by_role[file.role] += 1
        self._report.imported += 1
        where = {"source": self._spec.slug, "capture": file.capture, "member": member or None, "place": place or None}
        self._rows.append({**columns, **where})
        if len(self._rows) >= _BATCH_ROWS:
            self._flush()

    def out_of_scope(self, file: InputFile, rule: str) -> None:
        """Count a measurement that a rule of `scope:` leaves out. Raises ContentError if source.yml has no such rule."""
        if rule not in self._spec.scope:
            raise ContentError(f"{self._spec.slug}: scope rule {rule!r} is not among `scope:` of source.yml")
        self._report.rows_by_role[file.role] += 1
        self._report.out_of_scope[rule] += 1

    def problem(self, file: InputFile, member: str, place: str, message: str) -> None:
        """Report a document that is not a measurement.

        Raises FileProblem if more than `MAX_PROBLEMS` documents, and most of those read so far, are not measurements.
        """
        report = self._report
        report.rows_by_role[file.role] += 1
        report.add_problem(file.name, ";".join(filter(None, (member and f"member={member}", place))), message)
        if report.problem_count > max(MAX_PROBLEMS, report.imported + report.out_of_scope.total()):
            first = report.problems[0]
            raise FileProblem(
                f"{file.name}: more than {MAX_PROBLEMS:,} entries, and most of them, are not measurements (the first:"
                f" {first.file} {first.locator}: {first.message}); are these the right files?"
            )

    def finish(self) -> pa.Table:
        """Return the measurements, sorted, so that the order of files makes no difference."""
        self._flush()
        table = pa.Table.from_batches(self._batches, MEASUREMENTS)
        self._batches = []
        return table.sort_by([(name, "ascending") for name in MEASUREMENT_ORDER]).combine_chunks()

    def _flush(self) -> None:
        # Days arrive as strings. Casting a complete column in Arrow is faster than parsing each of them.
        columns = {name: pa.array([row[name] for row in self._rows], _input_type(type_)) for name, type_ in _TYPES.items()}
        cast = [column.cast(_TYPES[name]) for name, column in columns.items()]
        self._batches.append(pa.RecordBatch.from_arrays(cast, schema=MEASUREMENTS))
        self._rows = []


_TYPES = {field.name: field.type for field in MEASUREMENTS}


def _input_type(type_: pa.DataType) -> pa.DataType:
    return pa.string() if type_ == pa.date32() else type_
