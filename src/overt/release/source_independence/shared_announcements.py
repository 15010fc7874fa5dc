"""Recognises documents that report the same announcement: statements about one record, published within a few days."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import NamedTuple

from overt.model.values.date_comparison import first_day

ANNOUNCED = ("official-statement", "company-statement")
"""Values of `known-from` for facts that someone announced."""
_DAYS = 3
"""Maximum number of days between two reports of one announcement."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Announced(NamedTuple):
    """A document that is cited for a record as an official or company statement."""

    record: str
    """Id of the record that the document is about."""
    document: str
    kind: str
    """The value of `known-from`, one of `ANNOUNCED`."""
    published: str
    """The document's date (EDTF); empty if unknown."""


def announcement_keys(reports: Iterable[Announced]) -> dict[str, frozenset[str]]:
    """Return the keys of the announcements that each document reports. Two documents share a key if they report the same one.

    They are then cited for the same kind of statement about one record, and their dates are at most three days apart. Documents
    without an exact date are left out, and so are documents that share no announcement.
    """
    groups: dict[tuple[str, str], dict[str, date]] = defaultdict(dict)
    for report in reports:
        if report.kind in ANNOUNCED and _DAY.fullmatch(report.published):
            groups[report.record, report.kind][report.document] = first_day(report.published)
    keys: dict[str, set[str]] = defaultdict(set)
    for (record, _), days in sorted(groups.items()):
        for left, right in combinations(sorted(days), 2):
            if abs((days[left] - days[right]).days) <= _DAYS:
                for document in (left, right):
                    keys[document].add(f"announcement {record} {left} {right}")
    return {document: frozenset(of_document) for document, of_document in keys.items()}
