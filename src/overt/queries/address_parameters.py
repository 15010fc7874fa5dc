"""Parses the parameters of an address, above all project filters. All pages and APIs with these filters use this module."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Any

from overt.index.accepted_filter_values import YEAR
from overt.index.filter_kinds import AsOfFilter, BoxFilter, FacetFilter, Filter, Values, YearFilter, YesNoFilter
from overt.index.project_filter_declarations import FACETS, FILTERS, ProjectFilter
from overt.index.search_text import MAX_QUERY_LENGTH
from overt.model.errors import ValueProblem
from overt.model.values.dates import period_bounds
from overt.queries.labels import Words

__all__ = [
    "AS_OF", "FACET_OF_PARAMETER", "MAX_EXCERPT_LENGTH", "MAX_VALUES", "BadQuery", "ProjectFilter", "QueryReader",
    "check_value_counts", "known_values",
]  # fmt: skip

MAX_VALUES = 40
"""Maximum number of values of one parameter."""
MAX_EXCERPT_LENGTH = 40
"""Maximum number of characters of an invalid value that a message quotes."""
FACET_OF_PARAMETER: Mapping[str, FacetFilter] = {
    **FACETS,
    **{declared.interface_name: declared for declared in FACETS.values() if declared.interface_name},
}
"""Facets by parameter name, including the names that the API and OGC collections use."""
AS_OF = "as_of"
"""The parameter for the state of the world on a date."""
_YEAR = re.compile(YEAR)
_DEGREES = re.compile(r"\s?[+-]?(\d{1,3}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?", re.ASCII)


class BadQuery(Exception):
    """Raised for an invalid parameter or value. The message is for the reader."""


def known_values(values: Values, words: Words, sources: Collection[str]) -> Collection[str]:
    """Return the values that a filter allows for a release.

    Empty if the values are ids, which only have to match a pattern.
    """
    if values.vocabulary:
        return words.terms[values.vocabulary]
    lists: dict[str, Collection[str]] = {"areas": words.areas, "regions": words.regions, "sources": sources}
    return lists.get(values.release, values.choices)


def _english(message: str, /, **values: object) -> str:
    return message % values


def check_value_counts(
    parameters: Mapping[str, Sequence[str]],
    many: Collection[str],
    gettext: Callable[..., str] = _english,
    *,
    empty: bool = False,
) -> None:
    """Check how many values each parameter has.

    A surplus value is an error, because ignoring it would answer a different question. Raises BadQuery for a repeated parameter
    that is not in `many` and, unless `empty` is true, for an empty value.
    """
    for name, values in parameters.items():
        excerpt = name[:MAX_EXCERPT_LENGTH]
        if not (empty or all(values)):
            raise BadQuery(gettext("%(name)s is given without a value; give one or leave it out.", name=excerpt))
        if len(values) > 1 and name not in many:
            raise BadQuery(gettext("%(name)s is given %(n)s times; give it once.", name=excerpt, n=len(values)))


@dataclass
class QueryReader:
    """Parses an address's parameters and checks them against the release.

    Raises BadQuery for the first invalid parameter.
    """

    words: Words
    sources: frozenset[str]
    parameters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    gettext: Callable[..., str] = _english
    """Translates messages into the reader's language."""

    def filter(self) -> ProjectFilter:
        """Return the filter that the parameters describe; an empty value counts as missing."""
        years = {name: self._year(name) for name, declared in FILTERS.items() if isinstance(declared, YearFilter)}
        first, last = years["year_from"], years["year_to"]
        if first is not None and last is not None and first > last:
            raise BadQuery(self.gettext("year_from (%(first)s) is after year_to (%(last)s); swap them.", first=first, last=last))
        values: dict[str, Any] = {
            declared.field_name: years[name] if name in years else self._value(declared) for name, declared in FILTERS.items()
        }
        return ProjectFilter(**values)

    def _value(self, declared: Filter) -> Any:
        match declared:
            case FacetFilter(values=values):
                chosen = [value for name in (declared.interface_name, declared.name) if name for value in self.many(name, values)]
                return tuple(dict.fromkeys(chosen))
            case YesNoFilter():
                return {"yes": True, "no": False}.get(self.choice(declared.name, ("yes", "no"), ""))
            case BoxFilter():
                return self._box(declared.name)
            case AsOfFilter():
                return self.as_of(declared.name)
        return self._words(declared.name)

    def _words(self, name: str) -> str:
        """Return the words of a filter, cut at `MAX_QUERY_LENGTH` characters.

        Raises BadQuery if there are only control characters, because they filter nothing.
        """
        text = self.text(name)
        if not text and any(unicodedata.category(character) == "Cc" for character in self.last(name)):
            raise BadQuery(self.gettext("%(name)s has only control characters; write words.", name=name))
        return text[:MAX_QUERY_LENGTH]

    def text(self, name: str) -> str:
        """Return the last value of a parameter without outer white space, and with spaces for null characters.

        Empty if the parameter is missing.
        """
        return self.last(name).replace("\0", " ").strip()

    def searched_text(self, name: str) -> str:
        """Return the result of `text`. Raises BadQuery if it has more than `MAX_QUERY_LENGTH` characters."""
        text = self.text(name)
        if len(text) > MAX_QUERY_LENGTH:
            raise BadQuery(self.gettext("%(name)s has at most %(n)s characters; shorten it.", name=name, n=MAX_QUERY_LENGTH))
        return text

    def last(self, name: str) -> str:
        """Return the last value of a parameter unchanged; empty if the parameter is missing."""
        return (self.parameters.get(name) or [""])[-1]

    def number(self, name: str, minimum: int, maximum: int, default: int) -> int:
        """Return a parameter as a whole number, or the default if it is missing.

        Raises BadQuery unless it is a whole number from `minimum` to `maximum`.
        """
        text = self.last(name)
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or len(text) > 9 or not minimum <= int(text) <= maximum:
            excerpt = text[:MAX_EXCERPT_LENGTH]
            raise BadQuery(
                self.gettext(
                    "%(name)s must be a whole number from %(least)s to %(n)s; not “%(text)s”.",
                    name=name, least=minimum, n=maximum, text=excerpt,
                )
            )  # fmt: skip
        return int(text)

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        """Return a parameter, or `default` if it is missing. Raises BadQuery if it is neither `default` nor one of `allowed`."""
        text = self.last(name) or default
        if text not in (*allowed, default):
            excerpt, words = text[:MAX_EXCERPT_LENGTH], ", ".join(allowed)
            raise BadQuery(
                self.gettext("%(name)s must be one of %(words)s; not “%(text)s”.", name=name, words=words, text=excerpt)
            )
        return text

    def many(self, name: str, values: Values) -> tuple[str, ...]:
        """Return the distinct values of a parameter, with names of countries and regions replaced by codes and ids.

        Empty values are ignored. Raises BadQuery for too many values, and for an invalid or ambiguous one.
        """
        texts = self.parameters.get(name, ())
        if len(texts) > MAX_VALUES:
            raise BadQuery(self.gettext("%(name)s may be given %(n)s times at most.", name=name, n=MAX_VALUES))
        distinct = tuple(dict.fromkeys(filter(None, texts)))
        known = known_values(values, self.words, self.sources)
        read = []
        for text in distinct:
            value = text
            if values.release == "areas" and text not in known:
                value = self._country(name, text)
            elif values.release == "regions" and text not in known:
                value = self.words.find_region(text[:MAX_QUERY_LENGTH]) or text
            if not (re.fullmatch(values.pattern, value) if values.pattern else value in known):
                excerpt, what = text[:MAX_EXCERPT_LENGTH], self.gettext(values.what)
                raise BadQuery(self.gettext("%(name)s: “%(text)s” is not %(what)s.", name=name, text=excerpt, what=what))
            read.append(value)
        return tuple(dict.fromkeys(read))

    def _country(self, name: str, text: str) -> str:
        """Return the country code for a name, or the text itself if it is not a country's name.

        Raises BadQuery if it could mean several countries.
        """
        names = self.words.country_names
        codes = names.candidates(text) if names and len(text) <= MAX_QUERY_LENGTH else ()
        if len(codes) > 1:
            choices = ", ".join(f"{code} ({self.words.area(code)})" for code in codes)
            raise BadQuery(
                self.gettext(
                    "%(name)s: “%(text)s” could mean %(choices)s; write the code.",
                    name=name, text=text[:MAX_EXCERPT_LENGTH], choices=choices,
                )
            )  # fmt: skip
        return codes[0] if codes else text

    def as_of(self, name: str = AS_OF) -> str:
        """Return the date of an as-of query; empty if it is missing.

        Raises BadQuery if the date is not a day, month or year, or if it begins after the day of the release.
        """
        text = self.last(name).strip()
        day = self.words.release_day
        try:
            is_later = bool(text) and period_bounds(text)[0] > day
        except ValueProblem:
            raise BadQuery(
                self.gettext(
                    "%(name)s must be a day, a month or a year, as in 2018-05-17, 2018-05 or 2018; not “%(text)s”.",
                    name=name, text=text[:MAX_EXCERPT_LENGTH],
                )
            ) from None  # fmt: skip
        if is_later:
            raise BadQuery(
                self.gettext(
                    "%(name)s: %(text)s is after this edition, dated %(day)s; write that day or an earlier date.",
                    name=name, text=text[:MAX_EXCERPT_LENGTH], day=day.isoformat(),
                )
            )  # fmt: skip
        return text

    def _year(self, name: str) -> int | None:
        text = self.last(name)
        if text and not _YEAR.fullmatch(text):
            excerpt = text[:MAX_EXCERPT_LENGTH]
            raise BadQuery(
                self.gettext("%(name)s must be a year of four digits, as in 2019; not “%(text)s”.", name=name, text=excerpt)
            )
        return int(text) if text else None

    def _box(self, name: str) -> tuple[float, float, float, float] | None:
        text = self.last(name)
        if not text:
            return None
        parts = text.split(",")
        known = len(parts) == 4 and all(_DEGREES.fullmatch(part) for part in parts)
        west, south, east, north = map(float, parts) if known else [nan] * 4
        if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
            excerpt = text[:MAX_EXCERPT_LENGTH]
            raise BadQuery(
                self.gettext(
                    "bbox must be west,south,east,north in degrees, as in 33.9,-4.7,41.9,5.5; not “%(text)s”.", text=excerpt
                )
            )
        return west, south, east, north
