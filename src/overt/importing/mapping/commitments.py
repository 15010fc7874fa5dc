"""Money that a row says was promised to a project."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.import_context import Context
from overt.importing.mapping.fields import ReadField, add_fields, compile_fields, read_fields
from overt.importing.mapping.named_records import NamedRecords, PartyReader, ReadParty, related_record
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.statements import Statements
from overt.importing.mapping.value_readers import Reading, compile_value
from overt.importing.record_draft import RecordDraft
from overt.model.mapping import Commitment


class ReadCommitments(NamedTuple):
    """The values of a row's commitments."""

    amounts: list[Reading]
    financiers: list[ReadParty]
    fields: list[ReadField]


class Commitments:
    """Makes a project's commitments, one for every amount."""

    def __init__(self, ctx: Context, commitment: Commitment, named: NamedRecords) -> None:
        self._ctx = ctx
        self._named = named
        self._amount = compile_value(ctx, commitment, ctx.content.schema.types["commitment"].properties["amount"])
        self._financiers = [PartyReader(ctx, party, "financier") for party in commitment.financier]
        fields = {"flow-type": commitment.flow_type, "agreed": commitment.agreed, "status": commitment.status}
        self._fields = compile_fields(ctx, "commitment", fields)

    def read(self, cells: RowCells, key_cells: Sequence[Cell]) -> ReadCommitments:
        """Read the values of the commitments."""
        return ReadCommitments(
            self._amount(cells, key_cells),
            [reader.read(cells, key_cells) for reader in self._financiers],
            read_fields(self._fields, cells, key_cells),
        )

    def make(self, cells: RowCells, project: RecordDraft, statements: Statements, read: ReadCommitments) -> None:
        """Make the commitments and their financiers."""
        for amount in read.amounts:
            names = [reading.cell.text for party in read.financiers for reading in party.names]
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
            for reader, party in zip(self._financiers, read.financiers, strict=True):
                for reading in party.names:
                    organization = self._named.get(cells, "organization", reading, reader.party, statements, party.organization)
                    if organization is not None:
                        statements.add(commitment, "financier", reading._replace(lang=None), organization)
            add_fields(statements, commitment, read.fields)
