"""Documents that are cited both with and without their address."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from overt.resolve.names import fold

DOCUMENT_DETAILS = frozenset({"title", "publisher", "published"})
_MIN_WORDS = 3
"""Minimum number of words in a title that identifies a document. Many documents are called “Annual report”."""


def documents_without_address(claims: Iterable[tuple[str, str, str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield the folded title and the records of each document that is cited both with and without its address.

    Titles with fewer than `_MIN_WORDS` words are skipped. So are titles whose records have different addresses, publishers or
    dates of publication. `claims`: (record, type, property, value).
    """
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    titled: dict[str, set[str]] = defaultdict(set)
    for record, record_type, property_, value in claims:
        if record_type == "document":
            values[record][property_].add(fold(value) if property_ == "publisher" else value)
            if property_ == "title" and title_length((title := fold(value)).split()) >= _MIN_WORDS:
                titled[title].add(record)
    for title, records in sorted(titled.items()):
        addressed = {bool(values[record]["url"]) for record in records}
        if addressed == {True, False} and all(
            len(set().union(*(values[record][property_] for record in records))) <= 1
            for property_ in ("url", "publisher", "published")
        ):
            yield title, sorted(records)


def title_length(words: Iterable[str]) -> int:
    """Return the number of words of a folded title, counting two Chinese characters as one word."""
    return sum(max(1, len(word) // 2) if any("㐀" <= letter <= "鿿" for letter in word) else 1 for word in words)
