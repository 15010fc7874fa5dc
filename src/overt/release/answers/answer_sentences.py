"""Writes the text of each answer from its row, in English or Chinese."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from overt.language.country_article import with_article
from overt.language.language import NN_, Language
from overt.language.number_and_money_formats import Formats
from overt.release.answers.sentence_subject import Subject, lower_label

Row = Mapping[str, Any]
_MAX_NAMES = 3
_PARTS = (
    ("cables_supplied", NN_(
        "%(who)s is a supplier of %(n)s submarine cable that lands %(where)s%(years)s.",
        "%(who)s is a supplier of %(n)s submarine cables that land %(where)s%(years)s.",
    )),
    ("owned", NN_(
        "%(who)s owns or runs %(n)s documented project %(where)s%(years)s.",
        "%(who)s owns or runs %(n)s documented projects %(where)s%(years)s.",
    )),
    ("cables_owned", NN_(
        "%(who)s owns or runs, alone or with others, %(n)s submarine cable that lands %(where)s%(years)s.",
        "%(who)s owns or runs, alone or with others, %(n)s submarine cables that land %(where)s%(years)s.",
    )),
    ("financed", NN_(
        "%(who)s promised money for %(n)s documented project %(where)s%(years)s.",
        "%(who)s promised money for %(n)s documented projects %(where)s%(years)s.",
    )),
    ("other_parts", NN_(
        "%(who)s has another role, such as customer, in %(n)s documented project %(where)s%(years)s.",
        "%(who)s has another role, such as customer, in %(n)s documented projects %(where)s%(years)s.",
    )),
    ("programmes", NN_(
        "%(who)s supplies or runs %(n)s state programme %(where)s%(years)s.",
        "%(who)s supplies or runs %(n)s state programmes %(where)s%(years)s.",
    )),
    ("not_built", NN_(
        "%(who)s is named in %(n)s project %(where)s that is only announced, or was cancelled, denied or not verified.",
        "%(who)s is named in %(n)s projects %(where)s that are only announced, or were cancelled, denied or not verified.",
    )),
    ("agreements", NN_(
        "%(who)s is party to %(n)s agreement %(where)s%(years)s.",
        "%(who)s is party to %(n)s agreements %(where)s%(years)s.",
    )),
)  # fmt: skip
"""Columns of `answers`, each with the singular and plural of the sentence that states its number, in the order of the text."""


class PartYears(NamedTuple):
    """First and last year of the projects that one column of `answers` counts for an organisation and country."""

    first: int
    last: int
    dated: int
    """Number of projects with a year."""


class AnswerSentences:
    """Writes the sentences of answers in one language."""

    def __init__(
        self,
        language: Language,
        organization: Callable[[str], str],
        area: Callable[[str], str],
        term: Callable[[str, str], str],
    ) -> None:
        """`organization`, `area` and `term` return labels in this language: by id, or for a term by vocabulary and id."""
        self._language = language
        self._formats = Formats(language)
        self._organization, self._area, self._term = organization, area, term

    def in_country(
        self, row: Row, layers: Sequence[tuple[str, int]], years: Mapping[str, PartYears], financed_by_others: int
    ) -> str:
        """Return the text for a row of `answers`.

        `layers`: each layer of the supplied projects with the number of projects in it, in the order of the text. `years`: the
        years of the projects that a column of the row counts, by column; columns without a dated project may be missing.
        `financed_by_others`: the number of documented projects that are financed by an organisation in the row's `financier`.
        """
        language, sentences = self._language, list[str]()
        place = self._place(row["country"])
        first = next((column for column in ("supplied", *(column for column, _ in _PARTS)) if row[column]), "")
        of_first = self._part_years(row[first], years.get(first)) if first else ""
        subject = Subject(language, self._organization(row["organization"]), place, of_first)
        if row["supplied"]:
            sentences.append(self._supplied(row, subject, layers))
        for column, message in _PARTS:
            if number := row[column]:
                sentences.append(language.ngettext(*message, number, **subject.next()))
        if row["index_years"]:
            sentences.append(self._indexes(row, subject, bool(sentences)))
        if row["through"]:
            sentences.append(self._group(row))
        if row["financier"]:
            sentences.append(self._financed(row, financed_by_others))
        return language.gap.join(sentences)

    def organization_kind_sentence(self, row: Row) -> str:
        """Return the text for a row of `answer_organization_kinds`."""
        language, who = self._language, self._organization(row["organization"])
        kind = self._term("project-kinds", row["kind"])
        if not row["projects"]:
            text = NN_(
                "%(who)s is named in %(n)s project of the kind “%(kind)s”, only announced, cancelled, denied or not verified.",
                "%(who)s is named in %(n)s projects of the kind “%(kind)s”, only announced, cancelled, denied or not verified.",
            )
            return language.ngettext(*text, row["not_built"], who=who, kind=kind)
        where = language.ngettext("%(n)s country", "%(n)s countries", len(row["country"] or ()))
        text = NN_(
            "%(who)s has a part in %(n)s documented project of the kind “%(kind)s” in %(countries)s%(years)s.",
            "%(who)s has a part in %(n)s documented projects of the kind “%(kind)s” in %(countries)s%(years)s.",
        )
        return language.ngettext(*text, row["projects"], who=who, kind=kind, countries=where, years=self._years(row))

    def country_kind_sentence(self, row: Row) -> str:
        """Return the text for a row of `answer_country_kinds`."""
        language, where = self._language, self._place(row["country"])
        kind = self._term("project-kinds", row["kind"])
        text = NN_(
            "%(n)s documented project of the kind “%(kind)s” is recorded %(where)s%(years)s.",
            "%(n)s documented projects of the kind “%(kind)s” are recorded %(where)s%(years)s.",
        )
        if row["projects"]:
            sentences = [language.ngettext(*text, row["projects"], kind=kind, where=where, years=self._years(row))]
        else:
            sentences = [language.gettext("No project of the kind “%(kind)s” is documented %(where)s.", kind=kind, where=where)]
        if row["index_years"]:
            years = self._list(row["index_years"])
            message = NN_("The index of %(years)s names the kind there.", "The indexes of %(years)s name the kind there.")
            sentences.append(language.ngettext(*message, len(row["index_years"]), years=years))
        if row["not_built"]:
            message = NN_(
                "%(n)s is only announced, or was cancelled, denied or not verified.",
                "%(n)s are only announced, or were cancelled, denied or not verified.",
            )
            sentences.append(language.ngettext(*message, row["not_built"]))
        return language.gap.join(sentences)

    def lender_sentence(self, row: Row) -> str:
        """Return the text for a row of `answer_lenders`."""
        language, formats = self._language, self._formats
        text = NN_(
            "%(who)s made %(n)s commitment to projects %(where)s%(years)s.",
            "%(who)s made %(n)s commitments to projects %(where)s%(years)s.",
        )
        who, where = self._organization(row["financier"]), self._place(row["country"])
        sentences = [language.ngettext(*text, row["commitments"], who=who, where=where, years=self._years(row))]
        if row["amount"] is not None:
            prices = formats.prices(row["amount_unit"])
            amount = formats.money_short(row["amount"], row["amount_unit"])
            if prices:
                amount = language.gettext("%(amount)s %(prices)s", amount=amount, prices=prices)
            message = NN_("The amount of %(n)s is known: %(amount)s.", "The amounts of %(n)s are known: %(amount)s in all.")
            sentences.append(language.ngettext(*message, row["stated"], amount=amount))
        return language.gap.join(sentences)

    def service_sentence(self, row: Row) -> str:
        """Return the text for a row of `answer_services`."""
        language, formats = self._language, self._formats
        service, where = self._term(row["vocabulary"], row["service"]), self._place(row["country"])
        sentences = []
        if row["restrictions"]:
            kinds = self._join([lower_label(self._term("restriction-kinds", kind)) for kind in row["kind"]])
            text = NN_(
                "Overt has reports of %(n)s restriction of %(service)s %(where)s%(years)s (%(kinds)s).",
                "Overt has reports of %(n)s restrictions of %(service)s %(where)s%(years)s (%(kinds)s).",
            )
            values = {"service": service, "where": where, "years": self._years(row), "kinds": kinds}
            sentences.append(language.ngettext(*text, row["restrictions"], **values))
        if row["without_end"]:
            message = NN_("%(n)s has no recorded end.", "%(n)s have no recorded end.")
            sentences.append(language.ngettext(*message, row["without_end"]))
        if row["measurements"]:
            text = NN_(
                "%(service)s was measured %(n)s time %(where)s, %(period)s.",
                "%(service)s was measured %(n)s times %(where)s, %(period)s.",
            )
            period = formats.period(str(row["measured_from"]), str(row["measured_to"]))
            sentences.append(language.ngettext(*text, row["measurements"], service=service, where=where, period=period))
            if row["last_blocked"]:
                day = formats.date(str(row["last_blocked"]))
                sentences.append(language.gettext("It was last measured to be blocked by %(date)s.", date=day))
            else:
                sentences.append(language.gettext("No quarter’s measurements show that it was blocked."))
        return language.gap.join(sentences)

    def _group(self, row: Row) -> str:
        names = self._names(row["through"])
        if not row["group_projects"]:
            return self._language.gettext("This includes records of companies in its group: %(names)s.", names=names)
        message = NN_(
            "%(n)s of these projects is recorded for companies in its group: %(names)s.",
            "%(n)s of these projects are recorded for companies in its group: %(names)s.",
        )
        return self._language.ngettext(*message, row["group_projects"], names=names)

    def _financed(self, row: Row, number: int) -> str:
        """Return a sentence that names the other organisations that finance `number` of a row's documented projects."""
        language, names = self._language, self._names(row["financier"])
        if number < row["projects"]:
            text = NN_(
                "%(n)s of these projects is financed, in whole or in part, by %(names)s.",
                "%(n)s of these projects are financed, in whole or in part, by %(names)s.",
            )
        else:
            text = NN_(
                "The project is financed, in whole or in part, by %(names)s.",
                "All of these projects are financed, in whole or in part, by %(names)s.",
            )
        return language.ngettext(*text, number, names=names)

    def _supplied(self, row: Row, subject: Subject, layers: Sequence[tuple[str, int]]) -> str:
        language = self._language
        text = NN_(
            "%(who)s is a supplier of %(n)s documented project %(where)s%(years)s%(layers)s.",
            "%(who)s is a supplier of %(n)s documented projects %(where)s%(years)s%(layers)s.",
        )
        parts = [self._layer(layer, number, row["supplied"]) for layer, number in layers]
        listed = language.gettext(": %(layers)s", layers=self._join(parts)) if parts else ""
        if sum(number for _, number in layers) > row["supplied"]:
            listed += language.gettext("; a project of several kinds counts in each")
        sentence = language.ngettext(*text, row["supplied"], **subject.next(), layers=listed)
        if not row["named_customers"]:
            return language.gap.join([sentence, language.gettext("No customer is named.")])
        named = row["named_customers"]
        if named < row["supplied"]:
            text = NN_("%(n)s has a named customer.", "%(n)s have a named customer.")
            return language.gap.join([sentence, language.ngettext(*text, named)])
        if named == 1:
            return language.gap.join([sentence, language.gettext("Its customer is named.")])
        return language.gap.join([sentence, language.gettext("All %(n)s have a named customer.", n=named)])

    def _layer(self, layer: str, number: int, supplied: int) -> str:
        """Return a layer with the number of supplied projects in it; without the number if only one project is supplied."""
        label = lower_label(self._term("layers", layer))
        return label if supplied == 1 else self._language.gettext("%(layer)s (%(n)s)", layer=label, n=number)

    def _indexes(self, row: Row, subject: Subject, documented: bool) -> str:
        values = {**subject.next(inside=True), "years": self._list(row["index_years"])}
        if documented:
            text = NN_(
                "The index of %(years)s names %(who)s as a supplier %(where)s.",
                "The indexes of %(years)s name %(who)s as a supplier %(where)s.",
            )
        else:
            text = NN_(
                "The index of %(years)s names %(who)s as a supplier %(where)s; no project is on record.",
                "The indexes of %(years)s name %(who)s as a supplier %(where)s; no project is on record.",
            )
        return self._language.ngettext(*text, len(row["index_years"]), **values)

    def _years(self, row: Row) -> str:
        """Return a clause with the years of an answer’s projects, restrictions or commitments; empty if none has a year."""
        first, last = row["first_year"], row["last_year"]
        if first is None:
            return ""
        if any((row.get(counted) or 0) > 1 for counted in ("projects", "restrictions", "commitments")):
            return self._language.gettext(
                ", dated %(years)s where a date is recorded", years=self._formats.period(str(first), str(last))
            )
        return self._language.gettext(", dated %(years)s", years=self._formats.period(str(first), str(last)))

    def _part_years(self, number: int, years: PartYears | None) -> str:
        """Return a clause with the years of the `number` projects that a sentence counts; empty without `years`.

        If not all of the projects have a year, the clause also says how many have one.
        """
        if years is None:
            return ""
        text = self._formats.period(str(years.first), str(years.last))
        if years.dated < number:
            return self._language.ngettext(
                ", %(n)s of them dated %(years)s", ", %(n)s of them dated %(years)s", years.dated, years=text
            )
        return self._language.gettext(", dated %(years)s", years=text)

    def _names(self, organizations: Sequence[str]) -> str:
        names = self._join([self._organization(identity) for identity in organizations[:_MAX_NAMES]])
        rest = len(organizations) - _MAX_NAMES
        if rest <= 0:
            return names.removesuffix(".")  # The sentence has its own full stop.
        return names + self._language.gettext(" and %(n)s more", n=rest)

    def _place(self, code: str) -> str:
        return self._language.gettext("in %(country)s", country=with_article(self._language, self._area(code)))

    def _list(self, years: Sequence[int]) -> str:
        return self._language.join([str(year) for year in years])

    def _join(self, words: Sequence[str]) -> str:
        return self._language.comma.join(words)
