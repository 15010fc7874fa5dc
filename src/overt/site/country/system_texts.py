"""Sentences that name systems as examples, with place, year and status, and that say how many are in use, planned or stopped."""

import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from overt.language.language import NN_
from overt.site.country.documented_projects import BUILT, ENDED, PLANNED, Denial, DocumentedProject
from overt.site.country.sentence_parts import (
    join,
    join_clauses,
    lower_first,
    record_mark,
    short_name,
    text_link,
)
from overt.site.site import Site

NAMED = 3
"""Maximum number of examples in a sentence."""
_SHORT_STATEMENT = 100
"""Maximum length of a statement that is repeated in brackets, in characters."""
_LAST_BRACKETS = re.compile(r"\s*[(（]([^()（）]*)[)）]$")
_PROGRESS = {
    BUILT: NN_("%(n)s as built or in use", "%(n)s as built or in use"),
    PLANNED: NN_("%(n)s as planned or being built", "%(n)s as planned or being built"),
    ENDED: NN_("%(n)s as stopped", "%(n)s as stopped"),
}


def named_systems(
    site: Site,
    systems: Sequence[DocumentedProject],
    places: Mapping[str, Sequence[str]] | None = None,
    code: str = "",
    most: int = NAMED,
) -> Markup:
    """Return the first systems, each with its evidence, and the number of the rest.

    Each has in brackets its year, its country, its status and statements that deny something: the year and the country unless its
    name contains them.
    An unknown status is named only for surveillance and censorship systems. `places`: the countries of each system; no country is
    added if there is none or more than one. `code`: the country that all these systems are in; brackets that contain it are left
    out of the end of their names. `most`: maximum number of examples.
    """
    area = site.words.areas.get(code)
    labels = (area.label, area.other) if area else ()
    names = [_system(site, system, (places or {}).get(system.id, ()), labels) for system in systems[:most]]
    return join(site, names, len(systems) - len(names))


def _system(site: Site, system: DocumentedProject, codes: Sequence[str], area_labels: Sequence[str]) -> Markup:
    name = site.called(system)
    lang = system.label_lang if name == system.label else site.language.code
    brackets = _LAST_BRACKETS.search(name)
    if brackets and any(label in brackets[1] for label in area_labels):
        name = name[: brackets.start()]
    place = site.words.area(codes[0]) if len(codes) == 1 else ""
    details: list[Markup | str] = [text for text in (place, system.year) if text and text not in name]
    if status := _status(site, system):
        details.append(status)
    if system.denials:
        details.append(statements_on(site, system.denials))
    link = text_link(site.record_url("project", system.id), site.foreign(name, lang))
    separator = "，" if site.language.code == "zh" else site.language.comma
    words = site.markup(" (%(details)s)", details=escape(separator).join(details)) if details else Markup()
    return link + words + record_mark(site, "project", system.id, system.independent_sources)


def _status(site: Site, system: DocumentedProject) -> str:
    if system.status and system.status != "unknown":
        return lower_first(site, site.words.term("statuses", system.status))
    is_system = system.watches(site.words) or system.filters(site.words)
    return lower_first(site, site.gettext("Status unknown")) if is_system else ""


def statements_on(site: Site, denials: Sequence[Denial]) -> Markup:
    """Return whose statements on a project are on record, as a link to the first; a single short one with its words.

    They aren't called denials, because the data doesn't say which part of the record they deny.
    """
    names = [short_name(name) for denial in denials if (name := site.called(denial.by))]
    listed = join(site, [escape(name) for name in dict.fromkeys(names)][:NAMED])
    address = site.record_url("statement", denials[0].id)
    note = denials[0].note or ""
    if len(denials) == 1 and 0 < len(note) <= _SHORT_STATEMENT:
        text = site.language.phrase(note) or site.foreign(note.rstrip("."), "en")
        link = text_link(address, site.markup("statement by %(names)s", names=listed))
        return site.markup("%(link)s: %(text)s", link=link, text=text.rstrip(".。"))
    return text_link(address, site.markup("statement by %(names)s on record", names=listed))


def progress(site: Site, systems: Sequence[DocumentedProject]) -> list[str]:
    """Return sentences on how many systems sources report as built or in use, planned and stopped, and on the rest."""
    counts = {statuses: sum(system.status in statuses for system in systems) for statuses in _PROGRESS}
    silent = len(systems) - sum(counts.values())
    if len(systems) == 1:
        return [_progress_of_one(site, counts)]
    parts = [site.ngettext(*_PROGRESS[statuses], n) for statuses, n in counts.items() if n]
    sentences = [site.gettext("Sources report %(parts)s.", parts=join_clauses(site, parts))] if parts else []
    if silent and parts:
        sentences.append(
            site.ngettext(
                "For %(n)s, no source says whether it is in use.", "For %(n)s, no source says whether they are in use.", silent
            )
        )
    elif silent:
        sentences.append(site.gettext("No source says whether they are in use."))
    return sentences


def _progress_of_one(site: Site, counts: Mapping[tuple[str, ...], int]) -> str:
    if counts[BUILT]:
        return site.gettext("Sources report it as built or in use.")
    if counts[PLANNED]:
        return site.gettext("Sources report it as planned or being built.")
    if counts[ENDED]:
        return site.gettext("Sources report it as stopped.")
    return site.gettext("No source says whether it is in use.")
