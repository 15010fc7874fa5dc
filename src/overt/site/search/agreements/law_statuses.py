"""The statuses of laws and agreements: those that a question asks for, and drafts among the laws that an answer counts."""

from collections.abc import Sequence

from overt.queries.database import Row
from overt.site.search.projects.project_scope_notes import ProjectScope

_DRAFT = "draft"


def with_statuses(scope: ProjectScope, rows: Sequence[Row]) -> list[Row]:
    """Return the laws and agreements with a status that the question asks for, such as repealed; all if it asks for none.

    If some have such a status, the words for it no longer count as left out. If none has, all rows are returned.
    """
    by_status = scope.lexicon.grammar.law_statuses
    named = {status: [word for word in scope.question.unweighed if word in words] for status, words in by_status.items()}
    statuses = [status for status, words in named.items() if words]
    matching = [row for row in rows if row["dated"].get("status") in statuses]
    if not matching:
        return [*rows]
    used = {word for words in named.values() for word in words}
    scope.question.unweighed = [word for word in scope.question.unweighed if word not in used]
    scope.question.law_statuses = statuses
    return matching


def drafts_among(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence on the drafts among laws and agreements; if the question asks for drafts, only if there is none."""
    if scope.question.law_statuses:
        return ""
    drafts = [row for row in rows if row["dated"].get("status") == _DRAFT]
    words = scope.lexicon.grammar.law_statuses.get(_DRAFT, ())
    if not drafts:
        asks = any(word in words for word in scope.question.unweighed)
        return scope.language.gettext("None of them is recorded as a draft.") if asks and rows else ""
    return scope.language.ngettext(
        "%(n)s of them is recorded only as a draft: %(names)s.", "%(n)s of them are recorded only as drafts: %(names)s.",
        len(drafts), names=scope.named(map(scope.called_row, drafts)),
    )  # fmt: skip


def in_no_row(scope: ProjectScope, rows: Sequence[Row], countries: Sequence[str]) -> str:
    """Return a sentence on counted agreements that no row of the list has, because they name only the question's countries.

    Empty if that is true of none or of all.
    """
    unlisted = [row for row in rows if set(row["countries"]) <= set(countries)]
    if not unlisted or len(unlisted) == len(rows):
        return ""
    return scope.language.ngettext(
        "%(n)s of them is on record without another country, and so is in no row: %(names)s.",
        "%(n)s of them are on record without another country, and so are in no row: %(names)s.",
        len(unlisted), names=scope.named(map(scope.called_row, unlisted)),
    )  # fmt: skip
