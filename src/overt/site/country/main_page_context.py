"""The content of a country's main page, apart from its map and strip of layers: sentences, timeline, systems and indexes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from overt.queries import countries, records
from overt.queries.blocking import blocklists, measurements
from overt.queries.database import Reader
from overt.queries.labels import Area, Term
from overt.queries.rows.countries import Cable, Country, RestrictionDates
from overt.queries.rows.records import Record
from overt.release.source_independence.independent_sources import count_voices
from overt.site.agreement.agreements_laws_and_past_laws import Split, split_laws
from overt.site.claim.documents_behind_claim import voices_of
from overt.site.country import blocking_and_surveillance_texts as blocking_texts
from overt.site.country import money_texts, supplier_and_network_texts
from overt.site.country.affected_service_names import only_blocks
from overt.site.country.country_print_and_charts_context import Indicators, country_indicators, money_by_unit, programme_layers
from overt.site.country.exported_systems import export_sentence, exports
from overt.site.country.first_sentences import LeadingFact, gravest_restriction, in_opening
from overt.site.country.index_standings import Standing, standings
from overt.site.country.measured_blocking import unlisted_shutdowns
from overt.site.country.projects_with_details import QUERIES, DocumentedProject, country_networks, country_systems
from overt.site.country.system_table import in_table
from overt.site.country.timeline.country_timelines import briefing_timeline, undated_entries
from overt.site.organization.short_organization_names_and_seats import known_names
from overt.site.platform.ends_implied_by_later_blocks import over_restrictions
from overt.site.platform.lasting_block_rule import is_lasting, last_reports
from overt.site.platform.restriction_reporters import unended_rows
from overt.site.platform.restriction_state_by_country import year_before
from overt.site.restriction_facts import without_open_end
from overt.site.sentences.joined_parts import join_sentences
from overt.site.site import Site
from overt.site.subset_notices import country_subset_notice

_FINANCIERS = 3
_MAX_DRAWN = 200
"""Maximum number of restrictions in the timeline. The latest ones are drawn."""


class Paragraph(NamedTuple):
    """A paragraph of the briefing."""

    topic: str
    label: str
    signs: Sequence[str]
    """Layers whose signs precede the label."""
    text: Markup


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """The content of a country's main page."""

    country: Country
    paragraphs: Sequence[Paragraph]
    absent: Markup
    """Sentences that list the topics without a record, and say that what is missing may still exist."""
    systems: Sequence[DocumentedProject]
    networks: Sequence[DocumentedProject]
    """Networks, data centres, and overland or leased cables."""
    standings: Sequence[Standing]
    gravest: LeadingFact | None
    """The gravest reported restriction; None if there is no sentence for any."""
    timeline: Markup | None
    undated: Sequence[tuple[DocumentedProject | Record, str]]
    """Systems, agreements and laws without a date, which the timeline can't show, each with the address of its page."""
    restrictions: Sequence[Record]
    assessments: Sequence[Record]
    programmes: Sequence[Record]
    split: Split
    cables: Sequence[Cable]
    """Submarine cables that land in the country."""
    promised: Sequence[Any]
    indicators: Indicators
    platforms: Sequence[Term]
    """Platforms on measured blocklists."""


def briefing(site: Site, reader: Reader, area: Area) -> Briefing:
    """Return the content of a country's main page, using only released rows."""
    code = area.code
    counts = countries.with_labels(countries.find(reader, code), area)
    systems, networks = country_systems(reader, code), country_networks(reader, code)
    restrictions = countries.restrictions(reader, code, _MAX_DRAWN)
    programmes = sorted(
        records.linked(reader, code, "programme", "country"),
        key=lambda row: (-row.voices, row.value("start") or "9", row.id),
    )
    layers = programme_layers(site, programmes)
    assessments = sorted(
        records.linked(reader, code, "assessment", "country"), key=lambda row: row.value("year") or "", reverse=True
    )
    agreements = records.linked(reader, code, "agreement", "party-country")
    split = split_laws(site, reader, agreements)
    cables = countries.cables(reader, code)
    promised = money_by_unit(countries.money(reader, code))
    indicators = country_indicators(site, reader, code)
    listed = {row.platform for row in blocklists.platform_listings(reader, country=code)}
    platforms = [term for name, term in site.words.terms["platforms"].items() if name in listed]
    unit = promised[0][0] if promised else ""
    suppliers = {party.id for system in (*systems, *networks) for party in system.suppliers}
    denying = {statement.by.id for system in systems for statement in system.denials}
    names = known_names(site, reader, suppliers | denying)
    unended = unended_rows(reader, restrictions)
    reported = {row.record.id: row.reported for row in unended}
    lasting = {row.record.id for row in unended if is_lasting(row)}
    over = over_restrictions(unended, restrictions)
    since = year_before(site.words.meta["manifest"]["date"])
    unconfirmed = last_reports(restrictions, reported, since, lasting, over)
    gravest = gravest_restriction(site, restrictions, reported, lasting - over.keys(), over, unconfirmed)
    abroad = export_sentence(site, reader, code, exports(reader, code))
    leading = gravest.restriction if gravest and in_opening(site, gravest, systems) else ""
    reports = _restrictions(site, reader, code, restrictions, leading)._replace(last_reports=unconfirmed, over=over)
    unlisted = None if "shutdown" in reports.kinds else unlisted_shutdowns(site, reader)
    paragraphs = {
        "blocked": blocking_texts.blocked(
            site,
            code,
            reports,
            platforms,
            [system for system in systems if system.filters(site.words)],
            layers.get("censorship", []),
            measured=bool(platforms) or code in measurements.countries(reader),
            names=names,
        ),
        "surveillance": blocking_texts.surveillance(
            site,
            code,
            systems,
            layers.get("surveillance", []),
            next((row for row in assessments if blocking_texts.index_kinds(site, row)), None),
            names,
        ),
        "suppliers": supplier_and_network_texts.suppliers(site, code, systems, assessments, abroad, names),
        "money": money_texts.money(
            site,
            code,
            promised,
            countries.financiers(reader, code, _FINANCIERS),
            _commitment_sources(reader, code, unit),
            _purpose(reader, code, unit),
            in_table(site, systems),
            _value_sources(site, reader, systems),
        ),
        "networks": supplier_and_network_texts.networks(site, code, networks, cables, names),
    }
    missing = [topic for topic, text in paragraphs.items() if not text and (topic != "suppliers" or paragraphs["surveillance"])]
    absent = blocking_texts.absence(site, missing, part=bool(country_subset_notice(site, code)))
    if unlisted and paragraphs["blocked"]:
        paragraphs["blocked"] = join_sentences(site, paragraphs["blocked"], unlisted)
    elif unlisted:
        absent = join_sentences(site, unlisted, absent)
    return Briefing(
        country=counts,
        paragraphs=[
            Paragraph(topic, site.gettext(label), signs, text)
            for topic, (label, signs) in blocking_texts.TOPICS.items()
            if (text := paragraphs[topic])
        ],
        absent=absent,
        systems=systems,
        networks=networks,
        standings=standings(site, reader, code, indicators),
        gravest=gravest,
        timeline=briefing_timeline(site, reader, counts, [*systems, *networks], restrictions, split),
        undated=undated_entries(site, systems, split),
        restrictions=restrictions,
        assessments=assessments,
        programmes=programmes,
        split=split,
        cables=cables,
        promised=promised,
        indicators=indicators,
        platforms=platforms,
    )


def _restrictions(site: Site, reader: Reader, code: str, newest: Sequence[Record], leading: str) -> blocking_texts.Restrictions:
    """Return the country's restrictions. `leading`: id of the restriction in the page's first sentence, or empty."""
    rows = countries.restriction_dates(reader, code)
    kinds = {row["kind"]: row["restrictions"] for row in reader.select(QUERIES["queries.restriction_kinds"], [code])}
    dated = sorted((row for row in rows if row.start), key=_start)
    by_id = {record.id: record for record in newest}
    ends = [dated[0].id, dated[-1].id] if dated else []
    few = sorted(newest, key=lambda row: (row.value("start") or "9", row.id)) if len(rows) <= blocking_texts.MAX_LISTED else []
    by_id |= {record.id: record for record in records.records(reader, [name for name in ends if name not in by_id])}
    first, last = (by_id.get(name) for name in ends) if ends else (None, None)
    only = only_blocks(site, newest) if len(newest) == len(rows) else ""
    return blocking_texts.Restrictions(
        kinds, len(rows), sum(without_open_end(row.end) is not None for row in rows), first, last, only, few, leading
    )


def _commitment_sources(reader: Reader, code: str, unit: str) -> int:
    """Return the lowest number of separate sources of any commitment in a unit, but at least 1."""
    [row] = reader.select(QUERIES["queries.commitment_sources"], [code, unit])
    return int(row["sources"] or 1)


def _value_sources(site: Site, reader: Reader, systems: Sequence[DocumentedProject]) -> Mapping[str, int]:
    """Return the number of separate sources of each system's contract values, by the system's id."""
    counts = {}
    for system in systems:
        claims = records.claims_by_id(reader, [name for value in system.contract_values for name in value.claims])
        cited = {document for claim in claims for document in records.documents_of_claim(reader, claim)}
        documents = {record.id: record for record in records.records(reader, cited)}
        if documents:
            counts[system.id] = count_voices(voices_of(site, reader, documents).values())
    return counts


def _purpose(reader: Reader, code: str, unit: str) -> money_texts.Purpose:
    """Return what the money promised in a unit is for, and whether its only source has Chinese lenders and donors only."""
    [row] = reader.select(QUERIES["queries.promised_to_surveillance"], [code, unit])
    sources = countries.money_sources(reader, code).get(unit)
    return money_texts.Purpose(float(row["amount"]), sources == [money_texts.CHINESE_MONEY])


def _start(row: RestrictionDates) -> tuple[str, str]:
    return (row.start or "").lstrip("./"), row.id
