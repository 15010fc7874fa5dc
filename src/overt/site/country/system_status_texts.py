"""Sentences that say how many systems are in use, planned, suspended or decommissioned, and why others aren't counted."""

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup, escape

from overt.language.language import N_, NN_
from overt.language.mid_sentence import lower_first
from overt.site.country.documented_projects import BUILT, DISPUTED, PLANNED, DocumentedProject
from overt.site.sentence_parts import join, join_clauses, named_with, short_name
from overt.site.site import Site

_UNCOUNTED = {
    "denied": NN_("%(n)s denied", "%(n)s denied"),
    "cancelled": NN_("%(n)s cancelled", "%(n)s cancelled"),
    "unverified": NN_("%(n)s unverified", "%(n)s unverified"),
}
_REPORTERS = 2
"""Maximum number of publishers that are named as reporting a denied system."""
_SUSPENDED, _DECOMMISSIONED = ("suspended",), ("decommissioned",)
_STATUSES: tuple[tuple[str, ...], ...] = (BUILT, PLANNED, _SUSPENDED, _DECOMMISSIONED)


def why_uncounted(site: Site, systems: Sequence[DocumentedProject]) -> str:
    """Return why systems aren't counted, as the end of a sentence.

    It is `reported by P; denied by A and B` for one system, and `2 denied, 1 cancelled` for more. Whoever denies a system is
    named only if it is the only uncounted one and its status is `denied`.
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
"""Number of systems of one status that are named if at least two more have it; otherwise, all are named."""
_MORE = NN_("%(n)s more", "%(n)s more")
_NAMED_BY_STATUS = {
    BUILT: N_("Built or in use: %(names)s."),
    PLANNED: N_("Planned or being built: %(names)s."),
    _SUSPENDED: N_("Suspended: %(names)s."),
    _DECOMMISSIONED: N_("Decommissioned: %(names)s."),
    (): N_("No source gives a status: %(names)s."),
}


def _by_status(site: Site, systems: Sequence[DocumentedProject]) -> Markup:
    """Return sentences that name systems by their status, each with the day of the newest source that gives it.

    If more than `_NAMED` + 1 systems have one status, the first `_NAMED` are named and the others are counted.
    """
    sentences = list[Markup]()
    grouped = {statuses: [system for system in systems if system.status in statuses] for statuses in _STATUSES}
    known = {system.id for group in grouped.values() for system in group}
    grouped[()] = [system for system in systems if system.id not in known]
    for statuses, group in grouped.items():
        listed = group[:_NAMED] if len(group) > _NAMED + 1 else group
        names = [_named_with_date(site, system, has_status=bool(statuses)) for system in listed]
        if more := len(group) - len(listed):
            names.append(site.language.nmarkup(*_MORE, more))
        if names:
            sentences.append(site.markup(_NAMED_BY_STATUS[statuses], names=join(site, names)))
    return escape(site.language.gap).join(sentences)


def _named_with_date(site: Site, system: DocumentedProject, *, has_status: bool) -> Markup:
    day = system.status_as_of or (system.in_use if system.status == "operational" else None)
    as_of = site.formats.date(day) if day else ""
    date = site.gettext("as of %(date)s", date=as_of) if as_of else site.gettext("undated")
    return named_with(site, system, date if has_status else "")


def progress(site: Site, systems: Sequence[DocumentedProject], count: Markup) -> Markup:
    """Return sentences on systems that are in use, planned, suspended or decommissioned, and those for which no source says.

    `count`: the number of these systems in words, as a link.
    """
    by_status = _by_status(site, systems)
    if len(systems) <= _NAMED:
        return by_status
    total = site.markup("%(count)s.", count=count)
    return escape(site.language.gap).join([total, by_status])
