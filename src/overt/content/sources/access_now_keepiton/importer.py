"""The shutdown tracker. A row is a shutdown in one or more countries, and appears in the list of each year that counts it."""

import re
from typing import NamedTuple

from overt.importing import Cell, Context, Problem, RecordDraft, Row

_BETWEEN = re.compile(r"[,;]|\.\s|\band\b")
_AROUND_WORDS = ' ."“”'
_WHOLE_COUNTRY = "nationwide"


class Restricted(NamedTuple):
    """What a row says was restricted: terms, each with the cell that names it."""

    platforms: dict[str, Cell]
    services: dict[str, Cell]
    networks: dict[str, Cell]
    """Kinds of network that the column `other_affected` names."""


def run(ctx: Context) -> None:
    for row in ctx.rows("shutdowns"):
        with row:
            for name in row["country"].text.split(";"):
                shutdown(ctx, row, ctx.area(row["country"].part(name), "countries"))


def shutdown(ctx: Context, row: Row, country: Cell) -> None:
    """Add the restriction that a row states for one of its countries."""
    restricted, extent, area = restricted_services(ctx, row), area_extent(ctx, row), row["area_name"]
    terms = sorted({*restricted.platforms, *restricted.services, *restricted.networks})
    what = "+".join([ctx.lookup("extents", row["shutdown_extent"].text), *terms])
    where = _WHOLE_COUNTRY if extent == _WHOLE_COUNTRY else area.text or "not-named"
    record = ctx.record("restriction", country=country, start=row["start_date"], area=where, what=what)
    record.add("country", country)
    for kind in kinds(ctx, row):
        record.code("kind", kind, at=[row["shutdown_type"], row["shutdown_extent"]], rule="kio-kind@1")
    places(ctx, row, record, extent)
    dates(ctx, row, record)
    networks(ctx, row, record)
    for name, terms_of_kind in zip(("platform", "service", "network-kind"), restricted, strict=True):
        for term, cell in terms_of_kind.items():
            if cell.locator == row["other_affected"].locator:
                record.code(name, term, at=cell, rule="kio-service@1")
            else:
                record.add(name, term, at=cell, original=cell.locator.rpartition("=")[2])
    record.add("ordered-by", ctx.lookup_filled("bodies", row["ordered_by"]))
    record.add("cause", ctx.lookup_filled("causes", row["actual_cause"]))
    record.add("justification", ctx.lookup_filled("justifications", row["gov_justification"]))
    for column, circumstance in ctx.spec.lookups["circumstances"].items():
        if ctx.lookup("answers", row[column].text) == "yes":
            record.add("circumstance", circumstance, at=row[column], original=column)
    record.add("counted", row["count_year"])


def kinds(ctx: Context, row: Row) -> set[str]:
    """Return the kinds of restriction. What the tracker calls a shutdown of services is `blocking` here."""
    extent, restriction_kinds = ctx.lookup("extents", row["shutdown_extent"].text), set()
    for word in row["shutdown_type"].text.split(", "):
        kind = ctx.lookup("kinds", word)
        if kind == "shutdown":
            restriction_kinds |= {"network": {"shutdown"}, "services": {"blocking"}, "both": {"shutdown", "blocking"}}[extent]
        elif kind:
            restriction_kinds.add(kind)
    return restriction_kinds


def area_extent(ctx: Context, row: Row) -> str | None:
    """Return the extent that the area's name states, such as the whole country; None if it states none."""
    text = " ".join(row["area_name"].text.casefold().split())
    return ctx.spec.lookups["area_extents"].get(text) or ctx.content.vocabularies["restriction-scopes"].find(text)


def places(ctx: Context, row: Row, record: RecordDraft, extent: str | None) -> None:
    """Add the extent and the area.

    The tracker's largest extent is “several provinces”, so an area's name such as “Nationwide” says more. If the tracker's extent
    contradicts the name, both extents are added. A name that only means the whole country is not added as an area.
    """
    scope, area = ctx.lookup_filled("scopes", row["geo_scope"]), row["area_name"]
    if extent is not None:
        record.code("scope", extent, at=[area, row["geo_scope"]], rule="kio-extent@1")
    if extent is None or scope.text in ("one-place", "one-province"):
        record.add("scope", scope)
    if extent != _WHOLE_COUNTRY:
        record.add("area", area, lang="en")


def dates(ctx: Context, row: Row, record: RecordDraft) -> None:
    """Add start and end. The start may be an estimate. An end before the start is a mistake and is left out."""
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


def restricted_services(ctx: Context, row: Row) -> Restricted:
    """Return what was restricted, each item once: what `other_affected` names, and the platforms with a column of their own.

    Raises Problem for an unknown word.
    """
    restricted = Restricted({}, {}, {})
    cell = row["other_affected"]
    for part in _BETWEEN.split(cell.text):
        if word := " ".join(part.split()).strip(_AROUND_WORDS).casefold():
            named_service(ctx, cell.part(part), word, restricted)
    for column, platform in ctx.spec.lookups["platform_columns"].items():
        if ctx.lookup("answers", row[column].text) == "yes":
            restricted.platforms[platform] = row[column]
    return restricted


def named_service(ctx: Context, cell: Cell, word: str, restricted: Restricted) -> None:
    """Add to `restricted` the network, service or platform that a word names.

    Nothing is added if source.yml says that the word means nothing. Raises Problem for any other word, even for a category of
    platforms, which is a term without a broader one.
    """
    if network := ctx.spec.lookups["network_words"].get(word):
        restricted.networks[network] = cell
        return
    if (name := ctx.spec.lookups["service_words"].get(word, word)) == "":
        return
    services, platforms = ctx.content.vocabularies["services"], ctx.content.vocabularies["platforms"]
    platform = platforms.find(name)
    if (service := services.find(name)) is not None:
        restricted.services[service] = cell
    elif platform is not None and platforms.by_id[platform].broader is not None:
        restricted.platforms[platform] = cell
    else:
        todo = "add it to vocab/services.yml or to `lookups: service_words:` of source.yml"
        raise Problem(f"unknown service “{word}”; {todo}", cell.locator, value=cell.text)
