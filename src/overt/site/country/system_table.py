"""Rows of the table of surveillance and censorship systems on the pages of countries and organisations."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from overt.language.language import N_
from overt.model.values.date_comparison import has_open_start
from overt.queries.database import Reader
from overt.site.country.projects_with_details import PLANNED, DocumentedProject, Party, year_of
from overt.site.country.statements_and_notes_on_projects import note_words, register_notes, statements
from overt.site.organization.short_organization_names_and_seats import known_names
from overt.site.organization_in_country.naming_documents import NamedBy
from overt.site.project.company_and_government_statements import statement_lines
from overt.site.project.dated_status import FOUND_AT_WORK, DatedStatus, agreed_later, dated_status, found_status
from overt.site.project.party_choice_in_cells import named_parties, state_bodies_first
from overt.site.sentences.joined_parts import join
from overt.site.sentences.linked_record_and_company_names import company_name, text_link
from overt.site.site import Site

# The filter for the kind `surveillance` also finds all narrower kinds, but not scanners of goods.
SYSTEM_KINDS = (("kind", "surveillance"), ("kind", "filtering"))
"""Filters of the explorer that match exactly the projects in the table."""
_ALL = 15
"""If there are at most this many systems, the table lists all of them."""
LISTED = 8
"""Number of systems in the table if there are more than `_ALL`. A link leads to the rest."""
_PARTIES = 4
"""Number of organisations to name in a cell. A single further one is named, too, and so are all that dispute something."""


_WORDS = {
    "agreed": N_("agreed"),
    "construction-start": N_("construction began"),
    "started": N_("started"),
    "operational": N_("in use"),
    "completed": N_("completed"),
}
"""Words for the date of each property, shown in the column of years."""
_NOT_YET, _LATER_PART = N_("use planned"), N_("a part agreed")
_ENDED = ("cancelled", "suspended", "decommissioned")
"""Statuses of systems for which the table also has statements on the supply, such as that a supplier stopped selling."""


class Milestone(NamedTuple):
    """A year, and what happened or should happen in it, in words."""

    year: str
    words: str


class SystemRow(NamedTuple):
    """A system in the table."""

    system: DocumentedProject
    layer: str
    """The system's layer: censorship if it filters, otherwise surveillance."""
    suppliers: Markup
    """The suppliers as links, each with the country where it is based; empty if no source names one."""
    customers: Markup
    """The customers and operators as links, state bodies first; empty if no source names one."""
    countries: Sequence[str]
    """Codes of the system's countries; empty unless `system_rows` received `places`."""
    statements: Sequence[tuple[str, Markup]]
    """Denials and, if the system's status is in `_ENDED`, other statements on its supply. Each is a pair: who made it and when,
    and what it says."""
    notes: Sequence[Markup]
    """`DocumentedProject.note` or, for an announced system, the longest note of our registers; empty without a note."""
    years: Sequence[Milestone]
    """The system's first known year, and the year in which it came or should come into use, if different; in order."""
    dated_status: DatedStatus | None
    """What the dates show, if no source names a status. For a system that only scans found in operation: when they found it."""
    named_by: NamedBy | None = None
    """On the page of an organisation: who names the organisation in its role in the system."""


def system_rows(
    site: Site,
    reader: Reader,
    systems: Sequence[DocumentedProject],
    code: str = "",
    places: Mapping[str, Sequence[str]] | None = None,
    named_by: Mapping[str, NamedBy] | None = None,
) -> list[SystemRow]:
    """Return a table row for each of these systems.

    `code`: the systems' country, if all are in the same one. Organisations then link to the pages about them in this country.
    `places`: the countries of each system, by its id. `named_by`: who names the page's organisation in a system, by its id.
    """
    plans = register_notes(reader, [system.id for system in systems if system.status == "announced"])
    ended = statements(reader, [system.id for system in systems if system.status in _ENDED])
    on_supply = {
        project: [row for row in rows if row.kind != "denial" and row.part == "supply"] for project, rows in ended.items()
    }
    names = known_names(site, reader, {party.id for system in systems for party in (*system.suppliers, *system.customers)})
    return [
        SystemRow(
            system,
            "censorship" if system.filters(site.words) else "surveillance",
            _parties(site, system.suppliers, system.disputing, names, code, with_seat=True),
            _parties(site, state_bodies_first(site, system.customers), system.disputing, names, code),
            (places or {}).get(system.id, ()),
            statement_lines(site, reader, [*system.denials, *on_supply.get(system.id, ())]),
            _notes(site, system.note or plans.get(system.id, "")),
            milestones(site, system),
            found_status(site, system.status_as_of) if _is_found(system) else status_of(site, system),
            (named_by or {}).get(system.id),
        )
        for system in systems
    ]


def in_table(site: Site, systems: Sequence[DocumentedProject]) -> list[DocumentedProject]:
    """Return the surveillance and censorship systems among these, without scanners of goods. Those that count come first."""
    listed = (system for system in systems if system.watches(site.words) or system.filters(site.words))
    return sorted(listed, key=lambda system: not system.is_documented)


def listed_first(systems: Sequence[DocumentedProject]) -> Sequence[DocumentedProject]:
    """Return the systems that the table lists: all if there are at most `_ALL`, otherwise the first `LISTED`."""
    return systems if len(systems) <= _ALL else systems[:LISTED]


def party_link(site: Site, party: Party, names: Mapping[str, str], code: str = "", *, with_seat: bool = False) -> Markup:
    """Return a link to an organisation with the name by which it is known.

    `names`: names by id, from `known_names`. `code`: if set, the link leads to the page about the organisation in this country,
    and otherwise to the organisation's own page. `with_seat`: whether to add the country where it is based, if on record.
    """
    page = site.answer_link(party.id, code) if code else site.record_url("organization", party.id)
    link = text_link(page, company_name(site, party, names.get(party.id, "")))
    if not with_seat or not party.seat:
        return link
    return site.markup("%(name)s (%(country)s)", name=link, country=site.seat(party.id, party.seat))


def _parties(
    site: Site,
    parties: Sequence[Party],
    disputing: Collection[str],
    names: Mapping[str, str],
    code: str,
    *,
    with_seat: bool = False,
) -> Markup:
    named = named_parties(parties, disputing, _PARTIES)
    links = [party_link(site, party, names, code, with_seat=with_seat) for party in named]
    return join(site, links, len(parties) - len(links)) if links else Markup()


def milestones(site: Site, system: DocumentedProject) -> list[Milestone]:
    """Return the year of a system's first known date and, if different, the year of its known or planned use, in order.

    A year has no words if the status (`status_of`) says the same. An agreement that came after the use is taken to be about a
    part of the system.
    """
    if not system.year:
        return []
    in_use = _NOT_YET if system.status in PLANNED else _WORDS["operational"]
    words = in_use if system.dated == "operational" else _WORDS.get(system.dated or "", "")
    if system.dated == "agreed" and agreed_later(system.steps):
        words = _LATER_PART
    status = status_of(site, system)
    if _is_found(system) or (status and status.step == system.dated):
        words = ""
    years = [Milestone(system.year, _by_then(site, words, system.date) if words else "")]
    used = year_of(system.in_use)
    if used and used != system.year:
        in_use = "" if status and status.step == "operational" else in_use
        years.append(Milestone(used, _by_then(site, in_use, system.in_use) if in_use else ""))
    return sorted(years)


def _is_found(system: DocumentedProject) -> bool:
    return system.found_by_scan and system.status == FOUND_AT_WORK


def status_of(site: Site, system: DocumentedProject) -> DatedStatus | None:
    """Return what a system's dates show about its status; None if a source names its status, or if it has no date."""
    return dated_status(site, system.status, system.steps)


def _by_then(site: Site, words: str, date: str | None) -> str:
    """Return translated words for what happened on a date, with “by then” if the date (EDTF) has no beginning."""
    text = site.gettext(words)
    return site.gettext("%(words)s by then", words=text) if has_open_start(date) else text


def _notes(site: Site, note: str) -> list[Markup]:
    return [words] if (words := note_words(site, note)) else []
