"""Rules for spans, from `content/models/spans.yml`."""

from collections.abc import Mapping, Sequence
from typing import Literal, Self

from pydantic import model_validator

from overt.model.content_catalogue import Catalogue
from overt.model.schema import Schema
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping, refuse_unknown

_FILE = "models/spans.yml"
_WORDS = ("in_place", "done", "planned", "over", "given_up", "doubtful")
"""Keys of the rules that list statuses."""


class SpecialCase(Content):
    """Rules that replace those of the type (unless None) for records that have only these `terms` in the property."""

    property: str
    terms: list[str]
    begins: list[str] | None = None
    not_before: list[str] | None = None
    ends: list[str] | None = None
    done: list[str] | None = None
    over: list[str] | None = None


class TypeRules(Content):
    """Rules of one record type. Comments in spans.yml explain each key."""

    begins: list[str] = []
    not_before: list[str] = []
    ends: list[str] = []
    fixed: list[str] = []
    in_place: list[str] = []
    done: list[str] = []
    planned: list[str] = []
    over: list[str] = []
    given_up: list[str] = []
    doubtful: list[str] = []
    speaks: Literal["none", "document", "source", "any"] = "none"
    again: str | None = None
    editions: str | None = None
    edition_of: str | None = None
    year: str | None = None
    part_of: str | None = None
    stale_after: int | None = None
    where: list[SpecialCase] = []

    def for_terms(self, terms: Mapping[str, Sequence[str]]) -> "TypeRules":
        """Return the rules for a record. `terms`: the record's terms, by property."""
        for case in self.where:
            present = terms.get(case.property, ())
            if present and set(present) <= set(case.terms):
                changed = case.model_dump(exclude={"property", "terms"}, exclude_none=True)
                return self.model_copy(update={**changed, "where": []})
        return self

    @property
    def properties(self) -> set[str]:
        """All properties whose claims the rules read."""
        named = {self.again, self.editions, self.edition_of, self.year, *(case.property for case in self.where)}
        status = {"status"} if any(getattr(self, word) for word in _WORDS) else set()
        dates = {*self.begins, *self.not_before, *self.ends}
        for case in self.where:
            dates |= {*(case.begins or ()), *(case.not_before or ()), *(case.ends or ())}
        return dates | status | {name for name in named if name}


class BoundLabel(Content):
    """The label of a bound's rule, in English and Chinese."""

    en: str
    zh: str


class SpanRules(Content):
    """The rules that determine when records were in place, and the labels of the bounds that they give."""

    version: int
    types: dict[str, TypeRules]
    """The rules of each record type whose records begin and end."""
    bounds: dict[str, BoundLabel]

    @model_validator(mode="after")
    def _has_year_or_dates(self) -> Self:
        for name, rules in self.types.items():
            if rules.year and (rules.begins or rules.ends):
                raise ValueError(f"{name}: either `year` or dates, not both")
        return self

    def check(self, schema: Schema) -> None:
        """Raise ContentError if the schema lacks a record type or property that the rules name."""
        refuse_unknown(self.types, schema.types, f"{_FILE}, types")
        for name, rules in self.types.items():
            known = schema.types[name].properties
            refuse_unknown(rules.properties, known, f"{_FILE}, {name}")


def load_span_rules(content: Catalogue) -> SpanRules:
    """Return the rules of an atlas. Raises ContentError for an invalid file and for unknown record types and properties."""
    rules = parse(SpanRules, read_mapping(content.entries("models")["spans.yml"]), _FILE)
    rules.check(content.schema)
    return rules
