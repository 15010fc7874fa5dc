"""Money besides commitments: financiers that a project names without a commitment, and contract values."""

from overt.queries.database import Row
from overt.queries.projects_in_memory import Mask
from overt.site.search.projects.project_scope import ProjectScope

_DOLLARS = "USD"


def named_financiers(scope: ProjectScope, mask: Mask, number: int) -> str:
    """Return a sentence with the financiers that these projects name without a commitment, or one saying that there are none.

    If the question asks for a type of commitment, such as loans, the sentence says that no commitment is recorded as such,
    because the financiers may have made other commitments, or loans that aren't recorded. `number`: the number of projects.
    """
    named = {row["id"]: scope.called_row(row) for row in scope.rows("operators", mask, roles=("financier",), seats=scope.seats)}
    if named and scope.flows:
        return scope.language.ngettext(
            "%(n)s financier is named, but no commitment of this type is recorded as such (%(what)s): %(names)s.",
            "%(n)s financiers are named, but no commitment of this type is recorded as such (%(what)s): %(names)s.",
            len(named), what=scope.about(), names=scope.named(named.values()),
        )  # fmt: skip
    if named:
        return scope.language.ngettext(
            "%(n)s financier is named, without a commitment or an amount (%(what)s): %(names)s.",
            "%(n)s financiers are named, without a commitment or an amount (%(what)s): %(names)s.",
            len(named), what=scope.about(), names=scope.named(named.values()),
        )  # fmt: skip
    return scope.language.ngettext(
        "No lender or donor is on record here for: %(what)s. That is not evidence of absence. %(n)s project is recorded.",
        "No lender or donor is on record here for: %(what)s. That is not evidence of absence. %(n)s projects are recorded.",
        number, what=scope.about(),
    )  # fmt: skip


def no_price(scope: ProjectScope, mask: Mask, number: int) -> str:
    """Return sentences saying that these projects have no recorded price, with the names of the projects and their financiers.

    `number`: the number of projects.
    """
    sentence = scope.language.ngettext(
        "No price or contract value is on record: %(what)s. %(n)s project is recorded: %(names)s.",
        "No price or contract value is on record: %(what)s. %(n)s projects are recorded: %(names)s.",
        number, what=scope.about(), names=scope.names_of(mask),
    )  # fmt: skip
    has_financier = bool(scope.rows("operators", mask, roles=("financier",), seats=scope.seats))
    return scope.sentences(sentence, named_financiers(scope, mask, number) if has_financier else "")


def _admitted(scope: ProjectScope, mask: Mask) -> list[Row]:
    """Return the contract values of a mask's projects, dollars first; if the question has an amount, only dollars above it."""
    limit = scope.question.threshold if scope.question.counts("amount") else None
    rows = sorted(scope.rows("contract_values", mask), key=lambda row: (row["unit"] != _DOLLARS, -row["amount"]))
    return [row for row in rows if limit is None or (row["unit"] == _DOLLARS and limit.admits(row["amount"]))]


def contracts_by_project(scope: ProjectScope, mask: Mask) -> dict[str, str]:
    """Return the contract values of a mask's projects in words, by project, highest first: “contract value $466 m”."""
    amounts: dict[str, list[str]] = {}
    for row in _admitted(scope, mask):
        amounts.setdefault(row["id"], []).append(scope.amount(row["amount"], row["unit"]))
    return {
        identity: scope.language.gettext("contract value %(amount)s", amount=scope.language.comma.join(listed))
        for identity, listed in amounts.items()
    }


def contract_values(scope: ProjectScope, mask: Mask, most: int = 3) -> str:
    """Return a sentence with up to `most` contract values of a mask's projects; empty if none has one.

    Contract values aren't commitments. Values in US dollars come first, highest first. If the question has an amount to exceed,
    only values in US dollars above it count.
    """
    rows = _admitted(scope, mask)
    if not rows:
        return ""
    named = (
        scope.language.gettext(
            "%(name)s (%(detail)s)", name=scope.called_row(row), detail=scope.amount(row["amount"], row["unit"])
        )
        for row in rows
    )
    names = scope.named(named, most)
    return scope.language.ngettext(
        "The value of %(n)s contract is on record: %(names)s.", "The values of %(n)s contracts are on record: %(names)s.",
        len(rows), names=names,
    )  # fmt: skip
