"""Canonical forms of text, web addresses, identifiers and booleans."""

import re
import unicodedata
from urllib.parse import urlsplit, urlunsplit

from overt.model.errors import ValueProblem, quote_text

MAX_TEXT_LENGTH = 20_000
"""Maximum length of a text value, in characters. Longer text is probably a file pasted into a cell."""
_SPACE = re.compile(r"\s+")
_IDENTIFIER = re.compile(r"([a-z][a-z0-9-]*):(\S(?:.*\S)?)")
_JOINERS = "\u200c\u200d"
_NO_CHARACTER = re.compile(f"[\ufdd0-\ufdef{''.join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))}]")


def clean_text(text: str) -> str:
    """Return text in NFC, with single spaces and without control and formatting characters, except joiners inside the text.

    Surrogates, private-use characters and noncharacters are removed, too. Code points that are unknown to this Python's Unicode
    version are kept, because a newer version would keep most of them, too.
    """
    if not text.isascii() or not text.isprintable():
        text = _NO_CHARACTER.sub("", _SPACE.sub(" ", text))
        text = "".join(
            character
            for character in text
            if character in _JOINERS or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
        )
        text = unicodedata.normalize("NFC", text)
    return _SPACE.sub(" ", text).strip(f" {_JOINERS}")


def canonical_text(text: str) -> str:
    """Return cleaned text (`clean_text`). Raises ValueProblem if it is empty or longer than `MAX_TEXT_LENGTH`.

    Text that is more than four times as long before it is cleaned is refused, too.
    """
    if len(text) > 4 * MAX_TEXT_LENGTH:
        raise ValueProblem(f"a text of {len(text):,} characters is too long (at most {MAX_TEXT_LENGTH:,})")
    cleaned = clean_text(text)
    if not cleaned:
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise ValueProblem("the text is not in UTF-8")
        raise ValueProblem("the text is empty")
    if len(cleaned) > MAX_TEXT_LENGTH:
        raise ValueProblem(f"a text of {len(cleaned):,} characters is too long (at most {MAX_TEXT_LENGTH:,})")
    return cleaned


def canonical_url(text: str) -> str:
    """Return an http or https address with its scheme and host in lower case.

    Raises ValueProblem for other text, and for an address with a user name.
    """
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
    """Return cleaned text if it is an identifier `scheme:value`, as in `wikidata:Q160120`. Raises ValueProblem otherwise.

    The scheme must be in lower case.
    """
    match = _IDENTIFIER.fullmatch(clean_text(text))
    if not match:
        raise ValueProblem(f"{quote_text(text)} is not an identifier (write scheme:value, as in wikidata:Q160120)")
    return f"{match[1]}:{match[2]}"


def canonical_boolean(text: str) -> str:
    """Return `true` or `false`. Raises ValueProblem for any other word. A source can translate its own words in a lookup."""
    if text not in ("true", "false"):
        raise ValueProblem(f"{quote_text(text)} is neither true nor false")
    return text
