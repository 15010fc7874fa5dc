"""Answers a question with single records: those that it names, or those whose texts mention its other words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from overt.index.project_filters import ProjectFilter
from overt.index.search_text import IS_HAN
from overt.language.language import N_, Language
from overt.queries.database import Reader
from overt.queries.labels import Words, record_labels
from overt.queries.questions.common_words import counts_people, has_amount, is_common, is_function_word
from overt.queries.questions.named_records import NamedRecord, Rest, named_records, rest_of
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.record_titles import Title
from overt.queries.questions.sought_words import SoughtWord, sought_word
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.projects.project_notes import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.texts.mentions_reply import (
    reply_about_ends,
    reply_with_descriptions,
    reply_with_mentions,
)
from overt.site.search.texts.named_reply import quoted, reply_about_named
from overt.site.search.texts.record_candidates import is_about_restrictions, other_conditions
from overt.site.search.texts.records_by_name import records_with_part, records_with_words
from overt.site.search.used_conditions import USED, unused_conditions

RECORD, TEXTS = "record", "texts"
_REASONS, _OUTCOME = "reasons", "outcome"
_MAX_SOUGHT = 6
"""Maximum number of words of a question that are looked for in texts."""
_MIN_LETTERS = 4
_SEVERAL = 2
"""Number of words of a question, besides countries, that must be in a name for a record to be meant."""
_OF_PROJECTS = frozenset({"answer", "projects", "places", "suppliers", "dates", "money", "amounts"})
"""Intents of questions that mean projects."""
_FEW = 3
"""Maximum number of records that are listed although none mentions a word of the question."""
_SURE = frozenset({"area", "place", "organization", "project_name", "service", "region", "restriction", "kind", "subject"})
NO_REASONS = N_("“%(word)s” has no field of its own; the texts and causes on record may answer it.")
_DESCRIBED = {
    _REASONS: NO_REASONS,
    _OUTCOME: N_("This is their status, and what their descriptions and statements say."),
}
_UNITS = N_("Overt counts projects, not the devices in them; numbers are only in the texts of records.")
_SHEET = frozenset({"dates", "customers", "owners", "costliest", _REASONS, _OUTCOME})
"""Markers of questions that the facts about a record answer."""

Answer = tuple[Question, Reply]


@dataclass
class RecordAnswers:
    """Answers with single records to one question."""

    reader: Reader
    words: Words
    language: Language
    lexicon: Lexicon
    question: Question

    def __post_init__(self) -> None:
        """Find the records that the question names."""
        self.typed = tokens(self.question.text)
        areas = [*self.question.ids("area"), *self.question.ids("seat")]
        self.named = [] if self.question.intent == RECORD else named_records(self.reader, self.lexicon, self.typed, areas)
        self.parts = self.question.parts if self.question.tokens == self.typed else []

    def better(self) -> Answer | None:
        """Return an answer to a question that isn't understood, or is about reasons or outcomes; None for the ordinary answer.

        Records that the question names come first. Otherwise, words that aren't understood are looked for in the names of all
        records, and in the texts of those that match the other words. A question about reasons or outcomes that matches few
        records gets the texts of these.
        """
        question, scope = self.question, self._scope(self.question)
        if question.understood:
            return self._described(scope)
        if self.named:
            return self._about_named(self.named, rest_of(self.lexicon, self.typed, self.named, self.parts))
        if question.has("lifted"):
            reply = reply_about_ends(scope) if is_about_restrictions(scope) and not question.has("absence") else None
            return self._as_texts(scope, reply) if reply else None
        if question.is_refused or question.has("absence") or has_amount(self.typed):
            return self._by_part()
        if question.reason == "units":
            return self._counted_units(scope)
        if question.reason not in ("words", "combination", "nothing"):
            return None
        by_name = self._by_name(several=True)
        if not by_name or self.question.unknown:
            if (mentioning := self._with_mentions(scope)) and not (by_name and mentioning[1].unused):
                return mentioning
            by_name = by_name or mentioning
        return by_name or self._by_name(several=False) or self._by_part() or self._few(scope)

    def beside(self, reply: Reply) -> Answer | None:
        """Return an answer about the records that the question names if it means only these, and the ordinary answer is no help.

        That is so if it is a denial, or has more than `_FEW` items. Otherwise, put these records before the items of the ordinary
        answer, if it lacks them, and return None.
        """
        if self.question.intent == "blocked" and (self.question.has("dates") or self.question.has("customers")):
            self._list_restrictions(reply)
        if not self.named:
            self._put_unnamed_before(reply)
            return None
        areas = {*self.question.ids("area"), *self.question.ids("seat")}
        sure = [record for record in self.named if record.is_whole or areas & set(record.title.countries)]
        listed = {item.id for item in reply.items}
        if (listed and not sure) or all(record.title.id in listed for record in self.named):
            return None
        rest = rest_of(self.lexicon, self.typed, self.named, self.parts)
        if self._means_only(rest) and (reply.is_denied or reply.total > _FEW):
            return self._about_named(self.named, rest)
        if sure or reply.is_denied:
            self._put_before(reply, self._about_named(sure or self.named, rest)[1])
        return None

    def _put_before(self, reply: Reply, own: Reply) -> None:
        reply.sentence = self._scope(self.question).sentences(own.sentence, reply.sentence)
        reply.items, reply.total = [*own.items, *reply.items][:MAX_ITEMS], reply.total + own.total

    def _list_restrictions(self, reply: Reply) -> None:
        """Replace the items of an answer about few restrictions, which have years, with the restrictions and their days."""
        described = reply_with_descriptions(self._scope(self.question), "")
        if described and all(item.type == "restriction" for item in described.items):
            reply.items, reply.total = described.items, described.total
            dated = {marker.text for marker in self.question.markers if marker.id in ("dates", "customers")}
            reply.unused = [word for word in reply.unused if word not in dated]

    def _put_unnamed_before(self, reply: Reply) -> None:
        """Put the few records whose names have all words of the question before the items of the answer, if it lacks them."""
        content, question = self._content(), self.question
        if question.excluded or question.ids("seat") or question.intent not in _OF_PROJECTS:
            return
        if reply.is_denied and question.ids("project_name"):
            named = self._of_project_name()
        elif len(content) < _SEVERAL or not (reply.is_denied or question.unweighed):
            return
        else:
            named = self._named_with(content)
        if 0 < len(named) <= _FEW and {row.id for row in named}.isdisjoint(item.id for item in reply.items):
            self._put_before(reply, self._about_rows(named)[1])

    def _of_project_name(self) -> list[Title]:
        """Return the projects with the proper name of a project in the question, although they don't match its other parts."""
        question, scope = self.question, self._scope(self.question)
        names = [part.label for part in question.parts if part.type == "project_name"]
        ids = scope.ids(scope.mask(ProjectFilter(country=tuple(question.ids("area")), q=" ".join(names))))
        labels = record_labels(self.reader, ids)
        return [Title("project", identity, labels[identity].label or identity, (), is_short=False) for identity in ids]

    def _scope(self, question: Question) -> ProjectScope:
        return ProjectScope(self.reader, self.words, self.language, question, self.lexicon)

    def _means_only(self, rest: Rest) -> bool:
        """Return whether the question means only the records that it names.

        It does with long names, and with a whole name beside nothing but words about facts that an answer about a record has.
        """
        is_bare = not (rest.sought or rest.left_out) and {marker.id for marker in rest.markers} <= _SHEET
        is_bare = is_bare and (not rest.intents or any(marker.id in (_REASONS, _OUTCOME) for marker in rest.markers))
        return any(record.is_long for record in self.named) or (is_bare and all(record.is_whole for record in self.named))

    def _about_named(self, named: Sequence[NamedRecord], rest: Rest) -> Answer:
        parts = [
            Part(
                RECORD,
                record.title.id,
                " ".join(self.typed[record.start : record.end]),
                record.start,
                record.end,
                record.title.label,
            )
            for record in named
        ]
        answered = Question(self.question.text, self.typed, parts=[*parts, *rest.intents], markers=rest.markers, intent=RECORD)
        types, sought = {record.title.id: record.title.type for record in named}, self._sought(rest.sought)
        return answered, reply_about_named(self._scope(answered), types, sought, rest.left_out, is_title=True)

    def _content(self) -> list[str]:
        """Return the question's words that are neither fillers nor countries, and its years. Phrases in English are split."""
        question = self.question
        parts = [part.text for part in question.parts if part.type not in ("intent", "year", "status", "area")]
        texts = [*parts, *question.ids("year"), *question.unknown, *question.unweighed]
        return list(dict.fromkeys(word for text in texts for word in ([text] if IS_HAN.search(text) else text.split())))

    def _by_name(self, *, several: bool) -> Answer | None:
        """Return the few records whose names have all words of the question that aren't fillers.

        With `several`, these must be more than one word. Without, ordinary words don't matter.
        """
        content = self._content()
        if several:
            enough = len(content) + len(self.question.ids("area")) > 1 and not all(
                is_function_word(self.lexicon, word) for word in content
            )
            named = self._named_with(content) if enough else []
            return self._about_rows(named) if named else None
        rare = [word for word in content if not self._is_idle(word)]
        if not set(rare) & set(self.question.unknown):
            return None
        named = self._named_with(rare)
        answer = self._about_rows(named) if named else None
        if answer:
            answer[1].unused += [word for word in content if word not in rare]
        return answer

    def _named_with(self, content: Sequence[str]) -> list[Title]:
        return records_with_words(self.reader, self.lexicon, self._sought(content), self.question.ids("area"))

    def _by_part(self) -> Answer | None:
        """Return the few records whose names have a long Chinese string in common with the question."""
        named = records_with_part(self.reader, self.lexicon, self.question.text, self.question.ids("area"))
        return self._about_rows(named) if named else None

    def _about_rows(self, named: Sequence[Title]) -> Answer:
        question = self.question
        intents = [part for part in question.parts if part.type == "intent"]
        records = [Part(RECORD, row.id, "", 0, 0, row.label) for row in named]
        answered = Question(question.text, question.tokens, parts=[*records, *intents], markers=question.markers, intent=RECORD)
        types = {row.id: row.type for row in named}
        return answered, reply_about_named(self._scope(answered), types, [], [], is_title=False)

    def _described(self, scope: ProjectScope) -> Answer | None:
        """Return the texts of the few records that a question about reasons or outcomes is about."""
        marker = next((marker for marker in self.question.markers if marker.id in _DESCRIBED), None)
        if marker is None or self.question.intent == RECORD:
            return None
        reply = reply_with_descriptions(scope, self.language.gettext(_DESCRIBED[marker.id], word=marker.text))
        return self._as_texts(scope, reply) if reply else None

    def _counted_units(self, scope: ProjectScope) -> Answer | None:
        """Return the records whose texts mention the devices that a question counts."""
        kinds = [part.text for part in self.question.parts if part.type == "kind"]
        units = [text for text in kinds if tokens(text) in self.lexicon.uncounted]
        reply = reply_with_mentions(scope, self._sought(units))
        if reply is None:
            return None
        reply.sentence = scope.sentences(self.language.gettext(_UNITS), reply.sentence)
        return self._as_texts(scope, reply)

    def _with_mentions(self, scope: ProjectScope) -> Answer | None:
        """Return the records that match the understood parts of a question and mention its other words."""
        unknown = list(dict.fromkeys(self.question.unknown))
        conditions = [part.text for part in other_conditions(scope)]
        sought = [*(word for word in unknown if self._is_searched(word)), *conditions]
        if not 0 < len(sought) <= _MAX_SOUGHT or counts_people(self.question, self.lexicon):
            return None
        reply = reply_with_mentions(scope, self._sought(sought))
        kinds = [part.text for part in self.question.parts if part.type == "restriction"]
        if reply is None and kinds and (reply := reply_with_mentions(scope, self._sought(sought), of_any_kind=True)):
            message = self.language.gettext("Restrictions of other kinds than %(words)s count, too.", words=quoted(scope, kinds))
            reply.sentence = scope.sentences(reply.sentence, message)
        topics = [part for part in self.question.parts if part.type in ("service", "subject") and part.text not in conditions]
        if reply is None and topics and "agreements" in self.question.ids("intent"):
            without = replace(self.question, parts=[part for part in self.question.parts if part not in topics])
            scope = self._scope(without)
            reply = reply_with_mentions(scope, self._sought([*sought, *(part.text for part in topics)]))
        if reply:
            reply.unused += [word for word in unknown if word not in sought]
        return self._as_texts(scope, reply) if reply else None

    def _is_searched(self, word: str) -> bool:
        """Return whether a word is long and rare enough to be looked for; short words must be written like names: “AGI”."""
        if tokens(word) in self.lexicon.unsearched:
            return False
        if IS_HAN.search(word):
            return len(word) > 1
        return len(word) >= _MIN_LETTERS or not word.isalpha() or word.upper() in self.question.text

    def _is_idle(self, word: str) -> bool:
        """Return whether a word is certainly no name, so that an answer about few records may leave it out."""
        return is_function_word(self.lexicon, word) or is_common(self.reader, self.lexicon, word)

    def _few(self, scope: ProjectScope) -> Answer | None:
        """Return the few records that match two or more parts of a question, with its other words named as left out."""
        unknown = list(dict.fromkeys(self.question.unknown))
        if not unknown or counts_people(self.question, self.lexicon) or not all(self._is_idle(word) for word in unknown):
            return None
        if len({part.id for part in self.question.parts if part.type in _SURE}) < _SEVERAL:
            return None
        reply = reply_with_descriptions(scope, "", most=_FEW)
        if reply:
            reply.unused = unknown
        return self._as_texts(scope, reply) if reply else None

    def _sought(self, words: Sequence[str]) -> list[SoughtWord]:
        return [sought_word(word, self.lexicon.text_words) for word in dict.fromkeys(words)]

    def _as_texts(self, scope: ProjectScope, reply: Reply) -> Answer:
        question = replace(scope.question, intent=TEXTS, reason="", unknown_at=set())
        reply.unused += [*unused_conditions(scope, USED[TEXTS])]
        return question, reply
