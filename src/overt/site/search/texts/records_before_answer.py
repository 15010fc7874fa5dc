"""Put records before an answer that lacks them."""

from overt.index.search_text import written
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.related_projects import contains_words
from overt.site.search.reply import MAX_ITEMS, Reply


def put_before(scope: ProjectScope, reply: Reply, own: Reply) -> None:
    """Put the records of `own` before an answer.

    If the answer is a denial, its sentence is changed to say only that no project meets all conditions, because the question
    may mean these records. If the question has a home country, the sentence stays. If the answer leaves conditions out
    (`Reply.is_near`), words in the records' names no longer count as unused, and its sentence is dropped if it lists no other
    records, because the sentence would deny them. Notes that name only one of the records are dropped, except for denials.
    """
    sentence = reply.sentence
    if reply.is_denied and not scope.seats:
        sentence = scope.language.gettext("No project is recorded under all these conditions: %(what)s.", what=scope.about())
    ids = {item.id for item in own.items}
    if reply.is_near and ids >= {item.id for item in reply.items}:
        sentence = ""
    reply.sentence = scope.sentences(own.sentence, sentence)
    labels = [written(item.label) for item in own.items] if reply.is_near else []
    reply.unused = [word for word in reply.unused if not any(contains_words(label, written(word)) for label in labels)]
    scope.question.unweighed = [
        word for word in scope.question.unweighed if not any(contains_words(label, written(word)) for label in labels)
    ]
    reply.notes = [note for note in reply.notes if note.is_denial or note.record not in ids]
    rest = [item for item in reply.items if item.id not in ids]
    reply.total += own.total - (len(reply.items) - len(rest))
    reply.items, reply.is_by_date = [*own.items, *rest][:MAX_ITEMS], False
