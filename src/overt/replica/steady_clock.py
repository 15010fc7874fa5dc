"""A clock that can't be set back, because a clock that goes back would make expired metadata valid again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic


class SteadyClock:
    """The time of this machine, which can't fall behind as the machine's clock can.

    It is never earlier than the time at the start, or of the last change to the stored metadata if that is later, plus the time
    that has passed since the start.
    """

    def __init__(self, state: Path) -> None:
        """Start the clock. `state`: the folder that remembers metadata; it needn't exist."""
        self._begin, self._started = datetime.now(UTC), monotonic()
        self._floor = max(self._begin, _newest_change(state))

    @property
    def set_back(self) -> timedelta:
        """How far this machine's clock was behind the stored metadata at the start."""
        return self._floor - self._begin

    @property
    def floor(self) -> datetime:
        """The earliest possible current time."""
        return self._floor + timedelta(seconds=monotonic() - self._started)

    def later(self, now: datetime) -> datetime:
        """Return the time that the clock of the machine shows, or a later one if that clock was set back."""
        return max(now, self.floor)


def _newest_change(folder: Path) -> datetime:
    """Return when a JSON file of a folder last changed, by the clock of this machine at that time; 1970 if there is none."""
    try:
        times = [path.stat().st_mtime for path in folder.glob("*.json")]
    except OSError:
        times = []
    return datetime.fromtimestamp(max(times, default=0), UTC)
