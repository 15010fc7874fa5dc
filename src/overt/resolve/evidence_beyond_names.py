"""Evidence that two organisations are the same, other than similar names: identifiers, websites and seats.

No score joins two organisations without such evidence (docs/decisions/0070).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from rapidfuzz.distance import OSA

from overt.resolve.equal_names_and_identifiers import STATE_BODY, WEBSITE, WORKPLACE
from overt.resolve.names import NameKeys
from overt.resolve.names.lexicon import lexicon

_LONG_NAME = 20
"""Minimum number of characters in a long name. Two long names that differ by one letter rarely mean two organisations."""
Values = Mapping[str, Sequence[str]]
"""Property → values of an organisation."""


def evidence_beyond_names(left: Values, right: Values, *, similar: bool) -> str | None:
    """Return evidence that two organisations share: `identifier`, `website` or `country`; None if there is none.

    A state body without a stated seat counts as being in the country of its projects, if all are in one. `similar`: whether the
    brands are only similar, not equal. Many brands within a country are similar (CAICT and SAICT), so a shared country is then
    evidence only if two long names differ by at most one misspelled letter.
    """
    for property_ in ("identifier", WEBSITE):
        if set(left.get(property_, ())) & set(right.get(property_, ())):
            return property_
    if not seats(left) & seats(right):
        return None
    return "country" if not similar or _differ_by_one_slip(_names(left), _names(right)) else None


@cache
def name_keys() -> NameKeys:
    """Return the shared instance of NameKeys, which is created on the first call."""
    return NameKeys()


def seats(values: Values) -> set[str]:
    """Return the countries of an organisation. A state body without a country gets that of its projects, if all are in one."""
    countries = set(values.get("country", ()))
    workplaces = set(values.get(WORKPLACE, ()))
    if countries or len(workplaces) != 1:
        return countries
    is_state_body = bool(values.get(STATE_BODY)) or any(map(lexicon().names_state_body, _names(values)))
    return workplaces if is_state_body else set()


def _names(values: Values) -> list[str]:
    """Return the keys of the names and aliases (`NameKeys.key`)."""
    return [key for property_ in ("name", "alias") for name in values.get(property_, ()) if (key := name_keys().key(name))]


def _differ_by_one_slip(left: Iterable[str], right: Sequence[str]) -> bool:
    return any(
        min(len(first), len(second)) >= _LONG_NAME and OSA.distance(first, second, score_cutoff=1) <= 1
        for first in left
        for second in right
    )
