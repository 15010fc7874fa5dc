"""A ledger with keys accepts only entries signed by keys in force, and `verify` detects a forger's changes."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from overt.ledger import Draft, Entry, Head, Ledger, LedgerError, SourceDocument, claim_draft, judgement_draft
from overt.ledger.entries_table import row_of
from overt.ledger.entry import UNSIGNED, Signed, chain_entry
from overt.ledger.entry_signature import sign_draft
from overt.model.detached_file_signatures import fingerprint
from tests.ledger.conftest import BY, add_document, claim
from tests.ledger.test_entry_store import tamper

ADA, BO, EVE = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2, 3))


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def short(key: Ed25519PrivateKey) -> str:
    return fingerprint(key.public_key())[:12]


def ledger_of(address: str, key: Ed25519PrivateKey | None = None) -> Ledger:
    return Ledger(address, (lambda: key) if key else None)


@pytest.fixture
def signed(address: str) -> str:
    """The address of a ledger with an unsigned entry, Ada's key, a judgement by Ada, Bo's key, and a retraction by Bo."""
    ledger_of(address).judge("alpha:1", "beta:1", "same", **BY)
    ada, bo = ledger_of(address, ADA), ledger_of(address, BO)
    ada.admit_key(public(ADA), "the first key")
    ada.judge("alpha:1", "beta:2", "same", **BY)
    ada.admit_key(public(BO), "a second editor")
    bo.retract("alpha:9", **BY)
    assert list(ada.verify()) == []
    return address


def test_entries_are_signed_and_contain_no_name(signed: str) -> None:
    entries = ledger_of(signed).entries()
    assert [entry.key and entry.key[:12] for entry in entries] == [None, short(ADA), short(ADA), short(ADA), short(BO)]
    assert [entry.seen for entry in entries] == [None, 1, 2, 3, 4]
    with closing(sqlite3.connect(signed.removeprefix("sqlite:///"))) as connection:
        assert connection.execute("SELECT who FROM entries").fetchall() == [("Ada",), ("",), ("",), ("",), ("",)]
    named = Ledger(signed, name_of={fingerprint(ADA.public_key()): "Ada L."}.get)
    assert [entry.who for entry in named.entries()][:3] == ["Ada", "Ada L.", "Ada L."]
    assert ledger_of(signed).judgements()[1].who == short(ADA), "without the mapping it is the key's fingerprint"


def test_the_chain_of_unsigned_entries_is_what_it_was(ledger: Ledger) -> None:
    """The expected chain was computed with the first version of the format, so that old ledgers are still verified."""
    entry = ledger.judge("alpha:1", "beta:2", "same", **BY)
    assert entry.chain == "5a03a3cff90d7f7d26e1ad12734bfcd0f3ae3542445bd439c2dbf35840bc5d69"


@pytest.mark.parametrize("key", [None, EVE], ids=["unsigned", "foreign"])
def test_only_keys_in_force_add_entries(signed: str, key: Ed25519PrivateKey | None) -> None:
    ledger, head = ledger_of(signed, key), ledger_of(signed).head()
    for add in (
        lambda: ledger.judge("alpha:1", "beta:3", "same", **BY),
        lambda: claim(ledger),
        lambda: ledger.retract("alpha:8", **BY),
        lambda: ledger.undo(3, **BY),
        lambda: ledger.admit_key(public(EVE), "myself"),
        lambda: ledger.revoke_key(short(ADA), "away with it"),
        lambda: ledger.append_drafts(lambda _: [judgement_draft("a:1", "b:1", "same", **BY)]),
    ):
        with pytest.raises(LedgerError, match="there is no key here" if key is None else "no entry admits"):
            add()
    assert ledger.head() == head


def test_a_revoked_key_adds_nothing_and_its_entries_stay(signed: str) -> None:
    ada, bo = ledger_of(signed, ADA), ledger_of(signed, BO)
    ada.revoke_key(short(BO), "Bo left")
    with pytest.raises(LedgerError, match="which entry 6 revoked"):
        bo.judge("alpha:1", "beta:3", "same", **BY)
    with pytest.raises(LedgerError, match="was revoked by entry 6"):
        ada.admit_key(public(BO), "again")
    with pytest.raises(LedgerError, match="only key in force"):
        ada.revoke_key(short(ADA), "nobody left")
    assert [retraction.target for retraction in ada.retractions()] == ["alpha:9"]
    assert list(ada.verify()) == []


def test_a_key_is_replaced_in_one_entry(signed: str) -> None:
    ada, eve = ledger_of(signed, ADA), ledger_of(signed, EVE)
    ada.admit_key(public(EVE), "a new laptop", replaces=fingerprint(ADA.public_key()))
    eve.judge("alpha:1", "beta:3", "same", **BY)
    with pytest.raises(LedgerError, match="which entry 6 revoked"):
        ada.judge("alpha:1", "beta:3", "same", **BY)
    assert sorted(ada.keys().in_force) == sorted(fingerprint(key.public_key()) for key in (BO, EVE))
    assert list(ada.verify()) == []


def test_a_key_cannot_be_undone(signed: str) -> None:
    ada = ledger_of(signed, ADA)
    with pytest.raises(LedgerError, match="entry 4 is about a key"):
        ada.undo(4, **BY)
    ada.undo(1, last=5, **BY)
    assert ada.judgements() == [] and len(ada.keys().in_force) == 2
    ledger_of(signed, BO).judge("alpha:1", "beta:3", "same", **BY)
    with pytest.raises(LedgerError, match="entries 3 to 5 are undone already"):
        ada.undo(3, last=5, **BY)
    assert list(ada.verify()) == []


# --- A forger who can write to the database and compute chains, but has no key ------------------------------------------


def rewrite(address: str, change: Callable[[Entry], Entry | None], sign: Callable[[Draft, Head], Signed] | None = None) -> None:
    """Rewrite the entries, drop those for which `change` returns None, sign them if `sign` is given, and chain them again."""
    head = Head(0, "")
    entries = []
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection, connection:
        connection.row_factory = sqlite3.Row
        for entry in Ledger(address, name_of=lambda key: "").entries():
            changed = change(entry)
            if changed is None:
                continue
            draft = Draft(changed.at, changed.who, changed.why, changed.kind, changed.payload)
            signature = sign(draft, head) if sign else Signed(changed.key, changed.seen, changed.signature)
            entries.append(chain_entry(head, *draft, signature))
            head = Head(entries[-1].sequence, entries[-1].chain)
        connection.execute("DELETE FROM entries")
        for entry in entries:
            row = row_of(entry)
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO entries ({', '.join(row)}) VALUES ({marks})", row)


def replaced(entry: Entry, **fields: object) -> Entry:
    return Entry(**{**vars(entry), **fields})


def test_a_rewritten_entry_is_detected_although_the_chain_fits(signed: str) -> None:
    rewrite(signed, lambda entry: replaced(entry, why="for another reason") if entry.sequence == 3 else entry)
    problems = list(ledger_of(signed).verify())
    assert next(problem.partition(": ")[2] for problem in problems).startswith(
        f"entry 3 is not what the key {short(ADA)}… signed"
    )
    assert ledger_of(signed).entries(), "the chain alone does not tell"


def test_an_entry_rewritten_before_the_first_key_is_detected(signed: str) -> None:
    """The signature of the first key's entry covers the head before it, and so all earlier entries."""
    rewrite(signed, lambda entry: replaced(entry, why="for another reason") if entry.sequence == 1 else entry)
    assert any("entry 2 is not what the key" in problem for problem in ledger_of(signed).verify())


def test_a_removed_entry_is_detected(signed: str) -> None:
    rewrite(signed, lambda entry: None if entry.sequence == 3 else entry)
    assert any("is not what the key" in problem for problem in ledger_of(signed).verify())


def test_an_entry_removed_at_the_end_is_detected_with_an_earlier_head(signed: str) -> None:
    head = ledger_of(signed).head()
    rewrite(signed, lambda entry: None if entry.sequence == 5 else entry)
    assert list(ledger_of(signed).verify()) == [], "nothing in the ledger tells"
    assert len(list(ledger_of(signed).verify(head))) == 1


def test_a_stripped_signature_is_detected(signed: str) -> None:
    rewrite(signed, lambda entry: replaced(entry, key=None, seen=None, signature=None) if entry.sequence == 5 else entry)
    [problem] = ledger_of(signed).verify()
    assert problem.endswith("entry 5 is not signed, although every entry must be since entry 2")


def test_a_ledger_stripped_of_all_signatures_is_detected(signed: str) -> None:
    def strip(entry: Entry) -> Entry | None:
        return None if entry.kind == "admit-key" else replaced(entry, **UNSIGNED._asdict())

    head = ledger_of(signed).head()
    rewrite(signed, strip)
    assert list(ledger_of(signed).verify()) == [], "a ledger without keys is like any other"
    assert len(list(ledger_of(signed).verify(head))) == 1


@pytest.mark.parametrize("key", [EVE, BO], ids=["foreign", "revoked"])
def test_an_entry_by_a_key_not_in_force_is_detected(signed: str, key: Ed25519PrivateKey) -> None:
    ledger_of(signed, ADA).revoke_key(short(BO), "Bo left")
    append(signed, judgement_draft("a:1", "b:1", "same", **BY), key, ledger_of(signed).head())
    [problem] = ledger_of(signed).verify()
    expected = "which entry 6 revoked" if key is BO else "which no entry admits"
    assert f"entry 7 is signed by the key {short(key)}…, {expected}" in problem


def test_a_repeated_entry_is_detected(signed: str) -> None:
    """A forger can't revert an entry by adding an earlier entry again with its signature."""
    ledger_of(signed, ADA).judge("alpha:1", "beta:2", "different", **BY)
    third = Ledger(signed, name_of=lambda key: "").entries()[2]
    draft = Draft(third.at, third.who, third.why, third.kind, third.payload)
    insert(signed, chain_entry(ledger_of(signed).head(), *draft, Signed(third.key, third.seen, third.signature)))
    [problem] = ledger_of(signed).verify()
    assert "entry 7 repeats entry 3" in problem
    tamper(signed, "DELETE FROM entries WHERE sequence = 7")
    respelt = Signed(third.key, third.seen, third.signature.upper())
    insert(signed, chain_entry(ledger_of(signed).head(), *draft, respelt))
    [problem] = ledger_of(signed).verify()
    assert "entry 7 is not what the key" in problem, "in other letters it is no signature"


def test_a_look_up_column_that_hides_a_retraction_is_detected(signed: str) -> None:
    tamper(signed, "UPDATE entries SET subject = 'alpha:7' WHERE sequence = 5")
    assert ["entry 5 is not what its look-up columns say" in problem for problem in ledger_of(signed).verify()] == [True]
    with pytest.raises(LedgerError, match="look-up columns"):
        ledger_of(signed, ADA).retract("alpha:7", **BY)


def append(address: str, draft: Draft, key: Ed25519PrivateKey, seen: Head) -> None:
    """Insert an entry directly into the database, as a forger's program would."""
    draft = draft._replace(who="")
    insert(address, chain_entry(ledger_of(address).head(), *draft, sign_draft(draft, seen, key)))


def insert(address: str, entry: Entry) -> None:
    row = row_of(entry)
    marks = ", ".join("?" for _ in row)
    tamper(address, f"INSERT INTO entries ({', '.join(row)}) VALUES ({marks})", *row.values())


# --- Several editors at once ------------------------------------------------------------------------------------------


def test_the_head_that_was_seen_may_be_an_earlier_one(signed: str) -> None:
    """Two editors sign after the same entry. The later signature is still valid."""
    seen = ledger_of(signed).head()
    append(signed, judgement_draft("a:1", "b:1", "same", **BY), ADA, seen)
    append(signed, judgement_draft("a:1", "b:2", "same", **BY), BO, seen)
    assert list(ledger_of(signed).verify()) == []
    append(signed, judgement_draft("a:1", "b:3", "same", **BY), BO, Head(seen.sequence, "f" * 64))
    assert len(list(ledger_of(signed).verify())) == 1, "a head that this ledger never had"


APPEND = """
import sys
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from overt.ledger import Ledger
key = Ed25519PrivateKey.from_private_bytes(bytes([int(sys.argv[2])]) * 32)
ledger = Ledger(sys.argv[1], lambda: key)
for number in range(10):
    ledger.retract(f"alpha:{sys.argv[2]}-{number}", "", "seen")
"""


@pytest.mark.ci
def test_two_editors_append_at_once(signed: str) -> None:
    runs = [subprocess.Popen([sys.executable, "-c", APPEND, signed, number]) for number in "12"]
    assert [run.wait() for run in runs] == [0, 0]
    ledger = ledger_of(signed)
    assert len(ledger.entries()) == 25 and list(ledger.verify()) == []
    assert {entry.key and entry.key[:12] for entry in ledger.entries()[5:]} == {short(ADA), short(BO)}


# --- Older ledgers ----------------------------------------------------------------------------------------------------


def test_an_older_ledger_is_read_and_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes((Path(__file__).parents[1] / "upgrade" / "format_1" / "ledger.db").read_bytes())
    ledger = Ledger(f"sqlite:///{path}", lambda: ADA)
    before = ledger.entries()
    assert [entry.kind for entry in before] == ["judgement", "claim", "judgement", "undo", "retraction"]
    assert list(ledger.verify()) == []
    assert (ledger.last_entry(), ledger.entry(2), ledger.between(2, 3)) == (before[-1], before[1], before[1:3])
    assert ledger.act_range(3) == (3, 3)
    with pytest.raises(LedgerError, match="run `overt upgrade`"):
        ledger.retract("alpha:quartz", **BY)
    assert ledger.upgrade() and not ledger.upgrade()
    assert ledger.entries() == before and list(ledger.verify()) == []
    with pytest.raises(LedgerError, match="retracted already, by entry 5"):
        ledger.retract("alpha:park", **BY)
    with pytest.raises(LedgerError, match="entry 3 is undone already; undo entry 4"):
        ledger.undo(3, **BY)
    ledger.admit_key(public(ADA), "the first key")
    add_document(ledger, 2, SourceDocument("Letter", "page 1"))
    assert list(ledger.verify()) == []


def test_a_newer_ledger_is_refused(ledger: Ledger, address: str) -> None:
    claim(ledger)
    tamper(address, "UPDATE ledger_format SET format = 9")
    for use in (ledger.entries, ledger.head, lambda: claim(ledger), ledger.upgrade):
        with pytest.raises(LedgerError, match="has format 9, and this Overt knows formats up to 2; install a newer Overt"):
            use()
    assert ["install a newer Overt" in problem for problem in ledger.verify()] == [True]


def test_a_claim_of_an_act_is_signed_entry_by_entry(signed: str) -> None:
    drafts = [claim_draft("editorial:r", "relation", "kind", value, document=SourceDocument("D", "p"), **BY) for value in "ab"]
    entries = ledger_of(signed, ADA).append_drafts(lambda _: drafts)
    assert [entry.seen for entry in entries] == [5, 6]
    assert list(ledger_of(signed).verify()) == []
