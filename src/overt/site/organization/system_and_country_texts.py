"""The answer at the head of an organisation's page: what it is named for, and in how many countries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.language.country_article import with_article
from overt.language.first_letter_case import lower_first
from overt.language.language import N_, NN_
from overt.queries.labels import RecordLabel
from overt.site.country.projects_with_details import DocumentedProject
from overt.site.organization.cancelled_system_dates import ending_words
from overt.site.organization.project_and_country_groups import NamedCountry, country_groups, in_name_order
from overt.site.organization.supplied_project_kinds import own_kinds
from overt.site.organization.supplied_projects_and_index_assessments import NAMED_COUNTRIES, Naming
from overt.site.organization.tile_strip import systems_filter
from overt.site.sentences.joined_parts import join, join_clauses, join_sentences
from overt.site.sentences.linked_record_and_company_names import company_in_sentence, record_link, text_link
from overt.site.site import Site

_OTHER_PROJECTS = (N_("other projects"), N_("other projects (%(n)s)"))
_PLANNED = (N_("plans or offers"), N_("plans or offers (%(n)s)"))
_GIVEN_UP = (N_("systems reported but %(statuses)s"), N_("systems reported but %(statuses)s (%(n)s)"))
_OR_ENDED = (N_("systems that are %(statuses)s or ended"), N_("systems that are %(statuses)s or ended (%(n)s)"))
_INDEX = (N_("an entry in an index"), N_("an entry in an index (%(n)s)"))
"""Words for what an organisation has in countries where it supplies no system: alone, and as one item of a list."""
_FOR, _FOR_SEVERAL = N_("By kind: %(kinds)s."), N_("By kind (a system can have several): %(kinds)s.")
_MORE_KINDS = NN_("%(n)s more kind", "%(n)s more kinds")
_OF_ONE_KIND = NN_(
    "Sources name %(name)s as supplier of %(count)s%(where)s: %(kind)s.",
    "Sources name %(name)s as supplier of %(count)s%(where)s, all of one kind: %(kind)s.",
)
_OF_ONE_KIND_WITH_SCANS = NN_(
    "Sources name %(name)s as supplier or maker of %(count)s%(where)s: %(kind)s.",
    "Sources name %(name)s as supplier or maker of %(count)s%(where)s, all of one kind: %(kind)s.",
)
_OF_KINDS = N_("Sources name %(name)s as supplier of %(count)s%(where)s.")
_OF_KINDS_WITH_SCANS = N_("Sources name %(name)s as supplier or maker of %(count)s%(where)s.")
"""For use if only network scans show some of the systems, because scans don't reveal who supplied them."""
_UNCLEAR = NN_(
    "For %(n)s, no source here says which part it supplied.",
    "For %(n)s, no source here says which part it supplied.",
)
_KINDS, _FEW_SYSTEMS, _PLANS = 6, 9, 2
"""Maximum numbers of kinds to name, of systems for which kinds are listed without numbers, and of plans or offers to name."""


class Answer(NamedTuple):
    """What the head of an organisation's page says about its systems."""

    first: Markup | None
    """The first sentence; None if no system, project or index is on record."""
    rest: Markup
    """The following sentences; may be empty."""


def answer(site: Site, organization: str, name: str, naming: Naming, seat: str | None = None) -> Answer:
    """Return sentences on the surveillance and censorship systems that an organisation supplies, and those that it carries out.

    The first sentence gives their number and their countries. If the countries are many, it says whether the organisation's own
    country is among them; if all systems are of one kind, it gives the kind. The following sentences give the kinds of systems,
    and the countries where the organisation has no counted system, but other projects, plans or offers, given-up systems, or an
    entry in an index.

    If none of the systems that it supplies is counted, the first sentence says why. If it neither supplies nor carries out any,
    the sentence gives the number of its projects or, without a project, says that only an index names it.

    `organization`: its id; `name`: the name by which it is known; `seat`: code of the country where it is based.
    """
    marked_name, systems = site.foreign(name), naming.groups.systems
    built = [system for system in naming.carried_out if system.counts and is_system(site, system)]
    parts = list[Markup | str]()
    if systems:
        kind, kinds = _kinds(site, organization, naming)
        values = {
            "name": marked_name,
            "count": text_link(site.explorer(systems_filter(site, organization)), system_count(site, systems)),
            "where": _in_countries_and_home(site, organization, country_groups(naming.countries).with_systems, seat),
        }
        one_kind, of_kinds = (_OF_ONE_KIND_WITH_SCANS, _OF_KINDS_WITH_SCANS) if naming.scanned else (_OF_ONE_KIND, _OF_KINDS)
        first = site.language.nmarkup(*one_kind, len(systems), **values, kind=kind) if kind else site.markup(of_kinds, **values)
        if built:
            parts.append(site.ngettext("It carries out %(n)s other.", "It carries out %(n)s others.", len(built)))
        return Answer(first, join_sentences(site, kinds, *parts, _more_countries(site, organization, naming)))
    if naming.groups.uncounted:
        named_for = [system for system in naming.supplied if is_system(site, system)]
        why = join_clauses(site, statuses(site, naming.groups.uncounted))
        count = system_count(site, named_for)
        parts.append(
            site.language.nmarkup(
                "Sources name %(name)s as supplier of %(count)s that is not counted: %(why)s.",
                "Sources name %(name)s as supplier of %(count)s that are not counted: %(why)s.",
                len(named_for),
                name=marked_name,
                count=count,
                why=why,
            )
        )
    if built:
        parts.append(
            site.markup("Sources say that %(name)s carries out %(count)s.", name=marked_name, count=system_count(site, built))
        )
    if not parts:
        return Answer(_without_systems(site, organization, marked_name, naming), Markup())
    return Answer(escape(parts[0]), join_sentences(site, *parts[1:]))


def _more_countries(site: Site, organization: str, naming: Naming) -> Markup:
    """Return a sentence on the countries where the organisation supplies no counted system, and on what it has there.

    Empty if there are none. The numbers are those of the table: other projects, only given-up ones, and only an index.
    """
    places, rest = country_groups(naming.countries), naming.groups.rest
    groups = (
        (_OTHER_PROJECTS if rest else _PLANNED, len(places.with_other_projects)),
        (_OR_ENDED if any(ending.used for ending in naming.endings.values()) else _GIVEN_UP, len(places.with_given_up)),
        (_INDEX, len(places.index_only)),
    )
    counts = [(messages, n) for messages, n in groups if n]
    if not counts:
        return Markup()
    plans = [system for system in naming.supplied if system.status == "announced" and is_system(site, system)]
    if counts == [(_PLANNED, len(places.with_other_projects))] and len(plans) <= _PLANS:
        links = [record_link(site, "project", RecordLabel(plan.id, plan.label, plan.label_lang, plan.label_zh)) for plan in plans]
        return site.markup("On record, but not counted: %(names)s.", names=join(site, links))
    more = [*places.with_other_projects, *places.with_given_up, *places.index_only]
    dropped = [status for status in naming.groups.uncounted if status != "announced"]
    if len(counts) == 1 and more == places.with_given_up and dropped == ["denied"] and len(more) <= NAMED_COUNTRIES:
        return _denied(site, organization, naming, more)
    either = site.language.join([lower_first(site.language, site.words.term("statuses", status)) for status in dropped], "or")
    write, is_only = site.formats.number, len(counts) == 1
    clauses = [site.gettext(messages[not is_only], n=write(n), statuses=either) for messages, n in counts]
    what = site.language.join(clauses, "or")
    if len(more) <= NAMED_COUNTRIES:
        names = _linked(site, organization, in_name_order(site, more), _country_endings(site, naming))
        return site.language.nmarkup(
            "For %(n)s more country, Overt only has %(what)s: %(names)s.",
            "For %(n)s more countries, Overt only has %(what)s: %(names)s.",
            len(more),
            what=what,
            names=names,
        )
    return site.language.nmarkup(
        "For %(n)s more country, Overt only has %(what)s.",
        "For %(n)s more countries, Overt only has %(what)s.",
        len(more),
        what=what,
    )


def _denied(site: Site, organization: str, naming: Naming, countries: Sequence[NamedCountry]) -> Markup:
    """Return a sentence on countries in which all systems that the organisation supplies are denied, and on who denies them."""
    deniers: dict[str, dict[str, Markup]] = {}
    for system in naming.groups.given_up:
        for code in naming.places.get(system.id, ()):
            names = {row.by.id: company_in_sentence(site, row.by) for row in system.denials if row.kind == "denial"}
            deniers.setdefault(code, {}).update(names)
    details = {
        code: site.markup("denied by %(names)s", names=join(site, names.values())) for code, names in deniers.items() if names
    }
    return site.language.nmarkup(
        "In %(n)s more country, sources report systems that are denied: %(names)s.",
        "In %(n)s more countries, sources report systems that are denied: %(names)s.",
        len(countries),
        names=_linked(site, organization, in_name_order(site, countries), details),
    )


def is_system(site: Site, project: DocumentedProject) -> bool:
    """Return whether a project is a surveillance or censorship system."""
    return project.watches(site.words) or project.filters(site.words)


def _linked(site: Site, organization: str, countries: Sequence[NamedCountry], details: Mapping[str, str] | None = None) -> Markup:
    """Return names of countries, as links to the pages about the organisation in them.

    `details`: words in brackets after a country, by its code.
    """
    links = [
        (row.code, text_link(site.answer_link(organization, row.code), with_article(site.language, site.words.area(row.code))))
        for row in countries
    ]
    words = details or {}
    return join(
        site,
        [
            site.markup("%(name)s (%(details)s)", name=link, details=words[code]) if words.get(code) else link
            for code, link in links
        ],
    )


def _country_endings(site: Site, naming: Naming) -> dict[str, str]:
    """Return, by country, when a cancelled system was in use and ended, if it is the organisation's only project there."""
    only = {row.code for row in country_groups(naming.countries).with_given_up if row.given_up == 1}
    return {
        code: ending_words(site, naming.endings[system.id])
        for system in naming.groups.given_up
        if system.id in naming.endings
        for code in naming.places.get(system.id, ())
        if code in only
    }


def _kinds(site: Site, organization: str, naming: Naming) -> tuple[Markup | None, Markup]:
    """Return the kinds of surveillance or censorship that sources tie to the organisation: one kind, or a sentence on several.

    If there is only one system, or all are of one kind, return the kinds and an empty sentence. Otherwise, return None and a
    sentence. It gives the number of systems of each kind, unless there are only a few systems and some are of several kinds,
    because the numbers would then add up to more than the systems. It also gives the number of systems for which no source says
    which kind the organisation supplied.
    """
    systems = naming.groups.systems
    tied = [
        [kind for kind in own_kinds(system, naming.tied) if site.words.layer(kind) in ("surveillance", "censorship")]
        for system in systems
    ]
    counts = Counter(kind for kinds in tied for kind in kinds)
    recorded = Counter(kind for system in systems for kind in system.kinds)
    ordered = sorted(counts, key=lambda kind: (-counts[kind], kind))
    of_any_kind = [pair for pair in systems_filter(site, organization) if pair[0] != "kind"]
    names = list[Markup]()
    for kind in ordered[:_KINDS]:
        label = lower_first(site.language, site.words.term("project-kinds", kind))
        is_listed = counts[kind] == recorded[kind]  # Otherwise, the linked list would have more systems.
        name = text_link(site.explorer([*of_any_kind, ("kind", kind)]), label) if is_listed else escape(label)
        names.append(name)
    more = [site.language.nmarkup(*_MORE_KINDS, len(ordered) - _KINDS)] if len(ordered) > _KINDS else []
    is_several = any(len(kinds) > 1 for kinds in tied) and len(systems) > 1
    if len(systems) == 1 or (len(counts) == 1 and counts.total() == len(systems)):
        return (join(site, [*names, *more]) if names else None), Markup()
    if is_several and len(systems) <= _FEW_SYSTEMS:
        named = names
    else:
        values = zip(names, ordered, strict=False)
        named = [site.markup("%(what)s (%(n)s)", what=name, n=counts[kind]) for name, kind in values]
    message = _FOR_SEVERAL if is_several else _FOR
    first = site.markup(message, kinds=join(site, [*named, *more])) if named else Markup()
    unclear = sum(not kinds for kinds in tied)
    return None, join_sentences(site, first, site.ngettext(*_UNCLEAR, unclear) if unclear else "")


def _without_systems(site: Site, organization: str, name: Markup, naming: Naming) -> Markup | None:
    if naming.groups.total:
        words = site.ngettext("%(n)s project", "%(n)s projects", naming.groups.total)
        count = text_link(site.explorer([("company", organization)]), words)
        places = country_groups(naming.countries)
        where = _in_countries(site, len(places.with_other_projects) + len(places.with_given_up))
        return site.markup("%(name)s has a part in %(count)s%(where)s.", name=name, count=count, where=where)
    if naming.countries:
        countries = site.ngettext("%(n)s country", "%(n)s countries", len(naming.countries))
        return site.markup("No project names %(name)s; an index names it in %(countries)s.", name=name, countries=countries)
    return None


def _in_countries(site: Site, countries: int) -> str:
    """Return a number of countries as the end of a sentence; empty if no country is known."""
    return site.ngettext(" in %(n)s country", " in %(n)s countries", countries) if countries else ""


def _in_countries_and_home(site: Site, organization: str, countries: Sequence[NamedCountry], seat: str | None) -> Markup | str:
    """Return countries as the end of a sentence: their names or, if they are many, their number.

    A number is followed by a note if the organisation's own country is among them.
    """
    if 0 < len(countries) <= NAMED_COUNTRIES:
        return site.markup(" in %(countries)s", countries=_linked(site, organization, in_name_order(site, countries)))
    where = _in_countries(site, len(countries))
    if seat not in {row.code for row in countries}:
        return where
    return site.gettext(
        "%(where)s, one of them its own, %(country)s",
        where=where,
        country=with_article(site.language, site.words.area(seat or "")),
    )


def system_count(site: Site, systems: Sequence[DocumentedProject]) -> str:
    """Return the number of systems in words. They are called surveillance and censorship systems if any of them filters."""
    if any(system.filters(site.words) for system in systems):
        return site.ngettext("%(n)s surveillance or censorship system", "%(n)s surveillance and censorship systems", len(systems))
    return site.ngettext("%(n)s surveillance system", "%(n)s surveillance systems", len(systems))


def statuses(site: Site, counts: Mapping[str, int]) -> list[str]:
    """Return numbers of projects by status: `2 announced`, `4 cancelled`."""
    return [
        site.gettext("%(n)s %(status)s", n=n, status=lower_first(site.language, site.words.term("statuses", status)))
        for status, n in counts.items()
    ]


def index_titles(site: Site, rows: Sequence[NamedCountry]) -> Markup:
    """Return the titles of the indexes that name the organisation in any of these countries, as links, joined by “or”."""
    sources = sorted({fact.source for row in rows for record in row.indexes for fact in record.shown("supplier") if fact.source})
    links = [str(text_link(site.url(f"/source/{source}"), site.foreign(site.title_of(source)))) for source in sources]
    return Markup(site.language.join(links, "or"))  # noqa: S704 (the parts are markup already)
