"""Labels of the release's terms, areas, regions and records. All but those of records are loaded once, for all languages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

import orjson

from overt.language.label_order import sort_key
from overt.model.geography.country_name_lookup import CountryNames, fold_name
from overt.queries.database import Reader, json_array


class Labelled(Protocol):
    """A record with an id and a label, and a Chinese label (`label_zh`) if it has one."""

    @property
    def id(self) -> str:
        """The record's id."""

    @property
    def label(self) -> str | None:
        """The label in the language of the source, or None."""


class Valued(Protocol):
    """A fact with a value."""

    @property
    def value(self) -> str:
        """The value as text."""


FactT = TypeVar("FactT", bound=Valued)


class Term(NamedTuple):
    """A term of a vocabulary, with its labels."""

    vocabulary: str
    id: str
    label: str
    label_zh: str | None
    definition: str | None
    broader: str | None
    layer: str | None
    sign: str
    unit: str | None
    other: str = ""
    """The label in the site's other language."""
    other_lang: str = ""


class Area(NamedTuple):
    """A country or another area."""

    code: str
    label: str
    label_zh: str | None
    kind: str
    part_of: str | None
    other: str = ""
    """The label in the site's other language."""
    other_lang: str = ""


class Region(NamedTuple):
    """A region or grouping of countries."""

    id: str
    label: str
    label_zh: str | None
    kind: str
    m49: str | None
    definition: str
    definition_zh: str
    names: list[str]
    parts: list[str]
    documents: list[dict[str, str | None]]
    other: str = ""
    """The label in the site's other language."""
    other_lang: str = ""


class RecordLabel(NamedTuple):
    """The labels of a record."""

    id: str
    label: str | None
    label_lang: str | None
    label_zh: str | None


@dataclass(frozen=True)
class Words:
    """Labels by id. The label of an unknown id is the id itself; the label of None is an empty string."""

    terms: dict[str, dict[str, Term]]
    """Terms by vocabulary and id, in the vocabulary's order."""
    areas: dict[str, Area]
    meta: dict[str, Any]
    country_names: CountryNames | None = None
    """Names of countries that filters accept besides codes."""
    regions: dict[str, Region] = field(default_factory=dict)
    """Regions by id, in the order of the content."""

    def term(self, vocabulary: str, identity: str | None) -> str:
        """Return the label of a term."""
        row = self.terms.get(vocabulary, {}).get(identity or "")
        return row.label if row else (identity or "")

    def area(self, code: str | None) -> str:
        """Return the label of a country or area."""
        row = self.areas.get(code or "")
        return row.label if row else (code or "")

    def by_area(self, facts: Iterable[FactT]) -> list[FactT]:
        """Sort facts whose values are countries or areas by the areas' labels."""
        return sorted(facts, key=lambda fact: sort_key(self.area(fact.value)))

    def region(self, identity: str | None) -> str:
        """Return the label of a region."""
        row = self.regions.get(identity or "")
        return row.label if row else (identity or "")

    def find_region(self, text: str) -> str | None:
        """Return the id of the region with this id, label or name, or None."""
        return self._region_names.get(fold_name(text))

    @cached_property
    def _region_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for row in self.regions.values():
            for name in (row.id, row.label, row.label_zh or "", row.other, *row.names):
                names.setdefault(fold_name(name), row.id)
        names.pop("", None)
        return names

    def layer(self, kind: str) -> str | None:
        """Return the layer of a kind of project, or None if the kind has none."""
        row = self.terms["project-kinds"].get(kind)
        return row.layer if row else None

    @property
    def release_day(self) -> date:
        """The day of the release, which no as-of date may follow."""
        return date.fromisoformat(self.meta["manifest"]["date"])

    @property
    def layers(self) -> Sequence[Term]:
        """The layers in their fixed order."""
        return list(self.terms["layers"].values())


def load_words(reader: Reader, country_names: CountryNames | None = None) -> Words:
    """Return the labels of terms, areas and regions, and the metadata of the release.

    `country_names`: the names of countries that filters accept.
    """
    terms: dict[str, dict[str, Term]] = {}
    for row in reader.query(Term, "labels.terms"):
        terms.setdefault(row.vocabulary, {})[row.id] = row
    areas = {area.code: area for area in reader.query(Area, "labels.areas")}
    decode = dict.fromkeys(("names", "parts", "documents"), orjson.loads)
    regions = {region.id: region for region in reader.query(Region, "labels.regions", decode=decode)}
    return Words(
        terms, areas, {row["key"]: orjson.loads(row["value"]) for row in reader.rows("labels.meta")}, country_names, regions
    )


def record_labels(reader: Reader, ids: Iterable[str]) -> dict[str, RecordLabel]:
    """Return the labels of records by id."""
    return {row.id: row for row in reader.query(RecordLabel, "labels.records", [json_array(ids)])}
