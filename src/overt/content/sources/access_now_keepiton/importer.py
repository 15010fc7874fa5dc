"""The shutdown tracker: a row is a shutdown in one or several countries, in one of the years that count it."""

import re

from overt.importing import Cell, Context, RecordDraft, Row

_BETWEEN = re.compile(r"[,;]|\band\b")


def run(ctx: Context) -> None:
    for row in ctx.rows("shutdowns"):
        with row:
            for name in row["country"].text.split(";"):
                shutdown(ctx, row, ctx.area(row["country"].part(name), "countries"))


def shutdown(ctx: Context, row: Row, country: Cell) -> None:
    """Add what a row states about one country."""
    platforms, services = restricted(ctx, row), row["other_affected"]
    what = "+".join([ctx.lookup("extents", row["shutdown_extent"].text), *sorted(platforms), services.text])
    area = row["area_name"]
    record = ctx.record("restriction", country=country, start=row["start_date"], area=area.text or "not-named", what=what)
    record.add("country", country)
    for kind in kinds(ctx, row):
        record.code("kind", kind, at=[row["shutdown_type"], row["shutdown_extent"]], rule="kio-kind@1")
    record.add("scope", ctx.lookup_filled("scopes", row["geo_scope"]))
    record.add("area", area, lang="en")
    dates(ctx, row, record)
    networks(ctx, row, record)
    for platform, cell in platforms.items():
        if cell is services:
            record.code("platform", platform, at=cell, rule="kio-platform@1")
        else:
            record.add("platform", platform, at=cell, original=cell.locator.rpartition("=")[2])
    record.add("service", services, lang="en")
    record.add("ordered-by", ctx.lookup_filled("bodies", row["ordered_by"]))
    record.add("cause", ctx.lookup_filled("causes", row["actual_cause"]))
    record.add("justification", ctx.lookup_filled("justifications", row["gov_justification"]))
    for column, circumstance in ctx.spec.lookups["circumstances"].items():
        if ctx.lookup("answers", row[column].text) == "yes":
            record.add("circumstance", circumstance, at=row[column], original=column)
    record.add("counted", row["count_year"])


def kinds(ctx: Context, row: Row) -> set[str]:
    """Return the kinds of restriction: of a network, of services, or of both."""
    extent, restriction_kinds = ctx.lookup("extents", row["shutdown_extent"].text), set()
    for word in row["shutdown_type"].text.split(", "):
        kind = ctx.lookup("kinds", word)
        if kind == "shutdown":
            restriction_kinds |= {"network": {"shutdown"}, "services": {"blocking"}, "both": {"shutdown", "blocking"}}[extent]
        elif kind:
            restriction_kinds.add(kind)
    return restriction_kinds


def dates(ctx: Context, row: Row, record: RecordDraft) -> None:
    """Add start and end. The start may be an estimate; an end before the start is a mistake and left out."""
    start, end = row["start_date"], row["end_date"]
    if suffix := ctx.lookup("dates", row["start_date_type"].text):
        record.code("start", start.read_as(f"{start.text}{suffix}"), at=[start, row["start_date_type"]], rule="kio-estimated@1")
    else:
        record.add("start", start)
    if end and end.text >= start.text:
        record.add("end", end)


def networks(ctx: Context, row: Row, record: RecordDraft) -> None:
    """Add the kinds of network, and the operators."""
    for word in row["affected_network"].text.split(", "):
        record.add("network-kind", ctx.lookup("networks", word) or None, at=row["affected_network"], original=word)
    for column, kind in ctx.spec.lookups["network_columns"].items():
        if ctx.lookup("answers", row[column].text) == "yes":
            record.add("network-kind", kind, at=row[column], original=column)
    record.add("network", row["telcos_involved"], lang="en")


def restricted(ctx: Context, row: Row) -> dict[str, Cell]:
    """Return the restricted platforms with their cells: those with a column of their own, and those named in text."""
    known = ctx.spec.lookups["platforms"]
    words = (word.strip().casefold() for word in _BETWEEN.split(row["other_affected"].text))
    platforms = {known[word]: row["other_affected"] for word in words if word in known}
    for column, platform in ctx.spec.lookups["platform_columns"].items():
        if ctx.lookup("answers", row[column].text) == "yes":
            platforms[platform] = row[column]
    return platforms
