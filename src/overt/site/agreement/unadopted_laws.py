"""Sentences on laws that were never adopted, as far as sources say: drafts, and plans announced, given up or denied."""

from collections.abc import Sequence

from markupsafe import Markup

from overt.language.language import N_
from overt.model.values.date_comparison import latest_date
from overt.queries.rows.records import Claim, Record, cited_documents
from overt.site.agreement.law_documents import LawDocument
from overt.site.site import Site

UNADOPTED = ("draft", "announced", "cancelled", "denied")
"""Statuses of laws that don't apply. Pages therefore state the status before the kind of the law."""
_SENTENCES = {
    "draft": (
        N_("A draft, according to documents up to %(date)s. No source here says that it was adopted."),
        N_("A draft, according to undated documents. No source here says that it was adopted."),
    ),
    "announced": (
        N_("Announced or planned, according to documents up to %(date)s. Overt hasn’t checked for later changes."),
        N_("Announced or planned, according to undated documents. Overt hasn’t checked for later changes."),
    ),
    "cancelled": (
        N_("Given up, according to documents up to %(date)s."),
        N_("Given up, according to undated documents."),
    ),
    "denied": (
        N_("Denied, according to documents up to %(date)s."),
        N_("Denied, according to undated documents."),
    ),
}
"""Sentences by status: one with the date of the newest document that states it, and one for undated documents."""


def unadopted(site: Site, law: Record, claims: Sequence[Claim], documents: Sequence[LawDocument]) -> Markup:
    """Return a sentence on a law with one of the statuses in UNADOPTED.

    It gives the date of the newest document that states the status, or says that the documents are undated. `claims`: the
    claims about the law. `documents`: the documents that these claims cite.
    """
    status = law.value("status") or ""
    stating = [claim for claim in claims if claim.property == "status" and claim.value == status]
    cited = {document.id for claim in stating if claim.standing == "current" for document in cited_documents(claim)}
    newest = latest_date(row.document.value("published") for row in documents if row.document.id in cited)
    dated, undated = _SENTENCES[status]
    return site.markup(dated, date=site.formats.date(newest)) if newest else site.markup(undated)
