"""FollowTheMoney: entities for OpenAleph, statements as OpenSanctions publishes them, and the evidence for each statement.

Claims become statements, source records become entities, clusters of records become canonical entities, and sources become
datasets. The FollowTheMoney library isn't used, because it needs a compiler; tests read the files with it. See
docs/decisions/0030.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from overt.export.export_result_and_losses import ExportResult
from overt.export.ftm.property_values import NotCarriedError, to_language
from overt.export.ftm.schema_and_property_mapping import LOANS, SCHEMAS, EntityClaim, Value, convert_claim
from overt.export.loss_tally import LossTally
from overt.export.public_release_reader import PublicRelease, export_query

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
        "project", "participant", "entity", "involved", "member", "organization",
    ),
}  # fmt: skip
PROP_TYPES = {prop: kind for kind, props in _TYPES.items() for prop in props}
"""FollowTheMoney's type of each property that is not a plain string."""
_RECORD_TYPES = (
    "organization", "relation", "project", "role", "commitment", "listing", "place", "document", "agreement", "participation",
)  # fmt: skip
_WITHOUT_SCHEMA = {"place": "a route is not an address", "participation": "a forum that is not an organisation has no members"}
"""Why a record can lack a schema, by record type. Records of other types lack one if a record that they connect is missing."""
_WITHOUT_LANGUAGE = frozenset(("entity", "date", "url", "country", "language", "topic", "id"))
"""Types of properties for which statements have no language."""


class Statement(NamedTuple):
    """A source's statement that an entity has a value of a property. Equal statements of several claims share one id."""

    claim: EntityClaim
    prop: str
    value: str
    lang: str | None
    original: str | None

    @property
    def id(self) -> str:
        """Id of the statement: the SHA-1 digest that FollowTheMoney computes for it."""
        key = f"{self.claim.source}.{self.claim.record_id()}.{self.prop}.{self.value}"
        return hashlib.sha1((f"{key}@{self.lang}" if self.lang else key).encode(), usedforsecurity=False).hexdigest()


def write(release: PublicRelease, target: Path) -> ExportResult:
    """Write the folder: `entities.ftm.json` (one entity per line), `statements.csv`, `evidence.jsonl` (keyed by statement id)."""
    tally = LossTally(release)
    _prepare_tables(release, tally)
    target.mkdir()
    with (
        (target / ENTITIES).open("wb") as entities,
        (target / STATEMENTS).open("w", encoding="utf-8", newline="") as statements,
        (target / EVIDENCE).open("wb") as evidence,
    ):
        table = csv.writer(statements, dialect="unix")
        table.writerow(COLUMNS)
        for _, claims in groupby(_read_claims(release), key=lambda claim: claim.id):
            _write_entity(list(claims), tally, entities, table, evidence)
    tally.skip_remaining("FollowTheMoney has no schema for it")
    return tally.result()


def _prepare_tables(release: PublicRelease, tally: LossTally) -> None:
    """Make the tables that determine the schema of each record, and count records without a schema as skipped."""
    execute = release.connection.execute
    execute("CREATE SCHEMA IF NOT EXISTS ftm")
    execute("CREATE OR REPLACE TABLE ftm.organization_schemas (kind VARCHAR, schema VARCHAR)")
    release.connection.executemany("INSERT INTO ftm.organization_schemas VALUES (?, ?)", list(SCHEMAS.items()))
    execute("CREATE OR REPLACE TABLE ftm.loans AS SELECT unnest(?) AS kind", [list(LOANS)])
    types = ", ".join(f"'{record_type}'" for record_type in _RECORD_TYPES)
    current = f"SELECT * FROM claims WHERE standing = 'current' AND type IN ({types})"
    execute(f"CREATE OR REPLACE VIEW ftm.current_claims AS {current}")
    execute(f"CREATE OR REPLACE TABLE ftm.debtors AS {export_query('ftm.debtors')}")
    execute(f"CREATE OR REPLACE TABLE ftm.entities AS {export_query('ftm.entities')}")
    for row in release.rows("SELECT type, count(*) AS n FROM ftm.entities WHERE schema IS NULL GROUP BY type"):
        tally.skip(row["type"], _WITHOUT_SCHEMA.get(row["type"], "one of its ends is unknown, or not in the edition"), row["n"])


def _read_claims(release: PublicRelease) -> Iterator[EntityClaim]:
    for batch in release.batches(export_query("ftm.claims"), 5_000):
        for row in batch.to_pylist():
            yield EntityClaim(**row)


def _write_entity(claims: list[EntityClaim], tally: LossTally, entities: BinaryIO, table: Any, evidence: BinaryIO) -> None:
    tally.written[claims[0].type] += 1
    groups: dict[str, list[Statement]] = defaultdict(list)
    for claim in claims:
        for statement in _make_statements(claim, tally):
            groups[statement.id].append(statement)
    for claim in claims:  # FollowTheMoney has a statement for the id of each source record.
        statement = Statement(claim, "id", claim.record_id(), None, None)
        groups[statement.id].append(statement)
    properties: dict[str, list[str]] = {}
    for identity, statements in sorted(groups.items(), key=_statement_order):
        table.writerow(_statement_row(identity, statements))
        first = statements[0]
        if first.prop == "id":
            continue
        values = properties.setdefault(first.prop, [])
        if first.value not in values:
            values.append(first.value)
        evidence.write(orjson.dumps(_evidence(identity, statements), option=orjson.OPT_APPEND_NEWLINE))
    entities.write(orjson.dumps(_entity(claims, properties), option=orjson.OPT_APPEND_NEWLINE))


def _statement_order(item: tuple[str, list[Statement]]) -> tuple[bool, str, str, str]:
    identity, (first, *_) = item
    return first.prop != "id", first.prop, first.value, identity


def _make_statements(claim: EntityClaim, tally: LossTally) -> Iterator[Statement]:
    try:
        values = list(convert_claim(claim))
    except NotCarriedError as why:
        tally.skip_values(f"{claim.property.lstrip('@')} of {claim.type}", str(why))
        return
    for value in values:
        if value.prop:
            yield Statement(claim, value.prop, value.value, _language(claim, value), value.original)


def _language(claim: EntityClaim, value: Value) -> str | None:
    has_language = value.has_language and PROP_TYPES.get(value.prop, "string") not in _WITHOUT_LANGUAGE
    return to_language(claim.lang) if has_language else None


def _statement_row(identity: str, statements: list[Statement]) -> list[str | None]:
    first = statements[0]
    claim, prop_type = first.claim, PROP_TYPES.get(first.prop, "string")
    first_seen, last_seen = _seen([statement.claim for statement in statements])
    origin = None if first.prop == "id" else claim.rule or claim.basis
    originals = (statement.original for statement in statements if statement.original != statement.value)
    original = next((text for text in originals if text), None)
    head = (claim.id, claim.record_id(), first.prop, prop_type, claim.schema, first.value, claim.source, origin, first.lang)
    return [*head, original, "f", first_seen, last_seen, identity]


def _seen(claims: list[EntityClaim]) -> tuple[str | None, str | None]:
    first = [claim.first_seen for claim in claims if claim.first_seen]
    last = [claim.last_seen for claim in claims if claim.last_seen]
    return min(first, default=None), max(last, default=None)


def _evidence(identity: str, statements: list[Statement]) -> dict[str, Any]:
    claims = {statement.claim.claim_id: statement.claim for statement in statements}
    return {
        "statement": identity,
        "claims": [
            {"claim": name, "record": claim.record, "basis": claim.basis, "rule": claim.rule, "places": claim.places or []}
            for name, claim in sorted(claims.items())
        ],
    }


def _entity(claims: list[EntityClaim], properties: dict[str, list[str]]) -> dict[str, Any]:
    first = claims[0]
    first_seen, last_seen = _seen(claims)
    return {
        "id": first.id,
        "caption": first.label or first.id,
        "schema": first.schema,
        "properties": {name: sorted(values) for name, values in sorted(properties.items())},
        "referents": sorted({claim.record_id() for claim in claims} - {first.id}),
        "datasets": sorted({claim.source for claim in claims}),
        "first_seen": first_seen,
        "last_seen": last_seen,
    }
