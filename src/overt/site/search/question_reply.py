"""What the release answers to a question: a sentence, a list, and the address where the rest is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import orjson

from overt.http.addresses import address, answer_address, record_url
from overt.index.project_filters import ProjectFilter
from overt.language.language import Language
from overt.queries import answers, projects, records, regions
from overt.queries.answers import Selection
from overt.queries.as_of.memberships import members_in
from overt.queries.blocking import blocklists as observed
from overt.queries.database import Reader, Row
from overt.queries.filtered_projects import matching_projects
from overt.queries.labels import RecordLabel, Words
from overt.queries.questions.parsed_question import Part, Question
from overt.site.search.reply_words import Item, ReplyWords

MOST_ITEMS = 20
"""Maximum number of items of a reply."""
_NOTHING = "[]"


@dataclass
class Reply:
    """The answer to a question that was understood."""

    sentence: str = ""
    """The answer; empty where the page at `address` gives it."""
    address: str = "/"
    """Path of the page, in English, that has everything."""
    items: list[Item] = field(default_factory=list)
    total: int = 0
    """Number of items, of which the list has the first."""


def reply_to(reader: Reader, words: Words, language: Language, question: Question) -> Reply:
    """Return the reply to a question that was understood."""
    return _Replies(reader, words, language, question).reply()


class _Replies(ReplyWords):
    """Replies by intent."""

    def reply(self) -> Reply:
        """Return the reply to the question."""
        handlers: dict[str, Callable[[], Reply]] = {
            "answer": self._answer, "suppliers": self._suppliers, "places": self._countries, "money": self._money,
            "blocked": self._blocked, "agreements": self._agreements, "lists": self._lists, "projects": self._projects,
        }  # fmt: skip
        handler = handlers.get(self.question.intent)
        return handler() if handler else self._page()

    def _page(self) -> Reply:
        [part] = [part for part in self.question.parts if part.type != "intent"]
        paths = {
            "organization": record_url("organization", part.id), "area": f"/country/{part.id}", "region": f"/region/{part.id}",
            "kind": address("/explorer", [("kind", part.id)]),
        }  # fmt: skip
        return Reply(self.counted(self._filter()), paths[part.type])

    def _answer(self) -> Reply:
        plain = not (self.kinds or self.question.years or self.places)
        selection = Selection(self.organizations, self._codes())
        if plain and len(self.organizations) == len(self.areas) == 1 and not self.regions:
            organization, area = self.organizations[0], self.areas[0]
            answer = answers.find(self.reader, organization, area)
            sentence = self.language.localized(answer._asdict(), "sentence") if answer else self.none()
            return Reply(sentence, answer_address(organization, area))
        if plain:
            total = answers.count(self.reader, selection)
            items = [self.answer_item(row, country=True) for row in answers.ranked(self.reader, selection, MOST_ITEMS)]
            return Reply(self.counted(self._filter()), self._explorer(), items, total)
        return self._projects()

    def _projects(self) -> Reply:
        selection = self._filter()
        total = projects.totals(self.reader, selection).projects
        sentence = self.counted(selection)
        if len(self.kinds) == len(self.areas) == 1 and len(self.question.parts) == 2 and not self.question.years:
            rows = answers.other_pairs(self.reader, answers.COUNTRY_KINDS, 1, country=self.areas, kind=self.kinds)
            sentence = self.language.localized(rows[0], "sentence") if rows else sentence
        items = [
            Item("project", row.id, self.called(row), self.project_detail(row), record_url("project", row.id))
            for row in projects.page(self.reader, selection, size=MOST_ITEMS)
        ]
        return Reply(sentence, self._explorer(), items, total)

    def _suppliers(self) -> Reply:
        if not (self.kinds or self.question.years):
            selection = Selection((), self._codes(), seats=self.seats, supplies=True)
            total = answers.count(self.reader, selection)
            several = len(self.areas) != 1 or bool(self.regions)
            items = [self.answer_item(row, country=several) for row in answers.ranked(self.reader, selection, MOST_ITEMS)]
        else:
            rows = self._rows("suppliers", self._filter(), seats=self.seats)
            total = len(rows)
            items = [self.supplier_item(row) for row in rows[:MOST_ITEMS]]
        if not total:
            return Reply(self.none(), self._explorer())
        message = self.language.ngettext(
            "%(n)s organisation is on record as a supplier: %(what)s.",
            "%(n)s organisations are on record as suppliers: %(what)s.",
            len({item.id for item in items}) if total <= MOST_ITEMS else total, what=self.about(),
        )  # fmt: skip
        return Reply(self._with_members(message), self._explorer(), items, total)

    def _countries(self) -> Reply:
        if self.organizations and not (self.kinds or self.question.years):
            selection = Selection(self.organizations, self._codes())
            total = answers.count(self.reader, selection)
            items = [
                self.answer_item(row, country=True, organization=len(self.organizations) > 1)
                for row in answers.ranked(self.reader, selection, MOST_ITEMS)
            ]
        else:
            rows = self._rows("countries", self._filter())
            total = len(rows)
            items = [self.country_item(row) for row in rows[:MOST_ITEMS]]
        if not total:
            return Reply(self.none(), self._explorer())
        message = self.language.ngettext(
            "Something is recorded in %(n)s country: %(what)s.", "Something is recorded in %(n)s countries: %(what)s.", total,
            what=self.about(),
        )  # fmt: skip
        return Reply(self._with_members(message), self._explorer(), items, total)

    def _money(self) -> Reply:
        selection, chosen = self._filter(lenders=True), {"seats": self.seats, "financiers": self.organizations}
        rows = self._rows("lenders", selection, **chosen)
        if self.organizations and not rows:  # The organisation is no lender; who pays for its projects?
            selection, chosen = self._filter(), {"seats": self.seats, "financiers": []}
            rows = self._rows("lenders", selection, **chosen)
        if not rows:
            return Reply(self.none(), self._explorer())
        units = self._rows("commitments", selection, **chosen)
        commitments = sum(row["commitments"] for row in units)
        sums = self.language.comma.join(self.amount(row["amount"], row["unit"]) for row in units if row["unit"] and row["stated"])
        if sums:
            message = self.language.ngettext(
                "%(n)s commitment is recorded: %(what)s. Those with an amount add up to %(amount)s.",
                "%(n)s commitments are recorded: %(what)s. Those with an amount add up to %(amount)s.",
                commitments, what=self.about(), amount=sums,
            )  # fmt: skip
        else:
            message = self.language.ngettext(
                "%(n)s commitment is recorded: %(what)s. No amount is known.",
                "%(n)s commitments are recorded: %(what)s. No amount is known.", commitments, what=self.about(),
            )  # fmt: skip
        items = [self.lender_item(row) for row in rows[:MOST_ITEMS]]
        return Reply(self._with_members(message), address("/explorer", [*selection.items()]), items, len(rows))

    def _blocked(self) -> Reply:
        services, codes = self.question.ids("service"), self._codes()
        platforms = [service for service in services if service in observed.platform_domains(self.reader)]
        path = f"/platform/{platforms[0]}" if platforms else "/blocked"
        if self.areas:
            path = f"/country/{self.areas[0]}/restrictions"
        if kinds := self.question.ids("restriction"):
            values = {"kinds": _json(kinds), "countries": _json(codes)}
            rows = self.reader.rows("questions.restrictions", values)
            total = sum(row["restrictions"] for row in rows)
            items = [self.restriction_item(row) for row in rows[:MOST_ITEMS]]
            colon, stop = self.language.gettext(": "), self.language.gettext(".")
            sentence = f"{self.restrictions(total)}{colon}{self.about()}{stop}"
            return Reply(sentence if total else self.none(), path, items, len(rows))
        rows = answers.other_pairs(self.reader, answers.SERVICES, 1_000, country=codes, service=services)
        items = [self.service_item(row) for row in rows[:MOST_ITEMS]]
        if not rows:
            return Reply(self.none(), path)
        sentence = self.language.localized(rows[0], "sentence")
        if len(rows) > 1:
            sentence = self.language.ngettext(
                "%(n)s service or country is on record: %(what)s.", "%(n)s services or countries are on record: %(what)s.",
                len(rows), what=self.about(),
            )  # fmt: skip
        return Reply(sentence, path, items, len(rows))

    def _agreements(self) -> Reply:
        rows = self.reader.query(RecordLabel, "questions.agreements", [self.areas[0]])
        items = [Item("agreement", row.id, self.called(row), "", record_url("agreement", row.id)) for row in rows[:MOST_ITEMS]]
        message = self.language.ngettext(
            "%(n)s law or agreement is on record: %(what)s.", "%(n)s laws or agreements are on record: %(what)s.", len(rows),
            what=self.about(),
        )  # fmt: skip
        return Reply(message if rows else self.none(), f"/country/{self.areas[0]}", items, len(rows))

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
        return Reply(message if items else self.none(), path, items[:MOST_ITEMS], len(items))

    @property
    def places(self) -> list[Part]:
        """The towns that the question names."""
        return [part for part in self.question.parts if part.type == "place"]

    def _codes(self) -> list[str]:
        """Return the codes of the countries that the question names, those in regions included."""
        if self.as_of:
            members = [code for region in self.regions for code in members_in(self.reader, region, self.as_of)]
        else:
            members = [code for region in self.regions for code in regions.members(self.reader, region)]
        return [*self.areas, *members]

    def _filter(self, *, lenders: bool = False) -> ProjectFilter:
        """Return the filter of the projects that the question is about. `lenders`: its organisations are meant as lenders."""
        first, last = self.question.years if self.question.years and not self.as_of else (None, None)
        return ProjectFilter(
            company=() if lenders else tuple(self.organizations),
            financier=tuple(self.organizations) if lenders else (),
            country=tuple(self.areas),
            region=tuple(self.regions),
            kind=tuple(self.kinds),
            year_from=first,
            year_to=last,
            as_of=self.as_of,
            q=" ".join(part.label or part.text for part in self.places),
        )

    def _with_members(self, sentence: str) -> str:
        """Return a sentence, followed by the one of which date the members of regions are."""
        return f"{sentence}{self.language.gap}{members}" if (members := self.members()) else sentence

    def _explorer(self) -> str:
        return address("/explorer", [*self._filter().items()])

    def _rows(self, query: str, selection: ProjectFilter, **chosen: Sequence[str]) -> list[Row]:
        mask = matching_projects(self.reader, selection)
        ids = self.reader.vectors.ids(np.flatnonzero(mask))
        return self.reader.rows(f"questions.{query}", {"ids": _json(ids), **{name: _json(ids) for name, ids in chosen.items()}})


def _json(values: Sequence[str]) -> str:
    return orjson.dumps(list(values)).decode() if values else _NOTHING
