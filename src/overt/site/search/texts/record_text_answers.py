"""Answer a question with texts of records: texts that mention its words, or all texts of the few records that it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from overt.index.search_text import IS_HAN
from overt.language.language import N_, Language
from overt.queries.database import Reader
from overt.queries.labels import Words
from overt.queries.questions.and_or_words import unused_alternatives
from overt.queries.questions.names.non_name_words import SHORT_NUMBER, counts_people, is_common, is_function_word
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import join, tokens
from overt.queries.questions.understood_question import Question
from overt.queries.questions.words_sought_in_texts import SoughtWord, sought_word
from overt.site.search.blocking.restrictions_in_month import month_of
from overt.site.search.conditions_by_reply import USED, unused_conditions
from overt.site.search.declined.unrecorded_topic_recognition import asks_for_motives
from overt.site.search.owners_reply import has_owners
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note, Reply
from overt.site.search.texts.everything_on_record_reply import reply_with_descriptions
from overt.site.search.texts.mentions_reply import reply_with_mentions
from overt.site.search.texts.named_records_reply import quoted, reply_about_named
from overt.site.search.texts.organization_statements_reply import asks_for_statements
from overt.site.search.texts.records_by_name import records_with_words
from overt.site.search.texts.records_matching_question_parts import other_conditions

RECORD, TEXTS, OWNERS = "record", "texts", "owners"
REASONS, OUTCOME = "reasons", "outcome"
FEW = 3
"""Maximum number of records that count as few."""
SEVERAL = 2
"""Minimum number of parts, or of words other than countries, in a question about single records."""
_MAX_SOUGHT = 6
"""Maximum number of words of a question that are searched for in texts."""
_MIN_LETTERS = 4
_SURE = frozenset({"area", "place", "organization", "project_name", "service", "region", "restriction", "kind", "subject"})
NO_REASONS = N_("“%(word)s” has no field of its own; the texts and causes on record may answer it.")
_UNITS = N_(
    "Overt counts projects, not the devices in them, and has no total for a town or country; numbers are only in the texts of "
    "records."
)
_NO_LIST = N_("The question wasn’t understood as a whole, so this need not be all that it asks for.")
_DATED = frozenset({"restriction", "listing"})
_MENTIONS = frozenset({"mention", "mentions", "mentioned", "mentioning", "提", "及"})
"""Words of questions that ask which records mention something."""
_DESCRIBED = {
    REASONS: NO_REASONS,
    OUTCOME: N_("This is their status, and what their descriptions and statements say."),
}

Answer = tuple[Question, Reply]


def notes_on_reasons(scope: ProjectScope) -> list[Note]:
    """Return a note on each word for reasons in a question.

    There are no notes if the question asks for a record, or if the answer begins by saying that motives are not on record.
    """
    if scope.question.intent == "record" or asks_for_motives(scope.lexicon, scope.question):
        return []
    texts = dict.fromkeys(marker.text for marker in scope.question.markers if marker.id == REASONS)
    return [Note(scope.language.gettext(NO_REASONS, word=text)) for text in texts]


@dataclass
class TextAnswers:
    """Answers with the texts of records to one question."""

    reader: Reader
    words: Words
    language: Language
    lexicon: Lexicon
    question: Question

    def _scope(self, question: Question) -> ProjectScope:
        return ProjectScope(self.reader, self.words, self.language, question, self.lexicon)

    def _described(self, scope: ProjectScope) -> Answer | None:
        """Return an answer with the texts of the few records that match a question about reasons or outcomes."""
        marker = next((marker for marker in self.question.markers if marker.id in _DESCRIBED), None)
        if marker is None or self.question.intent in (RECORD, OWNERS) or asks_for_statements(scope) or has_owners(scope):
            return None
        # The answer to a question about motives already begins with a sentence about reasons.
        is_said = marker.id == REASONS and asks_for_motives(self.lexicon, self.question)
        about = "" if is_said else self.language.gettext(_DESCRIBED[marker.id], word=marker.text)
        reply = reply_with_descriptions(scope, about)
        return self._as_texts(scope, reply) if reply else None

    def _counted_units(self, scope: ProjectScope) -> Answer | None:
        """Return an answer with the records whose texts mention the devices that a question counts, such as cameras."""
        kinds = [part.text for part in self.question.parts if part.type == "kind"]
        units = [text for text in kinds if tokens(text) in self.lexicon.uncounted]
        reply = reply_with_mentions(scope, self._sought(units))
        if reply is None:
            return None
        reply.sentence = scope.sentences(self.language.gettext(_UNITS), reply.sentence)
        return self._as_texts(scope, reply)

    def _with_mentions(self, scope: ProjectScope) -> Answer | None:
        """Return an answer with the records that match the understood parts of a question and mention its other words."""
        month = self._han_month()
        unknown = [word for word in dict.fromkeys(self.question.unknown) if not month or word not in tokens(month.typed)]
        conditions = [part.text for part in other_conditions(scope)]
        sought = [*(word for word in unknown if self._is_searched(word)), *conditions]
        if unused_alternatives(self.question, unknown, self.lexicon.present_words):
            return None  # A record need not mention a word that is an alternative.
        words = [*self._sought(sought), *([month] if month else [])]
        if not 0 < len(words) <= _MAX_SOUGHT or counts_people(self.question, self.lexicon):
            return None
        reply = reply_with_mentions(scope, words)
        kinds = [part.text for part in self.question.parts if part.type == "restriction"]
        if reply is None and kinds and (reply := reply_with_mentions(scope, words, of_any_kind=True)):
            message = self.language.gettext("Restrictions of other kinds than %(words)s count, too.", words=quoted(scope, kinds))
            reply.sentence = scope.sentences(reply.sentence, message)
        topics = [part for part in self.question.parts if part.type in ("service", "subject") and part.text not in conditions]
        if reply is None and topics and "agreements" in self.question.ids("intent"):
            without = replace(self.question, parts=[part for part in self.question.parts if part not in topics])
            scope = self._scope(without)
            reply = reply_with_mentions(scope, self._sought([*sought, *(part.text for part in topics)]))
        if reply:
            reply.sentence = scope.sentences(self._not_complete(reply), reply.sentence)
            reply.unused += [word for word in unknown if word not in sought]
            self._add_systems(scope, reply, unknown)
        return self._as_texts(scope, reply) if reply else None

    def _han_month(self) -> SoughtWord | None:
        """Return the month of a question in Chinese, such as 6月 (June), as a word to search for after the year of a date.

        None if the question has no month, or a month without digits. Also None for 1月 (January), because 11月 (November)
        contains it.
        """
        month = month_of(self.lexicon, self.question)
        typed = join(self.question.tokens[month.start : month.end]) if month and month.number > 1 else ""
        return SoughtWord(typed, frozenset(), (f"年{typed}",)) if typed[:1].isdigit() else None

    def _add_systems(self, scope: ProjectScope, reply: Reply, unknown: Sequence[str]) -> None:
        """Add the few projects with the question's words in their names, and their statuses, to an answer about laws.

        “Under which law is the security certificate, and is it still in use” asks about a law and a project. `unknown`: words
        that weren't understood.
        """
        question = scope.question
        if not (question.has(OUTCOME) and "agreements" in question.ids("intent")) or any(
            item.type == "project" for item in reply.items
        ):
            return
        words = [word for word in (*unknown, *question.unweighed) if not is_function_word(self.lexicon, word)]
        named = records_with_words(self.reader, self.lexicon, self._sought(words), question.ids("area"))
        types = {row.id: row.type for row in named if row.type == "project"}
        if not types:
            return
        own = reply_about_named(scope, types, [], [], is_title=False)
        reply.sentence, reply.items = scope.sentences(reply.sentence, own.sentence), [*reply.items, *own.items]
        reply.total += own.total
        question.unweighed = [word for word in question.unweighed if word not in words]

    def _not_complete(self, reply: Reply) -> str:
        """Return a sentence saying that the list may be incomplete, for questions that ask for a number or a list.

        Empty for other questions, and for questions that ask which records mention a word. A list of restrictions or list
        entries needs the sentence only if the question asks for their number.
        """
        if not _MENTIONS.isdisjoint(self.question.tokens):
            return ""
        asks_for_number = self._asks_for_number()
        if all(item.type in _DATED for item in reply.items):
            return self.language.gettext(_NO_LIST) if asks_for_number else ""
        return self.language.gettext(_NO_LIST) if asks_for_number or self._asks_for_places_or_list() else ""

    def _asks_for_number(self) -> bool:
        return self.question.has("count") or "how many" in self.question.text.lower() or "多少" in self.question.text

    def _asks_for_places_or_list(self) -> bool:
        words, listing = self.question.tokens, {*self.lexicon.answer_words.lists}
        has_word = not listing.isdisjoint(words) or not listing.isdisjoint(map("".join, pairwise(words)))
        return "places" in self.question.ids("intent") or has_word

    def _is_searched(self, word: str) -> bool:
        """Return whether a word is long and rare enough to be searched for. Short words must be in capital letters: “AGI”."""
        if tokens(word) in self.lexicon.unsearched or (word.isdigit() and len(word) <= SHORT_NUMBER):
            return False  # A number such as “6” is in too many texts that have nothing to do with the question.
        if IS_HAN.search(word):
            return len(word) > 1
        return len(word) >= _MIN_LETTERS or not word.isalpha() or word.upper() in self.question.text

    def _is_idle(self, word: str) -> bool:
        """Return whether a word is certainly not a name, so that an answer about few records may ignore it."""
        return is_function_word(self.lexicon, word) or is_common(self.reader, self.lexicon, word)

    def _few(self, scope: ProjectScope) -> Answer | None:
        """Return an answer with the few records that match two or more parts of a question. Its other words count as unused."""
        unknown = list(dict.fromkeys(self.question.unknown))
        if not unknown or counts_people(self.question, self.lexicon) or not all(self._is_idle(word) for word in unknown):
            return None
        if len({part.id for part in self.question.parts if part.type in _SURE}) < SEVERAL:
            return None
        reply = reply_with_descriptions(scope, "", most=FEW)
        if reply:
            reply.sentence = scope.sentences(self._not_complete(reply), reply.sentence)
            reply.unused = unknown
        return self._as_texts(scope, reply) if reply else None

    def _sought(self, words: Sequence[str]) -> list[SoughtWord]:
        return [sought_word(word, self.lexicon.text_words) for word in dict.fromkeys(words)]

    def _as_texts(self, scope: ProjectScope, reply: Reply) -> Answer:
        question = replace(scope.question, intent=TEXTS, reason="", unknown_at=set())
        reply.unused += [*unused_conditions(scope, USED[TEXTS])]
        return question, reply
