"""Decide whether one ministry or authority was renamed or enlarged to become another (`names/portfolios.yml`).

A government has one ministry for a field at a time, and one regulator of communications. When the field of such a body
changes, so does its name: the Communications and Information Technology Commission became the Communications, Space and
Technology Commission.
"""

from functools import cache

from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.resolve.names.institution_name_meanings import TranslatedName
from overt.resolve.names.translated_name_comparison import AUTHORITIES

_MINISTRY, REGULATION = "ministry", "regulation"
_INFORMATION, _DIGITAL = "information", "digital"
_MIN_SHARED = 2
"""Minimum number of fields that two names share. One field often belongs to several bodies: FCC, NTIA."""


class PortfolioFile(Content):
    """`names/portfolios.yml`."""

    title: str
    description: str
    fields: dict[str, list[str]]
    added: list[str]
    ignored: list[str]
    levels: list[str]


@cache
def _portfolios() -> PortfolioFile:
    return packaged_model(PortfolioFile, "names/portfolios.yml")


@cache
def _field_of() -> dict[str, str]:
    return {meaning: field for field, meanings in _portfolios().fields.items() for meaning in meanings}


def share_portfolio(left: TranslatedName, right: TranslatedName) -> bool:
    """Return whether two ministries, or two authorities, share at least two fields, and one has all fields of the other.

    The additional fields must be fields that such bodies take over (`added`). A name doesn't count if it has an unknown word,
    which may be the name of a province, or if it contains a level of government.
    """
    if left.unknown or right.unknown or _kind(left) != _kind(right) or not _kind(left):
        return False
    first, second = _fields(left), _fields(right)
    small, large = sorted((first, second), key=len)
    if small - large or len(small) < _MIN_SHARED or _names_level(left) or _names_level(right):
        return False
    return large - small <= {*_portfolios().added}


def _kind(name: TranslatedName) -> str:
    """Return `ministry` or `authority`; empty for other bodies."""
    if name.bodies.keys() == {_MINISTRY}:
        return _MINISTRY
    is_authority = bool(name.bodies) and name.bodies.keys() <= AUTHORITIES
    return "authority" if is_authority or (not name.bodies and REGULATION in name.words) else ""


def _fields(name: TranslatedName) -> set[str]:
    """Return the fields of a name. A meaning that is in no listed field is a field of its own.

    “Information” alone means the press. Beside a word of the field `digital`, as in “information technology”, it is left out.
    """
    fields = {_field_of().get(meaning, meaning) for meaning in name.words if meaning not in _portfolios().ignored}
    return fields - {_INFORMATION} if _DIGITAL in fields else fields


def _names_level(name: TranslatedName) -> bool:
    return not name.meanings.isdisjoint(_portfolios().levels)
