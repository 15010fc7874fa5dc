"""Say at the beginning of an answer that all its projects are denied, unverified, cancelled or only announced."""

from collections import Counter

from overt.queries.projects_in_memory import Mask
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import size_of


def counted_projects(scope: ProjectScope, mask: Mask) -> str:
    """Return a sentence with the number of a mask's projects, and with their statuses if none counts as supplied."""
    return sentence_on_unconfirmed(scope, mask) or scope.counted(size_of(mask))


def sentence_on_unconfirmed(scope: ProjectScope, mask: Mask) -> str:
    """Return a sentence with the number of a mask's projects and their statuses, if none of them counts as supplied.

    Empty if any counts as supplied, or if the question names a status.
    """
    if not mask.any() or (mask & ~scope.disputed).any() or scope.question.ids("status"):
        return ""
    number = size_of(mask)
    numbers = Counter(row["status"] for row in scope.rows("not_built", mask, seats=()))
    labels = {status: scope.words.term("statuses", status) for status in numbers}
    if len(numbers) == 1:
        return scope.language.ngettext(
            "%(n)s project is recorded, but with the status “%(status)s”: %(what)s.",
            "%(n)s projects are recorded, but all with the status “%(status)s”: %(what)s.",
            number, status=next(iter(labels.values())), what=scope.about(),
        )  # fmt: skip
    counts = (scope.language.gettext("“%(status)s” (%(n)s)", status=labels[key], n=count) for key, count in numbers.items())
    return scope.language.gettext(
        "%(n)s projects are recorded, but only with these statuses, %(statuses)s: %(what)s.",
        n=number, statuses=scope.listed(counts), what=scope.about(),
    )  # fmt: skip
