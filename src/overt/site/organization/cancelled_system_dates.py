"""When an organisation's cancelled systems were in use and ended, and the dates of the newest documents about them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from overt.model.engines.named_sql import load_queries
from overt.model.values.date_comparison import has_open_start
from overt.queries.database import Reader, json_array
from overt.site.country.projects_with_details import year_of
from overt.site.site import Site

_QUERIES = load_queries(Path(__file__).parent)


class Ending(NamedTuple):
    """The dates of a cancelled system: when it came into use and ended. They are EDTF dates; None if no source gives one."""

    used: str | None
    """When the system came into use or, if no source says, when it was started or completed."""
    ended: str | None
    newest: str | None
    """The date of the newest document about the system."""

    @property
    def was_used(self) -> bool:
        """Whether a source gives a date on which the system came into use, was started or was completed."""
        return bool(self.used)


def system_endings(reader: Reader, systems: Sequence[str]) -> dict[str, Ending]:
    """Return when systems were in use and ended, by id. Systems that aren't cancelled are left out."""
    rows = reader.select(_QUERIES["queries.endings"], [json_array(systems)]) if systems else ()
    return {row["id"]: Ending(row["used"], row["ended"], row["newest"]) for row in rows}


def ending_words(site: Site, ending: Ending) -> str:
    """Return words on when a system was in use and ended, to be put in brackets after its country; empty if no source says.

    If the newest document is from a later year than the end, its date is given, because it may report that the use continued.
    """
    date, parts = site.formats.date, list[str]()
    if ending.used:
        from_then = site.gettext("in use from %(date)s", date=date(ending.used))
        parts.append(site.gettext("in use %(date)s", date=date(ending.used)) if has_open_start(ending.used) else from_then)
    if ending.ended:
        parts.append(site.gettext("ended %(date)s", date=date(ending.ended)))
        if ending.newest and year_of(ending.newest) > year_of(ending.ended):
            parts.append(site.gettext("newest document on it: %(date)s", date=date(ending.newest)))
    return site.language.comma.join(parts)
