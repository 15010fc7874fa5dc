"""AidData's Global Chinese Development Finance: projects with their money, organisations and provinces.

There are two layouts: the full release (126 columns, with separate columns for agencies), and a table of 17 columns in which
only the titles name financiers and suppliers. The second has the column names of the first with dots for spaces. Descriptions
are a column of the full release, and a separate table for the short one; the edition has the values that rules extracted from
them. Titles link to other records; the edition, which has Overt's own titles, has the linked ids in a column.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from overt.importing import Cell, Context, RecordDraft, Row

from .aiddata_row import LayoutRow, recipient
from .description_claims import Project, add_coded, add_described, take_part
from .description_reader import Descriptions
from .programme_grouping import LinkedRecords
from .project_link_claims import add_links, linked_rows
from .title_reader import Reading, Titles

ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
AMERICAN_DAY = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})")
SHORT_NAME = re.compile(r"(.{2,200}) \(([A-Z][A-Za-z&.-]{1,11})\)")
DOUBLE_ENCODED = re.compile("[\u00c2-\u00c5][\u0080-\u00bf]")
YEARS = ("Commitment Year", "Implementation Start Year", "Completion Year")
TRAINING_FLOWS = ("training", "technical-assistance")
AGENCIES = {
    "Funding Agencies": "financier",
    "Co-financing Agencies": "financier",
    "Direct Receiving Agencies": "recipient",
    "Indirect Receiving Agencies": "recipient",
    "Implementing Agencies": "implementer",
    "Guarantor": "guarantor",
    "Insurance Provider": "guarantor",
}
LOAN_TYPES = {
    "Interest-Free Loan": "interest-free-loan",
    "GCL": "concessional-loan",
    "PBC": "export-credit",
    "Export Buyer's Credit": "export-credit",
    "Supplier’s Credit/Export Seller’s Credit": "export-credit",
}
"""Type of loan for each column of the full release that states one. The first column with `Yes` counts."""


def run(ctx: Context) -> None:
    """Read the full release, then records that only the short table has, then descriptions, their values, and provinces."""
    titles = Titles(ctx.words("title_rules.yml"))
    descriptions = Descriptions(ctx.words("description_rules.yml"), titles.known_name)
    linked = LinkedRecords(linked_rows(ctx, titles))
    projects: dict[str, Project] = {}
    left_out: set[str] = set()
    for role in ("full", "full_workbook"):
        for row in ctx.rows(role):
            with row:
                added = project(ctx, LayoutRow(row, dotted=False), titles, linked, projects, left_out)
                add_described(ctx, descriptions, added, row["Description"], linked)
    in_full_release = projects.keys() | left_out
    for row in ctx.rows("short"):
        with row:
            if row["AidData.Record.ID"].text in in_full_release:
                row.out_of_scope("in-full-release")
            project(ctx, LayoutRow(row, dotted=True), titles, linked, projects, left_out)
    for row in ctx.rows("descriptions"):
        with row:
            key = row["AidData Record ID"].text
            if key in in_full_release:
                row.out_of_scope("in-full-release")
            if key not in projects:
                row.out_of_scope("description-of-another-record")
            add_described(ctx, descriptions, projects[key], row["Description"], linked)
    for row in ctx.rows("values"):
        with row:
            if ctx.has("descriptions") or row["AidData Record ID"].text not in projects:
                row.out_of_scope("in-descriptions")
            add_coded(ctx, projects[row["AidData Record ID"].text], row)
    for row in ctx.rows("places"):
        with row:
            province(ctx, row, projects)


def scope_rule(words: Callable[[str], Any]) -> Callable[[str, str], str | None]:
    """Return a function that takes a record's sector and title, and returns the rule of `scope:` that leaves the record out, or
    None.

    It is for sources that describe these records (`describes:` in source.yml). `words` reads a YAML file of this folder.
    """
    titles = Titles(words("title_rules.yml"))

    def rule(sector: str, title: str) -> str | None:
        reading = titles.read(sector, title)
        return reading if isinstance(reading, str) else None

    return rule


def project(
    ctx: Context, fields: LayoutRow, titles: Titles, linked: LinkedRecords, projects: dict[str, Project], left_out: set[str]
) -> Project:
    """Add and return one record of AidData: a project with its commitment and roles.

    The project is added to `projects` by id, unless its row is a problem; the id of a record out of scope is added to
    `left_out`.
    """
    key = fields["AidData Record ID"]
    title = fields["Title"]
    if not title:
        fields.row.problem("the record has no title", title)
    reading = titles.read(fields["Sector Name"].text, title.text)
    if isinstance(reading, str):
        left_out.add(key.text)
        fields.row.out_of_scope(reading)
    record = ctx.record("project", id=key)
    record.add("name", title, lang="en")
    for kind, rule in reading.kinds:
        record.code("kind", kind, at=title, rule=rule)
    add_links(ctx, fields, reading, linked, record)
    record.add("sector", fields["Sector Name"], lang="en")
    is_infrastructure = fields["Infrastructure"].text == "Yes"
    record.add("status", ctx.lookup("status_of_works" if is_infrastructure else "status", fields["Status"]))
    country = recipient(ctx, fields)
    record.add("country", country, at=[cell for cell in (fields["Recipient ISO-3"], fields["Recipient"]) if cell])
    stated = list(dates(fields, reading))
    for name, date in stated:
        record.add(name, date)
    money = commitment(ctx, fields, record)
    if fields.dotted:
        add_named_in_title(ctx, fields, reading, record, money, country)
    else:
        add_stated(ctx, fields, record, money)
        for name, role, rule in reading.names:
            if role == "supplier":
                take_part(ctx, record, role, name, title, rule)
    added = Project(
        record, money, country.text, is_infrastructure, is_training(reading),
        frozenset((name, date.text) for name, date in stated),
        {column: fields[column].text.removesuffix(".0") for column in YEARS} | {"Recipient": fields["Recipient"].text},
    )  # fmt: skip
    fields.row.when_imported(lambda: projects.update({key.text: added}))
    return added


# --- dates -------------------------------------------------------------------------------------------------------------------


def dates(fields: LayoutRow, reading: Reading) -> Iterator[tuple[str, Cell]]:
    """Yield the dates of the project.

    AidData's start is the start of construction, or of whatever the money pays for (`started`). Its completion is the end of
    training (`ended`), or of works, payments and deliveries (`completed`): it doesn't say that anything came into use.
    """
    is_infrastructure = fields["Infrastructure"].text == "Yes"
    for date in when(fields, "Commitment", "Commitment Year"):
        yield "agreed", date
    for date in when(fields, "Actual Implementation Start", "Implementation Start Year"):
        yield "construction-start" if is_infrastructure else "started", date
    for date in when(fields, "Actual Completion", "Completion Year"):
        yield "ended" if not is_infrastructure and is_training(reading) else "completed", date


def is_training(reading: Reading) -> bool:
    """Return whether a title is about training or advice, whose completion date is stored as `ended`, not as `completed`."""
    return "training" in dict(reading.kinds) or (reading.flow is not None and reading.flow[0] in TRAINING_FLOWS)


def when(fields: LayoutRow, event: str, year_column: str) -> Iterator[Cell]:
    """Yield the date of an event in its known precision, and the year of the other column if it differs or there is no date.

    AidData writes a month as its first day and a year as 1 January, so the first of a month is never read as an exact day
    (decision 0006). Estimated dates end in `~`.
    """
    day, year = fields[f"{event} Date (MM/DD/YYYY)"], fields[year_column]
    estimated = not fields.dotted and fields[f"{event} Date Estimated"].text == "Yes"
    qualifier = "~" if estimated else ""
    known_year = year.text.removesuffix(".0")
    if day:
        precise = known_precision(fields.row, day)
        yield day.read_as(precise + qualifier)
        if known_year and known_year != precise[:4]:
            yield year.read_as(known_year + qualifier)
    elif year:
        yield year.read_as(known_year + qualifier)


def known_precision(row: Row, cell: Cell) -> str:
    """Return a date in the known precision: `2014-05-17`, `2014-05` for 1 May, `2014` for 1 January.

    Raises Problem for any other text.
    """
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


def commitment(ctx: Context, fields: LayoutRow, project: RecordDraft) -> RecordDraft:
    """Add and return the commitment of a record. A record without an amount has a commitment, too."""
    key = fields["AidData Record ID"]
    money = ctx.record("commitment", id=key)
    money.add("project", project, at=key)
    amount = fields["Amount (Constant USD 2021)"]
    bare = amount.text.removeprefix("$")  # A workbook whose cells are formatted as dollars has the sign.
    money.add("amount", amount if bare == amount.text else amount.read_as(bare), unit="USD@2021")
    money.add("status", ctx.lookup("commitment_status", fields["Status"]))
    for date in when(fields, "Commitment", "Commitment Year"):
        money.add("agreed", date)
    return money


def add_named_in_title(
    ctx: Context, fields: LayoutRow, reading: Reading, project: RecordDraft, money: RecordDraft, country: Cell
) -> None:
    """Add financiers, suppliers, recipients and the type of flow from the title."""
    title = fields["Title"]
    label = ctx.content.areas.areas[country.text].label
    for name, role, rule in reading.names:
        organization = take_part(ctx, project, role, name.format(recipient=label), title, rule)
        if role == "financier":
            money.code("financier", organization, at=title, rule=rule)
    if reading.flow:
        money.code("flow-type", reading.flow[0], at=title, rule=reading.flow[1])


def add_stated(ctx: Context, fields: LayoutRow, project: RecordDraft, money: RecordDraft) -> None:
    """Add agencies, the type of flow, `umbrella` and `recommended-for-aggregates` from the columns of the full release."""
    project.add("umbrella", ctx.lookup_filled("yes_no", fields["Umbrella"]))
    money.add("recommended-for-aggregates", ctx.lookup_filled("yes_no", fields["Recommended For Aggregates"]))
    flow = fields["Flow Type"]
    loan_flags = [(fields[column], term) for column, term in LOAN_TYPES.items()]
    loan_types = [(cell, term) for cell, term in loan_flags if cell.text == "Yes"]
    if flow and flow.text == "Loan" and loan_types:
        cell, term = loan_types[0]
        money.add("flow-type", term, at=[flow, cell], original=flow.text)
    elif flow:
        money.add("flow-type", ctx.lookup("flow", flow))
    for column, role in AGENCIES.items():
        for item in fields[column].text.split("|"):
            if item.strip():
                agency(ctx, project, money, role, fields[column].part(item), pays=column == "Funding Agencies")


def agency(ctx: Context, project: RecordDraft, money: RecordDraft, role: str, cell: Cell, *, pays: bool) -> None:
    """Add one of the agencies in a column. `Name (ABBR)` is read as a name and an alias.

    `pays`: also add it as a financier of `money`.
    """
    match = SHORT_NAME.fullmatch(cell.text)
    organization = take_part(ctx, project, role, match[1] if match else cell.text, cell)
    if match:
        organization.add("alias", cell.read_as(match[2]))
    if pays:
        money.add("financier", organization, at=cell)


# --- places --------------------------------------------------------------------------------------------------------------------


def province(ctx: Context, row: Row, projects: dict[str, Project]) -> None:
    """Add a province of a project, at the province's centroid, which is not the project's own location."""
    key, group, name = row["id"], row["shapeGroup"], row["shapeName"]
    if key.text not in projects:
        row.out_of_scope("province-of-another-record")
    project, recipient_code = projects[key.text].record, projects[key.text].country
    is_claimed_by_several = group.text.isdecimal()
    if not is_claimed_by_several:
        country = ctx.area(group, "areas")
        if country.text != recipient_code and ctx.content.areas.areas[recipient_code].kind != "region":
            row.out_of_scope("province-abroad")
    place = ctx.record("place", id=key, shape=row["shapeID"])
    place.add("project", project, at=key)
    repaired = repair_encoding(name.text)
    place.add("name", repaired, at=name, lang="en", original=name.text if repaired != name.text else None)
    if not is_claimed_by_several:
        place.add("country", country)
    longitude, latitude = row["centroid_longitude"], row["centroid_latitude"]
    place.add("geometry", f"POINT ({longitude} {latitude})", at=[longitude, latitude])
    place.add("precision", "admin1", at=row["shapeID"])
    place.add("kind", "area", at=row["shapeID"])


def repair_encoding(name: str) -> str:
    """Return a name, repaired if its UTF-8 was decoded as Latin-1 (`RegiÃ³n`)."""
    if not DOUBLE_ENCODED.search(name):
        return name
    try:
        return name.encode("latin-1").decode()
    except UnicodeError:
        return name
