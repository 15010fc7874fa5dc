"""Sentences on the laws and agreements that an answer counts: drafts, and those that no row of a list of countries has."""

from collections.abc import Sequence

from overt.queries.database import Row
from overt.site.search.projects.project_scope_notes import ProjectScope

_DRAFT = "draft"


def drafts_among(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence on the drafts among laws and agreements; if the question asks for drafts, also if there is none.

    If there are drafts, words for drafts are removed from the question's `unweighed`.
    """
    drafts = [row for row in rows if row["dated"].get("status") == _DRAFT]
    words = [word for word in scope.question.unweighed if word in scope.lexicon.answer_words.drafts]
    if not drafts:
        return scope.language.gettext("None of them is recorded as a draft.") if words and rows else ""
    scope.question.unweighed = [word for word in scope.question.unweighed if word not in words]
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
