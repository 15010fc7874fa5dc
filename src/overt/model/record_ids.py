"""Ids of records: as their source names them, and as Overt publishes them."""

import base64
import hashlib
import re
import unicodedata

from overt.model.errors import ValueProblem, quote_text

_PLAIN = re.compile(r"[A-Za-z0-9._~-]+")
SOURCE_NAME = re.compile(r"[a-z][a-z0-9_]*")


def key_part(text: str) -> str:
    """One part of a record's key, fit to stand between slashes.

    Plain ids stay as they are; anything else is lower-cased and every run of other signs than letters, their marks and
    digits (of any script) becomes one hyphen: `China Mobile, Ltd.` → `china-mobile-ltd`. Raises ValueProblem when nothing is
    left.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if _PLAIN.fullmatch(text):
        return text
    folded = unicodedata.normalize("NFKC", text.casefold())
    part = "-".join("".join(sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else " " for sign in folded).split())
    if not part:
        raise ValueProblem(f"{quote_text(text)} has no letter or digit to make a record id of")
    return part


def record_id(source: str, key: str) -> str:
    """The id of a record within everything that Overt reads: `aiddata_gcdf:37016`."""
    if not SOURCE_NAME.fullmatch(source):
        raise ValueProblem(f"{source!r} is not a source's name (lower-case letters, digits, underscores)")
    return f"{source}:{key}"


def canonical_id(record: str) -> str:
    """The published id that a record bears when it is its cluster's anchor: `ovt-` and 60 bits of SHA-256 in base32."""
    digest = hashlib.sha256(record.encode()).digest()
    return "ovt-" + base64.b32encode(digest[:10])[:12].decode().lower()
