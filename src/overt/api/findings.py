"""Findings as stored in the release."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.api.response_models import Finding
from overt.http.json_and_problem_responses import Json, Problem
from overt.http.query_models import ONCE, PROBLEMS, NoParameters
from overt.http.served_release import Served
from overt.queries import findings


def routes(site: Served) -> APIRouter:
    """Return the routes of `/api/v1/findings`."""
    router = APIRouter(prefix="/api/v1", tags=["records"], responses=PROBLEMS, dependencies=ONCE)
    not_found: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "This release has no such finding."}}

    @router.get("/findings", response_model=list[Finding], response_class=Json)
    def finding_list(parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return all findings in the order in which pages show them, as in `overt findings --json`. Findings that don't hold
        are included, with the reason.
        """
        with site.database.lease() as reader:
            return Json([findings.finding_data(site.prepared.release, row) for row in findings.all_findings(reader)])

    @router.get("/findings/{name}", response_model=Finding, response_class=Json, responses=not_found)
    def finding(name: str, parameters: Annotated[NoParameters, Query()]) -> Response:
        """Return a finding by its name."""
        with site.database.lease() as reader:
            row = findings.find(reader, name)
        if row is None:
            raise HTTPException(404, "This release has no finding of this name.")
        return Json(findings.finding_data(site.prepared.release, row))

    return router
