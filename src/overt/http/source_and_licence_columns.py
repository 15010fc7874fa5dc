"""Columns of a download that give the sources, licences and reuse of each row."""

from collections.abc import Iterable
from typing import get_args

from overt.http.served_release import Served
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.source import Reuse
from overt.queries import sources
from overt.queries.database import Reader, json_array

COLUMNS = ("source_title", "licence", "attribution", "reuse")
"""Columns with the titles, licences and attributions of a row's sources, in the same order, and their strictest reuse."""
_STRICTNESS: tuple[str, ...] = get_args(Reuse)
_NOT_STATED = "not stated"


class RowSources:
    """Looks up the sources of records, and writes the cells of a download that name them."""

    def __init__(self, served: Served, reader: Reader) -> None:
        self._title = served.title_of
        self._sources = {row.source: row for row in sources.all_sources(reader)}

    def sources_by_id(self, reader: Reader, ids: Iterable[str]) -> dict[str, set[str]]:
        """Return the sources of records, by id. The sources of a project include those of its roles and commitments."""
        sources_by_id: dict[str, set[str]] = {}
        for row in reader.rows("records.row_sources", [json_array(sorted(set(ids)))]):
            sources_by_id.setdefault(row["id"], set()).add(row["source"])
        return sources_by_id

    def cells(self, slugs: Iterable[str]) -> list[str]:
        """Return the cells of `COLUMNS` for a row that is based on these sources.

        Sources that the edition lacks are left out; the editors are kept, although they are not one of its sources.
        """
        named = sorted(slug for slug in set(slugs) if slug in self._sources or slug == EDITORIAL_SOURCE)
        source_rows = [self._sources.get(slug) for slug in named]
        reuse = [str(row.reuse) if row else _STRICTNESS[0] for row in source_rows]
        return [
            "; ".join(self._title(slug) for slug in named),
            "; ".join((row and row.licence) or _NOT_STATED for row in source_rows),
            "; ".join((row and row.attribution) or self._title(slug) for slug, row in zip(named, source_rows, strict=True)),
            max(reuse, key=_STRICTNESS.index, default=""),
        ]
