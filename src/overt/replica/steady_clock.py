"""A clock that can't be set back. Otherwise, expired metadata would become valid again when someone sets the clock back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic


class SteadyClock:
    """The time of this machine, except that it can't go back as the machine's clock can.

    At the start it is not earlier than the last change to the stored metadata. From then on, it advances by at least the time
    that passes.
    """

    def __init__(self, state: Path) -> None:
        """Start the clock. `state`: the folder with the stored metadata; it needn't exist."""
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
        """Return `now`, the time of the machine's clock, but never a time before `floor`."""
        return max(now, self.floor)


def _newest_change(folder: Path) -> datetime:
    """Return when a JSON file in a folder last changed, by this machine's clock at that time; 1970 if there is no such file."""
    try:
        times = [path.stat().st_mtime for path in folder.glob("*.json")]
    except OSError:
        times = []
    return datetime.fromtimestamp(max(times, default=0), UTC)
