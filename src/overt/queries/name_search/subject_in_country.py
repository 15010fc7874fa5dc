"""Queries for something in a country: `huawei kenya`, `safe city in pakistan`, `kenya shutdown`, `肯尼亚 华为` (Kenya Huawei)."""

from typing import TYPE_CHECKING, NamedTuple

from overt.queries.database import Reader
from overt.queries.name_search import name_lookup
from overt.queries.name_search.name_fit import Fit
from overt.queries.name_search.name_lookup import Entry

if TYPE_CHECKING:
    from overt.queries.address_parameters import ProjectFilter

_MAX_WORDS = 8
_BETWEEN = ("in", "at", "在")
"""Words that can connect the subject to the country."""
SECTIONS = {"topic": "agreements", "programme-kind": "programmes", "restriction-kind": "restrictions"}
"""For types of subjects that can't filter projects: the last part of the address of the page that shows them for a country."""


class CountryMatch(NamedTuple):
    """A subject and a country, with the filter for their projects or the section of the country that shows the subject."""

    subject: Entry
    """An organisation, a kind of project, a layer, or an entry of a type in `SECTIONS`."""
    country: Entry
    filter: "ProjectFilter | None"
    """The filter for the projects; None if a section shows the subject."""
    projects: int
    section: str = ""
    """The last part of the page's address; empty for projects."""


def match_in_country(reader: Reader, typed: str) -> CountryMatch | None:
    """Return the subject and country that a query names, even if no project matches both; None for other queries.

    The query has at most `_MAX_WORDS` words, and begins or ends with a country's full name. The rest must be the subject's name,
    sound like it, or be a part of it that begins at a word. Subjects are organisations, layers, topics of laws, and kinds of
    projects, programmes and restrictions. A word such as “in” may follow the subject.
    """
    words = typed.split()
    if not 2 <= len(words) <= _MAX_WORDS:
        return None
    for cut in range(1, len(words)):
        for subject, where in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            country = _country(reader, where)
            if country is not None and (match := _match(reader, " ".join(_without_joining_word(subject)), country)):
                return match
    return None


def _without_joining_word(words: list[str]) -> list[str]:
    return words[:-1] if len(words) > 1 and words[-1].casefold() in _BETWEEN else words


def _country(reader: Reader, words: list[str]) -> Entry | None:
    matches = name_lookup.full_name_matches(reader, " ".join(words))
    return next((match.entry for match in matches if match.entry.type == "country" and match.fit is Fit.EQUALS), None)


def _match(reader: Reader, subject: str, country: Entry) -> CountryMatch | None:
    from overt.queries.projects import totals  # Imports NumPy, which commands that only look for names don't need.

    for match in name_lookup.first(reader, subject, 1):
        if match.fit > Fit.CONTAINS:
            continue
        if project_filter := _filter(match.entry, country.id):
            return CountryMatch(match.entry, country, project_filter, totals(reader, project_filter).projects)
        if section := SECTIONS.get(match.entry.type):
            return CountryMatch(match.entry, country, None, 0, section)
    return None


def _filter(subject: Entry, country: str) -> "ProjectFilter | None":
    from overt.queries.address_parameters import ProjectFilter

    ids, where = (subject.id,), (country,)
    if subject.type == "organization":
        return ProjectFilter(company=ids, country=where)
    if subject.type == "kind":
        return ProjectFilter(kind=ids, country=where)
    return ProjectFilter(layer=ids, country=where) if subject.type == "layer" else None
