"""The words of replies to questions: what a question is about, and each item of a list."""

from typing import Any, NamedTuple

from overt.http.addresses import answer_address, record_url
from overt.index.project_filters import ProjectFilter
from overt.language.formats import Formats
from overt.language.language import Language
from overt.queries import answers, projects
from overt.queries.database import Reader, Row
from overt.queries.labels import RecordLabel, Words
from overt.queries.questions.parsed_question import Question


class Item(NamedTuple):
    """Something in the list of a reply."""

    type: str
    """organization, country, answer, project, lender, service, list or agreement."""
    id: str
    label: str
    detail: str
    """What is recorded of it, in words."""
    address: str
    """Path of its page in English."""
    projects: int | None = None


class ReplyWords:
    """The parts of a question, and words about them in one language."""

    def __init__(self, reader: Reader, words: Words, language: Language, question: Question) -> None:
        self.reader, self.words, self.language, self.question = reader, words, language, question
        self.formats = Formats(language)
        self.organizations, self.kinds = question.ids("organization"), question.ids("kind")
        self.areas, self.regions, self.seats = question.ids("area"), question.ids("region"), question.ids("seat")
        self._names = answers.named(reader, self.organizations)

    @property
    def single_area(self) -> bool:
        """Whether the question names one country, and no region."""
        return len(self.areas) == 1 and not self.regions

    @property
    def as_of(self) -> str:
        """The year of a question about a region in one year, which is about what was in place then; else empty.

        Countries join and leave regions, so such a question is about the members of that year.
        """
        first, last = self.question.years or (None, None)
        return str(first) if self.regions and first and first == last else ""

    def about(self) -> str:
        """Return what the question is about, in words: the labels of its parts."""
        labels = [
            self.label(part.type, part.id, part.label) for part in self.question.parts if part.type not in ("intent", "year")
        ]
        if self.question.years:
            first, last = (str(year) if year else None for year in self.question.years)
            labels.append(self.formats.period(first, last))
        return self.language.comma.join(dict.fromkeys(labels)).removesuffix(".")  # A sentence has a full stop of its own.

    def label(self, kind: str, identity: str, label: str) -> str:
        """Return the label of a part."""
        return label_of(self.words, self.language, self._names, kind, identity, label)

    def none(self) -> str:
        """Return the sentence that there is no record."""
        return self.language.gettext("No record here: %(what)s. That is not evidence of absence.", what=self.about())

    def counted(self, selection: ProjectFilter) -> str:
        """Return how many projects match, in a sentence."""
        totals = projects.totals(self.reader, selection)
        total = totals.projects
        if not total:
            return self.none()
        if selection.as_of:
            text = self.language.ngettext(
                "%(n)s project may have been in place, %(certain)s of them certainly: %(what)s.",
                "%(n)s projects may have been in place, %(certain)s of them certainly: %(what)s.",
                total, certain=self.formats.number(totals.certain), what=self.about(),
            )  # fmt: skip
            return f"{text}{self.language.gap}{self.members()}"
        return self.language.ngettext(
            "%(n)s project is recorded: %(what)s.", "%(n)s projects are recorded: %(what)s.", total, what=self.about()
        )

    def members(self) -> str:
        """Return of which date the members of the regions are, in a sentence; empty for a question without a date or region."""
        if self.as_of:
            return self.language.gettext(
                "Members of %(regions)s as they were in %(year)s.", regions=self._region_labels(), year=self.as_of
            )
        return ""

    def _region_labels(self) -> str:
        return self.language.comma.join(self.words.region(region) for region in self.regions)

    def restrictions(self, number: int) -> str:
        """Return a number of restrictions in words."""
        return self.language.ngettext("%(n)s restriction is recorded", "%(n)s restrictions are recorded", number)

    def amount(self, amount: float, unit: str) -> str:
        """Return an amount with its prices."""
        text, prices = self.formats.money_short(amount, unit), self.formats.prices(unit)
        return self.language.gettext("%(amount)s %(prices)s", amount=text, prices=prices) if prices else text

    def called(self, row: Any) -> str:
        """Return the label of a row in the language."""
        return str(self.language.localized(row, "label") or row.id)

    def count(self, number: int) -> str:
        """Return a number of projects in words."""
        return self.language.ngettext("%(n)s project", "%(n)s projects", number)

    def answer_item(self, row: answers.Answer, *, country: bool, organization: bool = True) -> Item:
        """Return the item of an answer."""
        parts = [self.called(row)] if organization else []
        label = self.language.comma.join([*parts, *([self.words.area(row.country)] if country else [])])
        sentence = self.language.localized(row._asdict(), "sentence")
        path = answer_address(row.organization, row.country)
        return Item("answer", f"{row.organization} {row.country}", label, sentence, path, row.projects)

    def supplier_item(self, row: Row) -> Item:
        """Return the item of a supplier."""
        path = answer_address(row["id"], self.areas[0]) if self.single_area else record_url("organization", row["id"])
        return Item("organization", row["id"], self.called_row(row), self.count(row["projects"]), path, row["projects"])

    def country_item(self, row: Row) -> Item:
        """Return the item of a country with projects."""
        path = answer_address(self.organizations[0], row["id"]) if len(self.organizations) == 1 else f"/country/{row['id']}"
        return Item("country", row["id"], self.words.area(row["id"]), self.count(row["projects"]), path, row["projects"])

    def lender_item(self, row: Row) -> Item:
        """Return the item of a lender."""
        path = answer_address(row["id"], self.areas[0]) if self.single_area else record_url("organization", row["id"])
        amount = self.amount(row["amount"], row["unit"]) if row["stated"] and row["unit"] else ""
        count = self.language.ngettext("%(n)s commitment", "%(n)s commitments", row["commitments"])
        detail = self.language.comma.join(part for part in (count, amount) if part)
        return Item("lender", row["id"], self.called_row(row), detail, path, row["projects"])

    def service_item(self, row: Row) -> Item:
        """Return the item of a service in a country."""
        label = self.words.term(row["vocabulary"], row["service"])
        where = self.words.area(row["country"])
        path = f"/country/{row['country']}/restrictions"
        sentence = self.language.localized(row, "sentence")
        return Item("service", f"{row['country']} {row['service']}", self.language.comma.join((label, where)), sentence, path)

    def restriction_item(self, row: Row) -> Item:
        """Return the item of a country with restrictions."""
        path = f"/country/{row['id']}/restrictions"
        return Item("country", row["id"], self.words.area(row["id"]), self.restrictions(row["restrictions"]), path)

    def called_row(self, row: Row) -> str:
        """Return the label of a row that is a dictionary."""
        return str(self.language.localized(row, "label") or row["id"])

    def project_detail(self, row: Any) -> str:
        """Return the kinds, countries and year of a project."""
        kinds = [self.words.term("project-kinds", kind) for kind in row.kinds]
        where = [self.words.area(code) for code in row.countries]
        return self.language.comma.join([*kinds, *where, *([str(row.year)] if row.year else [])])


def label_of(words: Words, language: Language, names: dict[str, RecordLabel], kind: str, identity: str, label: str = "") -> str:
    """Return the label of a part of a question in a language. `names`: labels of organisations by id."""
    match kind:
        case "organization":
            return str(language.localized(names[identity], "label") or identity) if identity in names else label or identity
        case "area":
            return words.area(identity)
        case "region":
            return words.region(identity)
        case "kind":
            return words.term("project-kinds", identity)
        case "restriction":
            return words.term("restriction-kinds", identity)
        case "seat":
            return language.gettext("seat in %(country)s", country=words.area(identity))
        case "service":
            known = identity in words.terms.get("platforms", {})
            return words.term("platforms" if known else "services", identity)
    return label or identity
