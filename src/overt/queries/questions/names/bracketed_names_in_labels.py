"""The names in a label, such as both names in “X (Twitter)”, and whether a name is long enough to be read in any question."""

import re

from overt.index.search_text import IS_HAN

_PARENTHESES = re.compile("[()（）]")
_MIN_LENGTH = 3
"""Minimum number of Latin letters in a service’s name that is always read: `X` and `VK` are too common as words."""


def is_long_name(name: str) -> bool:
    """Return whether a name has Chinese characters or at least `_MIN_LENGTH` letters."""
    return len(name) >= _MIN_LENGTH or IS_HAN.search(name) is not None


def without_brackets(label: str) -> str:
    """Return the part of a label before its first bracket."""
    return _PARENTHESES.split(label)[0]


def names_in_label(label: str) -> list[str]:
    """Return a label and, if it has the form `X (Twitter)`, both names in it."""
    return list(dict.fromkeys(name for part in (label, *_PARENTHESES.split(label)) if (name := part.strip())))
