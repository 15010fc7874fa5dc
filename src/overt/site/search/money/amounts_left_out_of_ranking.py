"""Amounts that an answer about the highest amounts doesn't rank, such as contract values or those of similar projects."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from overt.index.project_filter_declarations import ProjectFilter
from overt.queries import projects
from overt.queries.database import Row
from overt.queries.project_filter_masks import matching_projects
from overt.queries.projects_in_memory import Mask
from overt.site.search.money.contract_values_and_named_financiers import contract_values
from overt.site.search.money.notes_on_money_left_out_of_sums import (
    contract_notes,
    cost_notes,
    counted_by_name,
    other_flows,
    restated_notes,
)
from overt.site.search.money.us_dollar_amount_check import is_in_dollars
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note, size_of

_MAX_NAMED = 3
_LOAN = "loan"
"""The type of most commitments. A commitment without a recorded type may also be a loan."""
_NETWORKS = "telecom-ict"
"""The kind of telecommunications, which includes narrower kinds such as mobile networks."""


def flows_or_none(scope: ProjectScope) -> list[str]:
    """Return the types of commitment that the question asks for.

    If it asks for loans, the list includes an empty string, which stands for commitments without a recorded type.
    """
    return [*scope.flows, ""] if _LOAN in scope.flows else scope.flows


def mask_of_unknown_kind(scope: ProjectScope, chosen: ProjectFilter) -> Mask:
    """Return the projects without a known kind that meet all other conditions of a question.

    Empty if the question isn't about telecommunications, because the loans to projects of unknown kind are in that sector.
    """
    terms = scope.words.terms.get("project-kinds", {})
    if not any(kind in terms and _NETWORKS in (kind, terms[kind].broader) for kind in chosen.kind):
        return scope.reader.vectors.mask()
    kinds = scope.reader.vectors.facets["kind"]
    known: Mask = scope.reader.vectors.mask(*map(kinds.projects_with, kinds.values))
    return scope.seated(scope.with_commitments(replace(chosen, kind=()))) & ~known


def of_unknown_kind(scope: ProjectScope, chosen: ProjectFilter, seats: Sequence[str], lenders: Sequence[str]) -> str:
    """Return a sentence with the highest amounts of the projects in `mask_of_unknown_kind`; empty if there are none."""
    mask = mask_of_unknown_kind(scope, chosen)
    if not mask.any():
        return ""
    rows = [row for row in _dollars(scope, mask, seats, lenders) if _is_admitted(scope, row)]
    if not rows:
        return ""
    number = len({row["id"] for row in rows})
    return scope.language.ngettext(
        "%(n)s project whose kind no source states has an amount, too, and may be meant: %(names)s.",
        "%(n)s projects whose kind no source states have amounts, too, and may be meant; the highest: %(names)s.",
        number, names=_named(scope, rows),
    )  # fmt: skip


def uncounted_notes(
    scope: ProjectScope, chosen: ProjectFilter, mask: Mask, lenders: Sequence[str], *, are_contracts_known: bool
) -> Iterator[Note]:
    """Yield notes on money that an answer about the highest amounts doesn't rank.

    They are about contract values, restated commitments, commitments of types other than the question's, costs in descriptions,
    financiers that count because of their names, and projects of similar kinds. `are_contracts_known`: whether the answer
    already has the contract values.
    """
    if not are_contracts_known:
        yield from contract_notes(scope, mask)
    yield from restated_notes(scope, mask, lenders)
    yield from other_flows(scope, mask, lenders, flows_or_none(scope))
    yield from cost_notes(scope, mask)
    yield from counted_by_name(scope, mask)
    near = tuple(dict.fromkeys(kind for kind in chosen.kind for kind in scope.near_kinds.get(kind, ())))
    if not near or not (chosen.country or chosen.region or chosen.company or chosen.q):
        return
    of_near_kinds = replace(chosen, kind=near)
    other = scope.seated(scope.mask(of_near_kinds) | scope.with_commitments(of_near_kinds)) & ~matching_projects(
        scope.reader, ProjectFilter(kind=chosen.kind)
    )
    if not size_of(other):
        return
    rows = [row for row in _dollars(scope, other, (), lenders) if _is_admitted(scope, row)]
    texts = [_named(scope, rows)] if rows else []
    texts += [values.removesuffix(scope.language.gettext("."))] if (values := contract_values(scope, other)) else []
    if texts:
        listed = scope.language.gettext("; ").join(texts)
        yield Note(scope.language.gettext("Amounts of projects there of other kinds: %(names)s.", names=listed))


def _dollars(scope: ProjectScope, mask: Mask, seats: Sequence[str], lenders: Sequence[str]) -> list[Row]:
    rows = scope.rows("commitments_by_project", mask, seats=seats, financiers=lenders, flows=flows_or_none(scope))
    return sorted((row for row in rows if row["stated"] and is_in_dollars(row)), key=lambda row: -row["amount"])


def _is_admitted(scope: ProjectScope, row: Row) -> bool:
    limit = scope.question.threshold if scope.question.counts("amount") else None
    return limit is None or limit.admits(row["amount"])


def _named(scope: ProjectScope, rows: Sequence[Row]) -> str:
    names = projects.by_id(scope.reader, list(dict.fromkeys(row["id"] for row in rows[: _MAX_NAMED + 1])))
    return scope.named(
        (
            scope.language.gettext(
                "%(name)s (%(detail)s)", name=scope.called(names[row["id"]]), detail=scope.amount(row["amount"], row["unit"])
            )
            for row in rows[: _MAX_NAMED + 1]
        ),
        _MAX_NAMED,
    )
