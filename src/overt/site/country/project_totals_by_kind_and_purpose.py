"""A country's projects in groups that don't overlap, so that the parts of their total add up, and what its systems are for."""

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from overt.language.language import N_, NN_
from overt.model.values.date_comparison import latest_date
from overt.queries.database import Reader
from overt.queries.labels import Words
from overt.site.country.opening.first_sentences_rule import opening_rule
from overt.site.country.projects_with_details import QUERIES, DocumentedProject, only_announced, read_systems
from overt.site.country.system_table import in_table
from overt.site.organization.system_and_country_texts import system_count
from overt.site.sentences.joined_parts import join, join_clauses, join_sentences
from overt.site.sentences.linked_record_and_company_names import text_link
from overt.site.site import Site

PARTS = {
    "surveillance": NN_("%(n)s surveillance system", "%(n)s surveillance systems"),
    "censorship": NN_("%(n)s censorship system", "%(n)s censorship systems"),
    "networks": NN_("%(n)s network or data centre", "%(n)s networks or data centres"),
    "submarine-cables": NN_("%(n)s submarine cable", "%(n)s submarine cables"),
    "cables": NN_("%(n)s overland or leased cable", "%(n)s overland or leased cables"),
    "scanners": NN_("%(n)s scanner of goods or baggage", "%(n)s scanners of goods or baggage"),
    "announced": NN_(
        "%(n)s surveillance or censorship system that is only announced",
        "%(n)s surveillance or censorship systems that are only announced",
    ),
    "presence": NN_(
        "%(n)s partnership, factory, office or other presence", "%(n)s partnerships, factories, offices and other presence"
    ),
    "agreements": NN_("%(n)s training or standards project", "%(n)s training or standards projects"),
    "finance": NN_("%(n)s loan or other financing", "%(n)s loans or other financing"),
    "other": NN_("%(n)s project of unknown kind", "%(n)s projects of unknown kind"),
    "denied": NN_("%(n)s denied", "%(n)s denied"),
    "cancelled": NN_("%(n)s cancelled", "%(n)s cancelled"),
    "unverified": NN_("%(n)s unverified", "%(n)s unverified"),
}
"""The groups of a country's projects in the order of the sentence, each with its words. A project is in only one group."""
_LAYERS = ("presence", "agreements", "finance")
_PURPOSES = {
    ("filtering",): N_("%(n)s to filter or block traffic"),
    ("spyware",): N_("%(n)s to break into phones or computers"),
    ("interception",): N_("%(n)s to intercept communications"),
    ("digital-forensics",): N_("%(n)s to copy what is on devices"),
    ("social-media-surveillance",): N_("%(n)s to watch social media"),
    ("facial-recognition",): N_("%(n)s to recognise faces"),
    ("smart-city", "video-surveillance"): N_("%(n)s to watch places with cameras or sensors"),
    ("digital-identity",): N_("%(n)s to identify people"),
    ("smart-policing", "police-it"): N_("%(n)s for police or security data"),
    (): N_("%(n)s for surveillance of other kinds"),
}
"""What systems are for, by their kinds. A system counts only in the first group that has one of its kinds."""

_ON_RECORD = NN_("%(count)s is on record: %(purposes)s.", "%(count)s are on record: %(purposes)s.")
_MORE_ANNOUNCED = NN_("%(n)s more is only announced.", "%(n)s more are only announced.")
_ALL_ANNOUNCED = NN_("%(count)s is only announced: %(purposes)s.", "%(count)s are only announced: %(purposes)s.")
_DISPUTED = NN_("; %(n)s of them is disputed in whole or in part", "; %(n)s of them are disputed in whole or in part")
_ONLY_DISPUTED = NN_("; it is disputed in whole or in part", "; it is disputed in whole or in part")
"""These clauses are added to the messages above if many systems are disputed."""


def group_of(project: DocumentedProject, words: Words) -> str:
    """Return the one group of PARTS in which a project counts.

    A denied, cancelled or unverified project is in the group of its status, and so is a surveillance or censorship system that is
    only announced. A system that both watches and filters counts as a censorship system, and a system that is also a network
    counts as a system.
    """
    is_system = project.filters(words) or project.watches(words)
    if not (project.is_documented if is_system else project.counts):
        return project.status or "other"
    if project.filters(words):
        return "censorship"
    if project.watches(words):
        return "surveillance"
    if project.connects(words):
        return "networks"
    layers = set(map(words.layer, project.kinds))
    if "cables" in layers:
        return "submarine-cables" if "submarine-cable" in project.kinds else "cables"
    if project.scans(words):
        return "scanners"
    return next((layer for layer in _LAYERS if layer in layers), "other")


def project_totals(site: Site, reader: Reader, code: str) -> Mapping[str, int]:
    """Return the number of a country's projects in each group, in the order of PARTS and without empty groups."""
    projects = read_systems(reader.select(QUERIES["queries.projects"], [code]))
    counts = Counter(group_of(project, site.words) for project in projects)
    return {group: counts[group] for group in PARTS if counts[group]}


def total_sentence(site: Site, code: str, totals: Mapping[str, int]) -> Markup | None:
    """Return a sentence with the number of a country's projects in total and by group; None if it has none."""
    total = sum(totals.values())
    if not total:
        return None
    projects = text_link(site.explorer([("country", code)]), site.ngettext("%(n)s project", "%(n)s projects", total))
    parts = [site.ngettext(*PARTS[group], n) for group, n in totals.items()]
    return site.markup("%(projects)s on record: %(parts)s.", projects=projects, parts=join_clauses(site, parts))


def systems_on_world_map(site: Site, code: str, totals: Mapping[str, int]) -> str:
    """Return a sentence on how many of a country's systems the world map counts; empty if it counts all or none of them."""
    mapped = site.systems.by_country.get(code, 0) if site.systems else 0
    systems = totals.get("surveillance", 0) + totals.get("censorship", 0)
    if not 0 < mapped < systems:
        return ""
    words = N_("The map of the world counts %(n)s of the %(all)s systems: those that have a named supplier.")
    return site.gettext(words, n=mapped, all=systems)


def counted_systems(site: Site, systems: Sequence[DocumentedProject]) -> list[DocumentedProject]:
    """Return the surveillance and censorship systems that sentences count: those that are documented."""
    return [system for system in in_table(site, systems) if system.is_documented]


def systems_sentence(site: Site, code: str, systems: Sequence[DocumentedProject]) -> Markup | None:
    """Return a sentence on how many counted surveillance and censorship systems a country has, and what they are for.

    If a large share (`disputed_share`) is disputed, it gives the number of disputed ones. Systems that are only announced aren't
    counted: a second sentence gives their number, or the first one is about them if no system counts. Return None without either.
    """
    documented, announced = counted_systems(site, systems), only_announced(in_table(site, systems))
    counted = documented or announced
    if not counted:
        return None
    count = text_link(site.url(f"/country/{code}#systems"), system_count(site, counted))
    groups = Counter(next(kinds for kinds in _PURPOSES if not kinds or {*kinds} & {*system.kinds}) for system in counted)
    parts = [
        escape(site.gettext(words, n=site.formats.number(groups[kinds]))) for kinds, words in _PURPOSES.items() if groups[kinds]
    ]
    values = {"count": count, "purposes": join(site, parts)}
    disputed = sum(bool(system.disputing) for system in counted)
    if disputed and disputed >= opening_rule().systems.disputed_share * len(counted):
        words = _ONLY_DISPUTED if len(counted) == 1 else _DISPUTED
        values["purposes"] += site.language.nmarkup(*words, disputed)
    sentence = site.language.nmarkup(*(_ON_RECORD if documented else _ALL_ANNOUNCED), len(counted), **values)
    more = site.ngettext(*_MORE_ANNOUNCED, len(announced)) if documented and announced else ""
    return join_sentences(site, sentence, more)


def newest_document(reader: Reader, code: str) -> str | None:
    """Return the date (EDTF) of the newest document behind a country's projects and restrictions; None if none is dated."""
    dates = [row["published"] for row in reader.select(QUERIES["queries.document_dates"], {"code": code})]
    return latest_date(dates)
