"""A sentence that names suppliers, for a question that also asks for amounts: “who built it and what did it cost”."""

from overt.queries.projects_in_memory import Mask
from overt.queries.questions.question_tokens import WHO
from overt.site.search.projects.project_scope import ProjectScope

_MAX_NAMED = 12
"""Maximum number of suppliers in the sentence."""


def suppliers_beside(scope: ProjectScope, mask: Mask) -> str:
    """Return a sentence that names the suppliers of a mask's projects, or says that none is on record.

    Empty if the mask is empty, or if the question doesn't ask for suppliers. In a question about money, “who” alone means the
    lender.
    """
    asks = "suppliers" in scope.intents or ("money" not in scope.intents and not WHO.isdisjoint(scope.question.tokens))
    if not asks or not mask.any():
        return ""
    names = [scope.called_row(row) for row in scope.suppliers_of(mask)]
    if not names:
        return scope.language.gettext("No supplier is on record for this.")
    return scope.language.gettext("Suppliers and implementers on record: %(names)s.", names=scope.named(names, _MAX_NAMED))
