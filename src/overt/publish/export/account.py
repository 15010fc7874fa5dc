"""What a format of another community cannot carry: each record is written or told of, each value that stays behind is counted."""

from collections import Counter

from overt.publish.export.holdings import Holdings
from overt.publish.export.written import Loss, Written


class Account:
    """Counts kept while an edition is written."""

    def __init__(self, holdings: Holdings) -> None:
        self._held = holdings.records
        self.written: Counter[str] = Counter()
        """Records written, by type."""
        self._left: Counter[tuple[str, str]] = Counter()
        self._values: Counter[tuple[str, str]] = Counter()

    def leave(self, kind: str, why: str, count: int = 1) -> None:
        """Note that records of a type are not in the file."""
        self._left[kind, why] += count

    def lose(self, what: str, why: str, count: int = 1) -> None:
        """Note that values of records that are in the file are not: `what` names them, as in `length of project`."""
        self._values[what, why] += count

    def leave_the_rest(self, why: str) -> None:
        """Note all records that are neither written nor told of yet."""
        for kind, count in self._held.items():
            self.leave(kind, why, count - self.written[kind] - self._told(kind))

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
