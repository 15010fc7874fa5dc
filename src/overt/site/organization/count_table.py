"""The table that adds up an organisation's projects and its countries. It is also the key of the map beside it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from overt.language.first_letter_case import lower_first
from overt.language.language import N_, NN_
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.site.organization.project_and_country_groups import CountryGroups, country_groups, in_name_order
from overt.site.organization.supplied_projects_and_index_assessments import Naming, own_statements
from overt.site.organization.system_and_country_texts import index_titles, statuses
from overt.site.organization.tile_strip import other_layers, systems_filter
from overt.site.sentences.joined_parts import join_clauses
from overt.site.site import Site

WITH_SYSTEMS, OTHER_PROJECTS, GIVEN_UP, INDEX_ONLY, AT_HOME, ONLY_SCANNED = 4, 2, 3, 1, 5, 6
"""Shades of countries on the map. Their tones are in record_and_list_pages.css. The numbers don't rank them.

`AT_HOME`: systems in the organisation's own country. `ONLY_SCANNED`: systems that only network scans show, which don't reveal
who supplied them.
"""
_SUPPLIER = N_("Supplier of surveillance and censorship systems")
_SUPPLIER_OR_MAKER = N_("Supplier or maker of surveillance and censorship systems")
_BY_SCANS = NN_("%(n)s known from network scans alone", "%(n)s known from network scans alone")
_ALL_AFTER_USE, _SOME_AFTER_USE = N_("cancelled after use began"), N_("cancelled, some after use began")

_ONLY, _AND_MORE = N_("Other projects (%(layers)s)"), N_("Other projects (%(layers)s …)")
_LAYERS = 2
"""Maximum number of layers that the label of other projects names."""


class CountRow(NamedTuple):
    """A line of the table."""

    shade: int
    """Shade of the line's countries on the map."""
    label: str
    details: Markup
    """What the number of projects consists of; empty if the label already says it."""
    projects: int
    address: str | None
    """Address of a list of exactly these projects; None if there is no such list."""
    countries: int
    """Number of countries that aren't counted in a line above."""


class CountTable(NamedTuple):
    """The lines of the table, whose numbers add up to the totals."""

    rows: Sequence[CountRow]
    projects: int
    address: str
    """Address of the list of all projects."""
    countries: int
    also_indexed: int
    """Number of countries that have projects and that an index names as well."""
    other_countries: str
    """Label of the countries with other projects but no system."""
    given_up_countries: str
    """Label of the countries whose only projects are denied, cancelled or unverified systems."""
    scanned_countries: int = 0
    """Number of countries whose systems only network scans show."""


def count_table(site: Site, organization: str, naming: Naming, layers: Sequence[str] = ()) -> CountTable:
    """Return an organisation's table: systems that it supplies, other projects, given-up systems, countries only in an index.

    Announced systems are in the second line; denied, cancelled and unverified systems are in the third. A line with neither a
    project nor a country is left out. `organization`: its id. `layers`: the layers of its other projects, most frequent first.
    """
    groups, countries = naming.groups, country_groups(naming.countries)
    systems, given_up = len(groups.systems), len(groups.given_up)
    dropped = [status for status in groups.uncounted if status != "announced"]
    rows = [
        CountRow(
            WITH_SYSTEMS,
            site.gettext(_SUPPLIER_OR_MAKER if naming.scanned else _SUPPLIER),
            escape(site.ngettext(*_BY_SCANS, len(naming.scanned))) if naming.scanned else Markup(),
            systems,
            site.explorer(systems_filter(site, organization)),
            len(countries.with_systems),
        ),
        CountRow(
            OTHER_PROJECTS,
            _other_label(site, layers) if groups.rest else site.gettext("Plans or offers only"),
            escape(_other_parts(site, naming)),
            groups.total - systems - given_up,
            None,
            len(countries.with_other_projects),
        ),
        CountRow(
            GIVEN_UP,
            _status_label(site, naming, dropped),
            escape(join_clauses(site, statuses(site, {status: groups.uncounted[status] for status in dropped})))
            if len(dropped) > 1
            else Markup(),
            given_up,
            None,
            len(countries.with_given_up),
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
        sum(bool(row.indexes) for row in naming.countries) - len(countries.index_only),
        site.gettext("Only other projects") if groups.rest else site.gettext("Plans or offers only"),
        _status_label(site, naming, dropped),
        sum(row.only_scanned for row in naming.countries),
    )


def _other_label(site: Site, layers: Sequence[str]) -> str:
    """Return the label of the other projects, with their most frequent layers: `Other projects (data centres, cables …)`."""
    if not layers:
        return site.gettext("Other projects")
    names = [lower_first(site.language, site.words.term("layers", layer)) for layer in layers[:_LAYERS]]
    words = site.language.comma.join(names)
    more = len(layers) > _LAYERS
    return site.gettext(_AND_MORE if more else _ONLY, layers=words)


def counts_context(site: Site, reader: Reader, record: Record, naming: Naming) -> dict[str, Any]:
    """Return the context of `organization/count_table.html` for an organisation.

    Each group of countries is sorted by name.
    """
    seat = record.value("country")
    return {
        "subject": record.id,
        "tally": count_table(site, record.id, naming, other_layers(reader, record, naming)),
        "country_groups": CountryGroups(*(in_name_order(site, group) for group in country_groups(naming.countries))),
        "own_country": seat if seat in {row.code for row in naming.countries} else None,
        "stated": own_statements(site, naming, record.id),
    }


def _status_label(site: Site, naming: Naming, names: Sequence[str]) -> str:
    """Return statuses as the label of a line: `Reported, but denied or cancelled`."""
    return site.gettext("Reported, but %(statuses)s", statuses=_either(site, naming, names))


def _either(site: Site, naming: Naming, names: Sequence[str]) -> str:
    """Return the words for statuses, with “or” between them. For cancelled systems, they say if any had been in use."""
    words = []
    for status in names:
        used = [
            system.id in naming.endings and naming.endings[system.id].was_used
            for system in naming.groups.given_up
            if system.status == status
        ]
        if any(used):
            words.append(site.gettext(_ALL_AFTER_USE if all(used) else _SOME_AFTER_USE))
        else:
            words.append(lower_first(site.language, site.words.term("statuses", status)))
    return site.language.join(words, "or")


def _other_parts(site: Site, naming: Naming) -> str:
    """Return how many of the other projects are announced systems, and how many are not; empty unless there are both."""
    groups = naming.groups
    announced = {status: n for status, n in groups.uncounted.items() if status == "announced"}
    if not groups.rest or not announced:
        return ""
    rest = site.ngettext("%(n)s of another kind or role", "%(n)s of other kinds or roles", groups.rest)
    return join_clauses(site, [*statuses(site, announced), rest])
