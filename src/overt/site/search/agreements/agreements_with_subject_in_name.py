"""Laws and agreements whose names have the question's own words for their subject, as in “主权互联网”法.

The example is Chinese for “the sovereign internet law”.
"""

from collections.abc import Sequence

from overt.index.search_text import fold
from overt.queries.database import Row
from overt.site.search.agreements.agreement_dates_in_words import agreement_dates
from overt.site.search.agreements.agreement_subjects import Subject, has_word
from overt.site.search.projects.project_scope import ProjectScope


def rows_by_name(scope: ProjectScope, rows: Sequence[Row], subjects: Sequence[Subject]) -> list[Row]:
    """Return the agreements whose names contain all of the question's words for subjects; empty if all agreements' names do.

    Synonyms of these words don't count.
    """
    words = [fold(subject.label) for subject in subjects if subject.start >= 0]
    named = [row for row in rows if words and all(has_word(_names(scope, row), word) for word in words)]
    return named if len(named) < len(rows) else []


def dates_by_name(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence with the names and dates of the agreements that `rows_by_name` returned."""
    no_date = [scope.language.gettext("no date")]
    texts = [
        scope.language.gettext(
            "%(name)s (%(detail)s)",
            name=scope.called_row(row),
            detail=scope.listed(agreement_dates(scope, row) or no_date),
        )
        for row in rows
    ]
    return scope.language.gettext("On record under this name: %(names)s.", names=scope.named(texts))


def _names(scope: ProjectScope, row: Row) -> str:
    names = [row["label"], *str(row["names"] or "").split("\n")]
    translated = [row["label_zh"], *(scope.lexicon.chinese.get(name) for name in names)]
    return f" {' '.join(fold(name) for name in (*names, *translated) if name)} "
