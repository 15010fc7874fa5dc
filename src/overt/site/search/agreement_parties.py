"""The countries that a law or agreement must name to match a question."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from overt.site.search.project_scope import ProjectScope

_LAW = "law"


class Parties(NamedTuple):
    """Sets of countries. An agreement matches if it names a country of each set."""

    sets: tuple[frozenset[str], ...]

    @property
    def several(self) -> bool:
        """Whether an agreement could match only a part of the sets."""
        return len(self.sets) > 1

    def match(self, countries: Iterable[str]) -> bool:
        """Return whether an agreement between these countries matches every set.

        A country that is a set by itself matches no other set.
        """
        named, used = set(countries), set[str]()
        for chosen in sorted(self.sets, key=len):
            free = (named & chosen) - used
            if not free:
                return False
            used |= free if len(chosen) == 1 else set()
        return True

    def match_any(self, countries: Iterable[str]) -> bool:
        """Return whether an agreement matches at least one set."""
        return any(not chosen.isdisjoint(countries) for chosen in self.sets)


def parties_of(scope: ProjectScope) -> Parties:
    """Return the countries of a question as sets.

    The members of all regions, and those of a group of countries, are alternatives. For laws and bans, so are all countries,
    because each has one country: “laws in Kenya and Uganda”.
    """
    question = scope.question
    by_place: dict[tuple[int, int] | str, set[str]] = {}
    for part in question.parts:
        if part.type in ("area", "seat", "region"):
            own = (part.start, part.end) if question.is_grouped(part) else part.id
            key = "regions" if part.type == "region" else own
            codes = scope.members_of(part.id) if part.id in scope.words.regions else [part.id]
            by_place.setdefault(key, set()).update(codes)
    sets: Sequence[set[str]] = [*by_place.values()]
    has_one_country = _LAW in question.agreement_kinds or ("blocked" in scope.intents and scope.organizations)
    if has_one_country and len(sets) > 1:
        sets = [set().union(*sets)]
    return Parties(tuple(frozenset(codes) for codes in sets))
