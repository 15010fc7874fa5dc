"""Answer a question with single records: those that the question names, or those whose texts mention its other words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from overt.index.project_filter_declarations import ProjectFilter
from overt.index.search_text import IS_HAN
from overt.queries.labels import record_labels
from overt.queries.questions.declined.unrecorded_facts import UNRECORDED
from overt.queries.questions.names.non_name_words import has_amount, is_function_word
from overt.queries.questions.names.records_named_exactly import NamedRecord, Rest, named_records, rest_of
from overt.queries.questions.question_tokens import WHO, tokens
from overt.queries.questions.titles_in_questions import Title
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.blocking.restriction_ends import reply_about_ends
from overt.site.search.blocking.restrictions_in_month import reply_about_month
from overt.site.search.blocking.restrictions_listed_above_laws import reply_about_restricted_subject
from overt.site.search.blocking.restrictions_ordered_by_body import answer_about_ordering_bodies
from overt.site.search.blocking.restrictions_with_cause import answer_about_causes
from overt.site.search.reply import Note, Reply
from overt.site.search.texts.denials_reply import DENIED
from overt.site.search.texts.everything_on_record_reply import reply_with_descriptions
from overt.site.search.texts.met_and_unmet_question_conditions import in_its_places, unmet_conditions
from overt.site.search.texts.named_records_reply import reply_about_named
from overt.site.search.texts.organization_statements_reply import asks_for_statements
from overt.site.search.texts.record_text_answers import FEW, OUTCOME, REASONS, RECORD, SEVERAL, Answer, TextAnswers
from overt.site.search.texts.records_before_answer import put_before
from overt.site.search.texts.records_by_name import (
    all_with_words,
    records_with_most_words,
    records_with_part,
    records_with_words,
)
from overt.site.search.texts.records_matching_question_parts import is_about_restrictions
from overt.site.search.texts.state_programme_answer import answer_about_programme

_OF_PROJECTS = frozenset({"answer", "projects", "places", "suppliers", "dates", "money", "amounts"})
"""Intents of questions about projects."""
_MANY = 3
"""Minimum number of the question's words in the name of a record (`RecordAnswers._better_titled`)."""
_LISTS = frozenset({"list", "all", "every", "countries", "companies"})
"""Words that ask for more than a few records."""
_SHEET = frozenset({"dates", "customers", "owners", "costliest", REASONS, OUTCOME})
"""Markers of questions that can be answered with the facts about a record."""


@dataclass
class RecordAnswers(TextAnswers):
    """Answers with single records to one question."""

    def __post_init__(self) -> None:
        """Find the records that the question names."""
        self.typed = tokens(self.question.text)
        areas = [*self.question.ids("area"), *self.question.ids("seat")]
        self.named = [] if self.question.intent == RECORD else named_records(self.reader, self.lexicon, self.typed, areas)
        self.parts = self.question.parts if self.question.tokens == self.typed else []

    def better(self) -> Answer | None:
        """Return an answer that is better than the ordinary one; None if the ordinary answer is to be used.

        Most of these answers are to questions that aren't understood. If such a question names records, the answer is about
        them. Otherwise, unknown words are searched for in the names of all records, and in the texts of records that match the
        other words. A question about reasons or outcomes that matches few records is answered with their texts. Questions
        about programmes, months, causes and those who ordered a restriction also have special answers.
        """
        question, scope = self.question, self._scope(self.question)
        if question.reason == UNRECORDED:
            return None
        is_read = question.understood or question.reason in ("words", "combination")
        if (is_read or question.intent == RECORD) and (programme := answer_about_programme(scope, self._types_named())):
            return programme
        if is_read and (in_month := reply_about_month(scope)):
            return replace(question, intent="blocked", reason="", unknown_at=set()), in_month
        if question.reason == "combination" and (restricted := reply_about_restricted_subject(scope)):
            return replace(question, intent="agreements", reason=""), restricted
        if is_read and (blocked := answer_about_ordering_bodies(scope) or answer_about_causes(scope)):
            return blocked
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

    def _types_named(self) -> dict[str, str]:
        return {record.title.id: record.title.type for record in self.named}

    def beside(self, reply: Reply) -> Answer | None:
        """Return an answer about the records that the question names, or None to keep the ordinary answer, `reply`.

        The ordinary answer is replaced if the question means only these records, and if the reply is a denial or has more than
        `FEW` items. A reply that is kept may change: records that the question names are put before its items, and restrictions
        are listed with exact dates if the question asks for dates or customers.
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
        if self._means_only(rest) and (reply.is_denied or reply.total > FEW):
            return self._about_named(self.named, rest)
        if sure or reply.is_denied:
            put_before(self._scope(self.question), reply, self._about_named(sure or self.named, rest)[1])
        return None

    def _list_restrictions(self, reply: Reply) -> None:
        """Replace an answer's items, which give only years, with the restrictions and their exact dates, if these are few."""
        described = reply_with_descriptions(self._scope(self.question), "")
        if described and all(item.type == "restriction" for item in described.items):
            reply.items, reply.total, reply.is_by_date = described.items, described.total, described.is_by_date
            dated = {marker.text for marker in self.question.markers if marker.id in ("dates", "customers")}
            reply.unused = [word for word in reply.unused if word not in dated]

    def _put_unnamed_before(self, reply: Reply) -> None:
        """Put the few records whose names fit the question before the items of the answer, if the answer lacks them.

        A name fits if it has all or most of the question's words, or a project's proper name from the question.
        """
        content, question = self._content(), self.question
        is_about_statements = asks_for_statements(self._scope(question)) or DENIED in question.ids("status")
        if question.excluded or question.intent not in _OF_PROJECTS or is_about_statements:
            return
        if question.ids("seat"):
            named = self._better_titled(content) if reply.is_denied or reply.unused or question.unweighed else []
        elif (reply.is_denied or reply.is_near) and question.ids("project_name"):
            named = self._of_project_name()
        elif len(content) < SEVERAL or not (reply.is_denied or reply.is_near or question.unweighed):
            return
        else:
            named = self._named_with(content) or self._better_titled(content)
        in_places = in_its_places(self._scope(question), named)
        named = [title for title in named if title.type != "project" or title in in_places]
        is_new = {row.id for row in named}.isdisjoint(item.id for item in reply.items)
        if 0 < len(named) <= FEW and (is_new or reply.is_near):
            put_before(self._scope(self.question), reply, self._about_rows(named)[1])

    def _better_titled(self, content: Sequence[str]) -> list[Title]:
        """Return the records whose names have the most words of the question: at least `_MANY`, and more than half."""
        content = [word for word in content if not is_function_word(self.lexicon, word)]
        named, most = records_with_most_words(self.reader, self.lexicon, self._sought(content), self.question.ids("area"))
        return named if most >= _MANY and most * 2 > len(content) else []

    def _of_project_name(self) -> list[Title]:
        """Return projects of any kind in the question's countries that have a project's proper name from the question."""
        question, scope = self.question, self._scope(self.question)
        names = [part.label for part in question.parts if part.type == "project_name"]
        ids = scope.ids(scope.mask(ProjectFilter(country=tuple(question.ids("area")), q=" ".join(names))))
        labels = record_labels(self.reader, ids)
        return [Title("project", identity, labels[identity].label or identity, (), is_short=False) for identity in ids]

    def _means_only(self, rest: Rest) -> bool:
        """Return whether the question means only the records that it names.

        It does if one of the names is long, or if the question consists of complete names and of words for facts that an answer
        about a record contains.
        """
        is_bare = not (rest.sought or rest.left_out) and {marker.id for marker in rest.markers} <= _SHEET
        is_bare = is_bare and (not rest.intents or any(marker.id in (REASONS, OUTCOME) for marker in rest.markers))
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
        """Return the question's words and years without intents, statuses, countries and fillers. English phrases are split."""
        question = self.question
        parts = [part.text for part in question.parts if part.type not in ("intent", "year", "status", "area")]
        texts = [*parts, *question.ids("year"), *question.unknown, *question.unweighed]
        return list(dict.fromkeys(word for text in texts for word in ([text] if IS_HAN.search(text) else text.split())))

    def _by_name(self, *, several: bool) -> Answer | None:
        """Return an answer with the few records whose names have all words of the question that aren't fillers.

        `several`: whether there must be more than one such word. If not, ordinary words are ignored.
        """
        content = self._content()
        if several:
            enough = len(content) + len(self.question.ids("area")) > 1 and not all(
                is_function_word(self.lexicon, word) for word in content
            )
            named = self._named_with(content) if enough else []
            return self._unless_others_share(named, content)
        rare = [word for word in content if not self._is_idle(word)]
        if not set(rare) & set(self.question.unknown):
            return None
        named = self._named_with(rare)
        answer = self._unless_others_share(named, rare)
        if answer:
            answer[1].unused += [word for word in content if word not in rare]
        return answer

    def _unless_others_share(self, named: Sequence[Title], words: Sequence[str]) -> Answer | None:
        """Return an answer about records found by words of their names, with a note on others that share the rarest word.

        None if `named` is empty, or if there are others and the question asks for a list, which would be incomplete.
        """
        if not named:
            return None
        sharing = self._sharing_rarest(named, words)
        answer = self._about_rows(named)
        if sharing is None:
            return answer
        word, titles = sharing
        if self._asks_for_list():
            return None
        names = self._scope(self.question).named(title.label for title in titles)
        text = self.language.ngettext(
            "%(n)s other record has “%(word)s” in its name: %(names)s.",
            "%(n)s other records have “%(word)s” in their names: %(names)s.", len(titles), word=word, names=names,
        )  # fmt: skip
        answer[1].notes.append(Note(text))
        return answer

    def _sharing_rarest(self, named: Sequence[Title], words: Sequence[str]) -> tuple[str, list[Title]] | None:
        """Return the one of `words` that the fewest records have in their names, and the records besides `named` that have it.

        Numbers and common words don't count, except in names of organisations. None if no word counts, or no other record has
        the word.
        """
        organizations = {word for part in self.question.parts if part.type == "organization" for word in part.text.split()}
        named_ids = {title.id for title in named}
        areas = self.question.ids("area")
        shared = {
            word: all_with_words(self.reader, self.lexicon, self._sought([word]), areas)
            for word in words
            if word in organizations or not (word.isdigit() or self._is_idle(word))
        }
        if not shared:
            return None
        word = min(shared, key=lambda word: len(shared[word]))
        remaining = [title for title in shared[word] if title.id not in named_ids]
        return (word, remaining) if remaining else None

    def _asks_for_list(self) -> bool:
        """Return whether the question asks for a list, a number, countries, suppliers, customers or “who”."""
        question = self.question
        asks = bool({"places", "suppliers"} & set(question.ids("intent"))) or question.has("count") or question.has("customers")
        return asks or not (WHO | _LISTS).isdisjoint(question.tokens)

    def _named_with(self, content: Sequence[str]) -> list[Title]:
        return records_with_words(self.reader, self.lexicon, self._sought(content), self.question.ids("area"))

    def _by_part(self) -> Answer | None:
        """Return an answer with the few records whose names have a long Chinese string in common with the question.

        If the question names places, the records must be in one of them. Other conditions that the records don't meet count as
        unused. None if the question has an exclusion or asks for what isn't recorded, because a name can't answer that.
        """
        if self.question.excluded or self.question.has("absence"):
            return None
        scope = self._scope(self.question)
        sharing = records_with_part(self.reader, self.lexicon, self.question.text, self.question.ids("area"))
        named = in_its_places(scope, sharing)
        if not named:
            return None
        answered, reply = self._about_rows(named)
        reply.unused += unmet_conditions(scope, named)
        return answered, reply

    def _about_rows(self, named: Sequence[Title]) -> Answer:
        question = self.question
        intents = [part for part in question.parts if part.type == "intent"]
        records = [Part(RECORD, row.id, "", 0, 0, row.label) for row in named]
        answered = Question(question.text, question.tokens, parts=[*records, *intents], markers=question.markers, intent=RECORD)
        types = {row.id: row.type for row in named}
        return answered, reply_about_named(self._scope(answered), types, [], [], is_title=False)
