"""Definitions of figures: `figures/<name>/figure.yml` and its `query.sql`, or a query that several figures share."""

from decimal import Decimal
from importlib.resources.abc import Traversable
from string import Template
from typing import Literal

from pydantic import Field

from overt.model.content_catalogue import Catalogue
from overt.model.engines.duckdb_sql_and_parquet import quote_literal
from overt.model.engines.read_only_sql_check import check_expression, check_query
from overt.model.errors import ContentError, ValueProblem, quote_text
from overt.model.files.content_file_reading import has_file, read_content_text
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping
from overt.release.figures.gap_and_difference_labels import PLACEHOLDER


class Variant(Content):
    """A variant of a figure, which counts its rows by a different rule: a filter over the columns of the query."""

    name: str
    title: str
    title_zh: str | None = None
    left_out: str | None = None
    """Label, in the legend of the figure's map, of the countries that the figure counts but this variant doesn't."""
    left_out_zh: str | None = None
    where: str
    requires: list[str] = []
    """Sources that the variant needs in addition to the figure's."""
    amount: str | None = None
    """The column of the query with the amounts that the variant sums, in the figure's unit. By default, the variant sums the
    figure's own amounts. Rows without an amount are not counted.
    """
    computed: bool = False
    """Whether the amounts are computed rather than stated by a source."""
    told: str | None = None
    """A filter that at least one row must pass. Otherwise the variant has no value, because what no source states is unknown, not
    false.
    """


class Outside(Content):
    """Our units that a reported total can't include, as a filter over the columns of the query."""

    name: str
    title: str
    title_zh: str | None = None
    where: str


class Known(Content):
    """A part of the difference between our value and a reported total, taken from a document."""

    part: Literal["sources", "unit", "period", "scope", "duplicates", "disagreement"]
    amount: Decimal
    """Contribution to the difference, our value minus the reported total."""
    why: str
    """The reason, with the document that states it."""
    why_zh: str | None = None


class Comparator(Content):
    """Totals that others reported: a measure of the register `reported_figures`, and how the reporters counted."""

    measure: str
    note: str | None = None
    note_zh: str | None = None
    variant: str | None = None
    """The variant that counts as the reporters do. Its number is shown beside theirs instead of a comparison with the figure."""
    why: str | None = None
    """Why our value differs. Without it, we say why the two can't be compared or, if nothing explains the difference, that we
    can't explain it.
    """
    why_zh: str | None = None
    reported_from: list[str] = []
    """Our sources with the records that the reporters counted."""
    each_record: bool = False
    """Whether the reporters counted each record of these sources separately, including records that are merged here."""
    kind: str | None = None
    """With `each_record`: the kind of project that the reporters counted; None if they counted records of all kinds."""
    in_unit: str | None = None
    """SQL over the columns of the query for the reporters' unit (or list of units), if it differs from ours."""
    outside: list[Outside] = []
    known: list[Known] = []


class SharedQuery(Content):
    """`query:` of figure.yml: a query that several figures share, and the words that this figure inserts."""

    shared: str
    words: dict[str, str] = Field(alias="with")


class Figure(Content):
    """A number that Overt publishes."""

    name: str
    title: str
    title_zh: str
    question: str
    question_zh: str | None = None
    answer: str | None = None
    """The answer in one sentence, which heads the figure's page. `{value}` is the number, and `{NAME}` the number of a variant.
    """
    answer_zh: str | None = None
    unit: str
    """Unit of the number: countries, cable systems, projects, USD@2021 …"""
    unit_zh: str | None = None
    counting_unit: str
    """What one row of the query is, such as a project or a country."""
    counting_unit_zh: str | None = None
    measure: Literal["count", "sum"] = "count"
    counts_in: str
    """What the figure counts, in the words of its page."""
    counts_in_zh: str | None = None
    counts_out: str
    """What the figure leaves out, in the words of its page."""
    counts_out_zh: str | None = None
    counted_label: str | None = None
    """Label of the countries that the figure counts, in the legend of its map."""
    counted_label_zh: str | None = None
    only_examined: str | None = None
    """Label of the countries that the figure examines but doesn't count, in the legend of its map."""
    only_examined_zh: str | None = None
    caveat: str | None = None
    caveat_zh: str | None = None
    requires: list[str] = []
    """Sources that must all be loaded."""
    any_of: list[str] = []
    """Sources of which at least one must be loaded."""
    where: str = "true"
    """The filter for the rows that the figure counts, over the columns of the query."""
    currency: str | None = None
    """The column with the unit of each row's amount. Rows in a unit other than the figure's are not counted, except by variants
    that convert them. The figure's gaps show how many amounts are left out, and their sum.
    """
    groups: list[str] = []
    beside: str | None = None
    """The grouping whose chart comes second. Like the first chart, it isn't folded."""
    leads: str | None = None
    """The grouping whose chart comes first, before the map. By default, the map comes first."""
    without: dict[str, str] = {}
    """What a release lacks without a source, by source. For a source without an entry, pages have a general sentence."""
    without_zh: dict[str, str] = {}
    compares_countries: bool = True
    """Whether numbers of countries can be compared. Otherwise, the page has no map, no bars by country and no regions."""
    linked: list[str] = []
    """Columns of the query with ids of records that a row links to, such as the deployments of a country. They are not groups."""
    variants: list[Variant] = []
    of_which: str | None = None
    """The variant that is a part of the number and appears in the same sentence."""
    comparators: list[Comparator] = []
    own_counts: list[str] = []
    """Names of figures that count the same subject in our own records, for a figure that counts what an outside index says."""
    begun: str | None = None
    """The column of the query with the first day on which a unit can have begun. It shows whether the unit began after the date
    of a reported total. The column with the suffix `_to`, if there is one, has the last such day. It shows whether the unit
    began before the period of a reported total.
    """
    counts_documented: bool = False
    """Whether the figure counts documented systems, or their countries, so that its page says which statuses count."""
    programmes_apart: bool = False
    """Whether state programmes could be counted but aren't, so that a sentence on the figure's page has their numbers."""
    headline: bool = False
    """Whether lists of figures show the figure first."""
    query: str

    @property
    def row_columns(self) -> list[str]:
        """The columns of the query that each row keeps: its groups, and the records it links to."""
        return [*self.groups, *self.linked]

    @property
    def counts(self) -> str:
        """The filter for the rows that the figure counts."""
        return self._in_unit(self.where)

    def variant_counts(self, variant: Variant) -> str:
        """Return the filter for the rows that a variant counts."""
        return f"({variant.where}) AND ({variant.amount}) IS NOT NULL" if variant.amount else self._in_unit(variant.where)

    def _in_unit(self, where: str) -> str:
        return f"({where}) AND {self.currency} = {quote_literal(self.unit)}" if self.currency else where

    @property
    def tests(self) -> dict[str, str]:
        """Filters for units that a reported total can't include, by measure and name."""
        return {
            f"{comparator.measure} {outside.name}": outside.where
            for comparator in self.comparators
            for outside in comparator.outside
        }

    @property
    def expressions(self) -> list[str]:
        """All SQL expressions in figure.yml, over the columns of the query; not the query itself."""
        own = [self.where, self.currency, self.begun]
        of_variants = [sql for variant in self.variants for sql in (variant.where, variant.amount, variant.told)]
        return [sql for sql in (*own, *of_variants, *self.tests.values(), *self.other_units.values()) if sql]

    @property
    def other_units(self) -> dict[str, str]:
        """SQL expressions for the units in which others count, by measure."""
        return {comparator.measure: comparator.in_unit for comparator in self.comparators if comparator.in_unit}


def load_figures(content: Catalogue) -> list[Figure]:
    """Return all figures, sorted by name. Raises ContentError if a definition is invalid."""
    return [_load_figure(name, folder, content) for name, folder in content.figure_folders.items()]


def check_figure_sql(figure: Figure) -> None:
    """Raise ContentError unless the query and expressions of a figure only read tables; see `read_only_sql_check`."""
    try:
        check_query(figure.query)
    except ValueProblem as problem:
        raise ContentError(f"figures/{figure.name}: query.sql: {problem}") from None
    for expression in figure.expressions:
        try:
            check_expression(expression)
        except ValueProblem as problem:
            raise ContentError(f"figures/{figure.name}/figure.yml: {quote_text(expression)}: {problem}") from None


def _load_figure(name: str, folder: Traversable, content: Catalogue) -> Figure:
    own_query, data, where = folder / "query.sql", read_mapping(folder / "figure.yml"), f"figures/{name}/figure.yml"
    if ("query" in data) == (has_query := has_file(folder, "query.sql")):
        problem = "is there besides `query:` of figure.yml; delete one" if has_query else "is missing"
        raise ContentError(f"figures/{name}: query.sql {problem}")
    if "query" in data:
        query = _fill_shared_query(parse(SharedQuery, data["query"], f"{where}: query"), content, where)
    else:
        query = read_content_text(own_query)
    figure = parse(Figure, {"name": name, **data, "query": query.strip()}, where)
    known = {"value", *(variant.name for variant in figure.variants)}
    for key, sentence in (("answer", figure.answer), ("answer_zh", figure.answer_zh)):
        if unknown := sorted(set(PLACEHOLDER.findall(sentence or "")) - known):
            raise ContentError(f"{where}: {key}: there is no variant {unknown[0]!r}; use {{value}} or the name of a variant")
    if unknown := sorted(set(figure.own_counts) - content.figure_folders.keys()):
        raise ContentError(f"{where}: own_counts: there is no figure {unknown[0]!r}")
    check_figure_sql(figure)
    return figure


def _fill_shared_query(shared: SharedQuery, content: Catalogue, where: str) -> str:
    """Return the SQL of a shared query, with each inserted word as a string literal.

    Raises ContentError for an unknown query, and if the words don't fit its placeholders.
    """
    path = content.figure_queries.get(shared.shared)
    if path is None:
        raise ContentError(f"{where}: there is no query figures/{shared.shared}.sql")
    template = Template(read_content_text(path))
    if different := sorted(set(template.get_identifiers()) ^ set(shared.words)):
        raise ContentError(f"{where}: `with:` and the placeholders of figures/{shared.shared}.sql differ in {different[0]!r}")
    return template.substitute({name: quote_literal(word) for name, word in shared.words.items()})
