"""Our register of agreements: a line has what one document says about an agreement, so documents can differ."""

from overt.importing import Context, Row
from overt.importing.registers import citation, document, new_id, referred


def run(ctx: Context) -> None:
    """Read documents first, then agreements, then their parties."""
    documents: set[str] = set()
    agreements: set[str] = set()
    lines: set[str] = set()
    for row in ctx.rows("documents"):
        with row:
            document(ctx, row, documents)
    for row in ctx.rows("agreements"):
        with row:
            new_id(row, lines)
            agreement(ctx, row, documents, agreements)
    for row in ctx.rows("parties"):
        with row:
            new_id(row, lines)
            party(ctx, row, agreements, documents)


def agreement(ctx: Context, row: Row, documents: set[str], agreements: set[str]) -> None:
    """Add what a document says about an agreement, and the agreement's id to `agreements`."""
    key = row["agreement"]
    row.when_imported(lambda: agreements.add(key.text))
    cited, place = citation(ctx, row, documents)
    record = ctx.record("agreement", id=key)
    for column in ("name", "forum", "subject"):
        record.add(column, row[column], at=[row[column], place], lang="en", document=cited)
    for column in ("kind", "date", "status"):
        record.add(column, row[column], at=[row[column], place], document=cited)
    record.add("place-in-document", place, document=cited)


def party(ctx: Context, row: Row, agreements: set[str], documents: set[str]) -> None:
    """Add a party: a body and its country, or only a country."""
    cited, place = citation(ctx, row, documents)
    record = referred(ctx, row, "agreement", "agreement", agreements)
    name, country = row["party"], row["country"]
    if name:
        body = ctx.record("organization", name=name)
        body.add("name", name, lang="en", document=cited)
        body.add("country", country, at=[country, name], document=cited)
        record.add("party", body, at=[name, place], document=cited)
    record.add("party-country", country, at=[country, place], document=cited)
