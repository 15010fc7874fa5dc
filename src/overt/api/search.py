"""Search as you type."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from overt.http.problem import Json
from overt.http.query_models import ONCE, PROBLEMS, SearchWords
from overt.http.served_release import Served
from overt.queries.name_search import search
from overt.queries.name_search.country_match import match_in_country
from overt.site.search.match_texts import describe_country_match, describe_match


class Found(BaseModel):
    """One thing with a name that fits."""

    type: str = Field(
        description="country, layer, kind, figure, source, or the type of a record: organization, project, place …; "
        "projects: those of the organisation, layer or kind in the country that the words name together."
    )
    id: str
    label: list[str] = Field(description="What it is called, in pieces; the second, fourth … of them are what fits.")
    lang: str | None = Field(description="The language of the label (BCP 47), where it is known.")
    name: list[str] | None = Field(description="Another of its names, if it is that which fits, in pieces.")
    fit: str = Field(
        description="whole; begins; contains (from a word on); words (each begins a word); sounds-whole, sounds-begin, "
        "sounds-contain, sounds-words: the same in another spelling; scattered (over several names); slip (a typing error away)."
    )
    what: str = Field(description="What it is: its kind, its countries, how many projects.")
    address: str = Field(description="The page that it leads to.")


class Answer(BaseModel):
    """The best of what was found, the best first."""

    release: str
    results: list[Found]


def routes(sites: Mapping[str, Served]) -> APIRouter:
    """Return the routes of `/api/v1/search`. `sites`: by language code."""
    router = APIRouter(prefix="/api/v1", tags=["search"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/search", name="found", response_model=Answer, response_class=Json)
    def search_names(request: Request, parameters: Annotated[SearchWords, Query()]) -> Response:
        """Names that fit: exact before beginnings before words before typing errors; Chinese also by pinyin without tones.

        The words of the query are not in the answer.
        """
        site = sites[parameters.lang or "en"]
        query = site.query(request)
        with site.database.lease() as reader:
            matches = search.first(reader, query.text("q"), parameters.size)
            in_country = match_in_country(reader, query.text("q"))
        results = [{**describe_country_match(site, in_country), "fit": "words"}] if in_country else []
        results += [_match(site, match) for match in matches]
        return Json({"release": site.prepared.release, "results": results[: parameters.size]})

    return router


def _match(site: Served, match: search.Match) -> dict[str, Any]:
    return {**describe_match(site, match), "fit": match.fit.name.lower().replace("_", "-")}
