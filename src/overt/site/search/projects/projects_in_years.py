"""The projects of a question in its years: projects dated then, and projects that were possibly in place."""

from dataclasses import replace
from functools import cached_property

from overt.index.project_filter_declarations import ProjectFilter
from overt.queries.as_of.projects_in_place_in_period import Period, period_of, possibly_in_place
from overt.queries.projects_in_memory import Mask
from overt.site.search.projects.project_masks import ABOUT_MONEY, ProjectMasks

_NOT_PROJECTS = frozenset({"agreements", "blocked", "lists", "listed"})
EVENT_PROPERTIES = {"agreed": ("agreed", "contract-signed"), "started": ("started", "construction-start")}
"""The properties with the dates of an event, for events that have several."""
_BY_EVENT = frozenset({"answer", "projects", "places", "suppliers"})
_ENDS = (("completed",), ("ended",))
_BY_DATE = ABOUT_MONEY | {"dates"}
"""Intents whose answers are about events, so that only dates count."""


class ProjectYears(ProjectMasks):
    """The projects of a question in its years."""

    def mask(self, chosen: ProjectFilter, *, by_date: bool = False) -> Mask:
        """Return the projects that match a filter in the question's years.

        These are the projects that are dated then and, if `counts_in_place` is true, those that were possibly in place.
        `by_date`: whether only dates count.
        """
        if by_date or not self.question.years or not self.counts_in_place:
            return self.dated_mask(chosen)
        return self.in_place_mask(chosen)

    def dated_mask(self, chosen: ProjectFilter) -> Mask:
        """Return the projects that match a filter and, if the question has years, are dated then.

        If it names an event, such as “completed”, only projects with a date of this event then are returned, if any.
        """
        if self.names_event:
            return self._with_event(chosen)
        if not self.question.years:
            return self._matching(chosen)
        first, last = self.question.years
        return self._matching(replace(chosen, year_from=first, year_to=last))

    def mask_of_any_year(self, chosen: ProjectFilter) -> Mask:
        """Return the projects that match a filter, ignoring the question's years."""
        return self._matching(chosen)

    def with_commitments(self, chosen: ProjectFilter) -> Mask:
        """Return the projects that match a filter and have a commitment that was agreed in the question's years.

        If the question has no years, return all projects that match the filter.
        """
        matching = self._matching(chosen)
        if not self.agreed_years:
            return matching
        rows = self.rows("commitments_by_project", matching, seats=(), financiers=(), flows=())
        return self.reader.vectors.mask_of({row["id"] for row in rows})

    @cached_property
    def event(self) -> tuple[str, tuple[str, ...]]:
        """The question's word for an event, and the properties that give the event's dates; both empty without an event."""
        for marker in self.question.markers:
            if marker.id == "event" and (event := self.lexicon.date_event(marker.text)):
                return marker.text, EVENT_PROPERTIES.get(event, (event,))
        return "", ()

    def _with_event(self, chosen: ProjectFilter) -> Mask:
        """Return the projects that match a filter and have a date of the question's event in its years.

        If the question has no years, any date counts. Empty if it names no event.
        """
        rows = self.rows("project_dates", self._matching(chosen), properties=self.event[1]) if self.event[1] else []
        ids = [row["id"] for row in rows if self.question.is_in_years(row["date"])]
        return self.reader.vectors.mask_of(ids)

    @cached_property
    def names_event(self) -> bool:
        """Whether an answer counts projects by the event that the question names: “projects completed in 2016”.

        False if no project has a date of this event then. If the question has no years, only an end counts, as in “completed
        projects”.
        """
        is_asked = bool(self.question.years) or (self.question.intent == "projects" and self.event[1][-1:] in _ENDS)
        return (
            self.question.intent in _BY_EVENT and is_asked and bool(self.event[1]) and bool(self._with_event(self.filter()).any())
        )

    def in_place_mask(self, chosen: ProjectFilter) -> Mask:
        """Return the projects that match a filter and are dated in the question's years, or were possibly in place then.

        Denied, cancelled and unverified projects are left out. If the question doesn't have both a first and a last year, or if
        its years are after the release, only dates count.
        """
        first, last = self.question.years or (None, None)
        if first is None or last is None or first > self.words.release_day.year:
            return self.dated_mask(chosen)
        in_place = possibly_in_place(self.reader.vectors, self._period(first, last))
        either: Mask = (self.dated_mask(chosen) & ~self.never_counted) | (self._matching(chosen) & in_place)
        return either

    def dated(self) -> str:
        """Return words for the question's years and for what must fall in them: an event, dates, or times in place.

        Empty if the question has neither years nor an event that the answer uses.
        """
        first, last = self.question.years or (None, None)
        if self.names_event:
            years = self.years() if self.question.years else ""
            return self.language.gettext("“%(word)s” %(years)s", word=self.event[0], years=years).strip()
        if not self.question.years:
            return ""
        if first is None or last is None or self.question.intent in _NOT_PROJECTS:
            return self.years()
        if self.counts_in_place:
            return self.language.gettext("dated %(years)s or possibly in place then", years=self.years())
        return self.language.gettext("dated %(years)s", years=self.years())

    @cached_property
    def counts_in_place(self) -> bool:
        """Whether an answer counts projects that were possibly in place.

        The question must have a first and a last year, must not name an event such as “signed”, and must not be about money or
        dates. It must also ask what was used then, or by whom, unless no project is dated then.
        """
        first, last = self.question.years or (None, None)
        if first is None or last is None or first > self.words.release_day.year or self.question.intent in _BY_DATE:
            return False
        chosen = self.filter()
        if self.question.has("event"):
            return False
        is_state = self.question.has("state") or self.question.has("customers")
        return is_state or not self.seated(self.dated_mask(chosen)).any()

    def _period(self, first: int, last: int) -> Period:
        return Period(period_of(str(first)).first, period_of(str(last)).last)

    def undated(self, chosen: ProjectFilter, mask: Mask) -> Mask:
        """Return the undated projects that meet all other conditions, without those in the mask or possibly in place."""
        matching = self.seated(self._matching(chosen) & ~self.in_place_mask(chosen)) & ~mask
        return matching & (self.reader.vectors["year.ranks"] < 0)
