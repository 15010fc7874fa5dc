"""Text, names, addresses and identifiers."""

import re
import unicodedata
from urllib.parse import urlsplit, urlunsplit

from overt.model.errors import ValueProblem, quote_text

MAX_TEXT_LENGTH = 20_000
"""Longest text value, in characters; a longer one is a file put in a cell."""
_SPACE = re.compile(r"\s+")
_IDENTIFIER = re.compile(r"([a-z][a-z0-9-]*):(\S(?:.*\S)?)")
_JOINERS = "\u200c\u200d"
_NO_CHARACTER = re.compile(f"[\ufdd0-\ufdef{''.join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))}]")


def clean_text(text: str) -> str:
    """NFC, runs of white space as one space, no control or invisible formatting signs but the joiners that scripts need.

    Code points that this Python's Unicode does not know yet are kept: a newer one would keep them too.
    """
    if not text.isascii() or not text.isprintable():
        text = _NO_CHARACTER.sub("", _SPACE.sub(" ", text))
        text = "".join(sign for sign in text if sign in _JOINERS or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co"))
        text = unicodedata.normalize("NFC", text)
    return _SPACE.sub(" ", text).strip(f" {_JOINERS}")


def canonical_text(text: str) -> str:
    """Cleaned text. Raises ValueProblem when nothing is left or it is longer than `LONGEST`."""
    if len(text) > 4 * MAX_TEXT_LENGTH:
        raise ValueProblem(f"a text of {len(text):,} characters is too long (at most {MAX_TEXT_LENGTH:,})")
    cleaned = clean_text(text)
    if not cleaned:
        raise ValueProblem("the text is empty")
    if len(cleaned) > MAX_TEXT_LENGTH:
        raise ValueProblem(f"a text of {len(cleaned):,} characters is too long (at most {MAX_TEXT_LENGTH:,})")
    return cleaned


def canonical_url(text: str) -> str:
    """An http or https address without a password in it; the scheme and host in lower case. Raises ValueProblem."""
    cleaned = canonical_text(text)
    try:
        parts = urlsplit(cleaned)
        port = parts.port
    except ValueError:
        raise ValueProblem(f"{quote_text(cleaned)} is not a web address") from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username or " " in cleaned:
        raise ValueProblem(f"{quote_text(cleaned)} is not a web address (http or https)")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    host = host if port is None else f"{host}:{port}"
    return urlunsplit((parts.scheme.lower(), host, parts.path, parts.query, parts.fragment))


def canonical_identifier(text: str) -> str:
    """`scheme:value`, the scheme in lower case: `lei:5299…`, `wikidata:Q160120`. Raises ValueProblem."""
    match = _IDENTIFIER.fullmatch(clean_text(text))
    if not match:
        raise ValueProblem(f"{quote_text(text)} is not an identifier (write scheme:value, as in wikidata:Q160120)")
    return f"{match[1]}:{match[2]}"


def canonical_boolean(text: str) -> str:
    """`true` or `false`. Raises ValueProblem for any other word: how a source writes yes is its lookup's business."""
    if text not in ("true", "false"):
        raise ValueProblem(f"{quote_text(text)} is neither true nor false")
    return text
