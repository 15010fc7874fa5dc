"""The amounts that may answer a question although no source states the project's kind, or the commitment's type."""

from collections.abc import Sequence

from overt.index.project_filter_declarations import ProjectFilter
from overt.queries.database import Row
from overt.queries.projects_in_memory import Mask
from overt.site.search.money.amounts_left_out_of_ranking import flows_or_none, mask_of_unknown_kind
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note


class UncertainAmounts:
    """The certain and uncertain amounts for a question about the highest amounts.

    `rows`: the amounts, by project and unit. `without_amount`: the number of commitments without an amount. `mask`: if the
    question is about telecommunications, the projects of unknown kind that have an amount. `of_kinds`: the projects of the
    question's kinds. `seats`, `lenders`: home countries and ids of the lenders whose commitments count; empty if all do.
    """

    def __init__(
        self, scope: ProjectScope, chosen: ProjectFilter, of_kinds: Mask, seats: Sequence[str], lenders: Sequence[str]
    ) -> None:
        self._scope = scope
        without_kind = mask_of_unknown_kind(scope, chosen) & ~of_kinds
        limits = {"seats": seats, "financiers": lenders}
        every = scope.rows("commitments_by_project", of_kinds | without_kind, **limits, flows=flows_or_none(scope))
        typed = scope.rows("commitments_by_project", of_kinds | without_kind, **limits, flows=scope.flows)
        self._typed = {(row["id"], row["unit"]): row["commitments"] for row in typed}
        self._without_kind = set(scope.ids(without_kind))
        self.rows: list[Row] = [row for row in every if row["stated"]]
        self.without_amount: int = sum(row["commitments"] - row["stated"] for row in every)
        stated = {row["id"] for row in self.rows} & self._without_kind
        self.mask: Mask = scope.reader.vectors.mask_of(stated)

    def doubts(self, row: Row) -> list[str]:
        """Return the reasons, in words, why an amount may not be what the question asks for; empty if it certainly is."""
        kind = [self._scope.language.gettext("kind of project not recorded")] if self._lacks_kind(row) else []
        return [*kind, *([self._scope.language.gettext("type of commitment not recorded")] if self._lacks_type(row) else [])]

    def sentence(self, rows: Sequence[Row]) -> str:
        """Return a sentence on how many of the rows are of unknown kind or type; empty if there are none."""
        scope = self._scope
        without_kind, without_type = sum(map(self._lacks_kind, rows)), sum(map(self._lacks_type, rows))
        of_kind = scope.language.ngettext(
            "For %(n)s of these projects, no source states the kind.", "For %(n)s of these projects, no source states the kind.",
            without_kind,
        )  # fmt: skip
        of_type = scope.language.ngettext(
            "For %(n)s of these projects, the type of a commitment is not recorded.",
            "For %(n)s of these projects, the type of a commitment is not recorded.",
            without_type,
        )  # fmt: skip
        return scope.sentences(of_kind if without_kind else "", of_type if without_type else "")

    def link_notes(self) -> list[Note]:
        """Return a note saying that the linked list isn't limited to the question's kinds, if it has projects without one."""
        if not self.mask.any():
            return []
        kinds = self._scope.listed(self._scope.label("kind", kind, kind) for kind in self._scope.kinds)
        return [Note(self._scope.language.gettext("The list behind the link isn’t limited to: %(what)s.", what=kinds))]

    def _lacks_kind(self, row: Row) -> bool:
        return row["id"] in self._without_kind

    def _lacks_type(self, row: Row) -> bool:
        return bool(row["commitments"] > self._typed.get((row["id"], row["unit"]), 0))
