"""The projects of a question as masks, according to its filters, years, home countries and exclusions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

import numpy as np

from overt.index.project_filter_declarations import ProjectFilter
from overt.language.language import Language
from overt.model.values.span import NEVER_COUNTED, NOT_DOCUMENTED
from overt.queries import projects
from overt.queries.as_of.region_members import members_in
from overt.queries.database import Reader, Row, json_array
from overt.queries.labels import Words
from overt.queries.project_filter_masks import matching_projects
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.money.home_countries_from_financier_names import financiers_named_after
from overt.site.search.projects.projects_counted_as_donations import donated_projects
from overt.site.search.projects.question_filter import DONATION, QuestionFilter
from overt.site.search.reply import Note, size_of

GRANT = "grant"
ABOUT_MONEY = frozenset({"money", "amounts"})
"""Intents whose answers are about commitments. The dates of the commitments count, rather than those of the projects."""
_LISTING_PROJECTS = frozenset({"projects", "dates", "amounts"})
"""Intents whose answers list individual projects."""
_FIRST_YEAR, _LAST_YEAR = 1, 9999
_MAX_NAMES = 3


class ProjectMasks(QuestionFilter):
    """The projects of a question, as masks."""

    def __init__(self, reader: Reader, words: Words, language: Language, question: Question, lexicon: Lexicon) -> None:
        super().__init__(reader, words, language, question, lexicon)
        self._rows: dict[tuple[object, ...], list[Row]] = {}

    def _in_province(self, province: Part) -> Mask:
        """Return the projects in a province's country that have the province's name, or that of a town in it."""
        country = tuple(filter(None, [self.lexicon.province_countries.get(province.id)]))
        return self._any(
            ProjectFilter(country=country, q=name) for name in (province.id, *self.lexicon.province_places[province.id])
        )

    def _in_places(self) -> Mask:
        """Return the projects in any of the question's towns (if it names several) and in any of its provinces."""
        inside: Mask = self.reader.vectors.every.copy()
        if towns := self.towns:
            inside &= self._any(ProjectFilter(q=town.label or town.text) for town in towns)
        if provinces := self.provinces:
            inside &= np.logical_or.reduce([*map(self._in_province, provinces)])
        return inside

    def _matching(self, chosen: ProjectFilter) -> Mask:
        """Return the projects that match a filter and the question's other conditions, except years and home countries.

        These are its towns and provinces, what it excludes, and what it wants in one project. If the question is about one
        year, regions have the members of that year.
        """
        matching = self._all_matching(chosen) & ~self._excluded() & self._in_places() & self._together(chosen)
        if DONATION in self.kinds:
            matching = matching | np.logical_or.reduce(self._donated(chosen))
        only = self.question.only
        return matching if only is None else matching & self.reader.vectors.mask_of(only)

    def _donated(self, chosen: ProjectFilter) -> tuple[Mask, Mask]:
        """Return the projects that match a filter without its kind donation: donations by name, and donations by a grant.

        The rule doesn't depend on whether other projects are recorded as donations, because numbers must be comparable.
        """
        parts = [part for part in self.question.parts if (part.type, part.id) != ("kind", DONATION)]
        of_any_kind = self.about_question(replace(self.question, parts=parts))
        kinds = tuple(kind for kind in chosen.kind if kind != DONATION)
        ids = self.ids(of_any_kind._matching(replace(chosen, kind=kinds)))
        donated = donated_projects(self.reader, self.lexicon, ids, self.flows_of([GRANT]), self.called)
        named, granted = (self.reader.vectors.mask_of(chosen_ids) for chosen_ids in donated)
        return named, granted

    @property
    def donated_by_names_and_grants(self) -> tuple[Mask, Mask]:
        """The question's projects that are donations by name, and those that are donations by a grant from another country."""
        return self._donated(self.filter())

    def _together(self, chosen: ProjectFilter) -> Mask:
        """Return the projects that have everything that the question wants in a single project.

        These can be two organisations, two kinds, or two places linked by a cable.
        """
        together: Mask = self.reader.vectors.every.copy()
        for kind in self.added_kinds:
            together &= matching_projects(self.reader, ProjectFilter(kind=(kind,)))
        if self.is_between_places:
            for filters in self.each_place():
                together &= self._any(filters)
        if self.question.are_together and self.question.intent not in ("money", "amounts") and chosen.company:
            for identity in self.organizations:
                together &= matching_projects(self.reader, ProjectFilter(company=(identity,)))
        return together

    def _excluded(self) -> Mask:
        """Return the projects that the question excludes.

        If it asks for suppliers or countries, an excluded supplier or country is left out of that list, but its projects aren't
        excluded: a cable that lands in Egypt and Kenya still counts for Kenya if Egypt is excluded.
        """
        left_out = self.question.left_out
        filters = [ProjectFilter(kind=(kind,)) for kind in left_out("kind")]
        filters += [ProjectFilter(status=(status,)) for status in left_out("status")]
        if self.question.intent != "suppliers":
            filters += [ProjectFilter(company=(identity,)) for identity in left_out("organization")]
        outside = self._in_excluded_countries()
        return (outside & ~self._in_other_countries() if self.lists_countries else outside) | self._any(filters)

    def shared_with_excluded(self, chosen: ProjectFilter) -> Mask:
        """Return the projects of a filter that are left out because they are also in a country that the question excludes."""
        if self.lists_countries or not self.excluded_countries:
            return np.zeros_like(self.reader.vectors.every)
        shared = self._in_excluded_countries() & self._in_other_countries()
        return self.seated(self._all_matching(chosen) & shared & self._in_places())

    def _in_excluded_countries(self) -> Mask:
        left_out = self.question.left_out
        regions_left_out = (ProjectFilter(region=(region,)) for region in left_out("region"))
        return self._any([*(ProjectFilter(country=(code,)) for code in left_out("area")), *regions_left_out])

    def _in_other_countries(self) -> Mask:
        facet = self.reader.vectors.facets["country"]
        return self.reader.vectors.mask(*map(facet.projects_with, facet.values.keys() - self.excluded_countries))

    def _any(self, filters: Iterable[ProjectFilter]) -> Mask:
        """Return the projects that match at least one of these filters."""
        matching: Mask = np.zeros_like(self.reader.vectors.every)
        for chosen in filters:
            matching = matching | matching_projects(self.reader, chosen)
        return matching

    def seated(self, mask: Mask) -> Mask:
        """Return the projects of a mask with an organisation from the question's home countries in one of `seat_roles`.

        If the question excludes home countries, they need an organisation that is recorded as based elsewhere and, in lists of
        projects, none from the excluded countries. If `side` is set and the question isn't about money, they need a foreign
        supplier (`abroad`) or one from the project's own country (`domestic`).
        """
        if self.seats:
            mask = self.with_organizations_from(mask, self.seats, self.seat_roles)
        if self.excluded_seats and self.question.intent != "suppliers":
            mask = self.with_organizations_from(
                mask, [code for code in self.words.areas if code not in self.excluded_seats], self.seat_roles
            )
            if self.question.intent in _LISTING_PROJECTS:
                mask = mask & ~self.with_organizations_from(mask, self.excluded_seats, self.seat_roles)
        if self.side and "money" not in self.intents:
            mask = self.reader.vectors.mask_of(row["id"] for row in self.rows_by_side("sided", mask))
        return mask

    def with_organizations_from(
        self, mask: Mask, seats: Sequence[str], roles: Sequence[str], named_after: Sequence[str] | None = None
    ) -> Mask:
        """Return the projects of a mask with an organisation from these countries in one of these roles.

        `named_after`: ids of organisations that count without a recorded country; None for the question's (`self.named_after`).
        """
        more = {} if named_after is None else {"named_after": named_after}
        rows = self.rows("seated", mask, roles=roles, seats=seats, **more)
        return self.reader.vectors.mask_of(row["id"] for row in rows)

    def suppliers_of(self, mask: Mask) -> list[Row]:
        """Return the suppliers and implementers of a mask's projects that fit the question's home countries and `side`."""
        return self.rows_by_side("suppliers", mask)

    def rows_by_side(self, query: str, mask: Mask) -> list[Row]:
        """Return the rows of a query from question_projects.sql for a mask's projects.

        The question's home countries, side and organisations are also parameters of the query.
        """
        lists = {"ids": json_array(self.ids(mask)), "seats": json_array(self.seats), "named": json_array(self.organizations)}
        return self.reader.rows(f"question_projects.{query}", {**lists, "side": self.side})

    def _all_matching(self, chosen: ProjectFilter) -> Mask:
        if not (self.as_of and chosen.region):
            return matching_projects(self.reader, chosen)
        codes = (code for region in chosen.region for code in members_in(self.reader, region, self.as_of))
        members = self.reader.vectors.mask(*map(self.reader.vectors.facets["country"].projects_with, codes))
        return members & matching_projects(self.reader, replace(chosen, region=()))

    def ids(self, mask: Mask) -> list[str]:
        """Return the ids of the projects of a mask."""
        return self.reader.vectors.ids(np.flatnonzero(mask))

    @property
    def never_counted(self) -> Mask:
        """The projects that are denied, cancelled or unverified, and therefore never count as in place."""
        return self.reader.vectors.mask(*map(self.reader.vectors.facets["status"].projects_with, NEVER_COUNTED))

    @property
    def disputed(self) -> Mask:
        """The projects that are announced, cancelled, denied or unverified, and therefore don't count as supplied."""
        return self.reader.vectors.mask(*map(self.reader.vectors.facets["status"].projects_with, NOT_DOCUMENTED))

    def rows(self, query: str, mask: Mask, **chosen: Sequence[str | int]) -> list[Row]:
        """Return the rows of a query from question_projects.sql for the projects of a mask. They are cached.

        If the question is about money, only commitments agreed in its years count, unless `chosen` has years.
        """
        lists: dict[str, Sequence[str | int]] = {
            "ids": self.ids(mask),
            "named_after": self.named_after,
            "years": self.agreed_years,
        }
        lists |= chosen
        values = {name: json_array(listed) for name, listed in lists.items()}
        if (key := (query, *values.items())) not in self._rows:
            self._rows[key] = self.reader.rows(f"question_projects.{query}", values)
        return [*self._rows[key]]

    @cached_property
    def agreed_years(self) -> list[int]:
        """The first and last year of the commitments that count; empty unless the question is about money and has years."""
        if not self.question.years or self.question.intent not in ABOUT_MONEY:
            return []
        first, last = self.question.years
        return [_FIRST_YEAR if first is None else first, _LAST_YEAR if last is None else last]

    @cached_property
    def named_after(self) -> list[str]:
        """The ids from `named_after_seats`; empty unless the question is about money."""
        return self.named_after_seats() if "money" in self.intents else []

    def named_after_seats(self) -> list[str]:
        """Return the ids of the financiers that have no recorded home country, but have one of the question's in their names.

        Only the first country in a name counts.
        """
        if not self.seats:
            return []
        return [row["id"] for row in financiers_named_after(self.reader, self.lexicon, self.seats)]

    def rows_of(self, query: str, **parts: str) -> list[Row]:
        """Return the rows of a query from question_organizations.sql for the question's organisations. `parts`: SQL to insert."""
        return self.reader.rows(f"question_organizations.{query}", {"ids": json_array(self.organizations)}, **parts)

    def named(self, names: Iterable[str], size: int = _MAX_NAMES) -> str:
        """Join the first `size` names with semicolons, in the answer's language; end with “…” if there are more."""
        listed = [*islice(names, size + 1)]  # More aren't needed.
        return self.language.gettext("; ").join([*listed[:size], *[self.language.gettext("…")] * (len(listed) > size)])

    def notes_naming(
        self, mask: Mask, message: tuple[str, str], address: str = "", *, size: int = _MAX_NAMES, **values: str
    ) -> Iterator[Note]:
        """Yield a note with the number and the first `size` names of a mask's projects, unless it has none.

        `message`: singular and plural, with `n` and `names` as the number and the names. `values`: the message's other values.
        """
        if number := size_of(mask):
            yield Note(self.language.ngettext(*message, number, names=self.names_of(mask, size), **values), address)

    def names_of(self, mask: Mask, size: int = _MAX_NAMES) -> str:
        """Join the names of the first `size` projects of a mask, as `named` does."""
        return self.named(self._labels(mask, size), size)

    def _labels(self, mask: Mask, size: int = _MAX_NAMES) -> list[str]:
        rows = projects.by_id(self.reader, ids := self.ids(mask)[: size + 1])
        return [self.called(rows[identity]) for identity in ids]
