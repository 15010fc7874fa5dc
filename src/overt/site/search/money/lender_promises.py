"""What the lenders in a question promised for the projects of an answer."""

from overt.queries.projects_in_memory import Mask
from overt.site.search.money.money_reply import lenders_and_parties, sums_by_unit
from overt.site.search.projects.project_scope import ProjectScope


def promised_by_lenders(scope: ProjectScope, mask: Mask) -> str:
    """Return a sentence on the money that the question's organisations, if all are lenders, promised for a mask's projects.

    Empty if one of them isn't a lender, if nothing was promised, or if the question doesn't ask what an organisation does in a
    place.
    """
    lenders, parties = lenders_and_parties(scope) if scope.question.intent == "answer" else ([], [])
    if parties or not lenders:
        return ""
    rows = scope.rows("commitments_by_project", mask, seats=(), financiers=lenders, flows=())
    number = sum(row["commitments"] for row in rows)
    if not number:
        return ""
    commitments = scope.language.ngettext("%(n)s commitment", "%(n)s commitments", number)
    if not (amounts := scope.listed(sums_by_unit(scope, rows))):
        return scope.language.gettext("Lent or given for this: %(commitments)s, without an amount.", commitments=commitments)
    return scope.language.gettext(
        "Lent or given for this: %(commitments)s, together %(amounts)s.", commitments=commitments, amounts=amounts
    )
