"""The dates of laws and agreements in words, such as “adopted 8 November 2019”, and their statuses."""

from collections.abc import Sequence

from overt.language.first_letter_case import lower_first
from overt.language.language import N_
from overt.model.values.date_comparison import first_day, last_day, may_be_earlier, may_be_later
from overt.queries.database import Row
from overt.queries.questions.question_tokens import join
from overt.site.agreement.law_status import planned_end_words
from overt.site.search.agreements.agreement_subjects import is_about_bans
from overt.site.search.projects.project_dates import ends_of
from overt.site.search.projects.project_scope import ProjectScope

_IN_FORCE = "in-force"
_DATES = {"date": N_("dated %(years)s"), "adopted": N_("adopted %(date)s"), _IN_FORCE: N_("in force from %(date)s")}
"""Messages by property. If the question doesn't ask for dates, only the year of the first of these dates is given."""
_PLAIN_STATUSES = frozenset({"in-force", "agreed", "completed", "in-progress", "operational", "unknown"})
"""Statuses that need no mention."""
_MAX_PHRASE = 4


def words_for_force(scope: ProjectScope) -> list[str]:
    """Return the words of the question that ask when a law takes effect; empty if it doesn't ask when."""
    if not any(map(scope.question.has, ("dates", "earliest", "latest"))):
        return []
    words, known = scope.question.tokens, scope.lexicon.record_words
    phrases: list[str] = []
    for start in range(len(words)):
        for end in range(min(len(words), start + _MAX_PHRASE), start, -1):
            if known.get(words[start:end]) == "dates":
                phrases += [join(words[start:end]), *words[start:end]]
                break
    return phrases


def agreement_detail(scope: ProjectScope, row: Row) -> str:
    """Return an agreement's kind, countries, year and, if worth mentioning, status, in words.

    If the question asks for dates, all of them are given in full instead of the year.
    """
    kind = scope.words.term("agreement-kinds", row["kind"]) if row["kind"] else ""
    where = [scope.words.area(code) for code in row["countries"]]
    if scope.question.has("dates"):
        dates = agreement_dates(scope, row) or [scope.language.gettext("no date")]
    else:
        dates = [_dated(scope, name, row["dated"][name][:4]) for name in _DATES if name in row["dated"]][:1]
    return scope.listed(text for text in (kind, *where, *dates, *_status(scope, row)) if text)


def planned_end_of(scope: ProjectScope, row: Row) -> str:
    """Return the words that an agreement's page has for its planned end; empty without one (`law_status.planned_end`)."""
    return planned_end_words(scope.language, scope.words, row["dated"].get("repealed"), row["status_as_of"])


def _status(scope: ProjectScope, row: Row) -> list[str]:
    status, end = (str(row["dated"].get(name, "")) for name in ("status", "repealed"))
    if not status or status in _PLAIN_STATUSES:
        return []
    if planned := planned_end_of(scope, row):
        return [lower_first(scope.language, planned)]
    words = scope.words.term("statuses", status)
    if not end or scope.question.has("dates"):
        return [words]
    return [scope.language.gettext("%(status)s, in force until %(date)s", status=words, date=scope.formats.date(end))]


def agreement_dates(scope: ProjectScope, row: Row) -> list[str]:
    """Return the dates of an agreement in words: “adopted 8 November 2019”, “in force from 25 November 2019”.

    If the end is known and not only planned, it comes last: “in force until 1 July 2026”.
    """
    end = "" if planned_end_of(scope, row) else str(row["dated"].get("repealed", ""))
    ends = [scope.language.gettext("in force until %(date)s", date=scope.formats.date(end))] if end else []
    return [*(_dated(scope, name, row["dated"][name]) for name in _DATES if name in row["dated"]), *ends]


def _dated(scope: ProjectScope, name: str, date: str) -> str:
    text = scope.formats.date(date)
    return scope.language.gettext(_DATES[name], date=text, years=text)


def first_agreement_date(scope: ProjectScope, rows: Sequence[Row], mentioning: Sequence[Row]) -> str:
    """Return a sentence with the earliest date of laws and agreements, or with the latest if the question asks for it.

    If none has a date, the sentence says so. If the question asks when they take effect, only dates of entry into force count.
    If no such date is on record, the sentence says so and gives the earliest other date. `mentioning`: the rows that mention
    the question's organisation. In a question about bans, only these count, if there are any.
    """
    rows = (mentioning or rows) if is_about_bans(scope) else rows
    names = scope.listed(scope.label("organization", identity, identity) for identity in scope.organizations)
    dates = [str(row["date"] or "") for row in rows]
    if not any(dates) and mentioning and is_about_bans(scope):
        return scope.language.gettext("No date is on record for those that mention %(names)s.", names=names)
    if not any(dates):
        return scope.language.gettext("No date is on record for them.")
    if not words_for_force(scope):
        return _first(scope, rows, dates, tuple(_DATES))
    in_force = [str(row["dated"].get(_IN_FORCE, "")) for row in rows]
    if any(in_force):
        return _first(scope, rows, in_force, (_IN_FORCE,))
    none = scope.language.gettext("No date of entry into force is on record for them.")
    return scope.sentences(none, _first(scope, rows, dates, tuple(_DATES)))


def _first(scope: ProjectScope, rows: Sequence[Row], dates: Sequence[str], names: Sequence[str]) -> str:
    """Return sentences on the agreement with the earliest date, or the latest if asked for, and on those without a date.

    The first sentence has all dates of that agreement. `dates`: a date for each agreement, or an empty string; at least one
    isn't empty. `names`: the properties that the dates may come from.
    """
    if ends := ends_of(scope):
        return scope.sentences(*(_first(scope.about_question(question), rows, dates, names) for question in ends))
    latest = scope.question.has("latest")
    key = first_day if latest else last_day
    dated = sorted(
        ((date, row["id"], row) for date, row in zip(dates, rows, strict=True) if date),
        key=lambda entry: (key(entry[0]), entry[1]), reverse=latest,
    )  # fmt: skip
    date, _, first = dated[0]
    name = next(name for name in names if first["dated"].get(name) == date)
    more_dates = [_dated(scope, other, first["dated"][other]) for other in _DATES if other in first["dated"] and other != name]
    what = scope.listed([_dated(scope, name, date), *more_dates, *_status(scope, first)])
    values = {"what": what, "name": scope.called_row(first)}
    message = scope.language.gettext("The earliest date on record (%(what)s): %(name)s.", **values)
    if latest:
        message = scope.language.gettext("The latest date on record (%(what)s): %(name)s.", **values)
    compare = may_be_later if latest else may_be_earlier
    uncertain = [row for other, _, row in dated[1:] if compare(other, date)] if latest or scope.question.has("earliest") else []
    if uncertain:
        names = scope.named(map(scope.called_row, uncertain))
        also = (
            scope.language.gettext("By their dates, these may be later: %(names)s.", names=names)
            if latest
            else scope.language.gettext("By their dates, these may be earlier: %(names)s.", names=names)
        )
        message = scope.sentences(message, also)
    missing = len(rows) - len(dated)
    more = scope.language.ngettext("%(n)s of them has no such date.", "%(n)s of them have no such date.", missing)
    return scope.sentences(message, more if missing else "")
