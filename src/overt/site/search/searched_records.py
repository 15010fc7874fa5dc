"""Which records an answer searched before it said that there is none, and what other records name its organisations."""

from collections.abc import Iterator

from overt.http.page_addresses import record_url
from overt.language.language import N_
from overt.queries.database import json_array
from overt.queries.questions.question_words import tokens
from overt.queries.questions.titled_questions import TITLED, known_titles
from overt.site.search.project_scope import ProjectScope
from overt.site.search.reply_words import Note

_SEARCHED = {
    "agreements": N_("Only laws and agreements were searched, by their names, summaries, topics and provisions."),
    "blocked": N_("Only restrictions and measurements of blocking were searched."),
    "scores": N_("Only the scores of countries in these series were searched."),
    "lists": N_("Only entries of official lists were searched."),
    "owners": N_("Only relations between organisations, and the owners of projects, were searched."),
}
_PROJECTS = N_(
    "Only projects were searched for this, with their suppliers and money, and not laws, agreements, programmes or scores."
)
"""What answers of all other intents search."""
_MAX_NAMED = 5


def searched(scope: ProjectScope) -> Iterator[Note]:
    """Yield what was searched and, if only projects were, what else is on record.

    These are records with a title from the question, and agreements and programmes of its organisations in its countries.
    """
    message = _SEARCHED.get(scope.question.intent, _PROJECTS)
    yield Note(scope.language.gettext(message))
    if message != _PROJECTS:
        return
    yield from _titled(scope)
    if not (scope.organizations and scope.codes()):
        return
    values = {"ids": json_array(scope.organizations), "countries": json_array(scope.codes())}
    if rows := scope.reader.rows("question_organizations.agreements_and_programmes", values):
        text = scope.language.ngettext(
            "%(n)s agreement or programme names the organisation there: %(names)s.",
            "%(n)s agreements or programmes name the organisation there: %(names)s.",
            len(rows), names=scope.named(map(scope.called_row, rows), _MAX_NAMED),
        )  # fmt: skip
        yield Note(text, record_url(rows[0]["type"], rows[0]["id"]))


def _titled(scope: ProjectScope) -> Iterator[Note]:
    """Yield a note for each programme, law or agreement that has a title from the question."""
    titles = known_titles(scope.reader, scope.lexicon)
    for part in scope.question.parts:
        named = [*titles.get(tokens(part.text), ()), *titles.get(tokens(part.label), ())] if part.type == "project_name" else []
        for title in dict.fromkeys(named):
            if title.type in TITLED:
                yield Note(
                    scope.language.gettext("Another record has this title: %(name)s.", name=title.label),
                    record_url(title.type, title.id),
                )
