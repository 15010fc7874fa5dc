"""Types for ids, labels and addresses in content files. Ids appear in file names, so only some characters are allowed."""

import re
from typing import Annotated

from pydantic import AfterValidator

from overt.model.errors import ValueProblem, quote_text
from overt.model.values.canonical_texts_urls_and_identifiers import canonical_text, canonical_url

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_THREE_LETTERS = re.compile(r"[A-Z]{3}")
_AREA_CODE = re.compile(r"[A-Z]{2}|X-[A-Z]+(?:-[A-Z]+)*")


def _check_slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise ValueError(
            f"{quote_text(text)} cannot be an id; write lower-case letters a–z, digits, and hyphens between them: smart-city"
        )
    return text


def _check_area_code(text: str) -> str:
    if not _AREA_CODE.fullmatch(text):
        raise ValueError(
            f"{quote_text(text)} cannot be the code of an area; write ISO 3166-1 alpha-2, or X- and capitals A–Z: X-ZANZIBAR"
        )
    return text


def _check_three_letters(text: str) -> str:
    if not _THREE_LETTERS.fullmatch(text):
        raise ValueError(f"{quote_text(text)} is not an alpha-3 code; write three capitals A–Z: KEN")
    return text


def _check_label(text: str) -> str:
    try:
        cleaned = canonical_text(text)
    except ValueProblem as problem:
        raise ValueError(str(problem)) from None
    if cleaned != text:
        raise ValueError(f"{quote_text(text)} has characters or spaces that can't be in a label; write {quote_text(cleaned)}")
    return text


def _check_web_address(text: str) -> str:
    try:
        return canonical_url(text)
    except ValueProblem as problem:
        raise ValueError(str(problem)) from None


Slug = Annotated[str, AfterValidator(_check_slug)]
"""The id of a term or a region: `smart-city`."""
AreaCode = Annotated[str, AfterValidator(_check_area_code)]
"""The code of an area: ISO 3166-1 alpha-2, or one that begins with `X-`."""
CodeOfThreeLetters = Annotated[str, AfterValidator(_check_three_letters)]
"""An alpha-3 code, as in ISO 3166-1."""
Label = Annotated[str, AfterValidator(_check_label)]
"""A label: not empty, without control characters, and without spaces at its ends."""
WebAddress = Annotated[str, AfterValidator(_check_web_address)]
"""An http or https address without a user name."""
