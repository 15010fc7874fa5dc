"""The items of a reply's list, with what is recorded about each of them, in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from overt.http.home_country_words import home_country_words
from overt.http.page_addresses import answer_address, record_url
from overt.language.language import Language
from overt.model.values.date_comparison import first_day, last_day
from overt.model.values.span import NOT_DOCUMENTED
from overt.queries import pair_answers
from overt.queries.database import Row
from overt.queries.labels import Words
from overt.queries.organizations import rival_seats
from overt.site.search.reply import Item
from overt.site.search.reply_words import ReplyWords

Entry = TypeVar("Entry")


class ReplyItems(ReplyWords):
    """Makes the items of a reply's list, such as projects, organisations, countries, services and answers."""

    def amount(self, amount: float, unit: str) -> str:
        """Return an amount in words, with the year of its prices if they are constant."""
        text, prices = self.formats.money_short(amount, unit), self.formats.prices(unit)
        return self.language.gettext("%(amount)s %(prices)s", amount=text, prices=prices) if prices else text

    def by_date(self, entries: Sequence[Entry], date: Callable[[Entry], str | None]) -> list[Entry]:
        """Return entries by date: the latest first or, if the question asks for the earliest, the earliest first.

        Entries without a date come last. A date such as “2018” is sorted by its first day if the latest comes first, and by its
        last day if the earliest does. `date`: returns the EDTF date of an entry.
        """
        dated = [(text, entry) for entry in entries if (text := date(entry))]
        undated = [entry for entry in entries if not date(entry)]
        day = last_day if self.asks_for_earliest else first_day
        dated.sort(key=lambda pair: day(pair[0]), reverse=not self.asks_for_earliest)
        return [*(entry for _, entry in dated), *undated]

    @property
    def asks_for_earliest(self) -> bool:
        """Whether the question asks for the earliest records."""
        return self.question.has("earliest")

    def answer_item(self, row: pair_answers.Answer, *, country: bool, organization: bool = True) -> Item:
        """Return the list item for an answer. `country`, `organization`: whether its label has the country and organisation."""
        parts = [self.called(row)] if organization else []
        label = self.language.comma.join([*parts, *([self.words.area(row.country)] if country else [])])
        sentence = self.language.localized(row._asdict(), "sentence")
        path = answer_address(row.organization, row.country)
        return Item("answer", f"{row.organization} {row.country}", label, sentence, path, row.projects)

    def project_item(self, row: Any, detail: str) -> Item:
        """Return the list item for a project, given as a named tuple."""
        return Item("project", row.id, self.called(row), detail, record_url("project", row.id))

    def organization_item(self, row: Row, detail: str, projects: int | None = None) -> Item:
        """Return the list item for an organisation, with the address of its page."""
        return Item("organization", row["id"], self.called_row(row), detail, record_url("organization", row["id"]), projects)

    def supplier_item(self, row: Row, count: str) -> Item:
        """Return the list item for a supplier.

        `count`: its number of projects in words; if empty, the number in the row is used. A supplier that isn't `sure`
        (`with_certainty`) has a sentence about its projects of several kinds instead.
        """
        path = answer_address(row["id"], self.areas[0]) if self.has_one_area else record_url("organization", row["id"])
        detail = count or self.count(row["projects"]) if row.get("sure", True) else self.of_several_kinds(row["projects"])
        if not row["supplied"]:
            detail = self.language.comma.join([detail, self.language.gettext("as implementer, not as supplier")])
        if self.question.has("origin"):
            detail = self.language.comma.join([detail, self.seat_of(row)])
        return Item("organization", row["id"], self.called_row(row), detail, path, row["projects"])

    @cached_property
    def rival_seats(self) -> Mapping[str, Sequence[str]]:
        """The home countries that sources state for an organisation, by its id, if they disagree."""
        return rival_seats(self.reader)

    def seat_countries(self, organization: str, code: str) -> str:
        """Return an organisation's home country in words, or all of them if sources disagree. `code`: the shown country."""
        return home_country_words(self.language, self.words, self.rival_seats.get(organization) or [code])

    def seat_of(self, row: Row) -> str:
        """Return the home country of an organisation in words, such as “based in China”."""
        if not row["country"]:
            return self.language.gettext("home country not recorded")
        return self.language.gettext("based in %(country)s", country=self.seat_countries(row["id"], row["country"]))

    def of_several_kinds(self, projects: int) -> str:
        """Return in words how many projects of several kinds and suppliers name an organisation."""
        return self.language.ngettext(
            "named in %(n)s project of several kinds and suppliers; who supplied which part isn’t recorded",
            "named in %(n)s projects of several kinds and suppliers; who supplied which part isn’t recorded", projects,
        )  # fmt: skip

    def country_item(self, row: Row, customers: Iterable[str] = ()) -> Item:
        """Return the list item for a country with projects. `customers`: names to list after the number of projects."""
        detail = self.language.gettext("; ").join([self.count(row["projects"]), *([self.listed(customers)] if customers else [])])
        path = answer_address(self.organizations[0], row["id"]) if len(self.organizations) == 1 else f"/country/{row['id']}"
        return Item("country", row["id"], self.words.area(row["id"]), detail, path, row["projects"])

    def suppliers_item(self, row: Row) -> Item:
        """Return the list item for a country with suppliers, with the number of suppliers and of projects."""
        detail = self.language.comma.join([self.number_of_suppliers(row["suppliers"]), self.count(row["projects"])])
        return Item("country", row["id"], self.words.area(row["id"]), detail, f"/country/{row['id']}", row["projects"])

    def lender_item(self, row: Row) -> Item:
        """Return the list item for a lender, with the number and amount of its commitments."""
        path = answer_address(row["id"], self.areas[0]) if self.has_one_area else record_url("organization", row["id"])
        amount = self.amount(row["amount"], row["unit"]) if row["stated"] and row["unit"] else ""
        count = self.language.ngettext("%(n)s commitment", "%(n)s commitments", row["commitments"])
        seat = self.seat_of(row) if self.question.has("origin") else ""
        other = self.language.gettext("may be the same as another lender’s, and isn’t added") if row["is_restated"] else ""
        detail = self.language.comma.join(part for part in (count, amount, seat, other) if part)
        return Item("lender", row["id"], self.called_row(row), detail, path, row["projects"])

    def service_item(self, row: Row) -> Item:
        """Return the list item for a service in a country.

        Its detail is a summary of the restrictions or, if the service was measured, the stored sentence.
        """
        label = self.words.term(row["vocabulary"], row["service"])
        where = self.words.area(row["country"])
        path = f"/country/{row['country']}/restrictions"
        detail = self.language.localized(row, "sentence") if row["measurements"] else self._restrictions_of(row)
        return Item("service", f"{row['country']} {row['service']}", self.language.comma.join((label, where)), detail, path)

    def _restrictions_of(self, row: Row) -> str:
        """Return the kinds, number and years of a service's restrictions in a country, and how many have no recorded end."""
        kinds = [self.words.term("restriction-kinds", kind) for kind in row["kind"]]
        first, last = (str(row[name]) if row[name] else None for name in ("first_year", "last_year"))
        parts = [
            self.listed(kinds),
            self.language.ngettext("%(n)s restriction", "%(n)s restrictions", row["restrictions"]),
            (self.formats.date(first) if first == last else self.formats.period(first, last))
            if first
            else self.language.gettext("no date"),
        ]
        if row["without_end"]:
            parts.append(
                self.language.ngettext("%(n)s without a recorded end", "%(n)s without a recorded end", row["without_end"])
            )
        return self.language.comma.join(parts)

    def restriction_item(self, row: Row) -> Item:
        """Return the list item for a country with restrictions, with their number."""
        path = f"/country/{row['id']}/restrictions"
        return Item("country", row["id"], self.words.area(row["id"]), self.restrictions(row["restrictions"]), path)

    def project_detail(self, row: Any) -> str:
        """Return a project's kinds, countries, year and first suppliers, and its status if it doesn't count as supplied."""
        return project_detail(self.words, self.language, row)


def project_detail(words: Words, language: Language, row: Any) -> str:
    """Return a project's kinds, countries, year and first suppliers, and its status if it doesn't count as supplied."""
    kinds = [words.term("project-kinds", kind) for kind in row.kinds]
    where = [words.area(code) for code in row.countries]
    status = [words.term("statuses", row.status)] if row.status in NOT_DOCUMENTED else []
    suppliers = [
        str(language.localized(company, "label") or company["id"])
        for company in row.companies
        if company["role"] in ("supplier", "implementer")
    ]
    return language.comma.join([*kinds, *where, *([str(row.year)] if row.year else []), *suppliers, *status])
