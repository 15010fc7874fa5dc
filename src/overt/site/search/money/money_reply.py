"""Reply to questions about money: who promised how much, and to which projects."""

from collections.abc import Sequence
from dataclasses import replace

from overt.http.page_addresses import record_url
from overt.index.project_filter_declarations import ProjectFilter
from overt.model.values.span import NOT_DOCUMENTED
from overt.queries import projects
from overt.queries.database import Row, json_array
from overt.queries.projects_in_memory import Mask
from overt.queries.questions.lenders_donors_and_owners import named_as_lenders
from overt.queries.questions.question_tokens import WHO
from overt.site.search.conditions_by_reply import USED
from overt.site.search.money.amounts_left_out_of_ranking import of_unknown_kind
from overt.site.search.money.contract_values_and_named_financiers import contract_values, named_financiers, no_price
from overt.site.search.money.notes_on_money_left_out_of_sums import (
    agreed_at_other_times,
    left_out_notes,
    undated_notes,
    undated_then,
)
from overt.site.search.money.recipient_countries_by_promised_money import (
    asks_for_sums,
    compared_countries,
    countries_above,
    countries_by_amount,
    highest_countries,
)
from overt.site.search.money.us_dollar_amount_check import is_in_dollars
from overt.site.search.projects.project_dates import first_date
from overt.site.search.projects.project_scope import ProjectScope
from overt.site.search.related_projects import RelatedProjects
from overt.site.search.reply import MAX_ITEMS, Item, Note, Reply, size_of

_PAYING = frozenset({"pay", "pays", "paid", "payed", "paying", "payment", "payments", "cost", "costs", "much", "spend"})
_PAYING |= frozenset("付花掏买埋")
"""Words that ask for what was paid, rather than for what was promised."""
_COST = frozenset({"pay", "pays", "paid", "payed", "cost", "costs", "price", "spend", "spent", *"付花价"})
"""Words that ask what something cost. Answers to such questions begin with contract values, unless the question asks who paid."""
_MAX_NAMED = 5
"""Maximum number of projects that the note on commitments names."""


def reply_about_money(scope: RelatedProjects) -> Reply:
    """Return a reply with the sum of the commitments to a question's projects, and with the lenders and donors as items.

    If the question asks for countries, these are the items. If it names a lender, or if no commitment is on record, the items
    are the projects.
    """
    lenders, parties = lenders_and_parties(scope)
    chosen = scope.filter(companies=parties, financiers=lenders)
    rows = _lending(scope, chosen, lenders)
    if lenders and not (parties or rows or named_as_lenders(scope.question, scope.lexicon.creditors)):
        # The lender financed nothing on record here, so the answer says who finances its projects.
        chosen, lenders = scope.filter(), []
        rows = _lending(scope, chosen, [])
    scope.has_lender_and_party = bool(lenders and parties)
    any_year, wide = scope.mask_of_any_year(chosen), scope.with_commitments(chosen) | scope.mask(chosen)
    by_project = scope.rows("commitments_by_project", any_year, seats=scope.seats, financiers=lenders, flows=scope.flows)
    financed = scope.reader.vectors.mask_of({row["id"] for row in by_project})
    mask = (financed if scope.question.years else any_year) if rows else scope.mask(chosen)
    path, notes = scope.link(chosen, mask, list(dict.fromkeys(row["id"] for row in rows)), are_lenders=True)
    notes = [*scope.seatless(wide, "financier"), *scope.notes(chosen, mask, by_commitment=bool(rows)), *notes]
    notes = [*undated_notes(scope, chosen, scope.seats, lenders), *_suppliers_from_seats(scope, mask), *notes]
    if not rows:
        more = left_out_notes(scope, chosen, wide, scope.reader.vectors.mask(), lenders, are_contracts_known=True)
        return _no_money(scope, chosen, path, [*_other_lenders(scope, parties, lenders), *more, *notes])
    what = _without_limit(scope).about() if asks_for_sums(scope) else scope.about()
    commitments, sums = sum(row["commitments"] for row in by_project), scope.language.comma.join(sums_by_unit(scope, by_project))
    if sums:
        message = scope.language.ngettext(
            "%(n)s commitment is recorded: %(what)s. Those with an amount add up to %(amount)s.",
            "%(n)s commitments are recorded: %(what)s. Those with an amount add up to %(amount)s.",
            commitments, what=what, amount=sums,
        )  # fmt: skip
    else:
        message = scope.language.ngettext(
            "%(n)s commitment is recorded: %(what)s. No amount is known.",
            "%(n)s commitments are recorded: %(what)s. No amount is known.", commitments, what=what,
        )  # fmt: skip
    if not lenders:
        number = scope.language.ngettext(
            "%(n)s lender or donor is on record.", "%(n)s lenders or donors are on record.", len({row["id"] for row in rows})
        )
        message = scope.sentences(message, number)
    message = scope.sentences(
        message, undated_then(scope, chosen, scope.seats, lenders), of_unknown_kind(scope, chosen, scope.seats, lenders)
    )
    message = scope.sentences(_of_members(scope), message)
    used = USED["money"]
    if scope.question.has("most") and ("places" in scope.intents or not lenders):
        highest = highest_countries(scope, by_project) if "places" in scope.intents else _highest(scope, rows)
        message, used = scope.sentences(highest, message), used | {"most"}
    if asks_for_sums(scope):
        message, used = scope.sentences(countries_above(scope, by_project), message), used | {"number of amount"}
    if scope.question.has("comparison") and len(scope.areas) > 1 and not scope.regions:
        message, used = scope.sentences(compared_countries(scope, by_project), message), used | {"comparison"}
    of_contracts = any(part.id == "projects" and scope.lexicon.is_about_contracts(part.text) for part in scope.question.parts)
    is_cost = (_asks_for_price(scope) or of_contracts) and not (lenders or scope.seats or scope.flows)
    if contracts := contract_values(scope, financed | scope.mask(chosen) if of_contracts else financed) if is_cost else "":
        message = scope.sentences(contracts, message)
    left_out = left_out_notes(scope, chosen, wide, financed, lenders, are_contracts_known=bool(contracts))
    notes = [*_unbuilt(scope, by_project, financed), *left_out, *notes]
    notes = [*_what_commitments_are(scope, financed), *scope.narrow_notes(financed), *notes]
    items, total = _items(scope, rows, by_project, financed, is_named=bool(lenders))
    if scope.question.has("dates"):
        message = scope.sentences(first_date(scope, financed), message)
    return Reply(message, path, items, total, notes, used)


def _asks_for_price(scope: ProjectScope) -> bool:
    """Return whether the question asks what something cost or what somebody pays, rather than who paid."""
    words = set(scope.question.tokens)
    return bool(words & _COST) and not words & WHO


def _of_members(scope: RelatedProjects) -> str:
    """Return a sentence saying that lenders from a region's members count, if a region such as the EU is the lenders' home."""
    regions = [part.id for part in scope.question.parts if part.type == "seat" and part.id in scope.words.regions]
    if not regions:
        return ""
    names = scope.listed(map(scope.words.region, regions))
    return scope.language.gettext("Lenders and donors from member countries count for %(regions)s, too.", regions=names)


def _without_limit(scope: RelatedProjects) -> RelatedProjects:
    """Return a scope for the question without its amount, which limits the countries rather than the commitments."""
    question = replace(scope.question, threshold=None)
    return scope.about_question(question)


def sums_by_unit(scope: ProjectScope, rows: Sequence[Row]) -> list[str]:
    """Return the sum of commitments in each unit, in words, the highest number first. Rows without an amount don't count."""
    sums: dict[str, float] = {}
    for row in rows:
        if row["unit"] and row["stated"]:
            sums[row["unit"]] = sums.get(row["unit"], 0) + row["amount"]
    return [scope.amount(amount, unit) for unit, amount in sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))]


def _highest(scope: ProjectScope, rows: Sequence[Row]) -> str:
    """Return a sentence with the lender of the highest sum in each unit of dollars; empty if no sum is in dollars."""
    highest: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: -row["amount"]):
        if is_in_dollars(row) and row["stated"] and not row["is_restated"]:
            highest.setdefault(row["unit"], row)
    names = [
        scope.language.gettext("%(name)s (%(detail)s)", name=scope.called_row(row), detail=scope.amount(row["amount"], unit))
        for unit, row in highest.items()
    ]
    if not names:
        return ""
    first = scope.language.gettext("Most on record in US dollars: %(names)s.", names=names[0])
    more = scope.language.gettext("In other prices, which aren’t comparable: %(names)s.", names=scope.named(names[1:]))
    return scope.sentences(first, more if names[1:] else "")


def _items(
    scope: ProjectScope, rows: Sequence[Row], by_project: Sequence[Row], financed: Mask, *, is_named: bool
) -> tuple[list[Item], int]:
    """Return the countries if the question asks for them, the projects if it names the lender, and otherwise the lenders."""
    if "places" in scope.question.ids("intent"):
        return countries_by_amount(scope, by_project, financed)
    if is_named:
        listed = projects.first_of(scope.reader, financed, MAX_ITEMS)
        items = [scope.project_item(row, scope.project_detail(row)) for row in listed]
        return items, size_of(financed)
    return [scope.lender_item(row) for row in rows[:MAX_ITEMS]], len(rows)


def _no_money(scope: ProjectScope, chosen: ProjectFilter, path: str, notes: list[Note]) -> Reply:
    """Return the reply for the case that no commitment is on record, with the question's projects.

    The reply names financiers without a commitment and contract values, if there are any.
    """
    mask = scope.mask(chosen)
    number = size_of(mask)
    if not number:
        return Reply(scope.none(), path, notes=notes)
    values = contract_values(scope, mask) if scope.codes() or scope.organizations or chosen.q else ""
    is_priced = _asks_for_price(scope) and not (chosen.financier or scope.seats or scope.flows)
    other = agreed_at_other_times(scope, chosen, scope.seats, chosen.financier)
    message = scope.sentences(other or named_financiers(scope, mask, number), values)
    if is_priced:
        message = scope.sentences(other, values or no_price(scope, mask, number))
    if scope.seats and not scope.codes():  # The projects weren't chosen by the home country.
        return Reply(message, path, notes=notes)
    listed = projects.first_of(scope.reader, mask, MAX_ITEMS)
    items = [scope.project_item(row, scope.project_detail(row)) for row in listed]
    if scope.organizations and not is_priced:
        text = scope.language.gettext("Owners of an organisation, if any are on record, are on its page.")
        notes = [Note(text, record_url("organization", scope.organizations[0])), *notes]
    return Reply(message, path, items, number, notes)


def _what_commitments_are(scope: RelatedProjects, financed: Mask) -> list[Note]:
    """Return a note with the commitments' projects and, if the question asks who paid, one saying that they aren't payments."""
    text = scope.language.ngettext(
        "The commitments are for %(n)s project: %(names)s.", "The commitments are for %(n)s projects: %(names)s.",
        size_of(financed), names=scope.names_of(financed, _MAX_NAMED),
    )  # fmt: skip
    notes = [Note(text)]
    if not _PAYING.isdisjoint(scope.question.tokens):
        notes.append(
            Note(scope.language.gettext("These are promises of lenders and donors. What a state paid itself is not recorded."))
        )
    return notes


def _unbuilt(scope: ProjectScope, rows: Sequence[Row], financed: Mask) -> list[Note]:
    """Return notes on the part of the sum that belongs to projects that are announced, cancelled, denied or unverified."""
    notes = []
    for status in NOT_DOCUMENTED:
        mask = financed & scope.reader.vectors.mask(scope.reader.vectors.facets["status"].projects_with(status))
        if not mask.any():
            continue
        ids = set(scope.ids(mask))
        amount = scope.language.comma.join(sums_by_unit(scope, [row for row in rows if row["id"] in ids]))
        names, label = scope.names_of(mask, len(ids)), scope.words.term("statuses", status)
        number = size_of(mask)
        if amount:
            text = scope.language.ngettext(
                "This includes %(amount)s for %(n)s project recorded as “%(status)s”: %(names)s.",
                "This includes %(amount)s for %(n)s projects recorded as “%(status)s”: %(names)s.",
                number, amount=amount, status=label, names=names,
            )  # fmt: skip
        else:
            text = scope.language.ngettext(
                "%(n)s project is recorded as “%(status)s”: %(names)s.",
                "%(n)s projects are recorded as “%(status)s”: %(names)s.", number, status=label, names=names,
            )  # fmt: skip
        notes.append(Note(text))
    return notes


def _suppliers_from_seats(scope: ProjectScope, mask: Mask) -> list[Note]:
    """Return a note on suppliers from the question's home countries: “does it use Chinese equipment, and who paid for it?”"""
    rows = [row for row in scope.suppliers_of(mask) if row["supplied"]] if scope.seats else []
    if not rows:
        return []
    seats = scope.listed(scope.seat_labels())
    text = scope.language.ngettext(
        "%(n)s supplier of these projects is on record (%(seats)s): %(names)s.",
        "%(n)s suppliers of these projects are on record (%(seats)s): %(names)s.",
        len(rows), seats=seats, names=scope.named(map(scope.called_row, rows)),
    )  # fmt: skip
    return [Note(text)]


def lenders_and_parties(scope: ProjectScope) -> tuple[list[str], list[str]]:
    """Split the question's organisations into lenders, which finance at least half of their projects, and other parties.

    An organisation is also a lender if the question's words say so: “projects funded by ZTE”. If a name stands for several
    organisations and one of them is a lender, all of them count as lenders.
    """
    rows = scope.reader.rows("question_organizations.financed", {"ids": json_array(scope.organizations)})
    lending = {row["id"] for row in rows if 2 * row["financed"] >= row["projects"]} | named_as_lenders(
        scope.question, scope.lexicon.creditors
    )
    spans = {(part.start, part.end) for part in scope.question.parts if part.type == "organization" and part.id in lending}
    lenders = [part.id for part in scope.question.parts if part.type == "organization" and (part.start, part.end) in spans]
    return list(dict.fromkeys(lenders)), [identity for identity in scope.organizations if identity not in lenders]


def _lending(scope: ProjectScope, chosen: ProjectFilter, lenders: Sequence[str]) -> list[Row]:
    rows = scope.rows("lenders", scope.mask_of_any_year(chosen), seats=scope.seats, financiers=lenders, flows=scope.flows)
    return sorted(rows, key=lambda row: not is_in_dollars(row))  # Amounts in other currencies come last.


def _other_lenders(scope: ProjectScope, parties: Sequence[str], lenders: Sequence[str]) -> list[Note]:
    """Return a note on other lenders to the projects, if the question's lender and party share no commitment."""
    if not (lenders and parties):
        return []
    chosen = scope.filter(companies=parties)
    rows = _lending(scope, chosen, [])
    if not rows:
        return []
    names = scope.named(
        scope.language.gettext("%(name)s (%(detail)s)", name=scope.called_row(row), detail=scope.lender_item(row).detail)
        for row in rows
    )
    text = scope.language.gettext("Other lenders are on record for the projects: %(names)s.", names=names)
    return [Note(text, scope.link(chosen, scope.with_commitments(chosen))[0])]
