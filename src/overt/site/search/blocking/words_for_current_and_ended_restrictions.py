"""Recognises questions that ask only for restrictions that hold now, or only for those that have ended."""

from overt.queries.questions.question_focus import NO_LONGER
from overt.site.search.projects.project_scope import ProjectScope

_OF_DATES = ("dates", "earliest", "latest")
"""Markers of questions that ask when restrictions ended."""
_ENDED = "ended"


def words_for_current(scope: ProjectScope) -> list[str]:
    """Return the words that limit a question to the present, such as “still”; empty if there are none."""
    return [word for word in scope.question.unweighed if word in scope.lexicon.present_words]


def words_for_ended(scope: ProjectScope) -> list[str]:
    """Return the words that limit a question to restrictions that have ended, such as “no longer”; empty if there are none.

    In a question for dates or years, “ended” doesn’t limit the answer in this way.
    """
    question = scope.question
    if question.years or any(map(question.has, _OF_DATES)):
        return []
    events = [marker.text for marker in question.markers if scope.lexicon.date_event(marker.text) == _ENDED]
    return [*(word for word in question.unweighed if word in NO_LONGER), *events]
