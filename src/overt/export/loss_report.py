"""What a format of another community cannot carry: each record is written or told of, each value that stays behind is counted."""

from collections import Counter, defaultdict
from collections.abc import Mapping

import pyarrow as pa

from overt.export.public_release import Holdings
from overt.export.result import Loss, Written

NO_FIELD = "the standard has no field for it"


class Account:
    """Counts kept while an edition is written."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._held = holdings.records
        self.written: Counter[str] = Counter()
        """Records written, by type."""
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._carried: Counter[tuple[str, str]] = Counter()
        self._left: Counter[tuple[str, str]] = Counter()
        self._values: Counter[tuple[str, str]] = Counter()

    def write(self, kind: str, identity: str, *properties: str) -> None:
        """Note that a record is in the file, with a value of each of these properties; only the first time counts."""
        if identity not in self._ids[kind]:
            self._ids[kind].add(identity)
            self.written[kind] += 1
            self._carried.update((kind, name) for name in properties)

    def carry(self, kind: str, *properties: str) -> None:
        """Note further values of records that are in the file."""
        self._carried.update((kind, name) for name in properties)

    def leave(self, kind: str, why: str, count: int = 1) -> None:
        """Note that records of a type are not in the file."""
        self._left[kind, why] += count

    def lose(self, what: str, why: str, count: int = 1) -> None:
        """Note that values of records that are in the file are not: `what` names them, as in `length of project`."""
        self._values[what, why] += count

    def leave_the_rest(self, why: str, whys: Mapping[str, str] | None = None) -> None:
        """Note all records that are neither written nor told of yet; `whys`: the reason for a type, where it is another."""
        for kind, count in self._held.items():
            self.leave(kind, (whys or {}).get(kind, why), count - self.written[kind] - self._told(kind))

    def lose_the_rest(self, whys: Mapping[str, str] | None = None) -> None:
        """Note the values that the records noted by `write` bear, and that were not carried. `whys`: reasons by
        `property of type`, where it is not that the standard has no field.
        """
        ids = sorted(identity for held in self._ids.values() for identity in held)
        with self._holdings.connection.cursor() as cursor:
            cursor.register("in_the_file", pa.table({"id": pa.array(ids, pa.string())}))
            query = self._holdings.told("shown_values", {"table": "in_the_file"})
            for kind, name, shown, rival in cursor.execute(query).fetchall():
                what = f"{name} of {kind}"
                left = shown - self._carried[kind, name]
                assert left >= 0, f"{what}: {shown} in the edition, {self._carried[kind, name]} carried"
                self.lose(what, (whys or {}).get(what, NO_FIELD), left)
                self.lose(what, "another value is shown; rivals have no place", rival)

    def close(self) -> Written:
        """The account. Raises AssertionError when a record is neither written nor told of, or both."""
        for kind, count in self._held.items():
            told = self.written[kind] + self._told(kind)
            assert told == count, f"{kind}: {count} in the edition, {told} accounted for"
        records = [Loss(f"records of type {kind}", count, why) for (kind, why), count in sorted(self._left.items()) if count]
        values = [Loss(what, count, why) for (what, why), count in sorted(self._values.items()) if count]
        return Written({kind: self.written[kind] for kind in self._held}, (*records, *values))

    def _told(self, kind: str) -> int:
        return sum(count for (left, _), count in self._left.items() if left == kind)
