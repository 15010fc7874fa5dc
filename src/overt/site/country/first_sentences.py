"""The first sentences of a country's page: on its gravest restriction, its systems, and one used against a group of people."""

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup, escape

from overt.language.first_letter_case import upper_first
from overt.language.language import NN_
from overt.model.values.date_comparison import first_day
from overt.queries.rows.records import Record
from overt.site.agreement.first_date import first_date, first_date_words
from overt.site.blocking_sentences import has_sentence, over_words, restriction_sentence
from overt.site.country.affected_service_names import is_plural, listed_services, names_any, service_names
from overt.site.country.opening.first_sentences_rule import opening_rule
from overt.site.country.opening.unended_blocks import is_unended_block, unended_blocks_sentence
from overt.site.country.project_totals_by_kind_and_purpose import counted_systems, systems_sentence
from overt.site.country.projects_with_details import DocumentedProject
from overt.site.country.system_status_texts import disputing_names, named_with_date
from overt.site.country.system_table import in_table
from overt.site.platform.ends_implied_by_later_blocks import Over
from overt.site.restriction_facts import WIDE_SCOPES, event_words, is_around_event, known_end
from overt.site.sentences.evidence_marks import record_mark
from overt.site.sentences.linked_record_and_company_names import record_link, text_link
from overt.site.site import Site

_GRAVITY = {"shutdown": 20.0, "blocking": 3.0, "throttling": 1.0}
"""Factor in the weight of a restriction, by its kind. The weight also grows with the square root of its days."""
_OTHER_GRAVITY = 0.5
_OPEN_DAYS = 30
"""A restriction that isn't known to be over counts as at least this many days long."""
_MOST_DAYS = 730
_FADING = 0.8
"""The weight of a restriction is multiplied by this for each year since it ended or, without a known end, was last reported."""
_MOST_SOURCES = 3
_SENTENCES = 2
"""Maximum number of first sentences."""
_DAYS_A_MONTH = 30.44
_MONTH = len("2026-11")
_BLOCKED_FOR = NN_(
    "%(names)s was blocked for %(months)s months (%(period)s).", "%(names)s were blocked for %(months)s months (%(period)s)."
)
_BLOCKED = NN_("%(names)s was blocked (%(period)s).", "%(names)s were blocked (%(period)s).")
_BLOCKED_FROM = NN_(
    "%(names)s was blocked from %(start)s; Overt has no report of an end.",
    "%(names)s were blocked from %(start)s; Overt has no report of an end.",
)
_LAST_REPORTED = NN_(
    "%(names)s was reported blocked from %(start)s; the last report is of %(report)s.",
    "%(names)s were reported blocked from %(start)s; the last report is of %(report)s.",
)
"""For a block without recent reports: an unconfirmed one, or an old one that reports show to have lasted."""
_AROUND_EVENT = NN_(
    "%(names)s was blocked around %(event)s (%(start)s); the block doesn’t count as lasting, and no source here dates its end.",
    "%(names)s were blocked around %(event)s (%(start)s); the block doesn’t count as lasting, and no source here dates its end.",
)

_OVER = NN_("%(names)s was blocked from %(start)s; %(over)s.", "%(names)s were blocked from %(start)s; %(over)s.")
"""For a block that must have been over when a later one began or ended. `over`: from `over_words`."""


class LeadingFact(NamedTuple):
    """The gravest restriction."""

    sentence: Markup
    restriction: str
    """Id of its record."""
    comes_last: bool = False
    """Whether the sentence on all systems comes first, because the restriction is minor, or old (even if it lasts)."""
    is_weak: bool = False
    """Whether a system used against a group of people comes before it."""
    is_minor: bool = False
    """Whether a page that opens with a sentence on systems names the restriction only in the paragraph on what is blocked.

    True if it is unconfirmed (`last_report`), if a later restriction shows that it is over, if its kind is in `last` of the rule
    (`opening_rule`), or if it names services but no main one. Also true if it is old and either has too few sources or is over
    and of a kind in `over` of the rule, unless reports show that it lasted.
    """


class _Weighed(NamedTuple):
    is_recent: bool
    is_main: bool
    """Whether the restriction names a main service, or no service."""
    weight: float
    id: str
    row: Record


def opening(
    site: Site, code: str, systems: Sequence[DocumentedProject], gravest: LeadingFact | None, laws: Sequence[Record]
) -> list[Markup]:
    """Return the first sentences of a country's page in the order of `measure/country_page_first_sentences.yml`.

    They are the first `_SENTENCES` of up to three: on the country's gravest restriction, on what its systems are for, and on a
    system used against a group of people. If there is none, a sentence on the newest law is returned. `laws`: `Split.laws`,
    newest first.
    """
    targeted = targeted_system(site, code, systems)
    counted = systems_sentence(site, code, systems) if not targeted or len(counted_systems(site, systems)) > 1 else None
    named = gravest if gravest and in_opening(site, gravest, systems) else None
    comes_first = named and not named.comes_last and not (targeted and named.is_weak)
    restriction = named.sentence if named else None
    rest = [restriction, targeted] if counted and named and not named.is_weak else [targeted, restriction]
    ordered = [restriction, counted, targeted] if comes_first else [counted, *rest]
    sentences = [sentence for sentence in ordered if sentence]
    return sentences[:_SENTENCES] or _newest_law(site, laws)


def in_opening(site: Site, fact: LeadingFact, systems: Sequence[DocumentedProject]) -> bool:
    """Return whether a restriction is among the first sentences.

    A minor one isn't if a sentence on systems opens the page, and a weak one isn't if two such sentences do.
    """
    counted = counted_systems(site, systems)
    return not (fact.is_minor and counted) and not (fact.is_weak and len(counted) > 1 and _best_targeted(site, systems))


def targeted_system(site: Site, code: str, systems: Sequence[DocumentedProject]) -> Markup | None:
    """Return a sentence on the best documented surveillance system that is used against a group of people, or None.

    The sentence gives the date of the system's status, and names those who dispute something about it.
    """
    system = _best_targeted(site, systems)
    if system is None:
        return None
    mark = record_mark(site, "project", system.id, system.independent_sources)
    values = {"system": named_with_date(site, code, system, disputed=False) + mark}
    if disputing := disputing_names(site, system):
        disputed = text_link(site.url(f"/country/{code}#systems"), site.gettext("disputed"))
        return site.markup(
            "Sources document %(system)s, %(disputed)s by %(names)s.", **values, disputed=disputed, names=disputing
        )
    return site.markup("Sources document %(system)s.", **values)


def _best_targeted(site: Site, systems: Sequence[DocumentedProject]) -> DocumentedProject | None:
    rule = opening_rule()
    targeted = [
        system
        for system in in_table(site, systems)
        if system.is_documented
        and system.watches(site.words)
        and system.independent_sources >= rule.surveillance.sources
        and rule.names_targets(system.label or "")
    ]
    return max(targeted, key=lambda system: (system.independent_sources, system.year, system.id), default=None)


def _newest_law(site: Site, laws: Sequence[Record]) -> list[Markup]:
    """Return a sentence on the first of `laws` with its first known date, as a list; an empty list if there is no law."""
    for law in laws[:1]:
        date = first_date(law)
        when = first_date_words(site, date) if date else ""
        link = record_link(site, "agreement", law)
        name = site.markup("%(what)s (%(when)s)", what=link, when=when) if when else link
        return [site.markup("Newest law on record: %(law)s.", law=name) + record_mark(site, "agreement", law.id, law.voices)]
    return []


def gravest_restriction(
    site: Site,
    restrictions: Sequence[Record],
    reported: Mapping[str, str],
    lasting: Collection[str] = (),
    over: Mapping[str, Over] = {},
    last_reports: Mapping[str, str] = {},
) -> LeadingFact | None:
    """Return the gravest of a country's reported restrictions; None if there is no sentence for any of them.

    Recent restrictions come before older ones and, within each group, those of main services (`opening_rule`) before those of
    games and the like. Restrictions of games and unconfirmed restrictions (`last_report`) are minor. If the gravest is a block
    without a reported end, the sentence is on all such blocks (`unended_blocks_sentence`).

    The weight of a restriction depends on its kind. It grows with the square roots of its length in days and of its number of
    separate sources, and falls with the years since its last known day.

    Restrictions without a date or in only a part of the country are left out. So are those without named services, except
    shutdowns of all or most of the country.

    `reported`: the dates (EDTF) of the newest reports, by restriction. A restriction without a known end counts as lasting until
    its newest report, unless it was around an event. `lasting`: ids of restrictions without a known end that reports show to
    have lasted. `over`: from `over_restrictions`. `last_reports`: the months (EDTF) of the newest reports on unconfirmed ones,
    by id.
    """
    rule = opening_rule().restriction
    today = date.fromisoformat(site.words.meta["manifest"]["date"])
    weighed = [
        _Weighed(_years_between(last, today) <= rule.recent_years, names_any(site, row, rule.main_services), weight, row.id, row)
        for row in restrictions
        if has_sentence(row) and _names(site, row)
        if (last := _last_known_day(row, reported.get(row.id, "")))
        and (weight := _weight(row, last, today, is_over=row.id in over))
    ]
    if not weighed:
        return None
    is_recent, is_main, _, identity, row = max(weighed, key=lambda entry: entry[:4])
    by, newest, report = over.get(identity), reported.get(identity, ""), last_reports.get(identity, "")
    comes_last, is_old = row.value("kind") in rule.last or not is_main, not is_recent
    lasts, is_unsure = identity in lasting, bool(report or by)
    month = report or (newest[:_MONTH] if is_old and lasts else "")
    is_block = row.value("kind") == "blocking"
    words = _last_reported(site, row, month) if month and is_block else _sentence(site, row, newest, by)
    sentence = escape(words) + record_mark(site, "restriction", identity, row.voices)
    if is_unended_block(row, newest, over):
        ordered = [entry.row for entry in sorted(weighed, key=lambda entry: entry[:4], reverse=True)]
        blocks = [block for block in ordered if is_unended_block(block, reported.get(block.id, ""), over)]
        sentence = unended_blocks_sentence(site, blocks, reported) or sentence
    is_doubtful = row.voices < rule.sources or (bool(known_end(row) or by) and row.value("kind") in rule.over)
    return LeadingFact(
        sentence,
        identity,
        comes_last=comes_last or is_old or is_unsure,
        is_weak=comes_last or ((is_old or is_doubtful) and not lasts) or is_unsure,
        is_minor=comes_last or (is_old and is_doubtful and not lasts) or is_unsure,
    )


def _weight(row: Record, last: date, today: date, *, is_over: bool) -> float:
    """Return the weight of a restriction that lasted at least until `last`; 0 if its beginning is unknown.

    If it isn't over, has no known end and was reported again in recent years, it counts as lasting until the edition's day.
    """
    begin = _day(row.value("start"))
    if begin is None:
        return 0
    is_open = not known_end(row) and not is_over
    is_recent = _years_between(last, today) <= opening_rule().restriction.recent_years
    until = today if is_open and last > begin and is_recent else last
    days = max((until - begin).days, _OPEN_DAYS if is_open else 1)
    gravity = _GRAVITY.get(row.value("kind") or "", _OTHER_GRAVITY)
    fading = math.pow(_FADING, _years_between(last, today))
    return gravity * math.sqrt(min(days, _MOST_DAYS) * min(row.voices, _MOST_SOURCES)) * fading


def _last_known_day(row: Record, reported: str) -> date | None:
    """Return the day on which a restriction ended or, without a known end, was last reported or began; None without a date.

    For one around an event (`is_around_event`), the newest report doesn't count.
    """
    begin, newest = _day(row.value("start")), _day(reported)
    if (end := _day(known_end(row))) or is_around_event(row, reported):
        return end or begin
    return max((day for day in (begin, newest) if day), default=None)


def _years_between(last: date, today: date) -> float:
    """Return the number of years between two days; 0 if `last` is after `today`."""
    return max(0, (today - last).days) / 365


def _day(text: str | None) -> date | None:
    """Return the first day of a date with a known year, approximate or not; None for an interval or an unknown date."""
    return first_day(text) if text and not {"/", "X"} & {*text} else None


def _names(site: Site, row: Record) -> list[str]:
    """Return what the sentence on a restriction names: the services, or the internet if all or most of a country was shut off.

    Empty if there is no sentence: for a restriction in only a part of the country, for a shutdown of named services or of unknown
    scope, or for several services that are restricted but not blocked.
    """
    names, scope = service_names(site, row), row.value("scope")
    if scope not in WIDE_SCOPES and (scope or row.value("area")):
        return []
    if row.value("kind") == "shutdown":
        return [site.gettext("The internet")] if scope in WIDE_SCOPES and not names else []
    return names if row.value("kind") == "blocking" or not is_plural(row) else []


def _last_reported(site: Site, row: Record, report: str) -> str:
    """Return the sentence on a block without recent reports. `report`: the month or year (EDTF) of its newest report."""
    names, start = upper_first(site.language, listed_services(site, row)), site.formats.date(row.value("start") or "")
    number, month = 2 if is_plural(row) else 1, site.formats.date(report)
    return site.ngettext(*_LAST_REPORTED, number, names=names, start=start, report=month)


def _sentence(site: Site, row: Record, reported: str, over: Over | None) -> str:
    """Return the sentence on a restriction.

    `reported`: the date (EDTF) of the newest report on it, empty if unknown; `over`: the date by which it had ended.
    """
    if row.value("kind") != "blocking":
        name = upper_first(site.language, _names(site, row)[0])
        return restriction_sentence(site.language, site.words, name, row, reported, over)
    start, end, number = row.value("start") or "", known_end(row), 2 if is_plural(row) else 1
    values = {"names": upper_first(site.language, listed_services(site, row)), "start": site.formats.date(start)}
    if over:
        return site.ngettext(*_OVER, number, **values, over=over_words(site.language, over))
    if is_around_event(row, reported):
        return site.ngettext(*_AROUND_EVENT, number, **values, event=event_words(site.language, site.words, row))
    if not end:
        return site.ngettext(*_BLOCKED_FROM, number, **values)
    begin, last = _day(start), _day(end)
    months = round((last - begin).days / _DAYS_A_MONTH) if begin and last and len(start) > 4 and len(end) > 4 else 0
    values |= {"period": site.formats.period(start, end), "months": site.formats.number(months)}
    return site.ngettext(*(_BLOCKED_FOR if months > 1 else _BLOCKED), number, **values)
