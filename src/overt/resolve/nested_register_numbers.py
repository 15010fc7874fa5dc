"""Register numbers that contain other register numbers: a SIRET begins with a SIREN (`names/nested_register_numbers.yml`)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from overt.model.errors import ContentError
from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.resolve.equal_names_and_identifiers import MatchingClaim

_PATH = "names/nested_register_numbers.yml"
_SEPARATORS = re.compile(r"[\s./\\()·–—-]+")


class _Number(Content):
    schemes: list[str]
    base: str
    digits: tuple[int, int]
    prefix: str = ""


class RegisterNumberFile(Content):
    """`names/nested_register_numbers.yml`."""

    title: str
    description: str
    source: str
    numbers: list[_Number]


@cache
def _numbers() -> dict[str, list[_Number]]:
    file = packaged_model(RegisterNumberFile, _PATH)
    by_scheme: dict[str, list[_Number]] = defaultdict(list)
    for number in file.numbers:
        if not 0 <= number.digits[0] < number.digits[1]:
            raise ContentError(f"{_PATH}: {number.base}: digits are two places, the first before the second")
        for scheme in number.schemes:
            by_scheme[scheme].append(number)
    return by_scheme


def plain_identifier(identifier: str) -> str:
    """Return an identifier with its number in capitals, without spaces and punctuation: cl-rut:605130003 for 60.513.000-3."""
    scheme, _, number = identifier.partition(":")
    return f"{scheme.lower()}:{_SEPARATORS.sub('', number).upper()}"


def contained_identifiers(identifier: str) -> Iterator[str]:
    """Yield the identifiers of other registers that a number contains: fr-siren:440305282 for fr-siret:44030528200069."""
    scheme, _, number = plain_identifier(identifier).partition(":")
    for known in _numbers().get(scheme, ()):
        # A number may lack the country's letters if its scheme has them: it-vat:01234567890, but eu-vat:IT01234567890.
        if number.startswith(known.prefix) or scheme.startswith(f"{known.prefix[:2].lower()}-"):
            digits = number.removeprefix(known.prefix)
            first, last = known.digits
            if len(digits) >= last:
                yield f"{known.base}:{digits[first:last]}"


def with_contained_identifiers(claims: Iterable[MatchingClaim]) -> list[MatchingClaim]:
    """Return claims, with further ones for the plain form of each organisation's identifier and for the identifiers in it."""
    claims = list(claims)
    further = {
        (record, record_type, property_, derived)
        for record, record_type, property_, value in claims
        if record_type == "organization" and property_ == "identifier"
        for derived in (plain_identifier(value), *contained_identifiers(value))
    }
    return sorted({*claims, *further}) if further.difference(claims) else claims
