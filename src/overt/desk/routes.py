"""Routes of the desk, below an address that contains its token. The pages work without JavaScript and set no cookie."""

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from overt.archive import LockError
from overt.desk.forms import HEADERS, read_form
from overt.desk.pages import Page, judgements_page, question_page, queue_page, relations_page
from overt.desk.queue_evidence_and_judging import Desk
from overt.http.page_addresses import address
from overt.ledger import SourceDocument, Verdict
from overt.model.errors import OvertError, UsageError
from overt.resolve.review.decision import Decision
from overt.resolve.review.member_lookup import NothingResolved
from overt.site.site import Site

PATH = "/desk/"
"""Address of the desk; the token is appended."""
_NUMBER = re.compile(r"[0-9]{1,9}")
"""A position in the queue, or the number of an entry."""
_FIELDS = ("left", "right", "who", "why", "at", "relation", "document", "place", "url")


def routes(site: Site, desk: Desk) -> APIRouter:
    """Return the routes of the pages `/desk/TOKEN/`, `…/queue`, `…/relations` and `…/judgements`, and of the forms for judging
    and undoing.

    A wrong token gives 404, like any other wrong address.
    """
    router = APIRouter(prefix=f"{PATH}{{token}}", include_in_schema=False)

    def enter(token: str) -> None:
        if not desk.admits(token):
            raise HTTPException(404)

    @router.get("")
    def door(token: str) -> Response:
        enter(token)
        return RedirectResponse(f"{token}/", 308, headers=HEADERS)

    def add_page(path: str, made: Callable[[Site, Desk, Mapping[str, Any]], Page]) -> None:
        def page(token: str, request: Request) -> Response:
            enter(token)
            return _page(site, lambda: made(site, desk, _parameters(request)))

        router.add_api_route(path, page)

    add_page("/", question_page)
    add_page("/queue", queue_page)
    add_page("/relations", relations_page)
    add_page("/judgements", judgements_page)

    @router.post("/judge")
    async def judge(token: str, request: Request) -> Response:
        enter(token)
        fields = await read_form(request)
        return await run_in_threadpool(_judge, site, desk, fields)

    @router.post("/undo")
    async def undo(token: str, request: Request) -> Response:
        enter(token)
        fields = await read_form(request)
        return await run_in_threadpool(_undo, site, desk, fields)

    return router


def _judge(site: Site, desk: Desk, fields: Mapping[str, str]) -> Response:
    values = {name: fields.get(name, "") for name in _FIELDS}
    at, seen = _number(values["at"] or "0"), _number(fields["seen"]) if "seen" in fields else None
    try:
        decision = _decide(desk, fields.get("verdict", ""), values, seen)
    except OvertError as error:
        parameters: dict[str, Any] = {**values, "at": at, "error": str(error)}
        return _page(site, lambda: question_page(site, desk, parameters), _code(error))
    to = address("./", at=at, who=values["who"], done=decision.entry.sequence)
    return RedirectResponse(to, 303, headers=HEADERS)


def _decide(desk: Desk, chosen: str, values: Mapping[str, str], seen: int | None) -> Decision:
    """Write the decision in a form to the ledger. Raises OvertError for an incomplete form, and the errors of `Desk.judge`.

    `seen`: the entry about the pair that the form's page showed, as for `Desk.judge`.
    """
    pair, who, why = (values["left"], values["right"]), values["who"], values["why"]
    if chosen != "related":
        verdict = next((known for known in get_args(Verdict) if known == chosen), None)
        if verdict is None:
            raise OvertError("nothing was chosen; say same, different, unsure or related")
        return desk.judge(*pair, verdict, who, why, seen)
    kind, _, side = values["relation"].partition(" ")
    if not kind or side not in ("1", "2"):
        raise OvertError("no relation was chosen; say how the two are related")
    ends = pair if side == "1" else pair[::-1]
    if not values["document"].strip() and (values["place"].strip() or values["url"].strip()):
        raise OvertError("the document has no title; give it, or leave the document out")
    document = SourceDocument(values["document"], values["place"], values["url"] or None) if values["document"].strip() else None
    return desk.relate((ends[0], ends[1]), kind, who, why, document, seen)


def _undo(site: Site, desk: Desk, fields: Mapping[str, str]) -> Response:
    values = {name: fields.get(name, "") for name in ("who", "why")}
    entry = _number(fields.get("entry", ""))
    try:
        made = desk.undo(entry, values["who"], values["why"]).entry
    except OvertError as error:
        parameters: dict[str, Any] = {**values, "undo": entry, "error": str(error)}
        return _page(site, lambda: judgements_page(site, desk, parameters), _code(error))
    return RedirectResponse(address("judgements", who=values["who"], done=made.sequence), 303, headers=HEADERS)


def _code(error: OvertError) -> int:
    return 503 if isinstance(error, LockError) else 400


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise HTTPException(400, "That number does not belong to this page.")
    return int(text)


def _parameters(request: Request) -> dict[str, Any]:
    """Return the query parameters, with numbers parsed."""
    parameters = dict(request.query_params)
    return parameters | {name: _number(parameters[name]) for name in ("at", "done", "undo") if name in parameters}


def _page(site: Site, make: Callable[[], Page], code: int = 200) -> Response:
    """Render a page or, if it can't be made, an error page with the reason."""
    try:
        template, context = make()
        response = site.page(template, code, **context)
    except OvertError as error:
        if isinstance(error, UsageError) and not isinstance(error, NothingResolved):  # Nobody can judge this pair.
            code, title, more = 400, "That cannot be judged", []
        else:
            more = ["Run the command that this line names, then load the page again."]
            code, title = 409, "Not possible now"
        response = site.page("layout/error.html", code, status=code, title=title, message=f"{error}.", more=more)
    response.headers.update(HEADERS)
    return response
