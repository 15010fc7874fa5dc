"""Names, descriptions and other values of projects to compare."""

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

import duckdb

from overt.resolve.names import fold
from overt.resolve.sql_queries import fill_query

MAX_DESCRIPTION = 300
"""Maximum length, in characters, of a description to use. Longer descriptions are often about other projects, too."""


class ProjectTexts(NamedTuple):
    """Names and other values to compare: project → values."""

    titles: Mapping[str, Iterable[str]]
    descriptions: Mapping[str, Iterable[str]]
    """Descriptions of at most MAX_DESCRIPTION characters."""
    customers: Mapping[str, Iterable[str]]
    suppliers: Mapping[str, Iterable[str]]
    places: Mapping[str, Set[str]]
    """Names of places, including Latin equivalents of names in other scripts."""
    countries: Mapping[str, Set[str]]
    boundless: Set[str]
    parties: Mapping[str, Set[str]]
    """Words of the names of participants."""


def read_project_texts(connection: duckdb.DuckDBPyConnection, titles: Mapping[str, Iterable[str]]) -> ProjectTexts:
    """Read the names and other values of projects from their tables. `titles`: project → its names."""

    def values(query: str, **bounds: str) -> dict[str, set[str]]:
        rows = connection.execute(fill_query(f"project_claims.{query}", **bounds)).fetchall()
        return {project: set(of) for project, of in rows}

    boundless = values("boundless_projects")
    return ProjectTexts(
        titles,
        values("short_descriptions", most=str(MAX_DESCRIPTION)),
        values("names_in_role", role="customer"),
        values("names_in_role", role="supplier"),
        values("place_names"),
        values("country_codes"),
        frozenset(boundless),
        values("party_words"),
    )


class DescribedWords:
    """The folded words of projects' short descriptions. They are cached by project."""

    def __init__(self, texts: ProjectTexts) -> None:
        self._texts = texts
        self._of: dict[str, frozenset[str]] = {}

    def words(self, project: str) -> frozenset[str]:
        """Return the words of a project's short descriptions; empty if it has none."""
        if project not in self._of:
            texts = self._texts.descriptions.get(project, ())
            self._of[project] = frozenset(word for text in texts for word in fold(text).split())
        return self._of[project]
