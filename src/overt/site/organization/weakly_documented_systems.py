"""Sentences on an organisation's weakly documented systems: those that rest on one source, and those that are only agreed."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from overt.language.language import N_, NN_
from overt.queries.labels import RecordLabel
from overt.site.country.projects_with_details import DocumentedProject
from overt.site.sentences.joined_parts import join, join_clauses, join_sentences
from overt.site.sentences.linked_record_and_company_names import record_link
from overt.site.site import Site

_ONE_SOURCE = NN_("%(n)s rests on one source", "%(n)s rest on one source")
_NAMED_ONE_SOURCE = NN_("%(names)s rests on one source.", "%(names)s rest on one source.")
_ONLY_AGREED = NN_("%(n)s is only agreed or ordered", "%(n)s are only agreed or ordered")
_NAMED_AGREED = NN_(
    "%(names)s is only agreed or ordered: none of the documents here reports its use.",
    "%(names)s are only agreed or ordered: none of the documents here reports their use.",
)
_SCANNED = NN_(
    "%(n)s of its systems is known from network scans alone, which show who made a product, not who supplied it.",
    "%(n)s of its systems are known from network scans alone, which show who made a product, not who supplied it.",
)
_ONLY_SCANNED = N_("It is known from network scans alone, which show who made a product, not who supplied it.")
_NAMED = 2
"""If at most this many of several systems rest on one source, they are named. So are systems that are only agreed."""


def weakly_documented(
    site: Site, systems: Sequence[DocumentedProject], named_by: Mapping[str, int] = {}, *, sources: bool = True
) -> Markup:
    """Return sentences on an organisation's weakly documented systems; empty if there are none.

    These have only one separate source, are only agreed, or are known only from scans. `systems`: counted systems, with the
    details of `with_details`. `named_by`: the number of separate sources that name the organisation in a system, by the
    system's id; without an entry, all sources on the system count. `sources`: whether to mention systems with one source.
    """
    on_one_source = [system for system in systems if named_by.get(system.id, system.independent_sources) <= 1] if sources else []
    by_scans = ""
    if scanned := sum(system.found_by_scan for system in systems):
        by_scans = site.ngettext(*_SCANNED, scanned) if len(systems) > 1 else site.gettext(_ONLY_SCANNED)
    agreed = [system for system in systems if is_only_agreed(system) and not _is_used_elsewhere(system, systems)]
    if len(systems) == 1:
        return join_sentences(site, *_of_one(site, bool(on_one_source), bool(agreed)), by_scans)
    name_sources, name_agreed = (0 < len(group) <= _NAMED for group in (on_one_source, agreed))
    counts = ((_ONE_SOURCE, 0 if name_sources else len(on_one_source)), (_ONLY_AGREED, 0 if name_agreed else len(agreed)))
    parts = join_clauses(site, [site.ngettext(*words, n) for words, n in counts if n])
    sentences = (
        [site.markup("Of the %(n)s systems, %(parts)s.", n=site.formats.number(len(systems)), parts=parts)] if parts else []
    )
    if agreed and not name_agreed:
        sentences.append(site.markup("No document here reports use of these %(n)s.", n=site.formats.number(len(agreed))))
    if name_sources:
        names = _links(site, on_one_source)
        sentences.append(site.language.nmarkup(*_NAMED_ONE_SOURCE, len(on_one_source), names=names))
    if name_agreed:
        sentences.append(site.language.nmarkup(*_NAMED_AGREED, len(agreed), names=_links(site, agreed)))
    return join_sentences(site, *sentences, by_scans)


def _links(site: Site, systems: Sequence[DocumentedProject]) -> Markup:
    labels = [RecordLabel(row.id, row.label, row.label_lang, row.label_zh) for row in systems]
    return join(site, [record_link(site, "project", label) for label in labels])


def _of_one(site: Site, on_one_source: bool, is_agreed: bool) -> list[Markup]:
    """Return a sentence saying that an organisation's only system has one source, is only agreed, or both; empty if neither."""
    if on_one_source and is_agreed:
        return [
            site.markup("It rests on one source, and it is only agreed or ordered: none of the documents here reports its use.")
        ]
    if is_agreed:
        return [site.markup("It is only agreed or ordered: none of the documents here reports its use.")]
    return [site.markup("It rests on one source.")] if on_one_source else []


def is_only_agreed(system: DocumentedProject) -> bool:
    """Return whether sources say only that a system was agreed.

    If so, they give no later status and no date of work or use, and no statement on record concerns its use. Even a denial
    of use would show that somebody reported it.
    """
    if system.in_use or system.work_reported or system.use_stated:
        return False
    return system.status == "agreed" or (system.status in ("unknown", "", None) and system.dated == "agreed")


def _is_used_elsewhere(system: DocumentedProject, systems: Sequence[DocumentedProject]) -> bool:
    """Return whether another of these systems has the same customer and is more than agreed.

    If so, sources on the other system may be about the use of `system`.
    """
    customers = {party.id for party in system.customers}
    return any(
        customers & {party.id for party in other.customers} and not is_only_agreed(other) for other in systems if other != system
    )
