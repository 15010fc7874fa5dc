"""The content of a project's page: organisations, money, places, documents, statements, sources and corroboration."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

from overt.maps.map_view import mark_cell, place_boxes, view_around
from overt.maps.svg_map import MapCountry, draw_map
from overt.queries import records
from overt.queries.address_parameters import ProjectFilter
from overt.queries.as_of import spans_and_records_in_period
from overt.queries.database import Reader, json_array
from overt.queries.maps.map_marks import MapPlace, Test, map_marks, map_places
from overt.queries.rows.records import Claim, Fact, Member, Record
from overt.site.claim.publishers_known_at_second_hand import second_hand_sentence
from overt.site.country.money_texts import contract_words
from overt.site.country.projects_with_details import contract_values, party_places, status_dates
from overt.site.country.statements_and_notes_on_projects import Statement, note_from_documents, note_words, register_notes
from overt.site.country.statements_and_notes_on_projects import statements as statements_on
from overt.site.identical_record_groups import group_alike
from overt.site.organization_in_country.naming_documents import documents_beside, naming_documents
from overt.site.project.agreed_and_in_use_dates import use_sentences
from overt.site.project.company_and_government_statements import dispute_sentence, statement_lines
from overt.site.project.contradictory_dates import impossible_orders
from overt.site.project.corroborating_indexes import corroborations
from overt.site.project.dated_status import FOUND_AT_WORK, STEPS, dated_status, found_status
from overt.site.project.dates_of_later_financing import steps_of_later_phases
from overt.site.project.lead_participants import counted_roles, first_sentence, named_parts, party_links, supplier_details
from overt.site.project.money_promises import Promise, flow_kinds, group_promises, sum_of
from overt.site.project.other_reported_statuses import ReportedStatus, other_statuses
from overt.site.project.place_credits import place_credits
from overt.site.project.project_documents import only_publishers, project_documents, property_documents
from overt.site.project.project_lead import kind_names, lead, money_sentence, only_scanned, part_sentences, supply_sentence
from overt.site.project.size_and_cost_texts import project_size
from overt.site.project.source_comparison import side_by_side, source_words
from overt.site.sentences.joined_parts import join_sentences
from overt.site.site import Site

_OF_A_COMMITMENT = ("name", "agreed", "construction-start", "started", "operational", "completed", "sector")
"""Properties that each of a project's commitments can have. Their values may then differ without a contradiction."""
_IN_HEAD, _NOT_LISTED = ("name", "kind", "status", "country"), ("place-in-document", "linked-outside")
"""Properties that the head of the page shows, and those that the table of properties leaves out."""
_REDUCTION = 2.4
"""Factor by which the map is reduced, because it is 400 pixels wide instead of 960."""
PLACES = 200
"""Maximum number of places on a page."""


@dataclass(frozen=True)
class Programme:
    """A programme of which the project is a phase."""

    fact: Fact
    phases: list[Record]


def project_parts(
    site: Site, reader: Reader, record: Record, claims: Sequence[Claim], members: Sequence[Member]
) -> dict[str, Any]:
    """Return the additional context for the template of a project."""
    roles = [
        record_of_part
        for record_of_part in records.linked(reader, record.id, "role", "project")
        if record_of_part.fact("organization")
    ]
    commitments = records.linked(reader, record.id, "commitment", "project")
    places = records.linked(reader, record.id, "place", "project", limit=PLACES + 1)
    here: Test = ("l.project = ?", [record.id])
    stated = statements_on(reader, [record.id]).get(record.id, [])
    drawn = map_places(reader, ProjectFilter(), here=here)
    codes = [fact.value for fact in record.shown("country")]
    names = {role: site.words.term("roles", role) for role in site.words.terms["roles"]}
    order = party_places(reader, record.id)
    roles = sorted(counted_roles(site, reader, record.id, roles), key=lambda role: (_role_place(site, role), _place(order, role)))
    parts = named_parts(site, roles, commitments)
    own = _records_of(reader, commitments)
    documents = project_documents(reader, claims)
    statuses = other_statuses(record, claims, {document.id: document.value("published") for document in documents}, own)
    record, own_each = _clear_false_conflicts(record, claims, own)
    record = _without_status_conflict(record, statuses)
    promises = group_promises(reader, commitments)
    size = project_size(site, record, claims, {document.id: document for document in documents})
    status_day, is_scanned = status_dates(reader, [record.id])[record.id], only_scanned(record)
    note = register_notes(reader, [record.id]).get(record.id, "")
    drawing, with_pale_mark = _small_map(site, reader, here, drawn, codes)
    return {
        "record": record,
        "kinds": kind_names(site, record),
        "lead": _lead(site, reader, record, parts, promises, stated),
        **_ledger(site, _without_descriptions(record, {*size.repeated, note})),
        "other_statuses": statuses,
        "span_sentences": use_sentences(
            site,
            spans_and_records_in_period.find(reader, record.id),
            record,
            documents,
            has_answers=any(row.part != "no-answer" for row in stated),
            stated_day=status_day or "",
        ),
        "source_words": source_words(site, record),
        "programmes": [Programme(fact, _phases(reader, fact.value)) for fact in record.shown("part-of")],
        "own_each": own_each,
        "of_later_phases": steps_of_later_phases(claims, own),
        "documents": documents,
        "property_documents": property_documents(claims, documents),
        "size_and_sums": join_sentences(site, size.size, size.sums),
        "note": note_from_documents(site, note) if documents else note_words(site, note),
        "impossible_orders": impossible_orders(claims, own),
        "roles": group_alike(roles, _part),
        "promises": promises,
        "flow_kinds": flow_kinds(site),
        "total": sum_of(reader, promises),
        "without_amount": sum(not promise.amounts for promise in promises),
        "with_amount": sum(bool(promise.amounts) for promise in promises),
        "recorded_twice": sum(promise.sources > 1 and len(promise.commitments) > 1 for promise in promises),
        "given_twice": sum(promise.sources == 1 and len(promise.commitments) > 1 for promise in promises),
        "places": group_alike(places[:PLACES], _where),
        "place_credits": place_credits(reader, places[:PLACES]),
        "more_places": len(places) - PLACES if len(places) > PLACES else 0,
        "dated_status": dated_status(
            site, record.value("status"), {step: date for step in STEPS if (date := record.value(step))}
        ),
        "status_as_of": status_day,
        "only_scanned": is_scanned,
        "found_status": found_status(site, status_day) if is_scanned and record.value("status") == FOUND_AT_WORK else None,
        "contract": contract_words(site, contract_values(reader, [record.id]).get(record.id, ())),
        "statements": statement_lines(site, reader, stated),
        "map": drawing,
        "with_pale_mark": with_pale_mark,
        "towns": _towns(site, drawn),
        "has_routes": any(row.route for row in drawn),
        "says": side_by_side(site, names, record, claims, members, roles, commitments),
        "part_ids": [part.id for part in (*roles, *commitments, *places)] + [statement.id for statement in stated],
        "corroborated": corroborations(site, reader, record, roles),
    }


def _lead(
    site: Site,
    reader: Reader,
    record: Record,
    parts: Sequence[tuple[str, list[Fact]]],
    promises: Sequence[Promise],
    stated: Sequence[Statement],
) -> Markup:
    """Return the lead: the suppliers and customers, who disputes what, other roles, and money."""
    supplied, customers, in_first = first_sentence(site, parts, has_country=bool(record.shown("country")))
    if promises:
        in_first = {*in_first, site.gettext("financed by")}
    financiers = [fact for promise in promises for fact in promise.financiers]
    countries = [fact.value for fact in record.shown("country")]
    links = party_links(site, reader, [*financiers, *(organization for _, named in parts for organization in named)])
    named = naming_documents(site, reader, [record.id], [fact.value for fact in supplied], "supplier").get(record.id)
    second_hand = second_hand_sentence(site, named.publishers, documents_beside(reader, record.id, named)) if named else Markup()
    besides = [part for part in parts if part[0] not in in_first]
    return lead(
        site,
        supply_sentence(
            site,
            record,
            supplied,
            customers,
            links,
            supplier_details(site, reader, supplied, countries, stated),
            second_hand,
            scanned=only_scanned(record) and not besides,
        ),
        dispute_sentence(site, reader, stated),
        *part_sentences(
            site, besides, links, only_publishers(site, reader, record.id, [fact.value for _, facts in besides for fact in facts])
        ),
        money_sentence(site, promises, links, sum_of(reader, promises)),
    )


def _ledger(site: Site, record: Record) -> dict[str, Any]:
    """Return the context of the table of properties. Those that the head of the page shows are folded unless sources disagree."""
    in_head = [name for name in _IN_HEAD if not record.rivals(name)]
    further = [name for name in site.schema.types["project"].properties if name not in in_head]
    return {
        "ledger_record": record,
        "in_head": in_head,
        "not_in_head": further,
        "not_listed": [*_NOT_LISTED],
        "has_further_values": any(record.shown(name) for name in further if name not in _NOT_LISTED),
    }


def _without_descriptions(record: Record, values: Collection[str]) -> Record:
    """Return the record without these descriptions, because the page already has them further up."""
    facts = [fact for fact in record.facts.get("description", ()) if fact.value not in values]
    return replace(record, facts={**record.facts, "description": facts})


def _without_status_conflict(record: Record, statuses: Sequence[ReportedStatus]) -> Record:
    """Return the record without a mark of disagreement on its status if no other status excludes the one shown."""
    if not statuses or any(status.excludes for status in statuses):
        return record
    facts = [replace(fact, contested=False) for fact in record.facts["status"]]
    return replace(record, facts={**record.facts, "status": facts})


def _phases(reader: Reader, programme: str) -> list[Record]:
    """Return the projects that are phases of a programme, in the order of the phases."""
    phases = records.linked(reader, programme, "project", "part-of")
    return sorted(phases, key=lambda phase: (sorted(fact.value for fact in phase.shown("phase")), phase.id))


def _values(record: Record, names: Sequence[str]) -> Hashable:
    return tuple(tuple(fact.value for fact in record.facts.get(name, ())) for name in names)


def _part(role: Record) -> Hashable:
    return _values(role, ("organization", "role", "start", "end"))


def _where(place: Record) -> Hashable:
    return _values(place, ("name", "country", "kind", "precision", "radius", "geometry", "placed-by"))


def _role_place(site: Site, role: Record) -> int:
    order, name = list(site.words.terms["roles"]), role.value("role")
    return order.index(name) if name in order else len(order)


def _place(order: Mapping[tuple[str, str], int], role: Record) -> tuple[int, str]:
    """Return the sort key of a role: its organisation's position among the project's parties, or the end, and the role's id."""
    return order.get((role.value("role") or "", role.value("organization") or ""), len(order)), role.id


def _records_of(reader: Reader, commitments: list[Record]) -> set[str]:
    """Return the ids of the project's source records that have commitments of their own."""
    ids = [json_array([commitment.id for commitment in commitments])]
    return {row["record"] for row in reader.rows("projects.committed_records", ids)}


def _clear_false_conflicts(record: Record, claims: Sequence[Claim], own: set[str]) -> tuple[Record, set[str]]:
    """Remove apparent disagreements on names and dates that arise only because there are several commitments.

    Return the changed record, and the properties that were changed.
    """
    values_of: dict[str, dict[str, set[str]]] = {name: {} for name in _OF_A_COMMITMENT}
    for claim in claims:
        if claim.standing == "current" and claim.property in values_of:
            values_of[claim.property].setdefault(claim.record, set()).add(claim.value)
    each = {
        name
        for name, by_record in values_of.items()
        if any(fact.contested for fact in record.facts.get(name, []))
        and by_record.keys() <= own
        and all(len(values) == 1 for values in by_record.values())
    }
    facts = {name: [replace(fact, contested=False) for fact in record.facts[name]] for name in each}
    return replace(record, facts={**record.facts, **facts}), each


def _towns(site: Site, drawn: list[MapPlace]) -> list[Markup]:
    """Return the names of the places on the map, each once, without the districts and provinces that follow them."""
    places = (row.place for row in drawn if row.place and not row.route)
    names = dict.fromkeys(site.language.phrase(place) or site.foreign(place.partition(",")[0]) for place in places)
    return [escape(name) for name in names]


def _small_map(site: Site, reader: Reader, here: Test, drawn: list[MapPlace], codes: list[str]) -> tuple[Markup | None, bool]:
    """Draw the map of the places. Also return whether it has a pale mark.

    A mark is pale if its place is known only to a district or province, or within a radius. Instead of a map, return None if no
    place has a position, because a map of the country alone would show nothing, or if the front end has not been built.
    """
    box = view_around(place_boxes(drawn), 1.2)
    if box is None or not site.shapes:
        return None, False
    countries = {code: MapCountry(1, site.words.area(code), site.url(f"/country/{code}")) for code in codes}
    routes = [row for row in drawn if row.route]
    rings = [row for row in drawn if row.radius]
    marks = map_marks(reader, ProjectFilter(), mark_cell(box), here)
    label = site.gettext("Map of the project")
    drawing = draw_map(
        site.language,
        site.shapes,
        countries,
        routes,
        marks,
        label=label,
        view=box,
        layers=site.layer_names,
        rings=rings,
        reduction=_REDUCTION,
    )
    return drawing, any(mark.soft for mark in marks)
