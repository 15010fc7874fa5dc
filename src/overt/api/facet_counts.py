"""Counts of projects for each choice of a filter."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from overt.http.json_and_problem_responses import Json
from overt.http.query_models import ONCE, PROBLEMS, Filters
from overt.http.served_release import Served
from overt.index.project_filter_declarations import FACETS
from overt.queries.facets import counts
from overt.queries.project_filter_masks import matching_projects


class FacetCounts(BaseModel):
    """Number of projects that each choice of a filter would match, with the other filters unchanged."""

    release: str
    total: int = Field(description="Number of projects that match all filters.")
    facets: dict[str, dict[str, int]] = Field(description="Filter → value → projects.")


def routes(site: Served) -> APIRouter:
    """Return the route of `/api/v1/facets`."""
    router = APIRouter(prefix="/api/v1", tags=["records"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/facets", response_model=FacetCounts, response_class=Json)
    def facets(request: Request, parameters: Annotated[Filters, Query()]) -> Response:
        """Return the number of projects that each choice of a filter would match, with the other filters unchanged. Choices
        without a match are left out.
        """
        selection = site.query(request).filter()
        with site.database.lease() as reader:
            facet_counts = counts(reader, selection)
            total = int(matching_projects(reader, selection).sum())
        nonzero = {name: {value: count for value, count in values.items() if count} for name, values in facet_counts.items()}
        nonzero["source"] = {
            slug: count for slug, count in nonzero["source"].items() if slug in site.sources
        }  # Readers can't filter by editors' own claims.
        named = {FACETS[name].interface_name or name: values for name, values in nonzero.items()}
        return Json({"release": site.prepared.release, "total": total, "facets": named})

    return router
