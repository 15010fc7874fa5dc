"""Counts what a format cannot contain: records that are skipped, and values that are left out."""

from collections import Counter, defaultdict
from collections.abc import Mapping

import pyarrow as pa

from overt.export.export_result_and_losses import ExportResult, Loss
from overt.export.public_release_reader import PublicRelease, export_query

NO_FIELD = "the standard has no field for it"


class LossTally:
    """Counts records and values while a release is written."""

    def __init__(self, release: PublicRelease) -> None:
        self._release = release
        self.written: Counter[str] = Counter()
        """Number of written records, by type."""
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._written_values: Counter[tuple[str, str]] = Counter()
        self._skipped_records: Counter[tuple[str, str]] = Counter()
        self._skipped_values: Counter[tuple[str, str]] = Counter()

    def write(self, kind: str, identity: str, *properties: str) -> None:
        """Count a record as written, with a value for each of these properties. A second call for the record has no effect."""
        if identity not in self._ids[kind]:
            self._ids[kind].add(identity)
            self.written[kind] += 1
            self._written_values.update((kind, name) for name in properties)

    def write_values(self, kind: str, *properties: str) -> None:
        """Count a further value of each of these properties as written, for a record that `write` has counted."""
        self._written_values.update((kind, name) for name in properties)

    def skip(self, kind: str, why: str, count: int = 1) -> None:
        """Count records of a type as skipped. `why`: the reason that the report gives."""
        self._skipped_records[kind, why] += count

    def skip_values(self, what: str, why: str, count: int = 1) -> None:
        """Count values that were left out of written records. `what`: a name for the values, such as `length of project`."""
        self._skipped_values[what, why] += count

    def skip_remaining(self, why: str, whys: Mapping[str, str] | None = None) -> None:
        """Count as skipped all records that are neither written nor skipped yet.

        `whys`: reasons by type, if they differ from `why`.
        """
        for kind, count in self._release.record_counts.items():
            self.skip(kind, (whys or {}).get(kind, why), count - self.written[kind] - self._skipped(kind))

    def skip_remaining_values(self, whys: Mapping[str, str] | None = None) -> None:
        """Count the unwritten values of written records as left out.

        `whys`: reasons by `property of type`. For other properties, the reason is `NO_FIELD`. Values that are not shown get a
        different reason. Raises AssertionError if more values were written than the release shows.
        """
        ids = sorted(identity for written in self._ids.values() for identity in written)
        with self._release.connection.cursor() as cursor:
            cursor.register("in_the_file", pa.table({"id": pa.array(ids, pa.string())}))
            query = export_query("record_values.value_counts", {"table": "in_the_file"})
            for kind, name, values, rivals in cursor.execute(query).fetchall():
                what = f"{name} of {kind}"
                rest = values - self._written_values[kind, name]
                assert rest >= 0, f"{what}: {values} in the release, {self._written_values[kind, name]} written"
                self.skip_values(what, (whys or {}).get(what, NO_FIELD), rest)
                self.skip_values(what, "another value is shown; rivals have no place", rivals)

    def result(self) -> ExportResult:
        """Return the result. Raises AssertionError if a record was neither written nor skipped, or both."""
        record_counts = self._release.record_counts
        for kind, count in record_counts.items():
            total = self.written[kind] + self._skipped(kind)
            assert total == count, f"{kind}: {count} in the release, {total} accounted for"
        skipped = sorted(self._skipped_records.items())
        records = [Loss(f"records of type {kind}", count, why) for (kind, why), count in skipped if count]
        values = [Loss(what, count, why) for (what, why), count in sorted(self._skipped_values.items()) if count]
        return ExportResult({kind: self.written[kind] for kind in record_counts}, (*records, *values))

    def _skipped(self, kind: str) -> int:
        return sum(count for (skipped_kind, _), count in self._skipped_records.items() if skipped_kind == kind)
