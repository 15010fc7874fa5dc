"""The money that, according to a row, was promised to a project."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.import_context import Context
from overt.importing.mapping.parties import PartyReader, ReadParty
from overt.importing.mapping.record_properties_from_row import ReadField, add_fields, compile_fields, read_fields
from overt.importing.mapping.records_named_in_cells import NamedRecords, related_record
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.row_claims import Statements
from overt.importing.mapping.value_readers import Reading, compile_value
from overt.importing.mapping.values_of_each_named_item import allot, allot_fields, unclear
from overt.importing.record_draft import RecordDraft
from overt.model.mapping import Commitment

_AMOUNTS = "amounts"


class ReadCommitments(NamedTuple):
    """What a row says about commitments: amounts, financiers and other values."""

    amounts: list[Reading]
    financiers: list[ReadParty]
    fields: list[ReadField]


class _Financier(NamedTuple):
    """The name of a financier, and what the row says about it."""

    reading: Reading
    fields: list[ReadField]


class Commitments:
    """Makes a project's commitments, one for each amount."""

    def __init__(self, ctx: Context, commitment: Commitment, named: NamedRecords) -> None:
        self._ctx = ctx
        self._named = named
        self._amount = compile_value(ctx, commitment, ctx.content.schema.types["commitment"].properties["amount"])
        self._financiers = [PartyReader(ctx, party, "financier") for party in commitment.financier]
        fields = {"flow-type": commitment.flow_type, "agreed": commitment.agreed, "status": commitment.status}
        self._fields = compile_fields(ctx, "commitment", fields)

    def read(self, cells: RowCells, key_cells: Sequence[Cell]) -> ReadCommitments:
        """Read the amounts, the financiers and the other values of a row's commitments."""
        return ReadCommitments(
            self._amount(cells, key_cells),
            [reader.read(cells, key_cells) for reader in self._financiers],
            read_fields(self._fields, cells, key_cells),
        )

    def make(self, cells: RowCells, project: RecordDraft, statements: Statements, read: ReadCommitments) -> None:
        """Make a commitment for each amount, and its financiers. Problems are collected in the row's cells."""
        if not read.amounts:
            return
        fields = allot_fields(cells, read.fields, read.amounts, _AMOUNTS)
        financiers = [self._financiers_of(cells, party, read.amounts) for party in read.financiers]
        for number, amount in enumerate(read.amounts):
            names = [financier.reading.cell.text for each in financiers for financier in each[number]]
            try:
                commitment = related_record(
                    self._ctx,
                    "commitment",
                    project=project,
                    financier=" ".join(names) or "not named",
                    amount=f"{amount.cell.text} {amount.unit}",
                )
            except Problem as problem:
                cells.add_problem(problem)
                continue
            statements.add(commitment, "amount", amount)
            plain = amount._replace(lang=None, unit=None)
            statements.add(commitment, "project", plain, project, original="")
            for reader, each in zip(self._financiers, financiers, strict=True):
                for reading, own_fields in each[number]:
                    organization = self._named.get(cells, "organization", reading, reader.party, statements, own_fields)
                    if organization is not None:
                        statements.add(commitment, "financier", reading._replace(lang=None), organization)
            add_fields(statements, commitment, fields[number])

    @staticmethod
    def _financiers_of(cells: RowCells, party: ReadParty, amounts: Sequence[Reading]) -> list[list[_Financier]]:
        """Return the financiers of each amount; none, and a problem in `cells`, if it is unclear who finances which amount."""
        names = allot(party.names, amounts)
        if names is None:
            cells.add_problem(unclear(party.names, "financiers", amounts, _AMOUNTS))
            return [[] for _ in amounts]
        fields = allot_fields(cells, party.organization, party.names, "organisations")
        fields_of = {id(name): own for name, own in zip(party.names, fields, strict=True)}
        return [[_Financier(name, fields_of[id(name)]) for name in each] for each in names]
