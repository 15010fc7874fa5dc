"""Words for replies to questions: the parts of a question and its conditions, counts of records, and denials."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from overt.language.country_article import with_article
from overt.language.first_letter_case import lower_first
from overt.language.language import Language
from overt.language.number_and_money_formats import Formats
from overt.queries import regions
from overt.queries.database import Reader, Row
from overt.queries.labels import Words, record_labels
from overt.queries.questions.home_countries_and_roles_of_named_organizations import seats_of
from overt.queries.questions.understood_question import Part, Question, Threshold
from overt.site.search.question_part_labels import label_of


class ReplyWords:
    """The parts of a question, and words about them in one language."""

    def __init__(self, reader: Reader, words: Words, language: Language, question: Question) -> None:
        self.reader, self.words, self.language, self.question = reader, words, language, question
        self.formats = Formats(language)
        self.organizations, self.kinds = question.ids("organization"), question.ids("kind")
        self.areas, self.regions, self.seats = question.ids("area"), question.ids("region"), self._countries("seat")
        self.intents = question.ids("intent")
        self.is_denied = False
        """Whether a sentence of the reply says that there is no record."""
        self.has_lender_and_party = False
        """Whether a project must have one of the question's organisations as a lender and another as a party."""
        self._names = record_labels(reader, [*self.organizations, *question.left_out("organization")])

    @property
    def side(self) -> str:
        """Where suppliers come from in relation to the project: `abroad`, `domestic`, or empty for any country.

        Also empty if the home country of one of the question's organisations isn't recorded.
        """
        if self.is_side_unknown:
            return ""
        if self.question.has("domestic"):
            return "domestic"
        return "abroad" if self.question.has("abroad") and not self.is_abroad_anyway else ""

    @cached_property
    def is_side_unknown(self) -> bool:
        """Whether the home country of one of the question's organisations isn't recorded, so that “abroad” has no meaning."""
        return len(seats_of(self.reader, self.organizations)) < len(set(self.organizations))

    @property
    def is_abroad_anyway(self) -> bool:
        """Whether the question's countries include no home country of its suppliers, so that all projects are abroad."""
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
        """The year of a question about a region in a single year; otherwise empty. The members of a region change over time."""
        first, last = self.question.years or (None, None)
        return str(first) if self.regions and first and first == last else ""

    def _countries(self, kind: str, *, excluded: bool = False) -> list[str]:
        """Return the country codes of the question's parts of a type.

        A region, as in “European vendors”, is replaced by its members. `excluded`: whether to return the codes of the excluded
        parts instead.
        """
        ids = self.question.left_out(kind) if excluded else self.question.ids(kind)
        codes = [regions.members(self.reader, identity) if identity in self.words.regions else [identity] for identity in ids]
        return list(dict.fromkeys(code for members in codes for code in members))

    @property
    def excluded_seats(self) -> list[str]:
        """The codes of the countries whose suppliers the question excludes."""
        return self._countries("seat", excluded=True)

    def seat_labels(self) -> list[str]:
        """Return the labels of the question's home countries."""
        return [self.part_label(part) for part in self.question.parts if part.type == "seat"]

    def part_label(self, part: Part) -> str:
        """Return the label of a part. If the part is a member of a group of countries, return the group's label."""
        if not self.question.is_grouped(part):
            return self.label(part.type, part.id, part.label)
        name = part.label or part.text
        return self.language.gettext("based in %(country)s", country=name) if part.type == "seat" else name

    @property
    def needs_all_places(self) -> bool:
        """Whether a supplier must be on record in each of several places. False unless a class for lists overrides it."""
        return False

    @property
    def needs_all_organizations(self) -> bool:
        """Whether a country must have records of each of several organisations. False unless a class for lists overrides it."""
        return False

    def about(self) -> str:
        """Return the labels of the question's parts and other conditions, with commas; “all projects” if it has none."""
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
        """Return the labels of the question's parts. Places come before home countries, so that the two aren't confused.

        Alternatives, such as two countries, are joined into one label with “or”.
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
        """Whether the question's parts are one kind, or alternative kinds, in one place: “spyware in Kenya”."""
        limits = {part.type for part in self.question.parts} - {"intent"}
        return "kind" in limits and limits <= {"kind", "area", "region", "place"} and len(self._alternatives()) == 1

    @property
    def is_of_kind(self) -> bool:
        """Whether “suppliers of” fits before the question's kinds: it fits “spyware”, but not “smart or safe city”."""
        layers = {self.words.layer(kind) for kind in self.kinds}
        return self.is_kind_in_place and layers <= {"surveillance", "censorship"} and "smart-city" not in self.kinds

    def _with_place(self, labels: dict[str, str]) -> list[str]:
        """Return labels, with one kind and one place joined into one label: “spyware in Kenya”. `labels`: by type of part."""
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
        """Join labels with commas and, before the last, with “or”. There must be at least one."""
        *first, last = labels
        if not first:
            return last
        return self.language.gettext("%(first)s or %(last)s", first=self.language.comma.join(first), last=last)

    def threshold_label(self, threshold: Threshold) -> str:
        """Return a threshold in words, such as “more than 5 suppliers”."""
        if threshold.counted == "suppliers":
            return self.language.gettext("%(limit)s suppliers", limit=threshold.text)
        if threshold.counted == "projects":
            return self.language.gettext("%(limit)s projects", limit=threshold.text)
        return threshold.text

    def excluded_labels(self) -> list[str]:
        """Return the labels of the question's excluded parts, each with “not”."""
        labels = dict.fromkeys(self.part_label(part._replace(label=part.label or part.text)) for part in self.question.excluded)
        return [self.language.gettext("not %(name)s", name=label) for label in labels]

    def years(self) -> str:
        """Return the question's years in words."""
        first, last = (str(year) if year else None for year in self.question.years or (None, None))
        return self.formats.period(first, last)

    def dated(self) -> str:
        """Return the question's years in words; empty without years. A class for projects adds what must fall in the years."""
        return self.years() if self.question.years else ""

    def side_label(self) -> str:
        """Return the question's `side` in words, such as “suppliers from other countries”."""
        if self.side == "domestic":
            return self.language.gettext("suppliers from the country itself")
        return (
            self.language.gettext("outside its own country")
            if self.organizations
            else self.language.gettext("suppliers from other countries")
        )

    def listed(self, labels: Iterable[str]) -> str:
        """Return labels joined with commas, each only once."""
        return self.language.comma.join(dict.fromkeys(labels))

    def label(self, kind: str, identity: str, label: str) -> str:
        """Return the label of a part."""
        return label_of(self.words, self.language, self._names, kind, identity, label)

    def sentences(self, *texts: str) -> str:
        """Return texts joined into one, without the empty ones."""
        return self.language.gap.join(filter(None, texts))

    def none(self, what: str = "") -> str:
        """Return a sentence saying that there is no record, and set `is_denied`. `what`: text to use instead of `about`."""
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
        """Return a sentence saying that no project is on record for the question, but that something else is."""
        return self.language.gettext("No project is recorded, but something else is: %(what)s.", what=self.about())

    def restrictions(self, number: int) -> str:
        """Return a number of restrictions in words, such as “3 restrictions are recorded”."""
        return self.language.ngettext("%(n)s restriction is recorded", "%(n)s restrictions are recorded", number)

    def called(self, row: Any) -> str:
        """Return the label of a row (an object) in the language, or the row's id if it has no label."""
        return str(self.language.localized(row, "label") or row.id)

    def count(self, number: int) -> str:
        """Return a number of projects in words, such as “3 projects”."""
        return self.language.ngettext("%(n)s project", "%(n)s projects", number)

    def number_of_suppliers(self, number: int) -> str:
        """Return a number of suppliers in words, such as “3 suppliers”."""
        return self.language.ngettext("%(n)s supplier", "%(n)s suppliers", number)

    def called_row(self, row: Row) -> str:
        """Return the label of a row (a dictionary) in the language, or the row's id if it has no label."""
        return str(self.language.localized(row, "label") or row["id"])


def _is_unlike(part: Part) -> bool:
    """Return whether a part describes an organisation by a home country other than the recorded one."""
    return part.type == "origin" and part.countries[:1] != (part.id,)
