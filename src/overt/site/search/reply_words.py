"""Wording for replies to questions: what a question is about, and the items of a list."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from overt.language.country_article import with_article
from overt.language.first_letter_case import lower_first
from overt.language.formats import Formats
from overt.language.language import Language
from overt.queries import regions
from overt.queries.database import Reader, Row
from overt.queries.labels import Words, record_labels
from overt.queries.questions.seats_and_roles_of_named_organizations import seats_of
from overt.queries.questions.understood_question import Part, Question, Threshold
from overt.site.search.question_part_labels import label_of

DISPUTED = ("announced", "cancelled", "denied", "unverified")
"""Statuses of projects that don't count as supplied. Lists still show them."""


class Item(NamedTuple):
    """An item in a reply's list."""

    type: str
    """answer, country, lender, list, score or service; otherwise a type of record, such as project or organization."""
    id: str
    label: str
    detail: str
    """What is recorded about it, in words."""
    address: str
    """English path of its page."""
    projects: int | None = None


class Note(NamedTuple):
    """A note beside an answer: what the answer leaves out, or what readers should know besides."""

    text: str
    """One or several sentences or, without a full stop, the title of the page."""
    address: str = ""
    """English path of a page; empty if there is none."""
    record: str = ""
    """The id of the record, if it names only one."""
    is_denial: bool = False
    """Whether it says what an organisation denied about the record. A table of projects says so as well."""


class ReplyWords:
    """The parts of a question, and words about them in one language."""

    def __init__(self, reader: Reader, words: Words, language: Language, question: Question) -> None:
        self.reader, self.words, self.language, self.question = reader, words, language, question
        self.formats = Formats(language)
        self.organizations, self.kinds = question.ids("organization"), question.ids("kind")
        self.areas, self.regions, self.seats = question.ids("area"), question.ids("region"), self._countries("seat")
        self.intents = question.ids("intent")
        self.is_denied = False
        """Whether a sentence says that there is no record."""
        self.has_lender_and_party = False
        """Whether projects must have one of the question's organisations as lender and another as party."""
        self._names = record_labels(reader, [*self.organizations, *question.left_out("organization")])

    @property
    def side(self) -> str:
        """Where suppliers come from, in relation to the project: `abroad`, `domestic`, or empty for any country.

        It is empty, too, if the seat of one of the question's organisations isn't recorded.
        """
        if self.is_side_unknown:
            return ""
        if self.question.has("domestic"):
            return "domestic"
        return "abroad" if self.question.has("abroad") and not self.is_abroad_anyway else ""

    @cached_property
    def is_side_unknown(self) -> bool:
        """Whether the seat of one of the question's organisations isn't recorded, so that no country is abroad for it."""
        return len(seats_of(self.reader, self.organizations)) < len(set(self.organizations))

    @property
    def is_abroad_anyway(self) -> bool:
        """Whether the question's organisations or seats are in none of its countries, so that all projects are abroad."""
        codes = {*self.areas, *(code for region in self.regions for code in regions.members(self.reader, region))}
        seats = seats_of(self.reader, self.organizations)
        known = set(self.seats) or (set(seats.values()) if len(seats) == len(self.organizations) else set())
        return bool(codes and known) and not codes & known

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
        return self.language.gettext("based in %(country)s", country=name) if part.type == "seat" else name

    @property
    def needs_all_places(self) -> bool:
        """Whether something must be on record in each of several places. Only lists of suppliers need that."""
        return False

    @property
    def needs_all_organizations(self) -> bool:
        """Whether something must be on record for each of several organisations. Only lists of countries need that."""
        return False

    def about(self) -> str:
        """Return the labels of the question's parts, in words; without any, the question is about all projects."""
        labels = self._alternatives()
        labels += [self.language.gettext("“%(name)s”", name=word) for word in self.question.service_groups]
        labels += [self.words.term("flow-types", flow) for flow in self.question.flow_types if "money" in self.intents]
        labels += self.excluded_labels()
        if self.side:
            labels.append(self.side_label())
        if self.needs_all_places or self.needs_all_organizations:
            labels.append(self.language.gettext("each of these"))
        if self.question.threshold:
            labels.append(self.threshold_label(self.question.threshold))
        labels += filter(None, [self.dated()])
        return self.listed(labels) or self.language.gettext("all projects")

    def _alternatives(self) -> list[str]:
        """Return the labels of the question's parts. Places come before home countries, so as not to be taken for them.

        Alternatives, such as two countries, are one label with “or”.
        """
        groups: dict[str, list[str]] = {}
        for at, part in enumerate(self.question.parts):
            if part.type not in ("intent", "year") and not _is_unlike(part):
                kind = "place" if part.type in ("area", "region") else part.type
                key = kind if self.are_alternatives(part) else f"{kind} {at}"
                groups.setdefault(key, []).append(self.part_label(part))
        ordered = sorted(groups.items(), key=lambda group: group[0].partition(" ")[0] == "seat")
        return self._with_place({key: self.joined(list(dict.fromkeys(labels))) for key, labels in ordered})

    @property
    def is_kind_in_place(self) -> bool:
        """Whether the question’s parts are one kind, or alternatives, in one place: “spyware in Kenya”."""
        limits = {part.type for part in self.question.parts} - {"intent"}
        return "kind" in limits and limits <= {"kind", "area", "region", "place"} and len(self._alternatives()) == 1

    @property
    def is_of_kind(self) -> bool:
        """Whether “suppliers of” fits before the question’s kinds, as for “spyware”, but not for “smart or safe city”."""
        layers = {self.words.layer(kind) for kind in self.kinds}
        return self.is_kind_in_place and layers <= {"surveillance", "censorship"} and "smart-city" not in self.kinds

    def _with_place(self, labels: dict[str, str]) -> list[str]:
        """Return the labels of all groups. One kind and one place become one label: “spyware in Kenya”."""
        kinds, places = ([key for key in labels if key.partition(" ")[0] == name] for name in ("kind", "place"))
        if len(kinds) == len(places) == 1:
            typed = (self.part_label(part) for part in self.question.parts if part.type == "kind")
            kind = self.joined(list(dict.fromkeys(lower_first(self.language, label) for label in typed)))
            first, second = (key for key in labels if key in (*kinds, *places))
            labels[first] = self.language.gettext(
                "%(kind)s in %(place)s", kind=kind, place=with_article(self.language, labels[places[0]])
            )
            del labels[second]
        return [*labels.values()]

    def are_alternatives(self, part: Part) -> bool:
        """Return whether other parts of the same type are alternatives to a part."""
        is_one_of_several = part.type in ("organization", "area", "region", "kind", "seat", "status")
        return is_one_of_several and not (part.type == "organization" and self.has_lender_and_party)

    def joined(self, labels: list[str]) -> str:
        """Return labels as a list with “or” before the last. There must be at least one."""
        *first, last = labels
        if not first:
            return last
        return self.language.gettext("%(first)s or %(last)s", first=self.language.comma.join(first), last=last)

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

    def dated(self) -> str:
        """Return the question's years in words; empty without any. Answers about projects also say what the years apply to."""
        return self.years() if self.question.years else ""

    def side_label(self) -> str:
        """Return in words where suppliers come from, in relation to the project."""
        if self.side == "domestic":
            return self.language.gettext("suppliers from the country itself")
        return (
            self.language.gettext("outside its own country")
            if self.organizations
            else self.language.gettext("suppliers from other countries")
        )

    def listed(self, labels: Iterable[str]) -> str:
        """Return distinct labels as a list in words."""
        return self.language.comma.join(dict.fromkeys(labels))

    def label(self, kind: str, identity: str, label: str) -> str:
        """Return the label of a part."""
        return label_of(self.words, self.language, self._names, kind, identity, label)

    def sentences(self, *texts: str) -> str:
        """Return sentences one after another; empty ones are left out."""
        return self.language.gap.join(filter(None, texts))

    def none(self, what: str = "") -> str:
        """Return a sentence saying that there is no record, and set `is_denied`. `what`: replaces the labels of the parts."""
        about = what or self.about()
        self.is_denied = True
        if self.seats and not what:
            return self.language.gettext(
                "No record here, as far as home countries are recorded: %(what)s. That is not evidence of absence.", what=about
            )
        return self.language.gettext("No record here: %(what)s. That is not evidence of absence.", what=about)

    def counted(self, total: int) -> str:
        """Return a sentence with the number of matching projects; if it is 0, the sentence that `none` returns."""
        if not total:
            return self.none()
        return self.language.ngettext(
            "%(n)s project is recorded: %(what)s.", "%(n)s projects are recorded: %(what)s.", total, what=self.about()
        )

    def something_else(self) -> str:
        """Return a sentence saying that no project is on record for the question, but that other records are, and which."""
        return self.language.gettext("No project is recorded, but something else is: %(what)s.", what=self.about())

    def restrictions(self, number: int) -> str:
        """Return a number of restrictions in words."""
        return self.language.ngettext("%(n)s restriction is recorded", "%(n)s restrictions are recorded", number)

    def called(self, row: Any) -> str:
        """Return the label of a row in the language, or its id if it has none."""
        return str(self.language.localized(row, "label") or row.id)

    def count(self, number: int) -> str:
        """Return a number of projects in words."""
        return self.language.ngettext("%(n)s project", "%(n)s projects", number)

    def number_of_suppliers(self, number: int) -> str:
        """Return a number of suppliers in words."""
        return self.language.ngettext("%(n)s supplier", "%(n)s suppliers", number)

    def called_row(self, row: Row) -> str:
        """Return the label of a row that is a dictionary, or its id if it has none."""
        return str(self.language.localized(row, "label") or row["id"])


def _is_unlike(part: Part) -> bool:
    """Return whether a part describes an organisation by a seat other than the recorded one."""
    return part.type == "origin" and part.countries[:1] != (part.id,)
