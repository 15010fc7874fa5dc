"""Which records an answer searched before it said that there is none, and what other records name its organisations."""

from collections.abc import Iterator

from overt.http.addresses import record_url
from overt.language.language import N_
from overt.queries.database import json_array
from overt.site.search.project_scope import ProjectScope
from overt.site.search.reply_words import Note

_SEARCHED = {
    "agreements": N_("Only laws and agreements were searched, by their names, summaries, topics and provisions."),
    "blocked": N_("Only restrictions and measurements of blocking were searched."),
    "lists": N_("Only entries of official lists were searched."),
    "owners": N_("Only relations between organisations, and the owners of projects, were searched."),
}
_PROJECTS = N_("Only projects, with their suppliers and money, were searched: no laws, agreements, programmes or scores of countries.")
"""What answers of all other intents search."""
_MAX_NAMED = 5


def searched(scope: ProjectScope) -> Iterator[Note]:
    """Yield what was searched, and agreements and programmes with the question's organisations if only projects were."""
    message = _SEARCHED.get(scope.question.intent, _PROJECTS)
    yield Note(scope.language.gettext(message))
    if message != _PROJECTS or not scope.organizations:
        return
    values = {"ids": json_array(scope.organizations), "countries": json_array(scope.codes())}
    if rows := scope.reader.rows("questions.besides", values):
        text = scope.language.ngettext(
            "%(n)s agreement or programme names the organisation there: %(names)s.",
            "%(n)s agreements or programmes name the organisation there: %(names)s.",
            len(rows), names=scope.named(map(scope.called_row, rows), _MAX_NAMED),
        )  # fmt: skip
        yield Note(text, record_url(rows[0]["type"], rows[0]["id"]))
