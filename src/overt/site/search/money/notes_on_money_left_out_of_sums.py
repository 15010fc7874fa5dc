"""Notes on what a sum of money leaves out, such as restated commitments, commitments of other types, and contract values."""

import re
from collections.abc import Iterable, Iterator, Sequence

from overt.http.page_addresses import record_url
from overt.index.project_filter_declarations import ProjectFilter
from overt.queries import projects
from overt.queries.database import Row
from overt.queries.projects_in_memory import Mask
from overt.site.search.money.contract_values_and_named_financiers import contract_values
from overt.site.search.money.home_countries_from_financier_names import financiers_named_after
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import Note, size_of

_OF_MONEY = re.compile(
    r"\b(?:costs?|price|paid|payments?|loans?|lent|credit|grants?|(?:m|b)illion|usd|eur|cny|yuan|dollars)\b", re.IGNORECASE
)
"""Words for money in descriptions, which are in English."""
_MAX_DESCRIBED = 3
"""Maximum number of projects whose descriptions are quoted."""
_MAX_NAMED = 5
"""Maximum number of projects that a note names."""


def left_out_notes(
    scope: ProjectScope,
    chosen: ProjectFilter,
    mask: Mask,
    financed: Mask,
    lenders: Sequence[str],
    *,
    are_contracts_known: bool = False,
) -> Iterator[Note]:
    """Yield the notes on money of a mask's projects that isn't in the sum for the projects `financed`.

    `are_contracts_known`: whether the answer already has the contract values.
    """
    yield from restated_notes(scope, financed if scope.agreed_years else mask, lenders)
    yield from other_flows(scope, mask, lenders, scope.flows)
    yield from _without_commitment(scope, chosen, financed, lenders)
    yield from counted_by_name(scope, mask)
    if financed.any() and not lenders:
        yield from _financiers_without_commitment(scope, mask)
    if not are_contracts_known and (scope.codes() or (scope.organizations and not lenders) or chosen.q or financed.any()):
        yield from contract_notes(scope, financed if financed.any() else mask)
    yield from cost_notes(scope, mask)


def contract_notes(scope: ProjectScope, mask: Mask) -> Iterator[Note]:
    """Yield a note on the contract values of a mask's projects."""
    if values := contract_values(scope, mask):
        yield Note(scope.sentences(values, scope.language.gettext("Contract values aren’t commitments, and aren’t added.")))


def cost_notes(scope: ProjectScope, mask: Mask) -> Iterator[Note]:
    """Yield notes with what the descriptions of a mask's projects say about money, if there are only a few projects."""
    if size_of(mask) > _MAX_DESCRIBED:
        return
    rows = scope.rows("descriptions", mask)
    for row in rows:
        if any(row["value"] in other["value"] and row is not other for other in rows):
            continue  # Another description contains this text.
        text = str(scope.language.localized(row, "value"))
        if _OF_MONEY.search(str(row["value"])):
            note = scope.language.gettext("The description of %(name)s says: %(text)s", name=scope.called_row(row), text=text)
            yield Note(note, record_url("project", row["id"]))


def restated_notes(scope: ProjectScope, mask: Mask, lenders: Sequence[str]) -> Iterator[Note]:
    """Yield a note on commitments of any year that a sum leaves out because they repeat, or may repeat, another one."""
    rows = scope.rows("restated", mask, seats=scope.seats, financiers=lenders, flows=scope.flows, years=())
    if rows:
        text = scope.language.ngettext(
            "%(n)s commitment isn’t counted or added, because the project has another one that may be the same: "
            "%(names)s.",
            "%(n)s commitments aren’t counted or added, because their projects have another one that may be the "
            "same: %(names)s.",
            len(rows), names=scope.named(_with_amounts(scope, rows), _MAX_NAMED),
        )  # fmt: skip
        yield Note(text)


def undated_notes(scope: ProjectScope, chosen: ProjectFilter, seats: Sequence[str], lenders: Sequence[str]) -> Iterator[Note]:
    """Yield a note saying that commitments count by their own dates, and one on undated ones to projects of other years.

    Nothing is yielded if the question has no years. Projects that are dated in its years are left to `undated_then`. `chosen`:
    the filter for the projects, whose years are ignored. `seats`, `lenders`: home countries and ids of the lenders whose
    commitments count; empty if all do.
    """
    if not scope.agreed_years:
        return
    yield Note(
        scope.language.gettext("Commitments count by the dates on which they were agreed, not by those of their projects.")
    )
    rows = _undated(scope, scope.mask_of_any_year(chosen) & ~scope.mask(chosen), seats, lenders)
    if rows:
        text = scope.language.ngettext(
            "%(n)s commitment without a date, for a project that isn’t dated then, is not counted: %(names)s.",
            "%(n)s commitments without a date, for projects that aren’t dated then, are not counted: %(names)s.",
            sum(row["commitments"] for row in rows), names=_projects_with_amounts(scope, rows),
        )  # fmt: skip
        yield Note(text)


def undated_then(scope: ProjectScope, chosen: ProjectFilter, seats: Sequence[str], lenders: Sequence[str]) -> str:
    """Return a sentence on the undated commitments to projects that match a filter and are dated in the question's years.

    Empty if there are none, or if the question has no years. `seats`, `lenders`: as in `undated_notes`.
    """
    rows = _undated(scope, scope.mask(chosen), seats, lenders) if scope.agreed_years else []
    if not rows:
        return ""
    return scope.language.ngettext(
        "%(n)s more commitment has no date, and isn’t counted; its project is dated then: %(names)s.",
        "%(n)s more commitments have no date, and aren’t counted; their projects are dated then: %(names)s.",
        sum(row["commitments"] for row in rows), names=_projects_with_amounts(scope, rows),
    )  # fmt: skip


def agreed_at_other_times(scope: ProjectScope, chosen: ProjectFilter, seats: Sequence[str], lenders: Sequence[str]) -> str:
    """Return sentences saying that no commitment was agreed in the question's years, and naming commitments of other times.

    These have other dates or none, and are to projects that match a filter and are dated in the question's years. Their lenders
    and donors are named, too. Empty if there are no such commitments, or if the question has no years. `chosen`, `seats`,
    `lenders`: as in `undated_notes`.
    """
    if not scope.agreed_years:
        return ""
    limits = {"seats": seats, "financiers": lenders, "flows": scope.flows}
    rows = scope.rows("commitments_by_project", scope.mask(chosen), **limits, years=())
    if not rows:
        return ""
    number = scope.language.ngettext(
        "%(n)s commitment to a project that is dated then was agreed at another time, or has no date: %(names)s.",
        "%(n)s commitments to projects that are dated then were agreed at other times, or have no date: %(names)s.",
        sum(row["commitments"] for row in rows), names=_projects_with_amounts(scope, rows),
    )  # fmt: skip
    lending = {row["id"]: scope.called_row(row) for row in scope.rows("lenders", scope.mask(chosen), **limits, years=())}
    named = scope.language.ngettext(
        "%(n)s lender or donor is named: %(names)s.", "%(n)s lenders or donors are named: %(names)s.",
        len(lending), names=scope.named(lending.values(), _MAX_NAMED),
    )  # fmt: skip
    none = scope.language.gettext("No commitment on record is dated then: %(what)s.", what=scope.about())
    return scope.sentences(none, number, named)


def _undated(scope: ProjectScope, mask: Mask, seats: Sequence[str], lenders: Sequence[str]) -> list[Row]:
    return scope.rows("undated", mask, seats=seats, financiers=lenders, flows=scope.flows, years=())


def _projects_with_amounts(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Join the names of up to `_MAX_NAMED` of the rows' projects, each with its amount, with semicolons."""
    names = projects.by_id(scope.reader, list(dict.fromkeys(row["id"] for row in rows[: _MAX_NAMED + 1])))
    return scope.named((_with_amount(scope, scope.called(names[row["id"]]), row) for row in rows[: _MAX_NAMED + 1]), _MAX_NAMED)


def counted_by_name(scope: ProjectScope, mask: Mask) -> Iterator[Note]:
    """Yield a note on the financiers of a mask's projects that count only because of a country in their names."""
    if not scope.named_after:
        return
    query = "committed" if scope.agreed_years else "operators"  # With years, only financiers with a commitment then count.
    limits = {"seats": scope.seats, "financiers": (), "flows": scope.flows, "roles": ("financier",)}
    present = {row["id"] for row in scope.rows(query, mask, **limits)}
    named = [row for row in financiers_named_after(scope.reader, scope.lexicon, scope.seats) if row["id"] in present]
    if named:
        text = scope.language.ngettext(
            "%(n)s financier counts by its name, because its home country isn’t recorded: %(names)s.",
            "%(n)s financiers count by their names, because their home countries aren’t recorded: %(names)s.",
            len(named), names=scope.named(map(scope.called_row, named)),
        )  # fmt: skip
        yield Note(text)


def other_flows(scope: ProjectScope, mask: Mask, lenders: Sequence[str], counted_flows: Sequence[str]) -> Iterator[Note]:
    """Yield a note on commitments of types other than the counted ones, if the question asks for a type, such as loans.

    An empty string in `counted_flows` means that commitments without a recorded type are counted.
    """
    if not counted_flows:
        return
    of_type, of_all = (
        {
            (row["id"], row["unit"]): row
            for row in scope.rows("commitments_by_project", mask, seats=scope.seats, financiers=lenders, flows=flows)
        }
        for flows in (counted_flows, ())
    )
    more: list[Row] = []
    for key, row in of_all.items():
        counted = of_type.get(key, {"commitments": 0, "amount": 0})
        if row["commitments"] > counted["commitments"]:
            number, amount = row["commitments"] - counted["commitments"], row["amount"] - counted["amount"]
            more.append({**row, "commitments": number, "amount": amount or None})
    if not more:
        return
    listed = more[: _MAX_NAMED + 1]
    names = projects.by_id(scope.reader, list(dict.fromkeys(row["id"] for row in listed)))
    texts = (_with_amount(scope, scope.called(names[row["id"]]), row) for row in listed)
    text = scope.language.ngettext(
        "%(n)s other commitment is not counted, because it is of another type, or its type is not recorded: %(names)s.",
        "%(n)s other commitments are not counted, because they are of other types, or their types are not recorded: %(names)s.",
        sum(row["commitments"] for row in more), names=scope.named(texts, _MAX_NAMED),
    )  # fmt: skip
    yield Note(text)


def _without_commitment(scope: ProjectScope, chosen: ProjectFilter, financed: Mask, lenders: Sequence[str]) -> Iterator[Note]:
    """Yield a note on projects that name a lender from the question, but no commitment of any type."""
    if not chosen.financier:
        return
    matching = scope.mask(chosen)
    committed = [
        row["id"]
        for row in scope.rows("commitments_by_project", matching, seats=scope.seats, financiers=lenders, flows=(), years=())
    ]
    more = matching & ~financed & ~scope.reader.vectors.mask_of(committed)
    if more.any():
        text = scope.language.ngettext(
            "%(n)s more project names the lender, without a commitment: %(names)s.",
            "%(n)s more projects name the lender, without a commitment: %(names)s.",
            size_of(more), names=scope.names_of(more),
        )  # fmt: skip
        yield Note(text, scope.link(chosen, more)[0])


def _financiers_without_commitment(scope: ProjectScope, mask: Mask) -> Iterator[Note]:
    """Yield a note on the financiers that a mask's projects name without any commitment."""
    rows = scope.rows("operators", mask, roles=("financier",), seats=scope.seats)
    committed = {row["id"] for row in scope.rows("committed", mask, seats=scope.seats, financiers=(), flows=(), years=())}
    more = [row for row in rows if row["id"] not in committed]
    if more:
        text = scope.language.ngettext(
            "%(n)s more financier is named without a commitment: %(names)s.",
            "%(n)s more financiers are named without a commitment: %(names)s.",
            len(more), names=scope.named(map(scope.called_row, more), _MAX_NAMED),
        )  # fmt: skip
        yield Note(text)


def _with_amounts(scope: ProjectScope, rows: Iterable[Row]) -> Iterator[str]:
    return (_with_amount(scope, scope.called_row(row), row) for row in rows)


def _with_amount(scope: ProjectScope, name: str, row: Row) -> str:
    """Return a name with the amount of a row in parentheses, if it has one."""
    if not row["amount"] or not row["unit"]:
        return name
    return scope.language.gettext("%(name)s (%(detail)s)", name=name, detail=scope.amount(row["amount"], row["unit"]))
