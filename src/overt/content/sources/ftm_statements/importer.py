"""Statements of FollowTheMoney: a row says one value of one property of an entity, whose rows may stand anywhere."""

import re
from dataclasses import dataclass, field

import pycountry

from overt.importing import Cell, Context, RecordDraft, Row

ORGANIZATIONS = ("Company", "Organization", "PublicBody")
ENDS = {"ownership": {"owner", "asset"}, "succession": {"predecessor", "successor"}, "listing": {"entity"}}
"""The properties by which each kind of link names its ends."""
SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?%?")


@dataclass
class Known:
    """What the file says of its entities, by canonical id: one row does not show whether the other end of a link is a person."""

    canonical: dict[str, str] = field(default_factory=dict)
    organizations: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    seated: set[str] = field(default_factory=set)
    """Those of which a statement says where they are registered, which is more than a country that they have to do with."""
    ends: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def at(self, entity: str) -> str:
        """The canonical id of an entity."""
        return self.canonical.get(entity, entity)


def run(ctx: Context) -> None:
    known = look_ahead(ctx)
    for row in ctx.rows("statements"):
        with row:
            statement(ctx, row, known)


def look_ahead(ctx: Context) -> Known:
    """Which ids are organisations, which are persons, and what the links lead to."""
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
            known.seated.add(canonical)
        elif prop in ends and (prop != "entity" or dataset in lists):
            links.append((canonical, prop, value))
    for link, prop, end in links:
        known.ends.setdefault(link, {}).setdefault(prop, set()).add(known.at(end))
    return known


def is_true(text: str) -> bool:
    return text.lower() in ("t", "true", "1", "yes")


def statement(ctx: Context, row: Row, known: Known) -> None:
    kind = ctx.lookup("schemata", row["schema"]).text
    entity = row["canonical_id"].text
    if rule := left_out(ctx, row, kind, entity, known):
        row.out_of_scope(rule)
    row.ignore("entity_id", "lang", "original_value")  # read where they say something
    if seen := row["last_seen"].text[:10]:
        ctx.as_of(row["last_seen"].read_as(seen))
    says = data_set(ctx, row)
    if kind == "organization":
        organization(ctx, row, known, says)
    elif kind == "listing":
        listing(ctx, row, known, says)
    else:
        relation(ctx, row, kind, known, says)


def left_out(ctx: Context, row: Row, kind: str, entity: str, known: Known) -> str | None:
    """The rule by which a row is not read, whatever it says. Persons come first: nothing of theirs is looked at."""
    ends = known.ends.get(entity, {})
    others = set().union(*ends.values())
    if kind == "person" or entity in known.persons or others & known.persons:
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
    return None if ends.keys() == ENDS[kind] and others <= known.organizations & known.named else "other-end"


def data_set(ctx: Context, row: Row) -> RecordDraft:
    """Whose statement it is, within the file."""
    document = ctx.record("document", dataset=row["dataset"])
    document.add("title", row["dataset"])
    return document


def organization(ctx: Context, row: Row, known: Known, says: RecordDraft) -> None:
    record = ctx.record("organization", id=row["canonical_id"])
    value, original = row["value"], row["original_value"].text or None
    if row["prop"].text == "id":
        if row["schema"].text in ctx.spec.lookups["kinds"]:
            record.add("kind", ctx.lookup("kinds", row["schema"]), document=says)
        return
    match ctx.lookup("organization", row["prop"]).text:
        case "name" | "alias" | "sector" as name:
            record.add(name, value, lang=language(row), original=original, document=says)
        case "website":
            record.add("website", value, document=says)
        case "country" | "country-else" as how:
            seated = how == "country-else" and row["canonical_id"].text in known.seated
            if seated or value.text in ctx.spec.lookups["no_areas"]:
                row.out_of_scope("other-property")
            code = ctx.spec.lookups["areas"].get(value.text, value.text.upper())
            record.add("country", value.read_as(code), document=says)
        case "identifier":
            scheme = ctx.lookup("identifiers", row["prop"].text)
            record.add("identifier", value.read_as(f"{scheme}:{value}"), document=says)
        case _:
            row.out_of_scope("other-property")


def relation(ctx: Context, row: Row, kind: str, known: Known, says: RecordDraft) -> None:
    record = ctx.record("relation", id=row["canonical_id"])
    value = row["value"]
    record.add("kind", "share-held" if kind == "ownership" else "predecessor", at=row["schema"], document=says)
    if row["prop"].text == "id":
        return
    match ctx.lookup(kind, row["prop"]).text:
        case "from" | "to" as end:
            other = ctx.record("organization", id=known.at(value.text))
            record.add(end, other, at=value, document=says)
        case "start" | "end" as name:
            record.add(name, day(value), document=says)
        case "share":
            found = SHARE.fullmatch(value.text) or row.out_of_scope("unread-share")
            record.add("share", value.read_as(found[1]), document=says)
        case _:
            row.out_of_scope("other-property")


def listing(ctx: Context, row: Row, known: Known, says: RecordDraft) -> None:
    record = ctx.record("listing", id=row["canonical_id"])
    value = row["value"]
    record.add("list", ctx.lookup("lists", row["dataset"]), document=says)
    if row["prop"].text == "id":
        return
    match ctx.lookup("listing", row["prop"]).text:
        case "organization":
            record.add("organization", ctx.record("organization", id=known.at(value.text)), at=value, document=says)
        case "start" | "end" | "edition" as name:
            record.add(name, day(value), document=says)
        case _:
            row.out_of_scope("other-property")


def day(cell: Cell) -> Cell:
    """A date without the hour, which a statement may have."""
    return cell.read_as(cell.text[:10]) if len(cell.text) > 10 else cell


def language(row: Row) -> str | None:
    """The BCP 47 tag of a statement's ISO 639-3 code."""
    code = row["lang"].text
    found = pycountry.languages.get(alpha_3=code) if code else None
    return str(getattr(found, "alpha_2", code)) if found else None
