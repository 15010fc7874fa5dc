"""The page of a claim: the statement, the documents or rows that support it, and other claims that agree or disagree."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException
from starlette.responses import Response

from overt.language.first_letter_case import lower_first
from overt.model.geography.country_name_lookup import CountryNames
from overt.queries import records, sources
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Record, cited_documents
from overt.site.agreement.law_article_names_and_order import article_name
from overt.site.citations_and_linked_data.cited_documents_and_sources import CitedSources, document_reference, source_reference
from overt.site.claim.claim_heading_names import (
    Named,
    named,
    names_organization,
    shares_name,
    short_link,
    without_brackets,
    without_links,
    without_organization,
)
from overt.site.claim.documents_behind_claim import Evidence, cited_evidence
from overt.site.claim.documents_on_copy_sites import hosts_of_copies, is_copy
from overt.site.claim.index_value import index_value, maker_words
from overt.site.claim.internet_archive_links import archived_copies
from overt.site.claim.publishers_known_at_second_hand import second_hand_sentence
from overt.site.claim.source_row import exhibits
from overt.site.claim.values_from_document import owner_of, value_labels
from overt.site.organization_in_country.naming_documents import NamedBy, NamingDocument, documents_besides, naming_documents
from overt.site.page_declaration import Page
from overt.site.project.project_lead import only_scanned
from overt.site.sentences.joined_parts import join
from overt.site.site import Site

_SECTIONS = {
    "project": "/explorer", "agreement": "/agreements", "restriction": "/blocked", "organization": "/companies",
    "relation": "/companies",
}  # fmt: skip
"""Section of the site to which a claim's page belongs, by type of record.

If the claim's record is part of another record (`owner_of`), the type is that of the other record.
"""


_CITED = 3
"""Maximum number of documents in the citation of a claim."""
_DOCUMENTS, _FACTS = 2, 3
"""Maximum number of publishers of other documents on the project, and of the facts in them, in the sentence of `_besides`."""


def routes(site: Site) -> APIRouter:
    """Return the route of `/claim/…`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/claim/{claim_id}")
    def claim(request: Request, claim_id: str) -> Response:
        with site.database.lease() as reader:
            row = records.claim(reader, claim_id)
            if row is None:
                raise HTTPException(404, site.gettext("No claim of this edition has this id."))
            record = records.find(reader, row.id)
            places = exhibits(site, reader, row)
            names = [name for key in ("organization", "by", "party", "financier") if (name := _label(row, record, key))]
            owner_id = owner_of(row, record)
            owner = records.find(reader, owner_id) if owner_id != row.id else None
            project = next((each for each in (owner, record) if each and each.type == "project"), None)
            named_by = _named_by(site, reader, row, record, project) if row.own else None
            same = [claim for claim in records.claims(reader, row.id) if is_other_evidence(claim, row)]
            agreeing = [claim for claim in same if claim.value == row.value]
            by_document = _claims_beside(reader, project, named_by) if project and row.own else {}
            beside = _documents_beside(reader, by_document, agreeing)
            publishers_of_same = _publishers_of_same(reader, named_by, agreeing)
            evidence = (
                cited_evidence(site, reader, row, places, names, owner_id, besides=beside, same=publishers_of_same)
                if row.own
                else None
            )
            if evidence:
                documents = [card.document for card in evidence.documents]
            else:
                documents = records.records(reader, [document.id for document in cited_documents(row)])
            besides = _besides(site, reader, by_document) if named_by else None
            source = sources.find(reader, row.source)
            statements = _statements(reader, row, record)
            body = _kind_of_namesake(site, reader, row, record)
            behind = _behind(site, reader, row, documents)
            value = index_value(site, reader, row, record)
        plain = _plain_project(row, record, site.words.country_names)
        publishers = {document.value("publisher") for document in documents}
        return site.page(
            "claim/template.html",
            request=request,
            section=_SECTIONS.get(owner.type if owner else row.type, ""),
            claim=row,
            record=record,
            cited_documents=cited_documents,
            brief=lambda name: (
                short_link(site, plain if plain and name == "project" else named(row, record, name))
                + (body if name == "organization" else "")
            ),
            other_documents=_other_documents(named_by, evidence, same) if named_by and evidence else [],
            besides=besides,
            scanned=bool(project and only_scanned(project)),
            article=article_name(site, record) if record and record.type == "provision" else "",
            places=places,
            evidence=evidence,
            only_publisher=publishers.pop() if len(publishers) == 1 else None,
            second_hand=_second_hand(site, evidence, beside, publishers_of_same, is_listed=besides is not None)
            if evidence
            else "",
            copies=archived_copies(row, documents),
            hosts_of_copies=hosts_of_copies(documents),
            only_copies=all(is_copy(document) for document in documents),
            origin=source,
            index_value=value,
            passed_on=maker_words(site, value) if value else "",
            country_crumb=_country_crumb(site, record),
            statements=statements,
            agreeing=agreeing,
            differing=[claim for claim in same if claim.value != row.value],
            # The host is from the settings, not the request, because pages are cached and clients can send any Host header.
            address_here=f"{site.address_of_site}{site.url(f'/claim/{row.claim_id}')}" if site.address_of_site else "",
            behind=behind,
            without_links=without_links,
        )

    return router


def _behind(site: Site, reader: Reader, claim: Claim, documents: Sequence[Record]) -> CitedSources:
    """Return references to the documents behind a claim, or else to its source.

    Overt's own registers get no reference. Unlike `sources_behind`, this function doesn't depend on whether the
    site has a public address.
    """
    if documents:
        return CitedSources([document_reference(site, document) for document in documents[:_CITED]], len(documents[_CITED:]))
    source = sources.find(reader, claim.source) if claim.source in site.sources else None
    return CitedSources([source_reference(site, source)] if source and not source.own else [])


def _country_crumb(site: Site, record: Record | None) -> tuple[str, str] | None:
    """Return the address and name of the country's page for a claim about an assessment; None for other records."""
    code = record.value("country") if record and record.type == "assessment" else None
    return (f"/country/{code}", site.words.area(code)) if code else None


def _kind_of_namesake(site: Site, reader: Reader, claim: Claim, record: Record | None) -> Markup:
    """Return the kind of the claim's organisation, in brackets, if its name resembles the project's; otherwise empty."""
    project, organization = (named(claim, record, name) for name in ("project", "organization"))
    if project is None or organization is None or not shares_name(project, organization):
        return Markup()
    kinds = [body.value("kind") for body in records.records(reader, [organization.id], ("kind",))]
    kind = next((word for word in kinds if word), None)
    label = site.words.term("organization-kinds", kind) if kind else site.schema.types["organization"].label
    return site.markup(" (%(details)s)", details=lower_first(site.language, label))


def _project_in_heading(claim: Claim, record: Record | None) -> Named | None:
    """Return the project of a role or commitment, if the project's name contains the organisation's brand; otherwise None."""
    if claim.type not in ("role", "commitment"):
        return None
    project = named(claim, record, "project")
    organizations = (named(claim, record, name) for name in ("organization", "financier"))
    return project if any(names_organization(project, organization) for organization in organizations) else None


def _plain_project(claim: Claim, record: Record | None, countries: CountryNames | None) -> Named | None:
    """Return the project of `_project_in_heading` without the organisation at the beginning of its name or in brackets.

    None if there is no such project, or if the name contains the brand elsewhere, too.
    """
    project = _project_in_heading(claim, record)
    organizations = [row for name in ("organization", "financier") if (row := named(claim, record, name))]
    plain = without_brackets(project) if project else None
    for organization in organizations:
        plain = without_organization(plain, organization, countries) if plain else None
    return plain if plain and not any(names_organization(plain, organization) for organization in organizations) else None


def _named_by(site: Site, reader: Reader, claim: Claim, record: Record | None, project: Record | None) -> NamedBy | None:
    """Return the documents that name the organisation in its role in the project; None if the claim isn't about a role."""
    organization, role = (record.fact("organization"), record.value("role")) if record else (None, None)
    if claim.type != "role" or organization is None or project is None or not role:
        return None
    return naming_documents(site, reader, [project.id], [organization.value], role).get(project.id)


def _other_documents(named_by: NamedBy, evidence: Evidence, listed: Sequence[Claim]) -> list[NamingDocument]:
    """Return the documents and sources, other than the claim's own evidence, that also name the organisation.

    `listed`: other claims that the page already lists. The documents that they cite are left out.
    """
    own, claims = {card.document.id for card in evidence.documents}, {claim.claim_id for claim in listed}
    return [document for document in named_by.documents if document.id not in own and document.claim not in claims]


def _besides(site: Site, reader: Reader, by_document: Mapping[str, Sequence[str]]) -> Markup | None:
    """Return a sentence on the documents on a project that don't name the organisation, and on the facts that they support.

    None if there is no such document. `by_document`: the result of `_claims_beside`.
    """
    if not by_document:
        return None
    claims = records.claims_by_id(reader, dict.fromkeys(name for names in by_document.values() for name in names))
    documents = records.records(reader, by_document)
    names = [site.foreign(document.value("publisher") or site.called(document)) for document in documents[:_DOCUMENTS]]
    parts = [lower_first(site.language, label) for label in value_labels(site, claims)]
    first = [escape(part) for part in parts[:_FACTS]]
    return site.language.nmarkup(
        "%(n)s more document on the project, from %(names)s, is evidence for other facts, such as %(parts)s, not for this one.",
        "%(n)s more documents on the project, from %(names)s, are evidence for other facts, such as %(parts)s, not for this one.",
        len(documents),
        names=join(site, names, len(documents) - len(names)),
        parts=join(site, first) if first else site.gettext("that it exists"),
    )


def _second_hand(site: Site, evidence: Evidence, beside: Sequence[Record], same: Sequence[str], *, is_listed: bool) -> Markup:
    """Return the sentences of the lead on publishers whose reports are on record only at second hand.

    `beside`: the documents on the project that are evidence for other facts. `same`: the publishers of other documents that say
    the same. `is_listed`: whether the lead already names publishers of documents in `beside`.
    """
    publishers = [_publisher(card.document) for card in evidence.documents]
    if is_listed:
        return second_hand_sentence(site, publishers, same=[*same, *(_publisher(document) for document in beside)])
    return second_hand_sentence(site, publishers, beside, same)


def _claims_beside(reader: Reader, project: Record, named_by: NamedBy | None) -> Mapping[str, Sequence[str]]:
    """Return the documents on a project that don't name the organisation, by id, each with the ids of the claims that cite it.

    `named_by`: the documents that name the organisation. If it is None, all documents on the project are returned.
    """
    return documents_besides(reader, [project.id], {project.id: named_by} if named_by else {}).get(project.id, {})


def _documents_beside(reader: Reader, by_document: Mapping[str, Sequence[str]], agreeing: Sequence[Claim]) -> list[Record]:
    """Return the documents of `_claims_beside`, without those cited by other claims with the same value (`agreeing`)."""
    cited = {document.id for claim in agreeing for document in cited_documents(claim)}
    return records.records(reader, [identity for identity in by_document if identity not in cited])


def _publishers_of_same(reader: Reader, named_by: NamedBy | None, agreeing: Sequence[Claim]) -> list[str]:
    """Return the publishers of the other documents that say the same as a claim.

    These documents name the organisation of a role, or are cited by other claims with the same value (`agreeing`).
    """
    documents = records.records(reader, [document.id for claim in agreeing for document in cited_documents(claim)])
    return [*(named_by.publishers if named_by else ()), *(_publisher(document) for document in documents)]


def _publisher(document: Record) -> str:
    return document.value("publisher") or ""


def _label(claim: Claim, record: Record | None, name: str) -> str | None:
    target = named(claim, record, name)
    return target.label if target else None


def _statements(reader: Reader, claim: Claim, record: Record | None) -> list[Record]:
    """Return the statements of companies and governments about the project of a claim, denials first.

    Empty if the claim is not about a project or a role.
    """
    project = claim.id if claim.type == "project" else record.value("project") if record and claim.type == "role" else None
    rows = records.linked(reader, project, "statement", "about") if project else []
    return sorted(rows, key=lambda row: (row.value("kind") != "denial", row.id))


def is_other_evidence(claim: Claim, stated: Claim) -> bool:
    """Return whether `claim` is another current claim about the same property as `stated`. Both are about the same record."""
    return claim.property == stated.property and claim.claim_id != stated.claim_id and claim.standing == "current"


PAGE = Page(routes)
