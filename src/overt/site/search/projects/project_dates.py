"""The dates of a question's projects, such as the earliest, and what happened on each date."""

from collections.abc import Sequence
from dataclasses import replace

from overt.language.language import N_
from overt.model.values.date_comparison import first_day, last_day, may_be_earlier, may_be_later
from overt.queries import projects
from overt.queries.database import Row
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.understood_question import Question
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.projects.projects_in_years import EVENT_PROPERTIES
from overt.site.search.reply import size_of

_EVENTS = {
    "agreed": N_("agreed %(date)s"),
    "contract-signed": N_("contract signed %(date)s"),
    "construction-start": N_("construction began %(date)s"),
    "started": N_("started %(date)s"),
    "operational": N_("in operation %(date)s"),
    "completed": N_("completed %(date)s"),
    "ended": N_("ended %(date)s"),
}
"""Messages on dates, by the property of a project that gives the date."""


def projects_by_date(scope: ProjectScope, mask: Mask) -> list[projects.Project]:
    """Return the dated projects of a mask, the earliest first, or the latest first if the question asks for that.

    Dates such as “by 2018” are sorted by their last day if the earliest comes first, and by their first day if the latest does.
    """
    dated = mask & (scope.reader.vectors["year.ranks"] >= 0)
    rows = projects.by_id(scope.reader, scope.ids(dated)).values()
    if scope.question.has("latest"):
        return sorted(rows, key=lambda row: (first_day(_date(row)), row.id), reverse=True)
    return sorted(rows, key=lambda row: (last_day(_date(row)), row.id))


def _date(row: projects.Project) -> str:
    return row.date or str(row.year)


def first_and_last_date(scope: ProjectScope, mask: Mask) -> str:
    """Return sentences with the earliest and the latest date of a mask's projects, or only with the one that is asked for.

    If no project has a date, a sentence says so.
    """
    ends = ends_of(scope)
    texts = [first_date(scope.about_question(question), mask) for question in ends] or [first_date(scope, mask)]
    return scope.sentences(*dict.fromkeys(texts))


def ends_of(scope: ProjectScope) -> list[Question]:
    """Return one question for the earliest date and one for the latest if the question asks for both, or else an empty list."""
    markers = scope.question.markers
    if not (scope.question.has("earliest") and scope.question.has("latest")):
        return []
    return [
        replace(scope.question, markers=[marker for marker in markers if marker.id != other]) for other in ("latest", "earliest")
    ]


def first_date(scope: ProjectScope, mask: Mask) -> str:
    """Return a sentence with the earliest date of a mask's projects, or the latest if asked for.

    If the question names an event, such as a start, and a date of it is on record, the sentence has only that date. If no
    project has a date, the sentence says so.
    """
    rows, total = projects_by_date(scope, mask), size_of(mask)
    of_event, is_on_record = _date_of_event(scope, mask)
    if is_on_record:
        return of_event
    if not rows:
        return scope.language.ngettext(
            "%(n)s project is recorded, without a date: %(what)s.", "%(n)s projects are recorded, none with a date: %(what)s.",
            total, what=scope.about(),
        )  # fmt: skip
    first = rows[0]
    dated = {"what": _what_dated(scope, first), "name": scope.called(first)}
    message = scope.language.gettext("The earliest date on record (%(what)s): %(name)s.", **dated)
    if scope.question.has("latest"):
        message = scope.language.gettext("The latest date on record (%(what)s): %(name)s.", **dated)
    counted = scope.language.ngettext(
        "%(n)s of %(total)s projects has a date.", "%(n)s of %(total)s projects have a date.", len(rows), total=total
    )
    message = scope.sentences(message, counted)
    return scope.sentences(of_event, message, _uncertain(scope, [(_date(row), scope.called(row)) for row in rows]))


def _uncertain(scope: ProjectScope, dated: Sequence[tuple[str, str]]) -> str:
    """Return a sentence on projects that may be earlier than the first of these or, if the question asks for the latest, later.

    `dated`: the date and label of each project, in order. Empty if there is no such project, or if the question asks for neither
    the earliest nor the latest.
    """
    (first, _), *later = dated
    is_latest = scope.question.has("latest")
    if not (is_latest or scope.question.has("earliest")):
        return ""
    compare = may_be_later if is_latest else may_be_earlier
    names = [
        scope.language.gettext("%(name)s (%(detail)s)", name=name, detail=scope.formats.date(date))
        for date, name in later
        if compare(date, first)
    ]
    if not names:
        return ""
    values = {"names": scope.named(names)}
    if is_latest:
        return scope.language.ngettext(
            "%(n)s other may be later, by its date: %(names)s.", "%(n)s others may be later, by their dates: %(names)s.",
            len(names), **values,
        )  # fmt: skip
    return scope.language.ngettext(
        "%(n)s other may be earlier, by its date: %(names)s.", "%(n)s others may be earlier, by their dates: %(names)s.",
        len(names), **values,
    )  # fmt: skip


def _what_dated(scope: ProjectScope, project: projects.Project) -> str:
    """Return the date of a project with what happened then: “agreed 2011”. If no event is on record, return only the date."""
    date = str(project.date or project.year)
    number = scope.reader.vectors.numbers([project.id])
    rows = scope.rows("project_dates", scope.reader.vectors.mask(number), properties=tuple(_EVENTS))
    property_ = next((row["property"] for row in rows if row["date"] == date), "")
    text = scope.formats.date(date)
    return scope.language.gettext(_EVENTS[property_], date=text) if property_ else text


def _date_of_event(scope: ProjectScope, mask: Mask) -> tuple[str, bool]:
    """Return a sentence with the date of the question's event (empty if it names none), and whether such a date is on record.

    “When did Huawei start in Zimbabwe” names no event, because any project can be such a start.
    """
    events = {marker.text: scope.lexicon.date_event(marker.text) for marker in scope.question.markers if marker.id == "event"}
    word, event = next(((word, event) for word, event in events.items() if event), ("", ""))
    if not event or not mask.any() or (event == "started" and scope.organizations and not scope.kinds):
        return "", False
    properties = EVENT_PROPERTIES.get(event, (event,))
    rows = scope.rows("project_dates", mask, properties=properties)
    is_latest = scope.question.has("latest")
    key = first_day if is_latest else last_day
    dated = sorted(rows, key=lambda row: (key(row["date"]), row["id"]), reverse=is_latest)
    if not dated:
        message = scope.language.gettext(
            "No date of that event (“%(word)s”) is on record: %(what)s. The list has the dates of other events.",
            word=word, what=scope.about(),
        )  # fmt: skip
        return message, False
    first = dated[0]
    project = projects.by_id(scope.reader, [first["id"]])[first["id"]]
    what = scope.language.gettext(_EVENTS[first["property"]], date=scope.formats.date(first["date"]))
    name = scope.called(project)
    if scope.question.has("latest"):
        message = scope.language.gettext("The latest such date on record: %(what)s (%(name)s).", what=what, name=name)
    else:
        message = scope.language.gettext("The earliest such date on record: %(what)s (%(name)s).", what=what, name=name)
    number, total = len({row["id"] for row in rows}), size_of(mask)
    counted = scope.language.ngettext(
        "%(n)s of %(total)s projects has such a date.", "%(n)s of %(total)s projects have such a date.", number, total=total
    )
    labels = projects.by_id(scope.reader, list(dict.fromkeys(row["id"] for row in dated)))
    first_of_each: dict[str, tuple[str, str]] = {}  # A project may have dates for both properties of an event.
    for row in dated:
        first_of_each.setdefault(row["id"], (row["date"], scope.called(labels[row["id"]])))
    return scope.sentences(message, counted, _uncertain(scope, [*first_of_each.values()])), True


def recorded_dates(scope: ProjectScope, mask: Mask) -> dict[str, str]:
    """Return the dates of each of a mask's projects, with what happened then, in words: “agreed 2011, in operation 2012”."""
    by_project: dict[str, list[Row]] = {}
    for row in scope.rows("project_dates", mask, properties=tuple(_EVENTS)):
        by_project.setdefault(row["id"], []).append(row)
    return {
        project: scope.listed(
            scope.language.gettext(_EVENTS[row["property"]], date=scope.formats.date(row["date"])) for row in rows
        )
        for project, rows in by_project.items()
    }
