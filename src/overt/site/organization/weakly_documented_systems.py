"""Sentences on how many of an organisation's systems rest on one source, and which are only agreed."""

from collections.abc import Sequence

from markupsafe import Markup

from overt.language.language import NN_
from overt.queries.labels import RecordLabel
from overt.site.country.blocking_and_surveillance_texts import join_sentences
from overt.site.country.documented_projects import DocumentedProject
from overt.site.sentence_parts import join, join_clauses, record_link
from overt.site.site import Site

_ONE_SOURCE = NN_("%(n)s rests on one source", "%(n)s rest on one source")
_ONLY_AGREED = NN_("%(n)s is only agreed or ordered", "%(n)s are only agreed or ordered")
_NAMED_AGREED = NN_(
    "%(names)s is only agreed or ordered: none of the documents here reports its use.",
    "%(names)s are only agreed or ordered: none of the documents here reports their use.",
)
_NO_USE = NN_("None of the documents here reports its use.", "None of the documents here reports their use.")
_NAMED = 2
"""Maximum number of systems that are named for being only agreed, of several."""


def weakly_documented(site: Site, systems: Sequence[DocumentedProject], *, sources: bool = True) -> Markup:
    """Return sentences on how many of these systems have one independent source, and which are only agreed; empty for none.

    `systems`: counted systems, with the details of `with_details`. `sources`: whether to count those with one source.
    """
    on_one_source = sum(system.independent_sources <= 1 for system in systems) if sources else 0
    agreed = [system for system in systems if is_only_agreed(system) and not _is_used_elsewhere(system, systems)]
    if len(systems) == 1:
        return join_sentences(site, *_of_one(site, bool(on_one_source), bool(agreed)))
    by_name = 0 < len(agreed) <= _NAMED
    counts = ((_ONE_SOURCE, on_one_source), (_ONLY_AGREED, 0 if by_name else len(agreed)))
    parts = join_clauses(site, [site.ngettext(*words, n) for words, n in counts if n])
    sentences = (
        [site.markup("Of the %(n)s systems, %(parts)s.", n=site.formats.number(len(systems)), parts=parts)] if parts else []
    )
    if by_name:
        links = [record_link(site, "project", RecordLabel(row.id, row.label, row.label_lang, row.label_zh)) for row in agreed]
        sentences.append(site.language.nmarkup(*_NAMED_AGREED, len(agreed), names=join(site, links)))
    elif agreed:
        sentences.append(site.language.nmarkup(*_NO_USE, len(agreed)))
    return join_sentences(site, *sentences)


def _of_one(site: Site, on_one_source: bool, is_agreed: bool) -> list[Markup]:
    """Return the sentences on a single system."""
    if on_one_source and is_agreed:
        return [
            site.markup("It rests on one source, and it is only agreed or ordered: none of the documents here reports its use.")
        ]
    if is_agreed:
        return [site.markup("It is only agreed or ordered: none of the documents here reports its use.")]
    return [site.markup("It rests on one source.")] if on_one_source else []


def is_only_agreed(system: DocumentedProject) -> bool:
    """Return whether sources say no more of a system than that it is agreed.

    They give no later status and no date of work or use, and no statement on record concerns its use: even one that denies it
    shows that somebody reported it.
    """
    if system.in_use or system.work_reported or system.use_stated:
        return False
    return system.status == "agreed" or (system.status in ("unknown", "", None) and system.dated == "agreed")


def _is_used_elsewhere(system: DocumentedProject, systems: Sequence[DocumentedProject]) -> bool:
    """Return whether another of these systems has the same customer and is more than agreed.

    Its use may then be that of `system`.
    """
    customers = {party.id for party in system.customers}
    return any(
        customers & {party.id for party in other.customers} and not is_only_agreed(other) for other in systems if other != system
    )
