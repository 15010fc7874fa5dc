import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.schema import CreateTable

from overt.ledger import Head, Ledger, LedgerError
from overt.ledger.entry import canonical_json, chain_entry
from overt.ledger.entry_store import ENTRIES
from tests.ledger.conftest import BY, claim

COLUMNS = "sequence, at, who, why, kind, payload, chain"


def tamper(address, statement, *values):
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection, connection:
        assert connection.execute(statement, values).rowcount


@pytest.fixture
def filled(ledger):
    ledger.judge("alpha:1", "beta:2", "same", **BY)
    claim(ledger)
    ledger.retract("aspi:17", **BY)
    ledger.undo(1, **BY)
    ledger.undo(4, **BY)
    assert list(ledger.verify()) == []
    return ledger


def test_reading_creates_no_file(ledger, tmp_path):
    assert (ledger.judgements(), ledger.claims(), ledger.head(), list(ledger.verify())) == ([], [], (0, ""), [])
    assert list(tmp_path.iterdir()) == []


def test_the_database_is_in_wal_mode_and_nothing_stays_open(filled, address, tmp_path):
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert Ledger(address).entries() == filled.entries()
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


def test_the_table_works_in_other_databases():
    for dialect in (postgresql.dialect(), mysql.dialect(), sqlite.dialect()):
        text = str(CreateTable(ENTRIES).compile(dialect=dialect))
        assert "SERIAL" not in text and "AUTO" not in text.upper()


@pytest.mark.parametrize("column", ["at", "who", "why", "kind", "payload", "chain"])
def test_any_changed_field_is_detected_and_stops_readers(filled, address, column):
    tamper(address, f"UPDATE entries SET {column} = replace({column}, substr({column}, 3, 1), '~') WHERE sequence = 2")
    assert any("entry 2" in problem for problem in filled.verify())
    with pytest.raises(LedgerError, match="restore the ledger"):
        filled.claims()
    with pytest.raises(LedgerError, match="restore the ledger"):
        filled.undo(2, **BY)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET sequence = 7 WHERE sequence = 2",
        "DELETE FROM entries WHERE sequence = 2",
        "DELETE FROM entries WHERE sequence = 1",
        "UPDATE entries SET payload = '{\"sequence\": 4}' WHERE sequence = 5",
        "UPDATE entries SET payload = '[]' WHERE sequence = 5",
        "UPDATE entries SET payload = x'ff' WHERE sequence = 5",
        "UPDATE entries SET payload = 3 WHERE sequence = 5",
        f"INSERT INTO entries ({COLUMNS}) SELECT 6, at, who, why, kind, payload, chain FROM entries WHERE sequence = 5",
    ],
)
def test_moved_removed_added_and_rewritten_entries_are_detected(filled, address, statement):
    tamper(address, statement)
    assert list(filled.verify())
    with pytest.raises(LedgerError):
        filled.entries()


def test_a_missing_end_is_detected_with_an_earlier_head(filled, address):
    head = filled.head()
    assert list(filled.verify(head)) == [] and list(filled.verify(Head(0, ""))) == []
    claim(filled)
    assert list(filled.verify(head)) == []
    tamper(address, "DELETE FROM entries WHERE sequence >= 5")
    assert list(filled.verify()) == []
    assert [problem.partition("db: ")[2] for problem in filled.verify(head)] == [
        "entry 5 is not the entry that was last when the head was recorded"
    ]


def test_an_impossible_undo_is_detected(filled, address):
    forged = chain_entry(filled.head(), at=BY["at"], who="x", why="x", kind="undo", payload={"sequence": 4})
    tamper(
        address,
        f"INSERT INTO entries ({COLUMNS}, undoes_from, undoes_to) VALUES (?, ?, ?, ?, ?, ?, ?, 4, 4)",
        *(forged.sequence, forged.at, "x", "x", "undo", canonical_json(forged.payload), forged.chain),
    )
    assert ["undone already" in problem for problem in filled.verify()] == [True]


def test_a_file_that_is_not_a_database_is_reported(ledger, tmp_path):
    (tmp_path / "ledger.db").write_bytes(b"<html>" * 1000)
    with pytest.raises(LedgerError, match="not a database") as caught:
        ledger.entries()
    assert "\n" not in str(caught.value)
    assert [("not a database" in problem) for problem in ledger.verify()] == [True]


@pytest.mark.parametrize("address", ["nonsense", "nodb:///x", "", "sqlite://host/x"])
def test_unusable_addresses_are_refused(address):
    with pytest.raises(LedgerError) as caught:
        Ledger(address).entries()
    assert "\n" not in str(caught.value)


def test_a_missing_folder_is_reported_and_messages_have_no_password(tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'nothing' / 'ledger.db'}")
    assert ledger.entries() == []
    with pytest.raises(LedgerError, match="cannot write to the ledger"):
        claim(ledger)
    try:
        text = Ledger("postgresql://editor:hunter2@127.0.0.1:1/atlas")._store.name
    except LedgerError as error:  # the driver for this database is not installed
        text = str(error)
    assert "hunter2" not in text


APPEND = """
import sys
from overt.ledger import Ledger
ledger = Ledger(sys.argv[1])
print(flush=True)
for number in range(int(sys.argv[3])):
    ledger.judge(f"alpha:{number}", f"beta:{sys.argv[2]}", "same", "Ada", "seen")
    print(number, flush=True)
"""


@pytest.mark.ci
def test_concurrent_writers_lose_nothing(address):
    runs = [subprocess.Popen([sys.executable, "-c", APPEND, address, name, "20"], stdout=subprocess.DEVNULL) for name in "abc"]
    assert [run.wait() for run in runs] == [0, 0, 0]
    ledger = Ledger(address)
    assert [entry.sequence for entry in ledger.entries()] == list(range(1, 61))
    assert len(ledger.judgements()) == 60 and list(ledger.verify()) == []


def test_a_killed_writer_leaves_complete_entries_and_all_that_it_confirmed(address):
    for name in "abc":
        with subprocess.Popen([sys.executable, "-c", APPEND, address, name, "1000"], stdout=subprocess.PIPE) as run:
            confirmed = [run.stdout.readline() for _ in range(10)]
            os.kill(run.pid, signal.SIGKILL)
        with Ledger(address) as ledger:
            assert list(ledger.verify()) == []
            judgements = [judgement for judgement in ledger.judgements() if judgement.right == f"beta:{name}"]
            assert len(judgements) >= len(confirmed) - 1 == 9
    assert Path(address.removeprefix("sqlite:///")).is_file()


def test_the_last_entry_is_read_without_the_others(filled, address):
    assert filled.last_entry() == filled.entries()[-1]
    tamper(address, "UPDATE entries SET why = 'x' WHERE sequence = 1")
    assert filled.last_entry().sequence == 5, "a changed entry elsewhere stops readers of all entries, and `verify`"
    tamper(address, "UPDATE entries SET why = 'x' WHERE sequence = 5")
    with pytest.raises(LedgerError, match="entry 5"):
        filled.last_entry()


def test_an_empty_ledger_has_no_last_entry(ledger):
    assert ledger.last_entry() is None
