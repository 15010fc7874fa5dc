"""Freedom in the World: each row is a country or territory in an edition, and each column a series."""

from overt.importing import Cell, Context, Row


def run(ctx: Context) -> None:
    for row in ctx.rows("editions"):
        with row:
            name = row["Country/Territory"]
            if name.text in ctx.spec.lookups["no_areas"]:
                row.out_of_scope("no-area")
            edition(ctx, row, ctx.area(name, "countries"))


def edition(ctx: Context, row: Row, country: Cell) -> None:
    """Add the values of one country in one edition."""
    year = row["Edition"]
    for column, series in ctx.spec.lookups["series"].items():
        indicator(ctx, series, country, year, row[column], "value")
    indicator(ctx, "freedom-in-the-world-status", country, year, ctx.lookup("statuses", row["Status"]), "code")


def indicator(ctx: Context, series: str, country: Cell, year: Cell, cell: Cell, prop: str) -> None:
    """Add one value of a series."""
    record = ctx.record("indicator", series=series, country=country, year=year)
    record.add("series", series, at=cell)
    record.add("country", country)
    record.add("year", year)
    record.add(prop, cell)
