"""The money promised to a project: each promise once, with what every source says about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from overt.model.record_ids import EDITORIAL_SOURCE
from overt.queries import sources
from overt.queries.database import Reader, json_array
from overt.queries.rows.records import Fact, Record
from overt.site.site import Site

_STATED = ("financier", "amount", "agreed", "flow-type", "status")
_UNNAMED = "Unspecified "
"""How the label of a financier begins if the source can't name the financier."""


class Promise(NamedTuple):
    """A promise of money, and the commitments that record it.

    It has several commitments if several sources, or several documents of one source, record the promise.
    """

    commitments: Sequence[Record]

    @property
    def sources(self) -> int:
        """The number of sources that state the promise's financier, amount, date, kind or status."""
        facts = (fact for commitment in self.commitments for name in _STATED for fact in commitment.shown(name))
        return len({fact.source for fact in facts} - {None})

    @property
    def financiers(self) -> list[Fact]:
        """The financiers, each once. A source's “Unspecified …” is left out if another source names somebody."""
        facts = _distinct(self.commitments, "financier")
        return [fact for fact in facts if is_named(fact)] or facts

    @property
    def amounts(self) -> list[Fact]:
        """The amounts that sources give, each once. Amounts in current prices come first."""
        return sorted(_distinct(self.commitments, "amount"), key=lambda fact: "@" in (fact.unit or ""))

    @property
    def agreed(self) -> Fact | None:
        """The most precise date of the promise that a source gives; None if no source gives one."""
        facts = _distinct(self.commitments, "agreed")
        return max(facts, key=lambda fact: len(fact.value), default=None)

    @property
    def status(self) -> Fact | None:
        """The status of the promise, from the first source that gives one; None if no source does."""
        return next(iter(_distinct(self.commitments, "status")), None)

    def kinds(self, broader: Mapping[str, str | None]) -> list[Fact]:
        """Return the kinds of flow that sources give. A kind is left out if a source also gives a narrower one.

        `broader`: from `flow_kinds`.
        """
        facts = _distinct(self.commitments, "flow-type")
        narrower = {broader.get(fact.value) for fact in facts}
        return [fact for fact in facts if fact.value not in narrower]


@dataclass(frozen=True)
class Sum:
    """The sum of promises in one unit."""

    unit: str | None
    count: int
    amount: Decimal
    recommended: Decimal | None
    """The part of the amount that the source recommends for sums; None if it recommends all of it."""


def group_promises(reader: Reader, commitments: Sequence[Record]) -> list[Promise]:
    """Return the promises that these commitments record, ordered by date. Undated promises come last."""
    group = {commitment.id: {commitment.id} for commitment in commitments}
    for row in reader.rows("projects.repeated_commitments", {"ids": json_array(group)}):
        joined = group[row["id"]] | group[row["earlier"]]
        group |= dict.fromkeys(joined, joined)
    by_id = {commitment.id: commitment for commitment in commitments}
    distinct = {min(members): sorted(members) for members in group.values()}
    promises = [Promise([by_id[identity] for identity in members]) for _, members in sorted(distinct.items())]
    return sorted(promises, key=lambda promise: (promise.agreed is None, promise.agreed.value if promise.agreed else ""))


def sum_of(reader: Reader, promises: Sequence[Promise]) -> Sum | None:
    """Return the sum of several promises; None if they have fewer than two amounts, or if these can't be added.

    Amounts in different currencies, or in prices of different years, are never added. Nor are amounts from several sources,
    from a register of our own, or from editors, because they may be the same money.
    """
    amounts = [commitment.fact("amount") for promise in promises for commitment in promise.commitments]
    facts = [fact for fact in amounts if fact]
    slugs = {fact.source for fact in facts}
    if len(facts) < 2 or len(slugs) != 1 or len({fact.unit for fact in facts}) != 1:
        return None
    source = sources.find(reader, facts[0].source or "")
    if facts[0].source == EDITORIAL_SOURCE or (source is not None and source.own):
        return None
    valued = [commitment for promise in promises for commitment in promise.commitments if commitment.fact("amount")]
    advised = [Decimal(row.value("amount") or 0) for row in valued if row.value("recommended-for-aggregates") != "false"]
    total = sum((Decimal(fact.value) for fact in facts), Decimal(0))
    recommended = sum(advised, Decimal(0)) if len(advised) < len(valued) else None
    return Sum(facts[0].unit, len(facts), total, recommended)


def is_named(financier: Fact) -> bool:
    """Return whether a source names the financier, rather than giving only the kind of financier."""
    return not (financier.label or "").startswith(_UNNAMED)


def flow_kinds(site: Site) -> dict[str, str | None]:
    """Return the next broader kind of each kind of flow; None for the broadest kinds."""
    return {kind: term.broader for kind, term in site.words.terms["flow-types"].items()}


def _distinct(commitments: Iterable[Record], name: str) -> list[Fact]:
    facts: dict[tuple[str, str | None], Fact] = {}
    for commitment in commitments:
        for fact in commitment.shown(name):
            facts.setdefault((fact.value, fact.unit), fact)
    return list(facts.values())
