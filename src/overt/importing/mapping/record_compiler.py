"""Compiles the records of a mapping to functions that make them from a row."""

from collections.abc import Callable, Iterator, Sequence

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.import_context import Context
from overt.importing.mapping.commitments import Commitments
from overt.importing.mapping.documents import Documents
from overt.importing.mapping.parties import Parties
from overt.importing.mapping.project_places import Places
from overt.importing.mapping.record_properties_from_row import ReadField, compile_fields, read_fields
from overt.importing.mapping.records_from_earlier_rows import ExistingRecords, missing_record
from overt.importing.mapping.records_named_in_cells import NamedRecords, is_name, name_key
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.row_claims import Statements
from overt.importing.mapping.row_conditions import compile_conditions
from overt.importing.mapping.value_readers import Reader, compile_value
from overt.importing.mapping.values_of_each_named_item import allot_fields
from overt.importing.record_draft import RecordDraft
from overt.model.mapping import ROW_VALUE, ROW_WORD, RecordMapping
from overt.model.record_ids import key_parts

Maker = Callable[[RowCells], None]
"""Function that makes records from a row. Problems are collected in the row's cells."""


def compile_record(ctx: Context, mapping: RecordMapping, existing: ExistingRecords) -> Maker:
    """Return a function that makes a record and its related records from a row.

    With `each:` or `per_column:`, the function can make several records from a row.
    """
    make = _RecordMaker(ctx, mapping, existing)
    if mapping.each is not None and mapping.each.column is not None:
        return _for_each(mapping.each.column, compile_value(ctx, mapping.each, None), make)
    if mapping.per_column is not None:
        columns = ctx.spec.lookups[mapping.per_column] if isinstance(mapping.per_column, str) else mapping.per_column
        return _per_column(columns, make)
    return make


def _for_each(column: str, read: Reader, make: Maker) -> Maker:
    def make_each(cells: RowCells) -> None:
        for reading in read(cells, ()):
            cells.replace({column: reading.cell})
            make(cells)
        cells.replace({})

    return make_each


def _per_column(columns: dict[str, str], make: Maker) -> Maker:
    def make_per_column(cells: RowCells) -> None:
        for column, word in columns.items():
            for cell in list(cells.all(column)):
                if cell:
                    cells.replace({ROW_VALUE: cell, ROW_WORD: cell.with_text(word, "")})
                    make(cells)
        cells.replace({})

    return make_per_column


class _RecordMaker:
    """Makes the main record of a row and its related records. Nothing is made from a row with a problem."""

    def __init__(self, ctx: Context, mapping: RecordMapping, existing: ExistingRecords) -> None:
        self._ctx = ctx
        self._type = type_ = mapping.record
        self._adds_to_existing = mapping.existing
        self._existing = existing
        properties = ctx.content.schema.types[type_].properties
        own = {name: values for name, values in mapping.properties.items() if name in properties}
        self._fields = compile_fields(ctx, type_, own)
        self._party_fields = {
            id(party): compile_fields(ctx, "organization", {"country": party.country, "kind": party.kind})
            for name, parties in own.items()
            if properties[name].record == "organization"
            for party in parties
            if party.country or party.kind
        }
        """Fields of the organisations that a property of the record names, by Python's `id` of the party in the mapping."""
        self._condition = compile_conditions(ctx, mapping.when)
        self._key_names = key_parts(ctx.spec.key_template(type_) or "")
        self._names = {name for name in self._key_names if is_name(ctx, type_, name)}
        self._key_columns = {name: {value.column} for name, value in mapping.key.items()}
        self._key_values = {name: compile_value(ctx, value, None) for name, value in mapping.key.items()}
        self._named = named = NamedRecords(ctx, existing)
        roles = [(role, party) for role, parties in mapping.properties.items() if role not in own for party in parties]
        self._parties = [Parties(ctx, party, role, named) for role, party in roles]
        self._parties += [Parties(ctx, party, None, named) for party in mapping.parties]
        self._places = [Places(ctx, place, number) for number, place in enumerate(mapping.place)]
        self._commitments = [Commitments(ctx, commitment, named) for commitment in mapping.commitment]
        self._documents = [Documents(ctx, document, named) for document in mapping.document]
        self._has_related = bool(self._parties or self._places or self._commitments or self._documents)
        self._key_properties = {name for name in self._key_names if any(field.name == name for field in self._fields)}

    def __call__(self, cells: RowCells) -> None:
        before = len(cells.problems)
        try:
            if self._condition is not None and not self._condition(cells):
                return
        except Problem as problem:
            cells.add_problem(problem)
            return
        fields: list[ReadField] = []
        key_cells: list[Cell] | None = None
        for field in self._fields:
            if field.value.constant is not None and field.value.at is None and key_cells is None:
                key_cells = self._key_cells(cells, fields)
            fields.append(ReadField(field, field.read(cells, key_cells or ())))
        if key_cells is None and self._has_related:
            key_cells = self._key_cells(cells, fields)
        key_cells = key_cells or []
        parties = [(each, each.read(cells, key_cells)) for each in self._parties]
        places = [(each, each.read(cells, key_cells)) for each in self._places]
        commitments = [(each, each.read(cells, key_cells)) for each in self._commitments]
        documents = [(each, each.read(cells, key_cells)) for each in self._documents]
        draft = self._draft(cells, fields)
        if draft is None or len(cells.problems) > before:
            return
        statements = Statements(cells, [cited for each, read in documents for cited in each.make(cells, read)])
        self._add_fields(cells, draft, statements, fields)
        for party, read_party in parties:
            party.make(cells, draft, statements, read_party)
        countries = [reading for field, readings in fields if field.name == "country" for reading in readings]
        for place, read_place in places:
            place.make(cells, draft, statements, read_place, countries)
        for commitment, read_commitment in commitments:
            commitment.make(cells, draft, statements, read_commitment)

    def _add_fields(self, cells: RowCells, draft: RecordDraft, statements: Statements, fields: Sequence[ReadField]) -> None:
        for field, readings in fields:
            for number, reading in enumerate(readings):
                if field.refers_to is None:
                    statements.add(draft, field.name, reading, rule=field.rule, cited=field.value.cited)
                    continue
                party = field.value
                more = self._party_fields.get(id(party))
                known = read_fields(more, cells, reading.at) if more else []
                if len(readings) > 1:
                    known = allot_fields(cells, known, readings, "organisations")[number]
                if (other := self._named.get(cells, field.refers_to, reading, party, statements, known)) is not None:
                    statements.add(
                        draft,
                        field.name,
                        reading._replace(lang=None),
                        other,
                        original="" if party.existing else reading.words,
                        rule=field.rule,
                    )

    def _draft(self, cells: RowCells, fields: Sequence[ReadField]) -> RecordDraft | None:
        key: dict[str, Cell | RecordDraft | str] = {}
        for name in self._key_names:
            parts = list(self._part(cells, name, fields))
            if len(parts) == 1:
                key[name] = parts[0]
            elif parts:
                message = f"{name}: has several values, but is part of the key of the {self._type}; {self._key_advice(name)}"
                cells.add_problem(Problem(message, parts[0].locator))
            elif not cells.problems:
                message = f"{name}: is empty, but part of the key of the {self._type}"
                cells.add_problem(Problem(message, cells.get(name).locator))
        if len(key) < len(self._key_names):
            return None
        try:
            draft = self._ctx.record(self._type, **key)
        except Problem as problem:
            cells.add_problem(problem)
            return None
        if not self._adds_to_existing:
            self._existing.add(cells.row, self._type, draft.id)
        elif (self._type, draft.id) not in self._existing:
            place = next((part for part in key.values() if isinstance(part, Cell)), None)
            text = place.text if place else draft.id
            message = missing_record(self._type, text)
            cells.add_problem(Problem(message, place.locator if place else "", value=text))
            return None
        return draft

    def _key_advice(self, name: str) -> str:
        """Return advice for a part of the key that has several values, from one column or from several."""
        if name in self._key_columns:
            columns = self._key_columns[name]
        else:
            columns = {field.value.column for field in self._fields if field.name == name} or {name}
        if len(columns) == 1:
            column = next(iter(columns))
            return f"if it has several {self._type} records, add `each: {{column: {column}, split: …}}`, with its separators"
        return f"in the key of {self._type} under `records:`, write one column instead of {{{name}}}"

    def _key_cells(self, cells: RowCells, fields: Sequence[ReadField]) -> list[Cell]:
        return [cell for name in self._key_names for cell in self._part(cells, name, fields) if cell.capture]

    def _part(self, cells: RowCells, name: str, fields: Sequence[ReadField]) -> Iterator[Cell]:
        """Yield the cells for a part of the key: those that `key:` reads, those of a property, or those of a column.

        The case of a name does not matter, so that a record's own row and a cell that names the record have the same key.
        """
        for cell, names_a_record in self._part_cells(cells, name, fields):
            yield name_key(cell) if names_a_record or name in self._names else cell

    def _part_cells(self, cells: RowCells, name: str, fields: Sequence[ReadField]) -> Iterator[tuple[Cell, bool]]:
        """Yield the cells for a part of the key. The second item is true for a cell with the name of another record."""
        if (read := self._key_values.get(name)) is not None:
            yield from ((reading.cell, False) for reading in read(cells, ()))
        elif name in self._key_properties:
            for field, readings in fields:
                if field.name == name:
                    names_a_record = field.refers_to is not None and not field.value.existing
                    yield from ((reading.cell, names_a_record) for reading in readings)
        else:
            yield from ((cell, False) for cell in cells.all(name) if cell)
