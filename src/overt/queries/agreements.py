"""Agreements (treaties, memoranda, laws, standards proposals …) and their provisions."""

from collections import defaultdict

from overt.queries.database import Reader
from overt.queries.labels import Words
from overt.queries.records import find, linked, records
from overt.queries.rows.records import Record

MAX_PROVISIONS = 1_000
"""Maximum number of provisions on the page of an agreement."""


def all_agreements(reader: Reader, limit: int = 500) -> list[Record]:
    """Return up to `limit` agreements with their values, sorted by label."""
    return records(reader, [row["id"] for row in reader.rows("records.of_type", ["agreement", limit])])


def law_kinds(words: Words) -> frozenset[str]:
    """Return the kinds of agreement that are laws, or rules below a law, such as regulations."""
    kinds = words.terms["agreement-kinds"]

    def below(kind: str | None) -> bool:
        return kind == "law" or (kind in kinds and below(kinds[kind].broader))

    return frozenset(kind for kind in kinds if below(kind))


def is_law(words: Words, agreement: Record) -> bool:
    """Return whether a record is an agreement of a kind in `law_kinds`."""
    return agreement.type == "agreement" and agreement.value("kind") in law_kinds(words)


def provisions(reader: Reader, identity: str) -> list[Record]:
    """Return up to `MAX_PROVISIONS` provisions of an agreement, sorted by id."""
    return linked(reader, identity, "provision", "agreement", limit=MAX_PROVISIONS)


def older_versions(reader: Reader, identity: str) -> list[Record]:
    """Return up to 500 agreements that this one superseded, newest first."""
    older = linked(reader, identity, "agreement", "superseded-by")
    return sorted(older, key=lambda record: record.value("date") or "", reverse=True)


def law_carried_out(reader: Reader, agreement: Record) -> Record | None:
    """Return the law that a decree or another rule implements; None if no source names one."""
    parent = agreement.value("carries-out")
    return find(reader, parent) if parent else None


def provision_topics(reader: Reader) -> dict[str, dict[str, int]]:
    """Count the provisions of every agreement by topic.

    A provision with two topics counts in both, and a provision without a topic counts under "".
    """
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in reader.rows("agreement_provision_counts.topics"):
        counts[row["agreement"]][row["topic"]] = row["provisions"]
    return dict(counts)
