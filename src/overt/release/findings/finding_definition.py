"""Definitions of findings: `findings/<name>/finding.yml`, with `values.sql` for values that are not figures, and `chart.sql`.

Both queries can read the rows of `rows.sql`, if there is one, as a table named `base`.
"""

import re
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Literal, NamedTuple

from overt.model.content_catalogue import Catalogue
from overt.model.engines.read_only_sql_check import check_query
from overt.model.errors import ContentError, ValueProblem
from overt.model.files.content_file_reading import has_file, read_content_text
from overt.model.yaml_reading_and_validation import Content, parse, read_mapping

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
"""Matches a value in a sentence: `{countries}`."""
_FIGURE = re.compile(r"figure ([a-z0-9-]+)(?: variant ([a-z0-9-]+))?")
_COMMENTS = re.compile(r"^(--.*\n)+")
SENTENCES = ("headline", "text", "caveat", "would_change")
"""Keys of finding.yml that contain sentences; each also exists with `_zh`."""


class FindingChart(Content):
    """The chart of a finding. `share` and `squares` show one value within another; other charts show the rows of chart.sql.

    The columns of chart.sql depend on the kind of chart:

    - `bars`: `label` and `value`; optionally `label_zh`, `record` (an organisation) and `countries` (a number beside the value)
    - `columns`: `year` and `value`; with a `part_title`, also `part`, the part of the value that the finding is about
    - `map`: `country`; optionally `value`
    - `days`: `label`, `value`, and `days`, which is what the longest bar stands for
    """

    kind: Literal["squares", "share", "bars", "columns", "map", "days"]
    title: str
    title_zh: str
    layer: str = "surveillance"
    """The layer whose colour the chart uses."""
    part: str | None = None
    """The value that `share` and `squares` highlight."""
    within: str | None = None
    """The value that contains `part`."""
    unit: str | None = None
    """The unit of the values of a chart of the kind `columns`, if they are amounts of money."""
    value_title: str | None = None
    """For `bars` with `countries`: the heading above the values, which says what they count, such as `Systems`."""
    value_title_zh: str | None = None
    part_title: str | None = None
    """What the column `part` of chart.sql counts, for `columns` in two shades. `rest_title` names the rest of each value."""
    part_title_zh: str | None = None
    rest_title: str | None = None
    rest_title_zh: str | None = None


class FigureValue(NamedTuple):
    """A reference to the value of a figure, or of one of its variants."""

    figure: str
    variant: str | None


class Finding(Content):
    """A sentence with computed numbers, and the rule under which it holds."""

    name: str
    rank: int
    """Position among all findings, lowest first."""
    about: Literal["world", "evidence"] = "world"
    """`world` if the finding is about what the records say, `evidence` if it is about the quality of their evidence."""
    question: str
    """The question that the finding answers. It asserts nothing, because it is the page's title in editions that don't support
    the finding.
    """
    question_zh: str
    headline: str
    headline_zh: str
    text: str
    text_zh: str
    caveat: str
    caveat_zh: str
    would_change: str
    """What would change or refute the finding."""
    would_change_zh: str
    values: dict[str, str] = {}
    """Values from figures, by name: `figure NAME` or `figure NAME variant NAME`. The columns of values.sql are values, too."""
    written_as: dict[str, str] = {}
    """How sentences format a value that is not a plain number: `money UNIT`, `share`, `year`, `date`, `areas`,
    `terms VOCABULARY` or `names`.
    """
    holds_when: str
    """SQL over the values. A finding is withdrawn if its rule is not true."""
    requires: list[str] = []
    """Sources without which the finding isn't computed."""
    chart: FindingChart
    check: str
    """Path of the page where a reader can check the finding."""
    sql: str = ""
    """Query that returns one row of values; empty if there is no values.sql."""
    chart_sql: str = ""
    """Query that returns the rows of the chart; empty if there is no chart.sql."""

    @property
    def figure_values(self) -> dict[str, FigureValue]:
        """The values that are taken from figures, by name."""
        matches = {name: _FIGURE.fullmatch(text) for name, text in self.values.items()}
        return {name: FigureValue(match[1], match[2]) for name, match in matches.items() if match}

    @property
    def placeholders(self) -> set[str]:
        """The names of the values in all sentences."""
        sentences = [getattr(self, f"{sentence}{ending}") for sentence in SENTENCES for ending in ("", "_zh")]
        return {name for sentence in sentences for name in PLACEHOLDER.findall(sentence)}


def load_findings(content: Catalogue) -> list[Finding]:
    """Return all findings, sorted by name. Raises ContentError if a definition is invalid."""
    return [_load_finding(name, folder) for name, folder in content.finding_folders.items()]


def _load_finding(name: str, folder: Traversable) -> Finding:
    where = f"findings/{name}/finding.yml"
    queries = dict(_queries(folder))
    finding = parse(Finding, {"name": name, **read_mapping(folder / "finding.yml"), **queries}, where)
    for value, text in finding.values.items():
        if value not in finding.figure_values:
            raise ContentError(f"{where}: values: {value}: {text!r} is not `figure NAME` or `figure NAME variant NAME`")
    if not finding.check.startswith("/"):
        raise ContentError(f"{where}: check: {finding.check!r} is not an address of this site; begin it with /")
    chart = finding.chart
    marks = chart.kind in ("share", "squares")
    if marks != bool(chart.part and chart.within):
        raise ContentError(f"{where}: chart: the kinds share and squares need `part` and `within`; other kinds have neither")
    titles = (chart.part_title, chart.part_title_zh, chart.rest_title, chart.rest_title_zh)
    if any(titles) and (chart.kind != "columns" or not all(titles)):
        raise ContentError(f"{where}: chart: only the kind columns has `part_title` and `rest_title`, both also with `_zh`")
    if marks == bool(finding.chart_sql):
        raise ContentError(f"{where}: chart: the kinds share and squares have no chart.sql; other kinds need it")
    for file, query in (("values.sql", finding.sql), ("chart.sql", finding.chart_sql)):
        if not query:
            continue
        try:
            check_query(query)
        except ValueProblem as problem:
            raise ContentError(f"findings/{name}/{file}: {problem}") from None
    return finding


def _queries(folder: Traversable) -> Iterator[tuple[str, str]]:
    base = _read_query(folder, "rows.sql")
    for key, name in (("sql", "values.sql"), ("chart_sql", "chart.sql")):
        if query := _read_query(folder, name):
            yield key, _with_base(query, base) if base else query


def _read_query(folder: Traversable, name: str) -> str:
    return read_content_text(folder / name).strip().rstrip(";") if has_file(folder, name) else ""


def _with_base(query: str, base: str) -> str:
    """Return a query that can read the rows of the query `base` as a table of that name."""
    query = _COMMENTS.sub("", query)
    if query.startswith("WITH "):
        return f"WITH base AS (\n{base}\n),\n{query.removeprefix('WITH ')}"
    return f"WITH base AS (\n{base}\n)\n{query}"
