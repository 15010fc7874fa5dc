"""What the release answers to a question: a sentence, a list, and the address where the rest is."""

from collections.abc import Callable, Sequence

import numpy as np

from overt.http.addresses import address, answer_address, record_url
from overt.index.project_filters import ProjectFilter
from overt.language.language import Language
from overt.queries import answers, projects, records
from overt.queries.answers import Selection
from overt.queries.blocking import blocklists as observed
from overt.queries.database import Reader, Row
from overt.queries.labels import Words
from overt.queries.project_arrays import Mask
from overt.queries.questions.question import Question
from overt.queries.questions.question_words import Lexicon
from overt.site.search.agreement_reply import reply_about_agreements
from overt.site.search.project_scope import Note, ProjectScope, as_json
from overt.site.search.reply import MOST_ITEMS, Reply
from overt.site.search.reply_words import Item

_MOST_COUNTRIES = 8
"""Maximum number of countries that a note names."""


def reply_to(reader: Reader, words: Words, language: Language, lexicon: Lexicon, question: Question) -> Reply:
    """Return the reply to a question that was understood."""
    return _Replies(reader, words, language, question).reply(lexicon)


class _Replies(ProjectScope):
    """Replies by intent."""

    def reply(self, lexicon: Lexicon) -> Reply:
        """Return the reply to the question."""
        handlers: dict[str, Callable[[], Reply]] = {
            "answer": self._answer, "suppliers": self._suppliers, "places": self._countries, "money": self._money,
            "blocked": self._blocked, "lists": self._lists, "projects": self._projects, "absent": self._absent,
            "agreements": lambda: reply_about_agreements(self, lexicon),
        }  # fmt: skip
        handler = handlers.get(self.question.intent)
        return handler() if handler else self._page()

    def _page(self) -> Reply:
        [part] = [part for part in self.question.parts if part.type != "intent"]
        paths = {
            "organization": record_url("organization", part.id), "area": f"/country/{part.id}", "region": f"/region/{part.id}",
            "kind": address("/explorer", [("kind", part.id)]),
        }  # fmt: skip
        return Reply(self.counted(_size(self.mask(self.filter()))), paths[part.type])

    @property
    def _plain(self) -> bool:
        """Whether the question names only organisations, countries and regions."""
        return not (self.kinds or self.question.years or self.filter().q)

    def _answer(self) -> Reply:
        selection = Selection(self.organizations, self.codes())
        if self._plain and len(self.organizations) == len(self.areas) == 1 and not self.regions:
            organization, area = self.organizations[0], self.areas[0]
            answer = answers.find(self.reader, organization, area)
            sentence = self.language.localized(answer._asdict(), "sentence") if answer else self.none()
            return Reply(sentence, answer_address(organization, area))
        if self._plain:
            total = answers.count(self.reader, selection)
            items = [self.answer_item(row, country=True) for row in answers.ranked(self.reader, selection, MOST_ITEMS)]
            mask = self.mask(self.filter())
            sentence = self._each(mask) or self.counted(_size(mask))
            if total and not mask.any():
                sentence = self.language.gettext("No project is recorded, but something else is: %(what)s.", what=self.about())
            path, notes = self.link(self.filter(), mask)
            return Reply(sentence, path, items, total, [*self.not_built(mask), *notes])
        return self._projects()

    def _projects(self) -> Reply:
        chosen = self.filter()
        mask = self.mask(chosen)
        sentence = self._each(mask) or self.counted(_size(mask))
        if len(self.kinds) == len(self.areas) == 1 and len(self.question.parts) == 2 and not self.question.years:
            rows = answers.other_pairs(self.reader, answers.COUNTRY_KINDS, 1, country=self.areas, kind=self.kinds)
            sentence = self.language.localized(rows[0], "sentence") if rows else sentence
        path, notes = self.link(chosen, mask)
        return Reply(sentence, path, self._items(mask), _size(mask), [*self.not_built(mask), *self.notes(chosen, mask), *notes])

    def _items(self, mask: Mask) -> list[Item]:
        """Return the first projects of a mask, the newest first."""
        rows = projects.first_of(self.reader, mask, MOST_ITEMS)
        return [
            Item("project", row.id, self.called(row), self.project_detail(row), record_url("project", row.id)) for row in rows
        ]

    def _each(self, mask: Mask) -> str:
        """Return how many projects are recorded for each of several organisations, or else countries; empty if there is one."""
        chosen = self.filter()
        if len(self.organizations) > 1:
            labels = [(self.label("organization", id_, id_), ProjectFilter(company=(id_,))) for id_ in self.organizations]
        elif len(self.areas) > 1 and not self.regions:
            labels = [(self.words.area(code), ProjectFilter(country=(code,))) for code in self.areas]
        else:
            return ""
        colon, stop = self.language.gettext(": "), self.language.gettext(".")
        counts = [(label, _size(mask & self.mask(one_of))) for label, one_of in ((label, part) for label, part in labels)]
        none = self.language.gettext("no record here")
        texts = [f"{label.removesuffix('.')}{colon}{self.count(number) if number else none}" for label, number in counts]
        sentence = self.language.gettext("; ").join(texts) + stop
        if chosen and not all(number for _, number in counts):
            sentence = self.language.gettext("%(sentence)s That is not evidence of absence.", sentence=sentence)
        return sentence

    def _suppliers(self) -> Reply:
        chosen = self.filter()
        mask = self.mask(chosen)
        if self._plain:
            selection = Selection((), self.codes(), seats=self.seats, supplies=True)
            total = answers.count(self.reader, selection)
            several = len(self.areas) != 1 or bool(self.regions)
            rows = answers.ranked(self.reader, selection, MOST_ITEMS)
            items, ids = [self.answer_item(row, country=several) for row in rows], [row.organization for row in rows]
        else:
            suppliers = self.rows("suppliers", mask, seats=self.seats)
            total = len(suppliers)
            items, ids = [self.supplier_item(row) for row in suppliers[:MOST_ITEMS]], [row["id"] for row in suppliers]
        path, notes = self.link(chosen, mask, list(dict.fromkeys(ids)) if total <= MOST_ITEMS else ())
        notes = [*self.not_built(mask), *self.notes(chosen, mask), *notes]
        if not total:
            return self._no_supplier(mask, path, notes)
        message = self.language.ngettext(
            "%(n)s organisation is on record as a supplier: %(what)s.",
            "%(n)s organisations are on record as suppliers: %(what)s.",
            len({item.id for item in items}) if total <= MOST_ITEMS else total, what=self.about(),
        )  # fmt: skip
        return Reply(message, path, items, total, notes)

    def _no_supplier(self, mask: Mask, path: str, notes: list[Note]) -> Reply:
        """Return the reply if no supplier of a built project is on record. Projects that are denied or planned are shown."""
        if not mask.any() or (self.seats and not self.not_built(mask)):
            return Reply(self.none(), path, notes=notes)
        message = self.language.ngettext(
            "%(n)s project is recorded, but none that counts as supplied by a known organisation: %(what)s.",
            "%(n)s projects are recorded, but none that counts as supplied by a known organisation: %(what)s.",
            _size(mask), what=self.about(),
        )  # fmt: skip
        return Reply(message, path, self._items(mask), _size(mask), notes)

    def _countries(self) -> Reply:
        chosen = self.filter()
        mask = self.mask(chosen)
        if self.organizations and self._plain:
            selection = Selection(self.organizations, self.codes())
            total = answers.count(self.reader, selection)
            items = [
                self.answer_item(row, country=True, organization=len(self.organizations) > 1)
                for row in answers.ranked(self.reader, selection, MOST_ITEMS)
            ]
        else:
            rows = self.rows("countries", mask)
            total = len(rows)
            items = [self.country_item(row) for row in rows[:MOST_ITEMS]]
        path, notes = self.link(chosen, mask)
        notes = [*self.not_built(mask), *self.notes(chosen, mask), *notes]
        if not total:
            return Reply(self.none(), path, notes=notes)
        message = self.language.ngettext(
            "Something is recorded in %(n)s country: %(what)s.", "Something is recorded in %(n)s countries: %(what)s.", total,
            what=self.about(),
        )  # fmt: skip
        if each := self._each(mask):
            message = f"{message}{self.language.gettext(' ')}{each}"
        return Reply(message, path, items, total, notes)

    def _money(self) -> Reply:
        lenders, parties = self._lenders_and_parties()
        chosen = self.filter(companies=parties, financiers=lenders)
        rows = self._lending(chosen, lenders)
        if lenders and not parties and not rows:  # The lender pays for nothing here; who pays for its projects?
            chosen, lenders = self.filter(), []
            rows = self._lending(chosen, [])
        mask = self.mask(chosen, by_date=True)
        path, notes = self.link(chosen, mask)
        notes = [*self.notes(chosen, mask), *notes]
        if not rows:
            return Reply(self.none(), path, notes=[*self._other_lenders(parties, lenders), *notes])
        units = self.rows("commitments", mask, seats=self.seats, financiers=lenders)
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
        return Reply(message, path, items, len(rows), notes)

    def _lenders_and_parties(self) -> tuple[list[str], list[str]]:
        """Return the organisations that mostly finance projects, and the others, which are parties of financed ones."""
        rows = self.reader.rows("questions.financed", {"ids": as_json(self.organizations)})
        lending = {row["id"] for row in rows if 2 * row["financed"] >= row["projects"]}
        lenders = [identity for identity in self.organizations if identity in lending]
        return lenders, [identity for identity in self.organizations if identity not in lending]

    def _lending(self, chosen: ProjectFilter, lenders: Sequence[str]) -> list[Row]:
        return self.rows("lenders", self.mask(chosen, by_date=True), seats=self.seats, financiers=lenders)

    def _other_lenders(self, parties: Sequence[str], lenders: Sequence[str]) -> list[Note]:
        """Return who else finances the projects, if the lender and the party of a question have no commitment in common."""
        if not (lenders and parties):
            return []
        chosen = self.filter(companies=parties)
        rows = self._lending(chosen, [])
        if not rows:
            return []
        names = self.named(f"{self.called_row(row)} ({self.lender_item(row).detail})" for row in rows)
        text = self.language.gettext("Other lenders are on record for the projects: %(names)s.", names=names)
        return [Note(text, self.link(chosen, self.mask(chosen, by_date=True))[0])]

    def _blocked(self) -> Reply:
        services, codes = self.question.ids("service"), self.codes()
        platforms = [service for service in services if service in observed.platform_domains(self.reader)]
        path = f"/platform/{platforms[0]}" if platforms else "/blocked"
        if self.areas:
            path = f"/country/{self.areas[0]}/restrictions"
        notes = self._covered()
        first, last = self.question.years or (None, None)
        if kinds := self.question.ids("restriction"):
            values = {
                "kinds": as_json(kinds), "countries": as_json(codes), "first": f"{first}-01-01" if first else None,
                "last": f"{last}-12-31" if last else None,
            }  # fmt: skip
            rows = self.reader.rows("questions.restrictions", values)
            total = sum(row["restrictions"] for row in rows)
            items = [self.restriction_item(row) for row in rows[:MOST_ITEMS]]
            colon, stop = self.language.gettext(": "), self.language.gettext(".")
            sentence = f"{self.restrictions(total)}{colon}{self.about()}{stop}"
            return Reply(sentence if total else self.none(), path, items, len(rows), notes)
        rows = answers.other_pairs(self.reader, answers.SERVICES, 1_000, country=codes, service=services)
        rows = [row for row in rows if _in_years(row, first, last)]
        items = [self.service_item(row) for row in rows[:MOST_ITEMS]]
        if not rows:
            return Reply(self.none(), path, notes=notes)
        sentence = self.language.localized(rows[0], "sentence")
        if len(rows) > 1:
            sentence = self.language.ngettext(
                "%(n)s service or country is on record: %(what)s.", "%(n)s services or countries are on record: %(what)s.",
                len(rows), what=self.about(),
            )  # fmt: skip
        return Reply(sentence, path, items, len(rows), notes)

    def _covered(self) -> list[Note]:
        """Return of which countries restrictions are on record at all."""
        rows = self.reader.rows("questions.restricting")
        if not rows:
            return [Note(self.language.gettext("Nothing is on record here about blocking and shutdowns in any country."))]
        countries = [self.words.area(row["id"]) for row in rows[:_MOST_COUNTRIES]]
        more = [self.language.gettext("…")] if len(rows) > _MOST_COUNTRIES else []
        text = self.language.ngettext(
            "Records of blocking and shutdowns here are about %(n)s country only: %(countries)s.",
            "Records of blocking and shutdowns here are about %(n)s countries only: %(countries)s.",
            len(rows), countries=self.listed([*countries, *more]),
        )  # fmt: skip
        return [Note(text, "/blocked")]

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

    def _absent(self) -> Reply:
        """Return that no record names an organisation that readers know, and what is recorded without it."""
        [name, *_] = self.question.ids("absent")
        message = self.language.gettext("No record here names %(name)s. That is not evidence of absence.", name=name)
        chosen = self.filter()
        if not chosen:
            return Reply(message, address("/search", [("q", name)]))
        mask = self.mask(chosen)
        path, notes = self.link(chosen, mask)
        return Reply(message, path, self._items(mask), _size(mask), [*self.also(mask, chosen), *notes])


def _size(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def _in_years(row: Row, first: int | None, last: int | None) -> bool:
    """Return whether an answer about a service can be about the years: by its restrictions, or its measurements."""
    if first is None and last is None:
        return True
    begins = row["first_year"] is not None and (last is None or row["first_year"] <= last)
    lasts = first is None or bool(row["without_end"]) or (row["last_year"] or 0) >= first
    measured = row["measured_from"] is not None and (last is None or str(row["measured_from"])[:4] <= str(last))
    return (begins and lasts) or (measured and (first is None or str(row["measured_to"])[:4] >= str(first)))
