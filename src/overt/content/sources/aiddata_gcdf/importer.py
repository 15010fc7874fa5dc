"""AidData's Global Chinese Development Finance: projects, their money, who is named with them, and the provinces they lie in.

Two layouts: the full release (126 columns; agencies stand in columns of their own) and a table of 17 columns whose titles
alone tell who paid and who supplied. Column names of the second are those of the first with dots for spaces.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from overt.importing import Cell, Context, RecordDraft, Row

from .titles import Reading, Titles

ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
AMERICAN_DAY = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})")
SHORT_NAME = re.compile(r"(.{2,200}) \(([A-Z][A-Za-z&.-]{1,11})\)")
SCRAMBLED = re.compile("[\u00c2-\u00c5][\u0080-\u00bf]")
TEACHING = ("training", "technical-assistance")
AGENCIES = {
    "Funding Agencies": "financier",
    "Co-financing Agencies": "financier",
    "Direct Receiving Agencies": "recipient",
    "Indirect Receiving Agencies": "recipient",
    "Implementing Agencies": "implementer",
    "Guarantor": "guarantor",
    "Insurance Provider": "guarantor",
}
FINER_LOANS = {
    "Interest-Free Loan": "interest-free-loan",
    "GCL": "concessional-loan",
    "PBC": "export-credit",
    "Export Buyer's Credit": "export-credit",
    "Supplier’s Credit/Export Seller’s Credit": "export-credit",
}
"""Columns of the full release that say what kind of loan a loan is; the first that says yes counts."""


def run(ctx: Context) -> None:
    """The full release first: a record that it tells of is not read again from the short table. Provinces last."""
    titles = Titles(ctx.words("title_rules.yml"))
    made: dict[str, tuple[RecordDraft, str]] = {}
    left_out: set[str] = set()
    for role in ("full", "full_workbook"):
        for row in ctx.rows(role):
            with row:
                project(ctx, Fields(row, dotted=False), titles, made, left_out)
    told = made.keys() | left_out
    for row in ctx.rows("short"):
        with row:
            if row["AidData.Record.ID"].text in told:
                row.out_of_scope("in-full-release")
            project(ctx, Fields(row, dotted=True), titles, made, left_out)
    for row in ctx.rows("places"):
        with row:
            province(ctx, row, made)


@dataclass(frozen=True)
class Fields:
    """A row's cells by the names of the full release, whichever layout it is of."""

    row: Row
    dotted: bool

    def __getitem__(self, column: str) -> Cell:
        return self.row[column.replace(" ", ".") if self.dotted else column]


def project(ctx: Context, fields: Fields, titles: Titles, told: dict[str, tuple[RecordDraft, str]], left_out: set[str]) -> None:
    """One record of AidData: a project, its commitment and its roles.

    `told` takes in the project and its country by id, `left_out` the id of a record that is out of scope.
    """
    key = fields["AidData Record ID"]
    title = fields["Title"]
    if not title:
        fields.row.problem("the record has no title", title)
    reading = titles.read(fields["Sector Name"].text, title.text)
    if isinstance(reading, str):
        left_out.add(key.text)
        fields.row.out_of_scope(reading)
    made = ctx.record("project", id=key)
    made.add("name", title, lang="en")
    for kind, rule in reading.kinds:
        made.code("kind", kind, at=title, rule=rule)
    made.add("sector", fields["Sector Name"], lang="en")
    built = fields["Infrastructure"].text == "Yes"
    made.add("status", ctx.lookup("status_of_works" if built else "status", fields["Status"]))
    country = recipient(ctx, fields)
    made.add("country", country, at=[cell for cell in (fields["Recipient ISO-3"], fields["Recipient"]) if cell])
    for name, date in dates(fields, reading):
        made.add(name, date)
    money = commitment(ctx, fields, made)
    if fields.dotted:
        named_in_title(ctx, fields, reading, made, money, country)
    else:
        stated(ctx, fields, made, money)
        for name, role, rule in reading.names:
            if role == "supplier":
                take_part(ctx, made, role, name, title, rule)
    fields.row.when_imported(lambda: told.update({key.text: (made, country.text)}))


def recipient(ctx: Context, fields: Fields) -> Cell:
    """The country; a record of several countries has no code and names its region."""
    code, name = fields["Recipient ISO-3"], fields["Recipient"]
    return ctx.area(code or name, "areas")


# --- dates -------------------------------------------------------------------------------------------------------------------


def dates(fields: Fields, reading: Reading) -> Iterator[tuple[str, Cell]]:
    """Dates of the project. AidData's "completion" is the end of building, of training, or of payments and deliveries.

    Of these the first is read as coming into use, the second as an end, and the third as completed (decision 0006).
    """
    built = fields["Infrastructure"].text == "Yes"
    taught = "training" in dict(reading.kinds) or (reading.flow and reading.flow[0] in TEACHING)
    for date in when(fields, "Commitment", "Commitment Year"):
        yield "agreed", date
    for date in when(fields, "Actual Implementation Start", "Implementation Start Year"):
        if built:
            yield "construction-start", date
    for date in when(fields, "Actual Completion", "Completion Year"):
        yield ("operational" if built else "ended" if taught else "completed"), date


def when(fields: Fields, event: str, year_column: str) -> Iterator[Cell]:
    """The date of an event as precise as AidData knows it, and the year beside it where that contradicts.

    AidData writes a month as its first day and a year as 1 January, so a first day is never read as a day (decision 0006).
    """
    day, year = fields[f"{event} Date (MM/DD/YYYY)"], fields[year_column]
    estimated = not fields.dotted and fields[f"{event} Date Estimated"].text == "Yes"
    sign = "~" if estimated else ""
    known_year = year.text.removesuffix(".0")
    if day:
        precise = as_known(fields.row, day)
        yield day.read_as(precise + sign)
        if known_year and known_year != precise[:4]:
            yield year.read_as(known_year + sign)
    elif year:
        yield year.read_as(known_year + sign)


def as_known(row: Row, cell: Cell) -> str:
    """`2014-05-17`, `2014-05` for the first of May, `2014` for New Year's Day."""
    if match := ISO_DAY.fullmatch(cell.text):
        year, month, day = match.groups()
    elif match := AMERICAN_DAY.fullmatch(cell.text):
        year, month, day = match[3], match[1].zfill(2), match[2].zfill(2)
    else:
        row.problem(f"{cell.text[:40]!r} is not a date (2014-05-17 or 05/17/2014)", cell)
    if day != "01":
        return f"{year}-{month}-{day}"
    return year if month == "01" else f"{year}-{month}"


# --- money and roles -----------------------------------------------------------------------------------------------------------


def commitment(ctx: Context, fields: Fields, made: RecordDraft) -> RecordDraft:
    """The money of a record, once; a record without an amount is still a promise."""
    key = fields["AidData Record ID"]
    money = ctx.record("commitment", id=key)
    money.add("project", made, at=key)
    money.add("amount", fields["Amount (Constant USD 2021)"], unit="USD@2021")
    money.add("status", ctx.lookup("commitment_status", fields["Status"]))
    for date in when(fields, "Commitment", "Commitment Year"):
        money.add("agreed", date)
    return money


def take_part(ctx: Context, made: RecordDraft, role: str, name: str, at: Cell, rule: str | None = None) -> RecordDraft:
    """An organisation, and that it plays a role in the project: stated by a column, or coded by a rule from the title."""
    organization = ctx.record("organization", name=name)
    part = ctx.record("role", project=made, role=role, organization=name)
    part.add("project", made, at=at)
    if rule:
        organization.code("name", name, at=at, rule=rule)
        part.code("organization", organization, at=at, rule=rule)
        part.code("role", role, at=at, rule=rule)
    else:
        organization.add("name", at.read_as(name))
        part.add("organization", organization, at=at)
        part.add("role", role, at=at)
    return organization


def named_in_title(ctx: Context, fields: Fields, reading: Reading, made: RecordDraft, money: RecordDraft, country: Cell) -> None:
    """Who gave, supplied and borrowed, and what kind of flow it was, where only the title tells."""
    title = fields["Title"]
    label = ctx.content.areas.areas[country.text].label
    for name, role, rule in reading.names:
        organization = take_part(ctx, made, role, name.format(recipient=label), title, rule)
        if role == "financier":
            money.code("financier", organization, at=title, rule=rule)
    if reading.flow:
        money.code("flow-type", reading.flow[0], at=title, rule=reading.flow[1])


def stated(ctx: Context, fields: Fields, made: RecordDraft, money: RecordDraft) -> None:
    """Who gave, received, carried out and guaranteed, and what kind of flow it was, by the columns of the full release."""
    made.add("umbrella", ctx.lookup_filled("yes_no", fields["Umbrella"]))
    money.add("recommended-for-aggregates", ctx.lookup_filled("yes_no", fields["Recommended For Aggregates"]))
    flow = fields["Flow Type"]
    finer = [(fields[column], term) for column, term in FINER_LOANS.items()]
    said = [(cell, term) for cell, term in finer if cell.text == "Yes"]
    if flow and flow.text == "Loan" and said:
        money.add("flow-type", said[0][1], at=[flow, said[0][0]], original=flow.text)
    elif flow:
        money.add("flow-type", ctx.lookup("flow", flow))
    for column, role in AGENCIES.items():
        for item in fields[column].text.split("|"):
            if item.strip():
                agency(ctx, made, money, role, fields[column].part(item), pays=column == "Funding Agencies")


def agency(ctx: Context, made: RecordDraft, money: RecordDraft, role: str, cell: Cell, *, pays: bool) -> None:
    """One of the agencies that a column lists. `Name (ABBR)` is a name and what it is also called."""
    match = SHORT_NAME.fullmatch(cell.text)
    organization = take_part(ctx, made, role, match[1] if match else cell.text, cell)
    if match:
        organization.add("alias", cell.read_as(match[2]))
    if pays:
        money.add("financier", organization, at=cell)


# --- places --------------------------------------------------------------------------------------------------------------------


def province(ctx: Context, row: Row, told: dict[str, tuple[RecordDraft, str]]) -> None:
    """A province that the project lies in or passes through, at the province's middle; the project itself is not there."""
    key, group, name = row["id"], row["shapeGroup"], row["shapeName"]
    if key.text not in told:
        row.out_of_scope("province-of-another-record")
    made, recipient_code = told[key.text]
    is_claimed_by_several = group.text.isdecimal()
    if not is_claimed_by_several:
        country = ctx.area(group, "areas")
        if country.text != recipient_code and ctx.content.areas.areas[recipient_code].kind != "region":
            row.out_of_scope("province-abroad")
    place = ctx.record("place", id=key, shape=row["shapeID"])
    place.add("project", made, at=key)
    place.add("name", mended(name.text), at=name, lang="en", original=name.text if mended(name.text) != name.text else None)
    if not is_claimed_by_several:
        place.add("country", country)
    longitude, latitude = row["centroid_longitude"], row["centroid_latitude"]
    place.add("geometry", f"POINT ({longitude} {latitude})", at=[longitude, latitude])
    place.add("precision", "admin1", at=row["shapeID"])
    place.add("kind", "area", at=row["shapeID"])


def mended(name: str) -> str:
    """A name whose UTF-8 was once read as Latin-1 (`RegiÃ³n`), read rightly; any other as it is."""
    if not SCRAMBLED.search(name):
        return name
    try:
        return name.encode("latin-1").decode()
    except UnicodeError:
        return name
