"""Replies that rank or date projects: the most expensive or earliest projects, and the countries with the most."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from overt.queries import projects
from overt.queries.database import Row
from overt.queries.projects_in_memory import Mask
from overt.site.search.conditions_by_reply import USED
from overt.site.search.limits.questions_that_need_all_limits import is_decisive
from overt.site.search.money.amounts_left_out_of_ranking import uncounted_notes
from overt.site.search.money.amounts_of_unstated_kind_or_commitment_type import UncertainAmounts
from overt.site.search.money.contract_values_and_named_financiers import contract_values, contracts_by_project
from overt.site.search.money.money_reply import lenders_and_parties, sums_by_unit
from overt.site.search.money.notes_on_money_left_out_of_sums import agreed_at_other_times, undated_notes, undated_then
from overt.site.search.money.us_dollar_amount_check import is_in_dollars
from overt.site.search.projects.project_dates import ends_of, first_and_last_date, projects_by_date, recorded_dates
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Note, Reply, size_of
from overt.site.search.suppliers.suppliers_beside_amounts import suppliers_beside

_MAX_LENDERS = 8
"""Maximum number of lenders in a sentence."""
_MAX_CONTRACTS = 8
"""Maximum number of contracts in a sentence that answers a question about contracts."""


def reply_about_amounts(scope: ProjectScope) -> Reply:
    """Return a reply with the projects that have the highest amounts in dollars, and the number of projects with an amount.

    If the question names lenders, only their commitments count. If it asks about money, only commitments of lenders from its
    home countries count. A question about telecommunications also covers projects without a recorded kind; a question about
    loans also covers commitments without a recorded type. The reply says which projects and commitments these are.
    """
    lenders, parties = lenders_and_parties(scope)
    chosen = scope.filter(companies=parties, financiers=lenders)
    matching = scope.mask(chosen) | scope.with_commitments(chosen)
    of_kinds = scope.seated(matching)
    seats = scope.seats if "money" in scope.intents else []
    possible = UncertainAmounts(scope, chosen, of_kinds, seats, lenders)
    mask = of_kinds | possible.mask
    path, notes = scope.link(replace(chosen, kind=()) if possible.mask.any() else chosen, mask)
    notes = [*scope.seatless(matching, *scope.seat_roles), *possible.link_notes(), *notes]
    rows = possible.rows
    limit = scope.question.threshold if scope.question.counts("amount") else None
    in_dollars = [row for row in _once(filter(is_in_dollars, rows)) if limit is None or limit.admits(row["amount"])]
    ranked = _mask_of(scope, in_dollars)
    unbuilt = scope.not_built(ranked)
    more = uncounted_notes(
        scope,
        chosen,
        mask,
        lenders,
        are_contracts_known=_asks_for_contracts(scope) or not (in_dollars or "money" in scope.intents),
    )
    notes = [
        *_what_amounts_are(scope, rows, mask),
        *more,
        *unbuilt,
        *scope.notes(chosen, of_kinds, by_commitment=bool(rows)),
        *notes,
    ]
    notes = [*undated_notes(scope, chosen, seats, lenders), *notes]
    suppliers = suppliers_beside(scope, mask)
    used = USED["amounts"] | ({"asks suppliers"} if suppliers else frozenset())
    if not in_dollars and mask.any() and limit is None:
        in_other_currencies = [row for row in rows if not is_in_dollars(row)]
        reply = _without_dollars(scope, in_other_currencies, possible.without_amount, mask, path, notes)
        reply.sentence, reply.used = scope.sentences(suppliers, reply.sentence), used
        other = "" if rows else agreed_at_other_times(scope, chosen, seats, lenders)
        reply.sentence = scope.sentences(reply.sentence, undated_then(scope, chosen, seats, lenders) if rows else other)
        return reply
    if not in_dollars:
        return _only_contracts(scope, mask, path, notes) or Reply(scope.none(), path, notes=notes)
    names = projects.by_id(scope.reader, [row["id"] for row in in_dollars[:MAX_ITEMS]])
    values = contracts_by_project(scope, mask) if _asks_for_contracts(scope) else {}
    items = []
    for row in in_dollars[:MAX_ITEMS]:
        project = names[row["id"]]
        amount = scope.amount(row["amount"], row["unit"])
        if value := values.get(row["id"], ""):
            amount = scope.language.gettext("loan, grant or other commitment of %(amount)s", amount=amount)
        detail = scope.language.comma.join([*filter(None, [value]), amount, *possible.doubts(row), scope.project_detail(project)])
        items.append(scope.project_item(project, detail))
    message = scope.language.ngettext(
        "%(n)s project has a recorded loan, grant or other commitment in US dollars: %(what)s.",
        "%(n)s projects have recorded loans, grants or other commitments in US dollars, the highest first: %(what)s.",
        len(in_dollars), what=scope.about(),
    )  # fmt: skip
    if scope.question.has("costliest") and limit is None:
        sums = scope.language.gettext(
            "Their recorded amounts add up to %(amount)s.", amount=scope.listed(sums_by_unit(scope, in_dollars))
        )
        message = scope.sentences(message, sums)
    undated = undated_then(scope, chosen, seats, lenders)
    contracts = contract_values(scope, mask, _MAX_CONTRACTS) if _asks_for_contracts(scope) else ""
    message = scope.sentences(
        suppliers, contracts, message, undated, possible.sentence(in_dollars), _lenders_of(scope, mask & ranked, lenders)
    )
    # The order by amount is also what the marker “most” asks for: “the largest loans, ranked”.
    used |= {"most"} if scope.question.has("costliest") else frozenset()
    return Reply(message, path, items, len(in_dollars), notes, used)


def _only_contracts(scope: ProjectScope, mask: Mask, path: str, notes: list[Note]) -> Reply | None:
    """Return a reply with the values of contracts, for a question that no commitment answers.

    None if no contract has a value within the question's limit, or if the question asks for loans or other commitments.
    """
    values, by_project = contract_values(scope, mask, _MAX_CONTRACTS), contracts_by_project(scope, mask)
    if not values or "money" in scope.intents:
        return None
    none = scope.language.gettext("No loan, grant or other commitment is on record: %(what)s.", what=scope.about())
    rows = projects.by_id(scope.reader, [*by_project][:MAX_ITEMS])
    details = ((row, scope.language.comma.join([by_project[row.id], scope.project_detail(row)])) for row in rows.values())
    items = [scope.project_item(row, detail) for row, detail in details]
    return Reply(scope.sentences(values, none), path, items, len(by_project), notes)


def _asks_for_contracts(scope: ProjectScope) -> bool:
    """Return whether the question asks for the values of contracts, as in “the biggest contract value”.

    Contracts aren't commitments. A question about what something costs also asks for contracts, unless it asks for loans or
    other commitments.
    """
    or_costs = "money" not in scope.intents and not scope.flows
    texts = [marker.text for marker in scope.question.markers if marker.id == "costliest"]
    texts += [part.text for part in scope.question.parts if part.type == "intent" and part.id == "projects"]
    return any(scope.lexicon.is_about_contracts(text, or_costs=or_costs) for text in texts)


def _lenders_of(scope: ProjectScope, mask: Mask, lenders: Sequence[str]) -> str:
    """Return a sentence with the lenders and donors of a mask's projects.

    Empty if there are none, if the question doesn't ask about money, or if it names a lender.
    """
    if "money" not in scope.intents or lenders:
        return ""
    rows = scope.rows("operators", mask, roles=("financier",), seats=scope.seats)
    names = dict.fromkeys(map(scope.called_row, rows))
    if not names:
        return ""
    return scope.language.ngettext(
        "%(n)s lender or donor is named: %(names)s.", "%(n)s lenders or donors are named: %(names)s.",
        len(names), names=scope.named(names, _MAX_LENDERS),
    )  # fmt: skip


def _without_dollars(
    scope: ProjectScope, rows: Sequence[Row], without_amount: int, mask: Mask, path: str, notes: list[Note]
) -> Reply:
    """Return a reply with contract values and with amounts in other currencies, for projects without an amount in dollars.

    `without_amount`: the number of commitments without an amount, for a sentence in the reply.
    """
    message = scope.language.ngettext(
        "No amount in US dollars of a loan, grant or other commitment is on record: %(what)s. %(n)s project is recorded.",
        "No amount in US dollars of a loan, grant or other commitment is on record: %(what)s. %(n)s projects are recorded.",
        size_of(mask), what=scope.about(),
    )  # fmt: skip
    names = projects.by_id(scope.reader, [row["id"] for row in rows[:MAX_ITEMS]])
    known = [_in_other_currencies(scope, rows), contract_values(scope, mask)]
    unstated = scope.language.ngettext(
        "%(n)s commitment without an amount is on record.", "%(n)s commitments without an amount are on record.", without_amount
    )
    message = scope.sentences(*known, message, unstated if without_amount else "", _lenders_of(scope, mask, []))
    items = [scope.project_item(names[row["id"]], scope.amount(row["amount"], row["unit"])) for row in rows[:MAX_ITEMS]]
    # Without amounts, it is unknown which project is the most expensive, so the reply lists all.
    if not items and not is_decisive(scope.question):
        values = contracts_by_project(scope, mask)
        of_mask = projects.first_of(scope.reader, mask, MAX_ITEMS)
        details = ((row, [*filter(None, [values.get(row.id, "")]), scope.project_detail(row)]) for row in of_mask)
        items = [scope.project_item(row, scope.language.comma.join(detail)) for row, detail in details]
        return Reply(message, path, items, size_of(mask), notes)
    return Reply(message, path, items, len(rows), notes)


def _in_other_currencies(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence with the amounts of rows, which must all be in currencies other than dollars; empty without rows."""
    if not rows:
        return ""
    amounts = scope.named((scope.amount(row["amount"], row["unit"]) for row in rows), MAX_ITEMS)
    return scope.language.ngettext(
        "%(n)s amount in another currency is on record: %(amounts)s.",
        "%(n)s amounts in other currencies are on record: %(amounts)s.", len(rows), amounts=amounts,
    )  # fmt: skip


def reply_about_dates(scope: ProjectScope) -> Reply:
    """Return a reply with the projects by date, the earliest first, or the latest first if the question asks for that.

    Projects without a date are listed last.
    """
    chosen = scope.filter()
    matching = scope.mask(chosen)
    mask = scope.seated(matching)
    path, notes = scope.link(chosen, mask)
    notes = [*scope.seatless(matching, *scope.seat_roles), *notes]
    notes = [*scope.not_built(mask), *scope.notes(chosen, mask), *notes]
    if scope.seats:
        text = scope.language.gettext(
            "A project’s dates are those of the whole project; a supplier from there may have come later."
        )
        notes.append(Note(text))
    total = size_of(mask)
    if not total:
        return Reply(scope.none(), path, notes=notes)
    rows = projects_by_date(scope, mask)
    # If the question asks for the earliest and the latest, the earliest project comes first, then the latest and all others.
    for question in ends_of(scope)[:1]:
        first = projects_by_date(scope.about_question(question), mask)[:1]
        rows = [*first, *(row for row in rows if row not in first)]
    undated = projects.first_of(scope.reader, mask & (scope.reader.vectors["year.ranks"] < 0), MAX_ITEMS)
    listed = [*rows, *undated][:MAX_ITEMS]
    numbers = scope.reader.vectors.numbers(row.id for row in listed)
    dates = recorded_dates(scope, scope.reader.vectors.mask(numbers))
    items = [scope.project_item(row, _dated(scope, row, dates.get(row.id))) for row in listed]
    return Reply(first_and_last_date(scope, mask), path, items, total, notes)


def countries_by_suppliers(scope: ProjectScope, mask: Mask) -> list[Row]:
    """Return the countries of a mask's projects with their numbers of suppliers, the highest number first.

    If the question has a threshold, countries whose numbers don't meet it are left out.
    """
    limit, rows = scope.question.threshold, scope.rows_by_side("countries_by_suppliers", mask)
    return [row for row in rows if limit is None or limit.admits(row["suppliers"])]


def first_places(scope: ProjectScope, rows: Sequence[Row], names: Callable[[Row], str], message: str) -> str:
    """Return a message, preceded by a sentence that names the rows with the most projects.

    If the question counts suppliers, the rows with the most suppliers are named instead. If all numbers are 0, the message is
    returned unchanged. `names`: returns a row's name.
    """
    counted = "suppliers" if scope.question.counts_suppliers else "projects"
    highest = max((row[counted] for row in rows), default=0)
    if not highest:
        return message
    listed = scope.named((names(row) for row in rows if row[counted] == highest), MAX_ITEMS)
    number = scope.number_of_suppliers(highest) if counted == "suppliers" else scope.count(highest)
    first = scope.language.gettext("Most on record: %(names)s (%(count)s).", names=listed, count=number)
    seats = scope.language.gettext("Suppliers count in the countries of their projects, not where they are based.")
    return scope.sentences(first, seats if counted == "suppliers" else "", message)


def _once(rows: Iterable[Row]) -> list[Row]:
    """Return one row for each project, the highest amount first.

    A row in current dollars is preferred to one in constant dollars.
    """
    first: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: "@" in row["unit"]):
        first.setdefault(row["id"], row)
    return sorted(first.values(), key=lambda row: (-row["amount"], row["id"]))


def _mask_of(scope: ProjectScope, rows: Sequence[Row]) -> Mask:
    return scope.reader.vectors.mask_of(row["id"] for row in rows)


def _what_amounts_are(scope: ProjectScope, rows: Sequence[Row], mask: Mask) -> list[Note]:
    """Return notes on what amounts are, how many projects have an amount, and which amounts aren't comparable."""
    with_amount, total = len({row["id"] for row in rows}), size_of(mask)
    text = scope.language.ngettext(
        "Amounts are those of recorded loans, grants and other commitments; %(n)s of %(total)s projects has one.",
        "Amounts are those of recorded loans, grants and other commitments; %(n)s of %(total)s projects have one.",
        with_amount, total=total,
    )  # fmt: skip
    uncompared = {row["id"] for row in rows if not is_in_dollars(row)}
    more = scope.language.ngettext(
        "%(n)s amount in another currency isn’t compared.", "%(n)s amounts in other currencies aren’t compared.", len(uncompared)
    )
    units = {row["unit"] for row in rows if is_in_dollars(row)}
    mixed = scope.language.gettext("Some amounts are in constant prices, others in prices of their time.")
    return [Note(text), *([Note(more)] if uncompared else []), *([Note(mixed)] if len(units) > 1 else [])]


def _dated(scope: ProjectScope, row: projects.Project, dates: str | None) -> str:
    date = dates or (scope.formats.date(row.date) if row.date else scope.language.gettext("no date"))
    return scope.language.comma.join([date, scope.project_detail(row)])
