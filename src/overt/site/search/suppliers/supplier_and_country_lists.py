"""Replies that list suppliers or countries."""

from collections.abc import Mapping, Sequence

from overt.index.project_filter_declarations import ProjectFilter
from overt.queries import pair_answers, projects
from overt.queries.database import Row
from overt.queries.pair_answers import Selection
from overt.queries.project_filter_masks import matching_projects
from overt.queries.projects_in_memory import Mask
from overt.site.search.conditions_by_reply import USED
from overt.site.search.notes_on_names_and_home_countries import notes_on_companies
from overt.site.search.notes_on_searched_and_other_records import of_organizations
from overt.site.search.organization_records_besides_projects import other_records
from overt.site.search.projects.only_unconfirmed_projects_sentence import counted_projects, sentence_on_unconfirmed
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply, size_of
from overt.site.search.superlative_reply import countries_by_suppliers, first_places
from overt.site.search.suppliers.counted_and_left_out_countries import (
    counted_countries,
    documented_countries,
    home_notes,
    where_recorded,
)
from overt.site.search.suppliers.counted_and_uncounted_supplier_projects import counts_beside_unbuilt, suppliers_not_counted
from overt.site.search.suppliers.countries_in_common import countries_in_each, reply_about_countries_with_each
from overt.site.search.suppliers.project_and_country_counts_by_organization import counts_of_organizations
from overt.site.search.suppliers.supplier_and_country_conditions_and_notes import ListConditions
from overt.site.search.suppliers.supplier_and_country_totals import countries_with_records, number_supplying
from overt.site.search.suppliers.suppliers_ranked_by_countries import reply_about_suppliers_by_countries
from overt.site.search.suppliers.suppliers_with_unrecorded_parts import with_certainty
from overt.site.sentences.linked_record_and_company_names import short_name

_MAX_ANSWERS = 10_000
"""Maximum number of answers whose organisations are counted."""


class ListedReplies(ListConditions):
    """Replies that list suppliers or countries, with methods that replies to other questions also use."""

    @property
    def plain(self) -> bool:
        """Whether the question has no conditions other than organisations, countries, regions and home countries."""
        chosen, question = self.filter(), self.question
        if self.compares_seats or self.needs_all_places or self.needs_all_organizations:
            return False
        conditions = (
            self.kinds,
            chosen.status,
            chosen.q,
            self.towns,
            self.provinces,
            question.years,
            question.excluded,
            question.only,
        )
        return not (any(conditions) or self.side or question.are_together or question.has("most"))

    def counted_or_undated(self, chosen: ProjectFilter, mask: Mask) -> str:
        """Return the sentence of `counted_projects`. If all projects are undated, it says so instead of denying a record."""
        undated = self.undated(chosen, mask) if self.question.years else mask
        if mask.any() or not undated.any():
            return counted_projects(self, mask)
        return self.language.ngettext(
            "No dated record here: %(what)s. %(n)s project without a date may be meant.",
            "No dated record here: %(what)s. %(n)s projects without a date may be meant.", size_of(undated), what=self.about(),
        )  # fmt: skip

    def items(self, mask: Mask) -> list[Item]:
        """Return items for the newest projects of a mask, with their customers and operators if the question asks for them."""
        dated = self.dated_mask(self.filter())  # Projects that were only possibly in place come last.
        rows = [
            *projects.first_of(self.reader, mask & dated, MAX_ITEMS),
            *projects.first_of(self.reader, mask & ~dated, MAX_ITEMS),
        ]
        rows, customers = rows[:MAX_ITEMS], self.customers(mask, by="project")
        return [self.project_item(row, self._with_customers(self.project_detail(row), customers.get(row.id))) for row in rows]

    def _with_customers(self, detail: str, customers: list[str] | None) -> str:
        if not self.names_customers:
            return detail
        if not customers:
            return self.language.gettext("; ").join([detail, self.language.gettext("no customer or operator is named")])
        called = self.language.gettext("customer or operator: %(names)s", names=self.listed(customers))
        return self.language.gettext("; ").join([detail, called])

    def each(self, mask: Mask) -> str:
        """Return a sentence with the number of projects of each organisation, or else in each place, or else of each kind.

        Empty unless the question names several of one of these. Only a comparison counts kinds, or places with a region among
        them. Organisations or places that must be in one project aren't counted separately.
        """
        if self.is_between_places:
            return ""
        if len(self.organizations) > 1 and not self.question.are_together:
            return self._sentence_of(*counts_of_organizations(self, mask))
        if len(places := self._compared_places()) > 1:
            labels = [*places.items()]
        elif self.question.has("comparison") and len(self.kinds) > 1:
            labels = [(self.label("kind", kind, kind), ProjectFilter(kind=(kind,))) for kind in self.kinds]
        else:
            return ""
        disputed = self.reader.vectors.mask() if self.question.ids("status") else self.disputed
        masks = [(label, mask & matching_projects(self.reader, part)) for label, part in labels]
        return self._sentence_of([(label, size_of(own & ~disputed), size_of(own & disputed)) for label, own in masks])

    def _compared_places(self) -> dict[str, ProjectFilter]:
        """Return, by label, a filter for each place to count separately; empty if a region is named but nothing compared."""
        return {} if self.regions and not self.question.has("comparison") else self.places()

    def _sentence_of(self, counts: Sequence[tuple[str, int, int]], countries: Mapping[str, int] | None = None) -> str:
        """Return a sentence with numbers of projects and of unbuilt projects, by label.

        `countries`: the number of countries of the projects, without the unbuilt ones, by label.
        """
        colon, stop = self.language.gettext(": "), self.language.gettext(".")
        none, condition = self.language.gettext("no project on record"), self.condition_beside({label for label, _, _ in counts})
        if condition:
            none = self.language.gettext("%(name)s (%(detail)s)", name=none, detail=condition)
        is_limited = bool(self.codes() or self.kinds) or all(number or unbuilt for _, number, unbuilt in counts)
        by_organization = {} if is_limited else other_records(self)
        besides = {self.label("organization", identity, identity): records for identity, records in by_organization.items()}
        texts = []
        for label, number, not_built in counts:
            unbuilt = self.language.gettext(
                "%(projects)s announced, cancelled, denied or unverified", projects=self.count(not_built)
            )
            counted = self.count(number)
            if countries and label in countries:
                counted = self.language.ngettext(
                    "%(projects)s in %(n)s country", "%(projects)s in %(n)s countries", countries[label], projects=counted
                )
            count = [*([counted] if number else []), *([unbuilt] if not_built else [])]
            if not count:
                records = besides.get(label)
                count = [self.language.gettext("%(name)s (%(detail)s)", name=none, detail=records) if records else none]
            texts.append(f"{label}{colon}{self.language.comma.join(count)}")
        sentence = self.language.gettext("; ").join(texts) + stop
        if not any(number or not_built for _, number, not_built in counts):
            self.is_denied = True
        if not all(number or not_built for _, number, not_built in counts):
            sentence = self.language.gettext("%(sentence)s That is not evidence of absence.", sentence=sentence)
        return sentence

    def suppliers(self) -> Reply:
        """Return a reply that lists the suppliers of the question's projects, or the projects if no supplier is on record."""
        chosen = self.filter()
        mask = self.mask(chosen)
        if self.question.ranks_suppliers_by_countries:
            return reply_about_suppliers_by_countries(self, chosen, mask, self._counted_suppliers(mask))
        suppliers: list[Row] = []
        if self.plain:
            selection = Selection((), self.codes(), seats=self.seats, supplies=True)
            rows = pair_answers.ranked(self.reader, selection, _MAX_ANSWERS)
            several, total = len(self.areas) != 1 or bool(self.regions), len(rows)
            items = [self.answer_item(row, country=several) for row in rows[:MAX_ITEMS]]
            ids = [row.organization for row in rows]
            if not (self.areas or self.regions):  # “Israeli companies” lists each company once, not once for each country.
                items, total = self.organization_items(rows, mask), len(set(ids))
            implementers = 0
        else:
            suppliers = self._counted_suppliers(mask)
            total, implementers = len(suppliers), sum(not row["supplied"] for row in suppliers)
            counts = counts_beside_unbuilt(self, mask)
            items = [self.supplier_item(row, counts.get(row["id"], "")) for row in suppliers[:MAX_ITEMS]]
            ids = [row["id"] for row in suppliers]
        path, notes = self.link(chosen, mask, list(dict.fromkeys(ids)) if total <= MAX_ITEMS else ())
        notes = [
            *self.narrow_notes(self.seated(mask)),
            *self.customer_notes(self.seated(mask)),
            *self.operators_from_seats(mask),
            *notes,
        ]
        notes = [*self.not_built(mask), *self.seatless(mask, "supplier", "implementer"), *self.notes(chosen, mask), *notes]
        notes = [*notes_on_companies(self, chosen), *notes]
        if not total:
            return self._no_supplier(chosen, mask, path, notes)
        names = (
            [short_name(self.called(row)) for row in rows]
            if self.plain
            else [short_name(self.called_row(row)) for row in suppliers]
        )
        unsure = sum(not row.get("sure", True) for row in suppliers)
        message, used = number_supplying(self, len(set(ids)), implementers, names, unsure), USED["suppliers"]
        if self.needs_all_places:
            used |= {"both"}
        else:
            message = self.sentences(message, suppliers_not_counted(self, mask, ids))
        if self.compares_seats:
            message = self.sentences(self.each_seat(suppliers), message)
            used |= {"comparison"}
        if self.question.has("most"):
            message = first_places(self, suppliers, self.called_row, message)
        if self.question.has("count"):  # It may count the projects: “how many data centres did Chinese firms build”.
            message = self.sentences(message, counted_projects(self, self.seated(mask)))
        if where := where_recorded(self, mask):
            message, used = self.sentences(message, where), used | {"asks places"}
        return Reply(message, path, items, total, notes, used)

    def _counted_suppliers(self, mask: Mask) -> list[Row]:
        """Return the suppliers of a mask's projects that the question doesn't exclude, in the order of `with_certainty`.

        If the question is about each of several places, they must be in all. If it excludes home countries, theirs must differ.
        """
        left_out, everywhere = self.question.left_out("organization"), self.in_all_places(mask)
        return [
            row
            for row in with_certainty(self, self.suppliers_of(mask), mask)
            if row["id"] not in left_out
            and (everywhere is None or row["id"] in everywhere)
            and not (self.excluded_seats and (row["country"] is None or row["country"] in self.excluded_seats))
        ]

    def _no_supplier(self, chosen: ProjectFilter, mask: Mask, path: str, notes: list[Note]) -> Reply:
        """Return the reply to a question for which no supplier is on record. A denied project doesn't count as supplied."""
        if self.needs_all_places:
            message = self.language.gettext("No organisation is on record as a supplier: %(what)s.", what=self.about())
            return Reply(message, path, notes=notes, used=USED["suppliers"] | {"both"})
        if self.excluded_seats or self.question.left_out("organization"):
            return Reply(self.none(), path, notes=notes)
        if not mask.any() or ((self.seats or self.side) and not self.not_built(self.seated(mask))):
            return Reply(self.counted_or_undated(chosen, self.seated(mask)), path, notes=notes)
        mask = self.seated(mask)
        if unconfirmed := sentence_on_unconfirmed(self, mask):
            uncounted = self.language.gettext("Announced, cancelled, denied and unverified projects don’t count for suppliers.")
            return Reply(self.sentences(unconfirmed, uncounted), path, self.items(mask), size_of(mask), notes)
        message = self.language.ngettext(
            "%(n)s project is recorded, but none that counts as supplied by a known organisation: %(what)s.",
            "%(n)s projects are recorded, but none that counts as supplied by a known organisation: %(what)s.",
            size_of(mask), what=self.about(),
        )  # fmt: skip
        return Reply(message, path, self.items(mask), size_of(mask), notes)

    def countries(self) -> Reply:
        """Return a reply that lists the countries of the question's projects.

        The reply lists the projects instead if they are few, unless the question asks for countries or is `plain`.
        """
        if in_each := reply_about_countries_with_each(self):
            return in_each
        chosen = self.filter()
        matching = self.mask(chosen)
        mask = self.seated(matching)
        threshold = self.question.threshold
        rows, excluded, places = list[Row](), self.excluded_countries | self.contrasted, 0
        if self.question.counts_suppliers:
            rows = [row for row in countries_by_suppliers(self, mask) if row["id"] not in excluded]
            total, items = len(rows), [self.suppliers_item(row) for row in rows[:MAX_ITEMS]]
        elif self.organizations and self.plain and not threshold and not self.names_customers and "projects" not in self.intents:
            selection = Selection(self.organizations, self.codes())
            total = pair_answers.count(self.reader, selection)
            ranked = pair_answers.ranked(self.reader, selection, total)
            places = len({row.country for row in ranked})  # Two organisations can be in the same country.
            items = [self.answer_item(row, country=True, organization=len(self.organizations) > 1) for row in ranked[:MAX_ITEMS]]
        else:
            rows = [
                row
                for row in self.rows("countries", counted_countries(self, mask, excluded))
                if row["id"] not in excluded and (threshold is None or threshold.admits(row["projects"]))
            ]
            total, named = len(rows), self.customers(mask)
            rows.sort(key=lambda row: row["id"] not in named)  # Countries with named customers come first.
            items = [self.country_item(row, named.get(row["id"], ())) for row in rows[:MAX_ITEMS]]
        path, notes = self.link(chosen, mask)
        unbuilt = self.not_built(mask)
        if (threshold or self.question.counts_suppliers) and unbuilt:
            text = self.language.gettext("Announced, cancelled, denied and unverified projects don’t count for suppliers.")
            unbuilt = [Note(text)] if self.question.counts_suppliers else []
        notes = [
            *self.narrow_notes(mask),
            *self.customer_notes(mask),
            *unbuilt,
            *self.seatless(matching, "supplier", "implementer"),
            *self.also_meant(chosen, mask),
            *self.notes(chosen, mask),
            *notes,
        ]
        notes = [
            *self.contrast_notes(),
            *self.indexed_countries(mask),
            *home_notes(self, mask),
            *self.unknown_status(mask),
            *notes,
        ]
        notes += of_organizations(self) if mask.any() else []
        if not total:
            return Reply(self.none() if threshold else self.counted_or_undated(chosen, mask), path, notes=notes)
        if not (self.plain or self.lists_countries) and size_of(mask) <= MAX_ITEMS:
            sentence = self.each(mask) or self.counted_or_undated(chosen, mask)
            return Reply(sentence, path, self.items(mask), size_of(mask), notes)
        counted = sentence_on_unconfirmed(self, mask) or documented_countries(self, mask, excluded)
        # A `plain` answer also has countries where only an index or an agreement names the organisation.
        is_named_only = bool(places)
        message = self.sentences(counted, countries_with_records(self, places or total) if is_named_only or not counted else "")
        message = self.sentences(countries_in_each(self), message)
        if self.question.has("most"):
            message = first_places(self, rows, lambda row: self.words.area(row["id"]), message)
        if each := self.each(mask):
            message = self.sentences(message, each)
        return Reply(message, path, items, total, notes)
