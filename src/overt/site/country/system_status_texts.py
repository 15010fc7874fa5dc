"""Sentences that say how many systems are in use, planned, suspended or decommissioned, and why others aren't counted."""

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from overt.language.first_letter_case import lower_first
from overt.language.language import N_, NN_
from overt.queries.labels import RecordLabel
from overt.site.country.projects_with_details import BUILT, DISPUTED, PLANNED, DocumentedProject
from overt.site.country.system_table import status_of
from overt.site.project.dated_status import FOUND_AT_WORK, in_sentence, status_with_date
from overt.site.sentences.joined_parts import join, join_clauses, join_sentences
from overt.site.sentences.linked_record_and_company_names import company_in_sentence, named_with, short_name, text_link
from overt.site.site import Site

_UNCOUNTED = {
    "denied": NN_("%(n)s denied", "%(n)s denied"),
    "cancelled": NN_("%(n)s cancelled", "%(n)s cancelled"),
    "unverified": NN_("%(n)s unverified", "%(n)s unverified"),
}
_DISPUTES = NN_(
    "%(n)s of the %(all)s systems is %(disputed)s, in whole or in part, by %(names)s.",
    "%(n)s of the %(all)s systems are %(disputed)s, in whole or in part, by %(names)s.",
)
_DISPUTING_ANY = 3
"""Number of organisations to name that dispute a country's systems. If there is only one more, it is named too."""
_DISPUTING = 2
"""Number of organisations to name that dispute a system, suppliers first. If there is only one more, it is named too."""
_REPORTERS = 2
"""Maximum number of publishers that are named as reporting a denied system."""
_SUSPENDED, _DECOMMISSIONED = ("suspended",), ("decommissioned",)
_BEGUN = ("begun",)
"""Stands for the status of systems without a reported status, if their dates show only that they were agreed or begun."""
_SCANNED = ("found",)
"""Stands for the status of systems that only network scans found in operation. They may have been removed since."""
_STATUSES: tuple[tuple[str, ...], ...] = (BUILT, _SCANNED, PLANNED, _BEGUN, _SUSPENDED, _DECOMMISSIONED)


def why_uncounted(site: Site, systems: Sequence[DocumentedProject]) -> str:
    """Return why systems aren't counted, as the end of a sentence.

    - For several such systems, their number by status: `2 denied, 1 cancelled`.
    - For a single denied system whose deniers are on record: `reported by P; denied by A and B`. The first part is left out if no
      publisher of a report is on record.
    - For any other single system, its status.
    """
    counts = Counter(system.status for system in systems if not system.counts)
    if counts.total() > 1:
        return join_clauses(site, [site.ngettext(*_UNCOUNTED[status], counts[status]) for status in DISPUTED if counts[status]])
    [system] = [system for system in systems if not system.counts]
    deniers = list({denial.by.id: short_name(site.called(denial.by)) for denial in system.denials}.values())
    if system.status == "denied" and deniers and system.reporters:
        reporters, more = list(system.reporters[:_REPORTERS]), len(system.reporters[_REPORTERS:])
        reporters += [site.ngettext("%(n)s other", "%(n)s others", more)] if more else []
        return site.gettext(
            "reported by %(reporters)s; denied by %(names)s",
            reporters=site.language.join(reporters), names=site.language.join(deniers),
        )  # fmt: skip
    if system.status == "denied" and deniers:
        return site.gettext("denied by %(names)s", names=site.language.join(deniers))
    return lower_first(site.language, site.words.term("statuses", system.status or ""))


_NAMED = 3
"""If there are at most this many systems, all are named. Otherwise, they are only counted by status."""
_NAMED_BY_STATUS = {
    BUILT: N_("Built or in use: %(names)s."),
    _SCANNED: N_("Found by network scans: %(names)s."),
    PLANNED: N_("Planned or being built: %(names)s."),
    _SUSPENDED: N_("Suspended: %(names)s."),
    _DECOMMISSIONED: N_("Decommissioned: %(names)s."),
    _BEGUN: N_("Agreed or begun: %(names)s."),
    (): N_("No source here gives a status or a date: %(names)s."),
}
_COUNTED_BY_STATUS = {
    BUILT: NN_("%(n)s built or in use", "%(n)s built or in use"),
    _SCANNED: NN_("%(n)s found by network scans", "%(n)s found by network scans"),
    PLANNED: NN_("%(n)s planned or being built", "%(n)s planned or being built"),
    _SUSPENDED: NN_("%(n)s suspended", "%(n)s suspended"),
    _DECOMMISSIONED: NN_("%(n)s decommissioned", "%(n)s decommissioned"),
    _BEGUN: NN_("%(n)s agreed or begun", "%(n)s agreed or begun"),
    (): NN_("%(n)s without a status or a date", "%(n)s without a status or a date"),
}


def _by_status(site: Site, systems: Sequence[DocumentedProject]) -> dict[tuple[str, ...], list[DocumentedProject]]:
    """Return systems by group of statuses, in the order of the page. Groups without systems are left out."""
    grouped = {statuses: [system for system in systems if _reported(site, system) in statuses] for statuses in _STATUSES}
    known = {system.id for group in grouped.values() for system in group}
    grouped[()] = [system for system in systems if system.id not in known]
    return {statuses: group for statuses, group in grouped.items() if group}


def _reported(site: Site, system: DocumentedProject) -> str:
    """Return a system's status or, if no source names one, what its dates show (`status_of`).

    A system that only network scans found in operation has the status in `_SCANNED`.
    """
    if system.found_by_scan and system.status == FOUND_AT_WORK:
        return _SCANNED[0]
    dated = status_of(site, system)
    return (dated.step if dated.is_in_place else _BEGUN[0]) if dated else system.status or ""


def named_with_date(
    site: Site, code: str, system: DocumentedProject, names: Mapping[str, str] | None = None, *, disputed: bool = True
) -> Markup:
    """Return the name of a system with the date of its status and the names of those who dispute something about it.

    If no status is known, the name is followed by what the system's dates show, such as “in use by October 2020”. `code`: the
    country of the page, whose table has the statements. `names`: as in `disputing_names`. `disputed`: whether to name those who
    dispute it.
    """
    words = disputed_by(site, code, system, names) if disputed else Markup()
    details = [detail for detail in (escape(_when(site, system)), words) if detail]
    return named_with(site, system, escape(site.gettext("; ")).join(details))


def disputed_by(site: Site, code: str, system: DocumentedProject, names: Mapping[str, str] | None = None) -> Markup:
    """Return who disputes a system, with a link to the table; empty if nobody does. `names`: as in `disputing_names`."""
    disputing = disputing_names(site, system, names)
    return site.markup("%(disputed)s by %(names)s", disputed=_disputed(site, code), names=disputing) if disputing else Markup()


def _disputed(site: Site, code: str) -> Markup:
    return text_link(site.url(f"/country/{code}#systems"), site.gettext("disputed"))


def disputes(site: Site, code: str, systems: Sequence[DocumentedProject], names: Mapping[str, str] | None = None) -> Markup:
    """Return a sentence on how many of these systems are disputed, and by whom; empty if none is.

    `code`: the country. `names`: as in `disputing_names`.
    """
    disputed = [system for system in systems if system.disputing]
    if not disputed:
        return Markup()
    parties = {identity: party for system in disputed for identity, party in system.disputing.items()}
    return site.language.nmarkup(
        *_DISPUTES, len(disputed), all=site.formats.number(len(systems)), disputed=_disputed(site, code),
        names=_listed(site, [*parties.values()], _DISPUTING_ANY, names),
    )  # fmt: skip


def disputing_names(site: Site, system: DocumentedProject, names: Mapping[str, str] | None = None) -> Markup:
    """Return who disputes something about a system, such as `NSO Group and 4 others`; empty if nobody does.

    `names`: names by which organisations are known, from `known_names`, by id.
    """
    suppliers = {party.id for party in system.suppliers}
    ordered = sorted(system.disputing.values(), key=lambda party: party.id not in suppliers)
    return _listed(site, ordered, _DISPUTING, names) if ordered else Markup()


def _listed(site: Site, parties: Sequence[RecordLabel], most: int, names: Mapping[str, str] | None) -> Markup:
    """Return the names of organisations: all if there are at most `most` + 1, otherwise `most` and the number of the others."""
    listed = parties if len(parties) <= most + 1 else parties[:most]
    words = [company_in_sentence(site, party, (names or {}).get(party.id, "")) for party in listed]
    return join(site, words, len(parties) - len(listed))


def _when(site: Site, system: DocumentedProject) -> str:
    """Return the date of a system's status or, if no source gives a status, what its dates show; empty without either."""
    dated = status_with_date(site, system.status, system.steps, system.status_as_of, found_by_scan=system.found_by_scan)
    return (in_sentence(site, dated) if dated.step or not dated.when else dated.when) if dated else ""


def progress(
    site: Site,
    code: str,
    systems: Sequence[DocumentedProject],
    count: Markup | None,
    names: Mapping[str, str] | None = None,
    every: Sequence[DocumentedProject] = (),
) -> Markup:
    """Return sentences on the statuses of systems, including systems whose status no source gives.

    If there are at most `_NAMED` systems, each is named with the date of its status and with those who dispute something about
    it. If there are more, they are only counted by status, and one sentence covers the disputes about `every` system.

    `code`: the country. `count`: the number of these systems in words, as a link; None if the page already has it. `names`: as
    in `disputing_names`. `every`: all counted systems of the country, including those that filter; if empty, `systems`.
    """
    groups = _by_status(site, systems)
    if len(systems) <= _NAMED:
        sentences = [
            site.markup(
                _NAMED_BY_STATUS[statuses], names=join(site, [named_with_date(site, code, system, names) for system in group])
            )
            for statuses, group in groups.items()
        ]
        return escape(site.language.gap).join(sentences)
    parts = join_clauses(site, [site.ngettext(*_COUNTED_BY_STATUS[statuses], len(group)) for statuses, group in groups.items()])
    number = count or text_link(site.url(f"/country/{code}#systems"), site.gettext("Their status"))
    total = site.markup("%(number)s: %(parts)s.", number=number, parts=parts)
    return join_sentences(site, total, disputes(site, code, every or systems, names))


def announced_systems(site: Site, systems: Sequence[DocumentedProject], words: tuple[str, str]) -> Markup:
    """Return a sentence on systems that are only announced: a few by name, otherwise their number.

    `words`: the messages for a number of systems, singular and plural.
    """
    if len(systems) <= _NAMED:
        names = [named_with(site, system, escape(system.year)) for system in systems]
        return site.markup("Only announced: %(names)s.", names=join(site, names))
    count = site.ngettext(*words, len(systems))
    return site.markup("%(count)s are only announced.", count=count)


def censorship_systems(
    site: Site, code: str, systems: Sequence[DocumentedProject], known: Mapping[str, str] | None = None
) -> Markup:
    """Return a sentence on censorship systems: a few by name with their first years and disputes, otherwise their number.

    `code`: the country. `known`: like `names` in `disputing_names`.
    """
    page = site.url(f"/country/{code}#systems")
    count = text_link(page, site.ngettext("%(n)s censorship system", "%(n)s censorship systems", len(systems)))
    if len(systems) > _NAMED:
        return site.markup("%(count)s are on record.", count=count)
    names = [
        named_with(site, system, escape(site.gettext("; ")).join(detail for detail in details if detail))
        for system in sorted(systems, key=lambda system: system.year or "9")
        for details in [(escape(system.year), disputed_by(site, code, system, known))]
    ]
    words = NN_("%(count)s is on record: %(names)s.", "%(count)s are on record: %(names)s.")
    return site.language.nmarkup(*words, len(systems), count=count, names=join(site, names))
