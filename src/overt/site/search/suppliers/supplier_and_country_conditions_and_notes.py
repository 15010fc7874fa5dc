"""Conditions of lists of suppliers and countries, such as customers, “both” or compared home countries, and notes on them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from overt.http.page_addresses import address, record_url
from overt.index.project_filter_declarations import ProjectFilter
from overt.language.language import NN_
from overt.queries import pair_answers, projects
from overt.queries.database import Row
from overt.queries.pair_answers import Selection
from overt.queries.project_filter_masks import matching_projects
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.understood_question import Part
from overt.site.search.related_projects import RelatedProjects
from overt.site.search.reply import MAX_ITEMS, Item, Note, size_of
from overt.site.search.suppliers.counted_and_uncounted_supplier_projects import counts_beside_unbuilt

_BUT = frozenset({"but", "and", "yet", "但", "却", "而"})
"""Words before “not” that contrast two sets of countries."""
_MAX_ANSWERS = 10_000
"""Maximum number of answers whose countries are compared."""
_MAX_INDEXED, _MAX_PROJECTS = 60, 6
_MAX_COUNTRIES = 12
"""Maximum number of countries in a note."""
_UNKNOWN = "unknown"
"""The status of projects whose sources say that the status is unknown."""


class ListConditions(RelatedProjects):
    """Conditions of lists of suppliers and countries, and notes on them."""

    @property
    def names_customers(self) -> bool:
        """Whether the question is about customers, users or buyers, so that lists name the customers on record."""
        return self.question.has("customers") or self.question.has("buyers")

    def customer_notes(self, mask: Mask) -> list[Note]:
        """Return a note on how many of a mask's projects name a customer or operator, if the question is about customers."""
        if not (self.names_customers and mask.any()):
            return []
        rows = self.rows("customers", mask)
        named, total = len({row["id"] for row in rows}), size_of(mask)
        if total == 1:
            text = self.language.ngettext(
                "%(n)s customer or operator of the project is named. It counts by its country, whoever bought or runs it.",
                "%(n)s customers or operators of the project are named. It counts by its country, whoever bought or runs it.",
                named,
            )  # fmt: skip
            return [Note(text)]
        text = self.language.ngettext(
            "%(n)s customer or operator is named, in %(named)s of %(total)s projects. "
            "A project counts by its country, whoever bought or runs it.",
            "%(n)s customers or operators are named, in %(named)s of %(total)s projects. "
            "A project counts by its country, whoever bought or runs it.",
            named, named=len({row["project"] for row in rows}), total=total,
        )  # fmt: skip
        return [Note(text)]

    def places(self) -> dict[str, ProjectFilter]:
        """Return a filter for each place (country, region or group of countries) of the question, by label."""
        codes: dict[str, tuple[list[str], list[str]]] = {}
        for part in self.question.parts:
            if part.type in ("area", "region"):
                codes.setdefault(self.part_label(part), ([], []))[part.type == "region"].append(part.id)
        return {
            label: ProjectFilter(country=tuple(countries), region=tuple(regions)) for label, (countries, regions) in codes.items()
        }

    @property
    def needs_all_places(self) -> bool:
        """Whether suppliers must be on record in each of several places: “companies that supply both Iran and Syria”."""
        return self.question.has("both") and self.question.intent == "suppliers" and len(self.places()) > 1

    @property
    def needs_all_organizations(self) -> bool:
        """Whether countries must have records of each of several organisations: “countries that use both Huawei and ZTE”."""
        asks_for_countries = "places" in self.intents or self.question.intent == "places"
        return self.question.has("both") and asks_for_countries and len(self.organizations) > 1

    def in_all_places(self, mask: Mask) -> set[str] | None:
        """Return the suppliers that are on record in each of the question's places; None if one place is enough."""
        if not self.needs_all_places:
            return None
        inside = [mask & matching_projects(self.reader, chosen) for chosen in self.places().values()]
        return set.intersection(*({row["id"] for row in self.suppliers_of(projects_of)} for projects_of in inside))

    @cached_property
    def contrasted(self) -> set[str]:
        """The countries that “but not” removes from a list of countries, as in “countries with Huawei 5G but not ZTE”.

        Without “but”, an exclusion removes projects instead: “5G other than Huawei’s”.
        """
        if not self.lists_countries:
            return set()
        tokens, mask = self.question.tokens, self.reader.vectors.mask()
        for part in self.question.excluded:
            at = next(
                (marker.start for marker in self.question.markers if marker.id == "exclusion" and marker.end <= part.start), -1
            )
            contrasts = at >= 0 and (tokens[at] in _BUT or (at > 0 and tokens[at - 1] in _BUT))
            if contrasts and part.type == "organization":
                mask = mask | matching_projects(self.reader, ProjectFilter(company=(part.id,), kind=self._kinds_after(part)))
            elif contrasts and part.type == "kind":
                mask = mask | matching_projects(self.reader, ProjectFilter(company=tuple(self.organizations), kind=(part.id,)))
        return {row["id"] for row in self.rows("countries", mask)} if mask.any() else set()

    def _kinds_after(self, part: Part) -> tuple[str, ...]:
        """Return the kinds named right after an excluded organisation, as in “not ZTE 5G”."""
        return tuple(kind.id for kind in self.question.parts if kind.type == "kind" and kind.start == part.end)

    def contrast_notes(self) -> Iterator[Note]:
        """Yield a note that countries with a record of what “but not” excludes aren't listed, though others may have it, too."""
        if self.contrasted:
            names = self.listed(dict.fromkeys(map(self.part_label, self.question.excluded)))
            text = self.language.gettext(
                "Countries with a record of %(names)s aren’t listed. Others may have it, too, without a record here.", names=names
            )
            yield Note(text)

    @property
    def compares_seats(self) -> bool:
        """Whether the question compares suppliers from several countries: “more Chinese or American companies”."""
        return self.question.has("comparison") and len(set(self.seat_labels())) > 1

    def each_seat(self, suppliers: Sequence[Row]) -> str:
        """Return a sentence with the number of suppliers from each of the question's home countries."""
        codes: dict[str, set[str]] = {}
        for part in self.question.parts:
            if part.type == "seat":
                members = self.members_of(part.id) if part.id in self.words.regions else [part.id]
                codes.setdefault(self.part_label(part), set()).update(members)
        colon = self.language.gettext(": ")
        texts = [
            f"{label}{colon}{self.number_of_suppliers(sum(row['country'] in members for row in suppliers if row['supplied']))}"
            for label, members in codes.items()
        ]
        return self.language.gettext("; ").join(texts) + self.language.gettext(".")

    def unknown_status(self, mask: Mask) -> Iterator[Note]:
        """Yield a note on the projects whose status sources record as unknown, if the question names an organisation."""
        if not self.organizations:
            return
        rows = projects.by_id(self.reader, self.ids(mask)).values()
        unknown = self.reader.vectors.mask_of(row.id for row in rows if row.status == _UNKNOWN)
        if unknown.any():
            yield Note(
                self.language.ngettext(
                    "The status of %(n)s of the %(total)s projects is recorded as “%(status)s”: %(names)s. "
                    "Its page has what else is recorded.",
                    "The status of %(n)s of the %(total)s projects is recorded as “%(status)s”: %(names)s. "
                    "Their pages have what else is recorded.",
                    size_of(unknown), total=size_of(mask), status=self.words.term("statuses", _UNKNOWN),
                    names=self.names_of(unknown),
                )
            )  # fmt: skip

    def other_roles(self, chosen: ProjectFilter, matching: Mask, mask: Mask) -> Iterator[Note]:
        """Yield notes on projects that meet all conditions except the supplier's home country.

        The first note is on projects with a financier from there, and the next on all others. If owners and operators count
        like suppliers, a note before these says so. A question about money gets no notes. `matching`: the projects that match
        apart from the home country. `mask`: the projects of the answer, which these notes leave out.
        """
        if not self.seats or "money" in self.intents:
            return
        if self.counts_owners:
            yield Note(self.language.gettext("Projects count here if a supplier, implementer, owner or operator is from there."))
        more = self.with_organizations_from(matching & ~mask, self.seats, ("financier",), self.named_after_seats())
        message = NN_(
            "%(n)s more project has only a financier from there: %(names)s.",
            "%(n)s more projects have only a financier from there: %(names)s.",
        )
        yield from self.notes_naming(more, message, size=_MAX_PROJECTS)
        rest = matching & ~mask & ~more
        message = NN_(
            "%(n)s other project names nobody recorded as based there: %(names)s.",
            "%(n)s other projects name nobody recorded as based there: %(names)s.",
        )
        yield from self.notes_naming(rest, message, address("/explorer", [*chosen.items()]))

    def operators_from_seats(self, mask: Mask) -> list[Note]:
        """Return a note on owners and operators from the question's home countries, who aren't counted as suppliers."""
        rows = self.rows("operators", mask, roles=("owner", "operator"), seats=self.seats, named_after=()) if self.seats else []
        if not rows:
            return []
        text = self.language.ngettext(
            "%(n)s organisation from there owns or operates such projects; it isn’t counted as a supplier for that: %(names)s.",
            "%(n)s organisations from there own or operate such projects; they aren’t counted as suppliers for that: %(names)s.",
            len(rows), names=self.named(map(self.called_row, rows), _MAX_COUNTRIES),
        )  # fmt: skip
        return [Note(text)]

    def indexed_countries(self, mask: Mask) -> Iterator[Note]:
        """Yield a note on countries where an index or agreement names the question's organisation, but no project is on record.

        If the question has kinds but no organisation, the note is on countries where only an index names the kinds.
        """
        if self.kinds and not self.organizations:
            yield from self._indexed_with_kind(mask)
        lists_projects = bool(self.organizations) and ("projects" in self.intents or self.names_customers)
        if not lists_projects or self.kinds or self.question.years or self.question.are_together:
            return
        selection = Selection(self.organizations, self.codes())
        ranked = {
            row.country for row in pair_answers.ranked(self.reader, selection, _MAX_ANSWERS) if row.projects == row.not_built == 0
        }
        indexed = ranked - {row["id"] for row in self.rows("countries", mask)} - self.excluded_countries
        if indexed:
            yield Note(
                self.language.ngettext(
                    "In %(n)s more country, an index or an agreement names it, but no project is on record: %(names)s.",
                    "In %(n)s more countries, an index or an agreement names it, but no project is on record: %(names)s.",
                    len(indexed), names=self.named(sorted(map(self.words.area, indexed)), _MAX_COUNTRIES),
                )
            )  # fmt: skip

    def _indexed_with_kind(self, mask: Mask) -> Iterator[Note]:
        """Yield a note on countries where an index names the question's kinds, but no project is on record."""
        if self.seats or self.side or self.question.years or self.question.excluded or self.question.threshold:
            return
        codes = self.codes()
        rows = pair_answers.other_pairs(self.reader, pair_answers.COUNTRY_KINDS, _MAX_ANSWERS, country=codes, kind=self.kinds)
        present = {row["id"] for row in self.rows("countries", mask)}
        more = [row["country"] for row in rows if row["index_years"] and row["country"] not in present]
        if more:
            names = sorted({self.words.area(code) for code in more})
            yield Note(
                self.language.ngettext(
                    "In %(n)s more country, only an index names this, and no project is on record: %(names)s.",
                    "In %(n)s more countries, only an index names this, and no project is on record: %(names)s.",
                    len(names), names=self.named(names, _MAX_INDEXED),
                )
            )  # fmt: skip

    def customers(self, mask: Mask, by: str = "country") -> dict[str, list[str]]:
        """Return the names of customers and operators of a mask's projects; none if the question isn't about customers.

        `by`: `country` or `project`, the key of the result.
        """
        names: dict[str, dict[str, None]] = {}
        for row in self.rows("customers", mask) if self.names_customers else []:
            names.setdefault(row[by], {})[self.called_row(row)] = None
        return {key: [*called] for key, called in names.items()}

    def condition_beside(self, counted: set[str]) -> str:
        """Return the question's conditions in words, without the places, organisations or kinds that are counted.

        A denial needs them: “no project on record” alone would say that a country has no project at all. Empty if there are no
        other conditions. `counted`: the labels of what is counted.
        """
        parts = [part for part in self.question.parts if part.type == "intent" or self.part_label(part) not in counted]
        has_more = self.question.years or self.question.excluded or any(part.type != "intent" for part in parts)
        limited = replace(self.question, parts=parts)
        return self.about_question(limited).about() if has_more else ""

    def organization_items(self, rows: Sequence[pair_answers.Answer], mask: Mask) -> list[Item]:
        """Return an item for each organisation in the rows, with its number of countries, those with most projects first."""
        supplied = {row["id"]: row["projects"] for row in self.suppliers_of(mask)}
        by_id: dict[str, list[pair_answers.Answer]] = {}
        for row in rows:
            by_id.setdefault(row.organization, []).append(row)
        items, counts = [], counts_beside_unbuilt(self, mask)
        ranked = sorted(by_id.items(), key=lambda pair: -supplied.get(pair[0], 0))
        for identity, listed in ranked[:MAX_ITEMS]:
            where = self.language.ngettext("recorded in %(n)s country", "recorded in %(n)s countries", len(listed))
            number = supplied.get(identity, 0)
            count = self.count(number) if number else self.language.gettext("named by an index; no project is on record")
            detail = self.language.gettext("; ").join([counts.get(identity, count), where])
            items.append(Item("organization", identity, self.called(listed[0]), detail, record_url("organization", identity)))
        return items
