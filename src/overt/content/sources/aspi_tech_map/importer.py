"""ASPI's map of Chinese technology companies abroad: its own download, or rows copied from it."""

import hashlib
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from urllib.parse import urlsplit

from overt.importing import Cell, Context, RecordDraft, Row, geocode
from overt.model.errors import ValueProblem
from overt.model.values.canonical_texts_urls_and_identifiers import canonical_url
from overt.model.values.geometry import point

MEMORANDUM = "memorandum"
"""Kind of the entries that are agreements, not projects."""
LATITUDE, LONGITUDE, STREET = "overseas_infrastructure_lat", "overseas_infrastructure_lng", "street address"


@dataclass
class Entry:
    """One row of either layout. Its names are without the map's numbers. A column that copied rows don't have is None."""

    row: Row
    id: str
    """Key of the row's records."""
    label: Cell
    company: Cell
    kind: Cell
    second_kind: Cell | None
    country: Cell
    city: Cell
    begun: Cell
    ended: Cell | None
    topic: Cell
    text: Cell

    @property
    def identity(self) -> tuple[str, ...]:
        """Values that identify an entry in both layouts; copied rows have no id."""
        return tuple(cell.text.casefold() for cell in (self.label, self.company, self.kind, self.country, self.city, self.begun))


def run(ctx: Context) -> None:
    """Read the download first, because a copied row that is also in it is not a second project."""
    seen: set[tuple[str, ...]] = set()
    for row in ctx.rows("map"):
        with row:
            entry = map_entry(row)
            row.when_imported(partial(seen.add, entry.identity))
            record(ctx, entry)
    for row in ctx.rows("report_rows"):
        with row:
            entry = copied_entry(row)
            if entry.identity in seen:
                row.out_of_scope("also-in-map")
            record(ctx, entry)


def map_entry(row: Row) -> Entry:
    """Return a row of the download."""
    return Entry(
        row=row,
        id=row["company_overseas_infrastructure_id"].text,
        label=row["label"],
        company=without_number(row["company_id"]),
        kind=without_number(row["infrastructure_type_id"]),
        second_kind=without_number(row["secondary_infrastructure_type_id"]),
        country=without_number(row["country_id"]),
        city=row["city"],
        begun=row["year_commenced"],
        ended=row["year_ended"],
        topic=without_number(row["Primary topic"]),
        text=row["text"],
    )


def copied_entry(row: Row) -> Entry:
    """Return a copied row. It has no id, so its values form its key, which doesn't depend on the order of rows."""
    identifying = ("infrastructure_type", "country", "city", "year_commenced", "text_truncated_200")
    digest = hashlib.sha256("\x1f".join(row[column].text for column in identifying).encode()).hexdigest()[:8]
    return Entry(
        row=row,
        id=f"copied {row['company']} {row['label']} {digest}",
        label=row["label"],
        company=row["company"],
        kind=row["infrastructure_type"],
        second_kind=None,
        country=row["country"],
        city=row["city"],
        begun=row["year_commenced"],
        ended=None,
        topic=without_number(row["primary_topic"]),
        text=row["text_truncated_200"],
    )


def without_number(cell: Cell) -> Cell:
    """Return `1 | Huawei` as `Huawei`, because the numbers only have meaning in the map."""
    number, bar, name = cell.text.partition("|")
    return cell.part(name) if bar and number.strip().isdecimal() else cell


def record(ctx: Context, entry: Entry) -> None:
    """Add a project, an agreement, or both, depending on the row's two types."""
    for what, cell in (("label", entry.label), ("company", entry.company), ("type", entry.kind)):
        if not cell:
            entry.row.problem(f"the {what} is empty")
    kinds = {kind.text: kind for kind in (lower(entry.kind), lower(entry.second_kind)) if kind}
    read = {text: ctx.lookup("kinds", kind) for text, kind in kinds.items()}
    company = ctx.record("organization", name=entry.company)
    company.add("name", entry.company, lang="en")
    document = cited_document(ctx, entry.text)
    project_kinds = {text: kind for text, kind in read.items() if kind.text != MEMORANDUM}
    for text in read.keys() - project_kinds.keys():
        agreement(ctx, entry, company, document, read[text])
    if project_kinds:
        project(ctx, entry, company, document, project_kinds)
    else:
        entry.row.ignore(LATITUDE, LONGITUDE, STREET, "cable_owner")


def lower(cell: Cell | None) -> Cell | None:
    """Return the name of a type in lower case, as in the lookups; None if there is none."""
    return cell.read_as(cell.text.casefold()) if cell else None


def agreement(ctx: Context, entry: Entry, company: RecordDraft, document: RecordDraft | None, kind: Cell) -> None:
    """Add a memorandum of understanding."""
    record = ctx.record("agreement", id=entry.id)
    record.add("name", entry.label, lang="en", document=document)
    record.add("kind", kind, document=document)
    record.add("party", company, at=entry.company, document=document)
    if entry.country:
        record.add("party-country", ctx.area(entry.country, "countries"), document=document)
    record.add("date", entry.begun, document=document)


def project(ctx: Context, entry: Entry, company: RecordDraft, document: RecordDraft | None, kinds: dict[str, Cell]) -> None:
    """Add a project of one company, with its place."""
    record = ctx.record("project", id=entry.id)
    first = next(iter(kinds))
    record.add("name", entry.label, lang="en", document=document)
    for kind in kinds.values():
        record.add("kind", kind, document=document)
    record.add("description", ctx.html_text(entry.text), lang="en", document=document)
    record.add("sector", entry.topic, lang="en")
    record.add("started", entry.begun, document=document)
    record.add("ended", entry.ended, document=document)
    part = ctx.record("role", id=entry.id, organization=entry.company)
    part.add("project", record, at=entry.label, document=document)
    part.add("organization", company, at=entry.company, document=document)
    role_name, role_cell = role(ctx, entry, first, kinds[first])
    part.add("role", role_name, at=role_cell, document=document)
    part.add("start", entry.begun, document=document)
    part.add("end", entry.ended, document=document)
    country = ctx.area(entry.country, "countries") if entry.country else None
    record.add("country", country, document=document)
    place(ctx, entry, record, country, first)


def role(ctx: Context, entry: Entry, kind: str, kind_cell: Cell) -> tuple[str, Cell]:
    """Return the company's role and the cell that states it: `cable_owner` if that makes it an owner, otherwise the type."""
    by_type = str(ctx.lookup("roles", kind))
    owner = entry.row.get("cable_owner")
    if not owner or "cable" not in kind:
        return by_type, kind_cell
    name = without_number(owner).text.casefold()
    owns = name == entry.company.text.casefold() or ctx.lookup("cable-owner", name) == "owner"
    return ("owner", owner) if owns else (by_type, kind_cell)


def place(ctx: Context, entry: Entry, project: RecordDraft, country: Cell | None, kind: str) -> None:
    """Add the place, as precisely as the row states it.

    If the row names neither a city nor the address of the company's own premises, its point only marks the country and is left
    out. A city without a point is placed by the gazetteer.
    """
    street = entry.row.get(STREET)
    own = street if kind in ctx.words("reading.yml")["own_premises"] else None
    pinned = [cell for cell in (entry.row.get(LATITUDE), entry.row.get(LONGITUDE)) if cell]
    if len(pinned) == 1:
        entry.row.problem("one of latitude and longitude is empty", pinned[0])
    town = own or entry.city
    if not (town or country):
        return
    where = ctx.record("place", id=entry.id)
    where.add("project", project, at=entry.label)
    where.add("country", country)
    where.add("kind", "site", at=town or entry.country)
    where.add("name", town, lang="en")
    if pinned and town:
        where.add("geometry", coordinates(entry.row, *pinned), at=pinned)
    if entry.city and country and not pinned:
        geocode(where, entry.city, country)
    elif own:
        where.add("precision", "exact" if pinned else "unlocated", at=[own, *pinned])
    else:
        where.add("precision", "locality" if entry.city else "country", at=entry.city or entry.country)


def coordinates(row: Row, latitude: Cell, longitude: Cell) -> str:
    """Return a point as WKT. Raises Problem for values that are not a latitude and a longitude."""
    try:
        return point(longitude.text, latitude.text)
    except ValueProblem as error:
        row.problem(str(error), latitude)


def cited_document(ctx: Context, text: Cell) -> RecordDraft | None:
    """Return the first page that the text links to; None if there is none.

    Pages about persons, and addresses outside the web, are skipped.
    """
    links = Links()
    links.feed(text.raw)
    for link in links.addresses:
        try:
            address = canonical_url(link)
        except ValueProblem:
            continue
        parts = urlsplit(address)
        if f"{parts.netloc.removeprefix('www.')}{parts.path}".startswith(tuple(ctx.words("reading.yml")["personal_pages"])):
            continue
        document = ctx.record("document", digest=hashlib.sha256(address.encode()).hexdigest()[:16])
        document.add("url", address, at=text)
        return document
    return None


class Links(HTMLParser):
    """Collects the addresses of `<a href>` in order."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the address of a link."""
        if tag == "a":
            self.addresses += [value for name, value in attrs if name == "href" and value]
