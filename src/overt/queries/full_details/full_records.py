"""Records with every claim and the places that state it, and counts for countries, read from the index of a release."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

from overt.model.values.current_on_day import Phase
from overt.queries.database import Reader, Row, json_array


class IndexRecords:
    """Reads records from the index of a release. `cli.records.records_from_release_tables` reads them from its tables."""

    def __init__(self, reader: Reader, release: str) -> None:
        self._reader = reader
        self.release = release
        self.has_aliases = True

    def canonical_id(self, name: str) -> str | None:
        """Return the published id for a published id, a redirected id or a source's record id; None for any other text."""
        row = self._reader.first("full_records.canonical_id", {"name": name})
        return str(row["id"]) if row else None

    def by_alias_key(self, key: str) -> list[Row]:
        """Return the id, type and label of the records that have a name with this key.

        `key`: a result of `alias_key` in `overt.resolve.names.equal_name_keys`.
        """
        return self._reader.rows("full_records.by_alias_key", [key])

    def record(self, identity: str) -> dict[str, Any]:
        """Return a record with its members, values, and claims with their places in archived files.

        A record that the release no longer has gets the key `withdrawn` instead of its type, label and reuse.
        """
        head = self._reader.first("full_records.record", [identity])
        places: dict[str, list[Row]] = {}
        for row in self._reader.rows("full_records.places", [identity]):
            places.setdefault(row.pop("claim_id"), []).append(row)
        return {
            "id": identity,
            "release": self.release,
            **(head or {"withdrawn": True}),
            "members": [row["record"] for row in self._reader.rows("full_records.members", [identity])],
            "values": [{key: row[key] for key in row if key != "id"} for row in self._values([identity])],
            "claims": [
                {**claim, "evidence": places.get(claim["claim_id"], [])}
                for claim in self._reader.rows("full_records.claims", [identity])
            ],
        }

    def naming(self, identity: str) -> list[Row]:
        """Return, for each reference to a record, the id and type of the referring record and the property."""
        return self._reader.rows("full_records.naming", [identity])

    def values_of(self, ids: Iterable[str]) -> list[Row]:
        """Return the values of records, without the claims that state them."""
        return [{key: row[key] for key in row if key != "claim_id"} for row in self._values(ids)]

    def labels(self, ids: Iterable[str]) -> dict[str, str | None]:
        """Return the labels of records, by id."""
        return {row["id"]: row["label"] for row in self._reader.rows("full_records.labels", [json_array(ids)])}

    def phases(self, ids: Iterable[str]) -> dict[str, Phase]:
        """Return the phases of records on the release's day, by id. Records that don't begin and end are left out."""
        return {row["id"]: Phase(row["phase"]) for row in self._reader.rows("full_records.phases", [json_array(ids)])}

    def own_sources(self) -> set[str]:
        """Return the sources that are our own registers."""
        return {str(row["source"]) for row in self._reader.rows("full_records.own_sources")}

    def citing(self, document: str) -> list[Row]:
        """Return the id, type and label of the records that cite a document."""
        return self._reader.rows("full_records.citing_document", {"id": document})

    def area(self, code: str) -> Row | None:
        """Return the code and labels of the country or area with this code of two or three letters; None if it is unknown."""
        return self._reader.first("full_records.area", {"name": code})

    def country(self, code: str, organizations: int) -> Row:
        """Return a country's counts, its projects by layer and by organisation, and its commitments.

        `organizations`: the maximum number of organisations.
        """
        return {
            **(self._reader.first("full_records.country_counts", {"code": code}) or {}),
            "layers": self._reader.rows("full_records.country_layers", [code]),
            "organizations": self._reader.rows("full_records.country_organizations", {"code": code, "most": organizations}),
            "commitments": self._commitments(code),
        }

    def _commitments(self, code: str) -> list[Row]:
        """Return the sums of commitments by unit.

        Amounts are decimal numbers, which SQLite cannot add without rounding.
        """
        sums = []
        for unit, rows in groupby(self._reader.rows("full_records.country_commitments", [code]), key=lambda row: row["unit"]):
            texts = [row["amount"] for row in rows]
            amounts = [Decimal(text) for text in texts if text is not None]
            sums.append({"unit": unit, "commitments": len(texts), "amount": sum(amounts) if amounts else None})
        return sums

    def _values(self, ids: Iterable[str]) -> list[Row]:
        rows = self._reader.rows("full_records.values_of", [json_array(ids)])
        return [{**row, "shown": bool(row["shown"]), "contested": bool(row["contested"])} for row in rows]
