"""Answer a question with single records: those that it names exactly, or those whose texts mention its other words."""

from overt.language.language import N_, Language
from overt.queries.database import Reader
from overt.queries.labels import Words
from overt.queries.questions.named_records import NamedRecord, Rest, named_records, rest_of
from overt.queries.questions.question_words import Lexicon, tokens
from overt.queries.questions.sought_words import SoughtWord, sought_word
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.texts.texts_reply import record_items, reply_with_descriptions, reply_with_mentions
from overt.site.search.used_conditions import USED, unused_conditions

RECORD, TEXTS = "record", "texts"
_REASONS, _OUTCOME = "reasons", "outcome"
_MAX_SOUGHT = 6
"""Maximum number of words of a question that are looked for in texts."""
_DESCRIBED = {
    _REASONS: N_("Overt has no field for “%(word)s”; the descriptions and statements on record may have it."),
    _OUTCOME: N_("This is their status, and what their descriptions and statements say."),
}
_UNITS = N_("Overt counts projects, not the devices in them; numbers are only in the texts of records.")


def answer_with_records(
    reader: Reader, words: Words, language: Language, lexicon: Lexicon, question: Question
) -> tuple[Question, Reply] | None:
    """Return the question as it is answered with single records, and the reply; None if the ordinary answer is better.

    Records that the question names come first, if it isn't understood, or if the name leaves no other meaning. Otherwise, words
    that aren't understood are looked for in the texts of the records that match the other words.
    """
    typed = tokens(question.text)
    named = named_records(reader, lexicon, typed, [*question.ids("area"), *question.ids("seat")])
    if named and question.intent != RECORD:
        rest = rest_of(lexicon, typed, named)
        if not question.understood or _means_only(named, rest):
            return _about_named(reader, words, language, lexicon, question, named, rest)
    scope = ProjectScope(reader, words, language, question, lexicon)
    if question.understood:
        return _described(scope)
    if question.is_refused or question.has("absence"):
        return None
    if question.reason == "units":
        return _counted_units(scope)
    return _with_mentions(scope) if question.reason == "words" else None


def _means_only(named: list[NamedRecord], rest: Rest) -> bool:
    """Return whether a question means only the records that it names: by long names, or with nothing but fillers beside them."""
    is_bare = not (rest.sought or rest.asked or rest.left_out) and all(marker.id == "dates" for marker in rest.markers)
    return any(record.is_long for record in named) or (is_bare and all(record.is_whole for record in named))


def _about_named(
    reader: Reader, words: Words, language: Language, lexicon: Lexicon, question: Question, named: list[NamedRecord], rest: Rest
) -> tuple[Question, Reply]:
    typed = tokens(question.text)
    parts = [Part("record", record.id, " ".join(typed[record.start : record.end]), record.start, record.end, record.label) for record in named]
    answered = Question(question.text, typed, parts=[*parts, *rest.asked], markers=rest.markers, intent=RECORD)
    scope = ProjectScope(reader, words, language, answered, lexicon)
    sought = [sought_word(word, lexicon.text_words) for word in dict.fromkeys(rest.sought)]
    items, missing = record_items(scope, {record.id: record.type for record in named}, sought)
    sentence = language.ngettext(
        "%(n)s record has a name from the question: %(names)s.", "%(n)s records have names from the question: %(names)s.",
        len(items), names=scope.named(item.label for item in items),
    )  # fmt: skip
    if mentioned := [word.typed for word in sought if word.typed not in missing]:
        named_words = scope.listed(language.gettext("“%(name)s”", name=word) for word in mentioned)
        sentence = scope.sentences(sentence, language.gettext("Their texts mention %(words)s.", words=named_words))
    reply = Reply(sentence, items[0].address, items[:MAX_ITEMS], len(items))
    reply.unused = [*missing, *rest.left_out, *unused_conditions(scope, USED[RECORD])]
    return answered, reply


def _described(scope: ProjectScope) -> tuple[Question, Reply] | None:
    """Return the texts of the few records that a question about reasons or outcomes is about."""
    question = scope.question
    marker = next((marker for marker in question.markers if marker.id in _DESCRIBED), None)
    if marker is None or question.intent == RECORD:
        return None
    reply = reply_with_descriptions(scope, scope.language.gettext(_DESCRIBED[marker.id], word=marker.text))
    return _as_texts(scope, reply) if reply else None


def _counted_units(scope: ProjectScope) -> tuple[Question, Reply] | None:
    """Return the records whose texts mention the devices that a question counts."""
    units = [part.text for part in scope.question.parts if part.type == "kind" and tokens(part.text) in scope.lexicon.uncounted]
    reply = reply_with_mentions(scope, [sought_word(unit, scope.lexicon.text_words) for unit in units])
    if reply is None:
        return None
    reply.sentence = scope.sentences(scope.language.gettext(_UNITS), reply.sentence)
    return _as_texts(scope, reply)


def _with_mentions(scope: ProjectScope) -> tuple[Question, Reply] | None:
    """Return the records that match the understood parts of a question and mention its other words."""
    unknown = list(dict.fromkeys(scope.question.unknown))
    if not 0 < len(unknown) <= _MAX_SOUGHT:
        return None
    sought: list[SoughtWord] = [sought_word(word, scope.lexicon.text_words) for word in unknown]
    reply = reply_with_mentions(scope, sought)
    return _as_texts(scope, reply) if reply else None


def _as_texts(scope: ProjectScope, reply: Reply) -> tuple[Question, Reply]:
    question = scope.question
    question.intent, question.reason, question.unknown_at = TEXTS, "", set()
    reply.unused += [*unused_conditions(scope, USED[TEXTS])]
    return question, reply
