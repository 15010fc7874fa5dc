"""Single network measurements of a source, judged: as rows of a table, with every one accounted for."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from overt.importing.problems import FileProblem
from overt.importing.readers.input import InputFile
from overt.importing.report import ProblemRow, Report
from overt.model.errors import ContentError
from overt.model.observations import MEASUREMENT_ORDER, MEASUREMENTS
from overt.model.source import SourceSpec

MOST_PROBLEMS = 1_000
"""So many measurements may be broken before a source of which most are is taken for something else."""
_ROWS = 20_000
"""Rows that are held as objects at a time: as columns they take a tenth of it."""


class Measured:
    """Collects what the measurements of one run show."""

    def __init__(self, spec: SourceSpec, report: Report) -> None:
        self._spec = spec
        self._report = report
        self._rows: list[dict[str, Any]] = []
        self._held: list[pa.RecordBatch] = []

    def add(self, file: InputFile, member: str, place: str, said: Mapping[str, Any]) -> None:
        """Take in a measurement that has a verdict. `said`: the columns of `MEASUREMENTS` but the source and where it stands."""
        self._report.rows_by_role[file.role] += 1
        self._report.imported += 1
        where = {"source": self._spec.slug, "capture": file.capture, "member": member or None, "place": place or None}
        self._rows.append({**said, **where})
        if len(self._rows) >= _ROWS:
            self._keep()

    def out_of_scope(self, file: InputFile, rule: str) -> None:
        """Leave a measurement out by a rule of `scope:`."""
        if rule not in self._spec.scope:
            raise ContentError(f"{self._spec.slug}: scope rule {rule!r} is not among `scope:` of source.yml")
        self._report.rows_by_role[file.role] += 1
        self._report.out_of_scope[rule] += 1

    def problem(self, file: InputFile, member: str, place: str, why: str) -> None:
        """Report what is no measurement. Raises FileProblem where most are none."""
        report = self._report
        report.rows_by_role[file.role] += 1
        report.problems.append(ProblemRow(file.name, ";".join(filter(None, (member and f"member={member}", place))), why))
        if len(report.problems) > max(MOST_PROBLEMS, report.imported + report.out_of_scope.total()):
            first = report.problems[0]
            raise FileProblem(
                f"{file.name}: more than {MOST_PROBLEMS:,} of what was read is no measurement (the first:"
                f" {first.file} {first.locator}: {first.message}); are these the right files?"
            )

    def finish(self) -> pa.Table:
        """The measurements, sorted: in which order their files were read makes no difference."""
        self._keep()
        table = pa.Table.from_batches(self._held, MEASUREMENTS)
        self._held = []
        return table.sort_by([(name, "ascending") for name in MEASUREMENT_ORDER]).combine_chunks()

    def _keep(self) -> None:
        # Days come as texts; Arrow reads them all at once.
        columns = {name: pa.array([row[name] for row in self._rows], _read_as(kind)) for name, kind in _KINDS.items()}
        cast = [column.cast(_KINDS[name]) for name, column in columns.items()]
        self._held.append(pa.RecordBatch.from_arrays(cast, schema=MEASUREMENTS))
        self._rows = []


_KINDS = {field.name: field.type for field in MEASUREMENTS}


def _read_as(kind: pa.DataType) -> pa.DataType:
    return pa.string() if kind == pa.date32() else kind
