"""The countries that a law or agreement must name to match a question."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from overt.index.search_text import fold
from overt.queries.database import Row
from overt.site.search.agreements.agreement_subjects import has_word, is_about_bans, text_of
from overt.site.search.projects.project_scope import ProjectScope

_LAW = "law"
_STATES = {"HK": "CN", "MO": "CN"}
"""Areas, each with the state whose laws can also be about the area."""


class Parties(NamedTuple):
    """Sets of countries. An agreement matches if it names a different country for each set."""

    sets: tuple[frozenset[str], ...]

    @property
    def several(self) -> bool:
        """Whether there are several sets. If so, an agreement may match only some of them."""
        return len(self.sets) > 1

    def match(self, countries: Iterable[str]) -> bool:
        """Return whether an agreement of these countries has a different country for each set."""
        return _can_match([chosen.intersection(countries) for chosen in sorted(self.sets, key=len)])

    def match_any(self, countries: Iterable[str]) -> bool:
        """Return whether an agreement matches at least one set."""
        return any(not chosen.isdisjoint(countries) for chosen in self.sets)


def governed_areas(scope: ProjectScope, row: Row) -> list[str]:
    """Return the question's areas that a state's law names in its title or texts, such as Hong Kong in a law of China."""
    above = {area: state for area, state in _STATES.items() if area in scope.areas and state in row["countries"]}
    text = text_of(row)
    return [
        area for area in above if area not in row["countries"] and any(has_word(text, fold(name)) for name in _names(scope, area))
    ]


def _names(scope: ProjectScope, area: str) -> list[str]:
    named = scope.words.areas[area]
    return [name.partition(" (")[0] for name in (named.label, named.label_zh or "") if name]


def parties_of(scope: ProjectScope) -> Parties:
    """Return the countries of a question as sets of alternatives.

    The members of all regions are in one set, and so are the members of a group of countries. For laws and bans, all countries
    are in one set, because a law has only one country: “laws in Kenya and Uganda”.
    """
    question = scope.question
    by_place: dict[tuple[int, int] | str, set[str]] = {}
    for part in question.parts:
        if part.type in ("area", "region") or (part.type == "seat" and not is_about_bans(scope)):
            own = (part.start, part.end) if question.is_grouped(part) else part.id
            key = "regions" if part.type == "region" else own
            codes = scope.members_of(part.id) if part.id in scope.words.regions else [part.id]
            by_place.setdefault(key, set()).update(codes)
    sets: Sequence[set[str]] = [*by_place.values()]
    has_one_country = _LAW in question.agreement_kinds or is_about_bans(scope)
    if has_one_country and len(sets) > 1:
        sets = [set().union(*sets)]
    return Parties(tuple(frozenset(codes) for codes in sets))


def _can_match(sets: Sequence[frozenset[str]], used: frozenset[str] = frozenset()) -> bool:
    """Return whether a different country can be chosen from each set."""
    if not sets:
        return True
    first, *rest = sets
    return any(_can_match(rest, used | {code}) for code in first - used)
