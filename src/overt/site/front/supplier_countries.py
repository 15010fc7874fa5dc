"""Suppliers' countries on the front page: beside the names of suppliers, and as bars of their own on the same scale."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from overt.queries import organizations, records
from overt.queries.database import Reader
from overt.queries.maps.documented_systems import DocumentedSystems
from overt.queries.rows.records import Fact, Record
from overt.site.country.sentence_parts import company_link
from overt.site.finding.finding_chart_context import ChartRow
from overt.site.finding_texts import FindingText
from overt.site.organization.phase_sections import PRESENT, in_phase
from overt.site.site import Site

_AFFILIATE = "affiliate"
"""Kind of relation between companies of one group if a source doesn't say which owns which."""
_BARS = 6
"""Maximum number of countries with a bar."""


class SeatBars(NamedTuple):
    """Numbers of systems by the countries of their suppliers."""

    rows: list[ChartRow]
    further: int
    """Number of further countries."""
    most_of_further: int
    """Highest number of systems of a further country; 0 if there is none."""
    unknown: int
    """Number of systems none of whose suppliers has a seat on record."""
    notes: list[Markup]
    """A sentence on each country with a bar that has several systems, all by one supplier."""


def seat_bars(site: Site, reader: Reader, systems: DocumentedSystems) -> SeatBars | None:
    """Return bars for the countries with the most systems, which link to their companies; None if no seat is on record.

    If a country has several systems, all from one supplier, a note names the supplier.
    """
    seats = list(systems.by_seat.items())
    if not seats:
        return None
    longest = seats[0][1]
    rows, notes = [], []
    for code, number in seats[:_BARS]:
        supplier = records.find(reader, systems.only_suppliers[code]) if number > 1 and code in systems.only_suppliers else None
        rows.append(
            ChartRow(site.words.area(code), site.url(f"/companies?country={code}"), number / longest, site.formats.number(number))
        )
        if supplier:
            notes.append(_only_supplier(site, reader, code, number, supplier))
    further = [number for _, number in seats[_BARS:]]
    return SeatBars(rows, len(further), max(further, default=0), systems.without_seat, notes)


def _only_supplier(site: Site, reader: Reader, code: str, number: int, supplier: Record) -> Markup:
    """Return a note on the only supplier of a country: its name, its affiliates, and whether one document gives its seat.

    `code`: the country; `number`: how many systems the supplier has.
    """
    words = {"n": number, "country": site.words.area(code), "company": company_link(site, supplier)}
    relations = in_phase(records.linked(reader, supplier.id, "relation", "from", "to"), PRESENT)
    ends = [relation.value(end) for relation in relations if relation.value("kind") == _AFFILIATE for end in ("from", "to")]
    if affiliates := records.records(reader, [end for end in ends if end and end != supplier.id]):
        listed = Markup(site.language.join([str(_with_country(site, row)) for row in affiliates]))  # noqa: S704 (markup already)
        note = site.markup(
            "All %(n)s from %(country)s are by %(company)s, an affiliate of %(companies)s.", companies=listed, **words
        )
    else:
        note = site.markup("All %(n)s from %(country)s are by %(company)s.", **words)
    if _has_one_document(reader, supplier.fact("country")):
        note += site.language.gap + site.markup("Only one document gives the company’s country.")
    return note


def _has_one_document(reader: Reader, seat: Fact | None) -> bool:
    """Return whether a single document gives an organisation's seat; a claim of a register can cite several."""
    if seat is None or seat.claims != 1:
        return False
    [claim] = records.claims_by_id(reader, [seat.claim_id])
    return len(records.documents_of_claim(reader, claim)) == 1


def _with_country(site: Site, organization: Record) -> Markup:
    country = organization.value("country")
    name = company_link(site, organization)
    return site.markup("%(name)s (%(country)s)", name=name, country=site.words.area(country)) if country else name


def with_seats(site: Site, reader: Reader, text: FindingText, rows: list[Mapping[str, Any]], longest: int = 0) -> FindingText:
    """Return a finding with the country of each organisation's seat beside its bar, or a note that none is on record.

    `rows`: the rows of the finding's chart, in the order of its bars. `longest`: a number of another chart on the same scale; if
    it is larger than all numbers of `rows`, the bars are shorter accordingly.
    """
    scale = max((row["value"] for row in rows), default=0) / longest if longest else 1
    noted = [
        bar._replace(note=_seat(site, reader, row["record"]) if row.get("record") else bar.note, share=bar.share * min(scale, 1))
        for bar, row in zip(text.chart.rows, rows, strict=True)
    ]
    return text._replace(chart=text.chart._replace(rows=noted))


def _seat(site: Site, reader: Reader, identity: str) -> str:
    organization = organizations.find(reader, identity)
    if organization is None:
        return ""
    return site.words.area(organization.country) if organization.country else site.gettext("no country on record")
