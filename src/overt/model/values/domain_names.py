"""Domain names in one canonical form."""

import re

from overt.model.errors import ValueProblem, quote_text

MAX_DOMAIN_LENGTH = 253
"""Maximum length of a domain name without the root's dot, in characters (RFC 1035)."""
DOMAIN_PATTERN = r"(?:[a-z0-9_-]+\.)*[a-z0-9-]*[a-z][a-z0-9-]*"
"""Matches a domain name: labels of the characters that RFC 1035 prefers, and of underscores, which occur in measurements.

The last label is not a number, as it would be in an IP address. The pattern is also valid for RE2, which checks columns of
names.
"""
LONG_LABEL_PATTERN = r"[^.]{64}"
"""Matches a label that is too long for a domain name: more than 63 characters."""
_NAME, _LONG = re.compile(DOMAIN_PATTERN, re.ASCII), re.compile(LONG_LABEL_PATTERN)


def canonical_domain(text: str) -> str:
    """Return a domain name in lower-case ASCII (RFC 3490), without the root's dot: `Bücher.example.` → `xn--bcher-kva.example`.

    Raises ValueProblem for text that is not a domain name (RFC 1035, 1123).
    """
    name = text.strip()
    if not name.isascii():
        try:
            # This is IDNA 2003, because IDNA 2008 has no form for symbols such as arrows, although names with them are
            # registered and listed.
            name = name.encode("idna").decode() if len(name) <= 4 * MAX_DOMAIN_LENGTH else ""
        except UnicodeError:
            name = ""
    name = name.lower().removesuffix(".")
    if len(name) > MAX_DOMAIN_LENGTH or not _NAME.fullmatch(name) or _LONG.search(name):
        raise ValueProblem(f"{quote_text(text)} is not a domain name (write it as in example.org)")
    return name
