"""A region for `overt show`: its data, and the text that is printed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from overt.model.errors import format_count

if TYPE_CHECKING:
    from overt.queries.database import Reader

_MAX_ORGANIZATIONS = 10


def region_data(reader: "Reader", release: str, identity: str) -> dict[str, Any]:
    """Return a region: its listed members, current and former, and what is recorded in the countries that are members on the
    release's day.
    """
    from overt.queries import regions
    from overt.queries.labels import load_words

    words = load_words(reader)
    region = words.regions[identity]
    counts = next(row for row in regions.all_counts(reader) if row.id == identity)
    return {
        "id": identity,
        "release": release,
        "type": "region",
        "label": region.label,
        "label_zh": region.label_zh,
        "kind": region.kind,
        "m49": region.m49,
        "definition": region.definition,
        "day": words.meta["manifest"]["date"],
        "projects": counts.projects,
        "layers": [
            {"layer": row.layer, "label": words.term("layers", row.layer), "projects": row.projects}
            for row in sorted(regions.layers(reader, identity).values(), key=lambda row: (-row.projects, row.layer))
        ],
        "organizations": [
            {"id": row.id, "label": row.label, "projects": row.projects}
            for row in regions.organizations(reader, identity, _MAX_ORGANIZATIONS)
        ],
        "commitments": [
            {"unit": row.unit, "commitments": row.commitments, "amount": row.amount if row.stated else None}
            for row in regions.money(reader, identity)
        ],
        "members": [
            {"area": row.area, "label": words.area(row.area), "joined": row.joined, "left": row.left, "current": row.current}
            for row in regions.memberships(reader, identity)
            if row.listed
        ],
        "documents": region.documents,
    }


def region_lines(region: dict[str, Any]) -> Iterator[str]:
    """Yield the lines that `overt show` prints for a region, from `region_data`."""
    from overt.cli.english_number_formatting import english_formats

    yield f"{region['label']}  (region {region['id']}, release {region['release']})"
    yield region["definition"]
    yield ""
    yield f"projects in members on {region['day']}, the release's day: {region['projects']:,}"
    yield from (f"  {row['label']}: {row['projects']:,}" for row in region["layers"])
    if region["organizations"]:
        yield ""
        yield "organisations with a part in the most projects:"
        yield from (f"  {row['label'] or row['id']} ({row['id']}): {row['projects']:,}" for row in region["organizations"])
    if region["commitments"]:
        yield ""
        yield "money promised:"
    for row in region["commitments"]:
        amount = "without an amount" if row["amount"] is None else english_formats().money_short(row["amount"], row["unit"])
        unit = f", {english_formats().unit_words(row['unit'])}" if row["unit"] else ""
        yield f"  {amount}{unit}: {format_count(row['commitments'], 'commitment')}"
    current = [row for row in region["members"] if row["current"]]
    yield ""
    yield f"members: {len(current)}"
    yield from (f"  {row['label']} ({row['area']}){_since(row)}" for row in current)
    if past := [row for row in region["members"] if row["left"] and not row["current"]]:
        yield "former members, not counted:"
        yield from (f"  {row['label']} ({row['area']}), {row['joined']} to {row['left']}" for row in past)
    yield ""
    for document in region["documents"]:
        yield f"according to {document['title']}, {document['publisher']}, {document['url']} (checked {document['checked']})"


def _since(member: dict[str, Any]) -> str:
    return f", since {member['joined']}" if member["joined"] else ""
