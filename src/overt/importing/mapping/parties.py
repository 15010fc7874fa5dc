"""Organisations with a role in a project, from the cells of a row."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.import_context import Context
from overt.importing.mapping.property_of_each_value import role_values
from overt.importing.mapping.record_properties_from_row import ReadField, add_fields, compile_fields, read_fields
from overt.importing.mapping.records_named_in_cells import NamedRecords, name_key, related_record
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.row_claims import Statements
from overt.importing.mapping.value_readers import Reading, compile_value
from overt.importing.mapping.values_of_each_named_item import allot_fields
from overt.importing.record_draft import RecordDraft
from overt.model.errors import quote_text
from overt.model.mapping import Party


class ReadParty(NamedTuple):
    """What a row says about organisations with a role: names, and values of their properties and roles."""

    names: list[Reading]
    organization: list[ReadField]
    role: list[ReadField]


class PartyReader:
    """Reads an organisation's name, its properties and its role from a row. `role`: the role in the mapping; None if rows state
    it."""

    def __init__(self, ctx: Context, party: Party, role: str | None) -> None:
        self.party = party
        self.role = role
        organization = ctx.content.schema.types["organization"].properties
        self._name = compile_value(ctx, party, organization["name"])
        self._organization = compile_fields(ctx, "organization", {"country": party.country, "kind": party.kind})
        self._role = compile_fields(ctx, "role", role_values(party))

    def read(self, cells: RowCells, key_cells: Sequence[Cell]) -> ReadParty:
        """Read the names of the organisations, and the values of their properties and roles."""
        return ReadParty(
            self._name(cells, key_cells),
            read_fields(self._organization, cells, key_cells),
            read_fields(self._role, cells, key_cells),
        )


class Parties:
    """Organisations with a role in a project."""

    def __init__(self, ctx: Context, party: Party, role: str | None, named: NamedRecords) -> None:
        self._ctx = ctx
        self._named = named
        self._reader = PartyReader(ctx, party, role)

    def read(self, cells: RowCells, key_cells: Sequence[Cell]) -> ReadParty:
        """Read the names of the organisations, and the values of their properties and roles."""
        return self._reader.read(cells, key_cells)

    def make(self, cells: RowCells, project: RecordDraft, statements: Statements, read: ReadParty) -> None:
        """Make the organisations and their roles. Problems are collected in the row's cells."""
        organizations = allot_fields(cells, read.organization, read.names, "organisations")
        roles = allot_fields(cells, read.role, read.names, "organisations")
        for reading, own_fields, role_fields in zip(read.names, organizations, roles, strict=True):
            stated = [each for field, readings in role_fields if field.name == "role" for each in readings]
            if self._reader.role is None and not stated:
                cells.add_problem(Problem(f"{quote_text(reading.cell.text)} has no role", reading.cell.locator))
                continue
            party = self._reader.party
            organization = self._named.get(cells, "organization", reading, party, statements, own_fields)
            if organization is None:
                continue
            further = [each for each in role_fields if each.field.name != "role"]
            stated_roles: Sequence[Reading | None] = stated or (None,)
            for role in stated_roles:
                draft = self._make_role(project, organization, statements, reading, role)
                add_fields(statements, draft, further)

    def _make_role(
        self, project: RecordDraft, organization: RecordDraft, statements: Statements, reading: Reading, stated: Reading | None
    ) -> RecordDraft:
        """Make the role of an organisation: the role in the mapping's key, or the role that the row states."""
        party = self._reader.party
        name = stated.cell.text if stated is not None else self._reader.role or ""
        key = reading.cell if party.existing else name_key(reading.cell)
        role = related_record(self._ctx, "role", project=project, role=name, organization=key, name=key)
        plain = reading._replace(lang=None, unit=None, valid_from=None, valid_to=None)
        statements.add(role, "project", plain, project, original="", rule=party.rule)
        statements.add(role, "organization", plain, organization, original="", rule=party.rule)
        if stated is not None:
            statements.add(role, "role", stated, rule=party.role.rule if party.role else None)
        else:
            statements.add(role, "role", plain, name, original="", rule=party.rule)
        return role
