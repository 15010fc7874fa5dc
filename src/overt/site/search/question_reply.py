"""The release's answer to a question: a sentence, a list, and the address of the rest."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from overt.http.addresses import address, answer_address, record_url
from overt.index.project_filters import ProjectFilter
from overt.language.language import Language
from overt.queries import answers, projects, records
from overt.queries.answers import Selection
from overt.queries.database import Reader
from overt.queries.filtered_projects import matching_projects
from overt.queries.labels import Words
from overt.queries.project_arrays import Mask
from overt.queries.questions.question_words import Lexicon
from overt.queries.questions.understood_question import Question
from overt.site.search.agreement_reply import reply_about_agreements
from overt.site.search.blocking_reply import reply_about_blocking
from overt.site.search.money_reply import reply_about_money
from overt.site.search.ranked_reply import countries_by_suppliers, first_places, reply_about_amounts, reply_about_dates
from overt.site.search.related_projects import RelatedProjects
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.reply_words import Item, Note


def reply_to(reader: Reader, words: Words, language: Language, lexicon: Lexicon, question: Question) -> Reply:
    """Return the reply to a question that was understood."""
    return _Replies(reader, words, language, question, lexicon).reply()


class _Replies(RelatedProjects):
    """Replies by intent."""

    def reply(self) -> Reply:
        """Return the reply to the question."""
        handlers: dict[str, Callable[[], Reply]] = {
            "answer": self._answer, "suppliers": self._suppliers, "places": self._countries, "lists": self._lists,
            "projects": self._projects, "absent": self._absent, "money": lambda: reply_about_money(self),
            "dates": lambda: reply_about_dates(self), "amounts": lambda: reply_about_amounts(self),
            "blocked": lambda: reply_about_blocking(self), "agreements": lambda: reply_about_agreements(self, self.lexicon),
        }  # fmt: skip
        handler = handlers.get(self.question.intent)
        return handler() if handler else self._page()

    def _page(self) -> Reply:
        [part] = [part for part in self.question.parts if part.type not in ("intent", "origin")]
        paths = {
            "organization": record_url("organization", part.id), "area": f"/country/{part.id}", "region": f"/region/{part.id}",
            "kind": address("/explorer", [("kind", part.id)]),
        }  # fmt: skip
        mask = self.mask(self.filter())
        reply = Reply(self.counted(_size(mask)), paths[part.type])
        if part.type == "organization":
            rows = self.rows("countries", mask)
            reply.items, reply.total = [self.country_item(row) for row in rows[:MAX_ITEMS]], len(rows)
            if not mask.any():
                reply.sentence = self.language.gettext("No project is recorded, but something else is: %(what)s.", what=self.about())
            reply.notes = [*self.not_built(mask), *self.brand_notes(self.filter(), mask)]
        return reply

    @property
    def _plain(self) -> bool:
        """Whether the question names only organisations, countries and regions."""
        return not (self.kinds or self.question.years or self.filter().q or self.question.excluded or self.question.has("most"))

    def _answer(self) -> Reply:
        selection = Selection(self.organizations, self.codes())
        if self._plain and len(self.organizations) == len(self.areas) == 1 and not self.regions:
            organization, area = self.organizations[0], self.areas[0]
            answer = answers.find(self.reader, organization, area)
            if not answer and (named := self.named_by_brands(self.filter(), self.mask(self.filter()))):
                return self._projects_of_others(named)
            sentence = self.language.localized(answer._asdict(), "sentence") if answer else self.none()
            mask = self.mask(self.filter())
            notes = [*self.not_built(mask), *self.brand_notes(self.filter(), mask)]
            return Reply(sentence, answer_address(organization, area), self._items(mask), _size(mask), notes)
        if self._plain:
            total = answers.count(self.reader, selection)
            rows = answers.ranked(self.reader, selection, MAX_ITEMS)
            items = [self.answer_item(row, country=True) for row in rows]
            mask = self.mask(self.filter())
            sentence = self._each_answer(rows, total) or self._each(mask) or self.counted(_size(mask))
            if total and not mask.any():
                sentence = self.language.gettext("No project is recorded, but something else is: %(what)s.", what=self.about())
            path, notes = self.link(self.filter(), mask)
            notes = [*self.not_built(mask), *self.brand_notes(self.filter(), mask), *self.debated_members(mask), *notes]
            return Reply(sentence, path, items, total, notes)
        return self._countries() if "places" in self.question.ids("intent") else self._projects()

    def _projects(self) -> Reply:
        chosen = self.filter()
        mask = self.seated(self.mask(chosen))
        sentence = self._each(mask) or self._counted_or_undated(chosen, mask)
        if len(self.kinds) == len(self.areas) == 1 and len(self.question.parts) == 2 and not self.question.years:
            rows = answers.other_pairs(self.reader, answers.COUNTRY_KINDS, 1, country=self.areas, kind=self.kinds)
            sentence = self.language.localized(rows[0], "sentence") if rows and not self.question.excluded else sentence
        if not mask.any() and self.organizations and self.question.ids("project_name"):
            return self._projects_of_others(chosen)
        if not mask.any() and (named := self.named_by_brands(chosen, mask)):
            return self._projects_of_others(named)
        path, notes = self.link(chosen, mask)
        notes = [*self.not_built(mask), *self.also_meant(chosen, mask), *self.notes(chosen, mask), *notes]
        return Reply(sentence, path, self._items(mask), _size(mask), notes)

    def _counted_or_undated(self, chosen: ProjectFilter, mask: Mask) -> str:
        """Return the number of projects; if there are only undated ones, say so instead of denying a record."""
        undated = self.undated(chosen, mask) if self.question.years else mask
        if mask.any() or not undated.any():
            return self.counted(_size(mask))
        return self.language.ngettext(
            "No dated record here: %(what)s. %(n)s project without a date may be meant.",
            "No dated record here: %(what)s. %(n)s projects without a date may be meant.", _size(undated), what=self.about(),
        )  # fmt: skip

    def _projects_of_others(self, chosen: ProjectFilter) -> Reply:
        """Return the projects with a name from the question that don't name the question's organisation."""
        without = replace(chosen, company=())
        mask = self.mask(without)
        if not mask.any():
            return Reply(self.none(), self.link(chosen, mask)[0])
        names = self.listed(self.label("organization", identity, identity) for identity in self.organizations)
        message = self.language.ngettext(
            "%(n)s project has this name, but doesn’t name the organisation (%(names)s).",
            "%(n)s projects have this name, but none names the organisation (%(names)s).", _size(mask), names=names,
        )  # fmt: skip
        path, notes = self.link(without, mask)
        return Reply(message, path, self._items(mask), _size(mask), [*self.not_built(mask), *notes])

    def _items(self, mask: Mask) -> list[Item]:
        """Return the newest projects of a mask."""
        rows = projects.first_of(self.reader, mask, MAX_ITEMS)
        return [
            Item("project", row.id, self.called(row), self.project_detail(row), record_url("project", row.id)) for row in rows
        ]

    def _each_answer(self, rows: Sequence[answers.Answer], total: int) -> str:
        """Return a sentence with the number of projects of each organisation, or in each country.

        Empty unless the question names several of one and exactly one of the other. An organisation's group is included; unbuilt
        projects are counted separately.
        """
        if self.regions or total > len(rows) or (len(self.organizations) > 1) == (len(self.areas) > 1):
            return ""
        by_pair = {(row.organization, row.country): row for row in rows}
        labels = (
            [(self.label("organization", id_, id_), by_pair.get((id_, self.areas[0]))) for id_ in self.organizations]
            if len(self.organizations) > 1
            else [(self.words.area(code), by_pair.get((self.organizations[0], code))) for code in self.areas]
        )
        return self._sentence_of([(label, row.projects if row else 0, row.not_built if row else 0) for label, row in labels])

    def _each(self, mask: Mask) -> str:
        """Return a sentence with the number of projects of each organisation or, failing that, in each country.

        Empty unless the question names several organisations or, without regions, several countries.
        """
        if len(self.organizations) > 1:
            labels = [(self.label("organization", id_, id_), ProjectFilter(company=(id_,))) for id_ in self.organizations]
        elif len(self.areas) > 1 and not self.regions:
            labels = [(self.words.area(code), ProjectFilter(country=(code,))) for code in self.areas]
        elif self.question.has("comparison") and len(self.regions) > 1:
            labels = [(self.words.region(region), ProjectFilter(region=(region,))) for region in self.regions]
        elif self.question.has("comparison") and len(self.kinds) > 1:
            labels = [(self.label("kind", kind, kind), ProjectFilter(kind=(kind,))) for kind in self.kinds]
        else:
            return ""
        return self._sentence_of([(label, _size(mask & matching_projects(self.reader, part)), 0) for label, part in labels])

    def _sentence_of(self, counts: Sequence[tuple[str, int, int]]) -> str:
        """Return a sentence with numbers of projects and of unbuilt projects, by label."""
        colon, stop = self.language.gettext(": "), self.language.gettext(".")
        none = self.language.gettext("no record here")
        texts = []
        for label, number, not_built in counts:
            unbuilt = self.language.gettext(
                "%(projects)s announced, cancelled, denied or unverified", projects=self.count(not_built)
            )
            count = [*([self.count(number)] if number else []), *([unbuilt] if not_built else [])]
            texts.append(f"{label}{colon}{self.language.comma.join(count) or none}")
        sentence = self.language.gettext("; ").join(texts) + stop
        if not all(number or not_built for _, number, not_built in counts):
            sentence = self.language.gettext("%(sentence)s That is not evidence of absence.", sentence=sentence)
        return sentence

    def _suppliers(self) -> Reply:
        chosen = self.filter()
        mask = self.mask(chosen)
        if self._plain:
            selection = Selection((), self.codes(), seats=self.seats, supplies=True)
            total = answers.count(self.reader, selection)
            several = len(self.areas) != 1 or bool(self.regions)
            rows = answers.ranked(self.reader, selection, MAX_ITEMS)
            items, ids = [self.answer_item(row, country=several) for row in rows], [row.organization for row in rows]
        else:
            left_out = self.question.left_out
            suppliers = [
                row
                for row in self.with_certainty(self.rows("suppliers", mask, seats=self.seats), mask)
                if row["id"] not in left_out("organization")
                and not (left_out("seat") and (row["country"] is None or row["country"] in left_out("seat")))
            ]
            total = len(suppliers)
            items, ids = [self.supplier_item(row) for row in suppliers[:MAX_ITEMS]], [row["id"] for row in suppliers]
        path, notes = self.link(chosen, mask, list(dict.fromkeys(ids)) if total <= MAX_ITEMS else ())
        notes = [*self.not_built(mask), *self.seatless(mask, "supplier", "implementer"), *self.notes(chosen, mask), *notes]
        if not total:
            return self._no_supplier(chosen, mask, path, notes)
        message = self.language.ngettext(
            "%(n)s organisation is on record as a supplier: %(what)s.",
            "%(n)s organisations are on record as suppliers: %(what)s.",
            len({item.id for item in items}) if total <= MAX_ITEMS else total, what=self.about(),
        )  # fmt: skip
        if self.question.has("most"):
            message = first_places(self, items, message)
        return Reply(message, path, items, total, notes)

    def _no_supplier(self, chosen: ProjectFilter, mask: Mask, path: str, notes: list[Note]) -> Reply:
        """Return the reply if no supplier of a built project is on record. Denied or planned projects are shown."""
        if self.question.left_out("seat") or self.question.left_out("organization"):
            return Reply(self.none(), path, notes=notes)
        if not mask.any() or (self.seats and not self.not_built(mask)):
            return Reply(self._counted_or_undated(chosen, self.seated(mask)), path, notes=notes)
        mask = self.seated(mask)
        message = self.language.ngettext(
            "%(n)s project is recorded, but none that counts as supplied by a known organisation: %(what)s.",
            "%(n)s projects are recorded, but none that counts as supplied by a known organisation: %(what)s.",
            _size(mask), what=self.about(),
        )  # fmt: skip
        return Reply(message, path, self._items(mask), _size(mask), notes)

    def _countries(self) -> Reply:
        chosen = self.filter()
        mask = self.seated(self.mask(chosen))
        threshold = self.question.threshold
        if threshold and threshold.counted == "suppliers":
            rows = countries_by_suppliers(self, mask)
            total, items = len(rows), [self.suppliers_item(row) for row in rows[:MAX_ITEMS]]
        elif self.organizations and self._plain and not threshold and not self.question.has("customers"):
            selection = Selection(self.organizations, self.codes())
            total = answers.count(self.reader, selection)
            items = [
                self.answer_item(row, country=True, organization=len(self.organizations) > 1)
                for row in answers.ranked(self.reader, selection, MAX_ITEMS)
            ]
        else:
            rows = [row for row in self.rows("countries", mask) if row["projects"] > (threshold.number if threshold else 0)]
            total, named = len(rows), self._customers(mask)
            items = [self.country_item(row, named.get(row["id"], ())) for row in rows[:MAX_ITEMS]]
        path, notes = self.link(chosen, mask)
        unbuilt = self.not_built(mask)
        if threshold and unbuilt:
            text = self.language.gettext("Announced, cancelled, denied and unverified projects don’t count for suppliers.")
            unbuilt = [Note(text)] if threshold.counted == "suppliers" else []
        notes = [*unbuilt, *self.also_meant(chosen, mask), *self.notes(chosen, mask), *notes]
        if not total:
            return Reply(self.none() if threshold else self._counted_or_undated(chosen, mask), path, notes=notes)
        if not (self._plain or self._asks_for_countries) and _size(mask) <= MAX_ITEMS:
            sentence = self._each(mask) or self._counted_or_undated(chosen, mask)
            return Reply(sentence, path, self._items(mask), _size(mask), notes)
        message = self.language.ngettext(
            "Something is recorded in %(n)s country: %(what)s.", "Something is recorded in %(n)s countries: %(what)s.", total,
            what=self.about(),
        )  # fmt: skip
        if self.question.has("most"):
            message = first_places(self, items, message)
        if each := self._each(mask):
            message = self.language.gettext("%(first)s %(second)s", first=message, second=each)
        return Reply(message, path, items, total, notes)

    @property
    def _asks_for_countries(self) -> bool:
        """Whether the question asks for countries or customers in so many words, and not for the projects themselves."""
        question = self.question
        return "places" in question.ids("intent") or question.has("customers") or question.has("most") or bool(question.threshold)

    def _customers(self, mask: Mask) -> dict[str, list[str]]:
        """Return the names of customers and operators by country, if the question asks for customers."""
        names: dict[str, list[str]] = {}
        for row in self.rows("customers", mask) if self.question.has("customers") else []:
            names.setdefault(row["country"], []).append(self.called_row(row))
        return names

    def _lists(self) -> Reply:
        items = []
        for organization in self.organizations:
            for listing in records.linked(self.reader, organization, "listing", "organization"):
                period = self.formats.period(listing.value("start"), listing.value("end"))
                label = self.words.term("lists", listing.value("list") or "")
                items.append(Item("list", listing.id, label, period, record_url("listing", listing.id)))
        path = f"{record_url('organization', self.organizations[0])}#lists"
        message = self.language.ngettext(
            "%(n)s entry of an official list names it: %(what)s.", "%(n)s entries of official lists name it: %(what)s.",
            len(items), what=self.about(),
        )  # fmt: skip
        known = self.listed(self.words.term("lists", name) for name in self.words.terms.get("lists", {}))
        note = Note(self.language.gettext("Only these lists are in the atlas: %(lists)s.", lists=known))
        return Reply(message if items else self.none(), path, items[:MAX_ITEMS], len(items), [note])

    def _absent(self) -> Reply:
        """Return the reply about a well-known organisation that no record names, and what is recorded without it."""
        [name, *_] = self.question.ids("absent")
        message = self.language.gettext("No record here names %(name)s. That is not evidence of absence.", name=name)
        chosen = self.filter()
        if not chosen:
            return Reply(message, address("/search", [("q", name)]))
        mask = self.mask(chosen)
        path, notes = self.link(chosen, mask)
        return Reply(message, path, self._items(mask), _size(mask), [*self.also(mask, chosen), *self.notes(chosen, mask), *notes])


def _size(mask: Mask) -> int:
    return int(np.count_nonzero(mask))
