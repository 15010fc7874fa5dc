"""The report of an import. Every row that was read is imported, out of scope, or a problem."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from overt.importing.errors import Problem
from overt.importing.problem_groups import group_problems

MAX_PROBLEM_ROWS = 10_000
"""Maximum number of rows with problems that a report lists. Further ones are only counted."""


@dataclass
class ProblemRow:
    """A reason why a row was refused, with its place in the file. A row can have several reasons."""

    file: str
    locator: str
    message: str
    value: str = ""
    """What is wrong in the file: usually the text of a cell; empty if no single value is wrong."""


@dataclass
class Report:
    """The counts of one snapshot's import, the problems of its rows, and notes on its files."""

    source: str
    snapshot: str = ""
    imported: int = 0
    out_of_scope: Counter[str] = field(default_factory=Counter)
    problems: list[ProblemRow] = field(default_factory=list)
    """Problems of the first `MAX_PROBLEM_ROWS` rows with problems."""
    problem_count: int = 0
    """Number of rows with problems."""
    rows_by_role: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    as_of: str | None = None
    """Date of the data (EDTF)."""
    as_of_place: str | None = None
    """File and locator of the date of the data; None unless a row states the date."""
    part: str | None = None
    """Which part of the publisher's data the files contain; None if they are complete."""
    suppliers: str | None = None
    """Why the files name no suppliers although the publisher may know them; None if the files name suppliers."""
    other_edition: str | None = None
    """How the counts differ from the edition that source.yml describes; None if they don't."""

    @property
    def rows_read(self) -> int:
        """Number of rows in all files."""
        return self.imported + self.out_of_scope.total() + self.problem_count

    def add_problem(self, file: str, locator: str, problem: Problem | str) -> None:
        """Report a row that was refused, with all of its problems."""
        self.problem_count += 1
        if self.problem_count > MAX_PROBLEM_ROWS:
            return
        if isinstance(problem, str):
            problem = Problem(problem, locator)
        for each in (problem, *problem.more):
            self.problems.append(ProblemRow(file, each.locator or locator, str(each), each.value))

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain, sorted data for JSON."""
        return {
            "source": self.source,
            "snapshot": self.snapshot,
            "rows_read": self.rows_read,
            "imported": self.imported,
            "out_of_scope": self.out_of_scope.total(),
            "problems": self.problem_count,
            "out_of_scope_by_rule": dict(sorted(self.out_of_scope.items())),
            "rows_by_role": dict(sorted(self.rows_by_role.items())),
            "records": dict(sorted(self.records.items())),
            "claims": self.claims,
            "as_of": self.as_of,
            "as_of_said": self.as_of_place,
            "part": self.part,
            "suppliers": self.suppliers,
            "other_edition": self.other_edition,
            "problem_rows": [vars(row) for row in self.problems],
            "problem_groups": [vars(group) for group in group_problems(self.problems)],
        }
