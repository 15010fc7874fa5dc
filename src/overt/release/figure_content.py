"""A figure's definition: `figures/<name>/figure.yml` and `query.sql`."""

from importlib.resources.abc import Traversable
from typing import Literal

from overt.model.content import Catalogue
from overt.model.errors import ContentError
from overt.model.yaml import Content, parse, read_mapping


class Variant(Content):
    """The same rows under another rule: a filter over the columns of the query."""

    name: str
    title: str
    where: str
    requires: list[str] = []
    """Sources that this variant needs beside those of the figure."""


class Comparator(Content):
    """What others reported: a measure of the register `reported_figures`."""

    measure: str
    note: str | None = None
    why: str | None = None
    """Why ours differs, only where it is computed or sourced."""


class Figure(Content):
    """A number that Overt publishes."""

    name: str
    title: str
    title_zh: str
    question: str
    unit: str
    """What the number is of: countries, cable systems, projects, USD@2021 …"""
    counting_unit: str
    measure: Literal["count", "sum"] = "count"
    counts_in: str
    counts_out: str
    caveat: str | None = None
    requires: list[str] = []
    any_of: list[str] = []
    """Sources of which one at least must be loaded."""
    where: str = "true"
    groups: list[str] = []
    variants: list[Variant] = []
    comparators: list[Comparator] = []
    headline: bool = False
    """Whether the home page and the README show it."""
    query: str


def load_figures(content: Catalogue) -> list[Figure]:
    """All figures, by name. Raises ContentError for a broken one."""
    return [_load(name, folder) for name, folder in content.figure_folders.items()]


def _load(name: str, folder: Traversable) -> Figure:
    query = folder / "query.sql"
    if not query.is_file():
        raise ContentError(f"figures/{name}: query.sql is missing")
    data = {"name": name, "query": query.read_text(encoding="utf-8").strip(), **read_mapping(folder / "figure.yml")}
    return parse(Figure, data, f"figures/{name}/figure.yml")
