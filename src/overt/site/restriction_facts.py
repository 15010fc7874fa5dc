"""Facts about a restriction: whether a source states it, when it ended, which event caused it, and what it affects."""

from overt.language.language import Language
from overt.model.values.date_comparison import first_day, last_day
from overt.queries.blocking.blocked_services import CUTS
from overt.queries.labels import Words
from overt.queries.rows.records import Record

EVENTS = frozenset({"exams", "elections", "protests"})
"""Causes of restrictions that are usually temporary, from the vocabulary `restriction-reasons`."""
KINDS_IN_FORCE = frozenset({*CUTS, "call-blocking", "feature-blocking"})
"""Kinds of restrictions that continue from day to day. An old report doesn't show that they are still in force."""
WIDE_SCOPES = ("nationwide", "most-of-the-country")
"""Scopes (vocabulary `restriction-scopes`) of restrictions that a sentence may describe as affecting the country."""
_LASTING_DAYS = 60
"""A restriction around an event lasted if a report is from more than this many days after it began."""


def is_around_event(record: Record, reported: str) -> bool:
    """Return whether a restriction without a known end was around an exam, an election or a protest, and isn't known to last.

    Such a restriction doesn't count as in force, although no end is reported. `reported`: the date (EDTF) of the newest report
    on it; empty if unknown.
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
    """Return whether a source states the kind of a restriction. The kind may also be computed from lists, or unknown."""
    fact = record.fact("kind")
    return fact is not None and fact.basis != "computed"


def affects_whole(record: Record) -> bool:
    """Return whether sources report that a platform as a whole is or was blocked, shut off or throttled.

    Other kinds don't count, because a platform can still be used if, for example, only its calls are blocked. Restrictions that
    were computed from lists don't count either.
    """
    return any(fact.value in CUTS and fact.basis != "computed" for fact in record.shown("kind"))


def known_end(record: Record) -> str | None:
    """Return when a restriction ended, or None if no end is known."""
    return without_open_end(record.value("end"))


def without_open_end(end: str | None) -> str | None:
    """Return the date of an end (EDTF); None without one, and for an open end (`…/..`): the last blocklist has the entry."""
    return None if end is None or end.endswith("/..") else end
