"""What is recorded about a restriction: whether a source states it, its end, the event that caused it, and what it affects."""

from overt.language.language import Language
from overt.model.values.date_comparison import first_day, last_day
from overt.queries.blocking.blocked_services import CUTS
from overt.queries.labels import Words
from overt.queries.rows.records import Record

EVENTS = frozenset({"exams", "elections", "protests"})
"""Causes of restrictions that are usually temporary, from the vocabulary `restriction-reasons`."""
KINDS_IN_FORCE = frozenset({*CUTS, "call-blocking", "feature-blocking"})
"""Kinds of restrictions that go on day by day, so that an old report doesn't show that they still do."""
WIDE_SCOPES = ("nationwide", "most-of-the-country")
"""Scopes, from the vocabulary `restriction-scopes`, for which a sentence may speak of the whole country."""
_LASTING_DAYS = 60
"""A restriction around an event lasted if it is still reported more than this many days after it began."""


def is_around_event(record: Record, reported: str) -> bool:
    """Return whether a restriction without a known end was around an exam, an election or a protest, and isn't known to last.

    `reported`: the date (EDTF) of the newest report on it; empty if unknown. The end of such a restriction is not reported, but
    it doesn't count as in force.
    """
    if known_end(record) or not any(fact.value in EVENTS for fact in record.shown("cause")):
        return False
    start = record.value("start")
    return not start or not reported or (first_day(reported) - last_day(start)).days <= _LASTING_DAYS


def event_words(language: Language, words: Words, record: Record) -> str:
    """Return the exams, elections or protests that caused a restriction, for the middle of a sentence."""
    events = [words.term("restriction-reasons", fact.value) for fact in record.shown("cause") if fact.value in EVENTS]
    return language.join([event.lower() for event in events])


def is_stated(record: Record) -> bool:
    """Return whether a source states what kind of restriction it is. Others were computed from lists, or have no kind."""
    fact = record.fact("kind")
    return fact is not None and fact.basis != "computed"


def affects_whole(record: Record) -> bool:
    """Return whether sources report that a platform as a whole is or was blocked, shut off or throttled.

    Restrictions of another kind don't count: a platform whose calls are blocked can still be used. Neither do restrictions that
    were computed from lists.
    """
    return any(fact.value in CUTS and fact.basis != "computed" for fact in record.shown("kind"))


def known_end(record: Record) -> str | None:
    """Return when a restriction ended, or None if no end is known."""
    end = record.value("end")
    return None if end is None or end.endswith("/..") else end
