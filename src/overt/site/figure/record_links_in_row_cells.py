"""Cells of a figure's rows that link to records, such as the deployments of a country."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from overt.queries import figures
from overt.queries.database import Reader
from overt.queries.figures import FigureRow, FigureUnit
from overt.site.site import Site


def linked_cells(site: Site, reader: Reader, rows: Sequence[FigureRow], columns: Sequence[str]) -> list[list[Markup]]:
    """Return the cells of each row: for each column, links to the records that the row has there."""
    cells = [[_ids(row.groups.get(column)) for column in columns] for row in rows]
    named = figures.units(reader, [identity for row in cells for ids in row for identity in ids])
    return [[escape(site.language.comma).join(_link(site, named, identity) for identity in ids) for ids in row] for row in cells]


def _ids(value: Any) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list) else [] if value is None else [str(value)]


def _link(site: Site, named: Mapping[str, FigureUnit], identity: str) -> Markup:
    """Return a record's name as a link, or only its id if the release has no such record."""
    unit = named.get(identity)
    if unit is None or unit.type is None:
        return escape(identity)
    zh = unit.label_zh if site.language.code == "zh" else None
    label = escape(zh) if zh else site.foreign(unit.label or identity, unit.label_lang)
    return Markup('<a href="{}">{}</a>').format(site.record_url(unit.type, identity), label)
