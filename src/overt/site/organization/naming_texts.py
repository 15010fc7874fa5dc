"""Sentences on the systems that an organisation supplies, on all its projects, and on the countries in which it is named.

Their numbers add up: the systems, those not counted and the rest to all projects; the groups of countries to all countries.
"""

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from overt.language.language import NN_
from overt.queries.rows.records import Record
from overt.site.country.briefing_texts import join_sentences
from overt.site.country.documented_projects import DocumentedProject
from overt.site.country.sentence_parts import join_clauses, lower_first, text_link
from overt.site.country.system_texts import named_systems
from overt.site.organization.company_groups import NamedCountry, country_groups
from overt.site.organization.profile import Naming
from overt.site.organization.strip import systems_filter
from overt.site.site import Site

_ONLY_OTHER = NN_("%(n)s more only with other projects", "%(n)s more only with other projects")
_WITH_PROJECTS = NN_("%(n)s with projects", "%(n)s with projects")


def supplies(site: Site, record: Record, naming: Naming) -> Markup | None:
    """Return sentences on the surveillance and censorship systems that the organisation supplies, and those that it carries out.

    If none of the systems that it supplies is counted, the sentence says why. None without any system.
    """
    systems = naming.groups.systems
    built = [
        system for system in naming.carried_out if system.counts and (system.watches(site.words) or system.filters(site.words))
    ]
    if not systems:
        parts = [_only_uncounted(site, naming) if naming.groups.uncounted else "", _carries_out(site, built) if built else ""]
        return join_sentences(site, *parts) or None
    count = text_link(site.explorer(systems_filter(site, record.id)), system_count(site, systems))
    names = named_systems(site, systems, naming.places)
    parts = [site.markup("Sources name it as supplier of %(count)s%(where)s.", count=count, where=_in_countries(site, naming))]
    parts.append(site.markup("The best documented: %(names)s.", names=names))
    if built:
        parts.append(escape(site.ngettext("It carries out %(n)s other.", "It carries out %(n)s others.", len(built))))
    return join_sentences(site, *parts)


def _in_countries(site: Site, naming: Naming) -> str:
    """Return in how many countries the systems are, as the end of a sentence; empty if the country of none is known."""
    rows = country_groups(naming.countries).with_systems
    if len(rows) > 1 and len(rows) == len(naming.groups.systems) == sum(row.systems for row in rows):
        return site.ngettext(", one each in %(n)s country", ", one each in %(n)s countries", len(rows))
    return site.ngettext(" in %(n)s country", " in %(n)s countries", len(rows)) if rows else ""


def system_count(site: Site, systems: Sequence[DocumentedProject]) -> str:
    """Return the number of systems with their kind: filtering is named if any of them filters."""
    if any(system.filters(site.words) for system in systems):
        return site.ngettext("%(n)s surveillance or censorship system", "%(n)s surveillance and censorship systems", len(systems))
    return site.ngettext("%(n)s surveillance system", "%(n)s surveillance systems", len(systems))


def _only_uncounted(site: Site, naming: Naming) -> Markup:
    named_for = [system for system in naming.supplied if system.watches(site.words) or system.filters(site.words)]
    return site.language.nmarkup(
        "Sources name it as supplier of %(n)s surveillance or censorship system that is not counted (%(why)s): %(names)s.",
        "Sources name it as supplier of %(n)s surveillance and censorship systems that are not counted (%(why)s): %(names)s.",
        len(named_for),
        why=_by_status(site, naming.groups.uncounted),
        names=named_systems(site, named_for, naming.places),
    )


def _by_status(site: Site, counts: Mapping[str, int]) -> str:
    """Return numbers of projects by status: `2 announced and 4 cancelled`."""
    words = [
        site.gettext("%(n)s %(status)s", n=n, status=lower_first(site, site.words.term("statuses", status)))
        for status, n in counts.items()
    ]
    return join_clauses(site, words)


def _carries_out(site: Site, built: Sequence[DocumentedProject]) -> Markup:
    count = system_count(site, built)
    text = site.markup("Sources say that it carries out %(count)s: %(names)s.", count=count, names=named_systems(site, built))
    return join_sentences(site, text)


def in_all(site: Site, record: Record, naming: Naming) -> Markup | None:
    """Return sentences on systems that aren't counted, on other projects, and on the number of all; None without a project."""
    groups, parts = naming.groups, list[Markup | str]()
    if not groups.total:
        return None
    uncounted = sum(groups.uncounted.values())
    if groups.systems and uncounted:
        parts.append(
            site.ngettext(
                "%(n)s more is not counted: %(parts)s.",
                "%(n)s more are not counted: %(parts)s.",
                uncounted,
                parts=_by_status(site, groups.uncounted),
            )
        )
    words = site.ngettext("%(n)s project", "%(n)s projects", groups.total)
    count = text_link(site.explorer([("company", record.id)]), words)
    if not groups.systems and not uncounted:
        parts.append(site.markup("It has a part in %(count)s.", count=count))
    elif groups.rest:
        parts.append(
            site.language.nmarkup(
                "With %(n)s project of another kind or in another role, it has a part in %(count)s.",
                "With %(n)s projects of other kinds or in other roles, it has a part in %(count)s.",
                groups.rest,
                count=count,
            )
        )
    elif groups.systems and uncounted:
        parts.append(site.markup("That makes %(count)s in all.", count=count))
    return join_sentences(site, *parts) or None


def where_named(site: Site, rows: Sequence[NamedCountry], page: str = "") -> Markup | None:
    """Return sentences on the countries in which the organisation is named, in groups that add up; None without any country.

    `page`: address of the organisation's page, where the countries are listed; empty on that page itself.
    """
    if not rows:
        return None
    groups = country_groups(rows)
    where = text_link(f"{page}#countries", site.ngettext("%(n)s country", "%(n)s countries", len(rows)))
    parts = [str(part) for part in country_parts(site, rows)]
    listed = Markup(join_clauses(site, parts))  # noqa: S704 (the parts are markup already)
    total = (
        site.markup("It is named in %(where)s: %(parts)s.", where=where, parts=listed)
        if len(parts) > 1
        else site.markup("It is named in %(where)s, only by %(indexes)s.", where=where, indexes=index_titles(site, rows))
        if groups.index_only
        else site.markup("Its projects are in %(where)s.", where=where)
    )
    also_indexed = sum(bool(row.indexes) for row in (*groups.with_systems, *groups.with_other_projects))
    also = (
        site.ngettext(
            "Indexes also name it in %(n)s of the countries with projects.",
            "Indexes also name it in %(n)s of the countries with projects.",
            also_indexed,
        )
        if also_indexed
        else ""
    )
    return join_sentences(site, total, also)


def country_parts(site: Site, rows: Sequence[NamedCountry]) -> list[Markup]:
    """Return the numbers of countries in each group, without empty groups: with systems, with only other projects, by index.

    The last part names the indexes.
    """
    groups = country_groups(rows)
    with_systems, other, indexed = (len(group) for group in groups)
    parts = [escape(site.ngettext("%(n)s with systems that it supplies", "%(n)s with systems that it supplies", with_systems))]
    words = _ONLY_OTHER if with_systems else _WITH_PROJECTS
    parts += [
        escape(site.ngettext(*words, other)),
        site.language.nmarkup(
            "%(n)s more only by an index (%(indexes)s)",
            "%(n)s more only by an index (%(indexes)s)",
            indexed,
            indexes=index_titles(site, groups.index_only),
        ),
    ]
    return [part for part, n in zip(parts, (with_systems, other, indexed), strict=True) if n]


def index_titles(site: Site, rows: Sequence[NamedCountry]) -> Markup:
    """Return the titles of the indexes that name the organisation in any of these countries, as links, joined by “or”."""
    sources = sorted({fact.source for row in rows for record in row.indexes for fact in record.shown("supplier") if fact.source})
    links = [str(text_link(site.url(f"/source/{source}"), site.foreign(site.title_of(source)))) for source in sources]
    return Markup(site.language.join(links, "or"))  # noqa: S704 (the parts are markup already)
