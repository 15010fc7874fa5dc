"""Answers: what is recorded about organisations, kinds of projects, lenders and services, most of it by country."""

from collections.abc import Callable, Collection, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.api.paging import Paged, make_cursor, page_response, read_cursor
from overt.http.json_and_problem_responses import Json, Problem, gone_detail
from overt.http.page_addresses import answer_address
from overt.http.query_models import ONCE, PROBLEMS, Many
from overt.http.served_release import Served
from overt.queries import pair_answers, records, regions
from overt.queries.address_parameters import MAX_VALUES
from overt.queries.database import Reader
from overt.queries.pair_answers import Answer, Selection

_MORE = "May be repeated."
_OF_ORGANIZATIONS: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "This release has no such organisation."},
    410: {"model": Problem, "description": "The organisation has been withdrawn, or editors withhold it."},
}


class AnswerList(Paged):
    """Parameters of the list of answers."""

    organization: Many = Field(None, description=f"Id of an organisation. {_MORE}")
    area: Many = Field(None, description=f"Code of a country or area, or id of a region for all its members. {_MORE}")
    kind: Many = Field(None, description=f"Kind of project among its documented projects there. {_MORE}")
    strength: Many = Field(None, description=f"Strength of the answer. {_MORE}")


class KindsOfOrganization(Paged):
    """Parameters of the answers about organisations and kinds."""

    organization: Many = Field(None, description=f"Id of an organisation. {_MORE}")
    kind: Many = Field(None, description=f"Kind of project. {_MORE}")


class KindsInArea(Paged):
    """Parameters of the answers about countries and kinds."""

    area: Many = Field(None, description=f"Code of a country or area, or id of a region. {_MORE}")
    kind: Many = Field(None, description=f"Kind of project. {_MORE}")


class LendersInArea(Paged):
    """Parameters of the answers about lenders."""

    organization: Many = Field(None, description=f"Id of a lender or donor. {_MORE}")
    area: Many = Field(None, description=f"Code of a country or area, or id of a region. {_MORE}")


class ServicesInArea(Paged):
    """Parameters of the answers about services."""

    area: Many = Field(None, description=f"Code of a country or area, or id of a region. {_MORE}")
    service: Many = Field(None, description=f"Id of a platform or another service. {_MORE}")


class RoleInLayer(BaseModel):
    """The number of an organisation's documented projects in one layer and one role."""

    layer: str = Field(description="Layer; empty for projects of unknown kind. A project of two layers counts in both.")
    role: str
    projects: int


class AnswerItem(BaseModel):
    """What is recorded about an organisation in a country. The data dictionary describes most fields, under `answers`."""

    organization: str
    label: str | None
    label_zh: str | None
    country: str
    strength: str
    projects: int = Field(description="Documented projects in which the organisation or its group has a part.")
    supplied: int
    named_customers: int
    cables_supplied: int
    owned: int
    cables_owned: int
    financed: int
    other_parts: int
    not_built: int = Field(description="Projects that are only announced, cancelled, denied or not verified; not in `projects`.")
    group_projects: int = Field(description="Number of `projects` in which only companies of its group have a part.")
    through: list[str] = Field(description="Companies of its group whose records are included.")
    kind: list[str]
    index_years: list[int]
    programmes: int
    agreements: int
    lists: int
    financier: list[str]
    first_year: int | None
    last_year: int | None
    independent_sources: int
    newest_evidence: str | None
    roles: list[RoleInLayer]
    sentence: str
    sentence_zh: str
    page: str = Field(description="Path of the page.")


class AnswerPage(BaseModel):
    """A page of answers."""

    release: str
    next: str | None
    items: list[AnswerItem]
    total: int


class PairPage(BaseModel):
    """A page of rows from one of the other answer tables, with that table's columns: those of `answer_lenders` for
    `/answers/lenders`, and so on.
    """

    release: str
    next: str | None
    items: list[dict[str, Any]]


def routes(site: Served) -> APIRouter:
    """Return the routes of `/api/v1/answers`."""
    router = APIRouter(prefix="/api/v1", tags=["answers"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/answers", response_model=AnswerPage, response_class=Json, responses=_OF_ORGANIZATIONS)
    def answer_list(request: Request, parameters: Annotated[AnswerList, Query()]) -> Response:
        """Return what is recorded about organisations in countries, ordered by organisation and country."""
        [last] = read_cursor(parameters.cursor) or [""]
        organization, _, country = last.partition(" ")
        with site.database.lease() as reader:
            selection = Selection(
                _organizations(reader, parameters.organization), _areas(site, reader, parameters.area),
                _terms(site, "kind", "project-kinds", parameters.kind),
                _terms(site, "strength", "answer-strengths", parameters.strength),
            )  # fmt: skip
            rows = pair_answers.listed(reader, selection, parameters.limit + 1, (organization, country))
            items = [answer_item(site, reader, row) for row in rows[: parameters.limit]]
            total = pair_answers.count(reader, selection)
        end = rows[parameters.limit - 1] if len(rows) > parameters.limit else None
        return page_response(site, request, items, make_cursor(f"{end.organization} {end.country}") if end else None, total=total)

    @router.get("/answers/organization-kinds", response_model=PairPage, response_class=Json, responses=_OF_ORGANIZATIONS)
    def organization_kinds(request: Request, parameters: Annotated[KindsOfOrganization, Query()]) -> Response:
        """Return what is recorded about organisations and the kinds of projects in which they take part."""
        kinds = _terms(site, "kind", "project-kinds", parameters.kind)
        return pairs(request, parameters, pair_answers.ORGANIZATION_KINDS, lambda reader: {
            "organization": _organizations(reader, parameters.organization), "kind": kinds,
        })  # fmt: skip

    @router.get("/answers/country-kinds", response_model=PairPage, response_class=Json)
    def country_kinds(request: Request, parameters: Annotated[KindsInArea, Query()]) -> Response:
        """Return what is recorded about kinds of projects in countries, and the index editions that report each kind there."""
        kinds = _terms(site, "kind", "project-kinds", parameters.kind)
        return pairs(request, parameters, pair_answers.COUNTRY_KINDS, lambda reader: {
            "country": _areas(site, reader, parameters.area), "kind": kinds,
        })  # fmt: skip

    @router.get("/answers/lenders", response_model=PairPage, response_class=Json, responses=_OF_ORGANIZATIONS)
    def lenders(request: Request, parameters: Annotated[LendersInArea, Query()]) -> Response:
        """Return what lenders and donors promised to projects in countries, by currency or other unit."""
        return pairs(request, parameters, pair_answers.LENDERS, lambda reader: {
            "financier": _organizations(reader, parameters.organization), "country": _areas(site, reader, parameters.area),
        })  # fmt: skip

    @router.get("/answers/services", response_model=PairPage, response_class=Json)
    def services(request: Request, parameters: Annotated[ServicesInArea, Query()]) -> Response:
        """Return how many restrictions and measurements of each service are recorded in each country, and their dates."""
        known = {*site.words.terms["platforms"], *site.words.terms["services"]}
        chosen = _known("service", known, parameters.service)
        return pairs(request, parameters, pair_answers.SERVICES, lambda reader: {
            "country": _areas(site, reader, parameters.area), "service": chosen,
        })  # fmt: skip

    def pairs(request: Request, parameters: Paged, query: str, choose: Callable[[Reader], dict[str, Sequence[str]]]) -> Response:
        [text] = read_cursor(parameters.cursor) or ["0"]
        if not text.isdecimal():
            raise HTTPException(400, "cursor: not from a page of this list; start without a cursor.")
        start = int(text[:18])  # SQLite's largest integer has 19 digits.
        with site.database.lease() as reader:
            rows = pair_answers.other_pairs(reader, query, parameters.limit + 1, start, **choose(reader))
        more = make_cursor(str(start + parameters.limit)) if len(rows) > parameters.limit else None
        return page_response(site, request, rows[: parameters.limit], more)

    return router


def answer_item(site: Served, reader: Reader, answer: Answer) -> dict[str, Any]:
    """Return an answer's data for JSON, with its projects by layer and role and the path of its page."""
    data = answer._asdict()
    data.pop("label_lang")
    roles = [row._asdict() for row in pair_answers.roles(reader, answer.organization, answer.country)]
    return {**data, "roles": roles, "page": site.with_known(answer_address(answer.organization, answer.country))}


def _values(name: str, values: Many) -> list[str]:
    """Return a parameter's non-empty values. Raises HTTPException 400 if it has more than MAX_VALUES."""
    if len(values or ()) > MAX_VALUES:
        raise HTTPException(400, f"{name}: give at most {MAX_VALUES} values.")
    return [value for value in values or () if value]


def _organizations(reader: Reader, values: Many) -> list[str]:
    """Return the ids of organisations. The id of a merged record is replaced by that of the record it was merged into.

    Raises HTTPException 404 for an id that isn't an organisation's, 410 for a record that was withdrawn or that editors
    withhold, and 400 for too many ids.
    """
    ids = []
    for value in _values("organization", values):
        record = records.find(reader, value)
        if record is None:
            missing = records.find_missing(reader, value)
            if missing.withdrawal is not None:
                raise HTTPException(410, gone_detail(missing.withdrawal.since, missing.withdrawal.why))
            record = missing.record
        if record is None or record.type != "organization":
            raise HTTPException(404, f"organization: no organisation of this release has the id {value[:50]!r}.")
        ids.append(record.id)
    return ids


def _areas(site: Served, reader: Reader, values: Many) -> list[str]:
    """Return the area codes among the values, with each region replaced by its members.

    Raises HTTPException 400 for a value that is neither an area nor a region, and for too many values.
    """
    codes = []
    for value in _values("area", values):
        if value in site.words.areas:
            codes.append(value)
        elif region := site.words.find_region(value):
            codes += regions.members(reader, region)
        else:
            raise HTTPException(400, f"area: {value[:50]!r} is neither a code of an area, as in KE, nor a region, as in asean.")
    return codes


def _terms(site: Served, name: str, vocabulary: str, values: Many) -> list[str]:
    return _known(name, site.words.terms[vocabulary], values)


def _known(name: str, known: Collection[str], values: Many) -> list[str]:
    chosen = _values(name, values)
    if unknown := [value for value in chosen if value not in known]:
        raise HTTPException(400, f"{name}: there is no {unknown[0][:50]!r}; there are {', '.join(sorted(known)[:12])} ….")
    return chosen
