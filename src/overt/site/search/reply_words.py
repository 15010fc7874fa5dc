"""Wording for replies to questions: what a question is about, and the items of a list."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from overt.http.addresses import answer_address, record_url
from overt.language.formats import Formats
from overt.language.language import N_, Language
from overt.queries import answers, regions
from overt.queries.database import Reader, Row
from overt.queries.labels import RecordLabel, Words, record_labels
from overt.queries.questions.understood_question import Part, Question, Threshold

BROAD_KINDS = {"surveillance": N_("Surveillance of any kind")}
"""Labels of kinds whose own label, such as “Surveillance, unspecified”, is narrower than what a question finds."""
DISPUTED = ("announced", "cancelled", "denied", "unverified")
"""Statuses of projects that don't count as supplied. Lists still show them."""


class Item(NamedTuple):
    """An item in a reply's list."""

    type: str
    """organization, country, answer, project, lender, service, list or agreement."""
    id: str
    label: str
    detail: str
    """What is recorded about it, in words."""
    address: str
    """English path of its page."""
    projects: int | None = None


class Note(NamedTuple):
    """A sentence beside an answer: what the answer leaves out, and where to find it."""

    text: str
    address: str = ""
    """English path of a page; empty if there is none."""


class ReplyWords:
    """The parts of a question, and words about them in one language."""

    def __init__(self, reader: Reader, words: Words, language: Language, question: Question) -> None:
        self.reader, self.words, self.language, self.question = reader, words, language, question
        self.formats = Formats(language)
        self.organizations, self.kinds = question.ids("organization"), question.ids("kind")
        self.areas, self.regions, self.seats = question.ids("area"), question.ids("region"), self._countries("seat")
        self.intents = question.ids("intent")
        self._names = record_labels(reader, [*self.organizations, *question.left_out("organization")])

    @property
    def has_one_area(self) -> bool:
        """Whether the question names one country, and no region."""
        return len(self.areas) == 1 and not self.regions

    @property
    def as_of(self) -> str:
        """The year, if the question is about a region in a single year; otherwise empty. A region's members change over time."""
        first, last = self.question.years or (None, None)
        return str(first) if self.regions and first and first == last else ""

    def _countries(self, kind: str, *, excluded: bool = False) -> list[str]:
        """Return the codes of the parts of a type; with `excluded`, of those that the question leaves out.

        A region, as in “European vendors”, is replaced by its members.
        """
        ids = self.question.left_out(kind) if excluded else self.question.ids(kind)
        codes = [regions.members(self.reader, identity) if identity in self.words.regions else [identity] for identity in ids]
        return list(dict.fromkeys(code for members in codes for code in members))

    @property
    def excluded_seats(self) -> list[str]:
        """The codes of the countries whose suppliers the question leaves out."""
        return self._countries("seat", excluded=True)

    def seat_labels(self) -> list[str]:
        """Return the labels of the question's seats."""
        return [self.part_label(part) for part in self.question.parts if part.type == "seat"]

    def part_label(self, part: Part) -> str:
        """Return the label of a part. A member of a group of countries has the label of the group."""
        if not self.question.is_grouped(part):
            return self.label(part.type, part.id, part.label)
        name = part.label or part.text
        return self.language.gettext("seat in %(country)s", country=name) if part.type == "seat" else name

    def about(self) -> str:
        """Return the labels of the question's parts, in words; without any, the question is about all projects."""
        labels = [self.part_label(part) for part in self.question.parts if part.type not in ("intent", "year")]
        labels += [self.words.term("flow-types", flow) for flow in self.question.flow_types if "money" in self.intents]
        labels += self.excluded_labels()
        if self.question.threshold:
            labels.append(self.threshold_label(self.question.threshold))
        if self.question.years:
            labels.append(self.years())
        about = self.listed(labels).removesuffix(".")  # the sentence has its own full stop
        return about or self.language.gettext("all projects")

    def threshold_label(self, threshold: Threshold) -> str:
        """Return a number that the answer must exceed or reach, in words."""
        if threshold.counted == "suppliers":
            return self.language.gettext("%(limit)s suppliers", limit=threshold.text)
        if threshold.counted == "projects":
            return self.language.gettext("%(limit)s projects", limit=threshold.text)
        return threshold.text

    def excluded_labels(self) -> list[str]:
        """Return the labels of what the answer leaves out, each with “not”."""
        labels = dict.fromkeys(self.part_label(part._replace(label=part.label or part.text)) for part in self.question.excluded)
        return [self.language.gettext("not %(name)s", name=label) for label in labels]

    def years(self) -> str:
        """Return the question's years in words."""
        first, last = (str(year) if year else None for year in self.question.years or (None, None))
        return self.formats.period(first, last)

    def listed(self, labels: Iterable[str]) -> str:
        """Return distinct labels as a list in words."""
        return self.language.comma.join(dict.fromkeys(labels))

    def label(self, kind: str, identity: str, label: str) -> str:
        """Return the label of a part."""
        return label_of(self.words, self.language, self._names, kind, identity, label)

    def none(self, what: str = "") -> str:
        """Return the sentence that there is no record. `what`: replaces the labels of the question's parts."""
        about = (what or self.about()).removesuffix(".")
        return self.language.gettext("No record here: %(what)s. That is not evidence of absence.", what=about)

    def counted(self, total: int) -> str:
        """Return a sentence with the number of matching projects."""
        if not total:
            return self.none()
        first, last = self.question.years or (None, None)
        if first is not None and last is not None:  # not all of them have a date in these years: see `ProjectMasks.mask`
            return self.language.ngettext(
                "%(n)s project is dated then or may have been in place: %(what)s.",
                "%(n)s projects are dated then or may have been in place: %(what)s.", total, what=self.about(),
            )  # fmt: skip
        return self.language.ngettext(
            "%(n)s project is recorded: %(what)s.", "%(n)s projects are recorded: %(what)s.", total, what=self.about()
        )

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

    def number_of_suppliers(self, number: int) -> str:
        """Return a number of suppliers in words."""
        return self.language.ngettext("%(n)s supplier", "%(n)s suppliers", number)

    def answer_item(self, row: answers.Answer, *, country: bool, organization: bool = True) -> Item:
        """Return the list item for an answer. `country`, `organization`: whether its label names them."""
        parts = [self.called(row)] if organization else []
        label = self.language.comma.join([*parts, *([self.words.area(row.country)] if country else [])])
        sentence = self.language.localized(row._asdict(), "sentence")
        path = answer_address(row.organization, row.country)
        return Item("answer", f"{row.organization} {row.country}", label, sentence, path, row.projects)

    def supplier_item(self, row: Row) -> Item:
        """Return the list item for a supplier."""
        path = answer_address(row["id"], self.areas[0]) if self.has_one_area else record_url("organization", row["id"])
        detail = self.count(row["projects"]) if row.get("sure", True) else self.of_several_kinds(row["projects"])
        if not row["supplied"]:
            detail = self.language.comma.join([detail, self.language.gettext("as implementer, not as supplier")])
        if self.question.has("origin"):
            detail = self.language.comma.join([detail, self.seat_of(row)])
        return Item("organization", row["id"], self.called_row(row), detail, path, row["projects"])

    def seat_of(self, row: Row) -> str:
        """Return the seat of an organisation in words."""
        if not row["country"]:
            return self.language.gettext("seat not recorded")
        return self.language.gettext("seat in %(country)s", country=self.words.area(row["country"]))

    def of_several_kinds(self, projects: int) -> str:
        """Return a number of projects with other kinds and other suppliers, in words."""
        return self.language.ngettext(
            "named in %(n)s project of several kinds and suppliers; who supplied which part isn’t recorded",
            "named in %(n)s projects of several kinds and suppliers; who supplied which part isn’t recorded", projects,
        )  # fmt: skip

    def country_item(self, row: Row, customers: Iterable[str] = ()) -> Item:
        """Return the list item for a country with projects. `customers`: names to list with the number of projects."""
        detail = self.language.gettext("; ").join([self.count(row["projects"]), *([self.listed(customers)] if customers else [])])
        path = answer_address(self.organizations[0], row["id"]) if len(self.organizations) == 1 else f"/country/{row['id']}"
        return Item("country", row["id"], self.words.area(row["id"]), detail, path, row["projects"])

    def suppliers_item(self, row: Row) -> Item:
        """Return the list item for a country with suppliers."""
        detail = self.language.comma.join([self.number_of_suppliers(row["suppliers"]), self.count(row["projects"])])
        return Item("country", row["id"], self.words.area(row["id"]), detail, f"/country/{row['id']}", row["projects"])

    def lender_item(self, row: Row) -> Item:
        """Return the list item for a lender."""
        path = answer_address(row["id"], self.areas[0]) if self.has_one_area else record_url("organization", row["id"])
        amount = self.amount(row["amount"], row["unit"]) if row["stated"] and row["unit"] else ""
        count = self.language.ngettext("%(n)s commitment", "%(n)s commitments", row["commitments"])
        seat = self.seat_of(row) if self.question.has("origin") else ""
        detail = self.language.comma.join(part for part in (count, amount, seat) if part)
        return Item("lender", row["id"], self.called_row(row), detail, path, row["projects"])

    def service_item(self, row: Row) -> Item:
        """Return the list item for a service in a country."""
        label = self.words.term(row["vocabulary"], row["service"])
        where = self.words.area(row["country"])
        path = f"/country/{row['country']}/restrictions"
        sentence = self.language.localized(row, "sentence")
        return Item("service", f"{row['country']} {row['service']}", self.language.comma.join((label, where)), sentence, path)

    def restriction_item(self, row: Row) -> Item:
        """Return the list item for a country with restrictions."""
        path = f"/country/{row['id']}/restrictions"
        return Item("country", row["id"], self.words.area(row["id"]), self.restrictions(row["restrictions"]), path)

    def called_row(self, row: Row) -> str:
        """Return the label of a row that is a dictionary."""
        return str(self.language.localized(row, "label") or row["id"])

    def project_detail(self, row: Any) -> str:
        """Return a project's kinds, countries, year and first suppliers, and its status if it doesn't count as supplied."""
        kinds = [self.words.term("project-kinds", kind) for kind in row.kinds]
        where = [self.words.area(code) for code in row.countries]
        status = [self.words.term("statuses", row.status)] if row.status in DISPUTED else []
        suppliers = [self.called_row(company) for company in row.companies if company["role"] in ("supplier", "implementer")]
        return self.language.comma.join([*kinds, *where, *([str(row.year)] if row.year else []), *suppliers, *status])


def label_of(words: Words, language: Language, names: dict[str, RecordLabel], kind: str, identity: str, label: str = "") -> str:
    """Return the label of a question's part in a language. `names`: labels of organisations by id."""
    match kind:
        case "organization":
            return str(language.localized(names[identity], "label") or identity) if identity in names else label or identity
        case "area":
            return words.area(identity)
        case "region":
            return words.region(identity)
        case "kind":
            broad = BROAD_KINDS.get(identity)
            return language.gettext(broad) if broad else words.term("project-kinds", identity)
        case "restriction":
            return words.term("restriction-kinds", identity)
        case "status":
            return words.term("statuses", identity)
        case "subject":
            known = identity in words.terms.get("provision-topics", {})
            return words.term("provision-topics", identity) if known else label
        case "project_name":
            return language.gettext("“%(name)s”", name=label)
        case "seat" | "origin":
            where = words.region(identity) if identity in words.regions else words.area(identity)
            return language.gettext("seat in %(country)s", country=where)
        case "service":
            known = identity in words.terms.get("platforms", {})
            return words.term("platforms" if known else "services", identity)
    return label or identity
