"""Notes on what an answer about a question's projects leaves out, and the address of the page that lists them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from overt.http.page_addresses import address
from overt.index.project_filter_declarations import ProjectFilter
from overt.language.language import NN_
from overt.queries.database import Row
from overt.queries.project_filter_masks import matching_projects
from overt.queries.projects_in_memory import Mask
from overt.site.search.projects.projects_in_years import ProjectYears
from overt.site.search.reply import Note, size_of

_MAX_UNDATED = 8
_CHINA, _SPECIAL = "CN", frozenset({"HK", "MO"})
_OF_PROJECTS = frozenset({"suppliers", "projects", "places", "answer", "dates", "amounts", "money"})
"""Intents whose answers are about projects and their organisations."""
_MAX_SUPPLIERS = 15
"""Maximum number of organisations in an address that limits a list to organisations from one country."""


class ProjectScope(ProjectYears):
    """The projects of a question, their page, and notes on what an answer about them leaves out."""

    def link(
        self, chosen: ProjectFilter, mask: Mask, organizations: Sequence[str] = (), *, are_lenders: bool = False
    ) -> tuple[str, list[Note]]:
        """Return the address of a list with a mask's projects, and a note on the question's conditions that the list ignores.

        `organizations`: if the question has home countries, the organisations from there, which limit the list. `are_lenders`:
        whether they limit it as financiers.
        """
        left_out, ids = [], tuple(organizations)
        if self.seats:
            if 0 < len(organizations) <= _MAX_SUPPLIERS:
                chosen = replace(chosen, financier=ids) if are_lenders else replace(chosen, company=ids)
                mask = mask & matching_projects(self.reader, chosen)
            else:
                left_out += self.seat_labels()
        left_out += [self.part_label(part) for part in (*self.towns, *self.provinces)]
        left_out += self.excluded_labels()
        left_out += [self.label("kind", kind, kind) for kind in self.added_kinds]
        if self.question.are_together:
            left_out.append(self.language.gettext("all organisations in one project"))
        if self.is_between_places:
            left_out.append(self.language.gettext("all places in one project"))
        if self.side and not organizations:
            left_out.append(self.side_label())
        if self.question.threshold:
            left_out.append(self.threshold_label(self.question.threshold))
        if self.question.years or self.names_event:
            first, last = self.question.years or (None, None)
            choices = [replace(chosen, year_from=first, year_to=last)]
            choices += [replace(chosen, as_of=str(first))] if first is not None and first == last else []
            equal = (choice for choice in choices if np.array_equal(matching_projects(self.reader, choice), mask))
            if dated := next(equal, None):
                chosen = dated
            else:
                left_out.append(self.dated() if self.names_event else self.years())
        text = self.language.gettext("The list behind the link isn’t limited to: %(what)s.", what=self.listed(left_out))
        notes = [Note(text)] if left_out else []
        return address("/explorer", [*chosen.items()]), notes

    def notes(self, chosen: ProjectFilter, mask: Mask, *, by_commitment: bool = False) -> list[Note]:
        """Return notes on what an answer about a mask's projects leaves out, and on how it was chosen.

        `by_commitment`: whether the dates of commitments count, rather than those of the projects.
        """
        notes = [
            *self.groups(),
            *self._members(),
            *self.debated_members(mask),
            *self._shared(chosen),
            *self._of_other_events(chosen, mask),
            *([] if by_commitment else [*self._in_place(chosen, mask), *self._undated(chosen, mask)]),
            *self._other_kinds(chosen, mask),
        ]
        return notes if mask.any() else [*notes, *self._without_organizations(chosen)]

    def _members(self) -> list[Note]:
        if not self.as_of:
            return []
        names = self.listed(self.words.region(region) for region in self.regions)
        text = self.language.gettext("Members of %(regions)s as they were in %(year)s.", regions=names, year=self.as_of)
        return [Note(text)]

    def _of_other_events(self, chosen: ProjectFilter, mask: Mask) -> Iterator[Note]:
        """Yield a note on projects that are dated in the question's years, but by other events than the one that it names."""
        if not (self.names_event and self.question.years):
            return
        first, last = self.question.years
        more = self.seated(self._matching(replace(chosen, year_from=first, year_to=last))) & ~mask
        message = NN_(
            "%(n)s more project is dated then by another event: %(names)s.",
            "%(n)s more projects are dated then by other events: %(names)s.",
        )
        yield from self.notes_naming(more, message)

    def groups(self) -> Iterator[Note]:
        """Yield a note for each group in the question, such as the Middle East, with the countries that it stands for."""
        grouped = [part for part in (*self.question.parts, *self.question.excluded) if self.question.is_grouped(part)]
        members: dict[str, list[str]] = {}
        for part in grouped:
            name = self.words.region(part.id) if part.id in self.words.regions else self.words.area(part.id)
            members.setdefault(part.label or part.text, []).append(name)
        for group, names in members.items():
            text = self.language.gettext("Here, “%(region)s” means: %(countries)s.", region=group, countries=self.listed(names))
            yield Note(text)

    def debated_members(self, mask: Mask) -> list[Note]:
        """Return notes on countries that a reader may not expect in the question's regions, such as Mexico in Central America."""
        notes = []
        for region in self.regions:
            codes = [code for code in self.lexicon.debated_members.get(region, ()) if code not in self.areas]
            present = [code for code in codes if (mask & matching_projects(self.reader, ProjectFilter(country=(code,)))).any()]
            if present:
                names, label = self.listed(map(self.words.area, present)), self.words.region(region)
                notes.append(
                    Note(self.language.gettext("%(region)s includes here: %(countries)s.", region=label, countries=names))
                )
        return notes

    def not_built(self, mask: Mask) -> list[Note]:
        """Return a note for each status of the mask's projects that are announced, cancelled, denied or unverified."""
        disputed = mask & self.disputed
        if not disputed.any():
            return []
        rows = self.rows("not_built", disputed, seats=self.seats)
        by_status: dict[str, list[Row]] = {}
        for row in rows:
            by_status.setdefault(row["status"], []).append(row)
        return [
            Note(
                self.language.ngettext(
                    "%(n)s project is recorded as “%(status)s”: %(names)s.",
                    "%(n)s projects are recorded as “%(status)s”: %(names)s.",
                    len(listed), status=self.words.term("statuses", status), names=self.named(map(self.called_row, listed)),
                )
            )
            for status, listed in by_status.items()
        ]  # fmt: skip

    @property
    def _needs_seats(self) -> bool:
        """Whether the answer must leave out organisations without a recorded home country."""
        return bool(self.seats or self.excluded_seats or (self.side and not self.organizations))

    def seatless(self, mask: Mask, *roles: str) -> list[Note]:
        """Return notes on organisations in these roles that the answer leaves out because of their home countries.

        Their home country is not recorded or, if the question is about China, is Hong Kong or Macau.
        """
        rows = self.rows("seatless", mask, roles=roles) if self._needs_seats else []
        nearby = self._in_special_regions(mask, roles)
        if not rows:
            return nearby
        text = self.language.ngettext(
            "%(n)s organisation whose home country is not recorded is left out: %(names)s.",
            "%(n)s organisations whose home countries are not recorded are left out: %(names)s.",
            len(rows), names=self.named(map(self.called_row, rows)),
        )  # fmt: skip
        return [*nearby, Note(text)]

    def unknown_seats(self) -> str:
        """Return a sentence, instead of a denial, on organisations that may match because their home countries aren't recorded.

        Empty if there are no such organisations, or if the question neither excludes home countries nor asks for foreign or
        domestic suppliers.
        """
        is_open = (self.excluded_seats or (self.side and not self.organizations)) and not self.seats
        mask = self.mask(self.filter()) if is_open and self.question.intent in _OF_PROJECTS else None
        rows = self.rows("seatless", mask, roles=self.seat_roles) if mask is not None else []
        if not rows:
            return ""
        return self.language.ngettext(
            "%(n)s organisation without a recorded home country has a part in projects here, and may be meant "
            "(%(what)s): %(names)s.",
            "%(n)s organisations without recorded home countries have a part in projects here, and may be meant "
            "(%(what)s): %(names)s.",
            len(rows), what=self.about(), names=self.named(map(self.called_row, rows), _MAX_UNDATED),
        )  # fmt: skip

    def _in_special_regions(self, mask: Mask, roles: Sequence[str]) -> list[Note]:
        """Return a note on organisations in these roles from Hong Kong and Macau, if the question is about Chinese ones."""
        if _CHINA not in self.seats or not _SPECIAL.isdisjoint(self.seats):
            return []
        involved = roles if "financier" in roles else (*roles, "owner", "operator")
        rows = self.rows("operators", mask, roles=involved, seats=sorted(_SPECIAL), named_after=())
        if not rows:
            return []
        text = self.language.ngettext(
            "%(n)s organisation based in Hong Kong or Macau has a part in such projects, and isn’t counted: %(names)s.",
            "%(n)s organisations based in Hong Kong or Macau have a part in such projects, and aren’t counted: "
            "%(names)s.",
            len(rows), names=self.named(map(self.called_row, rows), _MAX_UNDATED),
        )  # fmt: skip
        return [Note(text)]

    def _undated(self, chosen: ProjectFilter, mask: Mask) -> Iterator[Note]:
        if not self.question.years:
            return
        undated = self.undated(chosen, mask)
        message = NN_(
            "%(n)s project without a date is not in the answer, but may be meant: %(names)s.",
            "%(n)s projects without a date are not in the answer, but may be meant: %(names)s.",
        )
        yield from self.notes_naming(undated, message, address("/explorer", [*chosen.items()]), size=_MAX_UNDATED)

    def _in_place(self, chosen: ProjectFilter, mask: Mask) -> Iterator[Note]:
        first, last = self.question.years or (None, None)
        if first is None or last is None:
            return
        earlier = self.seated(mask) & ~self.dated_mask(chosen)
        message = NN_(
            "%(n)s of them has another date, or none, and was possibly in place then: %(names)s.",
            "%(n)s of them have other dates, or none, and were possibly in place then: %(names)s.",
        )
        yield from self.notes_naming(earlier, message)
        more = self.seated(self.in_place_mask(chosen)) & ~mask
        if not self.counts_in_place:
            message = NN_(
                "%(n)s more project with another date, or none, isn’t counted, but was possibly in place then: %(names)s.",
                "%(n)s more projects with other dates, or none, aren’t counted, but were possibly in place then: %(names)s.",
            )
            yield from self.notes_naming(more, message)

    def _shared(self, chosen: ProjectFilter) -> Iterator[Note]:
        shared = self.shared_with_excluded(chosen)
        message = NN_(
            "%(n)s project is left out because it is also in a country that the question excludes: %(names)s.",
            "%(n)s projects are left out because they are also in a country that the question excludes: %(names)s.",
        )
        yield from self.notes_naming(shared, message)

    def _other_kinds(self, chosen: ProjectFilter, mask: Mask) -> Iterator[Note]:
        """Yield a note on projects of other kinds that meet all other conditions.

        If the question names an organisation, all its other projects count. Otherwise, only similar kinds (`near_kinds`) do.
        """
        if not chosen.kind or not (chosen.company or chosen.country or chosen.region or chosen.q):
            return
        near = tuple(dict.fromkeys(kind for asked_for in chosen.kind for kind in self.near_kinds.get(asked_for, ())))
        any_kind = replace(chosen, kind=() if chosen.company else near)
        of_other_kinds = self.seated(self.mask(any_kind)) & ~mask
        if not of_other_kinds.any() or not (chosen.company or near):
            return
        of_near_kinds = matching_projects(self.reader, ProjectFilter(kind=near)) if near else np.zeros_like(of_other_kinds)
        first = of_other_kinds & of_near_kinds
        names = [*self._labels(first), *self._labels(of_other_kinds & ~first)]
        values = {"names": self.named(names)}
        text = self.language.ngettext(
            "%(n)s other project is recorded there under other kinds: %(names)s.",
            "%(n)s other projects are recorded there under other kinds: %(names)s.", size_of(of_other_kinds), **values,
        )  # fmt: skip
        if not chosen.company:  # There may be more projects, of kinds that are unrelated to the question.
            text = self.language.ngettext(
                "%(n)s other project is recorded there under similar kinds: %(names)s.",
                "%(n)s other projects are recorded there under similar kinds: %(names)s.", size_of(of_other_kinds), **values,
            )  # fmt: skip
        yield Note(text, address("/explorer", [*any_kind.items()]))

    def _without_organizations(self, chosen: ProjectFilter) -> Iterator[Note]:
        if not chosen.company or not (chosen.kind or chosen.q):
            return
        without = replace(chosen, company=())
        yield from self.also(self.mask(without), without)

    def also(self, mask: Mask, chosen: ProjectFilter) -> Iterator[Note]:
        """Yield a note on a mask's projects, which match if the question's organisation is ignored; nothing if there are none.

        `chosen`: the filter for the linked list.
        """
        message = NN_(
            "Without the organisation, %(n)s project is recorded: %(names)s.",
            "Without the organisation, %(n)s projects are recorded: %(names)s.",
        )
        yield from self.notes_naming(mask, message, address("/explorer", [*chosen.items()]))
