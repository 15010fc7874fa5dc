"""Reply to questions about whether restrictions ended, with the restrictions whose end is on record, or else all of them."""

from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Reply
from overt.site.search.texts.record_items_with_excerpts import address_of_items, items_with_texts, subject_in_words, texts_of


def reply_about_ends(scope: ProjectScope) -> Reply | None:
    """Return a reply with the question's restrictions whose end is on record, or else all of them; None if there are none."""
    texts = texts_of(scope, None)
    ended = [identity for identity, facts in texts.dated.items() if facts.is_ended]
    if not texts.dated:
        return None
    items = items_with_texts(scope, texts, ended or [*texts.dated], [])
    what = subject_in_words(scope)
    if ended:
        message = scope.language.ngettext(
            "The end of %(n)s restriction is on record: %(what)s.", "The ends of %(n)s restrictions are on record: %(what)s.",
            len(ended), what=what,
        )  # fmt: skip
    else:
        message = scope.language.gettext("No end is on record for these restrictions: %(what)s.", what=what)
    more = len(texts.dated) - len(ended)
    rest = scope.language.ngettext("%(n)s more has no recorded end.", "%(n)s more have no recorded end.", more)
    sentence = scope.sentences(message, rest if ended and more else "")
    return Reply(sentence, address_of_items(scope, items), items, len(ended or texts.dated))
