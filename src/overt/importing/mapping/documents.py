"""The documents that a row cites."""

from collections.abc import Sequence
from typing import NamedTuple

from overt.importing.cells import Cell
from overt.importing.errors import Problem
from overt.importing.import_context import Context
from overt.importing.mapping.record_properties_from_row import ReadField, add_fields, compile_fields, read_fields
from overt.importing.mapping.records_named_in_cells import NamedRecords
from overt.importing.mapping.row_cells import RowCells
from overt.importing.mapping.row_claims import Cited, Statements
from overt.importing.mapping.value_readers import Reading, compile_value
from overt.importing.mapping.values_of_each_named_item import allot_fields
from overt.importing.record_draft import RecordDraft
from overt.model.mapping import Document


class ReadDocuments(NamedTuple):
    """What a row says about the documents that it cites: addresses, titles and other values."""

    addresses: list[Reading]
    titles: list[ReadField]
    fields: list[ReadField]


class Documents:
    """Makes the documents that a row cites, or finds those that other rows describe."""

    def __init__(self, ctx: Context, document: Document, named: NamedRecords) -> None:
        self._ctx = ctx
        self._document = document
        self._named = named
        property_ = ctx.content.schema.types["document"].properties["url"]
        self._address = compile_value(ctx, document, None if document.existing else property_)
        self._titles = compile_fields(ctx, "document", {"title": document.title})
        fields = {"publisher": document.publisher, "published": document.published, "lang": document.language}
        self._fields = compile_fields(ctx, "document", fields)

    def read(self, cells: RowCells, key_cells: Sequence[Cell]) -> ReadDocuments:
        """Read the addresses, the titles and the other values of the documents that a row cites."""
        return ReadDocuments(
            self._address(cells, key_cells),
            read_fields(self._titles, cells, key_cells),
            read_fields(self._fields, cells, key_cells),
        )

    def make(self, cells: RowCells, read: ReadDocuments) -> list[Cited]:
        """Make or find the documents, and return them with the places in them. Problems are collected in the row's cells."""
        place = cells.get(self._document.place) if self._document.place else None
        if place is not None and not place and read.addresses:
            cells.add_problem(Problem("the place in the document is missing", place.locator))
        plain = Statements(cells, ())
        things = "addresses of documents"
        titles = allot_fields(cells, read.titles, read.addresses, things, may_share=False)
        fields = allot_fields(cells, read.fields, read.addresses, things)
        cited = []
        for reading, own_titles, own_fields in zip(read.addresses, titles, fields, strict=True):
            draft = self._existing(cells, reading, plain) if self._document.existing else self._new(cells, reading, plain)
            if draft is not None:
                cited.append(Cited(draft, place))
                add_fields(plain, draft, [*own_titles, *own_fields])
        return cited

    def _existing(self, cells: RowCells, reading: Reading, plain: Statements) -> RecordDraft | None:
        return self._named.get(cells, "document", reading, self._document, plain)

    def _new(self, cells: RowCells, reading: Reading, plain: Statements) -> RecordDraft | None:
        try:
            draft = self._ctx.record("document", url=reading.cell)
        except Problem as problem:
            cells.add_problem(problem)
            return None
        plain.add(draft, "url", reading)
        return draft
