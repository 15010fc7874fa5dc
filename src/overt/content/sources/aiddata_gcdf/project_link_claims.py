"""Claims about a project's phases and works, the records that it links to, and the programme that it belongs to."""

import re
from collections.abc import Iterator

from overt.importing import Context, RecordDraft

from .aiddata_row import LINKS, LayoutRow, recipient
from .phase_and_id_extraction import linked_ids
from .programme_grouping import LinkedRecords, LinkedRow
from .title_reader import Reading, Titles


def linked_rows(ctx: Context, titles: Titles) -> Iterator[LinkedRow]:
    """Yield the records in scope with the ids that they link to. If both tables have a record, use the full release.

    The ids are in the title or, if it has none, in the edition's column “Linked To”.
    """
    seen: set[str] = set()
    columns = ("AidData Record ID", "Title", "Sector Name", "Recipient")
    for role in ("full", "full_workbook", "short"):
        names = [column.replace(" ", ".") for column in columns] if role == "short" else columns
        extra = [LINKS.replace(" ", ".")] if role == "short" else []
        for record, title, sector, country, *links in ctx.ahead(role, *names, optional=extra):
            reading = titles.read(sector, title)
            if record not in seen and not isinstance(reading, str):
                yield LinkedRow(record, linked_ids(title) or tuple("".join(links).split()), reading, country)
            seen.add(record)


def add_links(ctx: Context, fields: LayoutRow, reading: Reading, linked: LinkedRecords, record: RecordDraft) -> None:
    """Add the project's phases and works, the records that its title or its column “Linked To” refers to, and the programme
    that it is a phase of.
    """
    key, title = fields["AidData Record ID"].text, fields["Title"]
    for phase in reading.phases:
        record.code("phase", phase, at=title, rule="aiddata-title-phase@1")
    for work, rule in reading.works:
        record.code("work", work, at=title, rule=rule)
    column = fields.row.get(LINKS.replace(" ", ".")) if fields.dotted else None
    links, both = (column, [title, column]) if column else (title, [title])
    for other in linked.links(key):
        if other in linked:
            record.code("linked", f"{ctx.spec.slug}:{other}", at=links, rule="aiddata-title-link@1")
        else:
            record.code("linked-outside", other, at=links, rule="aiddata-title-link@1")
    if programme := linked.programme(key):
        draft = ctx.record("project_programme", id=programme.id)
        country = recipient(ctx, fields)
        record.add("part-of", draft, at=both, basis="computed", rule="aiddata-programme@1")
        draft.add("country", country, at=both, basis="computed", rule="aiddata-programme@1", original=None)
        for kind in sorted(programme.kinds):
            draft.add("kind", kind, at=title, basis="computed", rule="aiddata-programme@1")
        if programme.first == key:
            name = programme_name(ctx, key, reading, ctx.content.areas.areas[country.text].label)
            draft.add("name", name, at=title, basis="computed", rule="aiddata-programme@1", lang="en")


def programme_name(ctx: Context, key: str, reading: Reading, country: str) -> str:
    """Return our name for a programme: the purpose of its first phase, and the country. Titles only name the phases."""
    kinds = ctx.content.vocabularies["project-kinds"].by_id
    purpose = ctx.words("edition_names.yml")["names"].get(int(key) if key.isdecimal() else key)
    purpose = purpose or " and ".join(kinds[kind].label for kind, _ in reading.kinds)
    purpose = re.sub(r"^(?:an?|the|of|to) ", "", purpose)
    return f"{purpose[:1].upper()}{purpose[1:]} ({country})"
