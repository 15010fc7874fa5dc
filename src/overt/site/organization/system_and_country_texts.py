"""The answer at the head of an organisation's page: what it is named for, and in how many countries."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from overt.language.language import N_
from overt.site.country.briefing_texts import join_sentences
from overt.site.country.documented_projects import DocumentedProject
from overt.site.country.sentence_parts import join_clauses, lower_first, text_link
from overt.site.organization.project_and_country_groups import NamedCountry, country_groups
from overt.site.organization.supplies_and_evidence import Naming
from overt.site.organization.tile_strip import systems_filter
from overt.site.site import Site

_BY_OTHER_PROJECTS = (N_("other projects name it"), N_("by other projects in %(n)s"))
_BY_GIVEN_UP_PROJECTS = (N_("only projects that are %(statuses)s name it"), N_("only by %(statuses)s ones in %(n)s"))
_BY_INDEX_ONLY = (N_("only an index names it"), N_("only by an index in %(n)s"))
"""What names an organisation in countries without a system that it supplies: as the only such clause, and as one of several."""


def answer(site: Site, organization: str, name: str, naming: Naming) -> Markup | None:
    """Return sentences on the surveillance and censorship systems that an organisation supplies, and those that it carries out.

    The last one says in how many more countries other projects, only denied, cancelled or unverified ones, or only an index name
    it.
    If none of the systems that it supplies is counted, the sentence says why. Without any system, it says in how many projects it
    has a part or, without a project, that only an index names it. None without any of these. `organization`: its id; `name`: the
    name by which it is known.
    """
    marked_name, systems = site.foreign(name), naming.groups.systems
    built = [
        system for system in naming.carried_out if system.counts and (system.watches(site.words) or system.filters(site.words))
    ]
    parts = list[Markup | str]()
    if systems:
        parts.append(
            site.markup(
                "Sources name %(name)s as supplier of %(count)s%(where)s.",
                name=marked_name,
                count=text_link(site.explorer(systems_filter(site, organization)), system_count(site, systems)),
                where=_in_countries(site, len(country_groups(naming.countries).with_systems)),
            )
        )
        if built:
            parts.append(site.ngettext("It carries out %(n)s other.", "It carries out %(n)s others.", len(built)))
        return join_sentences(site, *parts, _more_countries(site, naming))
    if naming.groups.uncounted:
        named_for = [system for system in naming.supplied if system.watches(site.words) or system.filters(site.words)]
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
    return join_sentences(site, *parts) if parts else _without_systems(site, organization, marked_name, naming)


def _more_countries(site: Site, naming: Naming) -> str:
    """Return a sentence on the countries without a system that it supplies, and what names it there; empty without any.

    The numbers are those of the table: other projects, only given-up ones, and only an index.
    """
    places = country_groups(naming.countries)
    groups = (
        (_BY_OTHER_PROJECTS, len(places.with_other_projects)),
        (_BY_GIVEN_UP_PROJECTS, len(places.with_given_up)),
        (_BY_INDEX_ONLY, len(places.index_only)),
    )
    counts = [(messages, n) for messages, n in groups if n]
    if not counts:
        return ""
    total = sum(count[1] for count in counts)
    more = site.ngettext("In %(n)s more country", "In %(n)s more countries", total)
    dropped = [status for status in naming.groups.uncounted if status != "announced"]
    either = site.language.join([lower_first(site, site.words.term("statuses", status)) for status in dropped], "or")
    if len(counts) == 1:
        return site.gettext("%(where)s, %(what)s.", where=more, what=site.gettext(counts[0][0][0], statuses=either))
    clauses = join_clauses(site, [site.gettext(messages[1], n=site.formats.number(n), statuses=either) for messages, n in counts])
    return site.gettext("%(where)s, it is named otherwise: %(clauses)s.", where=more, clauses=clauses)


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
    """Return a number of countries as the end of a sentence; empty if the country of none is known."""
    return site.ngettext(" in %(n)s country", " in %(n)s countries", countries) if countries else ""


def system_count(site: Site, systems: Sequence[DocumentedProject]) -> str:
    """Return the number of systems with their kind: censorship is named if any of them filters."""
    if any(system.filters(site.words) for system in systems):
        return site.ngettext("%(n)s surveillance or censorship system", "%(n)s surveillance and censorship systems", len(systems))
    return site.ngettext("%(n)s surveillance system", "%(n)s surveillance systems", len(systems))


def statuses(site: Site, counts: Mapping[str, int]) -> list[str]:
    """Return numbers of projects by status: `2 announced`, `4 cancelled`."""
    return [
        site.gettext("%(n)s %(status)s", n=n, status=lower_first(site, site.words.term("statuses", status)))
        for status, n in counts.items()
    ]


def index_titles(site: Site, rows: Sequence[NamedCountry]) -> Markup:
    """Return the titles of the indexes that name the organisation in any of these countries, as links, joined by “or”."""
    sources = sorted({fact.source for row in rows for record in row.indexes for fact in record.shown("supplier") if fact.source})
    links = [str(text_link(site.url(f"/source/{source}"), site.foreign(site.title_of(source)))) for source in sources]
    return Markup(site.language.join(links, "or"))  # noqa: S704 (the parts are markup already)
