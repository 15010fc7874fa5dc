"""Altered table definitions that swallow or delete entries are detected, and only stored entries are confirmed."""

import sqlite3
from contextlib import closing

import pytest

from overt.ledger import Ledger, LedgerError, entry_store
from tests.ledger.conftest import BY, claim

KEY = "PRIMARY KEY (sequence)"
DEFINITIONS = {
    "ignore": (KEY, f"{KEY}, UNIQUE (kind) ON CONFLICT IGNORE"),
    "replace": (KEY, f"{KEY}, UNIQUE (kind) ON CONFLICT REPLACE"),
    "generated": (KEY, f"x AS (CASE WHEN kind = 'retraction' THEN NULL ELSE 1 END) NOT NULL ON CONFLICT IGNORE, {KEY}"),
    "not null": ("payload TEXT NOT NULL", "payload TEXT NOT NULL ON CONFLICT IGNORE"),
    "primary key": (KEY, f"{KEY} ON CONFLICT REPLACE"),
    "check": (KEY, f"{KEY}, CHECK (kind <> 'retraction') ON CONFLICT IGNORE"),
    "collation": ("kind VARCHAR(32)", "kind VARCHAR(32) COLLATE NOCASE"),
}
"""Name of the alteration → the part of the table's definition that it replaces, and the replacement."""


def redefine(address: str, part: str, replacement: str) -> None:
    """Recreate the table of entries with the same rows, and with `part` of its definition replaced."""
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        [(sql,)] = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'entries'").fetchall()
        indexes = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
        rows = connection.execute("SELECT * FROM entries").fetchall()
        assert part in sql
        connection.execute("DROP TABLE entries")
        connection.execute(sql.replace(part, replacement))
        for (index,) in indexes:
            connection.execute(index)
        connection.executemany(f"INSERT INTO entries VALUES ({', '.join('?' * 13)})", rows)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    ledger.judge("alpha:1", "beta:2", "same", **BY)
    claim(ledger)
    return ledger


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_table_that_swallows_entries_is_found_and_takes_none(filled: Ledger, address: str, name: str) -> None:
    redefine(address, *DEFINITIONS[name])
    entries = filled.entries()
    with pytest.raises(LedgerError, match=r"(that|which) Overt did not make"):
        filled.retract("aspi:17", **BY)
    assert filled.entries() == entries
    [problem] = filled.verify()
    assert "Overt did not make; remove it, or restore the ledger from a copy" in problem


@pytest.mark.parametrize("name", ["ignore", "replace", "generated"])
def test_no_entry_is_confirmed_that_is_not_stored(
    filled: Ledger, address: str, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Rows are read back before they are confirmed, even if the check of the table definitions finds nothing."""
    filled.retract("aspi:16", **BY)
    entries = filled.entries()
    part, replacement = DEFINITIONS[name]
    redefine(address, part, replacement.replace("kind = 'retraction'", "kind = 'retraction' AND sequence > 3"))
    monkeypatch.setattr(entry_store, "foreign_object", lambda connection: None)
    with pytest.raises(LedgerError, match="did not store entry 4 as it was written, so nothing was added"):
        filled.retract("aspi:17", **BY)
    assert filled.entries() == entries


def test_spaces_and_quotation_marks_in_a_definition_mean_nothing(filled: Ledger, address: str) -> None:
    redefine(address, "payload TEXT NOT NULL, ", '"payload"  text\nNOT NULL,')
    filled.retract("aspi:17", **BY)
    assert list(filled.verify()) == []


def test_an_index_with_another_definition_is_found(filled: Ledger, address: str) -> None:
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection:
        connection.execute("DROP INDEX entries_by_subject")
        connection.execute("CREATE INDEX entries_by_subject ON entries (kind, subject) WHERE kind <> 'retraction'")
    assert "index entries_by_subject with a definition that Overt did not make" in next(filled.verify())
