"""Reply to questions about restrictions in a month of a year, with only those that began then."""

import calendar
import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from overt.http.page_addresses import record_url
from overt.model.values.date_comparison import first_day, last_day
from overt.queries.questions.question_lexicon import Lexicon
from overt.queries.questions.question_tokens import tokens
from overt.queries.questions.understood_question import Question
from overt.site.search.blocking.blocking_reply import countries_covered
from overt.site.search.conditions_by_reply import USED
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply
from overt.site.search.texts.records_matching_question_parts import is_about_restrictions
from overt.site.search.texts.searchable_texts import DatedFacts, restrictions_of

_MONTHS = 12
_HAN_MONTH = "月"
_ASKING = frozenset({"blocked", "places"})
_IN, _NEAR = "in", 2
_YEAR = re.compile(r"(?:19|20)\d\d")
_ONLY_YEAR = re.compile(r"\d{4}[~?%]?")
_MAX_NAMED = 8
"""Maximum number of restrictions that a note names."""


class Month(NamedTuple):
    """A month in a question."""

    number: int
    start: int
    """The index of the month's first token."""
    end: int
    """The index of the token after the month."""


def reply_about_month(scope: ProjectScope) -> Reply | None:
    """Return a reply with the restrictions that began in the month that a question names with a single year.

    If no restriction of the question's kinds began then, the reply has those that began earlier and were in force. If there are
    none, the first sentence says so, and those of other kinds that began then follow. Notes name restrictions that began in
    later months of the year, and earlier ones that were or may have been in force. Return None if the question names no month,
    is about something else, excludes something, or has words that aren't understood.
    """
    question = scope.question
    first, last = question.years or (None, None)
    is_asked = is_about_restrictions(scope) and {*question.ids("intent")} <= _ASKING and first and first == last
    month = month_of(scope.lexicon, question) if is_asked else None
    if month is None or first is None or question.excluded or question.unknown_at - {*range(month.start, month.end)}:
        return None
    services, kinds = question.ids("service"), question.ids("restriction")
    facts = restrictions_of(scope, scope.codes(), services, kinds)
    begun = _begun_in(facts, first, month.number)
    date = scope.formats.date(f"{first}-{month.number:02}")
    of_any_time = scope.about_question(replace(question, years=None, parts=[p for p in question.parts if p.type != "year"]))
    what = of_any_time.about() if any(part.type != "intent" for part in of_any_time.question.parts) else ""
    what = what or scope.language.gettext("blocked services")
    sentence = _counted(scope, begun, date, what)
    lasting = {} if begun else _in_force_in(facts, first, month.number)
    if lasting:
        sentence = _lasted(scope, lasting, date)
        begun = lasting
    elif not begun:
        sentence = scope.language.gettext(
            "No restriction on record began in %(month)s: %(what)s. That is not evidence of absence.", month=date, what=what
        )
        facts = restrictions_of(scope, scope.codes(), services, ())
        begun = _begun_in(facts, first, month.number) if kinds else {}
        if begun:
            kind = scope.listed(scope.words.term("restriction-kinds", name) for name in kinds)
            sentence = scope.language.gettext(
                "No restriction on record of this kind began in %(month)s: %(what)s.", month=date, what=what
            )
            of_other_kinds = scope.language.ngettext(
                "%(n)s restriction of another kind than “%(kind)s” began then.",
                "%(n)s restrictions of other kinds than “%(kind)s” began then.", len(begun), kind=kind,
            )  # fmt: skip
            sentence = scope.sentences(sentence, of_other_kinds)
    items = [
        Item("restriction", identity, restriction.label, restriction.detail, record_url("restriction", identity))
        for identity, restriction in begun.items()
    ]
    notes = [*_notes(scope, facts, begun, first, month.number), *countries_covered(scope)]
    path = f"/country/{scope.areas[0]}/restrictions" if scope.areas else "/blocked"
    used = USED["blocked"] | {"reasons", "customers"}
    scope.is_denied = not items
    return Reply(sentence, path, items[:MAX_ITEMS], len(items), notes, used, is_denied=not items)


def month_of(lexicon: Lexicon, question: Question) -> Month | None:
    """Return the first month in a question, which may be a name or a number such as 10月 (October); None without a month."""
    names = {tokens(name): number for number, names in enumerate(lexicon.grammar.months, 1) for name in names}
    words = question.tokens
    longest = max(map(len, names), default=0)
    for at, word in enumerate(words):
        for end in range(min(len(words), at + longest), at, -1):
            if words[at:end] in names and _is_near_year(words, at, end):
                return Month(names[words[at:end]], at, end)
        if words[at + 1 : at + 2] == (_HAN_MONTH,) and word.isdigit() and 1 <= int(word) <= _MONTHS:
            return Month(int(word), at, at + 2)
    return None


def _is_near_year(words: Sequence[str], start: int, end: int) -> bool:
    """Return whether a month's name follows “in” or is at most two words from a year. Elsewhere, “may” is rarely a month."""
    near = words[max(0, start - _NEAR) : end + _NEAR]
    return words[max(0, start - 1) : start] == (_IN,) or any(map(_YEAR.fullmatch, near))


def _begun_in(facts: Mapping[str, DatedFacts], year: int, month: int) -> dict[str, DatedFacts]:
    """Return the restrictions that may have begun in a month, by id. A start that is only known to the year doesn't count."""
    first, last = _days(year, month)
    return {
        identity: restriction
        for identity, restriction in facts.items()
        if restriction.start
        and not _ONLY_YEAR.fullmatch(restriction.start)
        and first_day(restriction.start) <= last
        and last_day(restriction.start) >= first
    }


def _in_force_in(facts: Mapping[str, DatedFacts], year: int, month: int) -> dict[str, DatedFacts]:
    """Return the restrictions that certainly began before a month and ended in it or later, by id.

    A restriction without a recorded end isn't certain to have lasted.
    """
    first, _ = _days(year, month)
    return {
        identity: restriction
        for identity, restriction in facts.items()
        if restriction.start and restriction.end and last_day(restriction.start) < first and first_day(restriction.end) >= first
    }


def _days(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a month."""
    return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])


def _counted(scope: ProjectScope, begun: Mapping[str, DatedFacts], month: str, what: str) -> str:
    places = {code for restriction in begun.values() for code in restriction.countries}
    where = scope.language.ngettext("%(n)s country", "%(n)s countries", len(places))
    return scope.language.ngettext(
        "%(n)s restriction on record began in %(month)s, in %(countries)s: %(what)s.",
        "%(n)s restrictions on record began in %(month)s, in %(countries)s: %(what)s.",
        len(begun), month=month, countries=where, what=what,
    )  # fmt: skip


def _lasted(scope: ProjectScope, lasting: Mapping[str, DatedFacts], month: str) -> str:
    """Return a sentence that names restrictions that were in force in a month, with their periods."""
    names = [
        scope.language.gettext(
            "%(name)s, %(date)s", name=restriction.label, date=scope.formats.period(restriction.start, restriction.end)
        )
        for restriction in lasting.values()
    ]
    return scope.language.ngettext(
        "%(n)s restriction on record was in force in %(month)s: %(names)s.",
        "%(n)s restrictions on record were in force in %(month)s: %(names)s.",
        len(names), month=month, names=scope.named(names, _MAX_NAMED),
    )  # fmt: skip


def _notes(
    scope: ProjectScope, facts: Mapping[str, DatedFacts], begun: Mapping[str, DatedFacts], year: int, month: int
) -> list[Note]:
    """Return notes on restrictions that began after the month, and on others that were or may have been in force in it."""
    notes = list[Note]()
    first, last = _days(year, month)
    rest = {identity: other for identity, other in facts.items() if identity not in begun}
    later = [
        scope.language.gettext("%(name)s (%(detail)s)", name=other.label, detail=scope.formats.date(other.start))
        for other in rest.values()
        if other.start and first_day(other.start) > last
    ]
    lasting = _in_force_in(rest, year, month)
    before = [
        other.label
        for identity, other in rest.items()
        if identity not in lasting
        and not (other.start and first_day(other.start) > last)
        and not (other.end and last_day(other.end) < first)
    ]
    if later:
        text = scope.language.ngettext(
            "%(n)s other began later in that year: %(names)s.", "%(n)s others began later in that year: %(names)s.",
            len(later), names=scope.named(later, _MAX_NAMED),
        )  # fmt: skip
        notes.append(Note(text))
    if lasting:
        text = scope.language.ngettext(
            "%(n)s other began earlier and was in force then: %(names)s.",
            "%(n)s others began earlier and were in force then: %(names)s.",
            len(lasting), names=scope.named((other.label for other in lasting.values()), _MAX_NAMED),
        )  # fmt: skip
        notes.append(Note(text))
    if before:
        text = scope.language.ngettext(
            "%(n)s other began earlier or has no exact start, and may have been in force then: %(names)s.",
            "%(n)s others began earlier or have no exact start, and may have been in force then: %(names)s.",
            len(before), names=scope.named(before, _MAX_NAMED),
        )  # fmt: skip
        notes.append(Note(text))
    return notes
