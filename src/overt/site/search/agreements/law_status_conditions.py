"""The statuses of laws and agreements: statuses that a question asks for, and drafts among the laws that an answer counts."""

from collections.abc import Sequence

from overt.language.language import NN_
from overt.queries.database import Row
from overt.site.search.agreements.agreement_dates_in_words import planned_end_of
from overt.site.search.blocking.words_for_current_and_ended_restrictions import words_for_ended
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note

_DRAFT = "draft"
_NO_STATUS = frozenset({None, "unknown"})
_ENDED = ("repealed", "superseded")
"""Statuses of laws and agreements that have ended."""


def with_statuses(scope: ProjectScope, rows: Sequence[Row]) -> list[Row]:
    """Return the laws and agreements with a status that the question asks for, such as repealed; all if it asks for none.

    If none has such a status, all rows are returned, and `without_status` returns a sentence on that. In both cases, the words
    for the status no longer count as left out.
    """
    statuses = scope.lexicon.law_statuses_in(scope.question.unweighed)
    statuses = [*_ENDED] if not statuses and _asks_for_ended(scope) else statuses
    if not statuses or not rows:
        return [*rows]
    by_status = scope.lexicon.grammar.law_statuses
    used = {word for status in statuses for word in by_status[status]}
    scope.question.unweighed = [word for word in scope.question.unweighed if word not in used]
    if matching := [row for row in rows if row["dated"].get("status") in statuses]:
        scope.question.law_statuses = statuses
        return matching
    scope.question.missing_law_statuses = statuses
    return [*rows]


def _asks_for_ended(scope: ProjectScope) -> bool:
    """Return whether a question asks which laws or agreements have ended or expired, and not when."""
    return any(scope.lexicon.date_event(word) for word in words_for_ended(scope))


def without_status(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence saying that none of these laws and agreements has a status that the question asks for.

    If there is only one row, the sentence gives its planned end or status, if any. Empty if a row has such a status, or if the
    question doesn't ask for a status.
    """
    statuses = scope.question.missing_law_statuses
    if not statuses or not rows or any(row["dated"].get("status") in statuses for row in rows):
        return ""
    missing = scope.joined([f"“{scope.words.term('statuses', status)}”" for status in statuses])
    if len(rows) == 1 and (planned := planned_end_of(scope, rows[0])):
        return planned + scope.language.gettext(".")
    if len(rows) == 1 and (status := rows[0]["dated"].get("status")):
        return scope.language.gettext(
            "Its status on record is “%(status)s”, not %(statuses)s.",
            status=scope.words.term("statuses", status), statuses=missing,
        )  # fmt: skip
    return scope.language.ngettext(
        "It isn’t recorded as %(statuses)s.", "None of them is recorded as %(statuses)s.", len(rows), statuses=missing
    )


def of_unknown_status(scope: ProjectScope, rows: Sequence[Row]) -> list[Note]:
    """Return a note on laws and agreements that an answer limited to a status leaves out because their status is unknown.

    `rows`: the laws and agreements that match the question except for their status.
    """
    unknown = [row for row in rows if row["dated"].get("status") in _NO_STATUS] if scope.question.law_statuses else []
    if not unknown:
        return []
    message = NN_(
        "%(n)s more isn’t in the answer, because its status isn’t known: %(names)s.",
        "%(n)s more aren’t in the answer, because their statuses aren’t known: %(names)s.",
    )
    return [Note(scope.language.ngettext(*message, len(unknown), names=scope.named(map(scope.called_row, unknown))))]


def drafts_among(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence on the drafts among these rows; empty if there are none, or if the question asks for a status."""
    drafts = [row for row in rows if row["dated"].get("status") == _DRAFT]
    if not drafts or scope.question.law_statuses:
        return ""
    return scope.language.ngettext(
        "%(n)s of them is recorded only as a draft: %(names)s.", "%(n)s of them are recorded only as drafts: %(names)s.",
        len(drafts), names=scope.named(map(scope.called_row, drafts)),
    )  # fmt: skip


def in_no_row(scope: ProjectScope, rows: Sequence[Row], countries: Sequence[str]) -> str:
    """Return a sentence on counted agreements that are missing from a list of countries.

    They are missing because they name no country besides the question's. Empty if this is true of none or all of them.
    """
    unlisted = [row for row in rows if set(row["countries"]) <= set(countries)]
    if not unlisted or len(unlisted) == len(rows):
        return ""
    return scope.language.ngettext(
        "%(n)s of them is on record without another country, and so is in no row: %(names)s.",
        "%(n)s of them are on record without another country, and so are in no row: %(names)s.",
        len(unlisted), names=scope.named(map(scope.called_row, unlisted)),
    )  # fmt: skip
