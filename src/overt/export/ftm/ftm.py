"""FollowTheMoney: entities as OpenAleph reads them, statements as OpenSanctions publishes them, and the evidence of each.

A claim of ours is a statement of theirs, a source record the entity that it speaks of, a cluster the canonical entity, a source
the dataset. Written without their library, which needs a compiler; tests read the files with it. docs/decisions/0030.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from overt.export.ftm.mapping import LOANS, SCHEMAS, Said, Value, values_of
from overt.export.ftm.values import NotCarriedError, language
from overt.export.loss_report import Account
from overt.export.public_release import Holdings
from overt.export.result import Written

ENTITIES, STATEMENTS, EVIDENCE = "entities.ftm.json", "statements.csv", "evidence.jsonl"
COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value",
    "external", "first_seen", "last_seen", "id",
)  # fmt: skip
_TYPES = {
    "id": ("id",),
    "name": ("name", "alias"),
    "country": ("country",),
    "topic": ("topics",),
    "url": ("website", "sourceUrl"),
    "address": ("full",),
    "language": ("language",),
    "number": ("amount", "longitude", "latitude"),
    "text": ("description", "summary", "notes"),
    "identifier": ("leiCode", "wikidataId", "uscCode", "ticker", "isinCode"),
    "date": ("date", "startDate", "endDate", "publishedAt", "listingDate"),
    "entity": (
        "proof", "addressEntity", "debtor", "creditor", "owner", "asset", "subject", "object", "predecessor", "successor",
        "project", "participant", "entity", "involved",
    ),
}  # fmt: skip
PROP_TYPES = {prop: kind for kind, props in _TYPES.items() for prop in props}
"""The type of each property that is not a string."""
_CARRIED = ("organization", "relation", "project", "role", "commitment", "listing", "place", "document", "agreement")
_NO_LANGUAGE = frozenset(("entity", "date", "url", "country", "language", "topic", "id"))
"""Types of property whose statements bear no language."""


class Statement(NamedTuple):
    """That a source says a value of a property of an entity. Equal statements of several claims are one."""

    said: Said
    prop: str
    value: str
    lang: str | None
    original: str | None

    @property
    def id(self) -> str:
        """The SHA-1 by which FollowTheMoney knows it."""
        key = f"{self.said.source}.{self.said.own_id()}.{self.prop}.{self.value}"
        return hashlib.sha1((f"{key}@{self.lang}" if self.lang else key).encode(), usedforsecurity=False).hexdigest()


def write(holdings: Holdings, target: Path) -> Written:
    """Write the folder: `entities.ftm.json` (an entity a line), `statements.csv`, `evidence.jsonl` (keyed by statement id)."""
    account = Account(holdings)
    _prepare(holdings, account)
    target.mkdir()
    with (
        (target / ENTITIES).open("wb") as entities,
        (target / STATEMENTS).open("w", encoding="utf-8", newline="") as statements,
        (target / EVIDENCE).open("wb") as evidence,
    ):
        table = csv.writer(statements, dialect="unix")
        table.writerow(COLUMNS)
        for _, claims in groupby(_claims(holdings), key=lambda said: said.id):
            _write_entity(list(claims), account, entities, table, evidence)
    account.leave_the_rest("FollowTheMoney has no schema for it")
    return account.close()


def _prepare(holdings: Holdings, account: Account) -> None:
    """Tables of which schema each record has; what has none is told."""
    ask = holdings.connection.execute
    ask("CREATE SCHEMA IF NOT EXISTS ftm")
    ask("CREATE OR REPLACE TABLE ftm.organization_schemas (kind VARCHAR, schema VARCHAR)")
    holdings.connection.executemany("INSERT INTO ftm.organization_schemas VALUES (?, ?)", list(SCHEMAS.items()))
    ask("CREATE OR REPLACE TABLE ftm.loans AS SELECT unnest(?) AS kind", [list(LOANS)])
    kinds = ", ".join(f"'{kind}'" for kind in _CARRIED)
    ask(f"CREATE OR REPLACE VIEW ftm.said AS SELECT * FROM claims WHERE standing = 'current' AND type IN ({kinds})")
    ask(f"CREATE OR REPLACE TABLE ftm.debtors AS {holdings.told('ftm_debtors')}")
    ask(f"CREATE OR REPLACE TABLE ftm.entities AS {holdings.told('ftm_entities')}")
    for row in holdings.rows("SELECT type, count(*) AS n FROM ftm.entities WHERE schema IS NULL GROUP BY type"):
        why = "a route is no address" if row["type"] == "place" else "an end of it is not told, or not in the edition"
        account.leave(row["type"], why, row["n"])


def _claims(holdings: Holdings) -> Iterator[Said]:
    for batch in holdings.batches(holdings.told("ftm_said"), 5_000):
        for row in batch.to_pylist():
            yield Said(**row)


def _write_entity(claims: list[Said], account: Account, entities: BinaryIO, table: Any, evidence: BinaryIO) -> None:
    head = claims[0]
    account.written[head.type] += 1
    told: dict[str, list[Statement]] = defaultdict(list)
    for said in claims:
        for statement in _statements(said, account):
            told[statement.id].append(statement)
    _identify(claims, told)
    ordered = sorted(told.items(), key=lambda item: (item[1][0].prop != "id", item[1][0].prop, item[1][0].value, item[0]))
    properties: dict[str, list[str]] = {}
    for identity, same in ordered:
        table.writerow(_row(identity, same))
        first = same[0]
        if first.prop == "id":
            continue
        values = properties.setdefault(first.prop, [])
        if first.value not in values:
            values.append(first.value)
        evidence.write(orjson.dumps(_evidence(identity, same), option=orjson.OPT_APPEND_NEWLINE))
    entities.write(orjson.dumps(_entity(claims, properties), option=orjson.OPT_APPEND_NEWLINE))


def _statements(said: Said, account: Account) -> Iterator[Statement]:
    try:
        values = list(values_of(said))
    except NotCarriedError as why:
        account.lose(f"{said.property.lstrip('@')} of {said.type}", str(why))
        return
    for value in values:
        if value.prop:
            yield Statement(said, value.prop, value.value, _language(said, value), value.original)


def _language(said: Said, value: Value) -> str | None:
    return language(said.lang) if value.of_language and PROP_TYPES.get(value.prop, "string") not in _NO_LANGUAGE else None


def _identify(claims: list[Said], told: dict[str, list[Statement]]) -> None:
    """Add the statements that there is an entity: one for each source record."""
    for said in claims:
        statement = Statement(said, "id", said.own_id(), None, None)
        told[statement.id].append(statement)


def _row(identity: str, same: list[Statement]) -> list[str | None]:
    first = same[0]
    said, prop_type = first.said, PROP_TYPES.get(first.prop, "string")
    seen, last = _seen([statement.said for statement in same])
    origin = None if first.prop == "id" else said.rule or said.basis
    original = next((one.original for one in same if one.original and one.original != one.value), None)
    values = (said.id, said.own_id(), first.prop, prop_type, said.schema, first.value, said.source, origin, first.lang, original)
    return [*values, "f", seen, last, identity]


def _seen(claims: list[Said]) -> tuple[str | None, str | None]:
    firsts, lasts = [c.first_seen for c in claims if c.first_seen], [c.last_seen for c in claims if c.last_seen]
    return min(firsts, default=None), max(lasts, default=None)


def _evidence(identity: str, same: list[Statement]) -> dict[str, Any]:
    claims = {statement.said.claim_id: statement.said for statement in same}
    return {
        "statement": identity,
        "claims": [
            {"claim": name, "record": said.record, "basis": said.basis, "rule": said.rule, "places": said.places or []}
            for name, said in sorted(claims.items())
        ],
    }


def _entity(claims: list[Said], properties: dict[str, list[str]]) -> dict[str, Any]:
    head = claims[0]
    first, last = _seen(claims)
    return {
        "id": head.id,
        "caption": head.label or head.id,
        "schema": head.schema,
        "properties": {name: sorted(values) for name, values in sorted(properties.items())},
        "referents": sorted({said.own_id() for said in claims} - {head.id}),
        "datasets": sorted({said.source for said in claims}),
        "first_seen": first,
        "last_seen": last,
    }
