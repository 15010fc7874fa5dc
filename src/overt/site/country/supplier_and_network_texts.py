"""Sentences about suppliers, networks and cables in a country's briefing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from overt.language.country_article import with_article
from overt.language.label_order import sort_key
from overt.language.language import NN_
from overt.queries.labels import RecordLabel
from overt.queries.rows.countries import Cable
from overt.queries.rows.records import Record
from overt.site.country.projects_with_details import DISPUTED, PLANNED, DocumentedProject, Party, only_announced
from overt.site.country.system_table import party_link
from overt.site.sentences.joined_parts import join, join_clauses, join_sentences, such_as
from overt.site.sentences.linked_record_and_company_names import company_link, named_with, text_link
from overt.site.site import Site

_INDEXED = 4
"""Maximum number of companies to list that only an index names as suppliers."""
_SEATS, _FEW_MORE = 7, 2
"""A sentence names all suppliers' countries if there are at most `_SEATS` + `_FEW_MORE`, otherwise only the first `_SEATS`."""
_NETWORKS_NAMED = 3
"""If there are at most this many networks or cables on land, all of them are named."""
_NAMED = 5
"""If there are at most this many suppliers, all of them are named."""
_FROM = NN_("%(n)s from %(countries)s", "%(n)s from %(countries)s")
_FROM_EACH = NN_("%(n)s each from %(countries)s", "%(n)s each from %(countries)s")
"""Clauses with the number of suppliers from a country or, with “each”, from each of several countries."""


def suppliers(
    site: Site,
    code: str,
    systems: Sequence[DocumentedProject],
    assessments: Sequence[Record],
    abroad: Markup | None,
    names: Mapping[str, str],
) -> Markup | None:
    """Return sentences on the suppliers of systems, and on exports; None if there is nothing to say.

    They also cover systems without a named supplier, and companies named only for announced systems or by an index.
    `abroad`: from `export_sentence`. `names`: names of suppliers by id, from `known_names`.
    """
    counted = [system for system in systems if system.is_documented and not system.scans(site.words)]
    supplied = Counter(party for system in counted for party in system.suppliers)
    parts = list[Markup | str]()
    if supplied:
        parts.append(_most_named(site, code, supplied, names))
        parts.append(_seats(site, list(supplied)))
        if several := sum(len(system.suppliers) > 1 for system in counted):
            parts.append(site.ngettext("%(n)s system has several suppliers.", "%(n)s systems have several suppliers.", several))
    announced = [system for system in only_announced(systems) if not system.scans(site.words)]
    if only_named := {party: None for system in announced for party in system.suppliers if party not in supplied}:
        links = [party_link(site, party, names, code, with_seat=True) for party in only_named]
        parts.append(site.markup("Named only for what is announced: %(names)s.", names=join(site, links)))
    if unnamed := sum(not system.suppliers for system in counted):
        parts.append(
            site.ngettext(
                "For %(n)s system, no source here names a supplier.",
                "For %(n)s systems, no source here names a supplier.",
                unnamed,
            )
        )
    if indexed := _index_only(site, assessments, {party.id for party in supplied}):
        parts.append(indexed)
    if abroad:
        parts.append(abroad)
    return join_sentences(site, *parts) or None


def _most_named(site: Site, code: str, supplied: Counter[Party], names: Mapping[str, str]) -> Markup:
    """Return a sentence on the suppliers. If there are at most `_NAMED`, it names all of them.

    Otherwise, it names only the supplier with the most systems, and none if several share first place.
    """
    (first, most), *fewer = supplied.most_common()
    name = party_link(site, first, names, code, with_seat=True)
    count = site.ngettext("%(n)s system", "%(n)s systems", most)
    if not fewer:
        return site.markup("One supplier is named: %(name)s, for %(count)s.", name=name, count=count)
    if len(supplied) <= _NAMED:
        return _all_named(site, code, supplied, names)
    if most == 1:
        return site.markup("%(n)s suppliers are named, each for %(count)s.", n=len(supplied), count=count)
    if fewer[0][1] == most:
        return site.markup("%(n)s suppliers are named, none for more than %(count)s.", n=len(supplied), count=count)
    return site.markup("%(n)s suppliers are named, most often %(name)s: for %(count)s.", n=len(supplied), name=name, count=count)


def _all_named(site: Site, code: str, supplied: Counter[Party], names: Mapping[str, str]) -> Markup:
    """Return a sentence that names all of several suppliers, each with its country and the number of its systems."""
    links = {party: party_link(site, party, names, code, with_seat=True) for party, _ in supplied.most_common()}
    counts = {party: site.ngettext("%(n)s system", "%(n)s systems", supplied[party]) for party in links}
    if len(set(counts.values())) == 1:
        every, count = join(site, list(links.values())), next(iter(counts.values()))
        return site.markup("Named as suppliers: %(names)s, for %(count)s each.", names=every, count=count)
    clauses = [site.markup("%(name)s for %(count)s", name=links[party], count=counts[party]) for party in links]
    return site.markup("Named as suppliers: %(names)s.", names=join(site, clauses))


def _seats(site: Site, parties: Sequence[Party]) -> str:
    """Return a sentence on the suppliers' countries; empty if none is known.

    Also empty for up to `_NAMED` suppliers, whose countries follow their names.
    """
    disputed = sum(party.id in site.rival_seats for party in parties)
    seats = Counter(party.seat for party in parties if party.seat and party.id not in site.rival_seats)
    if len(parties) <= _NAMED or not seats:
        return ""
    if len(seats) == 1 and seats.total() == len(parties):
        return site.gettext(
            "All are based in %(country)s.", country=with_article(site.language, site.words.area(next(iter(seats))))
        )
    ranked = sorted(seats, key=lambda code: (-seats[code], sort_key(site.words.area(code))))
    named = ranked if len(ranked) <= _SEATS + _FEW_MORE else ranked[:_SEATS]
    clauses: list[str] = []
    for number, group in groupby(named, lambda code: seats[code]):
        codes = list(group)
        countries = site.language.join([with_article(site.language, site.words.area(code)) for code in codes])
        clauses.append(site.ngettext(*(_FROM_EACH if len(codes) > 1 else _FROM), number, countries=countries))
    if rest := sum(seats[code] for code in ranked[len(named) :]):
        clauses.append(site.ngettext("%(n)s from another country", "%(n)s from other countries", rest))
    if disputed:
        clauses.append(
            site.ngettext(
                "%(n)s from a country on which sources disagree", "%(n)s from countries on which sources disagree", disputed
            )
        )
    words = join_clauses(site, clauses)
    if unknown := len(parties) - seats.total() - disputed:
        return site.gettext("By country: %(clauses)s; the country of %(n)s is not on record.", clauses=words, n=unknown)
    return site.gettext("By country: %(clauses)s.", clauses=words)


def _index_only(site: Site, assessments: Sequence[Record], supplied: set[str]) -> Markup | None:
    facts = {fact.value: fact for record in assessments for fact in record.shown("supplier") if fact.value not in supplied}
    if not facts:
        return None
    indexes = {
        fact.source: _title_link(site, record, site.title_of(fact.source))
        for record in reversed(assessments)
        for fact in record.shown("supplier")
        if fact.value in facts
    }
    labels = [RecordLabel(fact.value, fact.label, fact.label_lang, fact.label_zh) for fact in facts.values()]
    count = Markup("{}").format(site.ngettext("%(n)s company", "%(n)s companies", len(labels)))
    links = [company_link(site, row) for row in labels]
    names = join(site, links) if len(links) <= _INDEXED else such_as(site, count, links, _INDEXED)
    messages = (
        NN_(
            "The %(index)s also names %(names)s, without saying which technology.",
            "The %(index)s also name %(names)s, without saying which technology.",
        )
        if supplied
        else NN_(
            "The %(index)s names %(names)s, without saying which technology.",
            "The %(index)s name %(names)s, without saying which technology.",
        )
    )
    return site.language.nmarkup(*messages, len(indexes), index=join(site, list(indexes.values())), names=names)


def _title_link(site: Site, record: Record, title: str) -> Markup:
    """Return the link to an index's assessment. In Chinese, the title is in title marks (《》)."""
    link = text_link(site.record_url("assessment", record.id), site.foreign(title))
    return Markup("《{}》").format(link) if site.language.code == "zh" else link


def networks(
    site: Site,
    code: str,
    systems: Sequence[DocumentedProject],
    cables: Sequence[Cable],
    names: Mapping[str, str],
) -> Markup | None:
    """Return sentences on a country's networks and data centres, overland or leased cables, and submarine cables.

    Return None if there are none. Surveillance and censorship systems that are also networks have a sentence of their own, so
    that no project is counted twice. `names`: names of suppliers by id, from `known_names`.
    """
    connecting, parts = [system for system in systems if system.counts and system.connects(site.words)], list[Markup | str]()
    also_watching = [system for system in connecting if system.watches(site.words) or system.filters(site.words)]
    counted = [system for system in connecting if system not in also_watching]
    if counted:
        words = site.ngettext("%(n)s network or data centre", "%(n)s networks and data centres", len(counted))
        parts.append(_recorded(site, code, words, ("networks", "data-centres"), counted, names))
    if also_watching:
        parts.append(
            site.ngettext(
                "In addition, %(n)s surveillance or censorship system is also a network.",
                "In addition, %(n)s surveillance or censorship systems are also networks.",
                len(also_watching),
            )
        )
    on_land = [system for system in systems if system.counts and not system.connects(site.words)]
    if on_land:
        words = site.ngettext("%(n)s overland or leased cable", "%(n)s overland or leased cables", len(on_land))
        parts.append(_recorded(site, code, words, ("cables",), on_land, names))
    landing = [cable for cable in cables if cable.status not in DISPUTED]
    if landing:
        page = site.url(f"/country/{code}/cables")
        count = text_link(page, site.ngettext("%(n)s submarine cable", "%(n)s submarine cables", len(landing)))
        planned = sum(cable.status in PLANNED for cable in landing)
        parts.append(
            site.language.nmarkup(
                "%(count)s is on record as landing here.", "%(count)s are on record as landing here.", len(landing), count=count
            )
        )
        if planned:
            parts.append(
                Markup("{}").format(
                    site.ngettext(
                        "%(n)s of them is planned or being built.", "%(n)s of them are planned or being built.", planned
                    )
                )
            )
        if supplier := _cable_supplier(site, landing):
            parts.append(supplier)
    return join_sentences(site, *parts) or None


def _recorded(
    site: Site, code: str, words: str, layers: Sequence[str], projects: Sequence[DocumentedProject], names: Mapping[str, str]
) -> Markup:
    """Return a sentence on projects of these layers.

    If they are few, it names them with their suppliers. Otherwise, it names the supplier of the most projects. `words`: the
    number of projects, in words.
    """
    count = text_link(site.explorer([("country", code), *(("layer", layer) for layer in layers)]), words)
    if len(projects) <= _NETWORKS_NAMED:
        named = [named_with(site, project, _supplied_by(site, code, project, names)) for project in projects]
        messages = NN_("%(count)s is on record: %(names)s.", "%(count)s are on record: %(names)s.")
        return site.language.nmarkup(*messages, len(projects), count=count, names=join(site, named))
    supplied = Counter(party for project in projects for party in project.suppliers)
    if not supplied:
        return site.language.nmarkup("%(count)s is on record.", "%(count)s are on record.", len(projects), count=count)
    [(party, most)] = supplied.most_common(1)
    return site.language.nmarkup(
        "%(count)s is on record; %(name)s is named as a supplier.",
        "%(count)s are on record; %(name)s is named as supplier of %(most)s.",
        len(projects),
        count=count,
        name=party_link(site, party, names, code, with_seat=True),
        most=site.formats.number(most),
    )


def _supplied_by(site: Site, code: str, project: DocumentedProject, names: Mapping[str, str]) -> str:
    """Return a network's suppliers as links, each with its country. If it has no supplier, return its year."""
    if not project.suppliers:
        return project.year
    parties = [
        site.markup("%(name)s, %(country)s", name=link, country=site.seat(party.id, party.seat)) if party.seat else link
        for party in project.suppliers
        for link in (party_link(site, party, names, code),)
    ]
    return escape(site.gettext("; ")).join(parties)


def _cable_supplier(site: Site, cables: Sequence[Cable]) -> Markup | None:
    supplied: dict[str, list[Cable]] = {}
    for cable in cables:
        for row in cable.suppliers:
            supplied.setdefault(row.id, []).append(cable)
    if not supplied:
        return None
    name = max(supplied, key=lambda name: (len(supplied[name]), name))
    first = supplied[name][0]
    row = next(row for row in first.suppliers if row.id == name)
    return site.language.nmarkup(
        "%(name)s is named as supplier of %(n)s of them.",
        "%(name)s is named as supplier of %(n)s of them.",
        len(supplied[name]),
        name=company_link(site, row),
    )
