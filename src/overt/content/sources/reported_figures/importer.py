"""Our register of totals that other people published."""

from overt.importing import Context, Row
from overt.importing.registers import citation, document


def run(ctx: Context) -> None:
    """Read documents first, because figures cite them."""
    documents: set[str] = set()
    for row in ctx.rows("documents"):
        with row:
            document(ctx, row, documents)
    for row in ctx.rows("figures"):
        with row:
            figure(ctx, row, documents)


def figure(ctx: Context, row: Row, documents: set[str]) -> None:
    """Add one total: what was counted, how many, as of when, and the place in its document."""
    source, place = citation(ctx, row, documents)
    record = ctx.record("reported_figure", id=row["id"])
    unit = row["unit"]
    if not unit:
        row.problem("the unit is missing", unit)
    record.add("measure", row["measure"], document=source)
    record.add("value", row["value"], at=[row["value"], unit, place], unit=unit.text, document=source)
    record.add("bound", ctx.lookup("bounds", row["bound"]), document=source)
    record.add("as-of", row["as_of"], at=[row["as_of"], place], document=source)
    record.add("scope", row["scope"], lang="en", document=source)
    record.add("reported-by", row["reported_by"], document=source)
    record.add("cited-for", row["cited_for"], document=source)
    record.add("place-in-document", place, document=source)
