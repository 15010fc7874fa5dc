"""The table that adds up an organisation's projects and its countries. It is also the key of the map beside it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from overt.queries.rows.records import Record
from overt.site.country.sentence_parts import join_clauses, lower_first
from overt.site.organization.profile import INDEX_ONLY, OTHER_PROJECTS, WITH_SYSTEMS, Naming, stated
from overt.site.organization.project_and_country_groups import CountryGroups, country_groups, in_name_order
from overt.site.organization.system_and_country_texts import index_titles, statuses
from overt.site.organization.tile_strip import systems_filter
from overt.site.site import Site


class CountRow(NamedTuple):
    """A line of the table."""

    shade: int
    """Shade of its countries on the map."""
    label: str
    details: Markup
    """What the number consists of; empty if the label says it."""
    projects: int
    address: str | None
    """Address of the list of these projects, if there is exactly such a list."""
    countries: int
    """Number of countries that aren't counted in a line above."""


class CountTable(NamedTuple):
    """Lines whose numbers add up to the totals."""

    rows: Sequence[CountRow]
    projects: int
    address: str
    """Address of the list of all projects."""
    countries: int
    also_indexed: int
    """Number of countries with projects that an index names as well."""
    other_countries: str
    """Label of the countries with other projects but no system."""


def count_table(site: Site, organization: str, naming: Naming) -> CountTable:
    """Return the lines for systems that the organisation supplies, other projects, and countries that only an index names.

    Lines without a project and without a country are left out. `organization`: its id.
    """
    groups, countries = naming.groups, country_groups(naming.countries)
    systems = len(groups.systems)
    other, other_countries = _other_labels(site, naming)
    rows = [
        CountRow(
            WITH_SYSTEMS,
            site.gettext("Supplier of surveillance and censorship systems"),
            Markup(),
            systems,
            site.explorer(systems_filter(site, organization)),
            len(countries.with_systems),
        ),
        CountRow(
            OTHER_PROJECTS,
            other,
            escape(_other_parts(site, naming)),
            groups.total - systems,
            None,
            len(countries.with_other_projects),
        ),
        CountRow(
            INDEX_ONLY,
            site.gettext("Named only by an index"),
            index_titles(site, countries.index_only),
            0,
            None,
            len(countries.index_only),
        ),
    ]
    return CountTable(
        [row for row in rows if row.projects or row.countries],
        groups.total,
        site.explorer([("company", organization)]),
        len(naming.countries),
        sum(bool(row.indexes) for row in (*countries.with_systems, *countries.with_other_projects)),
        other_countries,
    )


def counts_context(site: Site, record: Record, naming: Naming) -> dict[str, Any]:
    """Return the context of `organization/counts.html` for an organisation; each group of countries is sorted by name."""
    seat = record.value("country")
    return {
        "subject": record.id,
        "tally": count_table(site, record.id, naming),
        "country_groups": CountryGroups(*(in_name_order(site, group) for group in country_groups(naming.countries))),
        "own_country": seat if seat in {row.code for row in naming.countries} else None,
        "stated": stated(site, naming, record.id),
    }


def _other_labels(site: Site, naming: Naming) -> tuple[str, str]:
    """Return labels for the other projects, and for countries with no system but such a project.

    They are the statuses, such as “announced or cancelled”, if all these projects are systems that aren't counted.
    """
    if naming.groups.rest or not naming.groups.uncounted:
        return site.gettext("Other projects"), site.gettext("Only other projects")
    names = [lower_first(site, site.words.term("statuses", status)) for status in naming.groups.uncounted]
    either = site.language.join(names, "or")
    return either[:1].upper() + either[1:], site.gettext("Only %(statuses)s", statuses=either)


def _other_parts(site: Site, naming: Naming) -> str:
    """Return what the other projects are: systems that aren't counted, by status, and all the rest; empty for only the rest."""
    groups = naming.groups
    parts = statuses(site, groups.uncounted)
    if groups.rest and parts:
        parts.append(site.ngettext("%(n)s of another kind or role", "%(n)s of other kinds or roles", groups.rest))
    return join_clauses(site, parts)
