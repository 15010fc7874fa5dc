"""Reply to questions about whether restrictions ended, with the restrictions whose end is on record, or else all of them."""

from overt.site.search.blocking.restricted_country_sentences import places_of
from overt.site.search.blocking.words_for_current_and_ended_restrictions import words_for_ended
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Reply
from overt.site.search.texts.record_items_with_excerpts import address_of_items, items_with_texts, subject_in_words, texts_of
from overt.site.search.texts.records_matching_question_parts import is_about_restrictions

_COMPARING = ("most", "comparison", "both")
"""Markers of questions that compare services or countries."""


def reply_about_ended(scope: ProjectScope) -> Reply | None:
    """Return a reply with the ended restrictions if the question asks only for these: “where is Signal no longer blocked”.

    None if it doesn't, if it excludes or compares something, or if it names one service and one country: the sentence about
    these says whether the restriction has ended.
    """
    question = scope.question
    words = words_for_ended(scope)
    if not words or question.excluded or any(map(question.has, _COMPARING)) or not is_about_restrictions(scope):
        return None
    if len(question.ids("service")) == len(scope.codes()) == 1 or (reply := reply_about_ends(scope)) is None:
        return None
    reply.used, reply.applied = USED["blocked"] | {"event", "count"}, words
    return reply


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
    places = places_of(scope, [texts.dated[identity] for identity in ended])
    sentence = scope.sentences(message, places, rest if ended and more else "")
    return Reply(sentence, address_of_items(scope, items), items, len(ended or texts.dated))
