"""Imports sources: reads rows strictly, makes claims with evidence, and accounts for every row."""

from overt.importing.cells import Cell
from overt.importing.errors import FileProblem, OutOfScope, Problem
from overt.importing.import_context import Context
from overt.importing.input_row import Row
from overt.importing.places.geocoding import geocode, knows_town
from overt.importing.record_draft import RecordDraft
from overt.importing.rows_by_key import LookupTable

__all__ = [
    "Cell",
    "Context",
    "FileProblem",
    "LookupTable",
    "OutOfScope",
    "Problem",
    "RecordDraft",
    "Row",
    "geocode",
    "knows_town",
]
