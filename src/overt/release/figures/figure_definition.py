"""A figure's definition: `figures/<name>/figure.yml` and its `query.sql`, or a query that several share."""

from decimal import Decimal
from importlib.resources.abc import Traversable
from string import Template
from typing import Literal

from pydantic import Field

from overt.model.content import Catalogue
from overt.model.duckdb_connection import quote_literal
from overt.model.errors import ContentError
from overt.model.yaml import Content, parse, read_mapping


class Variant(Content):
    """The same rows under another rule: a filter over the columns of the query."""

    name: str
    title: str
    title_zh: str | None = None
    where: str
    requires: list[str] = []
    """Sources that this variant needs beside those of the figure."""
    told: str | None = None
    """A test that one row at least must pass, else the variant has no value: files that lack a column do not say "no" by that."""


class Outside(Content):
    """Units of ours that a reported total cannot hold: a filter over the columns of the query."""

    name: str
    title: str
    title_zh: str | None = None
    where: str


class Known(Content):
    """A part of the difference between ours and a reported total that a document tells."""

    part: Literal["sources", "unit", "period", "scope", "duplicates", "disagreement"]
    amount: Decimal
    """What it adds to ours less theirs."""
    why: str
    """With the document that says so."""
    why_zh: str | None = None


class Comparator(Content):
    """What others reported: a measure of the register `reported_figures`, and what is known of how it was counted."""

    measure: str
    note: str | None = None
    note_zh: str | None = None
    why: str | None = None
    """Why ours differs, only where it is computed or sourced."""
    why_zh: str | None = None
    reported_from: list[str] = []
    """Sources of ours that hold what the reporters counted."""
    each_record: bool = False
    """Whether they counted each record of these sources, also those that are one thing here."""
    kind: str | None = None
    """The kind of project that they counted: a record that itself tells of no such kind is none of theirs."""
    in_unit: str | None = None
    """SQL over the columns of the query for the unit that they counted, or a list of such, where it is another than ours."""
    outside: list[Outside] = []
    known: list[Known] = []


class SharedQuery(Content):
    """`query:` of figure.yml: a query that several figures share, and the words that are this one's own."""

    shared: str
    words: dict[str, str] = Field(alias="with")


class Figure(Content):
    """A number that Overt publishes."""

    name: str
    title: str
    title_zh: str
    question: str
    question_zh: str | None = None
    unit: str
    """What the number is of: countries, cable systems, projects, USD@2021 …"""
    unit_zh: str | None = None
    counting_unit: str
    counting_unit_zh: str | None = None
    measure: Literal["count", "sum"] = "count"
    counts_in: str
    counts_in_zh: str | None = None
    counts_out: str
    counts_out_zh: str | None = None
    caveat: str | None = None
    caveat_zh: str | None = None
    requires: list[str] = []
    any_of: list[str] = []
    """Sources of which one at least must be loaded."""
    where: str = "true"
    groups: list[str] = []
    variants: list[Variant] = []
    comparators: list[Comparator] = []
    begun: str | None = None
    """The column of the query with the first day on which a unit can have begun, so that later ones are told from a total's.
    A column of this name and `_to`, if there is one, has the last day by which it has begun, which tells earlier ones."""
    headline: bool = False
    """Whether the home page and the README show it."""
    query: str

    @property
    def tests(self) -> dict[str, str]:
        """What tells units apart that a reported total cannot hold: measure and name, and the filter."""
        return {f"{other.measure} {one.name}": one.where for other in self.comparators for one in other.outside}

    @property
    def other_units(self) -> dict[str, str]:
        """By measure, what others count in place of our unit."""
        return {other.measure: other.in_unit for other in self.comparators if other.in_unit}


def load_figures(content: Catalogue) -> list[Figure]:
    """All figures, by name. Raises ContentError for a broken one."""
    return [_load(name, folder, content) for name, folder in content.figure_folders.items()]


def _load(name: str, folder: Traversable, content: Catalogue) -> Figure:
    own, data, where = folder / "query.sql", read_mapping(folder / "figure.yml"), f"figures/{name}/figure.yml"
    if ("query" in data) == own.is_file():
        why = "stands beside `query:` of figure.yml; keep one" if own.is_file() else "is missing"
        raise ContentError(f"figures/{name}: query.sql {why}")
    if "query" in data:
        query = _filled(parse(SharedQuery, data["query"], f"{where}: query"), content, where)
    else:
        query = own.read_text(encoding="utf-8")
    return parse(Figure, {"name": name, **data, "query": query.strip()}, where)


def _filled(shared: SharedQuery, content: Catalogue, where: str) -> str:
    """The whole SQL of a figure that names a shared query; each word stands in it as a string."""
    path = content.figure_queries.get(shared.shared)
    if path is None:
        raise ContentError(f"{where}: there is no query figures/{shared.shared}.sql")
    template = Template(path.read_text(encoding="utf-8"))
    if apart := sorted(set(template.get_identifiers()) ^ set(shared.words)):
        raise ContentError(f"{where}: `with:` and the places of figures/{shared.shared}.sql differ in {apart[0]!r}")
    return template.substitute({name: quote_literal(word) for name, word in shared.words.items()})
