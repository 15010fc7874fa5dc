"""Sections for an organisation's relations and listings, by phase on the release's day."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from overt.model.values.current_on_day import Phase
from overt.queries.rows.records import Record
from overt.site.site import Site

PRESENT = (Phase.CURRENT,)
UNCLEAR = (Phase.POSSIBLY_ENDED, Phase.POSSIBLY_BEGUN)


class Section(NamedTuple):
    """The records of a section."""

    heading: str
    records: list[Record]


def in_phase(records: Sequence[Record], phases: Collection[Phase]) -> list[Record]:
    """Return the records in any of these phases on the release's day."""
    return [record for record in records if record.phase in phases]


def phase_sections(site: Site, records: Sequence[Record]) -> list[Section]:
    """Return the records by phase, current ones first, without empty sections."""
    headings = {
        Phase.CURRENT: site.gettext("Current on %(date)s, as far as sources say", date=release_day(site)),
        Phase.POSSIBLY_ENDED: site.gettext("May have ended"),
        Phase.POSSIBLY_BEGUN: site.gettext("May not have begun"),
        Phase.PLANNED: site.gettext("Not begun"),
        Phase.ENDED: site.gettext("No longer current"),
    }
    sections = [Section(heading, in_phase(records, (phase,))) for phase, heading in headings.items()]
    return [section for section in sections if section.records]


def release_day(site: Site) -> str:
    """Return the release's day in words."""
    return site.formats.date(site.words.meta["manifest"]["date"])
