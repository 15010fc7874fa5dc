"""Rows of the table of surveillance and censorship systems on the pages of countries and organisations."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from overt.queries.database import Reader
from overt.site.country.documented_projects import Denial, DocumentedProject, Party
from overt.site.country.sentence_parts import join, short_name, text_link
from overt.site.organization.known_name import known_names
from overt.site.site import Site

LISTED = 8
"""Maximum number of systems in the table. A link leads to the rest."""
_PARTIES = 4
"""Maximum number of organisations in a cell."""


class SystemRow(NamedTuple):
    """A system in the table."""

    system: DocumentedProject
    layer: str
    """Its layer: censorship if it filters, otherwise surveillance."""
    suppliers: Markup
    """Its suppliers, each with the country of its seat, as links; empty if no source names one."""
    customers: Markup
    """Its customers and operators, as links; empty if no source names one."""
    countries: Sequence[str]
    """Codes of its countries, if they were asked for."""
    statements: Sequence[Markup]
    """What organisations state about it."""


def system_rows(
    site: Site,
    reader: Reader,
    systems: Sequence[DocumentedProject],
    code: str = "",
    places: Mapping[str, Sequence[str]] | None = None,
) -> list[SystemRow]:
    """Return the rows of these systems.

    `code`: the country that all of them are in, so that organisations link to the pages about them in this country. `places`: the
    countries of each system, by its id.
    """
    names = known_names(site, reader, {party.id for system in systems for party in (*system.suppliers, *system.customers)})
    return [
        SystemRow(
            system,
            "censorship" if system.filters(site.words) else "surveillance",
            _parties(site, system.suppliers, names, code, with_seat=True),
            _parties(site, system.customers, names, code),
            (places or {}).get(system.id, ()),
            [statement_words(site, denial) for denial in system.denials],
        )
        for system in systems
    ]


def in_table(site: Site, systems: Sequence[DocumentedProject]) -> list[DocumentedProject]:
    """Return the surveillance and censorship systems among these: those that count first, and no scanners of goods."""
    listed = (system for system in systems if system.watches(site.words) or system.filters(site.words))
    return sorted(listed, key=lambda system: not system.counts)


def party_link(site: Site, party: Party, names: Mapping[str, str], code: str = "", *, with_seat: bool = False) -> Markup:
    """Return an organisation as a link, by the name by which it is known, and with the country of its seat if one is on record.

    `names`: names by id, from `known_names`. `code`: a country; the link then leads to the page about the organisation in that
    country, and otherwise to its own page.
    """
    name, full = names.get(party.id, ""), site.called(party)
    words = site.foreign(name or short_name(full), party.label_lang if full == party.label else site.language.code)
    link = text_link(site.answer_link(party.id, code) if code else site.record_url("organization", party.id), words)
    if not with_seat or not party.seat:
        return link
    return site.markup("%(name)s (%(country)s)", name=link, country=site.words.area(party.seat))


def _parties(site: Site, parties: Sequence[Party], names: Mapping[str, str], code: str, *, with_seat: bool = False) -> Markup:
    links = [party_link(site, party, names, code, with_seat=with_seat) for party in parties[:_PARTIES]]
    return join(site, links, len(parties) - len(links)) if links else Markup()


def statement_words(site: Site, statement: Denial) -> Markup:
    """Return who states what about a project, and when.

    It isn't called a denial, because the data doesn't say which part of the record it denies.
    """
    name = site.foreign(short_name(site.called(statement.by)), statement.by.label_lang)
    link = text_link(site.record_url("statement", statement.id), site.markup("Statement by %(name)s", name=name))
    note = statement.note or ""
    words = site.language.phrase(note) or site.foreign(note, "en") if note else site.gettext("its words are not on record here.")
    if not statement.date:
        return site.markup("%(statement)s: %(words)s", statement=link, words=words)
    date = site.formats.date(statement.date)
    return site.markup("%(statement)s (%(date)s): %(words)s", statement=link, date=date, words=words)
