"""The page of a topic, such as data localisation, with all laws and agreements that have an article on it."""

from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.queries import agreements, records
from overt.queries.database import Reader
from overt.site.agreement.agreements_laws_and_past_laws import split_laws
from overt.site.agreement.law_status import law_statuses
from overt.site.page_declaration import Page
from overt.site.site import Site


def routes(site: Site) -> APIRouter:
    """Return the route of `/topic/…`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/topic/{topic}")
    def topic_page(request: Request, topic: str) -> Response:
        term = site.words.terms["provision-topics"].get(topic)
        with site.database.lease() as reader:
            topics = agreements.provision_topics(reader)
            rows = records.records(reader, sorted(identity for identity, counts in topics.items() if topic in counts))
            statuses = law_statuses(site, reader, rows)
            split = split_laws(site, reader, rows)
        if term is None:
            raise HTTPException(404, site.gettext("There is no topic of this name."))
        countries = {fact.value for record in split.laws for fact in record.shown("party-country")}
        return site.page(
            "law_topic/template.html", request=request, section="/agreements", topic=term, countries=len(countries),
            topics={identity: counts[topic] for identity, counts in topics.items() if topic in counts},
            law_statuses=statuses, **split._asdict(),
        )  # fmt: skip

    return router


def _addresses(site: Site, reader: Reader) -> Iterator[str]:
    named = {topic for counts in agreements.provision_topics(reader).values() for topic in counts}
    return (f"/topic/{topic}" for topic in site.words.terms["provision-topics"] if topic in named)


PAGE = Page(routes, addresses=_addresses)
