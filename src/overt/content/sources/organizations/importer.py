"""Our register of organisations, with aliases, identifiers and relations."""

from overt.importing import Context, Row
from overt.importing.registers import citation, document, new_id, referred


def run(ctx: Context) -> None:
    """Read documents and organisations first, because the other tables refer to their ids."""
    documents: set[str] = set()
    organizations: set[str] = set()
    for row in ctx.rows("documents"):
        with row:
            document(ctx, row, documents)
    for row in ctx.rows("organizations"):
        with row:
            organization(ctx, row, organizations, documents)
    for row in ctx.rows("aliases"):
        with row:
            alias(ctx, row, organizations, documents)
    for row in ctx.rows("identifiers"):
        with row:
            identifier(ctx, row, organizations, documents)
    for row in ctx.rows("relations"):
        with row:
            relation(ctx, row, organizations, documents)


def organization(ctx: Context, row: Row, organizations: set[str], documents: set[str]) -> None:
    """Add an organisation. Its Chinese name has its own document; its website needs none."""
    new_id(row, organizations)
    cited, place = citation(ctx, row, documents)
    record = ctx.record("organization", id=row["id"])
    for column in ("kind", "country"):
        record.add(column, row[column], at=[row[column], place], document=cited)
    record.add("name", row["name_en"], at=[row["name_en"], place], lang="en", document=cited)
    for part in row["sector"].text.split(";"):
        record.add("sector", row["sector"].part(part), at=[row["sector"], place], lang="en", document=cited)
    record.add("website", row["website"])
    record.add("place-in-document", place, document=cited)
    if row["name_zh"]:
        cited, place = citation(ctx, row, documents, "zh_")
        record.add("name", row["name_zh"], at=[row["name_zh"], place], lang="zh", document=cited)
    else:
        row.ignore("zh_document", "zh_place_in_document")


def alias(ctx: Context, row: Row, organizations: set[str], documents: set[str]) -> None:
    """Add another name of an organisation, with its period if known."""
    cited, place = citation(ctx, row, documents)
    record = referred(ctx, row, "organization", "organization", organizations)
    record.add(
        "alias",
        row["alias"],
        at=[row["alias"], place],
        lang=row["lang"].text,
        valid_from=row["valid_from"].text,
        valid_to=row["valid_to"].text,
        document=cited,
    )


def identifier(ctx: Context, row: Row, organizations: set[str], documents: set[str]) -> None:
    """Add an id in a public register, made of scheme and value."""
    cited, place = citation(ctx, row, documents)
    record = referred(ctx, row, "organization", "organization", organizations)
    value = row["value"]
    record.add("identifier", f"{row['scheme'].text}:{value.text}", at=[row["scheme"], value, place], document=cited)


def relation(ctx: Context, row: Row, organizations: set[str], documents: set[str]) -> None:
    """Add a relation of two organisations. It does not merge them."""
    cited, place = citation(ctx, row, documents)
    record = ctx.record("relation", id=row["id"])
    for column in ("from", "to"):
        other = referred(ctx, row, column, "organization", organizations)
        record.add(column, other, at=[row[column], place], document=cited)
    for column in ("kind", "share", "start", "end"):
        record.add(column, row[column], at=[row[column], place], document=cited)
    record.add("place-in-document", place, document=cited)
