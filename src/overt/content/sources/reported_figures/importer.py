"""Our register of totals that others published."""

from overt.importing import Context, Row


def run(ctx: Context) -> None:
    """Documents first: a figure cites one."""
    documents: set[str] = set()
    for row in ctx.rows("documents"):
        with row:
            document(ctx, row, documents)
    for row in ctx.rows("figures"):
        with row:
            figure(ctx, row, documents)


def document(ctx: Context, row: Row, documents: set[str]) -> None:
    """A document that figures cite."""
    if row["id"].text in documents:
        row.problem(f"duplicate id {row['id'].text!r}", row["id"])
    documents.add(row["id"].text)
    record = ctx.record("document", id=row["id"])
    language = row["lang"].text
    record.add("title", row["title"], lang=language)
    record.add("citation", row["citation"], lang="en")
    record.add("publisher", row["publisher"])
    record.add("published", row["published"])
    record.add("lang", row["lang"])
    record.add("url", row["url"])


def figure(ctx: Context, row: Row, documents: set[str]) -> None:
    """One total: what was counted, how many, as of when, and where it stands."""
    place = row["place_in_document"]
    if not place:
        row.problem("the place in the document is missing", place)
    if row["document"].text not in documents:
        row.problem(f"document: no document has the id {row['document'].text!r}", row["document"])
    cited = ctx.record("document", id=row["document"])
    record = ctx.record("reported_figure", id=row["id"])
    unit = row["unit"]
    if not unit:
        row.problem("the unit is missing", unit)
    record.add("measure", row["measure"], document=cited)
    record.add("value", row["value"], at=[row["value"], unit, place], unit=unit.text, document=cited)
    record.add("bound", ctx.lookup("bounds", row["bound"]), document=cited)
    record.add("as-of", row["as_of"], at=[row["as_of"], place], document=cited)
    record.add("scope", row["scope"], lang="en", document=cited)
    record.add("reported-by", row["reported_by"], document=cited)
    record.add("cited-for", row["cited_for"], document=cited)
    record.add("place-in-document", place, document=cited)
