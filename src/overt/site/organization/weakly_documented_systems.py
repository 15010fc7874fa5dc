"""A sentence on how many of an organisation's systems rest on one source, or are only agreed."""

from collections.abc import Sequence

from overt.language.language import NN_
from overt.site.country.documented_projects import DocumentedProject
from overt.site.sentence_parts import join_clauses
from overt.site.site import Site

_ONE_SOURCE = NN_("%(n)s rests on one source", "%(n)s rest on one source")
_ONLY_AGREED = NN_(
    "%(n)s is only agreed or ordered, with no use reported", "%(n)s are only agreed or ordered, with no use reported"
)


def weakly_documented(site: Site, systems: Sequence[DocumentedProject], *, sources: bool = True) -> str:
    """Return a sentence on how many of these systems have one independent source, and how many are only agreed; empty for none.

    `systems`: counted systems, with the details of `with_details`. `sources`: whether to count those with one source.
    """
    on_one_source = sum(system.independent_sources <= 1 for system in systems) if sources else 0
    agreed = sum(is_only_agreed(system) for system in systems)
    counts = ((_ONE_SOURCE, on_one_source), (_ONLY_AGREED, agreed))
    parts = join_clauses(site, [site.ngettext(*words, n) for words, n in counts if n])
    if not parts:
        return ""
    if len(systems) > 1:
        return site.gettext("Of the %(n)s systems, %(parts)s.", n=site.formats.number(len(systems)), parts=parts)
    if agreed and on_one_source:
        return site.gettext("It rests on one source, and it is only agreed or ordered: no source reports its use.")
    if agreed:
        return site.gettext("It is only agreed or ordered: no source reports its use.")
    return site.gettext("It rests on one source.")


def is_only_agreed(system: DocumentedProject) -> bool:
    """Return whether sources say no more of a system than that it is agreed: no later status, and no date of work or use."""
    if system.in_use or system.work_reported:
        return False
    return system.status == "agreed" or (system.status in ("unknown", "", None) and system.dated == "agreed")
