"""Sentences about what is blocked: restrictions on record, and the days on which lists contain a domain."""

from collections.abc import Iterable, Mapping, Sequence

from overt.language.country_article import with_article
from overt.language.language import N_, Language
from overt.language.number_and_money_formats import Formats
from overt.queries.blocking.blocklists import DomainEpisode, ObservedSeries, PlatformListing
from overt.queries.labels import Words
from overt.queries.rows.records import Record
from overt.site.blocklist_series_order_and_texts import Key, dated_first, key
from overt.site.platform.ends_implied_by_later_blocks import Over, Service
from overt.site.restriction_facts import event_words, is_around_event, is_stated, known_end
from overt.site.site import Site

_NAMED = 2
"""Maximum number of restrictions with a sentence of their own. The same maximum applies to lists."""
_SINCE = {
    "blocking": N_("%(name)s was blocked in %(country)s from %(start)s; Overt has no report of an end."),
    "shutdown": N_("%(name)s was shut off in %(country)s from %(start)s; Overt has no report of an end."),
    "throttling": N_("%(name)s was throttled in %(country)s from %(start)s; Overt has no report of an end."),
    "withdrawal": N_("%(name)s was withdrawn from %(country)s (%(start)s); Overt has no report of a return."),
    "call-blocking": N_("Calls on %(name)s were blocked in %(country)s from %(start)s; Overt has no report of an end."),
    "feature-blocking": N_("A feature of %(name)s was blocked in %(country)s from %(start)s; Overt has no report of an end."),
    "app-removal": N_("%(name)s was removed from app stores in %(country)s (%(start)s); Overt has no report of a return."),
    "device-ban": N_("%(name)s was banned on official devices in %(country)s from %(start)s; Overt has no report of an end."),
}
_ENDED = {
    "blocking": N_("%(name)s was blocked in %(country)s, %(period)s."),
    "shutdown": N_("%(name)s was shut off in %(country)s, %(period)s."),
    "throttling": N_("%(name)s was throttled in %(country)s, %(period)s."),
    "withdrawal": N_("%(name)s was withdrawn from %(country)s, %(period)s."),
    "call-blocking": N_("Calls on %(name)s were blocked in %(country)s, %(period)s."),
    "feature-blocking": N_("A feature of %(name)s was blocked in %(country)s, %(period)s."),
    "app-removal": N_("%(name)s was removed from app stores in %(country)s, %(period)s."),
    "device-ban": N_("%(name)s was banned on official devices in %(country)s, %(period)s."),
}
_BEGAN = {
    "blocking": N_("%(name)s was blocked in %(country)s; it began %(start)s, and Overt has no report of an end."),
    "shutdown": N_("%(name)s was shut off in %(country)s; it began %(start)s, and Overt has no report of an end."),
    "throttling": N_("%(name)s was throttled in %(country)s; it began %(start)s, and Overt has no report of an end."),
    "withdrawal": N_("%(name)s was withdrawn from %(country)s; it began %(start)s, and Overt has no report of a return."),
    "call-blocking": N_("Calls on %(name)s were blocked in %(country)s; it began %(start)s, and Overt has no report of an end."),
    "feature-blocking": N_(
        "A feature of %(name)s was blocked in %(country)s; it began %(start)s, and Overt has no report of an end."
    ),
    "app-removal": N_("%(name)s was removed from app stores in %(country)s, %(start)s; Overt has no report of a return."),
    "device-ban": N_(
        "%(name)s was banned on official devices in %(country)s; it began %(start)s, and Overt has no report of an end."
    ),
}
"""Wording for a start date that is an interval."""
_UNDATED = {
    "blocking": N_("%(name)s was blocked in %(country)s; Overt has no report of its beginning or end."),
    "shutdown": N_("%(name)s was shut off in %(country)s; Overt has no report of its beginning or end."),
    "throttling": N_("%(name)s was throttled in %(country)s; Overt has no report of its beginning or end."),
    "withdrawal": N_("%(name)s was withdrawn from %(country)s; Overt has no report of its beginning or of a return."),
    "call-blocking": N_("Calls on %(name)s were blocked in %(country)s; Overt has no report of its beginning or end."),
    "feature-blocking": N_("A feature of %(name)s was blocked in %(country)s; Overt has no report of its beginning or end."),
    "app-removal": N_("%(name)s was removed from app stores in %(country)s; Overt has no report of the date or of a return."),
    "device-ban": N_("%(name)s was banned on official devices in %(country)s; Overt has no report of its beginning or end."),
}
_AROUND_EVENT = {
    "blocking": N_(
        "%(name)s was blocked in %(country)s around %(event)s (%(start)s); the block doesn’t count as lasting, and no source "
        "here dates its end."
    ),
    "shutdown": N_(
        "%(name)s was shut off in %(country)s around %(event)s (%(start)s); the shutdown doesn’t count as lasting, and no source "
        "here dates its end."
    ),
    "throttling": N_(
        "%(name)s was throttled in %(country)s around %(event)s (%(start)s); the slowdown doesn’t count as lasting, and no "
        "source here dates its end."
    ),
    "call-blocking": N_(
        "Calls on %(name)s were blocked in %(country)s around %(event)s (%(start)s); the block doesn’t count as lasting, and no "
        "source here dates its end."
    ),
    "feature-blocking": N_(
        "A feature of %(name)s was blocked in %(country)s around %(event)s (%(start)s); the block doesn’t count as lasting, and "
        "no source here dates its end."
    ),
}
"""Wording for a restriction around an exam, an election or a protest, if no report shows that it lasted."""
_ANEW = {
    "blocking": N_("%(name)s was blocked in %(country)s from %(start)s; over by %(over)s, when it was blocked again."),
    "shutdown": N_("%(name)s was shut off in %(country)s from %(start)s; over by %(over)s, when it was shut off again."),
    "throttling": N_("%(name)s was throttled in %(country)s from %(start)s; over by %(over)s, when it was throttled again."),
    "call-blocking": N_(
        "Calls on %(name)s were blocked in %(country)s from %(start)s; over by %(over)s, when they were blocked again."
    ),
    "feature-blocking": N_(
        "A feature of %(name)s was blocked in %(country)s from %(start)s; over by %(over)s, when one was blocked again."
    ),
}
"""Wording for a restriction without a reported end that must have ended before a new one of its kind began (`Over`)."""
_LATER_ENDED = {
    "blocking": N_("%(name)s was blocked in %(country)s from %(start)s; over by %(over)s, when a later restriction ended."),
    "shutdown": N_("%(name)s was shut off in %(country)s from %(start)s; over by %(over)s, when a later restriction ended."),
    "throttling": N_("%(name)s was throttled in %(country)s from %(start)s; over by %(over)s, when a later restriction ended."),
}
"""Wording for a restriction without a reported end that must have ended before a later one of another kind did (`Over`)."""


def restriction_sentences(
    site: Site, name: str, restrictions: Sequence[Record], reported: Mapping[str, str] = {}, over: Mapping[str, Over] = {}
) -> list[str]:
    """Return a sentence for each of the first restrictions, and one for the number of the rest.

    Restrictions with neither a known end nor a date in `over` come first, except those around an event. Restrictions for
    which `has_sentence` is false are only counted among the rest. Restrictions that were computed from lists are left out,
    because `list_sentences` describes the lists. `reported`: the date (EDTF) of the newest report on each restriction, by its
    id. `over`: the date by which a restriction had ended, by its id.
    """
    stated = [record for record in restrictions if is_stated(record)]
    ordered = sorted(
        stated,
        key=lambda row: bool(known_end(row)) or row.id in over or is_around_event(row, reported.get(row.id, "")),
    )
    named = [record for record in ordered if has_sentence(record)][:_NAMED]
    sentences = [
        restriction_sentence(site.language, site.words, name, record, reported.get(record.id, ""), over.get(record.id))
        for record in named
    ]
    if more := len(ordered) - len(sentences):
        sentences.append(site.ngettext("One more restriction is on record.", "%(n)s more restrictions are on record.", more))
    return sentences


def has_sentence(record: Record) -> bool:
    """Return whether there is a sentence for a restriction. It must be stated, in a country, and of a known kind."""
    return is_stated(record) and record.value("kind") in _SINCE and record.value("country") is not None


def beginning_words(language: Language, start: str) -> str:
    """Return when a restriction began, to put in brackets: its date or, if that is an interval, `began between … and …`."""
    moment = Formats(language).moment(start)
    return language.gettext("began %(date)s", date=moment) if "/" in start else moment


def over_words(language: Language, over: Over) -> str:
    """Return the date by which a restriction without a reported end had ended, in words for brackets and table cells."""
    date = Formats(language).date(over.date)
    if over.is_last:
        return language.gettext("each over by %(date)s", date=date)
    if over.is_anew:
        return language.gettext("over by %(date)s, when a new one began", date=date)
    return language.gettext("over by %(date)s, when a later one ended", date=date)


def services_over_words(site: Site, over: Mapping[Service, Over]) -> str:
    """Return the dates by which a restriction had ended for some of its services, with their names, for table cells."""
    names: dict[Over, list[str]] = {}
    for service, by in over.items():
        names.setdefault(by, []).append(service_name(site.words, service.property == "platform", service.value))
    parts = [
        site.gettext("%(services)s: %(over)s", services=site.language.join(listed), over=over_words(site.language, by))
        for by, listed in names.items()
    ]
    return site.gettext("; ").join(parts)


def service_name(words: Words, is_platform: bool, service: str) -> str:
    """Return the name of a platform or another service that a restriction names."""
    vocabulary = "platforms" if is_platform else "services"
    return words.term(vocabulary, service) if is_platform or service in words.terms[vocabulary] else service


def restriction_sentence(
    language: Language, words: Words, name: str, record: Record, reported: str, over: Over | None = None
) -> str:
    """Return the sentence on a restriction for which `has_sentence` is true.

    `name`: the service that it restricts. `reported`: the date (EDTF) of the newest report on it; empty if unknown. `over`: the
    date by which it had ended, if a later restriction shows that.
    """
    kind, country, formats = record.value("kind") or "", record.value("country") or "", Formats(language)
    start, end = record.value("start"), known_end(record)
    if over and start and "/" not in start:
        return language.gettext(
            (_ANEW if over.is_anew else _LATER_ENDED)[kind], name=name, country=with_article(language, words.area(country)),
            start=formats.date(start), over=formats.date(over.date),
        )  # fmt: skip
    if is_around_event(record, reported) and kind in _AROUND_EVENT:
        return language.gettext(
            _AROUND_EVENT[kind], name=name, country=with_article(language, words.area(country)),
            event=event_words(language, words, record),
            start=beginning_words(language, start) if start else language.gettext("undated"),
        )  # fmt: skip
    messages = _ENDED if end else _UNDATED if not start else _BEGAN if "/" in start else _SINCE
    return language.gettext(
        messages[kind], name=name, country=with_article(language, words.area(country)),
        start=formats.moment(start),
        period=formats.period(start, end) if end else "",
    )  # fmt: skip


def listed_days(episodes: Iterable[DomainEpisode]) -> dict[Key, int]:
    """Return the number of days on which a domain is on the lists of each series; 0 for a list without a date."""
    days: dict[Key, int] = {}
    for row in episodes:
        days[key(row)] = days.get(key(row), 0) + (row.measurements if row.first_listed else 0)
    return days


def list_sentences(site: Site, domain: str, days: Mapping[Key, int], series: Sequence[ObservedSeries]) -> list[str]:
    """Return a sentence for each of the first series that contain a domain, and one for the number of the others.

    Series with dated lists come first. `days`: as returned by `listed_days` or `platform_days`.
    """
    naming = [row for row in dated_first(series) if key(row) in days]
    sentences = [_list(site, domain, days[key(row)], row) for row in naming[:_NAMED]]
    if more := len(naming) - len(sentences):
        sentences.append(site.ngettext("One more list names it.", "%(n)s more lists name it.", more))
    return sentences


def _list(site: Site, domain: str, listed: int, row: ObservedSeries) -> str:
    where = {"domain": domain, "list": row.label, "country": site.words.area(row.country)}
    if not row.days:
        return site.gettext("In %(country)s, %(domain)s is on the list “%(list)s”, which has no date.", **where)
    measured = site.formats.number(row.days)
    period = site.formats.period(row.days_from, row.days_to)
    if listed >= row.days:
        message = N_("In %(country)s, %(domain)s was on the list “%(list)s” on all %(measured)s days measured, %(period)s.")
    else:
        message = N_(
            "In %(country)s, %(domain)s was on the list “%(list)s” on %(listed)s of %(measured)s days measured, %(period)s."
        )
    return site.gettext(message, **where, listed=site.formats.number(listed), measured=measured, period=period)


def platform_days(listings: Iterable[PlatformListing], domain: str) -> dict[Key, int]:
    """Return the number of days on which a domain of a platform is on the lists of each series; 0 for a list without a date."""
    return {key(row): row.measurements or 0 for row in listings if row.domain == domain}
