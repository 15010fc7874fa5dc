"""Ids of records, within their source and as published by Overt, and the list to which a record belongs."""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from overt.model.errors import ValueProblem, quote_text

_PART = re.compile(r"\{([^{}]+)\}")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9._~-]+")
SOURCE_NAME = re.compile(r"[a-z][a-z0-9_]*")
EDITORIAL_SOURCE = "editorial"
"""Name of the source of the claims that editors enter in the ledger."""


def is_source_name(text: str) -> bool:
    """Return whether a source can have this name. The name of editors' own claims is reserved."""
    return SOURCE_NAME.fullmatch(text) is not None and text != EDITORIAL_SOURCE


def key_part(text: str) -> str:
    """Convert text to a part of a record's key that is safe between slashes.

    Text of only ASCII letters, digits and `.`, `_`, `~`, `-` is left unchanged. Other text is lower-cased, and its words, which
    consist of letters, their marks and digits of any script, are joined by hyphens: `China Mobile, Ltd.` → `china-mobile-ltd`.
    Raises ValueProblem for text without a letter or digit.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if _PLAIN_KEY.fullmatch(text):
        return text
    folded = unicodedata.normalize("NFKC", text.casefold())
    part = "-".join(
        "".join(
            character if character.isalnum() or unicodedata.category(character)[0] == "M" else " " for character in folded
        ).split()
    )
    if not part:
        raise ValueProblem(f"{quote_text(text)} has no letter or digit to make a record id of")
    return part


@cache
def key_parts(template: str) -> tuple[str, ...]:
    """Return the names in braces of a key template: `{project}/{role}` → `project`, `role`."""
    return tuple(_PART.findall(template))


def fill_key(template: str, parts: Mapping[str, str]) -> str:
    """Return the key of a record: the template with each name in braces replaced by the part of that name.

    Names can be any column names. Raises KeyError for a missing part.
    """
    return _PART.sub(lambda match: parts[match[1]], template)


def record_id(source: str, key: str) -> str:
    """Return a record's id, unique among all sources: `aiddata_gcdf:37016`. Raises ValueProblem for an invalid source."""
    if not SOURCE_NAME.fullmatch(source):
        raise ValueProblem(f"{source!r} is not a source's name (lower-case letters, digits, underscores)")
    return f"{source}:{key}"


def canonical_id(record: str) -> str:
    """Return the published id of a cluster: `ovt-` and 60 bits of SHA-256 in base32.

    `record`: the id of the cluster's first record, in the order of archiving.
    """
    digest = hashlib.sha256(record.encode()).digest()
    return "ovt-" + base64.b32encode(digest[:10])[:12].decode().lower()


def list_of(record: str) -> str:
    """Return the list that contains a record: its source or, for a record entered by an editor, the record itself.

    Editors often don't know what other editors entered, so their records together aren't a list without duplicates.
    """
    source = record.partition(":")[0]
    return record if source == EDITORIAL_SOURCE else source
