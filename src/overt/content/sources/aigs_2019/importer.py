"""AIGS 2019: each row is a country, with one assessment and the country variables printed beside it."""

import re

from overt.importing import Cell, Context, RecordDraft, Row

YEAR = "2019"
YEAR_RULE = "aigs-year@1"
NUMBERS = {  # Column: series, and the year in the column's name.
    "aggregate_regime_score_2018": ("aigs-regime-score", "2018"),
    "fotn_2018_score": ("freedom-on-the-net-until-2018", "2018"),
    "milex_usd_2018": ("military-expenditure", "2018"),
    "milex_rank_2018": ("military-expenditure-rank", "2018"),
    "china_odi_rank_eiu": ("china-odi-rank", None),
}
SEPARATOR = re.compile(r"[,;]")


def run(ctx: Context) -> None:
    for row in ctx.rows("countries"):
        with row:
            country = ctx.area(row["country"], "countries")
            assessment(ctx, row, country)
            for column, (series, year) in NUMBERS.items():
                indicator(ctx, series, country, year, value=row[column])
            indicator(ctx, "belt-and-road-member", country, None, value=member(ctx, row["bri"]))
            indicator(ctx, "aigs-regime", country, None, code=ctx.lookup_filled("regimes", row["regime_type"]))
            indicator(
                ctx, "freedom-on-the-net-status", country, "2018", code=ctx.lookup_filled("freedom", row["fotn_2018_status"])
            )


def flagged(ctx: Context, cell: Cell) -> bool:
    """Return whether a flag is set. Raises Problem for a spelling that source.yml doesn't declare."""
    return ctx.lookup("flags", cell).text == "yes"


def member(ctx: Context, cell: Cell) -> Cell:
    """Return a flag as the value of a series."""
    return cell.read_as("1" if flagged(ctx, cell) else "0")


def assessment(ctx: Context, row: Row, country: Cell) -> None:
    """Add technologies, suppliers and their countries. The row does not say who supplies what."""
    record = ctx.record("assessment", country=country)
    record.add("country", country)
    record.code("year", YEAR, at=country, rule=YEAR_RULE)
    for column, kind in ctx.spec.lookups["kinds"].items():
        if flagged(ctx, row[column]):
            record.add("kind", kind, at=row[column], original=column)
    for column, area in ctx.spec.lookups["supplier_countries"].items():
        if flagged(ctx, row[column]):
            record.add("supplier-country", area, at=row[column], original=column)
    companies = row["key_companies"]
    for item in SEPARATOR.split(companies.text):
        if item.strip():
            supplier(ctx, record, companies.part(item))


def supplier(ctx: Context, record: RecordDraft, cell: Cell) -> None:
    """Add a company of the list, or the word that the index uses for several unnamed ones."""
    if note := ctx.spec.lookups["not_companies"].get(cell.text):
        record.add("supplier-note", note, at=cell, original=cell.text, lang="en")
        return
    name = cell.read_as(ctx.spec.lookups["companies"].get(cell.text, cell.text))
    company = ctx.record("organization", name=name.text.casefold())
    company.add("name", name, lang="en", original=cell.text if name.text != cell.text else None)
    record.add("supplier", company, at=cell, original=cell.text)


def indicator(
    ctx: Context, series: str, country: Cell, year: str | None, *, value: Cell | None = None, code: Cell | None = None
) -> None:
    """Add one value of a country and year. An empty cell adds nothing."""
    cell = value or code
    if not cell:
        return
    record = ctx.record("indicator", series=series, country=country, year=year or YEAR)
    record.add("series", series, at=cell)
    record.add("country", country)
    if year:
        record.add("year", year, at=cell)
    else:
        record.code("year", YEAR, at=cell, rule=YEAR_RULE)
    record.add("value", value)
    record.add("code", code)
