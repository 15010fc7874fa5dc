"""Which projects a reader asks for. The home page, the map's API and downloads all read the same parameters the same way."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import nan

from overt.index.search_text import LONGEST_QUERY
from overt.queries.labels import Words

MOST_VALUES = 40
"""Values that one parameter may be given."""
MANY = ("kind", "layer", "company", "supplier", "financier", "country", "status", "source", "sources", "precision")
"""Parameters that may be given several times, in the order that addresses have them."""
LONGEST_TOLD = 40
"""Characters of what was asked that are told back."""
SOURCE_COUNTS = ("1", "2", "3")
_ID = re.compile(r"ovt-[a-z2-7]{12}")
_YEAR = re.compile(r"[12][0-9]{3}")
_DEGREES = re.compile(r"\s?[+-]?(\d{1,3}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?", re.ASCII)


class BadQuery(Exception):
    """A parameter that says nothing this release knows; the message is for the reader."""


@dataclass(frozen=True)
class ProjectFilter:
    """Values of one parameter are alternatives; different parameters must all hold."""

    kind: tuple[str, ...] = ()
    """Kinds of project; a broader one finds the narrower too."""
    layer: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    """Ids of organisations with any part in the project."""
    supplier: tuple[str, ...] = ()
    financier: tuple[str, ...] = ()
    """Ids of organisations with that part in the project."""
    country: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    year_from: int | None = None
    """First and last year: a project is found in every year that its date can mean."""
    year_to: int | None = None
    sources: tuple[str, ...] = ()
    """How many sources that do not copy one another the project has: `1`, `2`, or `3`, which means three or more."""
    precision: tuple[str, ...] = ()
    """How exactly a place of the project is known; `country` and `unlocated`: that none can be drawn."""
    located: bool | None = None
    """Whether the project has a place that can be drawn."""
    q: str = ""
    box: tuple[float, float, float, float] | None = None
    """West, south, east, north in degrees; west beyond east crosses the antimeridian."""

    def __bool__(self) -> bool:
        return self != ProjectFilter()

    def items(self) -> list[tuple[str, str]]:
        """The parameters of an address, in a fixed order."""
        pairs = [(name, value) for name in MANY for value in getattr(self, name)]
        pairs += [(name, str(year)) for name in ("year_from", "year_to") if (year := getattr(self, name)) is not None]
        if self.located is not None:
            pairs.append(("located", "yes" if self.located else "no"))
        if self.q:
            pairs.append(("q", self.q))
        if self.box:
            pairs.append(("bbox", ",".join(f"{side:g}" for side in self.box)))
        return pairs

    def without(self, name: str) -> "ProjectFilter":
        """The same filter with one parameter taken off."""
        return replace(self, **{name: getattr(ProjectFilter(), name)})


def _english(message: str, /, **values: object) -> str:
    return message % values


def check_given(
    parameters: Mapping[str, Sequence[str]],
    many: Collection[str],
    gettext: Callable[..., str] = _english,
    *,
    empty: bool = False,
) -> None:
    """Raise BadQuery for a parameter that is given several times and is not in `many`, and for one that is given without a value
    where it may not be `empty`: where an answer is data, another one than the asked one would be taken for the answer.
    """
    for name, values in parameters.items():
        if not (empty or all(values)):
            raise BadQuery(gettext("%(name)s is given without a value; give one or leave it out.", name=name[:LONGEST_TOLD]))
        if len(values) > 1 and name not in many:
            raise BadQuery(gettext("%(name)s is given %(n)s times; give it once.", name=name[:LONGEST_TOLD], n=len(values)))


def _is_id(text: str) -> bool:
    return bool(_ID.fullmatch(text))


@dataclass
class QueryReader:
    """Checks the parameters of an address against what the release knows. Raises BadQuery for the first that is wrong."""

    words: Words
    sources: frozenset[str]
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    gettext: Callable[..., str] = _english
    """Says what is wrong in the reader's language."""

    def filter(self) -> ProjectFilter:
        """The filter that the parameters ask for; empty values are as good as none."""
        terms = self.words.terms
        company = self.gettext("an organisation’s id (ovt-…)")
        first, last = self._year("year_from"), self._year("year_to")
        if first is not None and last is not None and first > last:
            raise BadQuery(
                self.gettext("year_from (%(first)s) is after year_to (%(last)s); exchange the two.", first=first, last=last)
            )
        return ProjectFilter(
            kind=self.many("kind", lambda text: text in terms["project-kinds"], self.gettext("a kind of project")),
            layer=self.many("layer", lambda text: text in terms["layers"], self.gettext("a layer")),
            company=self.many("company", _is_id, company),
            supplier=self.many("supplier", _is_id, company),
            financier=self.many("financier", _is_id, company),
            country=self.many(
                "country",
                lambda text: text in self.words.areas,
                self.gettext("a country’s code (ISO 3166-1 alpha-2, as in KE)"),
            ),
            status=self.many("status", lambda text: text in terms["statuses"], self.gettext("a status")),
            source=self.many("source", lambda text: text in self.sources, self.gettext("a source of this release")),
            sources=self.many("sources", SOURCE_COUNTS.__contains__, self.gettext("1, 2 or 3 (three or more)")),
            precision=self.many("precision", lambda text: text in terms["precision"], self.gettext("a precision")),
            year_from=first,
            year_to=last,
            located={"yes": True, "no": False}.get(self.choice("located", ("yes", "no"), "")),
            q=self.one("q")[:LONGEST_QUERY],
            box=self._box(),
        )

    def one(self, name: str) -> str:
        """The last words given for a parameter, without white space around them; empty where there are none."""
        return self.last(name).replace("\0", "").strip()

    def last(self, name: str) -> str:
        """The last value given for a parameter, as it is; empty where there is none."""
        return (self.given.get(name) or [""])[-1]

    def number(self, name: str, least: int, most: int, default: int) -> int:
        """A whole number within bounds."""
        text = self.last(name)
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or len(text) > 9 or not least <= int(text) <= most:
            excerpt = text[:LONGEST_TOLD]
            raise BadQuery(
                self.gettext(
                    "%(name)s is a whole number from %(least)s to %(n)s; “%(text)s” was asked.",
                    name=name, least=least, n=most, text=excerpt,
                )
            )  # fmt: skip
        return int(text)

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        """One of a few words, or what goes where none is given."""
        text = self.last(name) or default
        if text not in (*allowed, default):
            excerpt, words = text[:LONGEST_TOLD], ", ".join(allowed)
            raise BadQuery(
                self.gettext("%(name)s is one of %(words)s; “%(text)s” was asked.", name=name, words=words, text=excerpt)
            )
        return text

    def many(self, name: str, known: Callable[[str], bool], what: str) -> tuple[str, ...]:
        """The different values given for a parameter; `what` each must be, in words."""
        values = tuple(dict.fromkeys(filter(None, self.given.get(name, ()))))
        if len(self.given.get(name, ())) > MOST_VALUES:
            raise BadQuery(self.gettext("%(name)s may be given %(n)s times at most.", name=name, n=MOST_VALUES))
        for text in values:
            if not known(text):
                raise BadQuery(
                    self.gettext("%(name)s: “%(text)s” is not %(what)s.", name=name, text=text[:LONGEST_TOLD], what=what)
                )
        return values

    def _year(self, name: str) -> int | None:
        text = self.last(name)
        if text and not _YEAR.fullmatch(text):
            excerpt = text[:LONGEST_TOLD]
            raise BadQuery(
                self.gettext("%(name)s is a year of four digits, as in 2019; “%(text)s” was asked.", name=name, text=excerpt)
            )
        return int(text) if text else None

    def _box(self) -> tuple[float, float, float, float] | None:
        text = self.last("bbox")
        if not text:
            return None
        parts = text.split(",")
        known = len(parts) == 4 and all(_DEGREES.fullmatch(part) for part in parts)
        west, south, east, north = map(float, parts) if known else [nan] * 4
        if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
            excerpt = text[:LONGEST_TOLD]
            raise BadQuery(
                self.gettext(
                    "bbox is west,south,east,north in degrees, as in 33.9,-4.7,41.9,5.5; “%(text)s” was asked.", text=excerpt
                )
            )
        return west, south, east, north
