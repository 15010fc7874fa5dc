"""Which projects a question is about, as masks, by its filters, years and seats, and by what it leaves out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

import numpy as np

from overt.index.project_filters import ProjectFilter
from overt.language.language import Language
from overt.queries import projects, regions
from overt.queries.as_of.memberships import members_in
from overt.queries.database import Reader, Row, json_array
from overt.queries.filtered_projects import matching_projects
from overt.queries.labels import Words
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.money.financier_seats import financiers_named_after
from overt.site.search.reply_items import ReplyItems
from overt.site.search.reply_words import DISPUTED

_MAX_NAMES, _NARROWING = 3, frozenset({"donation"})
_CABLES = frozenset({"submarine-cable", "terrestrial-cable"})


class ProjectMasks(ReplyItems):
    """The projects of a question. `QuestionGrammar` describes `near_kinds`."""

    def __init__(self, reader: Reader, words: Words, language: Language, question: Question, lexicon: Lexicon) -> None:
        super().__init__(reader, words, language, question)
        self.lexicon, self.near_kinds, self._rows = lexicon, lexicon.near_kinds, dict[tuple[object, ...], list[Row]]()

    def filter(self, *, companies: Sequence[str] | None = None, financiers: Sequence[str] = ()) -> ProjectFilter:
        """Return the filter for the projects, without years, seats, several towns, provinces, and what the question leaves out.

        `companies`: organisations to use instead of the question's. `financiers`: by default, any.
        """
        names = [] if self.towns else [part.label or part.text for part in self.question.parts if part.type == "place"]
        names += [part.label for part in self.question.parts if part.type == "project_name" and not self._is_province(part)]
        return ProjectFilter(
            company=tuple(self.organizations if companies is None else companies),
            financier=tuple(financiers),
            country=tuple(self.areas) or self._countries_of_provinces(),
            region=tuple(self.regions),
            kind=tuple(kind for kind in self.kinds if kind not in self.added_kinds),
            status=tuple(self.question.ids("status")),
            q=" ".join(names),
        )

    @property
    def added_kinds(self) -> list[str]:
        """The kinds that narrow others, as in “donated cameras”: a project must have one of the others, too."""
        narrowing = [kind for kind in self.kinds if kind in _NARROWING]
        return narrowing if len(narrowing) < len(self.kinds) else []

    @property
    def is_between_places(self) -> bool:
        """Whether a project must be in all the question's countries and regions: “cables between Kenya and Pakistan”."""
        return self.question.has("links") and bool(set(self.kinds) & _CABLES) and len(self.areas) + len(self.regions) > 1

    def are_alternatives(self, part: Part) -> bool:
        """Return whether other parts of the same type are alternatives to a part: not if a project must have all of them."""
        joined = {
            "kind": part.id in self.added_kinds,
            "organization": self.question.are_together or self.needs_all_organizations or self.question.has("comparison"),
            "area": self.is_between_places or self.needs_all_places or self.question.has("comparison"),
            "region": self.is_between_places or self.needs_all_places or self.question.has("comparison"),
            "seat": self.question.has("comparison"),
        }
        return super().are_alternatives(part) and not joined[part.type]

    @property
    def towns(self) -> list[Part]:
        """The towns of a question that names several; a project in any of them is meant."""
        return [part for part in self.question.parts if part.type == "place"] if len(self.question.ids("place")) > 1 else []

    @property
    def provinces(self) -> list[Part]:
        """The provinces in the question."""
        return [part for part in self.question.parts if self._is_province(part)]

    def _is_province(self, part: Part) -> bool:
        return part.type == "project_name" and part.id in self.lexicon.province_places

    def _countries_of_provinces(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (self.lexicon.province_countries.get(part.id) for part in self.provinces))))

    def part_label(self, part: Part) -> str:
        """Return the label of a part; that of a province is its name, in the language if its translation is known."""
        if self._is_province(part):
            return self.language.phrase(part.id) or part.id
        return super().part_label(part)

    def _in_province(self, province: Part) -> Mask:
        """Return the projects in the province's country that have the name of the province, or of a town in it."""
        country = tuple(filter(None, [self.lexicon.province_countries.get(province.id)]))
        return self._any(
            ProjectFilter(country=country, q=name) for name in (province.id, *self.lexicon.province_places[province.id])
        )

    def _in_places(self) -> Mask:
        """Return the projects in any of the question's towns, if it names several, and in any of its provinces."""
        inside: Mask = self.reader.vectors.every.copy()
        if towns := self.towns:
            inside &= self._any(ProjectFilter(q=town.label or town.text) for town in towns)
        if provinces := self.provinces:
            inside &= np.logical_or.reduce([*map(self._in_province, provinces)])
        return inside

    def _matching(self, chosen: ProjectFilter) -> Mask:
        """Return the projects that match a filter and the question's other conditions, except years and seats.

        These are its towns and provinces, what it leaves out, and what it wants in one project. If the question is about one
        year, regions have the members of that year.
        """
        return self._all_matching(chosen) & ~self._excluded() & self._in_places() & self._together(chosen)

    def _together(self, chosen: ProjectFilter) -> Mask:
        """Return the projects that have everything that the question wants in one project.

        That can be two organisations, two kinds, or two places that a cable links.
        """
        together: Mask = self.reader.vectors.every.copy()
        for kind in self.added_kinds:
            together &= matching_projects(self.reader, ProjectFilter(kind=(kind,)))
        if self.is_between_places:
            for filters in self._each_place():
                together &= self._any(filters)
        if self.question.are_together and self.question.intent not in ("money", "amounts") and chosen.company:
            for identity in self.organizations:
                together &= matching_projects(self.reader, ProjectFilter(company=(identity,)))
        return together

    def _excluded(self) -> Mask:
        """Return the projects that the question leaves out.

        A supplier is left out of the list of suppliers instead, and a country out of the list of countries: a cable that lands
        in Egypt and Kenya remains one of Kenya's.
        """
        left_out = self.question.left_out
        filters = [ProjectFilter(kind=(kind,)) for kind in left_out("kind")]
        filters += [ProjectFilter(status=(status,)) for status in left_out("status")]
        if self.question.intent != "suppliers":
            filters += [ProjectFilter(company=(identity,)) for identity in left_out("organization")]
        outside = self._in_excluded_countries()
        return (outside & ~self._in_other_countries() if self.lists_countries else outside) | self._any(filters)

    def _each_place(self) -> Iterator[list[ProjectFilter]]:
        """Yield the filters of each country and region in the question. The members of a group are alternatives."""
        by_span: dict[tuple[int, int], list[ProjectFilter]] = {}
        for part in self.question.parts:
            if part.type in ("area", "region"):
                chosen = ProjectFilter(country=(part.id,)) if part.type == "area" else ProjectFilter(region=(part.id,))
                by_span.setdefault((part.start, part.end), []).append(chosen)
        yield from by_span.values()

    @property
    def lists_countries(self) -> bool:
        """Whether the answer is a list of countries: the question asks for countries, customers, “most” or “more than”."""
        question = self.question
        in_words = "places" in self.intents or question.has("customers") or question.has("most") or bool(question.threshold)
        return question.intent in ("answer", "places") and in_words

    @property
    def excluded_countries(self) -> set[str]:
        """The codes of the countries that the question leaves out, including members of regions."""
        left_out = self.question.left_out
        return {*left_out("area"), *(code for region in left_out("region") for code in self.members_of(region))}

    def shared_with_excluded(self, chosen: ProjectFilter) -> Mask:
        """Return the projects of a filter that are left out because they are also in a country that the question leaves out."""
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
        """Return the projects that match any of some filters."""
        matching: Mask = np.zeros_like(self.reader.vectors.every)
        for chosen in filters:
            matching = matching | matching_projects(self.reader, chosen)
        return matching

    @property
    def seat_roles(self) -> list[str]:
        """The roles of organisations that a seat in the question is about."""
        if "money" in self.intents:
            return ["financier"]
        return ["supplier", "implementer", *(["owner", "operator"] if self.counts_owners else [])]

    @property
    def counts_owners(self) -> bool:
        """Whether projects with an owner or operator from the question's seats count: “Chinese data centres in Europe”."""
        is_list = self.question.intent == "projects" and "suppliers" not in self.intents
        return is_list and bool(self.seats) and not self.organizations

    def seated(self, mask: Mask) -> Mask:
        """Return the projects of a mask with a supplier, or for questions about money a financier, from the question's seats.

        If the question leaves out seats, they have one with a recorded seat elsewhere; if it asks for a side, one from there.
        """
        if self.seats:
            mask = self._seated_in(mask, self.seats)
        if self.excluded_seats and self.question.intent != "suppliers":
            mask = self._seated_in(mask, [code for code in self.words.areas if code not in self.excluded_seats])
        if self.side and "money" not in self.intents:
            mask = self.reader.vectors.mask(self.reader.vectors.numbers(row["id"] for row in self.rows_by_side("sided", mask)))
        return mask

    def _seated_in(self, mask: Mask, seats: Sequence[str]) -> Mask:
        rows = self.rows("seated", mask, roles=self.seat_roles, seats=seats)
        return self.reader.vectors.mask(self.reader.vectors.numbers(row["id"] for row in rows))

    def suppliers_of(self, mask: Mask) -> list[Row]:
        """Return the suppliers and implementers of a mask's projects, from the question's seats and on its side."""
        return self.rows_by_side("suppliers", mask)

    def rows_by_side(self, query: str, mask: Mask) -> list[Row]:
        """Return the rows of a query from question_projects.sql that takes the question's seats, side and organisations."""
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
    def disputed(self) -> Mask:
        """The projects that are announced, cancelled, denied or unverified, and so don't count as supplied."""
        return self.reader.vectors.mask(*map(self.reader.vectors.facets["status"].projects_with, DISPUTED))

    def rows(self, query: str, mask: Mask, **chosen: Sequence[str]) -> list[Row]:
        """Return the rows of a query from question_projects.sql for the projects of a mask; asked again, the same rows."""
        lists = {"ids": self.ids(mask), "named_after": self.named_after, **chosen}
        values = {name: json_array(listed) for name, listed in lists.items()}
        if (key := (query, *values.items())) not in self._rows:
            self._rows[key] = self.reader.rows(f"question_projects.{query}", values)
        return [*self._rows[key]]

    @cached_property
    def named_after(self) -> list[str]:
        """The ids of the financiers that count for the question's seats by their names; empty unless it is about money."""
        return self.named_after_seats() if "money" in self.intents else []

    def named_after_seats(self) -> list[str]:
        """Return the ids of the financiers without a recorded seat whose names have one of the question's seats."""
        if not self.seats:
            return []
        return [row["id"] for row in financiers_named_after(self.reader, self.lexicon, self.seats)]

    @property
    def flows(self) -> list[str]:
        """The types of commitment that the question asks for, including narrower ones; empty for all."""
        terms, chosen = self.words.terms.get("flow-types", {}), set(self.question.flow_types)
        return sorted(chosen | {flow for flow, term in terms.items() if term.broader in chosen})

    def rows_of(self, query: str, **parts: str) -> list[Row]:
        """Return the rows of a query from question_organizations.sql for the question's organisations. `parts`: SQL to insert."""
        return self.reader.rows(f"question_organizations.{query}", {"ids": json_array(self.organizations)}, **parts)

    def codes(self) -> list[str]:
        """Return the codes of the countries in the question, including the regions' members (in its year, if it has one)."""
        return [*self.areas, *(code for region in self.regions for code in self.members_of(region))]

    def members_of(self, region: str) -> list[str]:
        """Return the codes of a region's members, in the question's year if it is about one year."""
        if self.as_of:
            return [*members_in(self.reader, region, self.as_of)]
        return regions.members(self.reader, region)

    def named(self, names: Iterable[str], size: int = _MAX_NAMES) -> str:
        """Return the first `size` names as a list in words, with “…” if there are more."""
        listed = [name.removesuffix(".") for name in islice(names, size + 1)]  # the others aren't written
        return self.language.gettext("; ").join([*listed[:size], *[self.language.gettext("…")] * (len(listed) > size)])

    def names_of(self, mask: Mask, size: int = _MAX_NAMES) -> str:
        """Return the names of a mask's first projects as a list in words."""
        return self.named(self._labels(mask, size), size)

    def _labels(self, mask: Mask, size: int = _MAX_NAMES) -> list[str]:
        rows = projects.by_id(self.reader, ids := self.ids(mask)[: size + 1])
        return [self.called(rows[identity]) for identity in ids]
