"""Search as you type."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from overt.http.json_and_problem_responses import Json
from overt.http.query_models import ONCE, PROBLEMS, SearchWords
from overt.http.served_release import Served
from overt.queries.name_search import name_lookup
from overt.queries.name_search.subject_in_country import match_in_country
from overt.site.search.match_descriptions import describe_country_match, describe_match


class SearchMatch(BaseModel):
    """A record, country, layer, kind, figure, source, or subject in a country that matches a search."""

    type: str = Field(
        description="country, layer, kind, figure, source, the type of a record (organization, project, place …), or "
        "projects: a list of those of an organisation, layer or kind in a country, all of which the query names."
    )
    id: str
    label: list[str] = Field(description="Label in pieces. The second, fourth … pieces match the query.")
    lang: str | None = Field(description="Language of the label (BCP 47), if known.")
    name: list[str] | None = Field(description="The other name that matches, in pieces; null if the label matches.")
    fit: str = Field(
        description="whole; begins; contains (from a word on); words (each begins a word); sounds-whole, sounds-begin, "
        "sounds-contain, sounds-words: the same in another spelling; scattered (over several names); slip (with a typing error)."
    )
    what: str = Field(description="Description: kind, countries, number of projects.")
    address: str = Field(description="Address of the page.")


class SearchResults(BaseModel):
    """The best matches, best first."""

    release: str
    results: list[SearchMatch]


def routes(sites: Mapping[str, Served]) -> APIRouter:
    """Return the route of `/api/v1/search`. `sites` has the site of each language, by its code."""
    router = APIRouter(prefix="/api/v1", tags=["search"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/search", name="found", response_model=SearchResults, response_class=Json)
    def search_names(request: Request, parameters: Annotated[SearchWords, Query()]) -> Response:
        """Search names. Names equal to the query come first, then names that begin with it, names that contain its words, names
        that sound like it, and names that differ by a misspelling. Chinese names also match pinyin without tones.

        If the query names a country and a subject, such as an organisation or a kind of project, a link to the subject's
        projects or page in that country comes before all matches. The answer does not contain the query.
        """
        site = sites[parameters.lang or "en"]
        query = site.query(request)
        with site.database.lease() as reader:
            matches = name_lookup.first(reader, query.text("q"), parameters.size)
            in_country = match_in_country(reader, query.text("q"))
        results = [_result(site, describe_country_match(site, in_country), "words")] if in_country else []
        results += [_match(site, match) for match in matches]
        return Json({"release": site.prepared.release, "results": results[: parameters.size]})

    return router


def _match(site: Served, match: name_lookup.Match) -> dict[str, Any]:
    return _result(site, describe_match(site, match), match.fit.id)


def _result(site: Served, description: Mapping[str, Any], fit: str) -> dict[str, Any]:
    return {**description, "fit": fit, "address": site.with_known(description["address"])}
