"""Domain names: the one form in which lists, addresses of pages and programs write them."""

import re

from overt.model.errors import ValueProblem, quote_text

MAX_DOMAIN_LENGTH = 253
"""Signs of a domain name without the dot of the root (RFC 1035)."""
DOMAIN_PATTERN = r"(?:[a-z0-9_-]+\.)*[a-z0-9-]*[a-z][a-z0-9-]*"
"""Labels of the preferred signs and of the underscore, which is measured too; the last is no number, as an IP address's is.
A pattern of RE2 as well, for whole columns of names.
"""
LONG_LABEL_PATTERN = r"[^.]{64}"
"""What stands in no domain name: a label of more than 63 signs."""
_NAME, _LONG = re.compile(DOMAIN_PATTERN, re.ASCII), re.compile(LONG_LABEL_PATTERN)


def canonical_domain(text: str) -> str:
    """A domain name in lower case and ASCII (RFC 3490), without the dot of the root: `xn--bcher-kva.example` of
    `Bücher.example.`. Raises ValueProblem for what is no domain name (RFC 1035, 1123).
    """
    name = text.strip()
    if not name.isascii():
        try:
            # Not IDNA 2008: that has no form for signs such as arrows, whose names are registered and stand on lists.
            name = name.encode("idna").decode() if len(name) <= 4 * MAX_DOMAIN_LENGTH else ""
        except UnicodeError:
            name = ""
    name = name.lower().removesuffix(".")
    if len(name) > MAX_DOMAIN_LENGTH or not _NAME.fullmatch(name) or _LONG.search(name):
        raise ValueProblem(f"{quote_text(text)} is no domain name (write it as in example.org)")
    return name
