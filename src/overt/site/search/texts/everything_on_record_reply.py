"""Reply with everything on record about the few records that a question is about."""

from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Reply
from overt.site.search.texts.record_items_with_excerpts import address_of_items, items_with_texts, subject_in_words, texts_of

_MAX_DESCRIBED = 8
"""Maximum number of records in an answer with excerpts of their texts."""


def reply_with_descriptions(scope: ProjectScope, message: str, most: int = _MAX_DESCRIBED) -> Reply | None:
    """Return a reply with the few records that match a question's parts, and with their facts and texts.

    None if no record matches, or more than `most` do. `message`: text to add to the sentence.
    """
    texts = texts_of(scope, None)
    listed = texts.ids
    if not 0 < len(listed) <= most:
        return None
    items = items_with_texts(scope, texts, listed, [])
    count = scope.language.ngettext(
        "%(n)s record is about this: %(what)s.", "%(n)s records are about this: %(what)s.",
        len(listed), what=subject_in_words(scope),
    )  # fmt: skip
    sentence = scope.sentences(count, message)
    return Reply(sentence, address_of_items(scope, items), items, len(listed), is_by_date=bool(texts.dated))
