"""Codes of languages (BCP 47)."""

import re

from overt.model.errors import ValueProblem, quote_text

_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)


def check_language(text: str) -> str:
    """Return a string unchanged if it has the form of a BCP 47 code: `en`, `zh-Hant`. Raises ValueProblem for any other."""
    if not _CODE.fullmatch(text):
        raise ValueProblem(f"{quote_text(text)} is not the code of a language (BCP 47, as in en or zh-Hant)")
    return text
