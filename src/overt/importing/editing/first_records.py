"""The first records of an import, with their values, the source's words and the places in the files."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from overt.importing.snapshot_importer_run import Outcome


@dataclass
class RecordValue:
    """A value of a record, with the source's words."""

    property: str
    value: str
    original: str | None
    unit: str | None
    lang: str | None
    document: str | None
    places: list[tuple[str, str]] = field(default_factory=list)
    """Where the source states the value: files and locators."""


@dataclass
class FirstRecord:
    """A record as it would be imported."""

    record: str
    type: str
    values: list[RecordValue] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data for JSON, with each place as a string."""
        data = asdict(self)
        for value in data["values"]:
            value["places"] = [" ".join(place) for place in value["places"]]
        return data


def first_records(outcome: Outcome, file_names: Mapping[str, str], limit: int) -> list[FirstRecord]:
    """Return the first records of each type, at most `limit` of each, ordered by id.

    `file_names`: names of the files, by capture.
    """
    records: dict[str, FirstRecord] = {}
    types: Counter[str] = Counter()
    values: dict[str, list[RecordValue]] = {}
    with pq.ParquetFile(outcome.claims_file) as file:
        for batch in file.iter_batches():
            for row in batch.to_pylist():
                record = records.get(row["record"])
                if record is None:
                    if types[row["type"]] >= limit:
                        continue
                    types[row["type"]] += 1
                    record = records[row["record"]] = FirstRecord(row["record"], row["type"])
                fields = ("property", "value", "original", "unit", "lang", "document")
                value = RecordValue(*(row[name] for name in fields))
                record.values.append(value)
                values.setdefault(row["claim_id"], []).append(value)
    if values:
        places = pq.read_table(
            outcome.evidence_file, filters=pc.field("claim_id").isin(list(values)), columns=["claim_id", "capture", "locator"]
        )
        for row in places.to_pylist():
            for value in values[row["claim_id"]]:
                value.places.append((file_names.get(row["capture"], row["capture"]), row["locator"]))
    return list(records.values())
