"""Statements of FollowTheMoney. Each row has one value of one property of an entity; the rows are in no particular order."""

import re
from dataclasses import dataclass, field

import pycountry

from overt.importing import Cell, Context, RecordDraft, Row

ORGANIZATIONS = ("Company", "Organization", "PublicBody")
ENDS = {"ownership": {"owner", "asset"}, "succession": {"predecessor", "successor"}, "listing": {"entity"}}
"""The properties that identify the ends of a link, by kind of link."""
SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?%?")


@dataclass
class Known:
    """Entities of the file by canonical id. They are read first, because a single row does not show whether a linked entity is a
    person.
    """

    canonical: dict[str, str] = field(default_factory=dict)
    """Canonical id of each entity id."""
    organizations: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    registered: set[str] = field(default_factory=set)
    """Entities with a country of registration, which takes precedence over other countries."""
    ends: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    """Entities at the ends of each link, by link and property."""

    def canonical_id(self, entity: str) -> str:
        """Return the canonical id of an entity; an id that the file doesn't have is returned unchanged."""
        return self.canonical.get(entity, entity)


def run(ctx: Context) -> None:
    known = look_ahead(ctx)
    for row in ctx.rows("statements"):
        with row:
            statement(ctx, row, known)


def look_ahead(ctx: Context) -> Known:
    """Read the file once, and return what must be known about its entities before the rows are read."""
    known, links = Known(), []
    lists, ends = ctx.spec.lookups["lists"], set().union(*ENDS.values())
    columns = ("canonical_id", "entity_id", "schema", "prop", "value", "dataset", "external")
    for canonical, entity, schema, prop, value, dataset, external in ctx.ahead("statements", *columns):
        known.canonical[entity] = canonical
        if schema == "Person":
            known.persons.add(canonical)
        if is_true(external):
            continue
        if schema in ORGANIZATIONS:
            known.organizations.add(canonical)
        if prop == "name":
            known.named.add(canonical)
        elif prop in ("jurisdiction", "mainCountry"):
            known.registered.add(canonical)
        elif prop in ends and (prop != "entity" or dataset in lists):
            links.append((canonical, prop, value))
    for link, prop, end in links:
        known.ends.setdefault(link, {}).setdefault(prop, set()).add(known.canonical_id(end))
    return known


def is_true(text: str) -> bool:
    return text.lower() in ("t", "true", "1", "yes")


def statement(ctx: Context, row: Row, known: Known) -> None:
    kind = ctx.lookup("schemata", row["schema"]).text
    entity = row["canonical_id"].text
    if rule := scope_rule(ctx, row, kind, entity, known):
        row.out_of_scope(rule)
    row.ignore("entity_id", "lang", "original_value")  # Not every kind of statement needs these columns.
    if last_seen := row["last_seen"].text[:10]:
        ctx.as_of(row["last_seen"].read_as(last_seen))
    source = dataset(ctx, row)
    if kind == "organization":
        organization(ctx, row, known, source)
    elif kind == "listing":
        listing(ctx, row, known, source)
    else:
        relation(ctx, row, kind, known, source)


def scope_rule(ctx: Context, row: Row, kind: str, entity: str, known: Known) -> str | None:
    """Return the rule by which a row is left out, or None. Persons are checked first, so that no data about them are read."""
    ends = known.ends.get(entity, {})
    end_ids = set().union(*ends.values())
    if kind == "person" or entity in known.persons or end_ids & known.persons:
        return "person"
    if is_true(row["external"].text):
        return "external"
    if kind == "other":
        return "other-schema"
    if kind == "organization":
        if entity not in known.organizations:
            return "perhaps-person"
        return None if entity in known.named else "nameless"
    if kind == "listing" and row["dataset"].text not in ctx.spec.lookups["lists"]:
        return "other-list"
    return None if ends.keys() == ENDS[kind] and end_ids <= known.organizations & known.named else "other-end"


def dataset(ctx: Context, row: Row) -> RecordDraft:
    """Return the dataset of a statement as a document."""
    document = ctx.record("document", dataset=row["dataset"])
    document.add("title", row["dataset"])
    return document


def organization(ctx: Context, row: Row, known: Known, source: RecordDraft) -> None:
    record = ctx.record("organization", id=row["canonical_id"])
    value, original = row["value"], row["original_value"].text or None
    if row["prop"].text == "id":
        if row["schema"].text in ctx.spec.lookups["kinds"]:
            record.add("kind", ctx.lookup("kinds", row["schema"]), document=source)
        return
    match ctx.lookup("organization", row["prop"]).text:
        case "name" | "alias" | "sector" as name:
            record.add(name, value, lang=language(row), original=original, document=source)
        case "website":
            record.add("website", value, document=source)
        case "country" | "country-else" as how:
            is_known = how == "country-else" and row["canonical_id"].text in known.registered
            if is_known or value.text in ctx.spec.lookups["no_areas"]:
                row.out_of_scope("other-property")
            code = ctx.spec.lookups["areas"].get(value.text, value.text.upper())
            record.add("country", value.read_as(code), document=source)
        case "identifier":
            scheme = ctx.lookup("identifiers", row["prop"].text)
            record.add("identifier", value.read_as(f"{scheme}:{value}"), document=source)
        case _:
            row.out_of_scope("other-property")


def relation(ctx: Context, row: Row, kind: str, known: Known, source: RecordDraft) -> None:
    record = ctx.record("relation", id=row["canonical_id"])
    value = row["value"]
    record.add("kind", "share-held" if kind == "ownership" else "predecessor", at=row["schema"], document=source)
    if row["prop"].text == "id":
        return
    match ctx.lookup(kind, row["prop"]).text:
        case "from" | "to" as end:
            other = ctx.record("organization", id=known.canonical_id(value.text))
            record.add(end, other, at=value, document=source)
        case "start" | "end" as name:
            record.add(name, day(value), document=source)
        case "share":
            match_ = SHARE.fullmatch(value.text) or row.out_of_scope("unread-share")
            record.add("share", value.read_as(match_[1]), document=source)
        case _:
            row.out_of_scope("other-property")


def listing(ctx: Context, row: Row, known: Known, source: RecordDraft) -> None:
    record = ctx.record("listing", id=row["canonical_id"])
    value = row["value"]
    record.add("list", ctx.lookup("lists", row["dataset"]), document=source)
    if row["prop"].text == "id":
        return
    match ctx.lookup("listing", row["prop"]).text:
        case "organization":
            record.add("organization", ctx.record("organization", id=known.canonical_id(value.text)), at=value, document=source)
        case "start" | "end" | "edition" as name:
            record.add(name, day(value), document=source)
        case _:
            row.out_of_scope("other-property")


def day(cell: Cell) -> Cell:
    """Return a date without its time."""
    return cell.read_as(cell.text[:10]) if len(cell.text) > 10 else cell


def language(row: Row) -> str | None:
    """Return the BCP 47 tag of a statement's ISO 639-3 code; None if it has none or an unknown one."""
    code = row["lang"].text
    entry = pycountry.languages.get(alpha_3=code) if code else None
    return str(getattr(entry, "alpha_2", code)) if entry else None
