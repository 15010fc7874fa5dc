"""The content of the page about an organisation in a country: what it did there, in which role, for whom, and how we know."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from overt.http.page_addresses import answer_address
from overt.language.citations import Citation
from overt.language.country_article import with_article
from overt.language.language import CHINESE, N_
from overt.model.short_chinese_organization_name import is_chinese
from overt.queries import countries, pair_answers, projects, records
from overt.queries.database import Reader
from overt.queries.labels import Area, Labelled, RecordLabel, record_labels
from overt.queries.pair_answers import Answer, OtherRecord
from overt.queries.projects import Involved
from overt.queries.rows.records import Record
from overt.site.citations_and_linked_data.citation_box import citation_box
from overt.site.citations_and_linked_data.cited_documents_and_sources import sources_behind
from overt.site.country.projects_with_details import is_only_scanned, status_dates
from overt.site.organization.count_table import counts_context
from overt.site.organization.countries_map import countries_map, shades_in_view
from overt.site.organization.current_and_past_sections import release_day
from overt.site.organization.identity_and_official_lists import opening_lines
from overt.site.organization.short_organization_names_and_seats import known_name
from overt.site.organization.supplied_projects_and_index_assessments import where_named
from overt.site.organization_in_country.company_lead import lead
from overt.site.organization_in_country.other_suppliers import other_suppliers
from overt.site.organization_in_country.party_names_and_home_countries import known_parties
from overt.site.organization_in_country.project_row import ProjectRow, project_rows
from overt.site.project.dated_status import FOUND_AT_WORK, DatedStatus, agreed_after_use, dated_status, found_status
from overt.site.sentences.evidence_marks import evidence_mark
from overt.site.sentences.linked_record_and_company_names import text_link
from overt.site.site import Site

COLUMNS = (
    "type", "id", "name", "organization_name", "country", "role_name", "through_name", "for_whom", "counted", "status", "date",
    "independent_sources", "known_from_name", "page",
)  # fmt: skip
"""Columns of an answer's CSV file."""
_TITLE, _NO_RECORD = N_("%(what)s in %(where)s"), N_("No record of %(what)s in %(where)s")
_OTHER_PARTS = {
    "assessment": N_("named as a supplier"),
    "agreement": N_("party"),
}


class OtherRow(NamedTuple):
    """An index, a programme or an agreement in the table."""

    type: str
    id: str
    title: str
    part: str
    """The organisation's part in it, in words, such as “party”."""
    through: list[RecordLabel]
    """Companies of its group that have this part; empty if the organisation itself has it."""
    date: str | None
    sources: int
    """Number of separate sources."""


def answer_page(site: Site, reader: Reader, record: Record, area: Area, answer: Answer | None) -> dict[str, Any]:
    """Return the context for the template of an answer about an organisation."""
    organization = RecordLabel(record.id, record.label, record.label_lang, record.label_zh)
    rows = project_rows(site, reader, organization.id, area.code)
    other = other_rows(site, reader, organization.id, area.code)
    parties = known_parties(site, reader, _all_parties(rows, other))
    slugs = _sources(reader, [row.project.id for row in rows], pair_answers.other_records(reader, organization.id, area.code))
    dates = status_dates(reader, [row.project.id for row in rows])
    name = known_name(site, record)
    sentence = site.language.localized(answer._asdict(), "sentence") if answer else ""
    where = with_article(site.language, area.label)
    sentences = lead(site, reader, name, where, answer, rows, parties, _indexes(site, other)) if answer else None
    # The lead already names the indexes.
    besides = [row for row in other if row.type != "assessment"] if sentences and rows else other
    heading = site.gettext(_TITLE if answer else _NO_RECORD, what=name, where=where)
    cited = Citation(
        f"{organization.id}-in-{area.code}", heading,
        f"Answer {organization.id} {area.code}", answer_address(organization.id, area.code),
        tuple(site.title_of(slug) for slug in slugs), sentence, files=False,
    )  # fmt: skip
    return {
        "organization": organization,
        "name": name,
        "marked_name": site.foreign(name, CHINESE.code if is_chinese(name) else None),
        "heading": heading,
        "evidence": partial(evidence_mark, site),
        "full_name": site.called(organization),
        "country": area,
        "where": where,
        "answer": answer,
        "sentence": sentence,
        "rows": rows,
        "others": other,
        "listed_others": besides,
        "status_dates": dates,
        "found_statuses": {
            row.project.id: found_status(site, dates[row.project.id])
            for row in rows
            if row.project.status == FOUND_AT_WORK and is_only_scanned(row.project.known_from)
        },
        "dated_steps": _dated_steps(site, reader, rows),
        "agreed_later": agreed_after_use(reader, [row.project.id for row in rows]),
        "parties": parties,
        "lead": sentences,
        "opening": opening_lines(site, reader, record),
        "money": pair_answers.other_pairs(reader, pair_answers.LENDERS, 20, financier=[organization.id], country=[area.code]),
        **_context_beside(site, reader, record, area, {row.project.id for row in rows}, with_map=answer is None),
        "differing_parts": bool(besides) or any(row.through or row.beside or row.roles != rows[0].roles for row in rows),
        "cite": citation_box(site, cited, sources_behind(site, reader, documents=_documents(rows), slugs=slugs)),
    }


def _dated_steps(site: Site, reader: Reader, rows: Sequence[ProjectRow]) -> dict[str, DatedStatus]:
    """Return the last dated steps of the projects for which no source gives a status, by project id."""
    dates = projects.dates(reader, [row.project.id for row in rows])
    steps = {row.project.id: dated_status(site, row.project.status, dates.get(row.project.id, {})) for row in rows}
    return {identity: step for identity, step in steps.items() if step}


def _context_beside(
    site: Site, reader: Reader, record: Record, area: Area, listed: Collection[str], *, with_map: bool
) -> dict[str, Any]:
    """Return the context for the rest of the page: what was searched, other suppliers, and the organisation's countries.

    The numbers of countries are the same as on the organisation's own page. `listed`: ids of the projects in the page's table.
    `with_map`: whether to draw the countries. If there is a record in this country, a map would only show where the country is.
    """
    named = where_named(site, reader, record.id)
    return {
        "searched": _searched(site, reader, area),
        "suppliers": other_suppliers(site, reader, record.id, area, listed),
        **counts_context(site, reader, record, named),
        "map": countries_map(site, named.countries, area.code) if with_map else None,
        "shades": shades_in_view(site, named.countries, area.code),
    }


def _searched(site: Site, reader: Reader, area: Area) -> Markup:
    """Return a sentence on what was searched for the answer, with the date of the edition."""
    country = countries.with_labels(countries.find(reader, area.code), area)
    datasets = site.ngettext("%(n)s dataset or register", "%(n)s datasets and registers", len(site.sources))
    return site.language.nmarkup(
        "We searched the %(n)s project of the edition of %(date)s (%(here)s in %(country)s), the indexes, state programmes and "
        "agreements, from %(sources)s.",
        "We searched the %(n)s projects of the edition of %(date)s (%(here)s in %(country)s), the indexes, state programmes and "
        "agreements, from %(sources)s.",
        site.all_totals.projects,
        sources=text_link(site.url("/sources"), datasets),
        date=release_day(site),
        here=text_link(site.url(f"/country/{area.code}"), site.formats.number(country.projects)),
        country=area.label,
    )


def _all_parties(rows: Sequence[ProjectRow], records_besides: Sequence[OtherRow]) -> list[Labelled]:
    named: list[Labelled] = []
    for row in rows:
        named += [*row.through, *row.beside, *row.customers, *row.financiers]
    return [*named, *(party for row in records_besides for party in row.through)]


def other_rows(site: Site, reader: Reader, organization: str, country: str) -> list[OtherRow]:
    """Return the programmes, agreements and indexes behind an answer, in this order."""
    by_record: dict[str, list[OtherRecord]] = defaultdict(list)
    for row in pair_answers.other_records(reader, organization, country):
        by_record[row.id].append(row)
    labels = record_labels(reader, {row.through for of_record in by_record.values() for row in of_record})
    rows = []
    for identity, of_record in by_record.items():
        first = of_record[0]
        through = {row.through: labels[row.through] for row in of_record if row.through in labels}
        has_own_part = through.pop(organization, None) is not None
        words = [_part(site, row) for row in of_record]
        title = site.called(RecordLabel(identity, first.label, first.label_lang, first.label_zh))
        if first.type == "assessment":
            title = site.title_of(first.source)
        rows.append(
            OtherRow(
                first.type, identity, title, site.language.comma.join(dict.fromkeys(words)),
                [] if has_own_part else list(through.values()), first.date, first.independent_sources,
            )
        )  # fmt: skip
    order = ("programme", "agreement", "assessment")
    return sorted(rows, key=lambda row: (order.index(row.type), row.date or "", row.id))


def _indexes(site: Site, rows: Sequence[OtherRow]) -> list[Markup]:
    """Return the titles of the indexes among these rows, in quotation marks, as links."""
    return [
        site.markup("“%(title)s”", title=text_link(site.record_url(row.type, row.id), site.foreign(row.title)))
        for row in rows
        if row.type == "assessment"
    ]


def _part(site: Site, row: OtherRecord) -> str:
    words = _OTHER_PARTS.get(row.type)
    return site.gettext(words) if words else site.words.term("roles", row.role).lower()


def _sources(reader: Reader, projects: Sequence[str], records_besides: Sequence[OtherRecord]) -> list[str]:
    ids = [*projects, *(row.id for row in records_besides)]
    return sorted({member.source for identity in ids for member in records.members(reader, identity)})


def _documents(rows: Sequence[ProjectRow]) -> list[str]:
    """Return the ids of the documents that name the organisation: first one document for each project, then the others."""
    per_project = [[each.id for each in row.named_by.documents if each.id] for row in rows if row.named_by]
    return [*(ids[0] for ids in per_project if ids), *(identity for ids in per_project for identity in ids[1:])]


def csv_rows(site: Site, reader: Reader, organization: Record, area: Area) -> list[list[Any]]:
    """Return the records behind an answer as rows of its CSV file, beginning with the column names."""
    name = site.called(organization)
    lines: list[list[Any]] = [[*COLUMNS]]
    for row in project_rows(site, reader, organization.id, area.code):
        project = row.project
        lines.append(
            [
                "project", project.id, site.called(project), name, area.code, "; ".join(row.roles), _names(site, row.through),
                _names(site, row.customers), str(row.documented).lower(), project.status, project.date,
                project.independent_sources, "; ".join(row.known_from), site.record_url("project", project.id),
            ]
        )  # fmt: skip
    lines += [
        [
            other.type, other.id, other.title, name, area.code, other.part, _names(site, other.through), "", "", "",
            other.date, other.sources, "", site.record_url(other.type, other.id),
        ]
        for other in other_rows(site, reader, organization.id, area.code)
    ]  # fmt: skip
    return lines


def _names(site: Site, rows: Iterable[RecordLabel | Involved]) -> str:
    return "; ".join(site.called(row) for row in rows)
