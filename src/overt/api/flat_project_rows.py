"""Projects as the rows of a spreadsheet: the columns of the released table `projects_flat`."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field, create_model
from starlette.responses import Response

from overt.api.field_selection import fields_parameter, select_fields
from overt.api.paging import Paged, make_cursor, page_response, read_cursor
from overt.http.json_and_problem_responses import Json
from overt.http.query_models import ONCE, PROBLEMS, Filters
from overt.http.served_release import Served
from overt.queries.database import json_array
from overt.queries.project_filter_masks import matching_projects
from overt.release.columns.shared_and_former_column_names import former_names
from overt.release.flat_projects import COLUMNS, INTEGERS, NAME, NUMBERS

_FORMER = former_names(NAME)


def _field(name: str) -> Any:
    kind = int if name in INTEGERS else float if name in NUMBERS else str
    return (kind | None, Field(None, description=COLUMNS[name]))


FlatProject = create_model(
    "FlatProject",
    __base__=BaseModel,
    __doc__="A row of the flat table of projects.",
    **{name: _field(name) for name in COLUMNS},
)


class FlatList(Filters, Paged):
    """Parameters of the flat list of projects."""

    fields: str | None = fields_parameter(FlatProject, _FORMER)


class FlatPage(BaseModel):
    """A page of the flat table of projects."""

    release: str
    next: str | None = Field(description="Cursor of the next page; null on the last page.")
    items: list[FlatProject]  # type: ignore[valid-type]
    total: int = Field(description="Number of matches.")


def routes(site: Served) -> APIRouter:
    """Return the route of `/api/v1/projects/flat`."""
    router = APIRouter(prefix="/api/v1", tags=["records"], responses=PROBLEMS, dependencies=ONCE)

    @router.get("/projects/flat", response_model=FlatPage, response_class=Json)
    def flat_list(request: Request, parameters: Annotated[FlatList, Query()]) -> Response:
        """Return a row for each project that matches the filters, ordered by id.

        The columns are those of the file `projects_flat`; organisations are given by name. Semicolons separate multiple values,
        except addresses of documents, which are separated by spaces. `fields` selects columns.
        """
        [after] = read_cursor(parameters.cursor) or [""]
        with site.database.lease() as reader:
            mask = matching_projects(reader, site.query(request).filter())
            ids = reader.vectors.ids_after(mask, after, parameters.limit + 1)
            rows = reader.rows("projects.flat", [json_array(ids[: parameters.limit])])
        following = make_cursor(ids[parameters.limit - 1]) if len(ids) > parameters.limit else None
        selected = select_fields(rows, parameters.fields, COLUMNS, _FORMER)
        return page_response(site, request, selected, following, total=int(mask.sum()))

    return router
