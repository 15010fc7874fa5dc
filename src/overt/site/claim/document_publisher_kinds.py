"""Tell from a document's host and publisher whether it is from a public body, or from the organisation that it is about."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from overt.queries.rows.records import Record
from overt.resolve.names.folding_and_scripts import fold
from overt.resolve.names.lexicon import lexicon

_OWN_KINDS = ("press-report", "research-report", "collection")
"""Values of `known-from` that are always the kind of the document itself.

With other values, the document may only report on a document of that kind.
"""
PUBLIC_KINDS = ("contract", "official-statement", "court-record")
"""Values of `known-from` for documents that public bodies issue."""
_PUBLIC_BODY = re.compile(
    r"(?:^|\.)(?:gov|gob|gouv|govt|go|mil)\.[a-z]{2}$|(?:^|\.)gouv\.[a-z]{2}\.ca$|\.(?:gov|mil|int)$|(?:^|\.)europa\.eu$"
    r"|(?:^|\.)(?:parliament|court|courts)\."
)
_BRACKETS = re.compile(r"\(.*?\)")
_LETTERS = re.compile(r"[^\W_]+")
_SHORTEST_NAME = 3


def host_of(document: Record) -> str:
    """Return the host of a document's address in lower case, without `www.` or a port; empty without an address."""
    return urlsplit(document.value("url") or "").netloc.lower().removeprefix("www.").partition(":")[0].rstrip(".")


def is_public_body(host: str) -> bool:
    """Return whether a host looks like that of a government, parliament, court, army or intergovernmental body."""
    return bool(_PUBLIC_BODY.search(host))


def is_of_its_kind(document: Record, host: str, kind: str, names: Sequence[str]) -> bool:
    """Return whether a document's publisher shows that it is of a kind, such as a company's statement on its own site.

    A public body is recognised by its host, or by words in its name such as “police”. Words in brackets are not read as part of
    the name, because they only say where the document comes from. If the publisher can't be recognised, the document isn't of
    the kind. If `kind` is empty or in `_OWN_KINDS`, the result is true for any publisher. `names`: brands of the organisations
    (see `brand`).
    """
    publisher = document.value("publisher") or ""
    if kind == "company-statement":
        words = _LETTERS.findall(publisher.casefold())
        parts = ["".join(words[at:]) for at in range(len(words))] + [part.replace("-", "") for part in host.split(".")]
        return any(part.startswith(name) for name in names for part in parts)
    if kind in PUBLIC_KINDS:
        return is_public_body(host) or lexicon().has_state_words(fold(_BRACKETS.sub("", publisher)))
    return not kind or kind in _OWN_KINDS


def brand(name: str) -> str:
    """Return the beginning of an organisation's name that distinguishes it from others: its first word, in lower case.

    If the word is common in names, such as a place or a field of work, the second word is added: `chinatelecom` for `China
    Telecom`, because there is also China Daily. “The” and words of one or two letters are skipped. Empty if no word is left, or
    only a common one.
    """
    words: list[str] = [word for word in _LETTERS.findall(name.casefold()) if len(word) >= _SHORTEST_NAME and word != "the"]
    if not words:
        return ""
    if fold(words[0]) not in lexicon().words:
        return words[0]
    return "".join(words[:2]) if len(words) > 1 else ""
