"""The content of an organisation's page: sentences, owners, projects, clients, money, lists, timeline and map; and its charts."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from overt.charts import Chart, Event, Series, layer_tone
from overt.queries import organizations, projects, records
from overt.queries.address_parameters import ProjectFilter
from overt.queries.database import Reader
from overt.queries.organizations import RoleCount
from overt.queries.rows.records import Record
from overt.site.country.projects_with_details import with_details
from overt.site.country.statements_and_notes_on_projects import statements as statements_on
from overt.site.country.system_table import SYSTEM_KINDS, in_table, listed_first, system_rows
from overt.site.forum_participation import participation_rows
from overt.site.identical_record_groups import group_alike
from overt.site.layer_count_tiles import in_several_tiles
from overt.site.organization import profile_texts, system_and_country_texts
from overt.site.organization.count_table import counts_context
from overt.site.organization.countries_map import countries_map
from overt.site.organization.current_and_past_sections import PRESENT, UNCLEAR, in_phase, phase_sections, release_day
from overt.site.organization.identity_and_official_lists import former_lists, identity_sentences, list_names
from overt.site.organization.newest_documents import age_sentence, newest_documents
from overt.site.organization.ownership import owners, ownership
from overt.site.organization.short_organization_names_and_seats import known_name
from overt.site.organization.supplied_project_kinds import by_attribution, supplied_kinds
from overt.site.organization.supplied_projects_and_index_assessments import where_named
from overt.site.organization.tile_strip import counted_by_tile, strip_tiles, systems_filter
from overt.site.organization.weakly_documented_systems import weakly_documented
from overt.site.organization_in_country.naming_documents import naming_documents
from overt.site.project.company_and_government_statements import REJECTED, RESPONSES
from overt.site.project.dated_status import dated_statuses
from overt.site.sentences.evidence_marks import evidence_mark
from overt.site.sentences.joined_parts import join_clauses, join_sentences
from overt.site.site import Site
from overt.site.timelines_of_several_projects import page_timeline, project_spans

LISTED = 20
"""Maximum number of projects on the page. A link leads to the rest."""
VISIBLE_ROWS = 12
"""Number of rows of clients or financiers that are visible before the reader expands the list."""


def organization_parts(site: Site, reader: Reader, record: Record) -> dict[str, Any]:
    """Return the additional context for the template of an organisation."""
    heading, full = known_name(site, record), site.called(record)
    facts = [fact for name in ("name", "alias") for fact in record.shown(name) if fact.value != heading]
    # If one source gives a name as official and another as an alias, it counts as official.
    names = {fact.value: fact for fact in reversed(facts)}
    other = "en" if site.language.code == "zh" else "zh"
    ordered = sorted(facts, key=lambda fact: (fact.lang or "").partition("-")[0] != other)
    # The full name first, then names in the other language.
    in_order = dict.fromkeys(fact.value for fact in sorted(ordered, key=lambda fact: fact.value != full))
    names = {value: names[value] for value in in_order}
    entry = organizations.find(reader, record.id)
    listed = {"projects": entry.projects, "countries": entry.countries} if entry else {"projects": 0, "countries": 0}
    relations = records.linked(reader, record.id, "relation")
    listings = records.linked(reader, record.id, "listing")
    listings.sort(key=lambda listing: (listing.value("start") or "", listing.id))
    financiers, money = organizations.financiers(reader, record.id), organizations.money(reader, record.id)
    named = where_named(site, reader, record.id)
    supplied = with_details(reader, named.supplied)
    systems = sorted(in_table(site, supplied), key=lambda system: not system.is_documented)
    own_kinds, open_kinds = by_attribution([*supplied, *with_details(reader, named.carried_out)], named.tied)
    statements = records.linked(reader, record.id, "statement", "by")
    on_projects = statements_on(reader, sorted({about for row in statements if (about := row.value("about"))}))
    unused = {project for project, rows in on_projects.items() if not rows[0].use_on_record}
    responses = {row.id: profile_texts.statement_response(row, unused) for row in statements}
    counted = {system.id for system in named.groups.systems}
    counted_systems = [system for system in supplied if system.id in counted]
    own_owners, lists = owners(relations, record.id), _lists(listings)
    in_release = site.official_lists
    sentences = [
        profile_texts.listed(
            site,
            lists["lists"],
            lists["unclear_lists"],
            former_lists(site, listings),
            list_names(site, in_phase(listings, PRESENT)),
            in_release,
        ),
        profile_texts.commitments(site, money, organizations.money_by_kind(reader, record.id)),
        profile_texts.answers(site, statements, responses),
    ]
    in_rows = {code for system in listed_first(systems) for code in named.places.get(system.id, ())}
    naming = naming_documents(site, reader, [system.id for system in supplied], [record.id], "supplier")
    listed_projects = projects.page(reader, ProjectFilter(company=(record.id,)), size=LISTED)
    return {
        "answer": system_and_country_texts.answer(site, record.id, heading, named, record.value("country")),
        "weak": join_sentences(
            site,
            weakly_documented(site, counted_systems, {project: named_by.sources for project, named_by in naming.items()}),
            age_sentence(site, reader, [system.id for system in counted_systems]),
        ),
        "identity": identity_sentences(site, reader, record, own_owners),
        "list_coverage": profile_texts.list_coverage(site, in_release, site.lists_in_part),
        "sentences": [text for text in sentences if text],
        **counts_context(site, reader, record, named),
        "systems": system_rows(site, reader, listed_first(systems), places=named.places, named_by=naming),
        "all_systems": len(systems),
        "uncounted": join_clauses(site, system_and_country_texts.statuses(site, named.groups.uncounted)),
        "all_systems_filter": [("supplier", record.id), *SYSTEM_KINDS],
        "evidence": partial(evidence_mark, site),
        "heading": heading,
        "systems_filter": systems_filter(site, record.id),
        "tiles": strip_tiles(site, reader, record, named, lists["lists"], len(in_release)),
        "supplied": supplied_kinds(site, own_kinds, named.places),
        "supplied_with_others": supplied_kinds(site, open_kinds, named.places),
        "named_in": named.countries,
        "in_several_groups": in_several_tiles(counted_by_tile(reader, record, named)),
        "newest": newest_documents(reader, record.id),
        "statements": sorted(statements, key=lambda row: (row.value("date") or "", row.id), reverse=True),
        "responses": {row.id: RESPONSES[responses[row.id]][1] for row in statements},
        "rejections": {row.id for row in statements if responses[row.id] == "rejection"},
        "rejected": site.gettext(REJECTED),
        "names": [(fact, _language(site, fact.lang)) for fact in names.values()],
        "listed": listed,
        "relations": [(heading, group_alike(rows, _related)) for heading, rows in phase_sections(site, relations)],
        "owners": own_owners,
        "day": release_day(site),
        "ownership": ownership(site, reader, record, relations),
        "listings": phase_sections(site, listings),
        "agreements": records.linked(reader, record.id, "agreement"),
        "assessments": named.assessments,
        "participations": participation_rows(site, records.linked(reader, record.id, "participation", "organization")),
        "participants": participation_rows(site, records.linked(reader, record.id, "participation", "body")),
        "reported": sorted(records.linked(reader, record.id, "reported_figure"), key=_largest_first),
        **_parts(site, organizations.parts(reader, record.id)),
        "projects": listed_projects,
        "dated_statuses": dated_statuses(site, reader, listed_projects),
        "clients": organizations.clients(reader, record.id),
        "financiers": financiers,
        "most": VISIBLE_ROWS,
        "money": money,
        "timeline": _timeline(site, reader, record, listings),
        "map": countries_map(site, named.countries, home=record.value("country") or ""),
        "all_named": named.names_countries,
        "table_names_all": {row.code for row in named.countries} <= in_rows,
    }


def organization_charts(site: Site, reader: Reader, record: Record) -> list[Chart]:
    """Return an organisation's charts in the order of its page. In files, their titles contain its name."""
    relations = records.linked(reader, record.id, "relation")
    listings = records.linked(reader, record.id, "listing")
    name = site.called(record)
    charts = [ownership(site, reader, record, relations), _timeline(site, reader, record, listings)]
    return [replace(chart, text=replace(chart.text, title=f"{chart.text.title}: {name}")) for chart in charts]


def _largest_first(figure: Record) -> tuple[Decimal, str]:
    return -Decimal(figure.value("value") or 0), figure.id


def _lists(listings: Sequence[Record]) -> dict[str, int]:
    """Count the official lists that name an organisation now, and those that may still or already name it.

    Each list counts once, in the first group that applies.
    """
    counted: set[str | None] = set()
    counts = {}
    for name, phases in (("lists", PRESENT), ("unclear_lists", UNCLEAR)):
        new = {listing.value("list") for listing in in_phase(listings, phases)} - counted
        counts[name] = len(new)
        counted |= new
    return counts


def _related(relation: Record) -> Hashable:
    """Return a key that is the same for equal relations from several sources."""
    return tuple(relation.value(name) for name in ("from", "kind", "to", "share", "start", "end"))


def _language(site: Site, tag: str | None) -> str:
    """Return the language of a name in words; empty if it is unknown or is the page's own language."""
    is_own = (tag or "").partition("-")[0] == site.language.code
    return "" if is_own else site.formats.language_name(tag)


def _parts(site: Site, rows: Sequence[RoleCount]) -> dict[str, Any]:
    """Count projects by layer and role. The layer of unknown kinds is an empty string."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row.layer, Counter())[row.role] += row.projects
    layers = [*(row.id for row in site.words.layers), ""]
    roles = {role for counted in counts.values() for role in counted}
    return {
        "parts": sorted(counts.items(), key=lambda pair: layers.index(pair[0])),
        "part_roles": [role for role in site.words.terms["roles"] if role in roles],
    }


def _timeline(site: Site, reader: Reader, record: Record, listings: Sequence[Record]) -> Chart:
    """Draw an organisation's projects as bars, with ticks below them for official lists that name it."""
    spans = project_spans(site, organizations.spans(reader, record.id))
    events = [
        Event(
            site.words.term("lists", listing.value("list") or ""),
            listing.value("start") or "",
            site.record_url("listing", listing.id),
        )
        for listing in listings
    ]
    named = {fact.source for listing in listings for fact in listing.shown("list") if fact.source}
    return page_timeline(
        site,
        site.gettext("What happened when"),
        site.gettext(
            "A row for each layer, a bar for each project from its agreement to its use; when official lists named it below."
        ),
        dict.fromkeys([*organizations.sources(reader, record.id), *sorted(named)]),
        spans,
        events,
        Series("lists", site.gettext("Official lists"), layer_tone("agreements"), "§"),
    )
