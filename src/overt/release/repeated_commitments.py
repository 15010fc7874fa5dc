"""Commitments that sums leave out, because the sum already includes, or may include, the same promise (docs/decisions/0141).

The sums of a project are based on one dataset, never on a register of our own. A commitment of another source is added only
if it can't be the same promise as one that is added already: their kinds of flow or years differ, or a document gives both and
they are not matched. Amounts in one unit are never added across datasets; outside that dataset, larger amounts come first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import duckdb
import pyarrow as pa

from overt.model.content_catalogue import Catalogue
from overt.model.record_ids import EDITORIAL_SOURCE
from overt.model.values.document_url_normalization import registered_domain
from overt.release.release_sql import release_query

TABLE = "repeated_commitments"
_TYPES: dict[str, pa.DataType] = {"id": pa.string(), "earlier": pa.string(), "same": pa.bool_()}
SCHEMA = pa.schema(_TYPES)


class Commitment(NamedTuple):
    """A commitment to a project, and where it is recorded."""

    id: str
    project: str
    datasets: Sequence[str]
    """The datasets that record the commitment; empty if only registers of our own or editors record it."""
    documents: Sequence[str]
    amount: float | None = None
    is_cancelled: bool = False
    usd: float | None = None
    """The amount in US dollars of the year in which it was agreed; None without an amount or a rate."""


class Pair(NamedTuple):
    """Two commitments to a project, never from the same dataset. See the query `repeated_commitments.pairs`."""

    id: str
    other: str
    may_repeat: bool
    match: int | None
    difference: float
    same_unit: bool = False


class Repetition(NamedTuple):
    """A commitment `id` that sums leave out if they include the commitment `earlier`."""

    id: str
    earlier: str
    same: bool
    """Whether both are known to be the same promise, rather than possibly the same."""


def repeated_commitments(connection: duckdb.DuckDBPyConnection, content: Catalogue) -> pa.Table:
    """Return the table `repeated_commitments` (see `SCHEMA`) of a release, sorted.

    `connection` has the release's tables `members`, `commitments`, `documents`, `terms` and `exchange_rates`, and the views
    `claims_out` and `claim_documents`. Creates the temporary table `commitment_sources`.
    """
    slugs = [source for (source,) in connection.execute("SELECT DISTINCT source FROM members ORDER BY source").fetchall()]
    specs = [content.sources.get(slug) for slug in slugs]
    own = [slug == EDITORIAL_SOURCE or bool(spec and spec.own) for slug, spec in zip(slugs, specs, strict=True)]
    sites = [(registered_domain(spec.address) if spec else "") for spec in specs]
    rows = {"source": pa.array(slugs, pa.string()), "own": pa.array(own, pa.bool_()), "site": pa.array(sites, pa.string())}
    connection.register("incoming", pa.table(rows))
    connection.execute("CREATE OR REPLACE TEMP TABLE commitment_sources AS FROM incoming")
    connection.unregister("incoming")
    recorded = connection.execute(release_query("repeated_commitments.recorded")).fetchall()
    pairs = connection.execute(release_query("repeated_commitments.pairs")).fetchall()
    repeated = find_repetitions([Commitment(*row) for row in recorded], [Pair(*row) for row in pairs])
    return pa.Table.from_pylist([repetition._asdict() for repetition in repeated], schema=SCHEMA)


def find_repetitions(commitments: Iterable[Commitment], pairs: Sequence[Pair]) -> list[Repetition]:
    """Return the commitments that sums leave out, sorted: each with every earlier one that it repeats or may repeat.

    The amounts of the dataset that has most of them come first, then other amounts, then commitments without an amount; within
    each group, cancelled ones come last and larger amounts come first. A commitment is left out only if one that is added may
    be the same promise, or has an amount in the same unit from another dataset.
    """
    by_project: dict[str, list[Commitment]] = defaultdict(list)
    by_id = {commitment.id: commitment for commitment in commitments}
    for commitment in by_id.values():
        by_project[commitment.project].append(commitment)
    promises = _match(by_id, pairs)
    conflicts: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        same = promises[pair.id] is promises[pair.other]
        if same or (pair.may_repeat and (pair.same_unit or _can_be_same(promises[pair.id] | promises[pair.other], by_id))):
            conflicts[pair.id].add(pair.other)
            conflicts[pair.other].add(pair.id)
    for promise in promises.values():
        for identity in promise:
            conflicts[identity] |= promise - {identity}
    repeated = []
    for of_project in by_project.values():
        added: set[str] = set()
        before: set[str] = set()
        for commitment in _by_precedence(of_project):
            if conflicts[commitment.id] & added:
                earlier = conflicts[commitment.id] & before
                repeated += [Repetition(commitment.id, other, other in promises[commitment.id]) for other in earlier]
            else:
                added.add(commitment.id)
            before.add(commitment.id)
    return sorted(repeated)


def _by_precedence(commitments: Sequence[Commitment]) -> list[Commitment]:
    amounts = Counter(name for row in commitments if row.amount is not None for name in row.datasets)
    main = min(amounts, key=lambda name: (-amounts[name], name), default=None)

    def position(row: Commitment) -> tuple[bool, bool, bool, float, float, str]:
        has_amount = row.amount is not None
        in_main = has_amount and main in row.datasets
        return not in_main, not has_amount, row.is_cancelled, -(row.usd or 0), -(row.amount or 0), row.id

    return sorted(commitments, key=position)


def _match(commitments: Mapping[str, Commitment], pairs: Iterable[Pair]) -> dict[str, set[str]]:
    """Return, for each commitment, the set of commitments that record the same promise, including itself.

    Commitments of one promise share one set object. The best matches come first, so each commitment of a dataset or document is
    matched with at most one commitment of another.
    """
    promises = {identity: {identity} for identity in commitments}
    matches = [pair for pair in pairs if pair.match is not None]
    for pair in sorted(matches, key=lambda pair: (pair.match or 0, pair.difference, pair.id, pair.other)):
        joined = promises[pair.id] | promises[pair.other]
        if promises[pair.id] is not promises[pair.other] and _can_be_same(joined, commitments):
            promises |= dict.fromkeys(joined, joined)
    return promises


def _can_be_same(promise: Iterable[str], commitments: Mapping[str, Commitment]) -> bool:
    """Return whether all of these commitments come from different datasets and different documents."""
    records = Counter(
        name for identity in promise for name in (*commitments[identity].datasets, *commitments[identity].documents)
    )
    return all(number == 1 for number in records.values())
