"""Section 1260H list: a row for each organisation and edition, in order of editions. Consecutive editions become one listing."""

import re
from dataclasses import dataclass, field, replace
from functools import partial

from overt.importing import Cell, Context, RecordDraft, Row
from overt.model.record_ids import key_part

LIST = "us-dod-1260h"
BRACKET_RULE = "dod-trailing-alias@1"
BRACKET = re.compile(r"(?P<name>.+?)\s*\((?P<inside>[^()]+)\)")
SEVERAL_ALIASES = re.compile(r",(?! )")  # It splits "Knownsec,Beijing Knownsec", but not "Technology Co., Ltd."


@dataclass(frozen=True)
class Organization:
    """State of an organisation after the rows read so far. Dates are YYYY-MM-DD."""

    key: str
    spell: int = 1
    """Number of its current listing, from 1."""
    start: str = ""
    """Edition in which the current listing began; empty if no row was read yet."""
    end: str = ""
    """Day on which the current listing ended; empty if it goes on."""
    latest: str = ""
    """Latest edition that lists it."""


@dataclass
class Known:
    """The organisations in the rows read so far, by key."""

    by_key: dict[str, Organization] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    """Key of the organisation for each name under which it was listed. Names are written as `name_key` returns them."""

    def find(self, ctx: Context, name: str) -> Organization | None:
        """Return the organisation listed under a name or under the name that source.yml equates with it, otherwise None."""
        key = self.by_name.get(name_key(ctx, name))
        return None if key is None else self.by_key[key]

    def store(self, name: str, organization: Organization) -> None:
        """Store the state of an organisation, and its key under one of its names (from `name_key`)."""
        self.by_key[organization.key] = organization
        self.by_name[name] = organization.key

    def update(self, other: "Known") -> None:
        """Add the organisations and names of `other`. Its states replace older ones."""
        self.by_key |= other.by_key
        self.by_name |= other.by_name


def run(ctx: Context) -> None:
    known = Known()
    for row in ctx.rows("entities"):
        with row:
            updated = Known({**known.by_key}, {**known.by_name})
            entity(ctx, row, updated)
            row.when_imported(partial(known.update, updated))


def name_key(ctx: Context, name: str) -> str:
    """Return the key of a name, without case and punctuation: `Co., Ltd` and `Co. Ltd.` are the same."""
    return key_part(ctx.spec.lookups["same_organization"].get(name, name).casefold())


def split_bracket(ctx: Context, cell: Cell) -> tuple[Cell, Cell | None]:
    """Split a name that ends with an alias in brackets into name and alias.

    The alias is None if there is none, or if source.yml says that the brackets are part of the name.
    """
    match = BRACKET.fullmatch(cell.text)
    if match is None or match["inside"] in ctx.spec.lookups["brackets_of_names"]:
        return cell, None
    return cell.part(match["name"]), cell.part(match["inside"])


def entity(ctx: Context, row: Row, known: Known) -> None:
    corrections = ctx.spec.lookups["aliases"]
    name, bracket = split_bracket(ctx, row["Clean Name"])
    edition = row["Start date"]
    ctx.as_of(edition)
    aliases = [row["Alias"].part(part) for part in SEVERAL_ALIASES.split(row["Alias"].text) if part.strip()]
    aliases = [alias.read_as(corrections[alias.text]) if alias.text in corrections else alias for alias in aliases]
    former = [row["Previous Name"].part(part) for part in row["Previous Name"].text.split(";") if part.strip()]

    current = known.find(ctx, name.text)
    if current is None:  # The organisation is new, was renamed, or was listed earlier under what is now its alias.
        earlier = (known.find(ctx, other.text) for other in (*former, *aliases))
        current = next((other for other in earlier if other is not None), Organization(name_key(ctx, name.text)))
    known.store(name_key(ctx, name.text), current)
    organization = ctx.record("organization", name=current.key)
    organization.add("name", name, lang="en")
    for alias in aliases:
        organization.add("alias", alias, lang="en", original=alias.original)
    if bracket is not None:
        organization.code("alias", bracket, at=row["Clean Name"], rule=BRACKET_RULE, lang="en")
    for other in former:
        before = known.find(ctx, other.text)
        if before is None or before.key == current.key:
            organization.add("alias", other, lang="en")
        else:  # The list has had an entry for each name, so they are two records.
            relation(ctx, ctx.record("organization", name=before.key), "renamed", organization, other)
    if row["Parent Name"]:
        relation(ctx, organization, "parent", parent(ctx, row["Parent Name"], known), row["Parent Name"])
    known.store(name_key(ctx, name.text), listing(ctx, row, current, organization, edition))


def parent(ctx: Context, cell: Cell, known: Known) -> RecordDraft:
    """Return the parent's record. Its name is only added if no earlier row lists the parent."""
    name, _ = split_bracket(ctx, cell)
    before = known.find(ctx, name.text)
    organization = ctx.record("organization", name=(before or Organization(name_key(ctx, name.text))).key)
    if before is None:
        organization.add("name", name, lang="en")
    return organization


def relation(ctx: Context, organization: RecordDraft, kind: str, other: RecordDraft, at: Cell) -> None:
    record = ctx.record("relation", organization=organization.id.rpartition("/")[2], kind=kind, other=other.id.rpartition("/")[2])
    record.add("from", organization, at=at)
    record.add("to", other, at=at)
    record.add("kind", kind, at=at)


def listing(ctx: Context, row: Row, known: Organization, organization: RecordDraft, edition: Cell) -> Organization:
    """Add the row to the organisation's listing, or to a new one if it was removed before. Return the organisation's new state.

    Raises Problem if an earlier row has a later edition.
    """
    if edition.text < known.latest:
        row.problem(f"edition {edition.text} comes after {known.latest}: rows must be in the order of editions", edition)
    if known.end and known.end <= edition.text:
        known = replace(known, spell=known.spell + 1, start="", end="")
    known = replace(known, latest=edition.text, start=known.start or edition.text)
    record = ctx.record("listing", organization=known.key, spell=str(known.spell))
    record.add("organization", organization, at=row["Clean Name"])
    record.add("list", LIST, at=row["Clean Name"])
    if known.start == edition.text:
        record.add("start", edition)
    document = None
    if row["Source Url"]:
        document = ctx.record("document", edition=edition)
        document.add("url", row["Source Url"])
        document.add("published", edition)
    record.add("edition", edition, document=document)
    record.add("note", row["Note"], lang="en", valid_from=edition.text, document=document)
    if row["End date"]:
        record.add("end", row["End date"])
        known = replace(known, end=row["End date"].text)
    return known
