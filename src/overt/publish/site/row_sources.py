"""Columns of a download that say whose the row is, and what may be done with it."""

from collections.abc import Iterable
from typing import get_args

import orjson
from starlette.requests import Request

from overt.model.source import Reuse
from overt.publish.read import sources
from overt.publish.read.database import Reader
from overt.publish.site.alone import stands_alone
from overt.publish.site.site import Site

COLUMNS = ("sources", "licences", "attribution", "reuse")
"""Titles, licences and words of attribution in one order, and the strictest reuse that any of the sources asks for."""
_STRICTNESS: tuple[str, ...] = get_args(Reuse)
_NOT_STATED = "not stated"


class RowSources:
    """What each source of a release asks of those who take its rows along."""

    def __init__(self, site: Site, reader: Reader) -> None:
        self._title = site.title_of
        self._held = {row["source"]: row for row in sources.every(reader)}

    def of(self, reader: Reader, ids: Iterable[str]) -> dict[str, set[str]]:
        """The sources of the records with these ids; of a project also those that say who had a part in it."""
        found: dict[str, set[str]] = {}
        for row in reader.rows("row_sources", [orjson.dumps(sorted(set(ids))).decode()]):
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


def address_of(site: Site, request: Request) -> str:
    """Where readers reach the site, as the atlas says, or as this one did where it does not; without a slash at the end.

    Empty for what stands alone, where the atlas does not say.
    """
    return site.address_of_site or ("" if stands_alone(request) else str(request.base_url).rstrip("/"))


def full_address(site: Site, request: Request, path: str) -> str:
    """A path with the address of the site, so that it leads there from a file, too."""
    return f"{address_of(site, request)}{path}"
