"""AIGS 2022: a sheet of assessments and country variables, and a sheet of digital-society variables."""

from overt.importing import Cell, Context, RecordDraft, Row

YEAR = "2022"
YEAR_RULE = "aigs-year@1"
COMPANIES = [f"Company {number}" for number in range(1, 6)]
NUMBERS = {  # Column of the first sheet: series, and the year in the column's name.
    "V-Dem Electoral Democracy Index 2021": ("vdem-electoral-democracy", "2021"),
    "Feldstein Digital Repression Index 2021": ("digital-repression", "2021"),
    "Freedom on the Net 2021 Score": ("freedom-on-the-net", "2021"),
    "Military Expenditures (USD) 2018": ("military-expenditure", "2018"),
    "Military Expenditures Ranking (2018)": ("military-expenditure-rank", "2018"),
    "China ODI Rank (EIU)": ("china-odi-rank", None),
}
SOCIETY = {  # Column of the second sheet: series. The year has its own column.
    "v2x_polyarchy": "vdem-electoral-democracy",
    "v2x_libdem": "vdem-liberal-democracy",
    "Digital Repression Index 2021": "digital-repression",
    "Gov SM surveillance v2smgovsmmon": "digital-repression-monitoring",
    "Gov disinfo v2smgovdom": "digital-repression-government-disinformation",
    "Pol party disinfo v2smpardom": "digital-repression-party-disinformation",
    "Gov filtering v2smgovfilprc": "digital-repression-filtering",
    "Gov internet shutdowns v2smgovshut": "digital-repression-shutdowns",
    "Gov SM Shutdown v2smgovsm": "digital-repression-social-media-shutdowns",
    "Gov SM censorship v2smgovsmcenprc": "digital-repression-social-media-censorship",
    "Arrests online users (v2smarrest)": "digital-repression-arrests",
}


def run(ctx: Context) -> None:
    for row in ctx.rows("countries"):
        with row:
            country = table_country(ctx, row)
            assessment(ctx, row, country)
            for column, (series, year) in NUMBERS.items():
                indicator(ctx, series, country, year, value=row[column])
            regime = ctx.lookup_filled("regimes", row["V-Dem Regime Type 2021"])
            indicator(ctx, "vdem-regime", country, "2021", code=regime)
            status = ctx.lookup_filled("freedom", row["Freedom on the Net 2021 Status"])
            indicator(ctx, "freedom-on-the-net-status", country, "2021", code=status)
            membership = row["Member of Belt & Road Initiative"]
            if flagged(ctx, membership):  # An empty cell does not mean that the country is not a member.
                indicator(ctx, "belt-and-road-member", country, None, value=membership.read_as("1"))
    for row in ctx.rows("society"):
        with row:
            society(ctx, row, table_country(ctx, row))


def society(ctx: Context, row: Row, country: Cell) -> None:
    """Add a country's values in the row's year."""
    for column, series in SOCIETY.items():
        indicator(ctx, series, country, row["Year"], value=row[column])
    indicator(ctx, "vdem-regime", country, row["Year"], code=ctx.lookup_filled("regimes", row["v2x_regime"]))


def table_country(ctx: Context, row: Row) -> Cell:
    """Return the country of a row. A row with nothing else is a note below the table, and out of scope."""
    if not any(row[column] for column in row.columns() if column != "Country"):
        row.out_of_scope("note-below-table")
    return ctx.area(row["Country"], "countries")


def flagged(ctx: Context, cell: Cell) -> bool:
    """Return whether a flag is set. Raises Problem for a spelling that source.yml doesn't declare."""
    return ctx.lookup("flags", cell).text == "yes"


def assessment(ctx: Context, row: Row, country: Cell) -> None:
    """Add technologies, suppliers and their countries. The row does not say who supplies what."""
    record = ctx.record("assessment", country=country)
    record.add("country", country)
    record.code("year", YEAR, at=country, rule=YEAR_RULE)
    for column, kind in ctx.spec.lookups["kinds"].items():
        if flagged(ctx, row[column]):
            record.add("kind", kind, at=row[column], original=column)
    for column, area in ctx.spec.lookups["supplier_flags"].items():
        if flagged(ctx, row[column]):
            record.add("supplier-country", area, at=row[column], original=column)
    further = row["Other Countries"]
    for name in further.text.split(","):
        if name.strip():
            record.add("supplier-country", ctx.area(further.part(name), "supplier_countries"))
    for column in COMPANIES:
        if row[column]:
            supplier(ctx, record, row[column])


def supplier(ctx: Context, record: RecordDraft, cell: Cell) -> None:
    """Add a company, or the word that the index uses for several unnamed ones."""
    if note := ctx.spec.lookups["not_companies"].get(cell.text):
        record.add("supplier-note", note, at=cell, original=cell.text, lang="en")
        return
    name = cell.read_as(ctx.spec.lookups["companies"].get(cell.text, cell.text))
    company = ctx.record("organization", name=name.text.casefold())
    company.add("name", name, lang="en", original=cell.text if name.text != cell.text else None)
    record.add("supplier", company, at=cell, original=cell.text)


def indicator(
    ctx: Context,
    series: str,
    country: Cell,
    year: Cell | str | None,
    *,
    value: Cell | None = None,
    code: Cell | None = None,
) -> None:
    """Add one value of a country and year; both sheets state the same record. An empty cell adds nothing."""
    cell = value or code
    if not cell:
        return
    record = ctx.record("indicator", series=series, country=country, year=year or YEAR)
    record.add("series", series, at=cell)
    record.add("country", country)
    if year:
        record.add("year", year, at=year if isinstance(year, Cell) else cell)
    else:
        record.code("year", YEAR, at=cell, rule=YEAR_RULE)
    record.add("value", value)
    record.add("code", code)
