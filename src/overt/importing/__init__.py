"""The importer runtime: strict rows in, claims with evidence and a full account of every row out."""

from overt.importing.cells import Cell, Row
from overt.importing.context import Context
from overt.importing.drafts import RecordDraft
from overt.importing.problems import FileProblem, OutOfScope, Problem

__all__ = ["Cell", "Context", "FileProblem", "OutOfScope", "Problem", "RecordDraft", "Row"]
