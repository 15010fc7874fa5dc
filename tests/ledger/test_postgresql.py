"""A ledger in PostgreSQL behaves like one in SQLite."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from overt.ledger import Ledger, LedgerError
from tests.ledger.conftest import BY, claim, read_state
from tests.ledger.test_entry_store import APPEND
from tests.support.command_built_atlas import Atlas, make_statements
from tests.support.postgresql import postgresql_server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql_server() as address:
        yield address


@pytest.fixture
def address(server: str) -> Iterator[str]:
    """The address of an empty database."""
    yield server
    engine = sa.create_engine(server)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()


def fill(ledger: Ledger) -> None:
    ledger.judge("alpha:1", "beta:2", "same", **BY)
    claim(ledger, "华为 “海洋”")
    ledger.retract("aspi:17", **BY)
    ledger.undo(1, **BY)
    ledger.undo(4, **BY)


def test_it_has_the_entries_of_a_ledger_in_sqlite(address: str, tmp_path: Path) -> None:
    with Ledger(address) as ledger, Ledger(f"sqlite:///{tmp_path / 'ledger.db'}") as other:
        assert (ledger.entries(), ledger.head()) == ([], (0, ""))
        for each in (ledger, other):
            fill(each)
        assert ledger.entries() == other.entries() and ledger.head() == other.head()
        assert read_state(ledger) == read_state(other) and read_state(ledger, 3) == read_state(other, 3)
        assert list(ledger.verify()) == []
        with pytest.raises(LedgerError, match="undone already"):
            ledger.undo(4, **BY)


def test_changed_and_removed_entries_are_detected(address: str) -> None:
    engine = sa.create_engine(address)
    for statement in ("UPDATE entries SET why = 'x' WHERE sequence = 2", "DELETE FROM entries WHERE sequence = 3"):
        with Ledger(address) as ledger:
            if not ledger.head().sequence:
                fill(ledger)
            assert list(ledger.verify()) == []
            with engine.begin() as connection:
                rows = connection.execute(sa.text("SELECT * FROM entries WHERE sequence IN (2, 3)")).mappings().all()
                connection.execute(sa.text(statement))
            assert list(ledger.verify())
            with pytest.raises(LedgerError):
                ledger.entries()
            with engine.begin() as connection:
                connection.execute(sa.text("DELETE FROM entries WHERE sequence IN (2, 3)"))
                table = sa.Table("entries", sa.MetaData(), autoload_with=connection)
                connection.execute(sa.insert(table), [dict(row) for row in rows])
    engine.dispose()


@pytest.mark.parametrize("action", ["RETURN NULL", "NEW.why := 'x'; RETURN NEW"], ids=["swallowed", "changed"])
def test_a_trigger_that_swallows_or_changes_entries_is_noticed(address: str, action: str) -> None:
    engine = sa.create_engine(address)
    with Ledger(address) as ledger:
        fill(ledger)
        entries = ledger.entries()
        with engine.begin() as connection:
            body = f"CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {action}; END$$"
            connection.execute(sa.text(body))
            connection.execute(sa.text("CREATE TRIGGER t BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION swallow()"))
        try:
            with pytest.raises(LedgerError, match="did not store entry 6 as it was written, so nothing was added"):
                ledger.retract("aspi:18", **BY)
            assert ledger.entries() == entries
        finally:
            with engine.begin() as connection:
                connection.execute(sa.text("DROP FUNCTION swallow CASCADE"))
    engine.dispose()


def test_writers_at_once_and_killed_ones_lose_nothing(address: str) -> None:
    runs = [subprocess.Popen([sys.executable, "-c", APPEND, address, name, "20"], stdout=subprocess.DEVNULL) for name in "abc"]
    assert [run.wait() for run in runs] == [0, 0, 0]
    with subprocess.Popen([sys.executable, "-c", APPEND, address, "d", "1000"], stdout=subprocess.PIPE) as run:
        assert run.stdout
        confirmed = [run.stdout.readline() for _ in range(10)]
        os.kill(run.pid, signal.SIGKILL)
    with Ledger(address) as ledger:
        assert list(ledger.verify()) == []
        own = [judgement for judgement in ledger.judgements() if judgement.right == "beta:d"]
        assert len(own) >= len(confirmed) - 1
        assert len(ledger.judgements()) == 60 + len(own)


def test_an_atlas_is_built_released_and_verified_with_it(address: str, tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    settings = atlas.root / "overt.toml"
    text = settings.read_text(encoding="utf-8").replace('ledger = ""', f'ledger = "{address}"')
    assert address in text
    settings.write_text(text, encoding="utf-8")
    atlas.fetch("alpha", make_statements("organization", "x", name="Bluestem", country="CN"))
    atlas.build()
    atlas.claim("alpha:x", "organization", "name", "Bluestem Group")
    atlas.build()
    assert "Bluestem Group" in atlas.ok("show", "alpha:x").out
    assert atlas.ok("verify").out
    assert not (atlas.root / "ledger.db").exists()


def test_a_server_that_is_gone_is_one_line() -> None:
    with pytest.raises(LedgerError) as caught:
        Ledger("postgresql+psycopg://overt:hunter2@127.0.0.1:1/atlas").entries()
    assert "hunter2" not in str(caught.value) and "\n" not in str(caught.value)
