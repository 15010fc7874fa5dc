"""Recognise documents whose address is that of a copy, not of the publisher's own site (`names/document_copies.yml`)."""

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from overt.model.yaml_reading_and_validation import Content, packaged_model
from overt.queries.rows.records import Record
from overt.site.claim.document_publisher_kinds import host_of

_PATH = "names/document_copies.yml"
_LETTERS = re.compile(r"[^\W_]+")


class CopyFile(Content):
    """The content of `names/document_copies.yml`."""

    title: str
    description: str
    source: str
    words: list[str]
    """Words, in lower case, that show in a publisher field that the page is a copy: AP (repeated by Dawn)."""
    hosts: list[str]
    """Hosts, without `www.`, to which anybody can upload documents, or which reproduce newspapers."""


def is_copy(document: Record) -> bool:
    """Return whether a document's address is that of a copy, as far as the register shows.

    It is a copy if the publisher field has one of the words of `names/document_copies.yml` in lower case. (In capitals, as in
    “Sri Lanka Mirror”, the word is part of a publisher's name.) It is also one if that file lists its host or a parent domain.
    The exceptions are paths that begin with the publisher's own account, as in `github.com/citizenlab/…`, and hosts with the
    publisher's name.
    """
    file, publisher = _copy_file(), document.value("publisher") or ""
    if not set(_LETTERS.findall(publisher)).isdisjoint(file.words):
        return True
    host = host_of(document)
    if not any(host == name or host.endswith(f".{name}") for name in file.hosts):
        return False
    account = _folded(urlsplit(document.value("url") or "").path.strip("/").partition("/")[0])
    name = _folded(publisher)
    return not (name and ((account and account in name) or name in _folded(host)))


def hosts_of_copies(documents: Iterable[Record]) -> list[str]:
    """Return the hosts of the documents that are copies (`is_copy`), without duplicates, in the order of the documents."""
    return list(dict.fromkeys(host for document in documents if is_copy(document) and (host := host_of(document))))


def _folded(text: str) -> str:
    return "".join(_LETTERS.findall(text.casefold()))


@cache
def _copy_file() -> CopyFile:
    return packaged_model(CopyFile, _PATH)
