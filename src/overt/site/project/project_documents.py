"""The documents that claims about a project cite: all of them, by property, or the only one that names an organisation."""

from collections.abc import Iterable, Sequence

from overt.queries import records
from overt.queries.database import Reader
from overt.queries.rows.records import Claim, Record, cited_documents
from overt.site.organization_in_country.naming_documents import naming_documents
from overt.site.site import Site


def project_documents(reader: Reader, claims: Sequence[Claim]) -> list[Record]:
    """Return the documents that current claims cite, the newest first. Undated documents come last."""
    ids = [document.id for claim in claims if claim.standing == "current" for document in cited_documents(claim)]
    documents = records.records(reader, ids)
    return sorted(documents, key=lambda document: document.value("published") or "", reverse=True)


def property_documents(claims: Sequence[Claim], documents: Sequence[Record]) -> dict[str, list[Record]]:
    """Return the documents behind each property that only our own registers state, in the order of `documents`.

    A property without documents is left out. The name and description have an empty list, because the title and note of a
    project are in our own words, not in those of a document.
    """
    by_property: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.standing == "current":
            by_property.setdefault(claim.property, []).append(claim)
    own = {name: rows for name, rows in by_property.items() if all(claim.own for claim in rows)}
    cited = {name: {row.id for claim in rows for row in cited_documents(claim)} for name, rows in own.items()}
    by_name = {name: [row for row in documents if row.id in ids] for name, ids in cited.items()}
    return {name: [] if name in ("name", "description") else rows for name, rows in by_name.items() if rows}


def only_publishers(site: Site, reader: Reader, project: str, organizations: Iterable[str]) -> dict[str, str]:
    """Return the publisher of the only document that names an organisation in a project, by the organisation's id.

    An organisation is left out if several documents or sources name it, or only a source that cites no document.
    """
    publishers = {}
    for organization in dict.fromkeys(organizations):
        named = naming_documents(site, reader, [project], [organization]).get(project)
        if named and len(named.documents) == 1 and named.documents[0].id:
            publishers[organization] = named.documents[0].publisher
    return publishers
