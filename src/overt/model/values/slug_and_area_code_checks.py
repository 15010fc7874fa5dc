"""Types for ids in content files. The ids appear in addresses and file names, so only some characters are allowed."""

import re
from typing import Annotated

from pydantic import AfterValidator

from overt.model.errors import quote_text

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
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


Slug = Annotated[str, AfterValidator(_check_slug)]
"""The id of a term or a region: `smart-city`."""
AreaCode = Annotated[str, AfterValidator(_check_area_code)]
"""The code of an area: ISO 3166-1 alpha-2, or one that begins with `X-`."""
