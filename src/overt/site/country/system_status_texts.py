"""Sentences that say how many systems are in use, planned, suspended or decommissioned, and why others aren't counted."""

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from overt.language.language import NN_
from overt.site.country.documented_projects import BUILT, DISPUTED, PLANNED, DocumentedProject
from overt.site.country.sentence_parts import join_clauses, lower_first, short_name
from overt.site.site import Site

_UNCOUNTED = {
    "denied": NN_("%(n)s denied", "%(n)s denied"),
    "cancelled": NN_("%(n)s cancelled", "%(n)s cancelled"),
    "unverified": NN_("%(n)s unverified", "%(n)s unverified"),
}
_SUSPENDED, _DECOMMISSIONED = ("suspended",), ("decommissioned",)
_PROGRESS = {
    BUILT: NN_("%(n)s as built or in use", "%(n)s as built or in use"),
    PLANNED: NN_("%(n)s as planned or being built", "%(n)s as planned or being built"),
    _SUSPENDED: NN_("%(n)s as suspended", "%(n)s as suspended"),
    _DECOMMISSIONED: NN_("%(n)s as decommissioned", "%(n)s as decommissioned"),
}


def why_uncounted(site: Site, systems: Sequence[DocumentedProject]) -> str:
    """Return why systems aren't counted, as the end of a sentence: `denied by A and B` for one, `2 denied, 1 cancelled` for more.

    Who denies a system is named if it is the only one and its status is that it is denied.
    """
    counts = Counter(system.status for system in systems if not system.counts)
    if counts.total() > 1:
        return join_clauses(site, [site.ngettext(*_UNCOUNTED[status], counts[status]) for status in DISPUTED if counts[status]])
    [system] = [system for system in systems if not system.counts]
    deniers = list({denial.by.id: short_name(site.called(denial.by)) for denial in system.denials}.values())
    if system.status == "denied" and deniers:
        return site.gettext("denied by %(names)s", names=site.language.join(deniers))
    return lower_first(site, site.words.term("statuses", system.status or ""))


def progress(site: Site, systems: Sequence[DocumentedProject], count: Markup) -> Markup:
    """Return a sentence on how many systems are in use, planned, suspended or decommissioned, and for how many no source says.

    `count`: the number of these systems in words, as a link.
    """
    counts = {statuses: sum(system.status in statuses for system in systems) for statuses in _PROGRESS}
    silent = len(systems) - sum(counts.values())
    parts = [site.ngettext(*_PROGRESS[statuses], n) for statuses, n in counts.items() if n]
    if not parts and len(systems) > 1:
        return site.markup("No source says whether %(count)s are in use.", count=count)
    if len(systems) == 1:
        return _progress_of_one(site, counts, count)
    clauses = join_clauses(site, parts)
    if not silent:
        return site.markup("Of %(count)s, sources report %(parts)s.", count=count, parts=clauses)
    return site.markup("Of %(count)s, sources report %(parts)s; for %(n)s, no source says.", count=count, parts=clauses, n=silent)


def _progress_of_one(site: Site, counts: Mapping[tuple[str, ...], int], count: Markup) -> Markup:
    if counts[BUILT]:
        return site.markup("Sources report %(count)s as built or in use.", count=count)
    if counts[PLANNED]:
        return site.markup("Sources report %(count)s as planned or being built.", count=count)
    if counts[_SUSPENDED]:
        return site.markup("Sources report %(count)s as suspended.", count=count)
    if counts[_DECOMMISSIONED]:
        return site.markup("Sources report %(count)s as decommissioned.", count=count)
    return site.markup("No source says whether %(count)s is in use.", count=count)
