"""Searches for an organisation or a kind of project in a country: `huawei kenya`, `safe city in pakistan`, `肯尼亚 华为`."""

from typing import NamedTuple

from overt.queries.database import Reader
from overt.queries.filters import ProjectFilter
from overt.queries.name_search import search
from overt.queries.name_search.name_fit import Fit
from overt.queries.name_search.search import Entry
from overt.queries.projects import totals

_MOST_WORDS = 8
_BETWEEN = ("in", "at", "在")
"""Words between the organisation or kind and the country."""


class Pair(NamedTuple):
    """The projects of an organisation, a kind or a layer in a country."""

    what: Entry
    """An organisation, a kind of project or a layer."""
    where: Entry
    """The country."""
    filter: ProjectFilter
    projects: int


def pair(reader: Reader, typed: str) -> Pair | None:
    """Return the organisation, kind or layer and the country that a query names; None if it does not name both.

    One part of the query must be a full name of a country; the rest must be contained in, or begin, a name of the other. A result
    without projects is an answer, too.
    """
    words = typed.split()
    if not 2 <= len(words) <= _MOST_WORDS:
        return None
    for cut in range(1, len(words)):
        for what, where in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            country = _country(reader, where)
            if country is not None and (match := _in(reader, " ".join(_bare(what)), country)):
                return match
    return None


def _bare(what: list[str]) -> list[str]:
    return what[:-1] if len(what) > 1 and what[-1].casefold() in _BETWEEN else what


def _country(reader: Reader, words: list[str]) -> Entry | None:
    matches = search.full_name_matches(reader, " ".join(words))
    return next((match.entry for match in matches if match.entry.type == "country" and match.fit is Fit.WHOLE), None)


def _in(reader: Reader, what: str, country: Entry) -> Pair | None:
    for match in search.first(reader, what, 1):
        project_filter = _filter(match.entry, country.id)
        if project_filter and match.fit <= Fit.CONTAINS:
            return Pair(match.entry, country, project_filter, totals(reader, project_filter).projects)
    return None


def _filter(what: Entry, country: str) -> ProjectFilter | None:
    ids, where = (what.id,), (country,)
    if what.type == "organization":
        return ProjectFilter(company=ids, country=where)
    if what.type == "kind":
        return ProjectFilter(kind=ids, country=where)
    return ProjectFilter(layer=ids, country=where) if what.type == "layer" else None
