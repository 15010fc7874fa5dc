"""The list of agreements and laws, with filters that need no script."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.language.label_order import by_label
from overt.language.language import N_
from overt.queries import agreements
from overt.queries.database import Reader
from overt.queries.rows.records import Record
from overt.site.agreement.agreements_laws_and_past_laws import Split, split_laws
from overt.site.agreement.law_status import law_statuses
from overt.site.page_declaration import Page, numbered
from overt.site.site import Site

_SIZE = 25
"""Number of agreements on a page."""
_MAX_AGREEMENTS = 5_000
_YEAR = re.compile(r"\d{4}")
GROUPS = {"agreements": N_("Agreements"), "laws": N_("Laws"), "past": N_("No longer in force")}
"""Parts of the list, each with its own pages: `?group=…`."""


class Choices(NamedTuple):
    """The values that the filters of a group offer."""

    countries: list[str]
    kinds: list[str]
    topics: list[str]
    fields: list[str]
    years: list[str]
    """Years of the agreements' dates, or of entry into force if an agreement has no date, newest first."""


def routes(site: Site) -> APIRouter:
    """Return the route of `/agreements`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/agreements")
    def agreement_list(request: Request) -> Response:
        query = site.query(request)
        country = query.text("country")
        if country and country not in site.words.areas:
            raise HTTPException(400, site.gettext("country is not a country’s code (ISO 3166-1 alpha-2, as in KE)."))
        kind = query.choice("kind", ["", *site.words.terms["agreement-kinds"]], "")
        topic = query.choice("topic", ["", *site.words.terms["provision-topics"]], "")
        field = query.choice("field", ["", *_fields(site)], "")
        year = query.text("year")
        if year and not _YEAR.fullmatch(year):
            raise HTTPException(400, site.gettext("year is not a year of four digits, as in 2019."))
        number = query.number("page", 1, 100_000, 1)
        with site.database.lease() as reader:
            split = split_laws(site, reader, agreements.all_agreements(reader, _MAX_AGREEMENTS))
            topics = agreements.provision_topics(reader)
            sizes = {name: len(getattr(split, name)) for name in GROUPS}
            first = next((name for name in GROUPS if sizes[name]), "agreements")
            group = query.choice("group", ["", *GROUPS], "") or first
            rows = _newest_first(getattr(split, group))
            if group == "agreements" and not field:
                rows.sort(key=lambda row: _rank(site, row))
            choices = _choices(site, rows, topics)
            matching = [row for row in rows if _matches(row, topics, country, kind, topic, field) and year in ("", _year(row))]
            filters = {"country": country, "kind": kind, "topic": topic, "field": field, "year": year}
            listed = matching[_SIZE * (number - 1) : _SIZE * number]
            chosen = [(name, value) for name, value in filters.items() if value]
            return site.page(
                "agreements/template.html", request=request, section="/agreements",
                groups=[(name, site.gettext(label), sizes[name]) for name, label in GROUPS.items() if sizes[name]],
                group=group, first=first, sizes=sizes, topics=topics, choices=choices, chosen=chosen, **filters,
                rows=listed, law_statuses=law_statuses(site, reader, listed), total=len(matching), number=number, size=_SIZE,
                pairs=[*([("group", group)] if group != first else []), *chosen],
            )  # fmt: skip

    return router


def _newest_first(rows: Sequence[Record]) -> list[Record]:
    return sorted(rows, key=_date, reverse=True)


def _fields(site: Site) -> list[str]:
    """Return the fields of agreements in the vocabulary's order; empty if the release is older than this vocabulary."""
    return list(site.words.terms.get("agreement-fields", {}))


def _rank(site: Site, row: Record) -> int:
    """Return the position of an agreement's first field in the vocabulary; agreements without a field come last."""
    fields = _fields(site)
    return min((fields.index(fact.value) for fact in row.shown("field") if fact.value in fields), default=len(fields))


def _date(row: Record) -> str:
    return row.value("date") or row.value("in-force") or ""


def _year(row: Record) -> str:
    """Return the year of a record's date, or an empty string if it has none or only a decade is known."""
    return match[0] if (match := _YEAR.match(_date(row))) else ""


def _matches(row: Record, topics: dict[str, dict[str, int]], country: str, kind: str, topic: str, field: str) -> bool:
    return (
        (not country or country in {fact.value for fact in row.shown("party-country")})
        and (not kind or row.value("kind") == kind)
        and (not field or field in {fact.value for fact in row.shown("field")})
        and (not topic or bool(topics.get(row.id, {}).get(topic)))
    )


def _choices(site: Site, rows: Sequence[Record], topics: dict[str, dict[str, int]]) -> Choices:
    countries = {fact.value for row in rows for fact in row.shown("party-country")} & site.words.areas.keys()
    kinds, topics_on_record = {row.value("kind") for row in rows}, {topic for row in rows for topic in topics.get(row.id, {})}
    fields = {fact.value for row in rows for fact in row.shown("field")}
    return Choices(
        [area.code for area in by_label(site.words.areas[code] for code in countries)],
        [kind for kind in site.words.terms["agreement-kinds"] if kind in kinds],
        [topic for topic in site.words.terms["provision-topics"] if topic in topics_on_record],
        [field for field in _fields(site) if field in fields],
        sorted({year for row in rows if (year := _year(row))}, reverse=True),
    )


def _variants(site: Site, reader: Reader) -> Iterator[str]:
    split: Split = split_laws(site, reader, agreements.all_agreements(reader, _MAX_AGREEMENTS))
    groups = [name for name in GROUPS if getattr(split, name)]
    for name in groups:
        address = "/agreements" if name == groups[0] else f"/agreements?group={name}"
        yield from numbered(address, len(getattr(split, name)), _SIZE)


PAGE = Page(routes, addresses=lambda site, reader: ["/agreements"], variants=_variants)
