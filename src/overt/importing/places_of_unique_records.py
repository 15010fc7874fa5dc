"""Records, or values of a column, that may occur in only one row, and the row of each."""

import sqlite3
from pathlib import Path

MEMORY_RECORDS = 50_000
"""Number of records at which those in memory are moved to a file."""


class UniqueRecords:
    """A table of records and the places of their rows. It needs little memory, even for very many records."""

    def __init__(self, folder: Path, name: str = "unique") -> None:
        self._file = folder / f"{name}.sqlite"
        self._recent: dict[str, str] = {}
        self._database: sqlite3.Connection | None = None

    def get(self, record: str) -> str | None:
        """Return the place of the row that has a record; None if no row has it."""
        if (row := self._recent.get(record)) is not None or self._database is None:
            return row
        stored = self._database.execute("SELECT place FROM records WHERE record = ?", (record,)).fetchone()
        return stored and str(stored[0])

    def add(self, records: dict[str, str]) -> None:
        """Add records, each with the place of its row."""
        self._recent |= records
        if len(self._recent) >= MEMORY_RECORDS:
            if self._database is None:
                self._database = sqlite3.connect(self._file, isolation_level=None)
                for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -16000"):
                    self._database.execute(f"PRAGMA {setting}")
                self._database.execute("CREATE TABLE records (record TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")
            self._database.execute("BEGIN")
            self._database.executemany("INSERT INTO records VALUES (?, ?)", sorted(self._recent.items()))
            self._database.execute("COMMIT")
            self._recent = {}

    def close(self) -> None:
        """Forget all records, and close the file."""
        if self._database is not None:
            self._database.close()
        self._recent = {}
