"""Suppliers' countries on the front page: as notes beside the names of suppliers, and in a bar chart with the same scale."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from overt.queries import records
from overt.queries.database import Reader
from overt.queries.maps.documented_systems import DocumentedSystems
from overt.queries.rows.records import Fact, Record
from overt.site.finding.finding_chart_context import ChartRow
from overt.site.finding_texts import FindingText
from overt.site.front.system_list_addresses import systems_of_seat, systems_of_supplier
from overt.site.organization.current_and_past_sections import PRESENT, in_phase
from overt.site.sentences.linked_record_and_company_names import company_link
from overt.site.site import Site

_AFFILIATE = "affiliate"
"""Kind of relation between companies of one group when no source says which company owns the other."""
_BARS = 6
"""Maximum number of countries with a bar."""


class SeatBars(NamedTuple):
    """Numbers of systems by the countries of their suppliers."""

    rows: list[ChartRow]
    further: int
    """Number of countries without a bar."""
    most_of_further: int
    """Highest number of systems among the countries without a bar; 0 if every country has one."""
    unknown: int
    """Number of systems for which no supplier's country is on record."""


def seat_bars(site: Site, reader: Reader, systems: DocumentedSystems) -> SeatBars | None:
    """Return a bar, with a link to the country's companies, for each of the supplier countries with the most systems.

    Return None if no supplier's country is on record. If all of a country's several systems are from one supplier, the bar
    names the supplier and its affiliates. The bar is hollow if the supplier's country is doubtful (`_doubt`). Suppliers on
    whose country sources disagree share one hollow bar, placed by its number.
    """
    seats = list(systems.by_seat.items())
    if not seats:
        return None
    longest = seats[0][1]
    abroad = systems.crossings.abroad_by_seat if systems.crossings else {}
    rows = []
    for code, number in seats[:_BARS]:
        row = ChartRow(
            site.words.area(code), site.url(f"/companies?country={code}"), number / longest, site.formats.number(number),
            value_address=systems_of_seat(site, code),
            countries=site.formats.number(abroad[code]) if code in abroad else "",
        )  # fmt: skip
        supplier = records.find(reader, systems.only_suppliers[code]) if number > 1 and code in systems.only_suppliers else None
        if supplier:
            doubt = _doubt(site, reader, supplier.fact("country"))
            named = _only_supplier(site, reader, supplier)
            detail = site.markup("%(title)s; %(words)s", title=named, words=doubt) if doubt else named
            row = row._replace(detail=detail, uncertain=bool(doubt))
        rows.append(row)
    if systems.disputed_seats:
        disputed = sum(systems.disputed_seats.values())
        at = next((at for at, (_, number) in enumerate(seats[:_BARS]) if number < disputed), len(rows))
        rows.insert(at, _disputed(site, reader, systems, longest))
    further = [number for _, number in seats[_BARS:]]
    return SeatBars(rows, len(further), max(further, default=0), systems.without_seat)


def _disputed(site: Site, reader: Reader, systems: DocumentedSystems, longest: int) -> ChartRow:
    """Return the bar of the suppliers on whose country sources disagree.

    If sources name the same countries for all of these suppliers, the label has the countries and the bar names the first
    supplier. Otherwise, the label says only that sources disagree.
    """
    number = sum(systems.disputed_seats.values())
    disputed = records.records(reader, list(systems.disputed_seats))
    rivals = {_rivals(site, supplier) for supplier in disputed}
    label, detail = site.gettext("Sources disagree"), None
    if len(rivals) == 1:
        label = rivals.pop()
        detail = site.markup("%(company)s; sources disagree", company=_only_supplier(site, reader, disputed[0]))
    address = systems_of_supplier(site, disputed[0].id) if len(disputed) == 1 else site.url(f"/figure/{systems.figure}")
    abroad = site.formats.number(systems.crossings.abroad_of_disputed) if systems.crossings else ""
    row = ChartRow(label, None, min(1, number / longest), site.formats.number(number), value_address=address, countries=abroad)
    return row._replace(detail=detail or row.detail, uncertain=True)


def _rivals(site: Site, organization: Record) -> str:
    """Return the countries that sources name for an organisation's seat, with “or” between them."""
    codes = dict.fromkeys(fact.value for fact in organization.facts.get("country", ()) if fact.value)
    return site.language.join(list(map(site.words.area, codes)), "or")


def _only_supplier(site: Site, reader: Reader, supplier: Record) -> Markup:
    """Return words saying that all systems are from this supplier, with the companies of which it is an affiliate."""
    company = company_link(site, supplier)
    relations = in_phase(records.linked(reader, supplier.id, "relation", "from", "to"), PRESENT)
    ends = [relation.value(end) for relation in relations if relation.value("kind") == _AFFILIATE for end in ("from", "to")]
    affiliates = records.records(reader, [end for end in ends if end and end != supplier.id])
    if not affiliates:
        return site.markup("all by %(company)s", company=company)
    listed = Markup(site.language.join([str(_with_country(site, row)) for row in affiliates]))  # noqa: S704 (markup already)
    return site.markup("all by %(company)s, affiliate of %(companies)s", company=company, companies=listed)


def _doubt(site: Site, reader: Reader, seat: Fact | None) -> str:
    """Return why an organisation's country is uncertain: sources disagree, or a single document gives it; empty for neither."""
    if seat is not None and seat.contested:
        return site.gettext("sources disagree on where it is based")
    return site.gettext("home country by one document") if _has_one_document(reader, seat) else ""


def _has_one_document(reader: Reader, seat: Fact | None) -> bool:
    """Return whether a single document gives an organisation's seat. One claim of a register can cite several documents."""
    if seat is None or seat.claims != 1:
        return False
    [claim] = records.claims_by_id(reader, [seat.claim_id])
    return len(records.documents_of_claim(reader, claim)) == 1


def _with_country(site: Site, organization: Record) -> Markup:
    country = organization.value("country")
    name = company_link(site, organization)
    return site.markup("%(name)s (%(country)s)", name=name, country=site.seat(organization.id, country)) if country else name


def with_seats(site: Site, reader: Reader, text: FindingText, rows: list[Mapping[str, Any]], longest: int = 0) -> FindingText:
    """Return a finding whose bars have links, and notes with the country where each organisation is based.

    `rows`: the rows of the finding's chart, in the order of its bars. `longest`: the largest number in another chart on the
    same scale. If it is larger than all numbers of `rows`, the bars are shortened accordingly.
    """
    scale = max((row["value"] for row in rows), default=0) / longest if longest else 1
    noted = [
        _linked(site, reader, bar, row.get("record"))._replace(share=bar.share * min(scale, 1))
        for bar, row in zip(text.chart.rows, rows, strict=True)
    ]
    return text._replace(chart=text.chart._replace(rows=noted))


def _linked(site: Site, reader: Reader, bar: ChartRow, organization: str | None) -> ChartRow:
    """Return an organisation's bar with its country, and with links from its numbers to its systems and its countries."""
    if not organization:
        return bar
    return bar._replace(
        note=_seat(site, reader, organization),
        value_address=systems_of_supplier(site, organization),
        countries_address=f"{site.record_url('organization', organization)}#countries",
    )


def _seat(site: Site, reader: Reader, identity: str) -> str:
    """Return the country where an organisation is based, or a note that none is on record; empty if the id is unknown.

    If sources disagree, return all countries that they name, with “or” between them.
    """
    organization = records.find(reader, identity)
    if organization is None:
        return ""
    seat = organization.fact("country")
    if seat is None or not seat.value:
        return site.gettext("no country on record")
    return _rivals(site, organization)
