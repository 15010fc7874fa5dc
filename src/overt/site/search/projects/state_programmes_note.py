"""State programmes in a country, for answers with the projects there: 计划 (“plan”) can mean either."""

import orjson

from overt.queries.labels import record_labels
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note

_MAX_NAMED = 12
"""Maximum number of programmes in a note."""


def programmes_there(scope: ProjectScope) -> list[Note]:
    """Return a note with the programmes of the question's countries if it has a word for programmes; empty if there are none.

    A province counts as its country, because programmes have no provinces.
    """
    words = {*scope.lexicon.answer_words.state_programmes}
    if not any(part.type == "intent" and part.text in words for part in scope.question.parts):
        return []
    provinces = (scope.lexicon.province_countries.get(part.id) for part in scope.provinces)
    codes = {*scope.codes(), *filter(None, provinces)}
    rows = scope.reader.rows("question_texts_and_facts.programmes") if codes else []
    ids = [row["id"] for row in rows if codes & {*orjson.loads(row["countries"])}]
    if not ids:
        return []
    labels = record_labels(scope.reader, ids)
    where = scope.listed(map(scope.words.area, sorted(codes)))
    text = scope.language.ngettext(
        "%(n)s state programme of any kind is on record (%(where)s): %(names)s.",
        "%(n)s state programmes of any kind are on record (%(where)s): %(names)s.",
        len(ids), where=where, names=scope.named([scope.called(labels[identity]) for identity in ids], _MAX_NAMED),
    )  # fmt: skip
    return [Note(text, "/programmes")]
