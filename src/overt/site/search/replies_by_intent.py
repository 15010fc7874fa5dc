"""Replies to questions by intent: a sentence, a list, notes, and the address of the page that has everything."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from overt.http.page_addresses import address, answer_address, record_url
from overt.index.project_filter_declarations import ProjectFilter
from overt.language.language import Language
from overt.queries import pair_answers
from overt.queries.database import Reader
from overt.queries.labels import Words
from overt.queries.pair_answers import Selection
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import is_article, tokens
from overt.queries.questions.understood_question import Question
from overt.site.search.agreements.agreement_reply import reply_about_agreements
from overt.site.search.blocking.blocking_reply import reply_about_blocking, restrictions_there
from overt.site.search.blocking.restrictions_listed_above_laws import with_restricted_services
from overt.site.search.closest_answers.absent_organizations import reply_about_absent
from overt.site.search.closest_answers.near_reply import checked_reply
from overt.site.search.conditions_by_reply import USED, unused_conditions
from overt.site.search.internet_or_election_in_country_reply import asks_for_no_law, is_about_circumstances, reply_about_place
from overt.site.search.money.lender_promises import promised_by_lenders
from overt.site.search.money.money_reply import reply_about_money
from overt.site.search.notes_on_matching_figures import notes_on_figures
from overt.site.search.notes_on_names_and_home_countries import (
    notes_on_each_name,
    notes_on_excluded_names,
    notes_on_seats,
    sentence_about_seats,
    without_suppliers,
)
from overt.site.search.official_list_organizations_by_home_country import reply_about_listed_seats
from overt.site.search.official_lists_reply import reply_about_listed_suppliers, reply_about_lists
from overt.site.search.owners_reply import reply_about_outcome, reply_about_owners
from overt.site.search.projects.counts_by_kind_and_year import counts_by_kind, counts_by_year
from overt.site.search.projects.notes_on_excluded_supplier_countries import notes_beside_seats
from overt.site.search.projects.only_unconfirmed_projects_sentence import counted_projects, sentence_on_unconfirmed
from overt.site.search.projects.projects_named_after_supplier_country import named_after_home_country
from overt.site.search.projects.question_filter import DONATION
from overt.site.search.projects.state_programmes_note import programmes_there
from overt.site.search.question_part_labels import BROAD_KINDS
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply, size_of
from overt.site.search.scores_reply import reply_about_scores
from overt.site.search.superlative_reply import reply_about_amounts, reply_about_dates
from overt.site.search.suppliers.countries_in_common import countries_in_each
from overt.site.search.suppliers.country_names_sentence import country_names_sentence
from overt.site.search.suppliers.supplier_and_country_lists import ListedReplies
from overt.site.search.suppliers.suppliers_of_customer import reply_about_customers_suppliers
from overt.site.search.texts.article_numbers import is_of_article
from overt.site.search.texts.denials_reply import DENIED, reply_about_denials
from overt.site.search.texts.organization_statements_reply import asks_for_statements, reply_about_statements, without_statements
from overt.site.search.texts.record_items_with_excerpts import record_items
from overt.site.search.texts.record_text_answers import notes_on_reasons
from overt.site.search.texts.searchable_texts import denials_of, passages_of
from overt.site.search.titled_record_reply import reply_about_records

_FEW = 3
"""Answers with at most this many records also have their texts or denials."""
_WITH_KINDS = frozenset({"answer", "projects", "places", "suppliers"})
"""Intents whose answers are about projects of certain kinds."""
_RANKING = frozenset({"dates", "amounts"})  # These intents rank projects of any status.


def reply_to(reader: Reader, words: Words, language: Language, lexicon: Lexicon, question: Question) -> Reply:
    """Return the reply to a question that was understood."""
    return _Replies(reader, words, language, question, lexicon).reply()


class _Replies(ListedReplies):
    """Replies by intent."""

    def reply(self) -> Reply:
        """Return the reply to the question. It is a denial only if nothing is on record under fewer conditions either."""
        return checked_reply(self, self._unchecked(), self._relaxed, self._side)

    def _side(self, question: Question) -> Reply:
        """Return the reply about one side of a comparison."""
        return reply_to(self.reader, self.words, self.language, self.lexicon, question)

    def _relaxed(self, question: Question) -> Reply:
        """Return the reply to a question with fewer conditions."""
        return self.about_question(question)._unchecked()

    def _unchecked(self) -> Reply:
        """Return the reply that `checked_reply` is to check, with the conditions of the question that it doesn't use."""
        handlers: dict[str, Callable[[], Reply]] = {
            "answer": self._answer, "suppliers": self.suppliers, "places": self.countries,
            "projects": self._projects, "absent": lambda: reply_about_absent(self), "money": lambda: reply_about_money(self),
            "dates": lambda: reply_about_dates(self), "amounts": lambda: reply_about_amounts(self),
            "owners": lambda: reply_about_owners(self), "listed": self._listed,
            "blocked": lambda: reply_about_blocking(self), "agreements": self._agreements,
            "record": self._records, "lists": lambda: reply_about_lists(self),
            "scores": lambda: reply_about_scores(self),
        }  # fmt: skip
        if self.question.ids("status") == [DENIED]:
            handlers |= dict.fromkeys(("answer", "places", "projects"), lambda: reply_about_denials(self))
        asks = asks_for_statements(self) and DENIED not in self.question.ids("status")
        stated = reply_about_statements(self) if asks else None
        reply = (
            stated
            or reply_about_outcome(self)
            or reply_about_customers_suppliers(self)
            or handlers.get(self.question.intent, self._page)()
        )
        if asks and not stated:
            stated = reply_about_statements(self, [item.id for item in reply.items if item.type == "project"])
            reply = stated or without_statements(self, reply)
        if self.is_denied and not reply.total:
            reply = self._trainings() or reply
        used = USED[self.question.intent] if reply.used is None else reply.used
        for marker, count in (("kinds", counts_by_kind), ("by_year", counts_by_year)):
            if marker in used and self.question.has(marker):
                reply.sentence = self.sentences(reply.sentence, count(self, self.mask(self.filter())))
        if self.question.intent in _RANKING and reply.total:
            unconfirmed = sentence_on_unconfirmed(self, self.seated(self.mask(self.filter())))
            reply.sentence = self.sentences(unconfirmed, reply.sentence)
        if self.question.intent in _WITH_KINDS and not stated:
            chosen = self.filter()
            beside = (named_after_home_country(self), self.named_elsewhere(chosen, self.seated(self.mask(chosen))))
            reply.sentence = self.sentences(reply.sentence, country_names_sentence(self, reply), *beside)
            reply.notes = [*self._denials(reply.items), *reply.notes]
        reply.sentence = self.sentences(reply.sentence, sentence_about_seats(self))
        reply.is_denied = self.is_denied and not reply.total
        reply.notes = [*notes_on_figures(self), *reply.notes, *([] if stated else notes_on_reasons(self))]
        reply.unused = [*unused_conditions(self, used)]
        return reply

    def _records(self) -> Reply:
        """Return a reply with the laws, agreements and programmes that the question names, with their texts if they are few.

        The number of an article in the question counts as used if the reply has a provision of that article.
        """
        reply = reply_about_records(self)
        if len(reply.items) <= _FEW:
            types = {item.id: item.type for item in reply.items}
            reply.items = record_items(self, types, [])[0]
            named = [word for word in self.question.unweighed if is_article(tokens(word))]
            texts = passages_of(self, [*types]) if named else {}
            articles = {passage.article for passages in texts.values() for passage in passages}
            used = {word for word in named if any(is_of_article(article, word) for article in articles)}
            self.question.unweighed = [word for word in self.question.unweighed if word not in used]
        return reply

    def _denials(self, items: Sequence[Item]) -> list[Note]:
        """Return notes on what was denied about the projects of an answer; none for more than `_FEW` projects."""
        ids = [item.id for item in items if item.type == "project"]
        if not 0 < len(ids) == len(items) <= _FEW or DENIED in self.question.ids("status"):
            return []  # An answer about denials names them already.
        denials = denials_of(self, ids)
        return [Note(text, record=identity, is_denial=True) for identity, texts in denials.items() for text in texts]

    def _trainings(self) -> Reply | None:
        """Return a reply with training programmes of the question's organisations; None without any, or for other questions."""
        if self.kinds != ["training"] or not self.organizations:
            return None
        question = replace(
            self.question,
            parts=[part for part in self.question.parts if part.type != "kind"],
            agreement_kinds=["training-programme"],
            intent="agreements",
        )
        scope = self.about_question(question)
        reply = reply_about_agreements(scope, self.lexicon)
        if not reply.total:
            return None
        self.is_denied = False
        reply.used = USED["agreements"] | {"kind"}
        return reply

    def _page(self) -> Reply:
        # A name can occur twice in a question.
        part = next(part for part in self.question.parts if part.type not in ("intent", "origin"))
        paths = {
            "organization": record_url("organization", part.id), "area": f"/country/{part.id}", "region": f"/region/{part.id}",
            "kind": address("/explorer", [("kind", part.id)]),
        }  # fmt: skip
        mask = self.seated(self.mask(self.filter()))
        if self.question.unweighed and mask.any():
            return self._projects()
        reply = Reply(counted_projects(self, mask), paths[part.type])
        if part.type == "organization":
            rows = self.rows("countries", mask)
            reply.items, reply.total = [self.country_item(row) for row in rows[:MAX_ITEMS]], len(rows)
            if not mask.any():
                reply.sentence = self.something_else()
            reply.notes = [*self.not_built(mask), *self.brand_notes(self.filter(), mask)]
        return reply

    def _answer(self) -> Reply:
        selection = Selection(self.organizations, self.codes())
        if self.plain and len(self.organizations) == len(self.areas) == 1 and not self.regions:
            organization, area = self.organizations[0], self.areas[0]
            answer = pair_answers.find(self.reader, organization, area)
            if not answer and (named := self.named_by_brands(self.filter(), self.mask(self.filter()))):
                return self._projects_of_others(named)
            sentence = self.language.localized(answer._asdict(), "sentence") if answer else self.none()
            items = self.items(mask := self.mask(self.filter())) or ([self.answer_item(answer, country=True)] if answer else [])
            notes = [*self.not_built(mask), *self.brand_notes(self.filter(), mask), *self.customer_notes(mask)]
            if not answer:
                notes += [*self.group_notes(self.filter(), mask), *self.other_organizations(area)]
            return Reply(sentence, answer_address(organization, area), items, size_of(mask) or len(items), notes)
        is_number = self.question.has("count") and "places" in self.intents
        if self.plain and not (self.names_customers or is_number):
            total = pair_answers.count(self.reader, selection)
            rows = pair_answers.ranked(self.reader, selection, MAX_ITEMS)
            items = [self.answer_item(row, country=True) for row in rows]
            mask = self.mask(self.filter())
            sentence = self._each_answer(rows, total) or self.each(mask) or counted_projects(self, mask)
            if total and not mask.any():
                sentence = self.something_else()
            sentence = self.sentences(countries_in_each(self), sentence)
            path, notes = self.link(self.filter(), mask)
            more = [*self.brand_notes(self.filter(), mask), *self.groups(), *self.debated_members(mask)]
            notes = [*self.not_built(mask), *self.customer_notes(mask), *more, *notes]
            return Reply(sentence, path, items, total, notes)
        return self.countries() if "places" in self.intents else self._projects()

    def _projects(self) -> Reply:
        chosen = self.filter()
        matching = self.mask(chosen)
        mask = self.seated(matching)
        sentence = self.each(mask) or self.counted_or_undated(chosen, mask)
        is_pair = len(self.kinds) == len(self.areas) == 1 and len(self.question.parts) == 2
        is_pair &= self.question.only is None and not {*self.kinds} & {*BROAD_KINDS, DONATION}
        if is_pair and not (self.question.years or self.side):
            rows = pair_answers.other_pairs(self.reader, pair_answers.COUNTRY_KINDS, 1, country=self.areas, kind=self.kinds)
            if rows and not self.question.excluded and (mask & ~self.disputed).any():  # Otherwise, it begins with a denial.
                sentence = self.language.localized(rows[0], "sentence")
        if not mask.any() and self.organizations and self.question.ids("project_name"):
            return self._projects_of_others(chosen)
        if not mask.any() and (named := self.named_by_brands(chosen, mask)):
            return self._projects_of_others(named)
        if is_about_circumstances(self):
            return reply_about_place(self, Reply(sentence, self.link(chosen, mask)[0], self.items(mask), size_of(mask)))
        sentence = self.sentences(sentence, without_suppliers(self, mask), promised_by_lenders(self, mask))
        path, notes = self.link(chosen, mask)
        notes = [*self.seatless(matching, "supplier", "implementer"), *self.notes(chosen, mask), *notes]
        notes = [*self.unknown_status(mask), *self.other_roles(chosen, matching, mask), *notes]
        notes = [*self.not_built(mask), *self.also_meant(chosen, mask), *notes_on_each_name(self, chosen, mask), *notes]
        notes = [*self.narrow_notes(mask), *self.customer_notes(mask), *self.one_place_notes(chosen, mask), *notes]
        notes = [
            *notes_beside_seats(self, matching, mask),
            *notes_on_excluded_names(self, mask),
            *notes_on_seats(self, chosen),
            *notes,
        ]
        notes += [*programmes_there(self), *self.blocked_services()]
        return Reply(sentence, path, self.items(mask), size_of(mask), notes)

    def _agreements(self) -> Reply:
        reply = with_restricted_services(self, reply_about_agreements(self, self.lexicon))
        if not asks_for_no_law(self):
            return reply
        if not reply.is_about_all or not self.lexicon.circumstances.isdisjoint(self.question.unweighed):
            return reply_about_place(self, reply)
        first, last = self.question.years or (None, None)
        reply.notes[:0] = restrictions_there(self, self.areas, first, last)
        return reply

    def _listed(self) -> Reply:
        """Return a reply with organisations on official lists: only suppliers, unless the question has just home countries."""
        types = {part.type for part in self.question.parts} - {"intent"}
        return reply_about_listed_seats(self) if types == {"seat"} else reply_about_listed_suppliers(self)

    def _projects_of_others(self, chosen: ProjectFilter) -> Reply:
        """Return a reply with the projects that match a name from the question, but don't name the question's organisation."""
        without = replace(chosen, company=())
        mask = self.mask(without)
        if not mask.any():
            return Reply(self.none(), self.link(chosen, mask)[0])
        names = self.listed(self.label("organization", identity, identity) for identity in self.organizations)
        message = self.language.ngettext(
            "%(n)s project has this name, but doesn’t name the organisation (%(names)s).",
            "%(n)s projects have this name, but none names the organisation (%(names)s).", size_of(mask), names=names,
        )  # fmt: skip
        path, notes = self.link(without, mask)
        return Reply(message, path, self.items(mask), size_of(mask), [*self.not_built(mask), *notes])

    def _each_answer(self, rows: Sequence[pair_answers.Answer], total: int) -> str:
        """Return a sentence with the number of projects of each organisation, or in each country.

        Empty unless the question names several organisations and one country, or the reverse, without regions or groups, and
        `rows` has all answers. Projects of an organisation's group are included. Unbuilt projects are counted separately.
        """
        if (
            self.regions
            or any(map(self.question.is_grouped, self.question.parts))
            or total > len(rows)
            or (len(self.organizations) > 1) == (len(self.areas) > 1)
        ):
            return ""
        by_pair = {(row.organization, row.country): row for row in rows}
        labels = (
            [(self.label("organization", id_, id_), by_pair.get((id_, self.areas[0]))) for id_ in self.organizations]
            if len(self.organizations) > 1
            else [(self.words.area(code), by_pair.get((self.organizations[0], code))) for code in self.areas]
        )
        return self._sentence_of([(label, row.projects if row else 0, row.not_built if row else 0) for label, row in labels])
