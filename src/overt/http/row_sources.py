"""Columns of a download that say whose the row is, and what may be done with it."""

from collections.abc import Iterable
from typing import get_args

import orjson

from overt.http.served import Served
from overt.model.source import Reuse
from overt.queries import sources
from overt.queries.database import Reader

COLUMNS = ("sources", "licences", "attribution", "reuse")
"""Titles, licences and words of attribution in one order, and the strictest reuse that any of the sources asks for."""
_STRICTNESS: tuple[str, ...] = get_args(Reuse)
_NOT_STATED = "not stated"


class RowSources:
    """What each source of a release asks of those who take its rows along."""

    def __init__(self, served: Served, reader: Reader) -> None:
        self._title = served.title_of
        self._held = {row["source"]: row for row in sources.every(reader)}

    def of(self, reader: Reader, ids: Iterable[str]) -> dict[str, set[str]]:
        """The sources of the records with these ids; of a project also those that say who had a part in it."""
        found: dict[str, set[str]] = {}
        for row in reader.rows("records.row_sources", [orjson.dumps(sorted(set(ids))).decode()]):
            found.setdefault(row["id"], set()).add(row["source"])
        return found

    def cells(self, slugs: Iterable[str]) -> list[str]:
        """The cells of `COLUMNS` for a row that is made of these sources. What an edition does not hold has no cells."""
        named = sorted(slug for slug in set(slugs) if slug in self._held or slug == "editorial")
        held = [self._held.get(slug, {}) for slug in named]
        reuse = [row.get("reuse", _STRICTNESS[0]) for row in held]
        return [
            "; ".join(self._title(slug) for slug in named),
            "; ".join(row.get("licence") or _NOT_STATED for row in held),
            "; ".join(row.get("attribution") or self._title(slug) for slug, row in zip(named, held, strict=True)),
            max(reuse, key=_STRICTNESS.index, default=""),
        ]
