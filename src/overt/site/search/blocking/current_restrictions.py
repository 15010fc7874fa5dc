"""Limit an answer about blocked services to restrictions without a recorded end, for questions about the present."""

from collections.abc import Sequence

from overt.queries.database import Row
from overt.site.search.blocking.words_for_current_and_ended_restrictions import words_for_current
from overt.site.search.projects.project_scope import ProjectScope


def current_rows(scope: ProjectScope, rows: Sequence[Row]) -> tuple[list[Row], str]:
    """Return the services with a restriction that may still hold, and a sentence on the limit: “where is Signal still blocked”.

    Such a restriction has no recorded end, or is only measured. If each has a recorded end, all rows are returned, and the
    sentence says so. A question about certain years, or about the present of one service in one country, isn't limited, and the
    sentence is empty: its answer says whether the restriction has ended. `rows`: rows of `answer_services`.
    """
    if not words_for_current(scope) or scope.question.years or len(rows) <= 1:
        return [*rows], ""
    if current := [row for row in rows if row["without_end"] or not row["restrictions"]]:
        return current, scope.language.gettext(
            "Only restrictions without a recorded end count here. Some may have ended without a report."
        )
    return [*rows], scope.language.gettext("Each of these restrictions has a recorded end.")
