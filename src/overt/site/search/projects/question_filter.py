"""The filter for a question's projects, and the countries, kinds and home countries that it requires or excludes.

Home countries are those of organisations: “Chinese cameras” means cameras of suppliers from China.
"""

from collections.abc import Iterator, Sequence
from typing import Self

from overt.index.project_filter_declarations import ProjectFilter
from overt.language.language import Language
from overt.queries import regions
from overt.queries.as_of.region_members import members_in
from overt.queries.database import Reader
from overt.queries.labels import Words
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.understood_question import Part, Question
from overt.site.search.reply_items import ReplyItems

DONATION = "donation"
_NARROWING = frozenset({DONATION})
_CABLES = frozenset({"submarine-cable", "terrestrial-cable"})


class QuestionFilter(ReplyItems):
    """The filter for a question's projects. `QuestionGrammar` describes `near_kinds`."""

    def __init__(self, reader: Reader, words: Words, language: Language, question: Question, lexicon: Lexicon) -> None:
        super().__init__(reader, words, language, question)
        self.lexicon, self.near_kinds = lexicon, lexicon.near_kinds

    def about_question(self, question: Question) -> Self:
        """Return an object of the same type about another question."""
        return type(self)(self.reader, self.words, self.language, question, self.lexicon)

    def filter(self, *, companies: Sequence[str] | None = None, financiers: Sequence[str] = ()) -> ProjectFilter:
        """Return the filter for the question's projects.

        The filter has no years, home countries, provinces or exclusions, and no towns if the question names several.
        `companies`: organisations to use instead of the question's. `financiers`: if empty, any financier matches.
        """
        names = [] if self.towns else [part.label or part.text for part in self.question.parts if part.type == "place"]
        names += [
            part.label
            for part in self.question.parts
            if part.type == "project_name" and not (self._is_province(part) or self._is_product(part))
        ]
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
        """The kinds that narrow other kinds, as in “donated cameras”. A project must also have one of the other kinds."""
        narrowing = [kind for kind in self.kinds if kind in _NARROWING]
        return narrowing if len(narrowing) < len(self.kinds) else []

    @property
    def is_between_places(self) -> bool:
        """Whether a project must be in all the question's countries and regions: “cables between Kenya and Pakistan”."""
        return self.question.has("links") and bool(set(self.kinds) & _CABLES) and len(self.areas) + len(self.regions) > 1

    def are_alternatives(self, part: Part) -> bool:
        """Return whether other parts of the same type are alternatives to a part: a project needn't match all of them."""
        joined = {
            "kind": part.id in self.added_kinds,
            "organization": self.question.are_together or self.needs_all_organizations or self.question.has("comparison"),
            "area": self.is_between_places or self.needs_all_places or self.question.has("comparison"),
            "region": self.is_between_places or self.needs_all_places or self.question.has("comparison"),
            "seat": self.question.has("comparison"),
        }
        return super().are_alternatives(part) and not joined.get(part.type, False)

    @property
    def towns(self) -> list[Part]:
        """The towns of a question that names several. A project may be in any of them."""
        return [part for part in self.question.parts if part.type == "place"] if len(self.question.ids("place")) > 1 else []

    @property
    def provinces(self) -> list[Part]:
        """The provinces in the question."""
        return [part for part in self.question.parts if self._is_province(part)]

    def _is_product(self, part: Part) -> bool:
        return part.id in self.lexicon.grammar.products

    def _is_province(self, part: Part) -> bool:
        return part.type == "project_name" and part.id in self.lexicon.province_places

    def _countries_of_provinces(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (self.lexicon.province_countries.get(part.id) for part in self.provinces))))

    def part_label(self, part: Part) -> str:
        """Return the label of a part. The label of a province is its name, translated if possible."""
        if self._is_province(part):
            return self.language.phrase(part.id) or part.id
        return super().part_label(part)

    def each_place(self) -> Iterator[list[ProjectFilter]]:
        """Yield the filters for each country and region in the question. The members of a group are alternatives."""
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
        """The codes of the countries that the question excludes, including members of excluded regions."""
        left_out = self.question.left_out
        return {*left_out("area"), *(code for region in left_out("region") for code in self.members_of(region))}

    @property
    def seat_roles(self) -> list[str]:
        """The roles of the organisations whose home country the question gives."""
        if "money" in self.intents:
            return ["financier"]
        return ["supplier", "implementer", *(["owner", "operator"] if self.counts_owners else [])]

    @property
    def counts_owners(self) -> bool:
        """Whether a project counts if its owner or operator is from the question's home country: “Chinese data centres”."""
        is_list = self.question.intent == "projects" and "suppliers" not in self.intents
        return is_list and bool(self.seats) and not self.organizations

    @property
    def flows(self) -> list[str]:
        """The types of commitment that the question asks for, including narrower ones; empty for all."""
        return self.flows_of(self.question.flow_types)

    def flows_of(self, types: Sequence[str]) -> list[str]:
        """Return types of commitment with their narrower types."""
        terms, chosen = self.words.terms.get("flow-types", {}), set(types)
        return sorted(chosen | {flow for flow, term in terms.items() if term.broader in chosen})

    def codes(self) -> list[str]:
        """Return the codes of the countries in the question, including the regions' members (in its year, if it has one)."""
        return [*self.areas, *(code for region in self.regions for code in self.members_of(region))]

    def members_of(self, region: str) -> list[str]:
        """Return the codes of a region's members, in the question's year if it is about one year."""
        if self.as_of:
            return [*members_in(self.reader, region, self.as_of)]
        return regions.members(self.reader, region)
