"""Helpers for our own registers, whose lines have an id and cite a document and a place in it."""

from overt.importing.cells import Cell
from overt.importing.import_context import Context
from overt.importing.record_draft import RecordDraft
from overt.importing.rows import Row


def new_id(row: Row, known: set[str]) -> None:
    """Add the row's id to `known` once the row is imported. Raises Problem if another row already has it."""
    identity = row["id"].text
    if identity in known:
        row.problem(f"duplicate id {identity!r}", row["id"])
    row.when_imported(lambda: known.add(identity))


def document(ctx: Context, row: Row, documents: set[str]) -> None:
    """Add a document that lines of a register cite. Columns: id, title, citation, publisher, published, lang, url."""
    new_id(row, documents)
    record = ctx.record("document", id=row["id"])
    record.add("title", row["title"], lang=row["lang"].text)
    record.add("citation", row["citation"], lang="en")
    for name in ("publisher", "published", "lang", "url"):
        record.add(name, row[name])


def referred(ctx: Context, row: Row, column: str, record_type: str, known: set[str]) -> RecordDraft:
    """Return the record whose id is in a column. Raises Problem if no imported row describes it."""
    cell = row[column]
    if cell.text not in known:
        row.problem(f"{column}: no {record_type} has the id {cell.text!r}, or its own row is a problem", cell)
    return ctx.record(record_type, id=cell)


def citation(ctx: Context, row: Row, documents: set[str], prefix: str = "") -> tuple[RecordDraft, Cell]:
    """Return the document that a line cites, and the cell that states the place in the document. Raises Problem if one of them is
    missing.
    """
    place = row[f"{prefix}place_in_document"]
    if not place:
        row.problem("the place in the document is missing", place)
    return referred(ctx, row, f"{prefix}document", "document", documents), place
