"""The answer at the head of an organisation's page: what it is named for, and in how many countries."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from overt.site.country.briefing_texts import join_sentences
from overt.site.country.documented_projects import DocumentedProject
from overt.site.country.sentence_parts import join_clauses, lower_first, text_link
from overt.site.organization.project_and_country_groups import NamedCountry, country_groups
from overt.site.organization.supplies_and_evidence import Naming
from overt.site.organization.tile_strip import systems_filter
from overt.site.site import Site


def answer(site: Site, organization: str, name: str, naming: Naming) -> Markup | None:
    """Return sentences on the surveillance and censorship systems that an organisation supplies, and those that it carries out.

    The last one says in how many more countries other projects or only an index name it. It leaves out countries where all that
    names it is denied, cancelled or unverified.
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
    """Return a sentence on the countries without a system that it supplies, and what names it there; empty without any."""
    places = country_groups(naming.countries)
    with_projects, index_only = len(places.with_other_projects), len(places.index_only)
    if not with_projects:
        return (
            site.ngettext(
                "Only an index names it in %(n)s more country.", "Only an index names it in %(n)s more countries.", index_only
            )
            if index_only
            else ""
        )
    if not index_only:
        return site.ngettext(
            "Other projects name it in %(n)s more country.", "Other projects name it in %(n)s more countries.", with_projects
        )
    return site.ngettext(
        "Other projects name it in %(n)s more country, and only an index in %(more)s.",
        "Other projects name it in %(n)s more countries, and only an index in %(more)s.",
        with_projects,
        more=site.formats.number(index_only),
    )


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
