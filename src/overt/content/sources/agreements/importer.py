"""Our register of agreements: a line is what one document says of an agreement, so documents can differ."""

from overt.importing import Cell, Context, RecordDraft, Row


def run(ctx: Context) -> None:
    """Documents first, then what they say, then who takes part."""
    documents: set[str] = set()
    agreements: set[str] = set()
    lines: set[str] = set()
    for row in ctx.rows("documents"):
        with row:
            document(ctx, row, documents)
    for row in ctx.rows("agreements"):
        with row:
            new(row, lines)
            agreement(ctx, row, documents)
            agreements.add(row["agreement"].text)
    for row in ctx.rows("parties"):
        with row:
            new(row, lines)
            party(ctx, row, agreements, documents)


def document(ctx: Context, row: Row, documents: set[str]) -> None:
    """A document that lines cite."""
    new(row, documents)
    record = ctx.record("document", id=row["id"])
    language = row["lang"].text
    record.add("title", row["title"], lang=language)
    record.add("citation", row["citation"], lang="en")
    record.add("publisher", row["publisher"])
    record.add("published", row["published"])
    record.add("lang", row["lang"])
    record.add("url", row["url"])


def new(row: Row, known: set[str]) -> None:
    """Take in the row's id; one that another row has already is a problem."""
    if row["id"].text in known:
        row.problem(f"duplicate id {row['id'].text!r}", row["id"])
    known.add(row["id"].text)


def referred(ctx: Context, row: Row, column: str, record_type: str, known: set[str]) -> RecordDraft:
    """The record whose id stands in a column; one that no row describes is a problem."""
    cell = row[column]
    if cell.text not in known:
        row.problem(f"{column}: no {record_type} has the id {cell.text!r}", cell)
    return ctx.record(record_type, id=cell)


def source(ctx: Context, row: Row, documents: set[str]) -> tuple[RecordDraft, Cell]:
    """The document of a line and the cell that says where in it; a line without either is a problem."""
    place = row["place_in_document"]
    if not place:
        row.problem("the place in the document is missing", place)
    return referred(ctx, row, "document", "document", documents), place


def agreement(ctx: Context, row: Row, documents: set[str]) -> None:
    """What a document says of an agreement; what it does not say is left empty."""
    cited, place = source(ctx, row, documents)
    record = ctx.record("agreement", id=row["agreement"])
    for column in ("name", "forum", "subject"):
        record.add(column, row[column], at=[row[column], place], lang="en", document=cited)
    for column in ("kind", "date", "status"):
        record.add(column, row[column], at=[row[column], place], document=cited)
    record.add("place-in-document", place, document=cited)


def party(ctx: Context, row: Row, agreements: set[str], documents: set[str]) -> None:
    """A body that takes part and its country, or a country alone."""
    cited, place = source(ctx, row, documents)
    record = referred(ctx, row, "agreement", "agreement", agreements)
    name, country = row["party"], row["country"]
    if name:
        body = ctx.record("organization", name=name)
        body.add("name", name, lang="en", document=cited)
        body.add("country", country, at=[country, name], document=cited)
        record.add("party", body, at=[name, place], document=cited)
    record.add("party-country", country, at=[country, place], document=cited)
