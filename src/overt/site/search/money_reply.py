"""Reply to questions about money: who promised it, to which projects, and how much."""

from collections.abc import Sequence

from overt.index.project_filters import ProjectFilter
from overt.queries.database import Row, json_array
from overt.site.search.project_scope import ProjectScope
from overt.site.search.reply import MAX_ITEMS, Reply
from overt.site.search.reply_words import Note


def reply_about_money(scope: ProjectScope) -> Reply:
    """Return the lenders and donors of a question's projects, and the sum of their commitments."""
    lenders, parties = _lenders_and_parties(scope)
    chosen = scope.filter(companies=parties, financiers=lenders)
    rows = _lending(scope, chosen, lenders)
    if lenders and not parties and not rows:  # The lender finances nothing here, so who finances its projects?
        chosen, lenders = scope.filter(), []
        rows = _lending(scope, chosen, [])
    mask = scope.mask(chosen, by_date=True)
    path, notes = scope.link(chosen, mask, list(dict.fromkeys(row["id"] for row in rows)), are_lenders=True)
    notes = [*scope.seatless(mask, "financier"), *scope.notes(chosen, mask), *notes]
    if not rows:
        return Reply(scope.none(), path, notes=[*_other_lenders(scope, parties, lenders), *notes])
    units = scope.rows("commitments", mask, seats=scope.seats, financiers=lenders)
    commitments = sum(row["commitments"] for row in units)
    sums = scope.language.comma.join(scope.amount(row["amount"], row["unit"]) for row in units if row["unit"] and row["stated"])
    if sums:
        message = scope.language.ngettext(
            "%(n)s commitment is recorded: %(what)s. Those with an amount add up to %(amount)s.",
            "%(n)s commitments are recorded: %(what)s. Those with an amount add up to %(amount)s.",
            commitments, what=scope.about(), amount=sums,
        )  # fmt: skip
    else:
        message = scope.language.ngettext(
            "%(n)s commitment is recorded: %(what)s. No amount is known.",
            "%(n)s commitments are recorded: %(what)s. No amount is known.", commitments, what=scope.about(),
        )  # fmt: skip
    items = [scope.lender_item(row) for row in rows[:MAX_ITEMS]]
    return Reply(message, path, items, len(rows), notes)


def _lenders_and_parties(scope: ProjectScope) -> tuple[list[str], list[str]]:
    """Return the organisations that mainly finance projects, and the others, which take part in financed projects."""
    rows = scope.reader.rows("questions.financed", {"ids": json_array(scope.organizations)})
    lending = {row["id"] for row in rows if 2 * row["financed"] >= row["projects"]}
    lenders = [identity for identity in scope.organizations if identity in lending]
    return lenders, [identity for identity in scope.organizations if identity not in lending]


def _lending(scope: ProjectScope, chosen: ProjectFilter, lenders: Sequence[str]) -> list[Row]:
    return scope.rows("lenders", scope.mask(chosen, by_date=True), seats=scope.seats, financiers=lenders)


def _other_lenders(scope: ProjectScope, parties: Sequence[str], lenders: Sequence[str]) -> list[Note]:
    """Return a note on who else finances the projects, if the question's lender and party share no commitment."""
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
    return [Note(text, scope.link(chosen, scope.mask(chosen, by_date=True))[0])]
