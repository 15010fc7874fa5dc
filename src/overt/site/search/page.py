"""The search page."""

import re
from functools import partial

from fastapi import APIRouter, Request
from starlette.responses import Response

from overt.model.errors import ValueProblem
from overt.model.values.domain_names import canonical_domain
from overt.queries.blocking import blocklists as observed
from overt.queries.blocking import measurements as measured
from overt.queries.database import Reader
from overt.queries.name_search import name_lookup
from overt.queries.name_search.name_fit import Fit
from overt.queries.name_search.subject_in_country import match_in_country
from overt.site.domain.typed_host import parse_typed_host
from overt.site.missing_merged_and_withdrawn_pages import moved
from overt.site.page_declaration import File, Page
from overt.site.search.answer_table import answer_table, notes_beside
from overt.site.search.match_descriptions import describe_country_match
from overt.site.search.match_groups import group_matches
from overt.site.search.question_answering import is_misunderstood, is_question, question_data
from overt.site.sentences.evidence_marks import evidence_mark
from overt.site.site import Site

_ROWS = 400
"""Default and maximum number of matches on a page. Most searches find fewer, and each group folds all but its first few."""


def routes(site: Site) -> APIRouter:
    """Return the route of `/search`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/search")
    def search_page(request: Request) -> Response:
        query = site.query(request)
        q = query.searched_text("q")
        number, size = query.number("page", 1, name_lookup.MAX_RESULTS, 1), query.number("size", 1, _ROWS, _ROWS)
        if _is_id(q):
            return moved(site.url(f"/record/{q}"))
        with site.database.lease() as reader:
            total, matches = name_lookup.find(reader, q, size=size, number=number)
            in_country = match_in_country(reader, q) if number == 1 else None
            blocked = _blocked(site, reader, q) if number == 1 else None
            data = question_data(site, reader, q) if q and number == 1 else None
            near = bool(matches) and not in_country and all(match.fit is Fit.SLIP for match in matches)
            question = None
            # A name that only resembles the text is no better than the answer to the question.
            if data and (is_question(data) or (near and data["understood"])):
                table = answer_table(site, reader, data)
                question = {**data, "table": table, "notes": notes_beside(data, table)}
                named = {part["id"] for part in data["parts"]}
                if near and not any(match.entry.id in named for match in matches):
                    total, matches, near = 0, [], False  # These only resemble the name that the answer has.
        groups = group_matches(site, matches)
        return site.page(
            "search/template.html",
            request=request,
            q=q,
            in_country=describe_country_match(site, in_country) if in_country else None,
            question=question,
            evidence=partial(evidence_mark, site),
            misunderstood={**data, "why": data["explanation"]} if data and is_misunderstood(data, total, are_near=near) else None,
            blocked=blocked,
            total=total,
            groups=groups,
            near=near,
            number=number,
            size=size,
            most=name_lookup.MAX_RESULTS,
        )

    return router


def _is_id(text: str) -> bool:
    return len(text) == 16 and text.startswith("ovt-") and text[4:].isalnum() and text.isascii()


def _blocked(site: Site, reader: Reader, q: str) -> tuple[str, str] | None:
    """Return the address and title of the page on blocking of a platform or domain whose name is the query.

    Return None for any other query, or if the release has no blocklists or measurements.
    """
    if not (observed.series(reader) or measured.countries(reader)):
        return None
    named, platforms = q.strip().casefold(), observed.platform_domains(reader)
    for identity, term in site.words.terms.get("platforms", {}).items():
        if identity in platforms and named in _names(identity, term.label, term.label_zh):
            text = site.gettext("Where %(platform)s is measured to be blocked", platform=term.label)
            return site.url(f"/platform/{identity}"), text
    try:
        domain = canonical_domain(parse_typed_host(q))
    except ValueProblem:
        return None
    if "." not in domain:
        return None
    return site.url(f"/domain/{domain}"), site.gettext("What lists and measurements say about %(domain)s", domain=domain)


def _names(*labels: str | None) -> set[str]:
    """Return the names that a reader may type for these labels. For `X (Twitter)`, these are `x (twitter)`, `x` and `twitter`."""
    folded = [label.casefold() for label in labels if label]
    return {name for label in folded for part in (label, *re.split("[()（）]", label)) if (name := part.strip())}


PAGE = Page(
    routes,
    variants=lambda site, reader: ["/search"],
    files=lambda site, reader: [File("/search", "search")],
)
